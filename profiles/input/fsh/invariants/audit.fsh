Invariant: meso-controles
Description: "Precies vier posities, elk T of F."
Severity: #error
Expression: "matches('^[TF]{4}$')"
