CodeSystem: ConsentType
Id: consent-type
Title: "Soort toestemming"
Description: "De zes toestemmingen rond een MESO-traject; elk is een eigen registratie."
* insert LocalList
* insert InEnglish([["Type of consent"]], [["The six consents around a MESO trajectory; each is a registration of its own."]])
* #CON-1 "Inzage in het huisartsdossier" "De specialist ouderengeneeskunde mag het dossier bij de huisarts inzien."
* #CON-1 insert English([["Access to the record of the general practitioner"]])
* #CON-2 "Handelingen in het huisartsdossier" "Raadplegen, overnemen, episode aanmaken en voorschrijven in dat dossier."
* #CON-2 insert English([["Acts in the record of the general practitioner"]])
* #CON-3 "Uitnodigen voor het MDO" "Een genoemde zorgverlener mag worden uitgenodigd; dit opent het plan niet."
* #CON-3 insert English([["Invitation to the multidisciplinary meeting"]])
* #CON-4 "Naaste bij het MDO" "Een genoemde naaste mag bij het overleg zijn."
* #CON-4 insert English([["Relative at the multidisciplinary meeting"]])
* #CON-5 "Delen met andere hulpverleners" "Een genoemde partij mag de relevante delen van het plan zien."
* #CON-5 insert English([["Sharing with other care providers"]])
* #CON-6 "Gegevens uit het huisartsdossier aan derden" "Vraagt ook de schriftelijke toestemming van de huisarts (R-45)."
* #CON-6 insert English([["Data of the general practitioner to third parties"]])

CodeSystem: ConsentKind
Id: consent-kind
Title: "Aard van de toestemming"
Description: "Hoe de toestemming tot stand kwam. Alleen een uitdrukkelijke opent gegevens voor wie ze ophaalt."
* insert LocalList
* insert InEnglish([["Kind of consent"]], [["How the consent came about. Only an explicit one opens data to who fetches it."]])
* #explicit "Uitdrukkelijk gegeven"
* #explicit insert English([["Given explicitly"]])
* #presumed "Verondersteld" "Staat bij de actie, nooit als actieve Consent; alleen voor toezenden."
* #presumed insert English([["Presumed"]])
* #refused "Geweigerd"
* #refused insert English([["Refused"]])
* #not-asked "Niet gevraagd"
* #not-asked insert English([["Not asked"]])

CodeSystem: ConsentForm
Id: consent-form
Title: "Vorm van de toestemming"
Description: "Hoe de verklaring is afgelegd."
* insert LocalList
* insert InEnglish([["Form of the consent"]], [["How the statement was made."]])
* #oral "Mondelinge verklaring"
* #oral insert English([["Oral statement"]])
* #written "Schriftelijke verklaring"
* #written insert English([["Written statement"]])

CodeSystem: ConsentAction
Id: consent-action
Title: "Handeling waarvoor toestemming geldt"
Description: "Handelingen die de HL7-lijst consentaction niet kent."
* insert LocalList
* insert InEnglish([["Act that is consented to"]], [["Acts that the HL7 list consentaction does not know."]])
* #consult "Raadplegen"
* #consult insert English([["Consult"]])
* #copy "Overnemen"
* #copy insert English([["Copy"]])
* #create-episode "Episode aanmaken"
* #create-episode insert English([["Create an episode"]])
* #prescribe "Voorschrijven"
* #prescribe insert English([["Prescribe"]])
* #aggregate "Samenvoegen"
* #aggregate insert English([["Aggregate"]])
* #invite "Uitnodigen"
* #invite insert English([["Invite"]])
* #disclose "Verstrekken"
* #disclose insert English([["Disclose"]])

CodeSystem: DataCategory
Id: data-category
Title: "Soort gegevens"
Description: "Indeling van gegevens waarop rechten en toestemming worden beoordeeld."
* insert LocalList
* insert InEnglish([["Kind of data"]], [["Classification of data by which rights and consent are judged."]])
* #person "Persoonsgegevens"
* #person insert English([["Personal data"]])
* #referral "Verwijzing"
* #referral insert English([["Referral"]])
* #consent "Toestemmingen"
* #consent insert English([["Consents"]])
* #plan "Zorgbehandelplan"
* #plan insert English([["Care and treatment plan"]])
* #acp "Behandelwensen"
* #acp insert English([["Treatment wishes"]])
* #mdo "Multidisciplinair overleg"
* #mdo insert English([["Multidisciplinary meeting"]])
* #contacts "Contactgegevens van het zorgteam"
* #contacts insert English([["Contact data of the care team"]])
* #letter "Brieven"
* #letter insert English([["Letters"]])
* #his "Huisartsdossier"
* #his insert English([["Record of the general practitioner"]])
* #ouderenmodule "Ouderenmodule van de huisarts"
* #ouderenmodule insert English([["Elderly care module of the general practitioner"]])

CodeSystem: LegalBasis
Id: legal-basis
Title: "Grondslag van de toestemming"
Description: "Afspraak of wet waarop de toestemming rust."
* insert LocalList
* insert InEnglish([["Legal basis of the consent"]], [["Agreement or law that the consent rests on."]])
* #his-agreement "Gebruikersovereenkomst HIS"
* #his-agreement insert English([["User agreement on the GP system"]])
* #wgbo "Wet op de geneeskundige behandelingsovereenkomst"
* #wgbo insert English([["Medical Treatment Contracts Act"]])
* #wabvpz "Wet aanvullende bepalingen verwerking persoonsgegevens in de zorg"
* #wabvpz insert English([["Act on additional provisions for processing personal data in care"]])
* #avg "Algemene verordening gegevensbescherming"
* #avg insert English([["General Data Protection Regulation"]])
