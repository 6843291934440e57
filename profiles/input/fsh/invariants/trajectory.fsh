Invariant: meso-phase
Description: "Een traject dat loopt, heeft een fase."
Severity: #error
Expression: "(status = 'active' or status = 'onhold') implies extension.where(url = 'https://mesozorg.example/fhir/StructureDefinition/ext-trajectory-phase').exists()"
