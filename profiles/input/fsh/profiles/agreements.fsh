// Evidence: stored, not exchanged. No partner and no server ever gets these.

Profile: MesoUserAgreement
Parent: Contract
Id: meso-user-agreement
Title: "Gebruikersovereenkomst"
Description: "De huisartsen laten een MESO-praktijk hun informatiesysteem gebruiken (R-18, R-19). Bewaard als bewijs, niet uitgewisseld."
* obeys meso-two-parties
* insert AuthorIdentifier
* extension contains
    AgreementTerms named terms 1..1 and
    AgreementNotice named notice 0..1 and
    AgreementDefault named default 0..1 and
    AgreementEnd named end 0..*
* status 1..1
* issued 1..1
* applies 1..1
* applies.start 1..1
* subject 1..1
* subject only Reference(Organization)
  * ^short = "De MESO-praktijk"
* authority 1..1
  * ^short = "De maatschap van huisartsen"
* type 1..1
* type = AgreementType#user-agreement
* legallyBinding[x] 1..1
* legallyBinding[x] only Attachment
* legallyBindingAttachment.title 1..1
  * ^short = "Waar het getekende exemplaar ligt (R-20)"

Profile: MesoStaffAuthorisation
Parent: Contract
Id: meso-staff-authorisation
Title: "Machtiging van een medewerker"
Description: "Wat iemand van MESO heeft getekend en voor welke praktijken die persoon wat mag in het HIS (R-14 tot R-17). Bewaard als bewijs, niet uitgewisseld."
* insert AuthorIdentifier
* extension contains
    SecrecyStatement named secrecyStatement 0..1 and
    CodeOfConduct named codeOfConduct 0..1 and
    SecrecyEvaluation named evaluation 0..* and
    SuspensionExtension named suspension 0..*
* status 1..1
* status = #executed
* subject 1..1
* subject only Reference(PractitionerRole)
* type 1..1
* type = AgreementType#staff-authorisation
* term.extension contains AuthorisedOperation named operation 1..*
* term.applies 1..1
* term.applies.start 1..1
* term.text ^short = "Schriftelijke aanvulling op de overeenkomst (R-20)"
* term.offer.party 1..1
* term.offer.party.reference 1..1
* term.offer.party.reference only Reference(PractitionerRole)
* term.offer.party.role = ProfessionalFunction#gp

Profile: MesoTreatmentRelation
Parent: Contract
Id: meso-treatment-relation
Title: "Bewijs van behandelrelatie"
Description: "Verwijzing door de huisarts, aangenomen en nog niet afgesloten (R-1, R-2, R-7). Afgeleid; bewaard, niet uitgewisseld."
* obeys meso-relation-status
* insert AuthorIdentifier
* extension contains TakenUpBy named takenUpBy 0..1
* status 1..1
* issued 1..1
* subject 1..1
* subject only Reference(Patient)
* authority 1..1
* author 1..1
* author only Reference(PractitionerRole)
  * ^short = "De huisarts die verwees"
* expirationType from EndReasonVS (required)
* type 1..1
* type = AgreementType#treatment-relation
* supportingInfo 1..2
* supportingInfo only Reference(ServiceRequest or EpisodeOfCare)
