// What every letter and report of ours has.
RuleSet: Letter(kind, topics)
* identifier 1..1
* identifier.system 1..1
* identifier.value 1..1
* type = DocumentType#{kind}
* subject 1..1
* subject only Reference(Patient)
* author 1..1
* author only Reference(PractitionerRole)
* event 1..1
* event.detail 1..*
* section 1..*
* section.title 1..1
* section.code 1..1
* section.code from {topics} (required)
* section.text 1..1

// What a letter to a reader has besides.
RuleSet: SignedLetter
* extension contains
    AuthorFunction named authorFunction 1..1 and
    LetterRecipient named recipient 1..* and
    LetterContactPoint named contact 1..2

Profile: MesoDataUseLetter
Parent: Communication
Id: meso-data-use-letter
Title: "Informatiebrief: uitgereikt"
Description: "Dat de informatiebrief over het gebruik van gegevens en de praktijkfolder zijn uitgereikt (R-10)."
* insert AuthorIdentifier
* extension contains
    $episode-link named trajectory 1..1 and
    HandedOutAt named place 1..1
* status = #completed
* category 1..1
* category = DocumentType#data-use-letter
* medium 1..2
* medium from LetterMediumVS (required)
  * ^short = "Op papier, en misschien ook mondeling toegelicht"
* subject 1..1
* subject only Reference(Patient)
* sent 1..1
* recipient 1..1
* recipient only Reference(Patient or RelatedPerson)
* sender 1..1
* sender only Reference(PractitionerRole)
* payload 2..2
* payload.content[x] only Reference(Composition or DocumentReference)
  * ^short = "De brief, en de praktijkfolder"

Profile: MesoDataUseLetterText
Parent: Composition
Id: meso-data-use-letter-text
Title: "Informatiebrief over het gebruik van gegevens"
Description: "De brief in de versie die is uitgereikt, met wie hem ondertekende."
* insert Letter(data-use-letter, DataUseTopicVS)
* extension contains
    LetterContactPoint named contact 1..2 and
    DocumentVersion named version 1..1
* status = #final
* event.detail only Reference(EpisodeOfCare)

Profile: MesoPracticeFolder
Parent: DocumentReference
Id: meso-practice-folder
Title: "Praktijkfolder"
Description: "Welke folder in welke versie is meegegeven; de folder zelf blijft waar hij is."
* insert AuthorIdentifier
* extension contains DocumentVersion named version 1..1
* status = #current
* type 1..1
* type = DocumentType#practice-folder
* subject 1..1
* subject only Reference(Patient)
* content 1..1
* content.attachment.title 1..1
* content.attachment.data 0..0

Profile: MesoPatientPlanLetter
Parent: Composition
Id: meso-patient-plan-letter
Title: "Patiëntbrief over het plan"
Description: "Het plan op maat verteld aan de oudere of wie haar na staat: taal, niveau en omvang (R-101)."
* insert Letter(patient-plan-letter, PlanTopicVS)
* insert SignedLetter
* extension contains
    ReadingLevelExtension named readingLevel 1..1 and
    LetterVolumeExtension named volume 1..1
* extension[recipient].value[x] only Reference(Patient or RelatedPerson)
* language 1..1
* event.detail 2..2
* event.detail only Reference(EpisodeOfCare or CarePlan)

Profile: MesoConsultReport
Parent: Composition
Id: meso-consult-report
Title: "Consultverslag"
Description: "Antwoord van de specialist ouderengeneeskunde op de vraag van een eenmalig consult (R-104)."
* obeys meso-why-not-enough
* insert Letter(consult-report, ConsultTopicVS)
* insert SignedLetter
* extension contains ConsultSuffices named suffices 1..1
* extension[authorFunction].valueCoding = ProfessionalFunction#meso-so
* extension[recipient].value[x] only Reference(Organization or PractitionerRole)
* event.detail 1..1
* event.detail only Reference(ServiceRequest)
* section 3..5

Profile: MesoMdoReport
Parent: Composition
Id: meso-mdo-report
Title: "Verslag van het MDO voor één publiek"
Description: "Van de vijf uitkomsten (R-91) die welke dit publiek aangaan."
* insert Letter(mdo-report, MdoTopicVS)
* insert SignedLetter
* extension contains LetterAudience named audience 0..1
* encounter 1..1
* event.detail 1..1
* event.detail only Reference(EpisodeOfCare)
* section 1..5

Profile: MesoClosingSummary
Parent: Composition
Id: meso-closing-summary
Title: "Afsluitbericht aan de huisarts"
Description: "Wat de huisarts weten moet om morgen zonder MESO verder te kunnen: reden van afsluiten, beloop, wat er nog loopt, wie de regie overneemt."
* obeys meso-ended-trajectory
* insert Letter(closing-summary, ClosingTopicVS)
* insert SignedLetter
* extension contains RegieSuccessor named successor 1..1
* extension[recipient].value[x] only Reference(Organization or PractitionerRole)
* event.code 1..1
* event.code from EndReasonVS (required)
* event.period 1..1
* event.period.start 1..1
* event.detail 1..1
* event.detail only Reference(EpisodeOfCare)
* section 3..7

Profile: MesoTransferBundle
Parent: Composition
Id: meso-transfer-bundle
Title: "Overdracht bij opname"
Description: "De inhoud van het noodblad voor ziekenhuis of verpleeghuis: wensen, medicatie, plan in het kort en contacten, elk met zijn ouderdom."
* insert Letter(transfer-bundle, TransferTopicVS)
* insert SignedLetter
* extension[recipient].value[x] only Reference(Organization or PractitionerRole)
* category 1..1
* category from TransferDestinationVS (required)
* event.detail 1..1
* event.detail only Reference(EpisodeOfCare)
* section 4..5
* section.extension contains SectionAsOf named asOf 1..1
