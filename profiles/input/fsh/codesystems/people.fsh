CodeSystem: TeamRole
Id: team-role
Title: "Rol in het zorgteam"
Description: "Wie welke verantwoordelijkheid draagt rond de oudere; één persoon kan meer rollen hebben."
* insert LocalList
* #hoofdbehandelaar "Hoofdbehandelaar" "Altijd de huisarts, ook tijdens het traject (R-82)."
* #brondossierhouder "Brondossierhouder" "Houder van het oorspronkelijke dossier: de huisarts."
* #medebehandelaar "Medebehandelaar" "De specialist ouderengeneeskunde, zolang het traject loopt (R-83)."
* #regiehouder "Regiehouder" "Heeft de regie rond de verwijsvraag; na afsluiten de opvolger (R-84)."
* #coordinator "Coördinator" "Bewaakt de uitvoering van het plan van dag tot dag."
* #aanspreekpunt "Aanspreekpunt" "Wie de oudere en de naasten als eerste bellen."
* #betrokken-zorgverlener "Betrokken zorgverlener"
* #naaste "Naaste"
* #vertegenwoordiger "Vertegenwoordiger"
* #patient "Patiënt"

CodeSystem: ProfessionalFunction
Id: professional-function
Title: "Functie"
Description: "Functie waarin iemand voor een organisatie handelt; bepaalt mee wat te zien is."
* insert LocalList
* #gp "Huisarts"
* #gp-nurse-practitioner "Verpleegkundig specialist in de huisartspraktijk"
* #poh "Praktijkondersteuner ouderenzorg"
* #gp-assistant "Doktersassistent"
* #log-reviewer "Beoordelaar van het toegangslog"
* #meso-so "Specialist ouderengeneeskunde"
* #meso-so-trainee "Specialist ouderengeneeskunde in opleiding"
* #meso-nurse "Geriatrieverpleegkundige"
* #meso-secretary "Secretariaat MESO"
* #community-nurse "Wijkverpleegkundige"
* #social-worker "Medewerker sociaal domein"
* #platform "Regionaal platform"

CodeSystem: OrganisationKind
Id: organisation-kind
Title: "Soort organisatie in het netwerk"
Description: "Soort organisatie zoals het netwerk haar kent, naast het nationale type."
* insert LocalList
* #gp-practice "Huisartspraktijk"
* #meso "MESO-praktijk"
* #community-nursing "Wijkverpleging"
* #allied-health "Paramedische zorg"
* #welfare "Welzijnsorganisatie"
* #platform "Regionaal platform"
