Extension: AudienceAdjustment
Id: ext-audience-adjustment
Title: "Aanpassing van het publiek"
Description: "De specialist ouderengeneeskunde geeft een partij een deel erbij of neemt het weg."
Context: CarePlan
* extension contains
    part 1..1 and
    party 1..1 and
    change 1..1
* extension[part].value[x] only Reference(Condition or Goal or Task or ServiceRequest or RiskAssessment or Observation or Consent)
* extension[part].value[x] 1..1
* extension[party].value[x] only Reference(Organization)
* extension[party].value[x] 1..1
* extension[change].value[x] only code
* extension[change].value[x] 1..1
* extension[change].value[x] from AudienceChangeVS (required)
