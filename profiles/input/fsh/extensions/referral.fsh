Extension: ReferralTried
Id: ext-referral-tried
Title: "Al geprobeerd"
Description: "Wat de huisarts en het netwerk al hebben geprobeerd, of waarom zij vastlopen."
Context: ServiceRequest
* value[x] only string
* value[x] 1..1
