Profile: MesoCopyProvenance
Parent: MesoProvenance
Id: meso-copy-provenance
Title: "Herkomst van wat is overgenomen"
Description: "Wie wat met de hand overnam uit het huisartsdossier, en wanneer (R-29)."
* target 1..1
* activity = ConsentAction#copy
* agent.role 1..1
* agent.role from CopyingFunctionVS (required)
* entity 1..2
  * ^short = "Het origineel; bij een kopie van de module de oudere en de praktijk"
* entity.role = #source
* entity.what 1..1

Profile: MesoCopiedProblem
Parent: Condition
Id: meso-copied-problem
Title: "Overgenomen probleem"
Description: "Een probleem uit het huisartsdossier, met de hand overgenomen. Vanaf dan is MESO verantwoordelijk voor de kopie (R-36)."
* insert AuthorIdentifier
* clinicalStatus 1..1
* code 1..1
* code.text 1..1
* subject only Reference(Patient)

Profile: MesoCopiedMedication
Parent: MedicationStatement
Id: meso-copied-medication
Title: "Overgenomen medicatie"
Description: "Een geneesmiddel uit het huisartsdossier, met de hand overgenomen; of het nog wordt gebruikt zegt de kopie niet."
* insert AuthorIdentifier
* status = #unknown
* medication[x] only CodeableConcept
* medicationCodeableConcept.text 1..1
* subject only Reference(Patient)

Profile: MesoCopiedAllergy
Parent: AllergyIntolerance
Id: meso-copied-allergy
Title: "Overgenomen allergie"
Description: "Een allergie uit het huisartsdossier, met de hand overgenomen; niet door MESO vastgesteld."
* insert AuthorIdentifier
* clinicalStatus 1..1
* verificationStatus 1..1
* code 1..1
* code.text 1..1

Profile: MesoCopiedMeasurement
Parent: Observation
Id: meso-copied-measurement
Title: "Overgenomen meting"
Description: "Een meting of uitslag uit het huisartsdossier, met de hand overgenomen in de woorden van het dossier."
* insert AuthorIdentifier
* status = #final
* code.text 1..1
* subject 1..1
* subject only Reference(Patient)
* value[x] 1..1
* value[x] only string

Profile: MesoPrescriptionReference
Parent: MedicationRequest
Id: meso-prescription-reference
Title: "Verwijzing naar een voorschrift"
Description: "Een voorschrift dat in het HIS staat, met het nummer daar. Binnen MESO schrijft alleen de specialist ouderengeneeskunde voor (R-27)."
* insert AuthorIdentifier
* extension contains RequesterFunction named requesterFunction 1..1
* extension[requesterFunction].valueCodeableConcept = ProfessionalFunction#meso-so
* intent = #order
* reported[x] 1..1
* reported[x] only Reference(Organization)
  * ^short = "De huisartspraktijk in wier HIS het voorschrift staat"
* medication[x] only CodeableConcept
* medicationCodeableConcept.text 1..1
* subject only Reference(Patient)
* authoredOn 1..1
* requester 1..1
* requester only Reference(PractitionerRole)

Profile: MesoMedicationDiscrepancy
Parent: DetectedIssue
Id: meso-medication-discrepancy
Title: "Verschil in medicatie"
Description: "Het plan verandert een geneesmiddel en het HIS weet het niet (R-28). Een waarschuwing, die vastlegt hoe het verschil is opgelost."
* insert AuthorIdentifier
* status = #final
* code 1..1
* code from MedicationDiscrepancyVS (required)
* patient 1..1
* identified[x] 1..1
* identified[x] only dateTime
* author 1..1
* author only Reference(PractitionerRole)
* implicated 1..2
* evidence 1..1
* evidence.code 1..1
* mitigation 0..1
* mitigation.action from DiscrepancySolutionVS (required)
* mitigation.date 1..1
* mitigation.author 1..1
