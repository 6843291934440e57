ValueSet: AcpWishTopicVS
Id: acp-wish-topic
Title: "Onderwerp van een wens in woorden"
Description: "Waarover de oudere in eigen woorden spreekt."
* insert WholeList
* insert InEnglish([["Topic of a wish in words"]], [["What the older person speaks about in their own words."]])
* AcpTopic#matters-most
* AcpTopic#care-wish
* AcpTopic#fear
* AcpTopic#non-medical
* AcpTopic#euthanasia

ValueSet: AcpPlaceTopicVS
Id: acp-place-topic
Title: "Onderwerp van een gewenste plaats"
Description: "Plaats van zorg of van overlijden."
* insert WholeList
* insert InEnglish([["Topic of a preferred place"]], [["Place of care or of death."]])
* AcpTopic#place-of-care
* AcpTopic#place-of-death

ValueSet: AcpTreatmentGoalVS
Id: acp-treatment-goal
Title: "Doel van de behandeling"
Description: "Waarop behandelen gericht is: de codes van de Nederlandse gids voor proactieve zorgplanning, en anders."
* insert WholeList
* insert InEnglish([["Goal of treatment"]], [["What treatment aims at: the codes of the Dutch guide for proactive care planning, and other."]])
* $SCT#1351964001
* $SCT#385987000
* $SCT#713148004
* $NullFlavor#OTH

ValueSet: PreferredPlaceVS
Id: preferred-place
Title: "Gewenste plaats"
Description: "Waar de oudere zorg wil krijgen of wil overlijden: de codes van de Nederlandse gids voor proactieve zorgplanning."
* insert WholeList
* insert InEnglish([["Preferred place"]], [["Where the older person wants care or wants to die: the codes of the Dutch guide for proactive care planning."]])
* $SCT#264362003
* $SCT#108344006
* $SCT#284546000
* $SCT#22232009
* $NullFlavor#OTH
* $NullFlavor#UNK

ValueSet: AcpReviewStatusVS
Id: acp-review-status
Title: "Stand van het volgende gesprek"
Description: "Gevraagd, gehouden of vervallen."
* insert WholeList
* insert InEnglish([["State of the next conversation"]], [["Requested, held or cancelled."]])
* http://hl7.org/fhir/task-status#requested
* http://hl7.org/fhir/task-status#completed
* http://hl7.org/fhir/task-status#cancelled
