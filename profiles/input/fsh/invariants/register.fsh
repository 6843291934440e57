Invariant: meso-no-ura
Description: "Een samenwerkingsverband is geen partij: het heeft geen URA-nummer en ontvangt niets (RI-7)."
Severity: #error
Expression: "identifier.where(system = 'http://fhir.nl/fhir/NamingSystem/ura').empty()"
