CodeSystem: EndReason
Id: end-reason
Title: "Reden van afsluiten"
Description: "Waarom een MESO-traject eindigt; per traject precies één reden."
* insert LocalList
* #END-1 "Plan afgerond, nieuw evenwicht"
* #END-2 "Situatie wezenlijk veranderd na ziekenhuisopname"
* #END-3 "Situatie wezenlijk veranderd na opname in een verpleeghuis"
* #END-4 "Stervensfase"
* #END-5 "Overlijden"
* #END-6 "Wens van de huisarts"
* #END-7 "Wens van de patiënt"
* #END-8 "Wens van de vertegenwoordiger"
* #END-9 "Verhuizing buiten bereik van MESO"
* #END-10 "Toestemming ingetrokken of nooit bevestigd"
* #END-11 "Gebruikersovereenkomst beëindigd"

CodeSystem: ClosingChecklist
Id: closing-checklist
Title: "Punten bij het afsluiten"
Description: "Voorwaarden die bij regulier afsluiten (END-1) worden nagelopen."
* insert LocalList
* #C1 "Problemen in kaart"
* #C2 "Doelen helder en haalbaar"
* #C3 "Oudere, naasten en anderen geïnformeerd"
* #C4 "Ieder kent het eigen werk en vertrouwt op de afspraken"
* #C5 "Bekend hoe en wanneer partijen elkaar vinden"
* #C6 "Vooruitgekeken"
* #C7 "Regie geregeld"
* #C8 "Plan afgerond"
* #C9 "Zorg is samenhangend"
* #C10 "Behoeften, mogelijkheden, grenzen en scenario's geïnventariseerd"
