// Not a list of the records: `add` and `remove` are words of one extension.
CodeSystem: AudienceChange
Id: audience-change
Title: "Verandering van het publiek"
Description: "Of een partij een deel van het plan erbij krijgt of niet meer krijgt."
* insert LocalList
* insert InEnglish([["Change of audience"]], [["Whether a party gains a part of the plan or loses it."]])
* #add "Erbij"
* #add insert English([["Added"]])
* #remove "Weg"
* #remove insert English([["Removed"]])
