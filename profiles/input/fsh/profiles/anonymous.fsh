Profile: MesoAnonymousCase
Parent: Communication
Id: meso-anonymous-case
Title: "Anonieme casus"
Description: "Een vraag aan een medisch specialist, met de gegevens die daarvoor nodig zijn en zonder te zeggen over wie het gaat (R-55, R-56)."
* insert AuthorIdentifier
* extension contains CaseSession named session 1..1
* instantiatesUri 1..1
  * ^short = "De afgesproken vorm"
* subject 0..0
* about 0..0
* encounter 0..0
* medium 1..1
* medium from CaseMediumVS (required)
* recipient 1..1
* recipient only Reference(PractitionerRole)
* sender 1..1
* sender only Reference(PractitionerRole)
* payload 2..*
* payload.extension contains CaseTopicExtension named topic 1..1
* payload.content[x] only string

Profile: MesoCaseAdvice
Parent: Communication
Id: meso-case-advice
Title: "Advies op een anonieme casus"
Description: "Het advies van de specialist, die daarvoor instaat op de aangeleverde feiten (R-96)."
* insert AuthorIdentifier
* inResponseTo 1..1
* status = #completed
* subject 0..0
* about 0..0
* encounter 0..0
* sent 1..1
* recipient 1..1
* sender 1..1
* sender only Reference(PractitionerRole)
* payload 1..1
* payload.extension contains CaseTopicExtension named topic 1..1
* payload.content[x] only string

Profile: MesoAnonymousAggregate
Parent: MeasureReport
Id: meso-anonymous-aggregate
Title: "Anonieme cijfers"
Description: "Cijfers die tot geen oudere en geen huisarts te herleiden zijn (R-58), gemaakt met toestemming van de huisartsen en volgens protocol (R-59)."
* obeys meso-more-than-one-gp
* insert AuthorIdentifier
* extension contains
    AggregateGps named gps 1..1 and
    AggregatePermission named permission 1..* and
    AggregateProtocol named protocol 1..1 and
    AggregatePublication named publication 0..*
* status = #complete
* type = #summary
* subject 0..0
* date 1..1
* reporter 1..1
* reporter only Reference(Organization)
  * ^short = "De MESO-praktijk die telde"
* period.start 1..1
* period.end 1..1
* group 1..*
* group.code 1..1
* group.population 1..2
* group.population obeys meso-no-small-count
* group.stratifier 0..0
* evaluatedResource 0..0
