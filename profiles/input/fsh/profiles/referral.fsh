Profile: MesoReferral
Parent: ServiceRequest
Id: meso-referral
Title: "Verwijzing"
Description: "De verwijzing van de huisarts naar een MESO-praktijk, met de vraag die de regie van MESO begrenst."
* insert AuthorIdentifier
* extension contains ReferralTried named tried 0..*
* intent = #order
* doNotPerform 0..0
* code 1..1
* code from RequestedServiceVS (required)
* category 1..*
* insert SliceByValue(category)
* category contains
    step 1..1 and
    referral 0..1
* category[step] from SteppedCareStepVS (required)
* category[referral] = $SCT#3457005
  * ^short = "Verwijzen van patiënt; staat hier en niet naast een andere betekenis in code"
* orderDetail 2..2
* insert SliceByValue(orderDetail)
* orderDetail contains
    complexity 1..1 and
    homeVisit 1..1
* orderDetail[complexity] from ComplexityTypeVS (required)
* orderDetail[homeVisit] from HomeVisitVS (required)
* subject only Reference(Patient)
* authoredOn 1..1
* requester 1..1
* requester only Reference(PractitionerRole)
  * ^short = "De huisarts in zijn rol (R-3)"
* performer 1..1
* performer only Reference(Organization)
  * ^comment = "Precies één: R4 leest meer uitvoerders als alternatieven."
* reasonCode 1..1
* reasonCode.text 1..1
  * ^short = "De verwijsvraag"
* reasonReference 1..*
* reasonReference only Reference(Condition)
* priority ^short = "Urgentie; MESO is er niet voor acute zorg"
* contained 0..1
  * ^short = "Wie al betrokken zijn, als CareTeam"
* insurance 0..1
  * ^short = "Verzekeraar en financiering; er bestaat geen Coverage waarnaar wordt verwezen"
* supportingInfo only Reference(Consent or CareTeam or DocumentReference)
  * ^comment = "De toestemmingen die de huisarts vroeg; ontbreken zij, dan is er geen akkoord en blijft het dossier dicht (R-9). Verder wie betrokken zijn en welke informatie meekwam."

Profile: MesoReferralTask
Parent: Task
Id: meso-referral-task
Title: "Taak bij een verwijzing"
Description: "De stand van de verwijzing. Alleen de ontvanger weegt, accepteert of wijst af; de afzender kan annuleren."
* insert AuthorIdentifier
* groupIdentifier 1..1
* intent = #order
* code 1..1
* insert SliceByValue(code.coding)
* code.coding contains
    fulfill 1..1 and
    referral 0..1
* code.coding[fulfill] = $fhir-task-code#fulfill
* code.coding[referral] = $SCT#3457005
* focus 1..1
* focus only Reference(ServiceRequest)
* for 1..1
* for only Reference(Patient)
* authoredOn 1..1
* lastModified 1..1
* requester 1..1
* requester only Reference(PractitionerRole)
* owner 1..1
* owner only Reference(Organization or HealthcareService or PractitionerRole)
* extension contains IntakeDecider named decider 0..*
* businessStatus from BusinessStatusVS (required)
* statusReason from StatusReasonVS (preferred)
  * ^comment = "Waarom een consult niet volstaat, past in geen lijst en staat in eigen woorden (R-104)."
* output.type from IntakeOutputVS (required)
* output.value[x] only Reference(EpisodeOfCare or Composition)

Profile: MesoReferralProblem
Parent: Condition
Id: meso-referral-problem
Title: "Probleem bij een verwijzing"
Description: "Wat de huisarts ziet, in woorden en zo mogelijk met een code. Niet op nl-core-Problem: dat verbindt de code aan Nederlandse lijsten, waaraan woorden alleen niet voldoen."
* insert AuthorIdentifier
* clinicalStatus 1..1
* category 1..*
* insert SliceByValue(category)
* category contains domain 1..1
* category[domain] from ProblemDomainVS (required)
* code 1..1
* code.text 1..1
* subject only Reference(Patient)
* note 0..1
