Extension: RecordController
Id: ext-record-controller
Title: "Verwerkingsverantwoordelijke van het MESO-dossier"
Description: "Wie voor het dossier van de MESO-praktijk verantwoordelijk is, als dat een andere organisatie is."
Context: Organization
* value[x] only Reference(Organization)
* value[x] 1..1

Extension: ContractingParty
Id: ext-contracting-party
Title: "Contractpartij"
Description: "Wie het contract voor de zorg heeft; verschilt per regio van praktijk en werkgever."
Context: Organization
* value[x] only Reference(Organization)
* value[x] 1..1

Extension: NetworkScope
Id: ext-network-scope
Title: "Reikwijdte van het samenwerkingsverband"
Description: "Waarover en voor welk gebied wordt samengewerkt."
Context: Organization
* value[x] only string
* value[x] 1..1
