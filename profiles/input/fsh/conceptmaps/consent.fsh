Instance: consent-kind-to-provision-type
InstanceOf: ConceptMap
Usage: #definition
* insert LocalMap([["ConsentKindToProvisionType"]], [["Aard van de toestemming naar Consent.provision.type"]], [["Alleen een uitdrukkelijke toestemming opent. Veronderstelde en niet gevraagde worden geen Consent."]])
* url = "https://mesozorg.example/fhir/ConceptMap/consent-kind-to-provision-type"
* group[0].source = "https://mesozorg.example/fhir/CodeSystem/consent-kind"
* group[0].target = "http://hl7.org/fhir/consent-provision-type"
* insert Maps(0, explicit, permit, equivalent)
* insert MapsNowhere(0, presumed)
* insert Maps(0, refused, deny, equivalent)
* insert MapsNowhere(0, not-asked)

Instance: consent-type-to-loinc
InstanceOf: ConceptMap
Usage: #definition
* insert LocalMap([["ConsentTypeToLoinc"]], [["Soort toestemming naar LOINC"]], [["De algemene code voor een toestemming, die naast de eigen soort in Consent.category staat."]])
* url = "https://mesozorg.example/fhir/ConceptMap/consent-type-to-loinc"
* sourceCanonical = Canonical(ConsentTypeVS)
* group[0].source = "https://mesozorg.example/fhir/CodeSystem/consent-type"
* group[0].target = $LNC
* insert Maps(0, CON-1, 59284-0, wider)
* insert Maps(0, CON-2, 59284-0, wider)
* insert Maps(0, CON-3, 59284-0, wider)
* insert Maps(0, CON-4, 59284-0, wider)
* insert Maps(0, CON-5, 59284-0, wider)
* insert Maps(0, CON-6, 59284-0, wider)

Instance: consent-action-to-consentaction
InstanceOf: ConceptMap
Usage: #definition
* insert LocalMap([["ConsentActionToConsentaction"]], [["Handeling naar de HL7-lijst consentaction"]], [["HL7-code die naast de eigen handeling in Consent.provision.action staat."]])
* url = "https://mesozorg.example/fhir/ConceptMap/consent-action-to-consentaction"
* sourceCanonical = Canonical(ConsentActionVS)
* group[0].source = "https://mesozorg.example/fhir/CodeSystem/consent-action"
* group[0].target = "http://terminology.hl7.org/CodeSystem/consentaction"
* insert Maps(0, consult, access, wider)
* insert MapsNowhere(0, copy)
* insert MapsNowhere(0, create-episode)
* insert MapsNowhere(0, prescribe)
* insert MapsNowhere(0, aggregate)
* insert MapsNowhere(0, invite)
* insert Maps(0, disclose, disclose, equivalent)
