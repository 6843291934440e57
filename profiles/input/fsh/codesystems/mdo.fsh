CodeSystem: MdoRepeatReason
Id: mdo-repeat-reason
Title: "Reden om het MDO te herhalen"
Description: "Een tweede overleg is uitzondering en heeft een reden (R-88)."
* insert LocalList
* insert InEnglish([["Reason to repeat the multidisciplinary meeting"]], [["A second meeting is an exception and has a reason (R-88)."]])
* #moral-dilemma "Ethisch of moreel dilemma"
* #moral-dilemma insert English([["Ethical or moral dilemma"]])
* #changed-situation "Situatie wezenlijk veranderd"
* #changed-situation insert English([["Situation essentially changed"]])
* #unfinished "Het vorige overleg kwam er niet uit"
* #unfinished insert English([["The previous meeting reached no conclusion"]])
* #other "Anders"
* #other insert English([["Other"]])

CodeSystem: InviteeInvolvement
Id: invitee-involvement
Title: "Betrokkenheid van de genodigde"
Description: "Of een genodigde al zorg of hulp geeft."
* insert LocalList
* insert InEnglish([["Involvement of the invitee"]], [["Whether an invitee gives care or help already."]])
* #involved "Al betrokken"
* #involved insert English([["Involved already"]])
* #to-be-involved "Te betrekken"
* #to-be-involved insert English([["To be involved"]])

CodeSystem: MdoConsultation
Id: mdo-consultation
Title: "Gesproken met wie er niet bij was"
Description: "Wanneer iemand die niet bij het overleg was, is gesproken (R-102)."
* insert LocalList
* insert InEnglish([["Spoken to who was not there"]], [["When somebody who was not at the meeting was spoken to (R-102)."]])
* #before "Voor het MDO"
* #before insert English([["Before the meeting"]])
* #after "Na het MDO"
* #after insert English([["After the meeting"]])
