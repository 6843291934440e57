CodeSystem: RepresentationBasis
Id: representation-basis
Title: "Grond van de vertegenwoordiging"
Description: "Waarom iemand namens de oudere mag beslissen: wat een rechter of notaris gaf, en wie de wet aanwijst (art. 7:465 BW)."
* insert LocalList
* insert InEnglish([["Basis of representation"]], [["Why somebody may decide for the older person: what a court or notary gave, and whom the law points out."]])
* #guardianship "Curatele"
* #guardianship insert English([["Legal guardianship"]])
* #mentorship "Mentorschap"
* #mentorship insert English([["Mentorship"]])
* #administration "Bewindvoering" "Gaat over geld en geeft geen toestemming om gegevens te delen."
* #administration insert English([["Administration of assets"]])
* #custody "Voogdij"
* #custody insert English([["Custody"]])
* #agency "Zaakwaarneming"
* #agency insert English([["Management of another's affairs"]])
* #written-proxy "Schriftelijke machtiging"
* #written-proxy insert English([["Written proxy"]])
* #partner "Echtgenoot of partner"
* #partner insert English([["Spouse or partner"]])
* #parent "Ouder"
* #parent insert English([["Parent"]])
* #child "Kind"
* #child insert English([["Child"]])
* #sibling "Broer of zus"
* #sibling insert English([["Brother or sister"]])

CodeSystem: CapacityMatter
Id: capacity-matter
Title: "Zaak waarin de wilsbekwaamheid is beoordeeld"
Description: "Wilsbekwaamheid geldt per zaak en per moment."
* insert LocalList
* insert InEnglish([["Matter in which capacity was judged"]], [["Decision capacity holds per matter and per moment."]])
* #data-sharing "Delen van gegevens"
* #data-sharing insert English([["Sharing data"]])
* #treatment "Behandeling"
* #treatment insert English([["Treatment"]])
* #care-and-housing "Zorg en wonen"
* #care-and-housing insert English([["Care and housing"]])
* #finances "Financiën"
* #finances insert English([["Finances"]])
* #other "Anders"
* #other insert English([["Other"]])

CodeSystem: PersonObservation
Id: person-observation
Title: "Waarneming over de oudere of een naaste"
Description: "Waarnemingen waarvoor geen nationale code bevestigd is."
* insert LocalList
* insert InEnglish([["Observation about the older person or a relative"]], [["Observations for which no national code is confirmed."]])
* #decision-capacity "Wilsbekwaamheid"
* #decision-capacity insert English([["Decision capacity"]])
* #carer-support-need "Behoefte van een naaste aan ondersteuning" "Heeft geen vast publiek en staat niet in de kopie voor de oudere."
* #carer-support-need insert English([["Support need of a relative"]])

CodeSystem: IdentityDocument
Id: identity-document
Title: "Identiteitsbewijs"
Description: "Bewijs waarmee de identiteit is vastgesteld (R-94)."
* insert LocalList
* insert InEnglish([["Identity document"]], [["Document by which the identity was verified (R-94)."]])
* #passport "Paspoort"
* #passport insert English([["Passport"]])
* #identity-card "Identiteitskaart"
* #identity-card insert English([["Identity card"]])
* #driving-licence "Rijbewijs"
* #driving-licence insert English([["Driving licence"]])
* #residence-permit "Verblijfsdocument"
* #residence-permit insert English([["Residence permit"]])

CodeSystem: LivingSituation
Id: living-situation
Title: "Woonsituatie"
Description: "Hoe de oudere woont; een criterium dat wordt vastgelegd en nooit vanzelf weigert (R-105)."
* insert LocalList
* insert InEnglish([["Living situation"]], [["How the older person lives; a criterion that is recorded and never refuses by itself (R-105)."]])
* #at-home "Thuis"
* #at-home insert English([["At home"]])
* #private-residence "Particuliere woonvorm, de huisarts is hoofdbehandelaar"
* #private-residence insert English([["Private residence, the general practitioner is principal practitioner"]])
* #institution "Instelling met een eigen behandelaar"
* #institution insert English([["Institution with a practitioner of its own"]])
