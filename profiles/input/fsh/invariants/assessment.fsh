Invariant: meso-component-answered
Description: "Een onderdeel is gedaan door iemand, of weggelaten om een reden."
Severity: #error
Expression: "(status = 'final' and performer.exists() and dataAbsentReason.empty()) or (status = 'cancelled' and dataAbsentReason.text.exists() and performer.empty() and value.empty())"

Invariant: meso-assessment-complete
Description: "In een afgerond onderzoek is elk van de tien onderdelen gedaan of weggelaten."
Severity: #error
Expression: "status = 'completed' implies ('D1' | 'D2' | 'D3' | 'D4' | 'D5' | 'D6' | 'D7' | 'D8' | 'D9' | 'D10').subsetOf(investigation.code.coding.where(system = 'https://mesozorg.example/fhir/CodeSystem/assessment-component').code)"
