ValueSet: ActionPurposeVS
Id: action-purpose
Title: "Waartoe een actie dient"
Description: "De hele lijst."
* insert WholeList
* insert InEnglish([["Purpose of an action"]], [["The whole list."]])
* include codes from system ActionPurpose

ValueSet: FitReasonVS
Id: fit-reason
Title: "Waarom een zorgverlener het beste past"
Description: "De hele lijst."
* insert WholeList
* insert InEnglish([["Why a provider fits best"]], [["The whole list."]])
* include codes from system FitReason
