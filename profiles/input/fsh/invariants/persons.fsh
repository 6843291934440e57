Invariant: meso-evidence
Description: "Waaruit de vertegenwoordiging blijkt, heeft iemand op een dag gezien."
Severity: #error
Expression: "(extension.where(url = 'evidence').exists() = extension.where(url = 'seenOn').exists()) and (extension.where(url = 'evidence').exists() = extension.where(url = 'seenBy').exists())"
