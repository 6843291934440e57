CodeSystem: AuditSubtype
Id: audit-subtype
Title: "Soort loggebeurtenis"
Description: "Gebeurtenissen in het toegangslog die FHIR niet kent."
* insert LocalList
* #consult "Huisartsdossier geraadpleegd"
* #record "MESO-record ontvangen"
* #print "Afgedrukt"
* #export "Uitgevoerd naar een bestand"
* #log-view "Log bekeken"
* #log-review "Logcontrole uitgevoerd"
* #per-abuis "Per abuis geopend"
* #emergency-open "Geopend met de noodknop"
* #token "Toegangsbewijs gevraagd"
* #token-introspect "Toegangsbewijs nagevraagd"
* #token-revoke "Toegangsbewijs ingetrokken"
