ValueSet: TeamRoleVS
Id: team-role
Title: "Rol in het zorgteam"
Description: "De hele lijst."
* insert WholeList
* insert InEnglish([["Role in the care team"]], [["The whole list."]])
* include codes from system TeamRole

ValueSet: ProfessionalFunctionVS
Id: professional-function
Title: "Functie"
Description: "De hele lijst."
* insert WholeList
* insert InEnglish([["Professional function"]], [["The whole list."]])
* include codes from system ProfessionalFunction

ValueSet: OrganisationKindVS
Id: organisation-kind
Title: "Soort organisatie in het netwerk"
Description: "De hele lijst."
* insert WholeList
* insert InEnglish([["Kind of organisation in the network"]], [["The whole list."]])
* include codes from system OrganisationKind
