ValueSet: AssessmentComponentVS
Id: assessment-component
Title: "Onderdeel van het onderzoek"
Description: "De hele lijst."
* insert WholeList
* insert InEnglish([["Component of the assessment"]], [["The whole list."]])
* include codes from system AssessmentComponent

ValueSet: AssessmentStatusVS
Id: assessment-status
Title: "Stand van het onderzoek"
Description: "Een onderzoek loopt of is afgerond."
* insert WholeList
* insert InEnglish([["State of the assessment"]], [["An assessment is in progress or completed."]])
* http://hl7.org/fhir/event-status#in-progress
* http://hl7.org/fhir/event-status#completed

ValueSet: ComponentStatusVS
Id: component-status
Title: "Stand van een onderdeel"
Description: "Een onderdeel is gedaan of weggelaten."
* insert WholeList
* insert InEnglish([["State of a component"]], [["A component is done or left out."]])
* http://hl7.org/fhir/observation-status#final
* http://hl7.org/fhir/observation-status#cancelled

ValueSet: ContactSettingVS
Id: contact-setting
Title: "Plaats van een bezoek"
Description: "Thuis, in de praktijk of op afstand."
* insert WholeList
* insert InEnglish([["Setting of a contact"]], [["At home, in the practice or remote."]])
* $ActCode#HH
* $ActCode#AMB
* $ActCode#VR
