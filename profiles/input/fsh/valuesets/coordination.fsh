ValueSet: CoordinationRequesterVS
Id: coordination-requester
Title: "Aanvrager bij het coördinatiepunt"
Description: "De hele lijst."
* insert WholeList
* insert InEnglish([["Requester at the coordination point"]], [["The whole list."]])
* include codes from system CoordinationRequester

ValueSet: CoordinatedCareVS
Id: coordinated-care
Title: "Gevraagd bed of gevraagde zorg"
Description: "De hele lijst."
* insert WholeList
* insert InEnglish([["Bed or care asked for"]], [["The whole list."]])
* include codes from system CoordinatedCare
