CodeSystem: TeamRole
Id: team-role
Title: "Rol in het zorgteam"
Description: "Wie welke verantwoordelijkheid draagt rond de oudere; één persoon kan meer rollen hebben."
* insert LocalList
* insert InEnglish([["Role in the care team"]], [["Who carries which responsibility around the older person; one person may have several roles."]])
* #hoofdbehandelaar "Hoofdbehandelaar" "Altijd de huisarts, ook tijdens het traject (R-82)."
* #hoofdbehandelaar insert English([["Principal practitioner"]])
* #brondossierhouder "Brondossierhouder" "Houder van het oorspronkelijke dossier: de huisarts."
* #brondossierhouder insert English([["Holder of the source record"]])
* #medebehandelaar "Medebehandelaar" "De specialist ouderengeneeskunde, zolang het traject loopt (R-83)."
* #medebehandelaar insert English([["Co-practitioner"]])
* #regiehouder "Regiehouder" "Heeft de regie rond de verwijsvraag; na afsluiten de opvolger (R-84)."
* #regiehouder insert English([["Director of care"]])
* #coordinator "Coördinator" "Bewaakt de uitvoering van het plan van dag tot dag."
* #coordinator insert English([["Coordinator"]])
* #aanspreekpunt "Aanspreekpunt" "Wie de oudere en de naasten als eerste bellen."
* #aanspreekpunt insert English([["First point of contact"]])
* #betrokken-zorgverlener "Betrokken zorgverlener"
* #betrokken-zorgverlener insert English([["Professional involved"]])
* #naaste "Naaste"
* #naaste insert English([["Relative or friend"]])
* #vertegenwoordiger "Vertegenwoordiger"
* #vertegenwoordiger insert English([["Representative"]])
* #patient "Patiënt"
* #patient insert English([["Patient"]])

CodeSystem: ProfessionalFunction
Id: professional-function
Title: "Functie"
Description: "Functie waarin iemand voor een organisatie handelt; bepaalt mee wat te zien is."
* insert LocalList
* insert InEnglish([["Professional function"]], [["Function in which somebody acts for an organisation; it helps to decide what may be seen."]])
* #gp "Huisarts"
* #gp insert English([["General practitioner"]])
* #gp-nurse-practitioner "Verpleegkundig specialist in de huisartspraktijk"
* #gp-nurse-practitioner insert English([["Nurse practitioner in general practice"]])
* #poh "Praktijkondersteuner ouderenzorg"
* #poh insert English([["Practice nurse for elderly care"]])
* #gp-assistant "Doktersassistent"
* #gp-assistant insert English([["Doctor's assistant"]])
* #log-reviewer "Beoordelaar van het toegangslog"
* #log-reviewer insert English([["Reviewer of the access log"]])
* #meso-so "Specialist ouderengeneeskunde"
* #meso-so insert English([["Elderly care physician"]])
* #meso-so-trainee "Specialist ouderengeneeskunde in opleiding"
* #meso-so-trainee insert English([["Elderly care physician in training"]])
* #meso-nurse "Geriatrieverpleegkundige"
* #meso-nurse insert English([["Geriatric nurse"]])
* #meso-secretary "Secretariaat MESO"
* #meso-secretary insert English([["MESO secretary"]])
* #community-nurse "Wijkverpleegkundige"
* #community-nurse insert English([["Community nurse"]])
* #social-worker "Medewerker sociaal domein"
* #social-worker insert English([["Social services worker"]])
* #platform "Regionaal platform"
* #platform insert English([["Regional platform"]])

CodeSystem: OrganisationKind
Id: organisation-kind
Title: "Soort organisatie in het netwerk"
Description: "Soort organisatie zoals het netwerk haar kent, naast het nationale type."
* insert LocalList
* insert InEnglish([["Kind of organisation in the network"]], [["Kind of organisation as the network knows it, beside the national type."]])
* #gp-practice "Huisartspraktijk"
* #gp-practice insert English([["General practice"]])
* #meso "MESO-praktijk"
* #meso insert English([["MESO practice"]])
* #community-nursing "Wijkverpleging"
* #community-nursing insert English([["Community nursing"]])
* #allied-health "Paramedische zorg"
* #allied-health insert English([["Allied health care"]])
* #welfare "Welzijnsorganisatie"
* #welfare insert English([["Welfare organisation"]])
* #platform "Regionaal platform"
* #platform insert English([["Regional platform"]])
