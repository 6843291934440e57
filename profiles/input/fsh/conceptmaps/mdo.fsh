Instance: mdo-form-to-act-code
InstanceOf: ConceptMap
Usage: #definition
* insert LocalMap([["MdoFormToActCode"]], [["Vorm van het MDO naar Encounter.class"]], [["Deels op afstand telt als bij elkaar: er is een kamer waarin mensen zitten."]])
* url = "https://mesozorg.example/fhir/ConceptMap/mdo-form-to-act-code"
* sourceCanonical = Canonical(MdoFormVS)
* group[0].source = "https://mesozorg.example/fhir/CodeSystem/mdo-form"
* group[0].target = "http://terminology.hl7.org/CodeSystem/v3-ActCode"
* insert Maps(0, physical, AMB, wider)
* insert Maps(0, hybrid, AMB, wider)
* insert Maps(0, digital, VR, equivalent)
