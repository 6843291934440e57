Profile: MesoCoordinationRequest
Parent: ServiceRequest
Id: meso-coordination-request
Title: "Aanvraag bij het coördinatiepunt"
Description: "Een huisarts, huisartsenpost of spoedeisende hulp vraagt een tijdelijk bed of zorg thuis voor één patiënt."
* insert AuthorIdentifier
* extension contains
    CoordinationRequesterExtension named requesterKind 1..1 and
    Triage named triage 0..1
* intent = #order
* doNotPerform 0..0
* priority 1..1
  * ^short = "Urgentie"
* code 1..1
* code from CoordinatedCareVS (required)
* subject only Reference(Patient)
* authoredOn 1..1
* requester 1..1
* requester only Reference(Organization or PractitionerRole)
* performer 1..1
* performer only Reference(Organization)
  * ^short = "Het coördinatiepunt"
* reasonCode 1..1
* reasonCode.text 1..1
  * ^short = "Indicatie"

Profile: MesoCoordinationTask
Parent: Task
Id: meso-coordination-task
Title: "Taak bij een aanvraag"
Description: "Hoe het bij het coördinatiepunt met de aanvraag staat."
* insert AuthorIdentifier
* groupIdentifier 1..1
* intent = #order
* code 1..1
* code = $fhir-task-code#fulfill
* priority 1..1
* focus 1..1
* focus only Reference(ServiceRequest)
* for 1..1
* for only Reference(Patient)
* authoredOn 1..1
* lastModified 1..1
* requester 1..1
* requester only Reference(Organization or PractitionerRole)
* owner 1..1
* owner only Reference(Organization)
* statusReason from StatusReasonVS (preferred)
* businessStatus 0..0
