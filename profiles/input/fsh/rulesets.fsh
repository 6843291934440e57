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
