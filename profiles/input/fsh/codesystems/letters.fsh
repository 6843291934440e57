CodeSystem: DocumentType
Id: document-type
Title: "Soort brief of verslag"
Description: "Wat voor brief of verslag dit is. Geen landelijke code is hiervoor bevestigd."
* insert LocalList
* insert InEnglish([["Kind of letter or report"]], [["What kind of letter or report this is. No national code is confirmed for it."]])
* #data-use-letter "Informatiebrief over het gebruik van gegevens"
* #data-use-letter insert English([["Letter about the use of data"]])
* #practice-folder "Praktijkfolder"
* #practice-folder insert English([["Practice folder"]])
* #patient-plan-letter "Patiëntbrief over het plan"
* #patient-plan-letter insert English([["Letter to the patient about the plan"]])
* #consult-report "Consultverslag"
* #consult-report insert English([["Consult report"]])
* #mdo-report "Verslag van het multidisciplinair overleg"
* #mdo-report insert English([["Report of the multidisciplinary meeting"]])
* #closing-summary "Afsluitbericht aan de huisarts"
* #closing-summary insert English([["Closing summary for the general practitioner"]])
* #transfer-bundle "Overdracht bij opname"
* #transfer-bundle insert English([["Transfer at admission"]])

CodeSystem: LetterTopic
Id: letter-topic
Title: "Onderdeel van een brief of verslag"
Description: "Waarover een onderdeel gaat; de tekst is de kop die de lezer ziet."
* insert LocalList
* insert InEnglish([["Part of a letter or report"]], [["What a part is about; the text is the heading that the reader sees."]])
* #why-personal-data "Waarom wij uw persoonsgegevens en legitimatie vragen"
* #why-personal-data insert English([["Why we ask for your personal data and proof of identity"]])
* #which-health-data "Welke gegevens over uw gezondheid wij gebruiken en waarom"
* #which-health-data insert English([["Which data about your health we use and why"]])
* #when-shared "Wanneer wij gegevens delen"
* #when-shared insert English([["When we share data"]])
* #how-stored "Hoe wij gegevens bewaren en hoe u ze kunt inzien"
* #how-stored insert English([["How we keep data and how you can see them"]])
* #contact "Vragen"
* #contact insert English([["Questions"]])
* #what-matters "Wat voor u belangrijk is"
* #what-matters insert English([["What matters to you"]])
* #what-was-found "Wat wij hebben gezien"
* #what-was-found insert English([["What we have seen"]])
* #what-we-do "Wat wij gaan doen"
* #what-we-do insert English([["What we are going to do"]])
* #who-does-what "Wie wat doet"
* #who-does-what insert English([["Who does what"]])
* #what-to-expect "Wat u kunt verwachten"
* #what-to-expect insert English([["What you can expect"]])
* #support-for-naasten "Hulp voor uw naasten"
* #support-for-naasten insert English([["Help for those close to you"]])
* #question "Vraag"
* #question insert English([["Question"]])
* #findings "Bevindingen"
* #findings insert English([["Findings"]])
* #advice "Advies"
* #advice insert English([["Advice"]])
* #policy "Ingezet beleid"
* #policy insert English([["Policy started"]])
* #why-not-enough "Waarom een consult niet volstaat"
* #why-not-enough insert English([["Why a consult is not enough"]])
* #shared-information "Gedeelde informatie"
* #shared-information insert English([["Information shared"]])
* #aligned-goals "Afgestemde doelen"
* #aligned-goals insert English([["Aligned goals"]])
* #priorities "Prioriteiten"
* #priorities insert English([["Priorities"]])
* #agreements "Wie doet wat wanneer"
* #agreements insert English([["Who does what when"]])
* #outlook "Vooruitblik"
* #outlook insert English([["Outlook"]])
* #course "Beloop"
* #course insert English([["Course"]])
* #what-is-left "Wat er nog loopt"
* #what-is-left insert English([["What is still going on"]])
* #tomorrow "Morgen zonder MESO"
* #tomorrow insert English([["Tomorrow without MESO"]])
* #reason "Reden van de overdracht"
* #reason insert English([["Reason for the transfer"]])
* #acp-wishes "Wensen en grenzen bij behandeling"
* #acp-wishes insert English([["Treatment wishes and limits"]])
* #medication "Medicatie"
* #medication insert English([["Medication"]])
* #plan-summary "Samenvatting van het plan"
* #plan-summary insert English([["Summary of the plan"]])
* #contacts "Wie u kunt bellen"
* #contacts insert English([["Whom to call"]])

CodeSystem: ReadingLevel
Id: reading-level
Title: "Taalniveau"
Description: "Niveau van het Europees Referentiekader waarop een brief geschreven is (R-101)."
* insert LocalList
* insert InEnglish([["Reading level"]], [["Level of the European framework at which a letter is written (R-101)."]])
* #A1 "A1: losse woorden en korte zinnen"
* #A1 insert English([["A1: single words and short sentences"]])
* #A2 "A2: eenvoudige zinnen"
* #A2 insert English([["A2: simple sentences"]])
* #B1 "B1: eenvoudig Nederlands"
* #B1 insert English([["B1: plain language"]])
* #B2 "B2: gangbaar Nederlands"
* #B2 insert English([["B2: common language"]])
* #C1 "C1: ingewikkelde teksten"
* #C1 insert English([["C1: complex texts"]])

CodeSystem: LetterVolume
Id: letter-volume
Title: "Omvang van de brief"
Description: "Hoeveel de lezer op papier wil hebben (R-101)."
* insert LocalList
* insert InEnglish([["Length of the letter"]], [["How much the reader wants on paper (R-101)."]])
* #core "Alleen de kern"
* #core insert English([["Only the core"]])
* #usual "Gewone omvang"
* #usual insert English([["Usual length"]])
* #full "Uitgebreid"
* #full insert English([["At length"]])

CodeSystem: TransferDestination
Id: transfer-destination
Title: "Bestemming van de overdracht"
Description: "Naar wat voor huis de oudere gaat."
* insert LocalList
* insert InEnglish([["Destination of the transfer"]], [["What kind of house the person goes to."]])
* #hospital "Ziekenhuis"
* #hospital insert English([["Hospital"]])
* #nursing-home "Verpleeghuis"
* #nursing-home insert English([["Nursing home"]])
