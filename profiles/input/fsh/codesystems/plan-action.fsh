CodeSystem: ActionPurpose
Id: action-purpose
Title: "Waartoe een actie dient"
Description: "Waartoe een actie uit het zorgbehandelplan dient, naast de reden in woorden."
* insert LocalList
* insert InEnglish([["Purpose of an action"]], [["What an action of the plan serves, beside its reason in words."]])
* #treatment "Zorg of behandeling"
* #treatment insert English([["Care or treatment"]])
* #naaste-support "Steun voor een naaste"
* #naaste-support insert English([["Support of a close person"]])
* #network "Versterken van het netwerk"
* #network insert English([["Strengthening the network"]])
* #preparation "Voorbereiden op wat komt"
* #preparation insert English([["Preparing for what is to come"]])

CodeSystem: FitReason
Id: fit-reason
Title: "Waarom een zorgverlener het beste past"
Description: "Waarom juist deze zorgverlener een actie op zich neemt."
* insert LocalList
* insert InEnglish([["Why a provider fits best"]], [["Why this provider takes on an action."]])
* #expertise "Deskundigheid"
* #expertise insert English([["Expertise"]])
* #click "Klik met de oudere"
* #click insert English([["Rapport with the older person"]])
* #network "Netwerk en samenwerking"
* #network insert English([["Network and cooperation"]])
