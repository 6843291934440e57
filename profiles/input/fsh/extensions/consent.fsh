Extension: ConsentKindExtension
Id: ext-consent-kind
Title: "Aard van de toestemming"
Description: "Of de toestemming uitdrukkelijk is gegeven, is verondersteld, is geweigerd of niet is gevraagd."
Context: Consent
* value[x] only code
* value[x] 1..1
* value[x] from RecordedConsentKindVS (required)

Extension: ConsentObtainedBy
Id: ext-consent-obtained-by
Title: "Gevraagd door"
Description: "De zorgverlener in zijn rol die de toestemming vroeg: de huisarts (CON-1, CON-2) of MESO (CON-3, CON-4, CON-5)."
Context: Consent
* value[x] only Reference(PractitionerRole)
* value[x] 1..1

Extension: ConsentTrajectory
Id: ext-consent-trajectory
Title: "Traject van de toestemming"
Description: "Het traject waarvoor de toestemming geldt; een nieuw traject vraagt een nieuwe (RI-19)."
Context: Consent
* value[x] only Reference(EpisodeOfCare)
* value[x] 1..1

Extension: ConsentReferral
Id: ext-consent-referral
Title: "Verwijzing van de toestemming"
Description: "De verwijzing waarbij de huisarts de toestemming vroeg, zolang er nog geen traject is."
Context: Consent
* value[x] only Reference(ServiceRequest)
* value[x] 1..1

Extension: ConsentExplanationGiven
Id: ext-consent-explanation-given
Title: "Uitleg gegeven"
Description: "Of de uitleg over gegevensgebruik is uitgereikt (R-10)."
Context: Consent
* value[x] only boolean
* value[x] 1..1

Extension: ConsentFormExtension
Id: ext-consent-form
Title: "Vorm van de toestemming"
Description: "Hoe de verklaring is afgelegd."
Context: Attachment, Reference
* value[x] only code
* value[x] 1..1
* value[x] from ConsentFormVS (required)

Extension: ConsentWithdrawal
Id: ext-consent-withdrawal
Title: "Intrekking"
Description: "Vanaf wanneer de toestemming niet meer geldt, en wie haar introk."
Context: Consent
* extension contains
    on 1..1 and
    by 1..1 and
    reason 0..1 and
    receivedBy 0..1
* extension[on].value[x] only dateTime
* extension[on].value[x] 1..1
* extension[by].value[x] only Reference(Patient or RelatedPerson)
* extension[by].value[x] 1..1
* extension[reason].value[x] only string
* extension[reason].value[x] 1..1
* extension[receivedBy].value[x] only Reference(PractitionerRole)
* extension[receivedBy].value[x] 1..1

Extension: GpAlignment
Id: ext-gp-alignment
Title: "Afstemming met de huisarts"
Description: "Kenmerk van het overleg met de huisarts over delen met deze partij (R-47)."
Context: Consent
* value[x] only string
* value[x] 1..1

Extension: GpPermission
Id: ext-gp-permission
Title: "Schriftelijke toestemming van de huisarts"
Description: "De schriftelijke opdracht waarmee de huisarts gegevens uit het eigen dossier aan derden laat gaan (R-45)."
Context: Consent
* extension contains
    document 1..1 and
    by 1..1 and
    on 1..1
* extension[document].value[x] only Reference(DocumentReference or Consent or Contract or QuestionnaireResponse)
* extension[document].value[x] 1..1
* extension[by].value[x] only Reference(PractitionerRole)
* extension[by].value[x] 1..1
* extension[on].value[x] only dateTime
* extension[on].value[x] 1..1
