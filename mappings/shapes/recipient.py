"""For whom a partner's view is made, and what may be named to them.

https://hl7.org/fhir/R4/references.html

Who may see which part is decided elsewhere; the outcome comes in as `visible`. A resource that is not
in it does not count, whoever handed it over, and a reference to it goes with everything beside it.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Final, Literal

from adapter.fhir.constants import BSN, IDENTIFIER_ALIASES, URA
from adapter.fhir.json import Json
from mappings.records.parties import Party
from mappings.records.trajectory import ClosePerson

# A care provider, the social domain, a naaste, or the body that runs a regional network (RESV).
RecipientKind = Literal["care", "social", "naaste", "resv"]

# Members of the data types that views consist of; what is not among them is left out.
_MEMBERS: Final = frozenset(
    {
        *("coding", "text", "system", "version", "code", "display", "userSelected"),
        *("reference", "type", "identifier", "use", "value", "assigner", "period"),
        *("start", "end"),
    }
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Recipient:
    """One recipient; `visible` holds the `Type/id` of all that may be shown or named."""

    party: Party | ClosePerson
    kind: RecipientKind
    visible: frozenset[str]
    through_platform: bool = False  # others than the recipient carry the view there

    @property
    def gets_patient_data(self) -> bool:
        """The body of a network never does; a recipient whom it reaches counts as that recipient
        (RI-7).
        """
        return self.kind != "resv"

    @property
    def may_know_bsn(self) -> bool:
        """Care providers, when nobody stands between."""
        return self.kind == "care" and not self.through_platform

    def among(self, resources: Sequence[Json], kind: str) -> Iterator[Json]:
        """The visible ones of a type, in the order given."""
        for resource in resources:
            if resource.get("resourceType") == kind and name_of(resource) in self.visible:
                yield resource


def name_of(resource: Json) -> str:
    return f"{resource['resourceType']}/{resource['id']}"


def shown(node: Any, recipient: Recipient) -> Any:
    """A value without what the recipient may not know; None when nothing is left."""
    if isinstance(node, dict):
        target = node.get("reference")
        if isinstance(target, str) and target not in recipient.visible:
            return None
        left = {
            name: shown(value, recipient)
            for name, value in node.items()
            if name in _MEMBERS and not (name == "identifier" and _is_citizens(value))
        }
        return {name: value for name, value in left.items() if value is not None} or None
    if isinstance(node, list):
        items = [shown(item, recipient) for item in node]
        return [item for item in items if item is not None] or None
    return node


def shown_links(links: Any, recipient: Recipient, *kinds: str) -> list[Json]:
    """The references that lead to something visible, of these types only."""
    prefixes = tuple(f"{kind}/" for kind in kinds)
    return [
        found
        for link in links or ()
        if str(link.get("reference")).startswith(prefixes)
        and (found := shown(link, recipient)) is not None
    ]


def subject_of(link: Any, resources: Sequence[Json], recipient: Recipient) -> Json | None:
    """Whom it is about, if the recipient may know; with the BSN of the Patient only for who may.

    Decision on numbers of citizens: none to the social domain, naasten or a network.
    """
    found = shown_links([link], recipient, "Patient") if isinstance(link, dict) else []
    if not found:
        return None
    name = found[0]["reference"]
    about: Json = {"reference": name, "type": "Patient"}
    if not recipient.may_know_bsn:
        return about
    numbers = [
        number["value"]
        for patient in recipient.among(resources, "Patient")
        if name_of(patient) == name
        for number in patient.get("identifier", ())
        if _system_of(number) == BSN
    ]
    if numbers:
        about["identifier"] = {"system": BSN, "value": numbers[0]}
    return about


def ura_of(link: Any) -> str | None:
    """URA of the organisation that a reference names, or on whose behalf the person acts."""
    number = link.get("identifier", {}) if isinstance(link, dict) else {}
    for found in (number, number.get("assigner", {}).get("identifier", {})):
        if _system_of(found) == URA:
            return str(found["value"])
    return None


def _system_of(number: Json) -> str | None:
    system = number.get("system")
    return None if system is None else IDENTIFIER_ALIASES.get(system, system)


def _is_citizens(number: Any) -> bool:
    """A citizen number, or one of no system, which may be one."""
    return isinstance(number, dict) and _system_of(number) in {None, BSN}
