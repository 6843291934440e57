ValueSet: RequestedServiceVS
Id: requested-service
Title: "Gevraagde zorg"
Description: "De hele lijst."
* insert WholeList
* include codes from system RequestedService

ValueSet: SteppedCareStepVS
Id: stepped-care-step
Title: "Trede van zorg"
Description: "De hele lijst."
* insert WholeList
* include codes from system SteppedCareStep

ValueSet: ComplexityTypeVS
Id: complexity-type
Title: "Soort complexiteit"
Description: "De hele lijst."
* insert WholeList
* include codes from system ComplexityType

ValueSet: HomeVisitVS
Id: home-visit
Title: "Huisbezoek"
Description: "De hele lijst."
* insert WholeList
* include codes from system HomeVisit

ValueSet: BusinessStatusVS
Id: business-status
Title: "Stand van de verwijzing"
Description: "De hele lijst."
* insert WholeList
* include codes from system BusinessStatus

ValueSet: StatusReasonVS
Id: status-reason
Title: "Reden van de stand"
Description: "De hele lijst."
* insert WholeList
* include codes from system StatusReason

ValueSet: PlanCategoryVS
Id: plan-category
Title: "Soort plan"
Description: "De hele lijst."
* insert WholeList
* include codes from system PlanCategory

ValueSet: PlanPartVS
Id: plan-part
Title: "Onderdeel van het plan"
Description: "De hele lijst."
* insert WholeList
* include codes from system PlanPart

ValueSet: ProblemDomainVS
Id: problem-domain
Title: "Domein van het probleem"
Description: "De hele lijst."
* insert WholeList
* include codes from system ProblemDomain

ValueSet: ProblemKindVS
Id: problem-kind
Title: "Waarom het probleem in het plan staat"
Description: "De hele lijst."
* insert WholeList
* include codes from system ProblemKind

ValueSet: ScenarioKindVS
Id: scenario-kind
Title: "Soort scenario"
Description: "De hele lijst."
* insert WholeList
* include codes from system ScenarioKind

ValueSet: MdoFormVS
Id: mdo-form
Title: "Vorm van het MDO"
Description: "De hele lijst."
* insert WholeList
* include codes from system MdoForm

ValueSet: TaskCodeVS
Id: task-code
Title: "Soort taak"
Description: "De hele lijst."
* insert WholeList
* include codes from system TaskCode

ValueSet: TeamRoleVS
Id: team-role
Title: "Rol in het zorgteam"
Description: "De hele lijst."
* insert WholeList
* include codes from system TeamRole

ValueSet: ProfessionalFunctionVS
Id: professional-function
Title: "Functie"
Description: "De hele lijst."
* insert WholeList
* include codes from system ProfessionalFunction

ValueSet: OrganisationKindVS
Id: organisation-kind
Title: "Soort organisatie in het netwerk"
Description: "De hele lijst."
* insert WholeList
* include codes from system OrganisationKind

ValueSet: EndReasonVS
Id: end-reason
Title: "Reden van afsluiten"
Description: "De hele lijst."
* insert WholeList
* include codes from system EndReason

ValueSet: ClosingChecklistVS
Id: closing-checklist
Title: "Punten bij het afsluiten"
Description: "De hele lijst."
* insert WholeList
* include codes from system ClosingChecklist

ValueSet: ConsentTypeVS
Id: consent-type
Title: "Soort toestemming"
Description: "De hele lijst."
* insert WholeList
* include codes from system ConsentType

ValueSet: ConsentFormVS
Id: consent-form
Title: "Vorm van de toestemming"
Description: "De hele lijst."
* insert WholeList
* include codes from system ConsentForm

ValueSet: ConsentActionVS
Id: consent-action
Title: "Handeling waarvoor toestemming geldt"
Description: "De hele lijst."
* insert WholeList
* include codes from system ConsentAction

ValueSet: DataCategoryVS
Id: data-category
Title: "Soort gegevens"
Description: "De hele lijst."
* insert WholeList
* include codes from system DataCategory

ValueSet: RecordedConsentKindVS
Id: recorded-consent-kind
Title: "Aard van een vastgelegde toestemming"
Description: "Wat als Consent wordt vastgelegd. Veronderstelde toestemming staat bij de actie."
* insert WholeList
* ConsentKind#explicit
* ConsentKind#refused
