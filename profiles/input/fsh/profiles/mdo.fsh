Profile: MesoMdoAppointment
Parent: Appointment
Id: meso-mdo-appointment
Title: "MDO: planning"
Description: "De uitnodiging voor het multidisciplinair overleg. De huisarts is altijd genodigd (R-89), anderen alleen met toestemming (R-52)."
* obeys meso-times-together
* obeys meso-patient-listed
* insert AuthorIdentifier
* extension contains
    MdoOrganiser named organiser 1..1 and
    MdoSequence named sequence 0..1 and
    MdoIndication named indication 0..1
* appointmentType 1..1
* appointmentType from MdoFormVS (required)
* basedOn 0..1
* supportingInformation 2..2
  * ^short = "Het traject, en als agenda het plan in de gebruikte versie (R-90)"
* participant.extension contains
    InvitationConsent named consent 0..1 and
    InviteeInvolvementExtension named involvement 0..1 and
    InvitedAt named invitedAt 0..1
* participant.actor 1..1
* participant.actor only Reference(Patient or PractitionerRole or RelatedPerson or HealthcareService)
  * ^comment = "Een organisatie zonder genoemde persoon wordt genodigd via haar HealthcareService, op URA-nummer."

Profile: MesoMdoEncounter
Parent: Encounter
Id: meso-mdo-encounter
Title: "MDO: gehouden overleg"
Description: "Het gehouden overleg. Niet op nl-core-Encounter: zonder de oudere erbij is het geen contact in die zin. Was zij erbij, dan noemt het overleg dat profiel ook."
* insert AuthorIdentifier
* extension contains
    MdoPatientAttended named patientAttended 1..1 and
    MdoOutputs named outputs 0..1 and
    MdoReport named report 0..*
* type 1..*
* insert SliceByValue(type)
* type contains mdo 1..1
* type[mdo] = $SCT#384682003
* subject 1..1
* subject only Reference(Patient)
* episodeOfCare 1..1
* basedOn 0..1
* appointment 1..1
* reasonCode 0..1
* reasonCode from MdoRepeatReasonVS (preferred)
  * text 1..1
  * ^short = "Waarom er een tweede overleg was (R-88)"
* period 1..1
* period.start 1..1
* period.end 1..1
  * ^comment = "Zonder einde telt het overleg als nog gaande."
* participant.individual 1..1
* serviceProvider 1..1

Profile: MesoMdoConsultation
Parent: Communication
Id: meso-mdo-consultation
Title: "MDO: gesproken met wie er niet bij was"
Description: "Dat iemand die niet bij het overleg was, ervoor of erna is gesproken (R-102). Wat is afgesproken staat in het plan."
* insert AuthorIdentifier
* status = #completed
* category 1..1
* category from MdoConsultationVS (required)
* subject 1..1
* subject only Reference(Patient)
* about 1..1
* about only Reference(Appointment)
* sent 1..1
* recipient 1..1
* sender 1..1
* sender only Reference(PractitionerRole)
* payload 0..0
  * ^short = "Geen inhoud: alleen dat er is gesproken"
* note 0..1
