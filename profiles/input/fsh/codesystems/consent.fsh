CodeSystem: ConsentType
Id: consent-type
Title: "Soort toestemming"
Description: "De zes toestemmingen rond een MESO-traject; elk is een eigen registratie."
* insert LocalList
* #CON-1 "Inzage in het huisartsdossier" "De specialist ouderengeneeskunde mag het dossier bij de huisarts inzien."
* #CON-2 "Handelingen in het huisartsdossier" "Raadplegen, overnemen, episode aanmaken en voorschrijven in dat dossier."
* #CON-3 "Uitnodigen voor het MDO" "Een genoemde zorgverlener mag worden uitgenodigd; dit opent het plan niet."
* #CON-4 "Naaste bij het MDO" "Een genoemde naaste mag bij het overleg zijn."
* #CON-5 "Delen met andere hulpverleners" "Een genoemde partij mag de relevante delen van het plan zien."
* #CON-6 "Gegevens uit het huisartsdossier aan derden" "Vraagt ook de schriftelijke toestemming van de huisarts (R-45)."

CodeSystem: ConsentKind
Id: consent-kind
Title: "Aard van de toestemming"
Description: "Hoe de toestemming tot stand kwam. Alleen een uitdrukkelijke opent gegevens voor wie ze ophaalt."
* insert LocalList
* #explicit "Uitdrukkelijk gegeven"
* #presumed "Verondersteld" "Staat bij de actie, nooit als actieve Consent; alleen voor toezenden."
* #refused "Geweigerd"
* #not-asked "Niet gevraagd"

CodeSystem: ConsentForm
Id: consent-form
Title: "Vorm van de toestemming"
Description: "Hoe de verklaring is afgelegd."
* insert LocalList
* #oral "Mondelinge verklaring"
* #written "Schriftelijke verklaring"

CodeSystem: ConsentAction
Id: consent-action
Title: "Handeling waarvoor toestemming geldt"
Description: "Handelingen die de HL7-lijst consentaction niet kent."
* insert LocalList
* #consult "Raadplegen"
* #copy "Overnemen"
* #create-episode "Episode aanmaken"
* #prescribe "Voorschrijven"
* #aggregate "Samenvoegen"
* #invite "Uitnodigen"
* #disclose "Verstrekken"

CodeSystem: DataCategory
Id: data-category
Title: "Soort gegevens"
Description: "Indeling van gegevens waarop rechten en toestemming worden beoordeeld."
* insert LocalList
* #person "Persoonsgegevens"
* #referral "Verwijzing"
* #consent "Toestemmingen"
* #plan "Zorgbehandelplan"
* #acp "Behandelwensen"
* #mdo "Multidisciplinair overleg"
* #contacts "Contactgegevens van het zorgteam"
* #letter "Brieven"
* #his "Huisartsdossier"
* #ouderenmodule "Ouderenmodule van de huisarts"
