// Who somebody is, in the words of the national and HL7 lists. Functions for which the Netherlands
// have no code (POH, wijkverpleegkundige, SO in opleiding, secretariaat) point to a wider one or nowhere.

Instance: professional-function-to-uzi-rolcode
InstanceOf: ConceptMap
Usage: #definition
* insert LocalMap([["ProfessionalFunctionToUziRolcode"]], [["Functie naar UZI-rolcode"]], [["Nationale rolcode die bij de functie past. Zonder rolcode staat alleen de eigen functie in het bericht."]])
* url = "https://mesozorg.example/fhir/ConceptMap/professional-function-to-uzi-rolcode"
* sourceCanonical = Canonical(ProfessionalFunctionVS)
* group[0].source = "https://mesozorg.example/fhir/CodeSystem/professional-function"
* group[0].target = "http://fhir.nl/fhir/NamingSystem/uzi-rolcode"
* insert Maps(0, gp, 01.015, equivalent)
* insert Maps(0, gp-nurse-practitioner, 30.076, wider)
* insert MapsNowhere(0, poh)
* insert MapsNowhere(0, gp-assistant)
* insert MapsNowhere(0, log-reviewer)
* insert Maps(0, meso-so, 01.047, equivalent)
* insert Maps(0, meso-so-trainee, 01.000, wider)
* insert Maps(0, meso-nurse, 30.000, wider)
* insert MapsNowhere(0, meso-secretary)
* insert Maps(0, community-nurse, 30.000, wider)
* insert MapsNowhere(0, social-worker)
* insert MapsNowhere(0, platform)

Instance: team-role-to-participation-type
InstanceOf: ConceptMap
Usage: #definition
* insert LocalMap([["TeamRoleToParticipationType"]], [["Rol in het zorgteam naar v3-ParticipationType"]], [["HL7-code die naast de eigen rol in CareTeam.participant.role staat."]])
* url = "https://mesozorg.example/fhir/ConceptMap/team-role-to-participation-type"
* sourceCanonical = Canonical(TeamRoleVS)
* group[0].source = "https://mesozorg.example/fhir/CodeSystem/team-role"
* group[0].target = $ParticipationType
* insert Maps(0, hoofdbehandelaar, RESP, equivalent)
* insert MapsNowhere(0, brondossierhouder)
* insert Maps(0, medebehandelaar, ATND, wider)
* insert MapsNowhere(0, regiehouder)
* insert MapsNowhere(0, coordinator)
* insert MapsNowhere(0, aanspreekpunt)
* insert MapsNowhere(0, betrokken-zorgverlener)
* insert MapsNowhere(0, naaste)
* insert MapsNowhere(0, vertegenwoordiger)
* insert MapsNowhere(0, patient)

Instance: organisation-kind-to-organization-type
InstanceOf: ConceptMap
Usage: #definition
* insert LocalMap([["OrganisationKindToOrganizationType"]], [["Soort organisatie naar nationaal zorgaanbiedertype"]], [["Een MESO-praktijk heeft geen eigen nationaal type: dat volgt uit wie het contract heeft, en is een instelling per praktijk."]])
* url = "https://mesozorg.example/fhir/ConceptMap/organisation-kind-to-organization-type"
* sourceCanonical = Canonical(OrganisationKindVS)
* group[0].source = "https://mesozorg.example/fhir/CodeSystem/organisation-kind"
* group[0].target = "http://nictiz.nl/fhir/NamingSystem/organization-type"
* insert Maps(0, gp-practice, Z3, equivalent)
* insert MapsNowhere(0, meso)
* insert Maps(0, community-nursing, T2, wider)
* insert MapsNowhere(0, allied-health)
* insert MapsNowhere(0, welfare)
* insert MapsNowhere(0, platform)
