// Systems and extensions of others. Our own are named by their FSH name.
Alias: $BSN = http://fhir.nl/fhir/NamingSystem/bsn
Alias: $URA = http://fhir.nl/fhir/NamingSystem/ura
Alias: $UZI = http://fhir.nl/fhir/NamingSystem/uzi-nr-pers
Alias: $SCT = http://snomed.info/sct
Alias: $LNC = http://loinc.org
Alias: $consentscope = http://terminology.hl7.org/CodeSystem/consentscope
Alias: $ActReason = http://terminology.hl7.org/CodeSystem/v3-ActReason
Alias: $ParticipationType = http://terminology.hl7.org/CodeSystem/v3-ParticipationType
Alias: $fhir-task-code = http://hl7.org/fhir/CodeSystem/task-code
Alias: $episode-link = http://hl7.org/fhir/StructureDefinition/workflow-episodeOfCare
Alias: $goal-link = http://hl7.org/fhir/StructureDefinition/resource-pertainsToGoal
