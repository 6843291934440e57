Profile: MesoEmployment
Parent: http://nictiz.nl/fhir/StructureDefinition/nl-core-HealthProfessional-PractitionerRole
Id: meso-employment
Title: "Dienstverband"
Description: "Bij wie iemand in dienst is die voor een andere organisatie handelt. Geeft geen rechten; zegt wel voor welke rol een token van de werkgever staat."
* insert AuthorIdentifier
* identifier 1..1
* practitioner 1..1
* organization 1..1
  * ^short = "De werkgever"
* code 1..1
* code = $RoleClass#EMP

Profile: MesoNetwork
Parent: http://nictiz.nl/fhir/StructureDefinition/nl-core-HealthcareProvider-Organization
Id: meso-network
Title: "Samenwerkingsverband"
Description: "Een lokaal netwerk of regionaal samenwerkingsverband (RESV): wie meedoen en wie het aanspreekpunt is. Geen partij, en nooit ontvanger van gegevens over een oudere (RI-7)."
* obeys meso-no-ura
* insert AuthorIdentifier
* extension contains NetworkScope named scope 0..1
* name 1..1
* type 1..1
* type from NetworkKindVS (required)
* endpoint 0..0

Profile: MesoNetworkMembership
Parent: OrganizationAffiliation
Id: meso-network-membership
Title: "Lid van een samenwerkingsverband"
Description: "Een organisatie die meedoet, en sinds wanneer. Opent op zichzelf niets."
* insert AuthorIdentifier
* active 1..1
* participatingOrganization 1..1
* network 1..1
