// Not a list of the records: `add` and `remove` are words of one extension.
CodeSystem: AudienceChange
Id: audience-change
Title: "Verandering van het publiek"
Description: "Of een partij een deel van het plan erbij krijgt of niet meer krijgt."
* insert LocalList
* #add "Erbij"
* #remove "Weg"

ValueSet: AudienceChangeVS
Id: audience-change
Title: "Verandering van het publiek"
Description: "De hele lijst."
* insert WholeList
* include codes from system AudienceChange
