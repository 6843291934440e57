ValueSet: CaseTopicVS
Id: case-topic
Title: "Onderdeel van een anonieme casus"
Description: "De hele lijst."
* insert WholeList
* insert InEnglish([["Part of an anonymous case"]], [["The whole list."]])
* include codes from system CaseTopic

ValueSet: IndicatorVS
Id: indicator
Title: "Indicator"
Description: "De hele lijst."
* insert WholeList
* insert InEnglish([["Indicator"]], [["The whole list."]])
* include codes from system Indicator

ValueSet: CaseMediumVS
Id: case-medium
Title: "Manier van toesturen"
Description: "Hoe een anonieme casus bij de specialist komt; R-56 vraagt per mail."
* insert WholeList
* insert InEnglish([["Way of sending"]], [["How an anonymous case reaches the specialist; R-56 asks for mail."]])
* $ParticipationMode#MAILWRIT
* $ParticipationMode#EMAILWRIT
* $ParticipationMode#ONLINEWRIT
* $ParticipationMode#PHONE
* $ParticipationMode#VIDEOCONF
* $ParticipationMode#FACE
