Invariant: meso-permit
Description: "Wat iets opent, heeft een periode en hoort bij een traject of een verwijzing."
Severity: #error
Expression: "(provision.type.exists() and provision.type = 'permit') implies (provision.period.start.exists() and extension.where(url = 'https://mesozorg.example/fhir/StructureDefinition/ext-consent-trajectory' or url = 'https://mesozorg.example/fhir/StructureDefinition/ext-consent-referral').exists())"

Invariant: meso-kind
Description: "Uitdrukkelijk opent, geweigerd sluit; wat niemand besloot, doet geen van beide."
Severity: #error
Expression: "((extension.where(url = 'https://mesozorg.example/fhir/StructureDefinition/ext-consent-kind').value = 'explicit') = (provision.type.exists() and provision.type = 'permit')) and ((extension.where(url = 'https://mesozorg.example/fhir/StructureDefinition/ext-consent-kind').value = 'refused') = (provision.type.exists() and provision.type = 'deny'))"

Invariant: meso-decided
Description: "Een besluit heeft een gever en een vorm; wat niemand besloot, heeft geen van beide."
Severity: #error
Expression: "(performer.exists() = (extension.where(url = 'https://mesozorg.example/fhir/StructureDefinition/ext-consent-kind').value = 'explicit' or extension.where(url = 'https://mesozorg.example/fhir/StructureDefinition/ext-consent-kind').value = 'refused')) and (source.exists() = (extension.where(url = 'https://mesozorg.example/fhir/StructureDefinition/ext-consent-kind').value = 'explicit' or extension.where(url = 'https://mesozorg.example/fhir/StructureDefinition/ext-consent-kind').value = 'refused'))"

Invariant: meso-consent-status
Description: "Alleen een besluit is actief, alleen een weigering is afgewezen, en een weigering is geen voorstel."
Severity: #error
Expression: "(status = 'active' implies (extension.where(url = 'https://mesozorg.example/fhir/StructureDefinition/ext-consent-kind').value = 'explicit' or extension.where(url = 'https://mesozorg.example/fhir/StructureDefinition/ext-consent-kind').value = 'refused')) and (status = 'rejected' implies extension.where(url = 'https://mesozorg.example/fhir/StructureDefinition/ext-consent-kind').value = 'refused') and (status = 'proposed' implies extension.where(url = 'https://mesozorg.example/fhir/StructureDefinition/ext-consent-kind').value != 'refused')"

Invariant: meso-document
Description: "Een mondelinge verklaring heeft geen document."
Severity: #error
Expression: "source.extension.where(url = 'https://mesozorg.example/fhir/StructureDefinition/ext-consent-form').value.where($this = 'oral').exists() implies (source.ofType(Reference).empty() and source.ofType(Attachment).url.empty() and source.ofType(Attachment).hash.empty())"

Invariant: meso-policy
Description: "Het toestemmingsbeleid van MESO geldt altijd, en staat er één keer."
Severity: #error
Expression: "policy.where(uri = 'https://mesozorg.example/fhir/policy/consent/1').count() = 1"

Invariant: meso-by-data
Description: "CON-3, CON-4 en CON-5 zeggen met gegevens alleen wat zij omvatten, zonder handeling en klasse."
Severity: #error
Expression: "category.coding.where(system = 'https://mesozorg.example/fhir/CodeSystem/consent-type' and (code = 'CON-3' or code = 'CON-4' or code = 'CON-5')).exists() implies (provision.action.empty() and provision.class.empty() and provision.repeat(provision).action.empty() and provision.repeat(provision).class.empty())"

Invariant: meso-for-whom
Description: "De hoofdregel zegt voor wie en waartoe; een uitzondering mag dat aan de regel eromheen overlaten."
Severity: #error
Expression: "provision.actor.exists() and provision.purpose.exists()"

Invariant: meso-withdrawn
Description: "Wat is ingetrokken, is niet meer actief."
Severity: #error
Expression: "extension.where(url = 'https://mesozorg.example/fhir/StructureDefinition/ext-consent-withdrawal').exists() implies status = 'inactive'"

Invariant: meso-wish
Description: "Wel of niet doen, óf iets anders in woorden."
Severity: #error
Expression: "provision.type.exists() != modifierExtension.where(url = 'http://nictiz.nl/fhir/StructureDefinition/ext-TreatmentDirective2.SpecificationOther').exists()"
