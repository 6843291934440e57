Profile: MesoEpisodeOfCare
Parent: http://nictiz.nl/fhir/StructureDefinition/nl-core-EpisodeOfCare
Id: meso-episode-of-care
Title: "MESO-traject"
Description: "Het traject, door de adapter afgeleid van de geaccepteerde verwijzing. Niet de episode Praktijk MESO in het HIS."
* obeys meso-end-reason
* obeys meso-phase
* insert AuthorIdentifier
* extension contains
    TrajectoryPhaseExtension named phase 0..* and
    SteppedCareExtension named steppedCare 0..* and
    EndReasonExtension named endReason 0..1 and
    EndDecidedBy named endDecidedBy 0..1 and
    NoSuccessorReason named noSuccessorReason 0..1 and
    ClosingCheckExtension named closingCheck 0..*
* type 1..1
* type from SteppedCareStepVS (required)
* referralRequest 1..1
* managingOrganization 1..1
* period 1..1
* period.start 1..1
* careManager 1..1
  * ^short = "Regiehouder; een opvolger die geen zorgverlener is, staat alleen in het zorgteam"
* team 1..1

Profile: MesoCareTeam
Parent: CareTeam
Id: meso-care-team
Title: "Zorgteam rond de oudere"
Description: "Afgeleid van relaties; niemand schrijft het. Eén deelnemer per persoon, rol en periode; het verleden blijft staan. Niet op nl-core-CareTeam: dat laat één zorgverlener toe."
* insert AuthorIdentifier
* extension contains $episode-link named episode 0..1
* status 1..1
* subject 1..1
* subject only Reference(Patient)
* managingOrganization 1..1
* participant 1..*
* participant.role 1..*
* insert SliceByValue(participant.role)
* participant.role contains team 1..1
* participant.role[team] from TeamRoleVS (required)
* participant.member 1..1
* participant.onBehalfOf 0..0
  * ^short = "De organisatie staat in de PractitionerRole; R4 laat onBehalfOf alleen bij een Practitioner toe"
* participant.period 1..1
* participant.period.start 1..1

Profile: MesoHandoverTask
Parent: Task
Id: meso-handover-task
Title: "Overdracht van regie"
Description: "De vraag aan de opvolger om de regie over te nemen (R-84)."
* insert AuthorIdentifier
* intent = #order
* code 1..1
* code = TaskCode#handover
* for 1..1
* for only Reference(Patient)
* requester 1..1
* owner 1..1
