CodeSystem: AgreementType
Id: agreement-type
Title: "Soort afspraak of bewijs"
Description: "Wat een Contract van MESO vastlegt; bewaard, nooit uitgewisseld."
* insert LocalList
* insert InEnglish([["Kind of agreement or evidence"]], [["What a Contract of MESO lays down; stored, never exchanged."]])
* #user-agreement "Gebruikersovereenkomst voor het huisartsinformatiesysteem"
* #user-agreement insert English([["User agreement for the information system of the GP"]])
* #staff-authorisation "Machtiging van een medewerker"
* #staff-authorisation insert English([["Authorisation of a staff member"]])
* #treatment-relation "Bewijs van behandelrelatie"
* #treatment-relation insert English([["Evidence of a treatment relation"]])
