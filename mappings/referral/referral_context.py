"""What surrounds a referral <-> `supportingInfo` and `insurance` of its ServiceRequest.

https://hl7.org/fhir/R4/servicerequest.html, https://hl7.org/fhir/R4/references.html#contained

Those involved stand in a contained CareTeam: the list has no life of its own, and whoever may see
the referral may see it. Information that came along is named by its number or in words only, so
`display` is read here; what it says stands with whoever supplied it.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from adapter.fhir.constants import UZOVI
from adapter.fhir.json import Json
from mappings.records.referral_context import Finance, Involved, Supplied
from mappings.referral.referral_codes import INVOLVEMENT
from mappings.toolkit import reader
from mappings.toolkit.identity import Ids, identifier, party_reference
from mappings.toolkit.message import Message, read_identifier
from mappings.toolkit.reader import Element, build, read_code, refuse
from mappings.toolkit.writing import present

_TEAM: Final = "involved"


@dataclass(frozen=True, slots=True, kw_only=True)
class Supporting:
    """`supportingInfo`, sorted: the consents are read by whoever knows them."""

    consents: tuple[Element, ...]
    involved: tuple[Involved, ...]
    supplied: tuple[Supplied, ...]


def involved_to_fhir(involved: Sequence[Involved], ids: Ids) -> list[Json]:
    """`contained`: one CareTeam, or nothing."""
    if not involved:
        return []
    return [
        {
            "resourceType": "CareTeam",
            "id": _TEAM,
            "participant": [_participant(item, ids) for item in involved],
        }
    ]


def supporting_to_fhir(
    involved: Sequence[Involved], supplied: Sequence[Supplied], assigner: str
) -> list[Json]:
    """References beside the consents; `assigner` is the URA that numbered the documents."""
    team = [{"reference": f"#{_TEAM}", "type": "CareTeam"}] if involved else []
    return [*team, *(_supplied(item, assigner) for item in supplied)]


def finance_to_fhir(finance: Finance | None) -> list[Json]:
    """A Coverage that nobody holds: only who insures, and the route in words."""
    if finance is None:
        return []
    number = {"system": UZOVI, "value": finance.insurer} if finance.insurer else None
    insurer = present({"identifier": number, "display": finance.insurer_name})
    found = {"type": "Coverage", "identifier": {"assigner": insurer} if insurer else None}
    return [present({**found, "display": finance.route})]


def read_supporting(root: Element, message: Message, assigner: str) -> Supporting:
    """Takes `contained` and `supportingInfo` of a ServiceRequest."""
    consents, supplied = [], []
    team = root.only_or_none("contained")
    involved = () if team is None else _read_team(team, message)
    named = 0
    for item in root.children("supportingInfo"):
        if str(item.peek("reference")).startswith("#"):
            named += 1
            _check_link(item, team, named)
        elif item.has("reference"):
            consents.append(item)
        else:
            supplied.append(_read_supplied(item, assigner))
    if team is not None and not named:
        refuse(team.path, "structure", "Naar deze groep wordt nergens verwezen.")
    return Supporting(consents=tuple(consents), involved=involved, supplied=tuple(supplied))


def read_finance(item: Element | None) -> Finance | None:
    if item is None:
        return None
    if item.has("type"):
        item.fixed("type", "Coverage")
    number = item.child_or_none("identifier")
    insurer = None if number is None else number.child("assigner")
    uzovi = None if insurer is None else insurer.child_or_none("identifier")
    if uzovi is not None:
        uzovi.fixed("system", UZOVI)
    if insurer is not None:
        insurer.ignore("type")
    return build(
        Finance,
        item.path,
        insurer=None if uzovi is None else uzovi.value("value", reader.CODE),
        insurer_name=None if insurer is None else insurer.optional("display", reader.LINE),
        route=item.optional("display", reader.LINE),
    )


def _participant(item: Involved, ids: Ids) -> Json:
    member = {"display": item.name} if item.party is None else party_reference(ids, item.party)
    return {
        "role": [present({**INVOLVEMENT.concept(item.kind), "text": item.role})],
        "member": member,
    }


def _supplied(item: Supplied, assigner: str) -> Json:
    number = item.document
    own = None if number is None else identifier(number.system, number.value, assigner)
    return present({"type": "DocumentReference", "identifier": own, "display": item.what})


def _read_team(team: Element, message: Message) -> tuple[Involved, ...]:
    team.fixed("resourceType", "CareTeam")
    found = tuple(_read_involved(item, message) for item in team.children("participant"))
    if not found:
        refuse(team.at("participant"), "required", "In een groep hoort iemand te staan.")
    return found


def _check_link(item: Element, team: Element | None, named: int) -> None:
    item.ignore("type", "display")
    own = None if team is None else f"#{team.value('id', reader.LOGICAL_ID)}"
    if item.value("reference", reader.URI_OR_PATH) != own or named > 1:
        refuse(
            item.at("reference"), "not-found", "Eén groep betrokkenen, die in de verwijzing staat."
        )


def _read_involved(item: Element, message: Message) -> Involved:
    role, member = item.only("role"), item.child("member")
    by_name = not member.has("reference") and not member.has("identifier")
    name = member.value("display", reader.LINE) if by_name else None
    if by_name:
        member.ignore("type")
    return build(
        Involved,
        item.path,
        kind=read_code(role, INVOLVEMENT),
        role=role.optional("text", reader.LINE),
        name=name,
        party=None if by_name else message.party(member),
    )


def _read_supplied(item: Element, assigner: str) -> Supplied:
    if item.has("type"):
        item.fixed("type", "DocumentReference")
    number = item.child_or_none("identifier")
    return build(
        Supplied,
        item.path,
        what=item.value("display", reader.LINE),
        document=None if number is None else read_identifier(number, assigner)[0],
    )
