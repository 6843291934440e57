// Extensions of ours. What FHIR R4 or nl-core already has an element or extension for is not here.

// --- referral ---------------------------------------------------------------------------------

Extension: ReferralTried
Id: ext-referral-tried
Title: "Al geprobeerd"
Description: "Wat de huisarts en het netwerk al hebben geprobeerd, of waarom zij vastlopen."
Context: ServiceRequest
* value[x] only string
* value[x] 1..1

// --- consent ----------------------------------------------------------------------------------

Extension: ConsentKindExtension
Id: ext-consent-kind
Title: "Aard van de toestemming"
Description: "Of de toestemming uitdrukkelijk is gegeven of is geweigerd."
Context: Consent
* value[x] only code
* value[x] 1..1
* value[x] from RecordedConsentKindVS (required)

Extension: ConsentObtainedBy
Id: ext-consent-obtained-by
Title: "Gevraagd door"
Description: "De zorgverlener in zijn rol die de toestemming vroeg: de huisarts (CON-1, CON-2) of MESO (CON-3, CON-4, CON-5)."
Context: Consent
* value[x] only Reference(PractitionerRole)
* value[x] 1..1

Extension: ConsentTrajectory
Id: ext-consent-trajectory
Title: "Traject van de toestemming"
Description: "Het traject waarvoor de toestemming geldt; een nieuw traject vraagt een nieuwe (RI-19)."
Context: Consent
* value[x] only Reference(EpisodeOfCare)
* value[x] 1..1

Extension: ConsentReferral
Id: ext-consent-referral
Title: "Verwijzing van de toestemming"
Description: "De verwijzing waarbij de huisarts de toestemming vroeg, zolang er nog geen traject is."
Context: Consent
* value[x] only Reference(ServiceRequest)
* value[x] 1..1

Extension: ConsentExplanationGiven
Id: ext-consent-explanation-given
Title: "Uitleg gegeven"
Description: "Of de uitleg over gegevensgebruik is uitgereikt (R-10)."
Context: Consent
* value[x] only boolean
* value[x] 1..1

Extension: ConsentFormExtension
Id: ext-consent-form
Title: "Vorm van de toestemming"
Description: "Hoe de verklaring is afgelegd."
Context: Attachment
* value[x] only code
* value[x] 1..1
* value[x] from ConsentFormVS (required)

Extension: ConsentWithdrawal
Id: ext-consent-withdrawal
Title: "Intrekking"
Description: "Vanaf wanneer de toestemming niet meer geldt, en wie haar introk."
Context: Consent
* extension contains
    on 1..1 and
    by 1..1 and
    reason 0..1
* extension[on].value[x] only dateTime
* extension[on].value[x] 1..1
* extension[by].value[x] only Reference(Patient or RelatedPerson)
* extension[by].value[x] 1..1
* extension[reason].value[x] only string
* extension[reason].value[x] 1..1

Extension: ConsentActorFunction
Id: ext-consent-actor-function
Title: "Alleen in deze functie"
Description: "De toestemming geldt voor deze functie in de organisatie, niet voor de hele organisatie."
Context: Consent.provision.actor
* . ?!
* . ^isModifierReason = "Wie dit overslaat, opent de gegevens voor de hele organisatie."
* value[x] only Coding
* value[x] 1..1
* value[x] from ProfessionalFunctionVS (required)

Extension: GpAlignment
Id: ext-gp-alignment
Title: "Afstemming met de huisarts"
Description: "Kenmerk van het overleg met de huisarts over delen met deze partij (R-47)."
Context: Consent
* value[x] only string
* value[x] 1..1

// --- plan -------------------------------------------------------------------------------------

Extension: ProblemRank
Id: ext-problem-rank
Title: "Volgorde van problemen"
Description: "Rangorde van het probleem binnen het plan; 1 is het belangrijkst."
Context: Condition
* value[x] only positiveInt
* value[x] 1..1

Extension: PatientFacing
Id: ext-patient-facing
Title: "Voor de oudere zichtbaar"
Description: "Of de actie in het eigen overzicht van de oudere staat."
Context: Task
* value[x] only boolean
* value[x] 1..1

Extension: ScenarioActor
Id: ext-scenario-actor
Title: "Wie doet dan iets"
Description: "Organisatie die in het scenario een taak heeft; R4 kent bij mitigation alleen tekst."
Context: RiskAssessment
* value[x] only Reference(Organization)
* value[x] 1..1

Extension: AudienceAdjustment
Id: ext-audience-adjustment
Title: "Aanpassing van het publiek"
Description: "De specialist ouderengeneeskunde geeft een partij een deel erbij of neemt het weg."
Context: CarePlan
* extension contains
    part 1..1 and
    party 1..1 and
    change 1..1
* extension[part].value[x] only Reference(Condition or Goal or Task or ServiceRequest or RiskAssessment or Observation or Consent)
* extension[part].value[x] 1..1
* extension[party].value[x] only Reference(Organization)
* extension[party].value[x] 1..1
* extension[change].value[x] only code
* extension[change].value[x] 1..1
* extension[change].value[x] from AudienceChangeVS (required)

// --- meeting ----------------------------------------------------------------------------------

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
    outlook 0..*
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

// --- closing ----------------------------------------------------------------------------------

Extension: EndReasonExtension
Id: ext-end-reason
Title: "Reden van afsluiten"
Description: "Waarom het traject eindigde; FHIR R4 heeft er geen element voor (R-85)."
Context: EpisodeOfCare
* value[x] only CodeableConcept
* value[x] 1..1
* value[x] from EndReasonVS (required)

Extension: EndDecidedBy
Id: ext-end-decided-by
Title: "Afgesloten door"
Description: "Wie besloot het traject af te sluiten."
Context: EpisodeOfCare
* value[x] only Reference(PractitionerRole)
* value[x] 1..1

Extension: NoSuccessorReason
Id: ext-no-successor-reason
Title: "Geen opvolger nodig"
Description: "Waarom na afsluiten niemand de regie hoeft te dragen (R-84)."
Context: EpisodeOfCare
* value[x] only string
* value[x] 1..1

Extension: ClosingCheckExtension
Id: ext-closing-check
Title: "Punt bij het afsluiten"
Description: "Eén punt van de checklist en of eraan is voldaan (R-86)."
Context: EpisodeOfCare
* extension contains
    point 1..1 and
    met 1..1 and
    remark 0..1
* extension[point].value[x] only Coding
* extension[point].value[x] 1..1
* extension[point].value[x] from ClosingChecklistVS (required)
* extension[met].value[x] only boolean
* extension[met].value[x] 1..1
* extension[remark].value[x] only string
* extension[remark].value[x] 1..1

// --- log --------------------------------------------------------------------------------------

Extension: Nen7513Controles
Id: nen7513-controles
Title: "Controles volgens NEN 7513"
Description: "Vier posities T of F: autorisatie, behandelrelatie, toestemming, noodknop."
Context: AuditEvent
* value[x] only string
* value[x] 1..1
* value[x] obeys meso-controles
