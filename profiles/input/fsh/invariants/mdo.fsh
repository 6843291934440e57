Invariant: meso-times-together
Description: "Begin en einde staan er samen; ze ontbreken alleen bij een voorstel of een geannuleerd overleg."
Severity: #error
Expression: "(start.exists() and end.exists()) or ((status = 'proposed' or status = 'cancelled') and start.empty() and end.empty())"

Invariant: meso-patient-listed
Description: "De oudere staat altijd bij het overleg, ook als zij niet komt; anders is het niet onder haar te vinden."
Severity: #error
Expression: "participant.where(actor.reference.startsWith('Patient/')).count() = 1"
