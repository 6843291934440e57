Profile: MesoTradeOff
Parent: Observation
Id: meso-trade-off
Title: "Afweging"
Description: "Wat tegen elkaar is afgewogen, wat is besloten en waarom, zodat een keuze na te volgen is. Eigen resource: voor niemand dan MESO en de huisarts, tenzij het met de hand wordt gegeven."
* insert AuthorIdentifier
* extension contains $episode-link named episode 1..1
* code = PlanPart#trade-off
* subject 1..1
* subject only Reference(Patient)
* focus only Reference(Condition or Goal or Task or ServiceRequest or RiskAssessment or Observation or Consent)
  * ^short = "De delen van het plan waarover het gaat"
* effective[x] 1..1
* performer 1..1
* performer only Reference(PractitionerRole)
* value[x] 0..0
* component 2..2
* component ^slicing.discriminator.type = #value
* component ^slicing.discriminator.path = "code"
* component ^slicing.rules = #closed
* component contains
    weighed 1..1 and
    decided 1..1
* component[weighed].code = PlanPart#weighed
* component[weighed].value[x] only string
* component[weighed].value[x] 1..1
* component[decided].code = PlanPart#decided
* component[decided].value[x] only string
* component[decided].value[x] 1..1
