Extension: RequesterFunction
Id: ext-requester-function
Title: "Functie van de voorschrijver"
Description: "De functie waarin is voorgeschreven; R4 noemt alleen de persoon of rol (R-27)."
Context: MedicationRequest
* value[x] only CodeableConcept
* value[x] 1..1
* value[x] from ProfessionalFunctionVS (required)
