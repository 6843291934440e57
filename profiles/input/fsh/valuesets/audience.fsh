ValueSet: AudienceChangeVS
Id: audience-change
Title: "Verandering van het publiek"
Description: "De hele lijst."
* insert WholeList
* insert InEnglish([["Change of audience"]], [["The whole list."]])
* include codes from system AudienceChange
