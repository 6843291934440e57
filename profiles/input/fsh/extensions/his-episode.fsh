Extension: HisEpisodeTrajectory
Id: ext-his-episode-trajectory
Title: "Traject bij de episode"
Description: "Het MESO-traject waarvan deze episode in het HIS verslag doet."
Context: EpisodeOfCare
* value[x] only Reference(EpisodeOfCare)
* value[x] 1..1

Extension: AuthorFunction
Id: ext-author-function
Title: "Functie van de auteur"
Description: "In welke functie de auteur schrijft; de verwijzing naar zijn rol zegt dat niet."
Context: Composition
* value[x] only Coding
* value[x] 1..1
* value[x] from ProfessionalFunctionVS (required)
