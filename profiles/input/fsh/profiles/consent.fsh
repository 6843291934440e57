Profile: MesoConsent
Parent: Consent
Id: meso-consent
Title: "Toestemming voor gegevens"
Description: "Eén toestemming of weigering om gegevens in te zien of te delen, of dat die niet is gevraagd. Geen behandelwens: die heeft een andere scope en opent nooit iets."
* obeys meso-permit
* obeys meso-kind
* obeys meso-decided
* obeys meso-consent-status
* obeys meso-withdrawn
* obeys meso-document
* obeys meso-policy
* obeys meso-by-data
* obeys meso-for-whom
* insert AuthorIdentifier
* extension contains
    ConsentKindExtension named kind 1..1 and
    ConsentObtainedBy named obtainedBy 1..1 and
    ConsentTrajectory named trajectory 0..1 and
    ConsentReferral named referral 0..1 and
    GpAlignment named alignment 0..1 and
    ConsentExplanationGiven named explanationGiven 0..1 and
    GpPermission named gpPermission 0..1 and
    ConsentWithdrawal named withdrawal 0..1
* scope = $consentscope#patient-privacy
* scope.coding 1..1
* category 2..2
* insert SliceByValue(category)
* category contains
    privacy 1..1 and
    type 1..1
* category[privacy] = $LNC#59284-0
* category[type] from ConsentTypeVS (required)
* patient 1..1
* dateTime 1..1
* performer 0..1
* performer only Reference(Patient or RelatedPerson)
  * ^comment = "De oudere, of de vertegenwoordiger die op die datum is vastgelegd (R-54). Ontbreekt als niemand heeft besloten."
* organization 1..*
  * ^comment = "Aan wie de toestemming is gegeven: de huisartspraktijk (CON-1, CON-2), MESO (CON-3, CON-4, CON-5) of beide (CON-6)."
* sourceAttachment.extension contains ConsentFormExtension named form 1..1
* sourceAttachment.data 0..0
  * ^short = "Het document staat elders"
* sourceReference.extension contains ConsentFormExtension named form 1..1
* policy 1..*
* policy.uri 1..1
* policyRule from LegalBasisVS (required)
  * ^short = "Grondslag"
* provision 1..1
* provision.type 0..1
  * ^comment = "Ook in de hoofdregel, want zonder type is een weigering niet van een toestemming te onderscheiden. Wie niets besloot, staat niets toe en weigert niets: dan ontbreekt het."
* provision.actor.role = $ParticipationType#IRCP
* provision.actor.reference only Reference(Organization or PractitionerRole or RelatedPerson)
  * ^comment = "Een functie in een organisatie of elke organisatie van een soort heeft een kenmerk en geen verwijzing: wie dat kenmerk niet kent, vindt niemand."
* provision.purpose from ConsentPurposeVS (required)
* provision.class from DataCategoryVS (required)
* provision.securityLabel 0..0
* provision.code 0..0
* provision.provision
  * ^short = "Uitzonderingen, in de volgorde waarin zij zijn gezegd en zo diep als nodig"

Profile: MesoTreatmentWish
Parent: http://nictiz.nl/fhir/StructureDefinition/nl-core-TreatmentDirective2
Id: meso-treatment-wish
Title: "Behandelwens"
Description: "Of de oudere een behandeling wil. Zegt niets over wie gegevens mag zien."
* obeys meso-wish
* insert AuthorIdentifier
* patient 1..1
* provision 1..1
* provision.code 1..1
