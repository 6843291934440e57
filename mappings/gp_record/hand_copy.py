"""Who copied what from whose record, and when <-> Provenance.

https://hl7.org/fhir/R4/provenance.html

R-29: by hand, by an SO or a nurse of MESO, for one thing at a time; nobody else's copy is taken.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from adapter.fhir.constants import MESO_CONSENT_ACTION
from adapter.fhir.json import Json
from mappings.consent.consent_codes import CONSENT_ACTION
from mappings.records.base import Identifier
from mappings.records.ouderenmodule_copy import CopyingFunction
from mappings.records.parties import StaffKey
from mappings.toolkit import reader
from mappings.toolkit.codes import FUNCTION
from mappings.toolkit.identity import Ids, organisation_reference, reference, staff_reference
from mappings.toolkit.message import Message
from mappings.toolkit.reader import Element, read_code, refuse, take_fixed_code
from mappings.toolkit.writing import resource

_FUNCTIONS: Final[tuple[CopyingFunction, ...]] = ("meso-so", "meso-nurse")


@dataclass(frozen=True, slots=True, kw_only=True)
class HandCopy:
    """`target` is (type, logical id) of the copy."""

    target: tuple[str, str]
    number: Identifier
    by: StaffKey
    function: CopyingFunction
    at: datetime


def copy_provenance(
    copy: HandCopy, sources: Sequence[Json], ids: Ids, *, synthetic: bool, policy: str | None = None
) -> Json:
    """`sources` are references to what was copied from."""
    number = copy.number
    return resource(
        "Provenance",
        ids.of("Provenance", copy.by.ura, number.system, number.value),
        "copy-provenance",
        synthetic=synthetic,
        target=[reference(*copy.target)],
        recorded=copy.at.isoformat(),
        policy=[] if policy is None else [policy],
        activity=CONSENT_ACTION.concept("copy"),
        agent=[
            {
                "role": [FUNCTION.concept(copy.function)],
                "who": staff_reference(ids, copy.by),
                "onBehalfOf": organisation_reference(ids, copy.by.ura),
            }
        ],
        entity=[{"role": "source", "what": what} for what in sources],
    )


def read_copy_provenance(
    target: tuple[str, str], number: Identifier, message: Message, *, sources: int = 1
) -> tuple[HandCopy, Element, list[Element]]:
    """The copying, the Provenance (its policy not yet read), and what was copied from."""
    root = message.one("Provenance")
    if message.id_of(root.only("target"), target[0]) != target[1]:
        refuse(root.at("target"), "value", "Deze herkomst hoort bij een andere kopie.")
    take_fixed_code(root.child("activity"), MESO_CONSENT_ACTION, "copy")
    agent = root.only("agent")
    role = agent.only("role")
    said = read_code(role, FUNCTION)
    function = next((own for own in _FUNCTIONS if own == said), None)
    if function is None:
        refuse(
            role.path,
            "business-rule",
            "Alleen de specialist ouderengeneeskunde en de verpleegkundige van MESO nemen over.",
            "R-29",
        )
    by = message.staff(agent.child("who"))
    if message.organisation(agent.child("onBehalfOf")) != by.ura:
        refuse(agent.at("onBehalfOf"), "value", "Wie overneemt, doet dat voor de eigen praktijk.")
    entities = root.children("entity")
    if len(entities) != sources:
        refuse(root.at("entity"), "required", "Waaruit is overgenomen hoort hier te staan.")
    for entity in entities:
        entity.fixed("role", "source")
    copy = HandCopy(
        target=target,
        number=number,
        by=by,
        function=function,
        at=root.value("recorded", reader.INSTANT),
    )
    return copy, root, [entity.child("what") for entity in entities]
