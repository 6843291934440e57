CodeSystem: MedicationDiscrepancy
Id: medication-discrepancy
Title: "Verschil in medicatie"
Description: "Wat het plan verandert en het HIS niet laat zien (R-28)."
* insert LocalList
* insert InEnglish([["Difference in medication"]], [["What the plan changes and the record of the GP does not show (R-28)."]])
* #started "Gestart in het plan, geen voorschrift in het HIS"
* #started insert English([["Started in the plan, not prescribed in the GP record"]])
* #stopped "Gestopt in het plan, niet in het HIS"
* #stopped insert English([["Stopped in the plan, not in the GP record"]])
* #dose-changed "Dosering gewijzigd in het plan, niet in het HIS"
* #dose-changed insert English([["Dose changed in the plan, not in the GP record"]])

CodeSystem: DiscrepancySolution
Id: discrepancy-solution
Title: "Oplossing van het verschil"
Description: "Hoe plan en HIS weer gelijk werden."
* insert LocalList
* insert InEnglish([["Solution of the difference"]], [["How plan and record of the GP came to agree."]])
* #prescribed "Alsnog in het HIS voorgeschreven"
* #prescribed insert English([["Prescribed in the GP record after all"]])
* #plan-corrected "Plan verbeterd"
* #plan-corrected insert English([["Plan corrected"]])
* #not-carried-out "Wijziging niet uitgevoerd"
* #not-carried-out insert English([["Change not carried out"]])
