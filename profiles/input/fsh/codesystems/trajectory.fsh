CodeSystem: TrajectoryPhase
Id: trajectory-phase
Title: "Fase van het traject"
Description: "Waar het werk van het MESO-team zich bevindt; er is geen vast protocol dat de volgorde voorschrijft."
* insert LocalList
* insert InEnglish([["Phase of the trajectory"]], [["Where the work of the MESO team is; no fixed protocol prescribes the order."]])
* #diagnostic "Diagnostische fase"
* #diagnostic insert English([["Diagnostic phase"]])
* #treatment "Behandelfase"
* #treatment insert English([["Treatment phase"]])
* #closing "Afsluiting"
* #closing insert English([["Closing"]])
