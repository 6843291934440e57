Profile: MesoRelatedPerson
Parent: http://nictiz.nl/fhir/StructureDefinition/nl-core-ContactPerson
Id: meso-related-person
Title: "Naaste of vertegenwoordiger"
Description: "Iemand dichtbij de oudere. Naaste zijn, zorgen en vertegenwoordigen zijn drie dingen; wie zorgt, geeft daarmee nog geen toestemming."
* insert AuthorIdentifier
* extension contains
    RelatedPersonTask named task 0..* and
    RepresentationExtension named representation 0..*
* patient 1..1
* relationship[relationship] 0..1
* name 1..*

Profile: MesoCapacity
Parent: Observation
Id: meso-capacity
Title: "Wilsbekwaamheid"
Description: "Het oordeel van een arts met naam, over één zaak, op één dag. Een ouder oordeel of een over een andere zaak zegt niets over nu."
* insert AuthorIdentifier
* extension contains CapacityMatterExtension named matter 1..1
* status = #final
* code = PersonObservation#decision-capacity
* subject 1..1
* subject only Reference(Patient)
* effective[x] only dateTime
* effectiveDateTime 1..1
* performer 1..1
* performer only Reference(PractitionerRole)
* value[x] only boolean
* valueBoolean 1..1
  * ^short = "Of zij hierin kan beslissen"
* note 0..1

Profile: MesoCarerNeed
Parent: Observation
Id: meso-carer-need
Title: "Behoefte van een naaste"
Description: "Wat een naaste zelf nodig heeft. Een eigen resource, omdat het van haar is: zonder vast publiek, en niet in de kopie voor de oudere."
* insert AuthorIdentifier
* status = #final
* code = PersonObservation#carer-support-need
* subject 1..1
* subject only Reference(Patient)
* focus 1..1
* focus only Reference(RelatedPerson)
* effective[x] only dateTime
* effectiveDateTime 1..1
* performer 1..1
* performer only Reference(PractitionerRole)
* value[x] only string
* valueString 1..1
