// The rules that a refusal, a warning or a log line can name (OperationOutcome.issue.details).
// R = uit de bronnen; RI = door het project afgeleid; P = eigenschap van een goed zorgbehandelplan.

CodeSystem: Rule
Id: rule
Title: "Regel"
Description: "Regels die de adapter handhaaft, vastlegt of meldt."
* insert LocalList
* insert InEnglish([["Rule"]], [["Rules that the adapter enforces, records or reports."]])
* #R-1 "Geen dossier zonder behandelrelatie"
* #R-1 insert English([["No record without a treatment relation"]])
* #R-2 "Behandelrelatie ontstaat alleen door verwijzing"
* #R-2 insert English([["A treatment relation arises from referral only"]])
* #R-3 "Alleen de huisarts verwijst"
* #R-3 insert English([["Only the general practitioner refers"]])
* #R-4 "Verwijzing komt van de eigen huisarts"
* #R-4 insert English([["The referral comes from the patient's own general practitioner"]])
* #R-5 "Handelen in het dossier vraagt uitdrukkelijke toestemming"
* #R-5 insert English([["Acting in the record needs explicit consent"]])
* #R-6 "Geen inzage zonder toestemming"
* #R-6 insert English([["No access without consent"]])
* #R-7 "Geen inzage buiten de behandeling"
* #R-7 insert English([["No access outside the treatment"]])
* #R-8 "Toestemming is aan de huisarts gegeven"
* #R-8 insert English([["Consent was given to the general practitioner"]])
* #R-9 "Huisarts vertelt over inzage en vraagt akkoord"
* #R-9 insert English([["The general practitioner tells about access and asks agreement"]])
* #R-10 "Uitleg over gegevensgebruik is uitgereikt"
* #R-10 insert English([["Explanation of data use was handed out"]])
* #R-11 "Alleen handelingen die zijn afgesproken"
* #R-11 insert English([["Only acts that were agreed"]])
* #R-12 "Alleen wat nodig is voor de taak"
* #R-12 insert English([["Only what the task needs"]])
* #R-13 "De praktijkhouder bepaalt de toegangsrechten"
* #R-13 insert English([["The practice holder decides on access rights"]])
* #R-14 "Alleen bevoegde medewerkers"
* #R-14 insert English([["Authorised staff only"]])
* #R-15 "Bevoegdheid eindigt bij vertrek"
* #R-15 insert English([["Authorisation ends on leaving"]])
* #R-16 "Geheimhouding en gedragscode zijn getekend"
* #R-16 insert English([["Secrecy and code of conduct are signed"]])
* #R-17 "Gedragscode is volledig ondertekend"
* #R-17 insert English([["The code of conduct is signed in full"]])
* #R-18 "Gebruikersovereenkomst is van kracht"
* #R-18 insert English([["The user agreement is in force"]])
* #R-19 "Een huisarts kan de overeenkomst apart beëindigen"
* #R-19 insert English([["One general practitioner can end the agreement alone"]])
* #R-20 "Wijziging van afspraken alleen schriftelijk"
* #R-20 insert English([["Agreements change in writing only"]])
* #R-21 "SO en SO in opleiding raadplegen het dossier"
* #R-21 insert English([["Elderly care physician and trainee consult the record"]])
* #R-22 "Verpleegkundige krijgt een kopie van de ouderenmodule"
* #R-22 insert English([["The nurse gets a copy of the elderly care module"]])
* #R-23 "Zonder toegekend recht geen huisartsgegevens"
* #R-23 insert English([["No data of the general practitioner without a granted right"]])
* #R-24 "Alleen de SO maakt een episode aan"
* #R-24 insert English([["Only the elderly care physician creates an episode"]])
* #R-25 "De episode heet Praktijk MESO"
* #R-25 insert English([["The episode is named Praktijk MESO"]])
* #R-26 "De episode bevat bevindingen, advies en beleid"
* #R-26 insert English([["The episode holds findings, advice and policy"]])
* #R-27 "Alleen de SO schrijft voor"
* #R-27 insert English([["Only the elderly care physician prescribes"]])
* #R-28 "Elke medicatiewijziging staat in het HIS"
* #R-28 insert English([["Every change of medication is in the record of the general practitioner"]])
* #R-29 "Overnemen gebeurt met de hand en is herleidbaar"
* #R-29 insert English([["Copying is done by hand and can be traced"]])
* #R-30 "Stamgegevens blijven ongewijzigd"
* #R-30 insert English([["Master data stay unchanged"]])
* #R-31 "Gegevens van de huisarts wijzigen alleen na afstemming"
* #R-31 insert English([["Data of the general practitioner change only after consultation"]])
* #R-32 "Gegevens van anderen blijven staan"
* #R-32 insert English([["Data of others stay"]])
* #R-33 "MESO vernietigt geen dossiers"
* #R-33 insert English([["MESO destroys no records"]])
* #R-34 "Verzoeken over het huisartsdossier gaan naar de huisarts"
* #R-34 insert English([["Requests about the general practitioner's record go to the general practitioner"]])
* #R-35 "De oudere kan het MESO-dossier inzien"
* #R-35 insert English([["The older person can see the MESO record"]])
* #R-36 "Elk gegeven heeft één verantwoordelijke"
* #R-36 insert English([["Every datum has one responsible party"]])
* #R-37 "Zo vertrouwelijk mogelijk"
* #R-37 insert English([["As confidential as possible"]])
* #R-38 "Huisarts is eindverantwoordelijk voor vertrouwelijkheid"
* #R-38 insert English([["The general practitioner is finally responsible for confidentiality"]])
* #R-39 "Geheimhouding jaarlijks besproken"
* #R-39 insert English([["Secrecy is discussed yearly"]])
* #R-40 "Geheimhouding blijft na vertrek"
* #R-40 insert English([["Secrecy lasts after leaving"]])
* #R-41 "Geheimhouding blijft na de behandeling"
* #R-41 insert English([["Secrecy lasts after the treatment"]])
* #R-42 "Geheimhouding geldt ook voor personeel en bedrijf"
* #R-42 insert English([["Secrecy holds for staff and company too"]])
* #R-43 "Medewerker voorkomt verspreiding en verlies"
* #R-43 insert English([["Staff prevent spreading and loss"]])
* #R-44 "Beveiligingsrichtlijn is actueel"
* #R-44 insert English([["The security guideline is up to date"]])
* #R-45 "Huisartsgegevens naar derden: opdracht én toestemming"
* #R-45 insert English([["Data of the general practitioner to third parties: order and consent"]])
* #R-46 "Delen buiten de vaste kring vraagt toestemming"
* #R-46 insert English([["Sharing outside the fixed circle needs consent"]])
* #R-47 "Delen na overleg met de huisarts"
* #R-47 insert English([["Sharing after consulting the general practitioner"]])
* #R-48 "Alleen voor behandeling die MESO is begonnen"
* #R-48 insert English([["Only for treatment that MESO started"]])
* #R-49 "Nooit het hele dossier"
* #R-49 insert English([["Never the whole record"]])
* #R-50 "Alleen de relevante delen van het plan"
* #R-50 insert English([["Only the relevant parts of the plan"]])
* #R-51 "De huisarts krijgt het plan"
* #R-51 insert English([["The general practitioner gets the plan"]])
* #R-52 "MDO-uitnodiging alleen met toestemming"
* #R-52 insert English([["Invitation to the meeting with consent only"]])
* #R-53 "Naaste bij het MDO alleen met toestemming"
* #R-53 insert English([["A relative at the meeting with consent only"]])
* #R-54 "Vertegenwoordiger mag toestemming geven"
* #R-54 insert English([["A representative may give consent"]])
* #R-55 "Casuïstiek voor de specialist is anoniem"
* #R-55 insert English([["Cases for the specialist are anonymous"]])
* #R-56 "Casuïstiek een week van tevoren"
* #R-56 insert English([["Cases a week in advance"]])
* #R-57 "Overleg met de specialist volgt AVG en WGBO"
* #R-57 insert English([["Consulting the specialist follows GDPR and treatment law"]])
* #R-58 "Cijfers zijn niet herleidbaar"
* #R-58 insert English([["Figures cannot be traced to persons"]])
* #R-59 "Cijfers alleen na toestemming en volgens protocol"
* #R-59 insert English([["Figures only after consent and by protocol"]])
* #R-60 "Bewijsstukken op verzoek beschikbaar"
* #R-60 insert English([["Evidence is available on request"]])
* #R-61 "Huisartsen houden toezicht op vertrouwelijkheid"
* #R-61 insert English([["General practitioners supervise confidentiality"]])
* #R-62 "Kanaal is veilig genoeg"
* #R-62 insert English([["The channel is safe enough"]])
* #R-63 "Per abuis openen wordt genoteerd"
* #R-63 insert English([["Opening by mistake is noted"]])
* #R-64 "Afspraken over handelen na een vergissing"
* #R-64 insert English([["Agreements on what to do after a mistake"]])
* #R-65 "Bij controle wordt naar per abuis gezocht"
* #R-65 insert English([["Reviews look for openings by mistake"]])
* #R-66 "Noodknop vraagt altijd een reden"
* #R-66 insert English([["The emergency button always asks a reason"]])
* #R-67 "Noodknop alleen van buiten de praktijk"
* #R-67 insert English([["The emergency button only from outside the practice"]])
* #R-68 "Overzicht van noodopeningen per huisarts"
* #R-68 insert English([["Overview of emergency openings per general practitioner"]])
* #R-69 "Noodopeningen worden geteld"
* #R-69 insert English([["Emergency openings are counted"]])
* #R-70 "Elke raadpleging is gelogd"
* #R-70 insert English([["Every consultation is logged"]])
* #R-71 "Elke handeling is gelogd"
* #R-71 insert English([["Every act is logged"]])
* #R-72 "Het log wordt stelselmatig gecontroleerd"
* #R-72 insert English([["The log is reviewed systematically"]])
* #R-73 "Controle om de twee weken"
* #R-73 insert English([["Review every two weeks"]])
* #R-74 "Log per organisatie, medewerker en patiënt"
* #R-74 insert English([["Log per organisation, staff member and patient"]])
* #R-75 "Periode van het log is te kiezen"
* #R-75 insert English([["The period of the log can be chosen"]])
* #R-76 "Log is op elke kolom te sorteren"
* #R-76 insert English([["The log can be sorted by every column"]])
* #R-77 "Onrechtmatige inzage wordt gemeld"
* #R-77 insert English([["Unlawful access is reported"]])
* #R-78 "De controle zelf is vastgelegd"
* #R-78 insert English([["The review itself is recorded"]])
* #R-79 "Maatregelen bij misbruik"
* #R-79 insert English([["Measures against misuse"]])
* #R-80 "Huisarts en MESO besluiten samen over maatregelen"
* #R-80 insert English([["General practitioner and MESO decide on measures together"]])
* #R-81 "Te zien is wie toegang had en waarom"
* #R-81 insert English([["It can be seen who had access and why"]])
* #R-82 "Huisarts blijft hoofdbehandelaar"
* #R-82 insert English([["The general practitioner stays principal practitioner"]])
* #R-83 "SO is medebehandelaar met tijdelijke regie"
* #R-83 insert English([["The elderly care physician is co-practitioner with temporary direction"]])
* #R-84 "Bij afsluiten is een opvolger voor de regie bekend"
* #R-84 insert English([["At closing a successor for the direction of care is known"]])
* #R-85 "Beëindiging heeft een reden"
* #R-85 insert English([["Ending has a reason"]])
* #R-86 "Checklist bij afsluiten is ingevuld"
* #R-86 insert English([["The closing checklist is filled in"]])
* #R-87 "Plan leeg, team klaar"
* #R-87 insert English([["Plan empty, team ready"]])
* #R-88 "Eén MDO, herhaling alleen met reden"
* #R-88 insert English([["One multidisciplinary meeting, repeated only with a reason"]])
* #R-89 "De huisarts is altijd uitgenodigd"
* #R-89 insert English([["The general practitioner is always invited"]])
* #R-90 "Het plan is de agenda van het MDO"
* #R-90 insert English([["The plan is the agenda of the meeting"]])
* #R-91 "Afspraken noemen wie, wat en wanneer"
* #R-91 insert English([["Agreements name who, what and when"]])
* #R-92 "Het plan is volledig"
* #R-92 insert English([["The plan is complete"]])
* #R-93 "De huisarts kan morgen overnemen"
* #R-93 insert English([["The general practitioner can take over tomorrow"]])
* #R-94 "Identiteit is vastgesteld"
* #R-94 insert English([["Identity is established"]])
* #R-95 "Onderzoek door SO en verpleegkundige, thuis en in de praktijk"
* #R-95 insert English([["Examination by physician and nurse, at home and in the practice"]])
* #R-96 "Specialist staat in voor het advies"
* #R-96 insert English([["The specialist stands for the advice"]])
* #R-97 "Consulten worden niet apart gedeclareerd"
* #R-97 insert English([["Consults are not claimed separately"]])
* #R-98 "Oudere, huisarts of vertegenwoordiger kan stoppen"
* #R-98 insert English([["Older person, general practitioner or representative can stop"]])
* #R-99 "Vrijwaring bij verkeerd gebruik"
* #R-99 insert English([["Indemnity for wrong use"]])
* #R-100 "Overeenkomst en bijlagen vormen één geheel"
* #R-100 insert English([["Agreement and annexes are one whole"]])
* #R-101 "Informatie op maat voor de oudere"
* #R-101 insert English([["Information fitted to the older person"]])
* #R-102 "Afwezigen worden voor en na het MDO gesproken"
* #R-102 insert English([["Absentees are spoken to before and after the meeting"]])
* #R-103 "Basisteam is op sterkte"
* #R-103 insert English([["The basic team is up to strength"]])
* #R-104 "Traject alleen als een consult niet volstaat"
* #R-104 insert English([["A trajectory only if a consult is not enough"]])
* #R-105 "Criteria wijzen nooit vanzelf af"
* #R-105 insert English([["Criteria never reject by themselves"]])
* #R-106 "Lichtere hulp gaat voor"
* #R-106 insert English([["Lighter help comes first"]])
* #RI-1 "Wat niet is toegestaan, is geweigerd"
* #RI-1 insert English([["What is not allowed is refused"]])
* #RI-2 "Toestemming wordt bij elke vraag bekeken"
* #RI-2 insert English([["Consent is looked at for every question"]])
* #RI-3 "Intrekken werkt meteen"
* #RI-3 insert English([["Withdrawal works at once"]])
* #RI-4 "Intrekken gaat naar huisarts en MESO"
* #RI-4 insert English([["Withdrawal goes to general practitioner and MESO"]])
* #RI-5 "Ophalen vraagt uitdrukkelijke toestemming"
* #RI-5 insert English([["Fetching needs explicit consent"]])
* #RI-6 "Sociaal domein: altijd uitdrukkelijk"
* #RI-6 insert English([["Social domain: always explicit"]])
* #RI-7 "Een platform is doorgeefluik, geen ontvanger"
* #RI-7 insert English([["A platform is a conduit, no recipient"]])
* #RI-8 "Naar een testserver alleen verzonnen gegevens"
* #RI-8 insert English([["To a test server invented data only"]])
* #RI-9 "Van buiten komt geen toestemming of log"
* #RI-9 insert English([["No consent or log comes from outside"]])
* #RI-10 "Het log groeit alleen aan"
* #RI-10 insert English([["The log only grows"]])
* #RI-11 "Zonder log geen gegevens"
* #RI-11 insert English([["No data without the log"]])
* #RI-12 "Rol in een organisatie, niet de persoon"
* #RI-12 insert English([["A role in an organisation, not the person"]])
* #RI-13 "Niet verwezen is onzichtbaar"
* #RI-13 insert English([["Who is not referred is invisible"]])
* #RI-14 "Verwijzingen en historie volgen hetzelfde filter"
* #RI-14 insert English([["References and history follow the same filter"]])
* #RI-15 "De kopie draagt een datum"
* #RI-15 insert English([["The copy carries a date"]])
* #RI-16 "Noodknop niet voor MESO of platform"
* #RI-16 insert English([["No emergency button for MESO or platform"]])
* #RI-17 "Onrechtmatige inzage: beoordeling datalek"
* #RI-17 insert English([["Unlawful access: assessment as a data breach"]])
* #RI-18 "Voor verantwoording geen personen"
* #RI-18 insert English([["No persons in accountability"]])
* #RI-19 "Nieuwe verwijzing, nieuw traject, nieuwe toestemming"
* #RI-19 insert English([["New referral, new trajectory, new consent"]])
* #RI-20 "Overlijden sluit de toegang"
* #RI-20 insert English([["Death closes access"]])
* #RI-21 "Herhaling maakt niets dubbel"
* #RI-21 insert English([["Repetition makes nothing twice"]])
* #RI-22 "Partners zien wie zij kunnen bellen"
* #RI-22 insert English([["Partners see whom they can call"]])
* #BSN-11 "BSN voldoet aan de elfproef"
* #BSN-11 insert English([["The citizen number passes the eleven-test"]])
* #P1 "Plan is samen gemaakt en rust op eigen onderzoek"
* #P1 insert English([["The plan was made together and stands on an assessment of its own"]])
* #P2 "Plan is kernachtig"
* #P2 insert English([["The plan is concise"]])
* #P5 "Verband tussen problemen is te zien"
* #P5 insert English([["Links between problems are shown"]])
* #P12 "Naasten worden gesteund waar nodig"
* #P12 insert English([["Close persons are supported where needed"]])
* #P13 "Plan loopt vooruit op wat komt"
* #P13 insert English([["The plan anticipates what is coming"]])
* #P15 "Doelen zijn die van de oudere en naasten"
* #P15 insert English([["Goals are those of the older person and close persons"]])
* #P16 "Plan zegt wat juist niet gebeurt"
* #P16 insert English([["The plan says what is deliberately not done"]])
* #P17 "Plan noemt en versterkt het netwerk"
* #P17 insert English([["The plan names and strengthens the network"]])
* #P18 "Afwegingen zijn na te volgen"
* #P18 insert English([["Trade-offs can be traced"]])
* #P21 "Wie iets doet krijgt zijn deel te zien"
* #P21 insert English([["Who acts gets to see the part concerned"]])
* #RFC6749 "Het verzoek om een toegangsbewijs volgt OAuth 2.0"
* #RFC6749 insert English([["The token request follows OAuth 2.0"]])
* #RFC7523 "De client bewijst zich met een ondertekende verklaring"
* #RFC7523 insert English([["The client proves who it is with a signed statement"]])
* #absent "Wat gevraagd is, bestaat niet"
* #absent insert English([["What was asked does not exist"]])
