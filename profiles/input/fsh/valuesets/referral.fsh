ValueSet: RequestedServiceVS
Id: requested-service
Title: "Gevraagde zorg"
Description: "De hele lijst."
* insert WholeList
* insert InEnglish([["Requested service"]], [["The whole list."]])
* include codes from system RequestedService

ValueSet: SteppedCareStepVS
Id: stepped-care-step
Title: "Trede van zorg"
Description: "De hele lijst."
* insert WholeList
* insert InEnglish([["Step of care"]], [["The whole list."]])
* include codes from system SteppedCareStep

ValueSet: ComplexityTypeVS
Id: complexity-type
Title: "Soort complexiteit"
Description: "De hele lijst."
* insert WholeList
* insert InEnglish([["Kind of complexity"]], [["The whole list."]])
* include codes from system ComplexityType

ValueSet: HomeVisitVS
Id: home-visit
Title: "Huisbezoek"
Description: "De hele lijst."
* insert WholeList
* insert InEnglish([["Home visit"]], [["The whole list."]])
* include codes from system HomeVisit

ValueSet: BusinessStatusVS
Id: business-status
Title: "Stand van de verwijzing"
Description: "De hele lijst."
* insert WholeList
* insert InEnglish([["State of the referral"]], [["The whole list."]])
* include codes from system BusinessStatus

ValueSet: StatusReasonVS
Id: status-reason
Title: "Reden van de stand"
Description: "De hele lijst."
* insert WholeList
* insert InEnglish([["Reason of the state"]], [["The whole list."]])
* include codes from system StatusReason
