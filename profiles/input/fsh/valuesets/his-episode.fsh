ValueSet: HisNoteVS
Id: his-note
Title: "Notitie in het HIS"
Description: "De hele lijst."
* insert WholeList
* insert InEnglish([["Note in the GP system"]], [["The whole list."]])
* include codes from system HisNote
