Invariant: meso-why-not-enough
Description: "Een consult dat niet volstaat zegt waarom, en alleen dat (R-104)."
Severity: #error
Expression: "extension.where(url = 'https://mesozorg.example/fhir/StructureDefinition/ext-consult-suffices').value = section.where(code.coding.where(code = 'why-not-enough').exists()).empty()"

Invariant: meso-ended-trajectory
Description: "Een afsluitbericht gaat over een traject dat geëindigd is."
Severity: #error
Expression: "event.period.end.exists()"
