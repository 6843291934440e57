Extension: ConcernsNaaste
Id: ext-concerns-naaste
Title: "Gaat over een naaste"
Description: "De naaste over wie dit probleem gaat. Wat over een naaste gaat heeft geen publiek, tenzij het met de hand wordt gegeven, en staat niet in het inzageafschrift van de oudere."
Context: Condition
* value[x] only Reference(RelatedPerson)
* value[x] 1..1

Extension: GoalWish
Id: ext-goal-wish
Title: "Wens onder het doel"
Description: "De behandelwens die aan het doel ten grondslag ligt."
Context: Goal
* value[x] only Reference(Consent)
* value[x] 1..1

Extension: ActionPerformer
Id: ext-action-performer
Title: "Wie uit de eigen kring meedoet"
Description: "De oudere, een naaste of iemand uit het eigen netwerk die de actie doet of erbij helpt; een Task kent één eigenaar."
Context: Task
* value[x] only Reference(Patient or RelatedPerson) or string
* value[x] 1..1

Extension: ActionTiming
Id: ext-action-timing
Title: "Wanneer, in woorden"
Description: "Hoe vaak of op welk moment, naast de periode in restriction."
Context: Task
* value[x] only string
* value[x] 1..1

Extension: BestFitExtension
Id: ext-best-fit
Title: "Wie het beste past"
Description: "Welke zorgverlener het beste past en waarom; zonder zorgverlener is dat de eigenaar van de actie."
Context: Task
* extension contains
    reason 1..* and
    text 0..1 and
    provider 0..1
* extension[reason].value[x] only Coding
* extension[reason].value[x] 1..1
* extension[reason].value[x] from FitReasonVS (required)
* extension[text].value[x] only string
* extension[text].value[x] 1..1
* extension[provider].value[x] only Reference(Organization or PractitionerRole)
* extension[provider].value[x] 1..1
