Profile: MesoPatient
Parent: http://nictiz.nl/fhir/StructureDefinition/nl-core-Patient
Id: meso-patient
Title: "Oudere"
Description: "De oudere om wie het gaat. De huisartspraktijk is eigenaar van deze gegevens (R-30); MESO leest ze alleen."
* insert AuthorIdentifier
* identifier[bsn] 0..1
* identifier[bsn] obeys meso-bsn-11
* name 1..*
* birthDate 1..1
* generalPractitioner 1..1
  * ^comment = "De eigen huisarts of huisartspraktijk; een verwijzing van een andere praktijk wordt geparkeerd (R-4)."

Profile: MesoOrganization
Parent: http://nictiz.nl/fhir/StructureDefinition/nl-core-HealthcareProvider-Organization
Id: meso-organization
Title: "Organisatie in het netwerk"
Description: "Een partij, gevonden op haar URA-nummer; een bericht maakt of wijzigt haar nooit."
* identifier[ura] 1..1
* name 1..1
* type 1..*
* type contains kind 1..1
* type[kind] from OrganisationKindVS (required)

Profile: MesoPractitioner
Parent: http://nictiz.nl/fhir/StructureDefinition/nl-core-HealthProfessional-Practitioner
Id: meso-practitioner
Title: "Zorgverlener"
Description: "De persoon achter een of meer rollen."
* identifier[uzi] 1..1
* name 1..*

Profile: MesoPractitionerRole
Parent: http://nictiz.nl/fhir/StructureDefinition/nl-core-HealthProfessional-PractitionerRole
Id: meso-practitioner-role
Title: "Zorgverlener in een rol"
Description: "Een persoon in één functie voor één organisatie. Rechten horen bij de rol, nooit bij de persoon (RI-12)."
* insert AuthorIdentifier
* practitioner 1..1
* organization 1..1
* code 1..1
* code from ProfessionalFunctionVS (required)
