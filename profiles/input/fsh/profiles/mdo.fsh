Profile: MesoMdoAppointment
Parent: Appointment
Id: meso-mdo-appointment
Title: "MDO: planning"
Description: "De uitnodiging voor het multidisciplinair overleg. De huisarts is altijd genodigd (R-89), anderen alleen met toestemming (R-52)."
* obeys meso-times-together
* obeys meso-patient-listed
* insert AuthorIdentifier
* extension contains MdoOrganiser named organiser 1..1
* appointmentType 1..1
* appointmentType from MdoFormVS (required)
* supportingInformation 0..*
  * ^short = "Het traject, en als agenda het plan (R-90)"
* participant.extension contains InvitationConsent named consent 0..1
* participant.actor 1..1
* participant.actor only Reference(Patient or PractitionerRole or RelatedPerson or HealthcareService)
  * ^comment = "Een organisatie zonder genoemde persoon wordt genodigd via haar HealthcareService, op URA-nummer."

Profile: MesoMdoEncounter
Parent: Encounter
Id: meso-mdo-encounter
Title: "MDO: gehouden overleg"
Description: "Het gehouden overleg. Niet op nl-core-Encounter: zonder de oudere erbij is het geen contact in die zin."
* insert AuthorIdentifier
* extension contains
    MdoPatientAttended named patientAttended 1..1 and
    MdoOutputs named outputs 0..1
* type 1..*
* insert SliceByValue(type)
* type contains mdo 1..1
* type[mdo] = $SCT#384682003
* subject 1..1
* subject only Reference(Patient)
* episodeOfCare 1..1
* appointment 1..1
* period 1..1
* period.start 1..1
* period.end 1..1
  * ^comment = "Zonder einde telt het overleg als nog gaande."
* participant.individual 1..1
* serviceProvider 1..1
