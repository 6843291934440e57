Extension: AgreementTerms
Id: ext-agreement-terms
Title: "Duur en opzegtermijn"
Description: "Hoe lang de overeenkomst telkens loopt, of zij vanzelf wordt verlengd, en de opzegtermijn (R-18)."
Context: Contract
* extension contains
    duration 1..1 and
    tacitRenewal 1..1 and
    notice 1..1
* extension[duration].value[x] only Duration
* extension[duration].value[x] 1..1
* extension[tacitRenewal].value[x] only boolean
* extension[tacitRenewal].value[x] 1..1
* extension[notice].value[x] only Duration
* extension[notice].value[x] 1..1

Extension: AgreementNotice
Id: ext-agreement-notice
Title: "Opzegging"
Description: "Wie wanneer schriftelijk opzegde; de overeenkomst eindigt na de opzegtermijn."
Context: Contract
* extension contains
    on 1..1 and
    by 1..1
* extension[on].value[x] only date
* extension[on].value[x] 1..1
* extension[by].value[x] only Reference(Organization)
* extension[by].value[x] 1..1

Extension: AgreementDefault
Id: ext-agreement-default
Title: "Melding van een tekortkoming"
Description: "Wie tekortschoot, wanneer dat schriftelijk is gemeld en wanneer het is hersteld (R-19)."
Context: Contract
* extension contains
    notified 1..1 and
    of 1..1 and
    repaired 0..1
* extension[notified].value[x] only date
* extension[notified].value[x] 1..1
* extension[of].value[x] only Reference(Organization)
* extension[of].value[x] 1..1
* extension[repaired].value[x] only date
* extension[repaired].value[x] 1..1

Extension: AgreementEnd
Id: ext-agreement-end
Title: "Direct beëindigd"
Description: "Door een van beide partijen, of door één huisarts voor de eigen patiënten (R-19)."
Context: Contract
* extension contains
    on 1..1 and
    by 1..1
* extension[on].value[x] only instant
* extension[on].value[x] 1..1
* extension[by].value[x] only Reference(Organization or PractitionerRole)
* extension[by].value[x] 1..1

Extension: SecrecyStatement
Id: ext-secrecy-statement
Title: "Geheimhoudingsverklaring"
Description: "Dag waarop de verklaring is getekend; zij heeft geen einde (R-40)."
Context: Contract
* value[x] only date
* value[x] 1..1

Extension: CodeOfConduct
Id: ext-code-of-conduct
Title: "Gedragscode"
Description: "Naam en praktijk zoals op het formulier, en wanneer werknemer en werkgever tekenden (R-17)."
Context: Contract
* extension contains
    name 1..1 and
    practice 1..1 and
    employer 1..1 and
    signedByEmployee 0..1 and
    signedByEmployer 0..1
* extension[name].value[x] only string
* extension[name].value[x] 1..1
* extension[practice].value[x] only string
* extension[practice].value[x] 1..1
* extension[employer].value[x] only Reference(Organization)
* extension[employer].value[x] 1..1
* extension[signedByEmployee].value[x] only date
* extension[signedByEmployee].value[x] 1..1
* extension[signedByEmployer].value[x] only date
* extension[signedByEmployer].value[x] 1..1

Extension: SecrecyEvaluation
Id: ext-secrecy-evaluation
Title: "Jaarlijkse evaluatie van geheimhouding"
Description: "Dag waarop geheimhouding met de medewerker is besproken (R-39)."
Context: Contract
* value[x] only date
* value[x] 1..1

Extension: SuspensionExtension
Id: ext-suspension
Title: "Opschorting van toegang"
Description: "Maatregel van de praktijkhouders samen (R-79, R-80): van wanneer tot wanneer, en waarom."
Context: Contract
* extension contains
    start 1..1 and
    end 0..1 and
    decidedBy 1..* and
    reason 0..1
* extension[start].value[x] only instant
* extension[start].value[x] 1..1
* extension[end].value[x] only instant
* extension[end].value[x] 1..1
* extension[decidedBy].value[x] only Reference(PractitionerRole)
* extension[decidedBy].value[x] 1..1
* extension[reason].value[x] only string
* extension[reason].value[x] 1..1

Extension: AuthorisedOperation
Id: ext-authorised-operation
Title: "Handeling waarvoor gemachtigd is"
Description: "Wat de medewerker in het HIS van deze praktijk mag doen."
Context: Contract.term
* value[x] only code
* value[x] 1..1
* value[x] from HisOperationVS (required)

Extension: TakenUpBy
Id: ext-taken-up-by
Title: "Aangenomen door"
Description: "Wie namens de MESO-praktijk de verwijzing aannam, waarmee de behandelrelatie begon."
Context: Contract
* value[x] only Reference(PractitionerRole)
* value[x] 1..1
