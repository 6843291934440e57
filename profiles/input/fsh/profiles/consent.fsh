Profile: MesoConsent
Parent: Consent
Id: meso-consent
Title: "Toestemming voor gegevens"
Description: "Eén toestemming of weigering om gegevens in te zien of te delen. Geen behandelwens: die heeft een andere scope en opent nooit iets."
* obeys meso-permit
* obeys meso-kind
* obeys meso-withdrawn
* insert AuthorIdentifier
* extension contains
    ConsentKindExtension named kind 1..1 and
    ConsentObtainedBy named obtainedBy 1..1 and
    ConsentTrajectory named trajectory 0..1 and
    ConsentReferral named referral 0..1 and
    GpAlignment named alignment 0..1 and
    ConsentExplanationGiven named explanationGiven 0..1 and
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
* performer 1..1
* performer only Reference(Patient or RelatedPerson)
  * ^comment = "De oudere, of de vertegenwoordiger die op die datum is vastgelegd (R-54)."
* organization 1..*
  * ^comment = "Aan wie de toestemming is gegeven: de huisartspraktijk (CON-1, CON-2), MESO (CON-3, CON-4, CON-5) of beide (CON-6)."
* source[x] only Attachment
* sourceAttachment 1..1
* sourceAttachment.extension contains ConsentFormExtension named form 1..1
* policy 1..1
* policy.uri 1..1
* provision 1..1
* provision.type 1..1
  * ^comment = "Ook in de hoofdregel: zonder type is een weigering niet van een toestemming te onderscheiden."
* provision.actor 1..1
* provision.actor.modifierExtension contains ConsentActorFunction named function 0..1
* provision.actor.role = $ParticipationType#IRCP
* provision.actor.reference only Reference(Organization or RelatedPerson)
* provision.purpose 1..1
* provision.purpose = $ActReason#TREAT
* provision.class from DataCategoryVS (required)
* provision.provision 0..0
  * ^short = "Uitzonderingen hebben nog geen plaats"

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
