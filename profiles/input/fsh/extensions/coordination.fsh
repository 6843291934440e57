Extension: CoordinationRequesterExtension
Id: ext-coordination-requester
Title: "Soort aanvrager"
Description: "Of een huisarts, een huisartsenpost of een spoedeisende hulp het coördinatiepunt vraagt."
Context: ServiceRequest
* value[x] only Coding
* value[x] 1..1
* value[x] from CoordinationRequesterVS (required)

Extension: Triage
Id: ext-triage
Title: "Triage"
Description: "Wat de triage opleverde, door wie en wanneer."
Context: ServiceRequest
* extension contains
    outcome 1..1 and
    by 0..1 and
    on 0..1
* extension[outcome].value[x] only string
* extension[outcome].value[x] 1..1
* extension[by].value[x] only Reference(Organization or PractitionerRole)
* extension[by].value[x] 1..1
* extension[on].value[x] only dateTime
* extension[on].value[x] 1..1
