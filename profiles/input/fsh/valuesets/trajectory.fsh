ValueSet: TrajectoryPhaseVS
Id: trajectory-phase
Title: "Fase van het traject"
Description: "De hele lijst."
* insert WholeList
* insert InEnglish([["Phase of the trajectory"]], [["The whole list."]])
* include codes from system TrajectoryPhase
