CodeSystem: AssessmentComponent
Id: assessment-component
Title: "Onderdeel van het onderzoek"
Description: "Onderdelen van het brede geriatrisch onderzoek in de diagnostische fase."
* insert LocalList
* insert InEnglish([["Component of the assessment"]], [["Components of the broad geriatric assessment in the diagnostic phase."]])
* #D1 "Anamnese en heteroanamnese"
* #D1 insert English([["History, also from others"]])
* #D1a "Medische voorgeschiedenis"
* #D1a insert English([["Medical history"]])
* #D1b "Sociale anamnese"
* #D1b insert English([["Social history"]])
* #D1c "Persoonsschets"
* #D1c insert English([["Sketch of the person"]])
* #D1d "Medicatiegebruik"
* #D1d insert English([["Use of medicines"]])
* #D1e "Wensen en gedachten over toekomstige zorg"
* #D1e insert English([["Wishes and thoughts about future care"]])
* #D2 "Observatie thuis"
* #D2 insert English([["Observation at home"]])
* #D3 "Observatie in de praktijk"
* #D3 insert English([["Observation in the practice"]])
* #D4 "Lichamelijk onderzoek van top tot teen"
* #D4 insert English([["Head-to-toe physical examination"]])
* #D5 "Psychiatrisch onderzoek"
* #D5 insert English([["Psychiatric examination"]])
* #D6 "Cognitief onderzoek"
* #D6 insert English([["Cognitive examination"]])
* #D7 "Laboratoriumonderzoek"
* #D7 insert English([["Laboratory tests"]])
* #D8 "Dossierstudie"
* #D8 insert English([["Study of the record"]])
* #D9 "Medicatiebeoordeling"
* #D9 insert English([["Medication review"]])
* #D10 "Inbreng van naasten en andere betrokkenen"
* #D10 insert English([["Input of close persons and others involved"]])

CodeSystem: AssessmentPart
Id: assessment-part
Title: "Wat het onderzoek verder oplevert"
Description: "Wat het onderzoek laat zien en geen onderdeel ervan is."
* insert LocalList
* insert InEnglish([["What else the assessment shows"]], [["What the assessment shows and is no component of it."]])
* #naaste-need "Wat een naaste nodig heeft"
* #naaste-need insert English([["What a close person needs"]])
