Invariant: meso-end-reason
Description: "Een beëindigd traject heeft een reden, een lopend traject niet (R-85)."
Severity: #error
Expression: "(status = 'finished') = extension.where(url = 'https://mesozorg.example/fhir/StructureDefinition/ext-end-reason').exists()"
