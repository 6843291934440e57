// Labels on what is sent to a test server, so that a run finds and mends only its own.

CodeSystem: TestRun
Id: test-run
Title: "Proefronde"
Description: "Label van één ronde naar een testserver. De codes zijn namen van rondes, geen lijst."
* insert LocalList
* insert InEnglish([["Test run"]], [["Label of one run to a test server. The codes are names of runs, not a list."]])
* ^content = #not-present

CodeSystem: BasicKind
Id: basic
Title: "Soort proefresource"
Description: "Waarvoor een Basic naar een testserver gaat."
* insert LocalList
* insert InEnglish([["Kind of trial resource"]], [["What a Basic is sent to a test server for."]])
* #probe "Proef of de server versies bewaakt"
* #probe insert English([["Trial of whether the server guards versions"]])
