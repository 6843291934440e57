CodeSystem: RequestedService
Id: requested-service
Title: "Gevraagde zorg"
Description: "Wat de huisarts met de verwijzing vraagt."
* insert LocalList
* #consult "Consult specialist ouderengeneeskunde" "Eenmalig advies aan de huisarts."
* #trajectory "MESO-traject" "Tijdelijke behandeling en coördinatie door het MESO-team."
* #decide-together "Samen beslissen" "MESO bepaalt met de huisarts of een consult volstaat."

CodeSystem: SteppedCareStep
Id: stepped-care-step
Title: "Trede van zorg"
Description: "De zwaarte van de inzet, van huisarts alleen tot MESO-traject."
* insert LocalList
* #SC-1 "Huisarts alleen"
* #SC-2 "Huisarts met POH-ouderenzorg"
* #SC-3a "Advies van de specialist ouderengeneeskunde"
* #SC-3b "Eenmalig consult van de specialist ouderengeneeskunde"
* #SC-4 "MESO-traject"

CodeSystem: ComplexityType
Id: complexity-type
Title: "Soort complexiteit"
Description: "Waarom de situatie zo ingewikkeld is dat MESO gevraagd wordt."
* insert LocalList
* #multi-domain "Meerdere problemen op verschillende domeinen"
* #interfering "Meerdere problemen binnen één domein die elkaar beïnvloeden"

CodeSystem: HomeVisit
Id: home-visit
Title: "Huisbezoek"
Description: "Of het onderzoek ook thuis moet gebeuren."
* insert LocalList
* #needed "Huisbezoek nodig"
* #not-needed "Huisbezoek niet nodig"

CodeSystem: BusinessStatus
Id: business-status
Title: "Stand van de verwijzing"
Description: "Fijnere stand naast Task.status, zoals de huisarts die te zien krijgt."
* insert LocalList
* #received "Ontvangen"
* #weighing "In weging"
* #consult "Eenmalig consult"
* #trajectory "MESO-traject"
* #not-taken-up "Niet in behandeling genomen"

CodeSystem: StatusReason
Id: status-reason
Title: "Reden van de stand"
Description: "Waarom een verwijzing niet wordt opgepakt of een actie niet (nu) wordt gedaan."
* insert LocalList
* #lighter-help-suffices "Lichtere hulp volstaat"
* #home-care-fits "Wijkverpleging past beter"
* #hospital-stay "Opname in het ziekenhuis"
* #consult-suffices "Een consult volstaat"
* #no-capacity "Geen capaciteit"
* #not-now "Nu niet"
* #other "Anders"
