Extension: TrajectoryPhaseExtension
Id: ext-trajectory-phase
Title: "Fase van het traject"
Description: "Een fase en wanneer zij duurde; FHIR R4 houdt alleen een geschiedenis van statussen bij."
Context: EpisodeOfCare
* extension contains
    phase 1..1 and
    period 1..1
* extension[phase].value[x] only Coding
* extension[phase].value[x] 1..1
* extension[phase].value[x] from TrajectoryPhaseVS (required)
* extension[period].value[x] only Period
* extension[period].value[x] 1..1

Extension: SteppedCareExtension
Id: ext-stepped-care
Title: "Trede van zorg in de tijd"
Description: "Een trede van zorg: wanneer, door wie gekozen, waarom meer of minder nodig was, en de trede ervoor. Welke nu loopt staat in type."
Context: EpisodeOfCare
* extension contains
    step 1..1 and
    period 1..1 and
    decidedBy 1..1 and
    reason 0..1 and
    previous 0..1
* extension[step].value[x] only Coding
* extension[step].value[x] 1..1
* extension[step].value[x] from SteppedCareStepVS (required)
* extension[period].value[x] only Period
* extension[period].value[x] 1..1
* extension[decidedBy].value[x] only Reference(Organization or PractitionerRole)
* extension[decidedBy].value[x] 1..1
* extension[reason].value[x] only string
* extension[reason].value[x] 1..1
* extension[previous].value[x] only Coding
* extension[previous].value[x] 1..1
* extension[previous].value[x] from SteppedCareStepVS (required)
