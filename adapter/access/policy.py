"""The role matrix: what each role may ask, and on which relation and consent it may see it.

`policy.json` is the one source. Gate 1 (interactions) is judged here, on what was sent alone;
gates 3, 5 and 6 are written from the same scopes into the statement that fetches
(`store/gates.py`). Sources: requirements 4.11, access-control 2.2 and 2.5.
"""

from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from adapter.access.caller import Caller
from adapter.access.oauth_scope import permits
from adapter.fhir.json import Json, decode_own

GP_ROLES = frozenset({"gp", "gp-nurse-practitioner", "poh", "gp-assistant"})
_READ = frozenset({"gp-record", "worklist"})  # doors below `/records` that are for reading
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

    def allows(self, caller: Caller, resource_type: str, interaction: str) -> bool:
        """Gate 1 for FHIR interactions: role, purpose and scope (R-12, R-21 … R-24)."""
        known = self.roles.get(caller.role)
        return (
            known is not None
            and caller.purpose in known.purposes
            and interaction in known.interactions.get(resource_type, frozenset())
            and permits(caller.scope, resource_type, interaction)
        )

    def scopes_of(self, role: str, resource_type: str) -> tuple[Scope, ...]:
        """Ways in which a role may see this type; none means never."""
        return tuple(s for s in self.scopes if s.role == role and s.type == resource_type)

    def scopes_of_role(self, role: str) -> tuple[Scope, ...]:
        """Every scope of a role."""
        return tuple(s for s in self.scopes if s.role == role)

    def allows_record(self, caller: Caller, kind: str) -> bool:
        """Gate 1 for the MESO record doors; a record is many types, as a transaction is."""
        known = self.roles.get(caller.role)
        return (
            known is not None
            and caller.purpose in known.purposes
            and kind in known.records
            and permits(caller.scope, "*", "read" if kind in _READ else "transaction")
        )


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
    other: one view, addressed parts or not, and for each type and relation the same ways in.
    """
    views: dict[tuple[str, str], tuple[str, bool]] = {}
    ways: dict[tuple[str, str], dict[tuple[str, str], set[tuple[object, ...]]]] = {}
    for scope in scopes:
        key = (scope.role, scope.category)
        shown = (scope.view, scope.needs_audience)
        if views.setdefault(key, shown) != shown:
            raise ValueError(f"{key} has two views")
        way = (scope.consent, scope.also_consent, scope.needs_alignment)
        ways.setdefault(key, {}).setdefault((scope.relation, scope.type), set()).add(way)
    for key, found in ways.items():
        relations, types = ({place[n] for place in found} for n in (0, 1))
        alike = len({frozenset(needed) for needed in found.values()}) == 1
        if not alike or len(found) != len(relations) * len(types):
            raise ValueError(f"{key} needs other consents for another relation or type")
