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
Description: "Organisatie of naaste die in het scenario een taak heeft; R4 kent bij mitigation alleen tekst."
Context: RiskAssessment
* value[x] only Reference(Organization or RelatedPerson)
* value[x] 1..1
