CodeSystem: AuditSubtype
Id: audit-subtype
Title: "Soort loggebeurtenis"
Description: "Gebeurtenissen in het toegangslog die FHIR niet kent."
* insert LocalList
* insert InEnglish([["Kind of log event"]], [["Events in the access log that FHIR has no code for."]])
* #consult "Huisartsdossier geraadpleegd"
* #consult insert English([["Record of the general practitioner consulted"]])
* #record "MESO-record ontvangen"
* #record insert English([["MESO record received"]])
* #print "Afgedrukt"
* #print insert English([["Printed"]])
* #export "Uitgevoerd naar een bestand"
* #export insert English([["Exported to a file"]])
* #push "Naar een testserver gestuurd"
* #push insert English([["Sent to a test server"]])
* #explain "Gevraagd waarom inzage wel of niet kan"
* #explain insert English([["Asked why access is or is not possible"]])
* #log-view "Log bekeken"
* #log-view insert English([["Log viewed"]])
* #log-review "Logcontrole uitgevoerd"
* #log-review insert English([["Log review carried out"]])
* #per-abuis "Per abuis geopend"
* #per-abuis insert English([["Opened by mistake"]])
* #emergency-open "Geopend met de noodknop"
* #emergency-open insert English([["Opened with the emergency button"]])
* #token "Toegangsbewijs gevraagd"
* #token insert English([["Access token requested"]])
* #token-introspect "Toegangsbewijs nagevraagd"
* #token-introspect insert English([["Access token introspected"]])
* #token-revoke "Toegangsbewijs ingetrokken"
* #token-revoke insert English([["Access token revoked"]])
