Extension: Nen7513Controles
Id: ext-nen7513-controles
Title: "Controles volgens NEN 7513"
Description: "Vier posities T of F: autorisatie, behandelrelatie, toestemming, noodknop."
Context: AuditEvent
* value[x] only string
* value[x] 1..1
* value[x] obeys meso-controles
