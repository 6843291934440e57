ValueSet: DocumentTypeVS
Id: document-type
Title: "Soort brief of verslag"
Description: "De hele lijst."
* insert WholeList
* insert InEnglish([["Kind of letter or report"]], [["The whole list."]])
* include codes from system DocumentType

ValueSet: LetterTopicVS
Id: letter-topic
Title: "Onderdeel van een brief of verslag"
Description: "De hele lijst."
* insert WholeList
* insert InEnglish([["Part of a letter or report"]], [["The whole list."]])
* include codes from system LetterTopic

ValueSet: ReadingLevelVS
Id: reading-level
Title: "Taalniveau"
Description: "De hele lijst."
* insert WholeList
* insert InEnglish([["Reading level"]], [["The whole list."]])
* include codes from system ReadingLevel

ValueSet: LetterVolumeVS
Id: letter-volume
Title: "Omvang van de brief"
Description: "De hele lijst."
* insert WholeList
* insert InEnglish([["Length of the letter"]], [["The whole list."]])
* include codes from system LetterVolume

ValueSet: TransferDestinationVS
Id: transfer-destination
Title: "Bestemming van de overdracht"
Description: "De hele lijst."
* insert WholeList
* insert InEnglish([["Destination of the transfer"]], [["The whole list."]])
* include codes from system TransferDestination

ValueSet: DataUseTopicVS
Id: data-use-topic
Title: "Onderdelen van de informatiebrief"
Description: "Waarover deze brief gaat."
* insert WholeList
* insert InEnglish([["Parts of the letter about the use of data"]], [["What this letter is about."]])
* LetterTopic#why-personal-data
* LetterTopic#which-health-data
* LetterTopic#when-shared
* LetterTopic#how-stored
* LetterTopic#contact

ValueSet: PlanTopicVS
Id: plan-letter-topic
Title: "Onderdelen van de patiëntbrief"
Description: "Waarover deze brief gaat."
* insert WholeList
* insert InEnglish([["Parts of the letter to the patient"]], [["What this letter is about."]])
* LetterTopic#what-matters
* LetterTopic#what-was-found
* LetterTopic#what-we-do
* LetterTopic#who-does-what
* LetterTopic#what-to-expect
* LetterTopic#support-for-naasten
* LetterTopic#contact

ValueSet: ConsultTopicVS
Id: consult-topic
Title: "Onderdelen van het consultverslag"
Description: "Waarover deze brief gaat."
* insert WholeList
* insert InEnglish([["Parts of the consult report"]], [["What this letter is about."]])
* LetterTopic#question
* LetterTopic#findings
* LetterTopic#advice
* LetterTopic#policy
* LetterTopic#why-not-enough

ValueSet: MdoTopicVS
Id: mdo-topic
Title: "Onderdelen van het MDO-verslag"
Description: "Waarover deze brief gaat."
* insert WholeList
* insert InEnglish([["Parts of the meeting report"]], [["What this letter is about."]])
* LetterTopic#shared-information
* LetterTopic#aligned-goals
* LetterTopic#priorities
* LetterTopic#agreements
* LetterTopic#outlook

ValueSet: ClosingTopicVS
Id: closing-topic
Title: "Onderdelen van het afsluitbericht"
Description: "Waarover deze brief gaat."
* insert WholeList
* insert InEnglish([["Parts of the closing summary"]], [["What this letter is about."]])
* LetterTopic#course
* LetterTopic#what-is-left
* LetterTopic#agreements
* LetterTopic#outlook
* LetterTopic#advice
* LetterTopic#tomorrow
* LetterTopic#contact

ValueSet: TransferTopicVS
Id: transfer-topic
Title: "Onderdelen van de overdracht"
Description: "Waarover deze brief gaat."
* insert WholeList
* insert InEnglish([["Parts of the transfer"]], [["What this letter is about."]])
* LetterTopic#reason
* LetterTopic#acp-wishes
* LetterTopic#medication
* LetterTopic#plan-summary
* LetterTopic#contacts

ValueSet: LetterMediumVS
Id: letter-medium
Title: "Manier van uitreiken"
Description: "Op papier, en misschien ook toegelicht."
* insert WholeList
* insert InEnglish([["Way of handing over"]], [["On paper, and perhaps explained as well."]])
* $ParticipationMode#WRITTEN
* $ParticipationMode#VERBAL
