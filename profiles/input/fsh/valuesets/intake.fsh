ValueSet: InvolvementVS
Id: involvement
Title: "Betrokkenheid"
Description: "De hele lijst."
* insert WholeList
* insert InEnglish([["Involvement"]], [["The whole list."]])
* include codes from system Involvement

ValueSet: IntakeOutputVS
Id: intake-output
Title: "Uitkomst van de verwijzing"
Description: "De hele lijst."
* insert WholeList
* insert InEnglish([["Outcome of the referral"]], [["The whole list."]])
* include codes from system IntakeOutput
