ValueSet: MdoRepeatReasonVS
Id: mdo-repeat-reason
Title: "Reden om het MDO te herhalen"
Description: "De hele lijst."
* insert WholeList
* insert InEnglish([["Reason to repeat the multidisciplinary meeting"]], [["The whole list."]])
* include codes from system MdoRepeatReason

ValueSet: InviteeInvolvementVS
Id: invitee-involvement
Title: "Betrokkenheid van de genodigde"
Description: "De hele lijst."
* insert WholeList
* insert InEnglish([["Involvement of the invitee"]], [["The whole list."]])
* include codes from system InviteeInvolvement

ValueSet: MdoConsultationVS
Id: mdo-consultation
Title: "Gesproken met wie er niet bij was"
Description: "De hele lijst."
* insert WholeList
* insert InEnglish([["Spoken to who was not there"]], [["The whole list."]])
* include codes from system MdoConsultation
