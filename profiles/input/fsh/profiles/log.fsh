Profile: MesoProvenance
Parent: Provenance
Id: meso-provenance
Title: "Herkomst"
Description: "Wie wat maakte of wijzigde, voor wie en wanneer. Eén per wijziging."
* target.reference 1..1
* activity 1..1
* agent 1..1
* agent.who only Reference(PractitionerRole)
* agent.onBehalfOf 1..1
* agent.onBehalfOf only Reference(Organization)

Profile: MesoOuderenmoduleCopy
Parent: Bundle
Id: meso-ouderenmodule-copy
Title: "Kopie van de ouderenmodule"
Description: "Wat de MESO-verpleegkundige van het huisartsdossier krijgt (R-22): een kopie van één moment, nooit een doorkijk (RI-15)."
* type = #collection
* timestamp 1..1
