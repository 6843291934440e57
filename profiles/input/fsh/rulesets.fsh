// What every code list of ours has in common.
RuleSet: LocalList
* ^status = #draft
* ^experimental = false
* ^caseSensitive = true
* ^language = #nl

// What every value set of ours has in common.
RuleSet: WholeList
* ^status = #draft
* ^experimental = false
* ^language = #nl

// An identifier given by the author, whose organisation stands as assigner (URA). Ids derive from it.
RuleSet: AuthorIdentifier
* identifier 1..*
* identifier.system 1..1
* identifier.value 1..1

// Slices that are told apart by their content; other content may stand beside them.
RuleSet: SliceByValue(path)
* {path} ^slicing.discriminator.type = #value
* {path} ^slicing.discriminator.path = "$this"
* {path} ^slicing.rules = #open

// The English text of a code; the Dutch one is its display.
RuleSet: English(text)
* ^designation.language = #en
* ^designation.value = {text}

// English title and description of a list, whose own are Dutch.
RuleSet: InEnglish(title, description)
* ^title.extension.url = "http://hl7.org/fhir/StructureDefinition/translation"
* ^title.extension.extension[0].url = "lang"
* ^title.extension.extension[0].valueCode = #en
* ^title.extension.extension[1].url = "content"
* ^title.extension.extension[1].valueString = {title}
* ^description.extension.url = "http://hl7.org/fhir/StructureDefinition/translation"
* ^description.extension.extension[0].url = "lang"
* ^description.extension.extension[0].valueCode = #en
* ^description.extension.extension[1].url = "content"
* ^description.extension.extension[1].valueString = {description}

// What every map from a list of ours has in common. Without a target the code has no confirmed
// counterpart: it is said, not left out, so that a new code is noticed.
RuleSet: LocalMap(name, title, description)
* name = {name}
* title = {title}
* description = {description}
* status = #draft
* experimental = false
* language = #nl

// A code with its counterpart. Equivalence as R4 means it: of the target, seen from the source.
RuleSet: Maps(group, code, target, equivalence)
* group[{group}].element[+].code = #{code}
* group[{group}].element[=].target.code = #{target}
* group[{group}].element[=].target.equivalence = #{equivalence}

RuleSet: MapsNowhere(group, code)
* group[{group}].element[+].code = #{code}
* group[{group}].element[=].target.equivalence = #unmatched

// A system of identifiers that we give out ourselves.
RuleSet: OwnNumbers(name, title, id, description)
* name = {name}
* extension.url = "http://hl7.org/fhir/5.0/StructureDefinition/extension-NamingSystem.title"
* extension.valueString = {title}
* status = #draft
* kind = #identifier
* date = "2026-11-24"
* publisher = "MESO FHIR-adapter"
* description = {description}
* language = #nl
* uniqueId.type = #uri
* uniqueId.value = "https://mesozorg.example/fhir/NamingSystem/{id}"
* uniqueId.preferred = true
