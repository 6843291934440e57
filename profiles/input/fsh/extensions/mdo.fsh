Extension: MdoOrganiser
Id: ext-mdo-organiser
Title: "Organisator"
Description: "De praktijk die het overleg organiseert; een Appointment kent geen organisatie als deelnemer."
Context: Appointment
* value[x] only Reference(Organization)
* value[x] 1..1

Extension: InvitationConsent
Id: ext-invitation-consent
Title: "Toestemming voor de uitnodiging"
Description: "Kenmerk van de toestemming waarop iemand is uitgenodigd (R-52, R-53)."
Context: Appointment.participant
* value[x] only Identifier
* value[x] 1..1

Extension: MdoPatientAttended
Id: ext-mdo-patient-attended
Title: "De oudere was erbij"
Description: "Of de oudere aanwezig was; een Encounter kent de patiënt niet als deelnemer."
Context: Encounter
* value[x] only boolean
* value[x] 1..1

Extension: MdoOutputs
Id: ext-mdo-outputs
Title: "Uitkomsten van het MDO"
Description: "De vijf uitkomsten (R-91): gedeelde informatie, doelen, prioriteiten, afspraken, vooruitblik."
Context: Encounter
* extension contains
    shared 0..* and
    goal 0..* and
    priority 0..* and
    agreement 0..* and
    outlook 0..* and
    scenario 0..* and
    wish 0..*
* extension[shared].value[x] only string
* extension[shared].value[x] 1..1
* extension[goal].value[x] only Reference(Goal)
* extension[goal].value[x] 1..1
* extension[priority].value[x] only string
* extension[priority].value[x] 1..1
* extension[agreement].value[x] only Reference(Task)
* extension[agreement].value[x] 1..1
* extension[outlook].value[x] only string
* extension[outlook].value[x] 1..1
* extension[scenario].value[x] only Reference(RiskAssessment)
* extension[scenario].value[x] 1..1
* extension[wish].value[x] only string
* extension[wish].value[x] 1..1

Extension: MdoSequence
Id: ext-mdo-sequence
Title: "Hoeveelste MDO"
Description: "Het hoeveelste overleg van het traject dit is; een tweede heeft een reden (R-88)."
Context: Appointment
* value[x] only positiveInt
* value[x] 1..1

Extension: MdoIndication
Id: ext-mdo-indication
Title: "Waarom zij er wel of niet bij is"
Description: "De indicatie waarop de oudere of een naaste bij het overleg is, of juist niet."
Context: Appointment
* value[x] only string
* value[x] 1..1

Extension: InviteeInvolvementExtension
Id: ext-invitee-involvement
Title: "Betrokkenheid van de genodigde"
Description: "Of de genodigde al betrokken is of dat nog moet worden."
Context: Appointment.participant
* value[x] only code
* value[x] 1..1
* value[x] from InviteeInvolvementVS (required)

Extension: InvitedAt
Id: ext-invited-at
Title: "Uitgenodigd op"
Description: "Wanneer de uitnodiging is gegaan."
Context: Appointment.participant
* value[x] only dateTime
* value[x] 1..1

Extension: MdoReport
Id: ext-mdo-report
Title: "Verslag van het MDO"
Description: "Het verslag zoals één lezer het krijgt."
Context: Encounter
* extension contains
    audience 1..1 and
    document 1..1
* extension[audience].value[x] only Reference(Organization or PractitionerRole or RelatedPerson or Patient)
* extension[audience].value[x] 1..1
* extension[document].value[x] only Reference(Composition or DocumentReference)
* extension[document].value[x] 1..1
