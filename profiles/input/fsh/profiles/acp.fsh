Profile: MesoAcpConversation
Parent: Procedure
Id: meso-acp-conversation
Title: "Gesprek over toekomstige zorg"
Description: "Met wie, door wie en wanneer over toekomstige zorg is gesproken (proactieve zorgplanning), en wat eruit kwam."
* insert AuthorIdentifier
* extension contains
    AcpTrajectory named trajectory 0..1 and
    AcpPart named part 0..*
* status = #completed
* code 1..1
* code = $SCT#713603004
* subject only Reference(Patient)
* performed[x] 1..1
* performed[x] only dateTime
* recorder 1..1
* recorder only Reference(PractitionerRole)
* performer 1..*
* performer.function from TeamRoleVS (required)
  * ^short = "Als naaste of als vertegenwoordiger"
* performer.actor only Reference(PractitionerRole or Patient or RelatedPerson)

Profile: MesoAdvanceDirective
Parent: http://nictiz.nl/fhir/StructureDefinition/nl-core-AdvanceDirective
Id: meso-advance-directive
Title: "Wilsverklaring"
Description: "Een verklaring van de oudere zelf en het document waarin zij staat. Zegt niets over wie gegevens mag zien."
* insert AuthorIdentifier
* status = #active
* patient 1..1
* source[x] 1..1
* source[x] only Reference(DocumentReference)
* provision 1..1
* provision.code 1..1

Profile: MesoDirectiveDocument
Parent: DocumentReference
Id: meso-directive-document
Title: "Document van een wilsverklaring"
Description: "Hoe het document heet en waar het ligt; het document zelf blijft waar het is."
* insert AuthorIdentifier
* status = #current
* subject 1..1
* subject only Reference(Patient)
* content 1..1
* content.attachment.title 1..1
* content.attachment.data 0..0

Profile: MesoAcpGoal
Parent: Goal
Id: meso-acp-goal
Title: "Doel van de behandeling"
Description: "Waarop behandelen gericht is: langer leven, zorg bij ziekte of verlichting."
* insert AuthorIdentifier
* lifecycleStatus = #active
* description from AcpTreatmentGoalVS (required)
* description.text 1..1
* subject only Reference(Patient)
* expressedBy 1..1
* expressedBy only Reference(Patient)

Profile: MesoAcpWish
Parent: Observation
Id: meso-acp-wish
Title: "Wens over toekomstige zorg"
Description: "Wat de oudere wil of vreest, medisch of niet, in eigen woorden."
* insert AuthorIdentifier
* partOf 1..1
* partOf only Reference(Procedure)
* status = #final
* code from AcpWishTopicVS (required)
* subject 1..1
* subject only Reference(Patient)
* effective[x] 1..1
* effective[x] only dateTime
* performer 1..1
* performer only Reference(Patient)
* value[x] only string
* value[x] 1..1

Profile: MesoAcpPlace
Parent: Observation
Id: meso-acp-place
Title: "Gewenste plaats van zorg of overlijden"
Description: "Waar de oudere zorg wil krijgen of wil overlijden."
* insert AuthorIdentifier
* partOf 1..1
* partOf only Reference(Procedure)
* status = #final
* code from AcpPlaceTopicVS (required)
* subject 1..1
* subject only Reference(Patient)
* effective[x] 1..1
* effective[x] only dateTime
* performer 1..1
* performer only Reference(Patient)
* value[x] only CodeableConcept
* value[x] 1..1
* value[x] from PreferredPlaceVS (required)

Profile: MesoPalliativePhase
Parent: Flag
Id: meso-palliative-phase
Title: "Palliatieve fase gemarkeerd"
Description: "Dat de palliatieve fase is gemarkeerd, sinds wanneer en door wie."
* insert AuthorIdentifier
* status = #active
* code = AcpMark#palliative-phase
* subject only Reference(Patient)
* period 1..1
* period.start 1..1
* author 1..1
* author only Reference(PractitionerRole)

Profile: MesoAcpReview
Parent: Task
Id: meso-acp-review
Title: "Wensen opnieuw bespreken"
Description: "Wanneer de wensen opnieuw besproken worden, en wie daarvoor zorgt."
* insert AuthorIdentifier
* status from AcpReviewStatusVS (required)
* intent = #plan
* code 1..1
* code = AcpTask#acp-review
* focus 1..1
* focus only Reference(Procedure)
* for 1..1
* for only Reference(Patient)
* authoredOn 1..1
* requester 1..1
* requester only Reference(PractitionerRole)
* owner 1..1
* owner only Reference(Organization or PractitionerRole)
* restriction 1..1
* restriction.period 1..1
* restriction.period.end 1..1
