Profile: MesoAssessment
Parent: ClinicalImpression
Id: meso-assessment
Title: "Diagnostisch onderzoek"
Description: "Wat in de diagnostische fase is onderzocht en wat het opleverde. Onderdelen, bezoeken en wat naasten nodig hebben zijn eigen resources."
* obeys meso-assessment-complete
* insert AuthorIdentifier
* extension contains $episode-link named episode 1..1
* status from AssessmentStatusVS (required)
* subject only Reference(Patient)
* effective[x] 1..1
* effective[x] only Period
* assessor 1..1
* assessor only Reference(PractitionerRole)
  * ^comment = "Wie het geheel vaststelt; wie wat onderzocht staat bij het onderdeel."
* problem only Reference(Condition)
* investigation 1..*
* investigation.code from AssessmentComponentVS (required)
* investigation.item 1..1
* investigation.item only Reference(Observation)
* finding.itemCodeableConcept 1..1
* finding.itemCodeableConcept.text 1..1
* finding.itemReference 0..0
* prognosisCodeableConcept 0..1
* prognosisCodeableConcept.text 1..1
* supportingInfo only Reference(Encounter or Observation)
  * ^short = "Bezoeken, en wat naasten nodig hebben"

Profile: MesoAssessmentContact
Parent: http://nictiz.nl/fhir/StructureDefinition/nl-core-Encounter
Id: meso-assessment-contact
Title: "Bezoek in het onderzoek"
Description: "Een bezoek thuis, in de praktijk of op afstand. In welke functie iemand onderzocht, staat bij het onderdeel."
* insert AuthorIdentifier
* status = #finished
* class from ContactSettingVS (required)
* subject 1..1
* subject only Reference(Patient)
* episodeOfCare 1..1
* participant 1..*
* participant.individual 1..1
* period 1..1
* period.start 1..1
* serviceProvider 1..1

Profile: MesoAssessmentComponent
Parent: Observation
Id: meso-assessment-component
Title: "Onderdeel van het onderzoek"
Description: "Eén onderdeel: gedaan, met wat het liet zien, of weggelaten met de reden."
* obeys meso-component-answered
* insert AuthorIdentifier
* extension contains $episode-link named episode 1..1
* status from ComponentStatusVS (required)
* code from AssessmentComponentVS (required)
* subject 1..1
* subject only Reference(Patient)
* encounter only Reference(Encounter)
* effective[x] only dateTime
* performer only Reference(PractitionerRole)
* performer.extension contains $performer-function named function 1..1
* performer.extension[function].value[x] from ProfessionalFunctionVS (required)
* value[x] only string
* derivedFrom only Reference(QuestionnaireResponse or Observation or DocumentReference)

Profile: MesoNaasteNeed
Parent: Observation
Id: meso-naaste-need
Title: "Wat een naaste nodig heeft"
Description: "Wat aan een naaste is gezien. Gaat over de naaste, niet over de oudere: heeft geen publiek en staat niet in het inzageafschrift van de oudere."
* insert AuthorIdentifier
* extension contains $episode-link named episode 1..1
* status = #final
* code = AssessmentPart#naaste-need
* subject 1..1
* subject only Reference(Patient)
* focus 1..1
* focus only Reference(RelatedPerson)
* performer 1..1
* performer only Reference(PractitionerRole)
* value[x] only string
* value[x] 1..1
