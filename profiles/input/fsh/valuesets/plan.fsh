ValueSet: PlanCategoryVS
Id: plan-category
Title: "Soort plan"
Description: "De hele lijst."
* insert WholeList
* insert InEnglish([["Kind of plan"]], [["The whole list."]])
* include codes from system PlanCategory

ValueSet: PlanPartVS
Id: plan-part
Title: "Onderdeel van het plan"
Description: "De hele lijst."
* insert WholeList
* insert InEnglish([["Part of the plan"]], [["The whole list."]])
* include codes from system PlanPart

ValueSet: ProblemDomainVS
Id: problem-domain
Title: "Domein van het probleem"
Description: "De hele lijst."
* insert WholeList
* insert InEnglish([["Domain of the problem"]], [["The whole list."]])
* include codes from system ProblemDomain

ValueSet: ProblemKindVS
Id: problem-kind
Title: "Waarom het probleem in het plan staat"
Description: "De hele lijst."
* insert WholeList
* insert InEnglish([["Why the problem is in the plan"]], [["The whole list."]])
* include codes from system ProblemKind

ValueSet: ScenarioKindVS
Id: scenario-kind
Title: "Soort scenario"
Description: "De hele lijst."
* insert WholeList
* insert InEnglish([["Kind of scenario"]], [["The whole list."]])
* include codes from system ScenarioKind

ValueSet: MdoFormVS
Id: mdo-form
Title: "Vorm van het MDO"
Description: "De hele lijst."
* insert WholeList
* insert InEnglish([["Form of the multidisciplinary meeting"]], [["The whole list."]])
* include codes from system MdoForm

ValueSet: TaskCodeVS
Id: task-code
Title: "Soort taak"
Description: "De hele lijst."
* insert WholeList
* insert InEnglish([["Kind of task"]], [["The whole list."]])
* include codes from system TaskCode
