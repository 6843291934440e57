CodeSystem: CoordinationRequester
Id: coordination-requester
Title: "Aanvrager bij het coördinatiepunt"
Description: "Van wie de aanvraag voor een bed of zorg thuis komt."
* insert LocalList
* insert InEnglish([["Requester at the coordination point"]], [["From whom the request for a bed or care at home comes."]])
* #gp "Huisarts"
* #gp insert English([["General practitioner"]])
* #gp-post "Huisartsenpost"
* #gp-post insert English([["Out-of-hours GP post"]])
* #emergency-department "Spoedeisende hulp"
* #emergency-department insert English([["Emergency department"]])

CodeSystem: CoordinatedCare
Id: coordinated-care
Title: "Gevraagd bed of gevraagde zorg"
Description: "Wat het coördinatiepunt wordt gevraagd te vinden."
* insert LocalList
* insert InEnglish([["Bed or care asked for"]], [["What the coordination point is asked to find."]])
* #short-stay-low "Eerstelijnsverblijf laag complex"
* #short-stay-low insert English([["Short stay in primary care, low complexity"]])
* #short-stay-high "Eerstelijnsverblijf hoog complex"
* #short-stay-high insert English([["Short stay in primary care, high complexity"]])
* #short-stay-palliative "Eerstelijnsverblijf palliatief"
* #short-stay-palliative insert English([["Short stay in primary care, palliative"]])
* #rehabilitation "Geriatrische revalidatie"
* #rehabilitation insert English([["Geriatric rehabilitation"]])
* #observation-bed "Observatiebed"
* #observation-bed insert English([["Observation bed"]])
* #crisis-bed "Crisisbed"
* #crisis-bed insert English([["Crisis bed"]])
* #respite "Logeeropvang"
* #respite insert English([["Respite stay"]])
* #home-care "Wijkverpleging"
* #home-care insert English([["Community nursing"]])
* #home-care-night "Wijkverpleging in de nacht"
* #home-care-night insert English([["Community nursing at night"]])
