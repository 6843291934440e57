Profile: MesoParkedReferral
Parent: Task
Id: meso-parked-referral
Title: "Taak bij een geparkeerde verwijzing"
Description: "Een praktijk verwijst iemand die bij een andere praktijk staat. Die praktijk bevestigt dat de patiënt is overgestapt, of niet; de verwijzer ziet hoe het ermee staat."
* intent = #order
* code 1..1
* code = TaskCode#parked-referral
* description 1..1
* focus 0..0
* for 1..1
* for only Reference(Patient)
* authoredOn 1..1
* lastModified 1..1
* requester 1..1
* requester only Reference(Organization)
* owner 1..1
* owner only Reference(Organization)
* businessStatus 0..0
