Extension: IntakeDecider
Id: ext-intake-decider
Title: "Wie besloot"
Description: "Wie over de verwijzing besloot, en in welke functie: de specialist ouderengeneeskunde, zo mogelijk met de verpleegkundige (R-104)."
Context: Task
* extension contains
    who 1..1 and
    function 1..1
* extension[who].value[x] only Reference(PractitionerRole)
* extension[who].value[x] 1..1
* extension[function].value[x] only Coding
* extension[function].value[x] 1..1
* extension[function].value[x] from ProfessionalFunctionVS (required)
