CodeSystem: RequestedService
Id: requested-service
Title: "Gevraagde zorg"
Description: "Wat de huisarts met de verwijzing vraagt."
* insert LocalList
* insert InEnglish([["Requested service"]], [["What the general practitioner asks for with the referral."]])
* #consult "Consult specialist ouderengeneeskunde" "Eenmalig advies aan de huisarts."
* #consult insert English([["Consult of an elderly care physician"]])
* #trajectory "MESO-traject" "Tijdelijke behandeling en coördinatie door het MESO-team."
* #trajectory insert English([["MESO trajectory"]])
* #decide-together "Samen beslissen" "MESO bepaalt met de huisarts of een consult volstaat."
* #decide-together insert English([["Decide together"]])

CodeSystem: SteppedCareStep
Id: stepped-care-step
Title: "Trede van zorg"
Description: "De zwaarte van de inzet, van huisarts alleen tot MESO-traject."
* insert LocalList
* insert InEnglish([["Step of care"]], [["How much is brought in, from the general practitioner alone to a MESO trajectory."]])
* #SC-1 "Huisarts alleen"
* #SC-1 insert English([["General practitioner alone"]])
* #SC-2 "Huisarts met POH-ouderenzorg"
* #SC-2 insert English([["General practitioner with practice nurse for elderly care"]])
* #SC-3a "Advies van de specialist ouderengeneeskunde"
* #SC-3a insert English([["Advice of the elderly care physician"]])
* #SC-3b "Eenmalig consult van de specialist ouderengeneeskunde"
* #SC-3b insert English([["One-off consult of the elderly care physician"]])
* #SC-4 "MESO-traject"
* #SC-4 insert English([["MESO trajectory"]])

CodeSystem: ComplexityType
Id: complexity-type
Title: "Soort complexiteit"
Description: "Waarom de situatie zo ingewikkeld is dat MESO gevraagd wordt."
* insert LocalList
* insert InEnglish([["Kind of complexity"]], [["Why the situation is so complicated that MESO is asked."]])
* #multi-domain "Meerdere problemen op verschillende domeinen"
* #multi-domain insert English([["Several problems in different domains"]])
* #interfering "Meerdere problemen binnen één domein die elkaar beïnvloeden"
* #interfering insert English([["Several problems within one domain that influence each other"]])

CodeSystem: HomeVisit
Id: home-visit
Title: "Huisbezoek"
Description: "Of het onderzoek ook thuis moet gebeuren."
* insert LocalList
* insert InEnglish([["Home visit"]], [["Whether the examination has to take place at home too."]])
* #needed "Huisbezoek nodig"
* #needed insert English([["Home visit needed"]])
* #not-needed "Huisbezoek niet nodig"
* #not-needed insert English([["Home visit not needed"]])

CodeSystem: BusinessStatus
Id: business-status
Title: "Stand van de verwijzing"
Description: "Fijnere stand naast Task.status, zoals de huisarts die te zien krijgt."
* insert LocalList
* insert InEnglish([["State of the referral"]], [["Finer state beside Task.status, as the general practitioner gets to see it."]])
* #received "Ontvangen"
* #received insert English([["Received"]])
* #weighing "In weging"
* #weighing insert English([["Being weighed"]])
* #consult "Eenmalig consult"
* #consult insert English([["One-off consult"]])
* #trajectory "MESO-traject"
* #trajectory insert English([["MESO trajectory"]])
* #not-taken-up "Niet in behandeling genomen"
* #not-taken-up insert English([["Not taken up"]])

CodeSystem: StatusReason
Id: status-reason
Title: "Reden van de stand"
Description: "Waarom een verwijzing niet wordt opgepakt of een actie niet (nu) wordt gedaan."
* insert LocalList
* insert InEnglish([["Reason of the state"]], [["Why a referral is not taken up, or an action is not done (now)."]])
* #lighter-help-suffices "Lichtere hulp volstaat"
* #lighter-help-suffices insert English([["Lighter help suffices"]])
* #home-care-fits "Wijkverpleging past beter"
* #home-care-fits insert English([["Community nursing fits better"]])
* #hospital-stay "Opname in het ziekenhuis"
* #hospital-stay insert English([["Admitted to hospital"]])
* #consult-suffices "Een consult volstaat"
* #consult-suffices insert English([["A consult suffices"]])
* #no-capacity "Geen capaciteit"
* #no-capacity insert English([["No capacity"]])
* #not-now "Nu niet"
* #not-now insert English([["Not now"]])
* #other "Anders"
* #other insert English([["Other"]])
