CodeSystem: EndReason
Id: end-reason
Title: "Reden van afsluiten"
Description: "Waarom een MESO-traject eindigt; per traject precies één reden."
* insert LocalList
* insert InEnglish([["Reason for closing"]], [["Why a MESO trajectory ends; exactly one reason per trajectory."]])
* #END-1 "Plan afgerond, nieuw evenwicht"
* #END-1 insert English([["Plan completed, new balance"]])
* #END-2 "Situatie wezenlijk veranderd na ziekenhuisopname"
* #END-2 insert English([["Situation changed substantially after hospital admission"]])
* #END-3 "Situatie wezenlijk veranderd na opname in een verpleeghuis"
* #END-3 insert English([["Situation changed substantially after nursing home admission"]])
* #END-4 "Stervensfase"
* #END-4 insert English([["Dying phase"]])
* #END-5 "Overlijden"
* #END-5 insert English([["Death"]])
* #END-6 "Wens van de huisarts"
* #END-6 insert English([["Wish of the general practitioner"]])
* #END-7 "Wens van de patiënt"
* #END-7 insert English([["Wish of the patient"]])
* #END-8 "Wens van de vertegenwoordiger"
* #END-8 insert English([["Wish of the representative"]])
* #END-9 "Verhuizing buiten bereik van MESO"
* #END-9 insert English([["Moved out of reach of MESO"]])
* #END-10 "Toestemming ingetrokken of nooit bevestigd"
* #END-10 insert English([["Consent withdrawn or never confirmed"]])
* #END-11 "Gebruikersovereenkomst beëindigd"
* #END-11 insert English([["User agreement ended"]])

CodeSystem: ClosingChecklist
Id: closing-checklist
Title: "Punten bij het afsluiten"
Description: "Voorwaarden die bij regulier afsluiten (END-1) worden nagelopen."
* insert LocalList
* insert InEnglish([["Closing checklist"]], [["Conditions that are gone through at a regular closing (END-1)."]])
* #C1 "Problemen in kaart"
* #C1 insert English([["Problems mapped"]])
* #C2 "Doelen helder en haalbaar"
* #C2 insert English([["Goals clear and attainable"]])
* #C3 "Oudere, naasten en anderen geïnformeerd"
* #C3 insert English([["Older person, relatives and others informed"]])
* #C4 "Ieder kent het eigen werk en vertrouwt op de afspraken"
* #C4 insert English([["Everyone knows their own work and relies on the agreements"]])
* #C5 "Bekend hoe en wanneer partijen elkaar vinden"
* #C5 insert English([["Known how and when parties find each other"]])
* #C6 "Vooruitgekeken"
* #C6 insert English([["Looked ahead"]])
* #C7 "Regie geregeld"
* #C7 insert English([["Direction of care arranged"]])
* #C8 "Plan afgerond"
* #C8 insert English([["Plan completed"]])
* #C9 "Zorg is samenhangend"
* #C9 insert English([["Care is coherent"]])
* #C10 "Behoeften, mogelijkheden, grenzen en scenario's geïnventariseerd"
* #C10 insert English([["Needs, possibilities, limits and scenarios taken stock of"]])
