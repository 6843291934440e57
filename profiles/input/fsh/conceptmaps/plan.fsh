Instance: plan-category-to-snomed
InstanceOf: ConceptMap
Usage: #definition
* insert LocalMap([["PlanCategoryToSnomed"]], [["Soort plan naar SNOMED CT"]], [["Een code voor een zorgbehandelplan is niet bevestigd; de Nederlandse code voor een multidisciplinair zorgplan staat ernaast."]])
* url = "https://mesozorg.example/fhir/ConceptMap/plan-category-to-snomed"
* sourceCanonical = Canonical(PlanCategoryVS)
* group[0].source = "https://mesozorg.example/fhir/CodeSystem/plan-category"
* group[0].target = $SCT
* insert Maps(0, zorgbehandelplan, 135411000146103, wider)
