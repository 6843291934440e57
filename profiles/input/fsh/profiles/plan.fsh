Profile: MesoCarePlan
Parent: CarePlan
Id: meso-care-plan
Title: "Zorgbehandelplan (raamwerk)"
Description: "Het raamwerk van het zorgbehandelplan voor MESO en de huisarts. Problemen, doelen, acties en scenario's zijn eigen resources."
* insert AuthorIdentifier
* extension contains
    $episode-link named episode 1..1 and
    AudienceAdjustment named audienceAdjustment 0..*
* intent = #plan
* category 2..*
* insert SliceByValue(category)
* category contains
    plan 1..1 and
    multidisciplinary 1..1
* category[plan] = PlanCategory#zorgbehandelplan
* category[multidisciplinary] = $SCT#135411000146103
* title 1..1
* description 1..1
* subject only Reference(Patient)
* period 1..1
* period.start 1..1
* created 1..1
* author 1..1
* author only Reference(PractitionerRole)
* contributor only Reference(Patient or RelatedPerson or PractitionerRole or Organization)
  * ^short = "Met wie het plan is gemaakt"
* careTeam 1..1
* replaces 0..1
* supportingInfo only Reference(ServiceRequest or ClinicalImpression or Procedure or RiskAssessment or Observation or Consent)
  * ^short = "De verwijzing, het onderzoek en het gesprek waarop het plan rust, en de delen die vooruitkijken"
* addresses 1..*
* goal 1..*
* activity.detail 0..0
  * ^short = "Een actie is een eigen Task, anders kan zij niet apart worden afgeschermd"

Profile: MesoCarePlanPart
Parent: CarePlan
Id: meso-care-plan-part
Title: "Deel van het zorgbehandelplan"
Description: "Het raamwerk zoals een partner het ziet: verwijzingen naar wat voor hem bedoeld is, en één vaste regel dat dit een deel is en wie te bellen. Geen tekst over het geheel."
* title 0..0
* description 0..0
* text 0..0
* contained 0..0
* intent = #plan
* subject only Reference(Patient)
* supportingInfo 0..0
* addresses 0..*
* goal 0..*
* activity 0..*
* activity.detail 0..0
* activity.progress 0..0
* activity.outcomeReference 0..0
* note 1..1
  * ^short = "De vaste regel"

Profile: MesoProblem
Parent: Condition
Id: meso-problem
Title: "Probleem in het plan"
Description: "Een probleem dat tot actie leidt of inzicht geeft, met domein en rangorde. Niet op nl-core-Problem: dat verbindt de code aan Nederlandse lijsten, waaraan woorden alleen niet voldoen."
* insert AuthorIdentifier
* extension contains
    $episode-link named episode 1..1 and
    ProblemRank named rank 0..1 and
    $due-to named dueTo 0..* and
    $followed named followed 0..* and
    $related named related 0..* and
    ConcernsNaaste named naaste 0..1
* clinicalStatus 1..1
* category 2..*
* insert SliceByValue(category)
* category contains
    domain 1..1 and
    kind 1..1
* category[domain] from ProblemDomainVS (required)
* category[kind] from ProblemKindVS (required)
* code 1..1
* code.text 1..1
* subject only Reference(Patient)
* note 0..1

Profile: MesoGoal
Parent: Goal
Id: meso-goal
Title: "Behandeldoel"
Description: "Een doel in de woorden van de oudere of naaste, met wat het bijdraagt aan kwaliteit van leven. Niet op nl-core-TreatmentObjective: dat laat maar één probleem per doel toe."
* insert AuthorIdentifier
* extension contains GoalWish named wish 0..*
* description.text 1..1
* target 0..1
  * ^short = "Waaraan te zien is dat het doel bereikt is, en wanneer"
* target.measure.text 1..1
* target.detail[x] only string
* start[x] only date
* subject only Reference(Patient)
* expressedBy 1..1
  * ^short = "Door wie verwoord"
* addresses only Reference(Condition)
* note 1..1
  * ^short = "Wat het bijdraagt aan kwaliteit van leven"

Profile: MesoPlanAction
Parent: Task
Id: meso-plan-action
Title: "Actie uit het plan"
Description: "Wie doet wat, wanneer en waarom. Elke actie heeft een eigen publiek en is daarom een eigen resource."
* insert AuthorIdentifier
* extension contains
    $goal-link named goal 0..* and
    PatientFacing named patientFacing 0..1 and
    ActionPerformer named performer 0..* and
    ActionTiming named timing 0..1 and
    BestFitExtension named bestFit 0..1
* focus only Reference(RelatedPerson)
  * ^short = "De naaste die steun krijgt"
* basedOn 1..1
* basedOn only Reference(CarePlan)
* intent = #order
* code 1..1
* code = TaskCode#plan-action
* description 1..1
  * ^short = "Wat"
* for 1..1
* for only Reference(Patient)
* authoredOn 1..1
* lastModified 1..1
* requester 1..1
* requester only Reference(PractitionerRole)
* owner 1..1
* owner only Reference(Organization or PractitionerRole)
  * ^short = "Wie"
* reasonCode from ActionPurposeVS (preferred)
* reasonCode.text 0..1
  * ^short = "Waarom dit bijdraagt; zonder reden volgt een waarschuwing (R-92)"
* statusReason from StatusReasonVS (extensible)
* restriction.period 0..1
  * ^short = "Wanneer"

Profile: MesoNotDone
Parent: ServiceRequest
Id: meso-not-done
Title: "Juist niet"
Description: "Wat bewust niet wordt gedaan, en waarom. Wie doNotPerform overslaat, leest het omgekeerde."
* insert AuthorIdentifier
* extension contains $episode-link named episode 1..1
* basedOn 1..1
* basedOn only Reference(CarePlan)
* intent = #plan
* doNotPerform 1..1
* doNotPerform = true
* code 1..1
* code.text 1..1
* subject only Reference(Patient)
* authoredOn 1..1
* requester 1..1
* performer only Reference(Organization)
  * ^short = "Wie het aangaat"
* reasonCode 1..1
* reasonCode.text 1..1

Profile: MesoScenario
Parent: RiskAssessment
Id: meso-scenario
Title: "Scenario"
Description: "Wat er kan gebeuren, en wat dan te doen."
* insert AuthorIdentifier
* extension contains ScenarioActor named actor 0..*
* code from ScenarioKindVS (required)
* subject only Reference(Patient)
* performer 1..1
* prediction 1..1
* prediction.outcome 1..1
* prediction.outcome.text 1..1
  * ^short = "Wat er kan gebeuren"
* prediction.when[x] only Period
* mitigation 1..1
  * ^short = "Wat dan te doen"

Profile: MesoVoice
Parent: Observation
Id: meso-voice
Title: "In eigen woorden"
Description: "Wat de oudere zelf belangrijk vindt."
* insert AuthorIdentifier
* extension contains $episode-link named episode 1..1
* code = PlanPart#voice
* subject 1..1
* subject only Reference(Patient)
* effective[x] 1..1
* performer 1..1
* performer only Reference(Patient)
* value[x] only string
* value[x] 1..1
