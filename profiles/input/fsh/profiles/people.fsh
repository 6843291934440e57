Profile: MesoPatient
Parent: http://nictiz.nl/fhir/StructureDefinition/nl-core-Patient
Id: meso-patient
Title: "Oudere"
Description: "De oudere om wie het gaat. De huisartspraktijk is eigenaar van deze gegevens (R-30); MESO leest ze alleen."
* insert AuthorIdentifier
* identifier[bsn] 0..1
* identifier[bsn] obeys meso-bsn-11
* extension contains
    IdentityCheck named identityCheck 0..* and
    LivingSituationExtension named living 0..1 and
    WlzIndication named wlzIndication 0..1 and
    http://hl7.org/fhir/StructureDefinition/patient-interpreterRequired named interpreter 0..1 and
    CommunicationNeed named communicationNeed 0..* and
    Pharmacy named pharmacy 0..1
* name 1..*
  * ^comment = "Officieel is een naam waarvan elke voornaam zegt wat die is; anders is zij usual."
* birthDate 1..1
* generalPractitioner 1..1
  * ^comment = "De eigen huisarts of huisartspraktijk; een verwijzing van een andere praktijk wordt geparkeerd (R-4)."

Profile: MesoOrganization
Parent: http://nictiz.nl/fhir/StructureDefinition/nl-core-HealthcareProvider-Organization
Id: meso-organization
Title: "Organisatie in het netwerk"
Description: "Een partij, gevonden op haar URA-nummer; een bericht maakt of wijzigt haar nooit."
* identifier[ura] 1..1
* extension contains
    RecordController named controller 0..1 and
    ContractingParty named contractingParty 0..1
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
