Invariant: meso-bsn-11
Description: "Een BSN heeft negen cijfers, is niet geheel nul en voldoet aan de elfproef."
Severity: #error
Expression: "value.exists() implies (value.matches('^[0-9]{9}$') and value != '000000000' and ((value.substring(0,1).toInteger() * 9 + value.substring(1,1).toInteger() * 8 + value.substring(2,1).toInteger() * 7 + value.substring(3,1).toInteger() * 6 + value.substring(4,1).toInteger() * 5 + value.substring(5,1).toInteger() * 4 + value.substring(6,1).toInteger() * 3 + value.substring(7,1).toInteger() * 2 - value.substring(8,1).toInteger()) mod 11 = 0))"

Invariant: meso-controles
Description: "Precies vier posities, elk T of F."
Severity: #error
Expression: "matches('^[TF]{4}$')"

Invariant: meso-end-reason
Description: "Een beëindigd traject heeft een reden, een lopend traject niet (R-85)."
Severity: #error
Expression: "(status = 'finished') = extension.where(url = 'https://mesozorg.example/fhir/StructureDefinition/ext-end-reason').exists()"

Invariant: meso-permit
Description: "Wat iets opent, heeft een periode en hoort bij een traject of een verwijzing."
Severity: #error
Expression: "provision.type = 'permit' implies (provision.period.start.exists() and extension.where(url = 'https://mesozorg.example/fhir/StructureDefinition/ext-consent-trajectory' or url = 'https://mesozorg.example/fhir/StructureDefinition/ext-consent-referral').exists())"

Invariant: meso-kind
Description: "Uitdrukkelijk opent, geweigerd sluit."
Severity: #error
Expression: "(extension.where(url = 'https://mesozorg.example/fhir/StructureDefinition/ext-consent-kind').value = 'explicit') = (provision.type = 'permit')"

Invariant: meso-withdrawn
Description: "Wat is ingetrokken, is niet meer actief."
Severity: #error
Expression: "extension.where(url = 'https://mesozorg.example/fhir/StructureDefinition/ext-consent-withdrawal').exists() implies status = 'inactive'"

Invariant: meso-wish
Description: "Wel of niet doen, óf iets anders in woorden."
Severity: #error
Expression: "provision.type.exists() != modifierExtension.where(url = 'http://nictiz.nl/fhir/StructureDefinition/ext-TreatmentDirective2.SpecificationOther').exists()"

Invariant: meso-times-together
Description: "Begin en einde staan er samen; ze ontbreken alleen bij een voorstel of een geannuleerd overleg."
Severity: #error
Expression: "(start.exists() and end.exists()) or ((status = 'proposed' or status = 'cancelled') and start.empty() and end.empty())"

Invariant: meso-patient-listed
Description: "De oudere staat altijd bij het overleg, ook als zij niet komt; anders is het niet onder haar te vinden."
Severity: #error
Expression: "participant.where(actor.reference.startsWith('Patient/')).count() = 1"
