CodeSystem: PlanCategory
Id: plan-category
Title: "Soort plan"
Description: "Het soort plan, naast de algemene SNOMED-code voor een multidisciplinair plan."
* insert LocalList
* insert InEnglish([["Kind of plan"]], [["The kind of plan, beside the general SNOMED code for a multidisciplinary plan."]])
* #zorgbehandelplan "Zorgbehandelplan"
* #zorgbehandelplan insert English([["Care and treatment plan"]])

CodeSystem: PlanPart
Id: plan-part
Title: "Onderdeel van het plan"
Description: "Onderdelen van het plan waarvoor geen nationale code bevestigd is."
* insert LocalList
* insert InEnglish([["Part of the plan"]], [["Parts of the plan for which no national code is confirmed."]])
* #voice "In eigen woorden" "Wat de oudere zelf belangrijk vindt, in eigen woorden."
* #voice insert English([["In their own words"]])
* #trade-off "Afweging" "Wat tegen elkaar is afgewogen en wat is besloten."
* #trade-off insert English([["Trade-off"]])
* #weighed "Wat is afgewogen"
* #weighed insert English([["What was weighed"]])
* #decided "Wat is besloten en waarom"
* #decided insert English([["What was decided and why"]])

CodeSystem: ProblemDomain
Id: problem-domain
Title: "Domein van het probleem"
Description: "Levensgebied waarop een probleem speelt."
* insert LocalList
* insert InEnglish([["Domain of the problem"]], [["Area of life in which a problem plays."]])
* #medical "Medisch"
* #medical insert English([["Medical"]])
* #nursing "Verpleegkundig"
* #nursing insert English([["Nursing"]])
* #psychological "Psychisch"
* #psychological insert English([["Psychological"]])
* #functional "Functioneel"
* #functional insert English([["Functional"]])
* #social "Sociaal"
* #social insert English([["Social"]])
* #housing "Wonen"
* #housing insert English([["Housing"]])

CodeSystem: ProblemKind
Id: problem-kind
Title: "Waarom het probleem in het plan staat"
Description: "Een probleem staat in het plan omdat het tot actie leidt of omdat het inzicht geeft."
* insert LocalList
* insert InEnglish([["Why the problem is in the plan"]], [["A problem is in the plan because it leads to action or because it gives insight."]])
* #action "Leidt tot actie"
* #action insert English([["Leads to action"]])
* #insight "Geeft inzicht"
* #insight insert English([["Gives insight"]])

CodeSystem: ScenarioKind
Id: scenario-kind
Title: "Soort scenario"
Description: "Wat er kan gebeuren en waarop het plan vooruitkijkt."
* insert LocalList
* insert InEnglish([["Kind of scenario"]], [["What may happen and what the plan looks ahead to."]])
* #acute-deterioration "Acute achteruitgang"
* #acute-deterioration insert English([["Acute deterioration"]])
* #fall "Val"
* #fall insert English([["Fall"]])
* #carer-unavailable "Mantelzorger valt uit"
* #carer-unavailable insert English([["Informal carer unavailable"]])
* #hospital-discharge "Ontslag uit het ziekenhuis"
* #hospital-discharge insert English([["Discharge from hospital"]])
* #end-of-life "Laatste levensfase"
* #end-of-life insert English([["Last phase of life"]])
* #other "Anders"
* #other insert English([["Other"]])

CodeSystem: MdoForm
Id: mdo-form
Title: "Vorm van het MDO"
Description: "Hoe de deelnemers bij elkaar komen."
* insert LocalList
* insert InEnglish([["Form of the multidisciplinary meeting"]], [["How the participants come together."]])
* #physical "Bij elkaar"
* #physical insert English([["In person"]])
* #hybrid "Deels op afstand"
* #hybrid insert English([["Partly remote"]])
* #digital "Op afstand"
* #digital insert English([["Remote"]])

CodeSystem: TaskCode
Id: task-code
Title: "Soort taak"
Description: "Taken die MESO zelf kent, naast de verwijzing (fulfill)."
* insert LocalList
* insert InEnglish([["Kind of task"]], [["Tasks that MESO itself knows, beside the referral (fulfill)."]])
* #plan-action "Actie uit het zorgbehandelplan"
* #plan-action insert English([["Action of the care and treatment plan"]])
* #log-review "Controle van het toegangslog"
* #log-review insert English([["Review of the access log"]])
* #handover "Overdracht van regie"
* #handover insert English([["Handover of the direction of care"]])
* #parked-referral "Verwijzing van wie bij een andere praktijk staat"
* #parked-referral insert English([["Referral of somebody who is on file with another practice"]])
