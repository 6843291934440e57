CodeSystem: HisNote
Id: his-note
Title: "Notitie in het HIS"
Description: "De notitie bij de episode Praktijk MESO en haar onderdelen (R-26)."
* insert LocalList
* insert InEnglish([["Note in the GP system"]], [["The note with the episode Praktijk MESO and its parts (R-26)."]])
* #episode-note "Notitie bij de episode Praktijk MESO"
* #episode-note insert English([["Note with the episode Praktijk MESO"]])
* #findings "Bevindingen"
* #findings insert English([["Findings"]])
* #advice "Advies aan de huisarts"
* #advice insert English([["Advice to the general practitioner"]])
* #policy "Ingezet beleid"
* #policy insert English([["Policy started"]])
