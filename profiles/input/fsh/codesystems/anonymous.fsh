CodeSystem: CaseTopic
Id: case-topic
Title: "Onderdeel van een anonieme casus"
Description: "Het sjabloon van een casus, en het advies erop."
* insert LocalList
* insert InEnglish([["Part of an anonymous case"]], [["The template of a case, and the advice on it."]])
* #question "Vraag aan de specialist"
* #question insert English([["Question to the specialist"]])
* #age-group "Leeftijdsgroep"
* #age-group insert English([["Age group"]])
* #situation "Situatie"
* #situation insert English([["Situation"]])
* #history "Voorgeschiedenis"
* #history insert English([["History"]])
* #findings "Bevindingen"
* #findings insert English([["Findings"]])
* #measurements "Metingen en uitslagen"
* #measurements insert English([["Measurements and results"]])
* #medication "Medicatie"
* #medication insert English([["Medication"]])
* #functioning "Functioneren"
* #functioning insert English([["Functioning"]])
* #tried "Al geprobeerd"
* #tried insert English([["Tried already"]])
* #advice "Advies van de specialist"
* #advice insert English([["Advice of the specialist"]])

CodeSystem: Indicator
Id: indicator
Title: "Indicator"
Description: "Wat in anonieme cijfers geteld wordt."
* insert LocalList
* insert InEnglish([["Indicator"]], [["What is counted in anonymous figures."]])
* #referrals "Verwijzingen"
* #referrals insert English([["Referrals"]])
* #consults "Eenmalige consulten"
* #consults insert English([["One-off consults"]])
* #trajectories "MESO-trajecten"
* #trajectories insert English([["MESO trajectories"]])
* #not-taken-up "Niet in behandeling genomen verwijzingen"
* #not-taken-up insert English([["Referrals not taken up"]])
* #mdos "Multidisciplinaire overleggen"
* #mdos insert English([["Multidisciplinary meetings"]])
* #end-reasons "Redenen van afsluiten"
* #end-reasons insert English([["Reasons for closing"]])
* #goals-reached "Bereikte doelen"
* #goals-reached insert English([["Goals reached"]])
