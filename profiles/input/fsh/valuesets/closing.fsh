ValueSet: EndReasonVS
Id: end-reason
Title: "Reden van afsluiten"
Description: "De hele lijst."
* insert WholeList
* insert InEnglish([["Reason for closing"]], [["The whole list."]])
* include codes from system EndReason

ValueSet: ClosingChecklistVS
Id: closing-checklist
Title: "Punten bij het afsluiten"
Description: "De hele lijst."
* insert WholeList
* insert InEnglish([["Closing checklist"]], [["The whole list."]])
* include codes from system ClosingChecklist
