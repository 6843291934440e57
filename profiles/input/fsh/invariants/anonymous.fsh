Invariant: meso-no-small-count
Description: "Een aantal onder de tien is herleidbaar en wordt onderdrukt (R-58)."
Severity: #error
Expression: "count.hasValue() implies count >= 10"

Invariant: meso-more-than-one-gp
Description: "Cijfers van één huisarts zijn herleidbaar (R-58)."
Severity: #error
Expression: "extension.where(url = 'https://mesozorg.example/fhir/StructureDefinition/ext-aggregate-gps').value > 1"
