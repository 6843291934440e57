Profile: MesoHisEpisode
Parent: http://nictiz.nl/fhir/StructureDefinition/nl-core-EpisodeOfCare
Id: meso-his-episode
Title: "Episode Praktijk MESO in het HIS"
Description: "De episode die de specialist ouderengeneeskunde in het dossier van de huisarts aanmaakt (R-24, R-25). Niet het MESO-traject zelf."
* insert AuthorIdentifier
* extension contains HisEpisodeTrajectory named trajectory 1..1
* extension[episodeOfCareName] 1..1
* extension[episodeOfCareName].valueString = "Praktijk MESO"
  * ^short = "Precies deze titel (R-25)"
* managingOrganization 1..1
  * ^short = "De huisartspraktijk, die het dossier houdt"
* period 1..1
* period.start 1..1

Profile: MesoHisEpisodeNote
Parent: Composition
Id: meso-his-episode-note
Title: "Notitie bij de episode Praktijk MESO"
Description: "Bevindingen, advies aan de huisarts en ingezet beleid, in het kort (R-26)."
* extension contains AuthorFunction named authorFunction 1..1
* extension[authorFunction].valueCoding = ProfessionalFunction#meso-so
  * ^short = "Alleen de specialist ouderengeneeskunde (R-24)"
* identifier 1..1
* identifier.system 1..1
* identifier.value 1..1
* status = #final
* type = HisNote#episode-note
* subject 1..1
* subject only Reference(Patient)
* author 1..1
* author only Reference(PractitionerRole)
* title = "Praktijk MESO"
* custodian 1..1
* event 1..1
* event.detail 1..1
* event.detail only Reference(EpisodeOfCare)
* section 0..3
* section.code 1..1
* section.code from HisNoteVS (required)
* section.text 1..1
