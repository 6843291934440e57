ValueSet: MedicationDiscrepancyVS
Id: medication-discrepancy
Title: "Verschil in medicatie"
Description: "De hele lijst."
* insert WholeList
* insert InEnglish([["Difference in medication"]], [["The whole list."]])
* include codes from system MedicationDiscrepancy

ValueSet: DiscrepancySolutionVS
Id: discrepancy-solution
Title: "Oplossing van het verschil"
Description: "De hele lijst."
* insert WholeList
* insert InEnglish([["Solution of the difference"]], [["The whole list."]])
* include codes from system DiscrepancySolution

ValueSet: CopyingFunctionVS
Id: copying-function
Title: "Functie die overneemt"
Description: "Wie met de hand overneemt uit het huisartsdossier (R-29)."
* insert WholeList
* insert InEnglish([["Function that copies"]], [["Who copies by hand from the record of the general practitioner (R-29)."]])
* ProfessionalFunction#meso-so
* ProfessionalFunction#meso-nurse
