ValueSet: RepresentationBasisVS
Id: representation-basis
Title: "Grond van de vertegenwoordiging"
Description: "De hele lijst."
* insert WholeList
* insert InEnglish([["Basis of representation"]], [["The whole list."]])
* include codes from system RepresentationBasis

ValueSet: CapacityMatterVS
Id: capacity-matter
Title: "Zaak waarin de wilsbekwaamheid is beoordeeld"
Description: "De hele lijst."
* insert WholeList
* insert InEnglish([["Matter in which capacity was judged"]], [["The whole list."]])
* include codes from system CapacityMatter

ValueSet: PersonObservationVS
Id: person-observation
Title: "Waarneming over de oudere of een naaste"
Description: "De hele lijst."
* insert WholeList
* insert InEnglish([["Observation about the older person or a relative"]], [["The whole list."]])
* include codes from system PersonObservation

ValueSet: IdentityDocumentVS
Id: identity-document
Title: "Identiteitsbewijs"
Description: "De hele lijst."
* insert WholeList
* insert InEnglish([["Identity document"]], [["The whole list."]])
* include codes from system IdentityDocument

ValueSet: LivingSituationVS
Id: living-situation
Title: "Woonsituatie"
Description: "De hele lijst."
* insert WholeList
* insert InEnglish([["Living situation"]], [["The whole list."]])
* include codes from system LivingSituation
