"""The role matrix: what each role may ask, and on which relation and consent it may see it.

`policy.json` is the one source. Gate 1 (interactions) is judged here, on what was sent alone;
gates 3, 5 and 6 are written from the same scopes into the statement that fetches
(`store/gates.py`). Sources: requirements 4.11, access-control 2.2 and 2.5.
"""

from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from adapter.fhir.json import Json, decode_own

GP_ROLES = frozenset({"gp", "gp-nurse-practitioner", "poh", "gp-assistant"})
MESO_ROLES = frozenset({"meso-so", "meso-so-trainee", "meso-nurse", "meso-secretary"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Scope:
    """One way in which a role may see a category of data.

    `relation` is the kind that must be open ("-" = none), `consent` and `also_consent` the
    consent types that must permit, `view` how much of the resource is shown.
    """

    role: str
    category: str
    type: str  # FHIR type; for the GP record the name of the part
    relation: str
    consent: str | None = None
    also_consent: str | None = None
    needs_alignment: bool = False
    needs_audience: bool = False
    view: str = "full"


@dataclass(frozen=True, slots=True, kw_only=True)
class Role:
    """What a role may ask at all, whatever the patient: the same answer for everybody."""

    interactions: dict[str, frozenset[str]]
    records: frozenset[str]
    purposes: frozenset[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Policy:
    """The whole matrix of one version."""

    version: str
    roles: dict[str, Role]
    scopes: tuple[Scope, ...]

    def allows(self, role: str, purpose: str, resource_type: str, interaction: str) -> bool:
        """Gate 1 for FHIR interactions (R-12, R-21 … R-24)."""
        known = self.roles.get(role)
        return (
            known is not None
            and purpose in known.purposes
            and interaction in known.interactions.get(resource_type, frozenset())
        )

    def scopes_of(self, role: str, resource_type: str) -> tuple[Scope, ...]:
        """Ways in which a role may see this type; none means never."""
        return tuple(s for s in self.scopes if s.role == role and s.type == resource_type)

    def scopes_of_role(self, role: str) -> tuple[Scope, ...]:
        """Every scope of a role."""
        return tuple(s for s in self.scopes if s.role == role)

    def allows_record(self, role: str, purpose: str, kind: str) -> bool:
        """Gate 1 for the MESO record doors."""
        known = self.roles.get(role)
        return known is not None and purpose in known.purposes and kind in known.records


@cache
def load_policy() -> Policy:
    """The packaged policy."""
    return parse_policy(decode_own(files("adapter.access").joinpath("policy.json").read_bytes()))


def parse_policy(document: Json) -> Policy:
    """Policy from its JSON form. `ValueError` when a role could not be decided unambiguously."""
    roles: dict[str, Role] = {}
    scopes: list[Scope] = []
    for name, role in document["roles"].items():
        roles[name] = Role(
            interactions={t: frozenset(i) for t, i in role["interactions"].items()},
            records=frozenset(role["records"]),
            purposes=frozenset(role["purposes"]),
        )
        for row in role["scopes"]:
            rest = {key: value for key, value in row.items() if key != "types"}
            scopes += [Scope(role=name, type=type_, **rest) for type_ in row["types"]]
    _refuse_ambiguity(scopes)
    return Policy(version=document["version"], roles=roles, scopes=tuple(scopes))


def _refuse_ambiguity(scopes: list[Scope]) -> None:
    """Gates are evaluated one by one, so within (role, category) they must not depend on each
    other: one view, and the same consents whichever relation is open.
    """
    views: dict[tuple[str, str], str] = {}
    consents: dict[tuple[str, str], dict[str, set[tuple[str | None, str | None]]]] = {}
    for scope in scopes:
        key = (scope.role, scope.category)
        if views.setdefault(key, scope.view) != scope.view:
            raise ValueError(f"{key} has two views")
        by_relation = consents.setdefault(key, {})
        by_relation.setdefault(scope.relation, set()).add((scope.consent, scope.also_consent))
    for key, by_relation in consents.items():
        if len({frozenset(needed) for needed in by_relation.values()}) > 1:
            raise ValueError(f"{key} needs other consents for another relation")
