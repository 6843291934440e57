CodeSystem: Involvement
Id: involvement
Title: "Betrokkenheid"
Description: "Of iemand rond de oudere er beroepsmatig is."
* insert LocalList
* insert InEnglish([["Involvement"]], [["Whether somebody around the older person is there by profession."]])
* #formal "Beroepsmatig betrokken"
* #formal insert English([["Involved by profession"]])
* #informal "Niet beroepsmatig betrokken"
* #informal insert English([["Involved otherwise"]])

CodeSystem: IntakeOutput
Id: intake-output
Title: "Uitkomst van de verwijzing"
Description: "Wat er van een opgepakte verwijzing gekomen is."
* insert LocalList
* insert InEnglish([["Outcome of the referral"]], [["What came of a referral that was taken up."]])
* #trajectory "Geopend MESO-traject"
* #trajectory insert English([["MESO trajectory opened"]])
* #consult-report "Verslag van het consult"
* #consult-report insert English([["Report of the consult"]])
