Extension: LetterRecipient
Id: ext-letter-recipient
Title: "Lezer van de brief"
Description: "Voor wie de brief is; een Composition kent geen ontvanger."
Context: Composition
* value[x] only Reference(Organization or PractitionerRole or RelatedPerson or Patient)
* value[x] 1..1

Extension: LetterContactPoint
Id: ext-letter-contact
Title: "Bereikbaarheid bij de brief"
Description: "Telefoonnummer of e-mailadres waar de lezer met vragen terecht kan."
Context: Composition
* value[x] only ContactPoint
* value[x] 1..1
* valueContactPoint.system 1..1
* valueContactPoint.value 1..1

Extension: LetterAudience
Id: ext-letter-audience
Title: "Publiek van het verslag"
Description: "De functie waarvoor de woorden gekozen zijn."
Context: Composition
* value[x] only Coding
* value[x] 1..1
* value[x] from ProfessionalFunctionVS (required)

Extension: DocumentVersion
Id: ext-document-version
Title: "Versie van de brief of folder"
Description: "De versie zoals die op het papier staat."
Context: Composition, DocumentReference
* value[x] only string
* value[x] 1..1

Extension: HandedOutAt
Id: ext-handed-out-at
Title: "Plaats van uitreiken"
Description: "Waar de brief is uitgereikt, in woorden."
Context: Communication
* value[x] only string
* value[x] 1..1

Extension: ReadingLevelExtension
Id: ext-reading-level
Title: "Taalniveau"
Description: "Het niveau waarop de brief geschreven is (R-101)."
Context: Composition
* value[x] only CodeableConcept
* value[x] 1..1
* value[x] from ReadingLevelVS (required)

Extension: LetterVolumeExtension
Id: ext-letter-volume
Title: "Omvang van de brief"
Description: "Hoe uitgebreid de brief is (R-101)."
Context: Composition
* value[x] only CodeableConcept
* value[x] 1..1
* value[x] from LetterVolumeVS (required)

Extension: ConsultSuffices
Id: ext-consult-suffices
Title: "Een consult volstaat"
Description: "Of het eenmalig consult genoeg is; zo niet, dan zegt het verslag waarom (R-104)."
Context: Composition
* value[x] only boolean
* value[x] 1..1

Extension: RegieSuccessor
Id: ext-regie-successor
Title: "Opvolger voor de regie"
Description: "Wie de regie overneemt, of waarom niemand dat hoeft te doen."
Context: Composition
* value[x] only Reference(Organization or PractitionerRole or RelatedPerson or Patient) or string
* value[x] 1..1

Extension: SectionAsOf
Id: ext-section-as-of
Title: "Stand van het onderdeel"
Description: "Van wanneer de gegevens in dit onderdeel zijn."
Context: Composition.section
* value[x] only dateTime
* value[x] 1..1
