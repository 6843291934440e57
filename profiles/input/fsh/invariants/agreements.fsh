Invariant: meso-relation-status
Description: "Aangeboden is nog niet aangenomen, lopend is aangenomen en niet geëindigd, beëindigd heeft een einde en een reden."
Severity: #error
Expression: "iif(applies.end.exists(), status = 'terminated' and applies.start.exists() and expirationType.exists(), expirationType.empty() and iif(applies.start.exists(), status = 'executed', status = 'offered'))"

Invariant: meso-two-parties
Description: "De huisartsen en de MESO-praktijk zijn twee partijen."
Severity: #error
Expression: "authority.identifier.value != subject.identifier.value"
