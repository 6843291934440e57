Profile: MesoLogEntry
Parent: AuditEvent
Id: meso-log-entry
Title: "Regel van het toegangslog"
Description: "Eén inzage of handeling: van de adapter zelf, of overgenomen uit het log van een HIS. Wordt nooit gewijzigd; de id noemt de regel."
* extension contains Nen7513Controles named controles 0..1
* subtype 1..1
* action 1..1
* outcome 1..1
* agent 2..6
  * ^short = "Client en server, en waar bekend gebruiker, organisatie, bronhouder en verantwoordelijk arts"
* entity 1..*

Profile: MesoPerAbuisNote
Parent: AuditEvent
Id: meso-per-abuis-note
Title: "Notitie per abuis"
Description: "Een dossier is per abuis geopend: pa, initialen en datum (R-63). De regel van het log zelf blijft zoals zij was."
* subtype 1..1
* subtype = AuditSubtype#per-abuis
* action = #C
* action 1..1
* outcome = #0
* outcome 1..1
* outcomeDesc 1..1
* outcomeDesc = "pa"
* period 1..1
* period.start 1..1
* agent 1..1
* agent.who 1..1
* agent.who only Reference(PractitionerRole)
* agent.altId 1..1
  * ^short = "De initialen"
* entity 3..3
  * ^short = "Het kenmerk van de notitie, de oudere en de regel van het log"
