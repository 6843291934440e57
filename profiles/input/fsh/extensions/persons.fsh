Extension: IdentityCheck
Id: ext-identity-check
Title: "Identiteit vastgesteld"
Description: "Met welk bewijs, wanneer en door wie de identiteit van de oudere is vastgesteld (R-94)."
Context: Patient
* extension contains
    document 1..1 and
    on 1..1 and
    by 1..1
* extension[document].value[x] only Coding
* extension[document].value[x] 1..1
* extension[document].value[x] from IdentityDocumentVS (required)
* extension[on].value[x] only date
* extension[on].value[x] 1..1
* extension[by].value[x] only Reference(PractitionerRole)
* extension[by].value[x] 1..1

Extension: LivingSituationExtension
Id: ext-living-situation
Title: "Woonsituatie"
Description: "Hoe de oudere woont."
Context: Patient
* value[x] only Coding
* value[x] 1..1
* value[x] from LivingSituationVS (required)

Extension: WlzIndication
Id: ext-wlz-indication
Title: "Wlz-indicatie"
Description: "Of de oudere een indicatie voor langdurige zorg heeft."
Context: Patient
* value[x] only boolean
* value[x] 1..1

Extension: CommunicationNeed
Id: ext-communication-need
Title: "Wat bij het praten helpt"
Description: "Hoe informatie de oudere bereikt, in woorden."
Context: Patient
* value[x] only string
* value[x] 1..1

Extension: Pharmacy
Id: ext-pharmacy
Title: "Eigen apotheek"
Description: "De apotheek van de oudere, met haar AGB-code."
Context: Patient
* value[x] only Reference(Organization)
* value[x] 1..1

Extension: RelatedPersonTask
Id: ext-related-person-task
Title: "Wat de naaste doet"
Description: "Een taak die de naaste voor de oudere heeft."
Context: RelatedPerson
* value[x] only string
* value[x] 1..1

Extension: RepresentationExtension
Id: ext-representation
Title: "Vertegenwoordiging"
Description: "Op welke grond en wanneer de naaste namens de oudere beslist, en waaruit dat blijkt (R-54)."
Context: RelatedPerson
* obeys meso-evidence
* extension contains
    basis 1..1 and
    period 1..1 and
    rank 0..1 and
    evidence 0..1 and
    seenOn 0..1 and
    seenBy 0..1
* extension[basis].value[x] only CodeableConcept
* extension[basis].value[x] 1..1
* extension[basis].value[x] from RepresentationBasisVS (required)
* extension[period].value[x] only Period
* extension[period].value[x] 1..1
* extension[rank].value[x] only positiveInt
* extension[rank].value[x] 1..1
* extension[evidence].value[x] only string
* extension[evidence].value[x] 1..1
* extension[seenOn].value[x] only date
* extension[seenOn].value[x] 1..1
* extension[seenBy].value[x] only Reference(PractitionerRole)
* extension[seenBy].value[x] 1..1

Extension: CapacityMatterExtension
Id: ext-capacity-matter
Title: "Zaak"
Description: "Waarover de oudere wel of niet kan beslissen."
Context: Observation
* value[x] only CodeableConcept
* value[x] 1..1
* value[x] from CapacityMatterVS (required)
