ValueSet: NetworkKindVS
Id: network-kind
Title: "Soort samenwerkingsverband"
Description: "De hele lijst."
* insert WholeList
* insert InEnglish([["Kind of cooperation"]], [["The whole list."]])
* include codes from system NetworkKind
