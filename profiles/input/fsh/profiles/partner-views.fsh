Alias: $is-requester = http://nictiz.nl/fhir/StructureDefinition/ext-NursingIntervention-ContributorIsRequester

// Views that are made for a partner of what is stored; nobody stores or sends them back.
RuleSet: PartialPlan
* title 0..0
* description 0..0
* text 0..0
* intent = #plan
* subject only Reference(Patient)
* note 1..1
  * ^short = "De vaste regel: dit is een deel, en wie te bellen"

Profile: MesoNursingAction
Parent: CarePlan
Id: meso-nursing-action
Title: "Actie voor een systeem van de wijkverpleging"
Description: "Eén actie van een verpleegkundige organisatie in de vorm van nl-core-NursingIntervention, gemaakt van de Task met haar doel en probleem. De Task blijft de waarheid en neemt de voortgang aan. Niet op dat profiel: de validator van HL7 kan de slices van category en contributor daarin niet beoordelen, zodat niets eraan kan voldoen; de grenzen ervan staan hier opnieuw."
* insert AuthorIdentifier
* insert PartialPlan
* partOf 0..1
  * ^short = "Het zorgbehandelplan"
* category 1..1
* category = $SCT#9632001
* contributor 0..1
* contributor only Reference(PractitionerRole)
* contributor.extension contains $is-requester named requester 1..1
* contributor.extension[requester] ^short = "Dit is de aanvrager"
* addresses 0..1
* goal 0..1
* activity 1..1
* activity.reference 0..0
* activity.detail 1..1
* activity.detail.code 0..0
  * ^short = "Alleen woorden voldoen niet aan de verplichte lijst; de actie staat in description"
* activity.detail.scheduled[x] ^short = "Wanneer: in woorden als het plan die heeft, anders de periode"
* activity.detail.performer 0..1
* activity.detail.description 1..1

Profile: MesoNictizMdo
Parent: Encounter
Id: meso-nictiz-mdo
Title: "MDO in de vorm van Nictiz"
Description: "Een gehouden overleg zoals het concept van Nictiz het schrijft, dat niet is uitgebracht en niet wordt geclaimd. Was de oudere erbij, dan noemt het overleg ook nl-core-Encounter."
* insert AuthorIdentifier
* text 0..0
* type 1..1
* type = $SCT#384682003
* type.text 1..1
* subject 1..1
* subject only Reference(Patient)
* participant.type 0..1
* participant.individual 1..1
* reasonCode 0..0
  * ^short = "Waarom er een tweede overleg was, staat in het verslag"
* period 1..1
* period.start 1..1
* period.end 1..1

Profile: MesoNictizMdoPlan
Parent: CarePlan
Id: meso-nictiz-mdo-plan
Title: "Uitkomst van een MDO in de vorm van Nictiz"
Description: "Wat van de afspraken uit een overleg voor deze partner is bedoeld: verwijzingen naar acties en doelen van het plan zelf."
* insert AuthorIdentifier
* insert PartialPlan
* category 1..1
* category = $SCT#423134005
* encounter 1..1
* addresses 0..0
* activity.detail 0..0

Profile: MesoScpPlan
Parent: CarePlan
Id: meso-scp-plan
Title: "Zorgbehandelplan voor een netwerk met shared care planning"
Description: "Het deel van één ontvanger in de vorm die zulke netwerken kennen: één categorie, één team, één auteur. Nooit voor het netwerk zelf."
* insert AuthorIdentifier
* insert PartialPlan
* category 1..1
* category = $SCT#135411000146103
* author 1..1
* author only Reference(PractitionerRole or Organization)
* careTeam 1..1
* supportingInfo 0..0
* activity.reference only Reference(Task)
* activity.detail 0..0

Profile: MesoScpTeam
Parent: CareTeam
Id: meso-scp-team
Title: "Zorgteam voor een netwerk met shared care planning"
Description: "Organisaties op URA-nummer: wie ieder mag bellen, en de ontvanger zelf. Personen kent zo'n netwerk niet."
* identifier 0..0
  * ^short = "Dat nummer is gemaakt van het traject, dat een partner niet ziet"
* text 0..0
* subject 1..1
* subject only Reference(Patient)
* participant.role 1..*
* participant.member 1..1
* participant.member only Reference(Organization)
* participant.onBehalfOf 0..0
* participant.period 1..1
