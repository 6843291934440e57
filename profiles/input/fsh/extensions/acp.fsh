Extension: AcpPart
Id: ext-acp-part
Title: "Wat in het gesprek is gezegd"
Description: "Wens, grens, verklaring, doel, markering of vervolg dat uit het gesprek komt; een Procedure kent geen lijst van uitkomsten."
Context: Procedure
* value[x] only Reference(Consent or Goal or Observation or Flag or Task)
* value[x] 1..1

Extension: AcpTrajectory
Id: ext-acp-trajectory
Title: "Traject van het gesprek"
Description: "Het traject waarin het gesprek gehouden is; een gesprek kan ook daarbuiten gehouden zijn."
Context: Procedure
* value[x] only Reference(EpisodeOfCare)
* value[x] 1..1
