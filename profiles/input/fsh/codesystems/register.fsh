CodeSystem: NetworkKind
Id: network-kind
Title: "Soort samenwerkingsverband"
Description: "Wat voor verband van organisaties dit is."
* insert LocalList
* insert InEnglish([["Kind of cooperation"]], [["What kind of cooperation of organisations this is."]])
* #resv "Regionaal eerstelijns samenwerkingsverband"
* #resv insert English([["Regional primary care cooperation"]])
* #local-network "Lokaal netwerk ouderenzorg"
* #local-network insert English([["Local network for elderly care"]])
