// A reason of state (status-reason) has no confirmed code anywhere, so it has no map.

Instance: requested-service-to-snomed
InstanceOf: ConceptMap
Usage: #definition
* insert LocalMap([["RequestedServiceToSnomed"]], [["Gevraagde zorg naar SNOMED CT"]], [["Voor een verwijzing naar een specialist ouderengeneeskunde is geen code bevestigd; 3457005 (verwijzen van patiënt) staat ernaast."]])
* url = "https://mesozorg.example/fhir/ConceptMap/requested-service-to-snomed"
* sourceCanonical = Canonical(RequestedServiceVS)
* group[0].source = "https://mesozorg.example/fhir/CodeSystem/requested-service"
* group[0].target = $SCT
* insert Maps(0, consult, 3457005, wider)
* insert Maps(0, trajectory, 3457005, wider)
* insert Maps(0, decide-together, 3457005, wider)

Instance: business-status-to-task-status
InstanceOf: ConceptMap
Usage: #definition
* insert LocalMap([["BusinessStatusToTaskStatus"]], [["Stand van de verwijzing naar Task.status"]], [["De stand van de Task op het moment dat de verwijzing deze stand krijgt; daarna loopt de Task door."]])
* url = "https://mesozorg.example/fhir/ConceptMap/business-status-to-task-status"
* sourceCanonical = Canonical(BusinessStatusVS)
* group[0].source = "https://mesozorg.example/fhir/CodeSystem/business-status"
* group[0].target = "http://hl7.org/fhir/task-status"
* insert Maps(0, received, received, equivalent)
* insert Maps(0, weighing, received, wider)
* insert Maps(0, consult, accepted, wider)
* insert Maps(0, trajectory, accepted, wider)
* insert Maps(0, not-taken-up, rejected, equivalent)
