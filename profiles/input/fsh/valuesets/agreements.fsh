ValueSet: AgreementTypeVS
Id: agreement-type
Title: "Soort afspraak of bewijs"
Description: "De hele lijst."
* insert WholeList
* insert InEnglish([["Kind of agreement or evidence"]], [["The whole list."]])
* include codes from system AgreementType

ValueSet: HisOperationVS
Id: his-operation
Title: "Handeling in het HIS"
Description: "Waarvoor een huisarts een medewerker van MESO kan machtigen."
* insert WholeList
* insert InEnglish([["Operation in the GP record"]], [["What a general practitioner may authorise a staff member of MESO to do."]])
* ConsentAction#consult
* ConsentAction#copy
* ConsentAction#create-episode
* ConsentAction#prescribe
* ConsentAction#aggregate
