CodeSystem: AcpTopic
Id: acp-topic
Title: "Onderwerp van gesprek over toekomstige zorg"
Description: "Waarover de oudere iets zei in een gesprek over toekomstige zorg. Waar SNOMED hetzelfde zegt, staat die code ernaast."
* insert LocalList
* insert InEnglish([["Topic of a conversation about future care"]], [["What the older person spoke about in a conversation about future care. Where SNOMED says the same, its code stands beside it."]])
* #matters-most "Wat het belangrijkst is"
* #matters-most insert English([["What matters most"]])
* #care-wish "Wens over zorg"
* #care-wish insert English([["Wish about care"]])
* #fear "Wat de oudere vreest"
* #fear insert English([["What the older person fears"]])
* #non-medical "Wens buiten de zorg"
* #non-medical insert English([["Wish outside care"]])
* #euthanasia "Houding tegenover euthanasie"
* #euthanasia insert English([["Position on euthanasia"]])
* #place-of-care "Plaats waar de oudere zorg wil krijgen"
* #place-of-care insert English([["Preferred place of care"]])
* #place-of-death "Plaats waar de oudere wil overlijden"
* #place-of-death insert English([["Preferred place of death"]])

CodeSystem: AcpMark
Id: acp-mark
Title: "Markering in het dossier"
Description: "Wat bij de oudere gemarkeerd is."
* insert LocalList
* insert InEnglish([["Mark in the record"]], [["What was marked with the older person."]])
* #palliative-phase "Palliatieve fase"
* #palliative-phase insert English([["Palliative phase"]])

CodeSystem: AcpTask
Id: acp-task
Title: "Taak na een gesprek over toekomstige zorg"
Description: "Wat na een gesprek over toekomstige zorg nog te doen is."
* insert LocalList
* insert InEnglish([["Task after a conversation about future care"]], [["What remains to be done after a conversation about future care."]])
* #acp-review "Wensen opnieuw bespreken"
* #acp-review insert English([["Talk about the wishes again"]])
