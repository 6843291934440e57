ValueSet: ConsentTypeVS
Id: consent-type
Title: "Soort toestemming"
Description: "De hele lijst."
* insert WholeList
* insert InEnglish([["Type of consent"]], [["The whole list."]])
* include codes from system ConsentType

ValueSet: ConsentFormVS
Id: consent-form
Title: "Vorm van de toestemming"
Description: "De hele lijst."
* insert WholeList
* insert InEnglish([["Form of the consent"]], [["The whole list."]])
* include codes from system ConsentForm

ValueSet: ConsentActionVS
Id: consent-action
Title: "Handeling waarvoor toestemming geldt"
Description: "De hele lijst."
* insert WholeList
* insert InEnglish([["Act that is consented to"]], [["The whole list."]])
* include codes from system ConsentAction

ValueSet: DataCategoryVS
Id: data-category
Title: "Soort gegevens"
Description: "De hele lijst."
* insert WholeList
* insert InEnglish([["Kind of data"]], [["The whole list."]])
* include codes from system DataCategory

ValueSet: RecordedConsentKindVS
Id: recorded-consent-kind
Title: "Aard van een vastgelegde toestemming"
Description: "De hele lijst. Verondersteld en niet gevraagd zijn nooit een actieve Consent."
* insert WholeList
* insert InEnglish([["Kind of a recorded consent"]], [["The whole list. Presumed and not asked are never an active Consent."]])
* include codes from system ConsentKind

ValueSet: LegalBasisVS
Id: legal-basis
Title: "Grondslag van de toestemming"
Description: "De hele lijst."
* insert WholeList
* insert InEnglish([["Legal basis of the consent"]], [["The whole list."]])
* include codes from system LegalBasis

ValueSet: ConsentPurposeVS
Id: consent-purpose
Title: "Doel waarvoor gegevens worden gebruikt"
Description: "Behandeling, afstemming van zorg en verantwoording; het laatste nooit voor gegevens van één persoon (RI-18)."
* insert WholeList
* insert InEnglish([["Purpose for which data are used"]], [["Treatment, coordination of care and accountability; the last never for data of one person (RI-18)."]])
* $ActReason#TREAT
* $ActReason#COC
* $ActReason#HOPERAT
