Extension: EndReasonExtension
Id: ext-end-reason
Title: "Reden van afsluiten"
Description: "Waarom het traject eindigde; FHIR R4 heeft er geen element voor (R-85)."
Context: EpisodeOfCare
* value[x] only CodeableConcept
* value[x] 1..1
* value[x] from EndReasonVS (required)

Extension: EndDecidedBy
Id: ext-end-decided-by
Title: "Afgesloten door"
Description: "Wie besloot het traject af te sluiten."
Context: EpisodeOfCare
* value[x] only Reference(PractitionerRole)
* value[x] 1..1

Extension: NoSuccessorReason
Id: ext-no-successor-reason
Title: "Geen opvolger nodig"
Description: "Waarom na afsluiten niemand de regie hoeft te dragen (R-84)."
Context: EpisodeOfCare
* value[x] only string
* value[x] 1..1

Extension: ClosingCheckExtension
Id: ext-closing-check
Title: "Punt bij het afsluiten"
Description: "Eén punt van de checklist en of eraan is voldaan (R-86)."
Context: EpisodeOfCare
* extension contains
    point 1..1 and
    met 1..1 and
    remark 0..1
* extension[point].value[x] only Coding
* extension[point].value[x] 1..1
* extension[point].value[x] from ClosingChecklistVS (required)
* extension[met].value[x] only boolean
* extension[met].value[x] 1..1
* extension[remark].value[x] only string
* extension[remark].value[x] 1..1
