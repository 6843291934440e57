Extension: CaseTopicExtension
Id: ext-case-topic
Title: "Onderdeel van de casus"
Description: "Welk onderdeel van het afgesproken sjabloon deze tekst invult."
Context: Communication.payload
* value[x] only CodeableConcept
* value[x] 1..1
* value[x] from CaseTopicVS (required)

Extension: CaseSession
Id: ext-case-session
Title: "Datum van de bespreking"
Description: "Dag waarop de specialist de casus bespreekt; een week eerder is hij verstuurd (R-56)."
Context: Communication
* value[x] only date
* value[x] 1..1

Extension: AggregateGps
Id: ext-aggregate-gps
Title: "Aantal huisartsen"
Description: "Over hoeveel huisartsen de cijfers gaan, nooit over één (R-58)."
Context: MeasureReport
* value[x] only positiveInt
* value[x] 1..1

Extension: AggregatePermission
Id: ext-aggregate-permission
Title: "Toestemming van de huisartsen"
Description: "Kenmerk van de toestemming voor deze keer (R-59); noemt geen huisarts."
Context: MeasureReport
* value[x] only string
* value[x] 1..1

Extension: AggregateProtocol
Id: ext-aggregate-protocol
Title: "Versie van het protocol"
Description: "Het samen afgesproken protocol waarmee is samengevoegd (R-59)."
Context: MeasureReport
* value[x] only string
* value[x] 1..1

Extension: AggregatePublication
Id: ext-aggregate-publication
Title: "Publicatie"
Description: "Wie deze cijfers wanneer kreeg (R-60)."
Context: MeasureReport
* extension contains
    on 1..1 and
    recipient 1..1
* extension[on].value[x] only date
* extension[on].value[x] 1..1
* extension[recipient].value[x] only string
* extension[recipient].value[x] 1..1
