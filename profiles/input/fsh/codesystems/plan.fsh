CodeSystem: PlanCategory
Id: plan-category
Title: "Soort plan"
Description: "Het soort plan, naast de algemene SNOMED-code voor een multidisciplinair plan."
* insert LocalList
* #zorgbehandelplan "Zorgbehandelplan"

CodeSystem: PlanPart
Id: plan-part
Title: "Onderdeel van het plan"
Description: "Onderdelen van het plan waarvoor geen nationale code bevestigd is."
* insert LocalList
* #voice "In eigen woorden" "Wat de oudere zelf belangrijk vindt, in eigen woorden."

CodeSystem: ProblemDomain
Id: problem-domain
Title: "Domein van het probleem"
Description: "Levensgebied waarop een probleem speelt."
* insert LocalList
* #medical "Medisch"
* #nursing "Verpleegkundig"
* #psychological "Psychisch"
* #functional "Functioneel"
* #social "Sociaal"
* #housing "Wonen"

CodeSystem: ProblemKind
Id: problem-kind
Title: "Waarom het probleem in het plan staat"
Description: "Een probleem staat in het plan omdat het tot actie leidt of omdat het inzicht geeft."
* insert LocalList
* #action "Leidt tot actie"
* #insight "Geeft inzicht"

CodeSystem: ScenarioKind
Id: scenario-kind
Title: "Soort scenario"
Description: "Wat er kan gebeuren en waarop het plan vooruitkijkt."
* insert LocalList
* #acute-deterioration "Acute achteruitgang"
* #fall "Val"
* #carer-unavailable "Mantelzorger valt uit"
* #hospital-discharge "Ontslag uit het ziekenhuis"
* #end-of-life "Laatste levensfase"
* #other "Anders"

CodeSystem: MdoForm
Id: mdo-form
Title: "Vorm van het MDO"
Description: "Hoe de deelnemers bij elkaar komen."
* insert LocalList
* #physical "Bij elkaar"
* #hybrid "Deels op afstand"
* #digital "Op afstand"

CodeSystem: TaskCode
Id: task-code
Title: "Soort taak"
Description: "Taken die MESO zelf kent, naast de verwijzing (fulfill)."
* insert LocalList
* #plan-action "Actie uit het zorgbehandelplan"
* #log-review "Controle van het toegangslog"
* #handover "Overdracht van regie"
