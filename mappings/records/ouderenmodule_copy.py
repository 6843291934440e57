"""Copy of the ouderenmodule: what a nurse of MESO gets of the GP's record, of one moment (RI-15).

The resources are the HIS's and stay as they were given: nothing in them is interpreted here, so
each is kept as JSON text in normal form.
"""

from typing import Annotated, Final, Literal

from pydantic import AfterValidator, StringConstraints

from adapter.fhir.issues import FhirError
from adapter.fhir.json import decode_untrusted, encode
from mappings.records.base import (
    AuthorIdentifier,
    Flag,
    Instant,
    LogicalId,
    Record,
    Ura,
    Uri,
)
from mappings.records.parties import StaffKey

CopyingFunction = Literal["meso-so", "meso-nurse"]

COPIED_TYPES: Final = frozenset(
    {"Condition", "MedicationStatement", "AllergyIntolerance", "Observation"}
)


def _in_normal_form(text: str) -> str:
    try:
        sent = decode_untrusted(text.encode())
    except (FhirError, UnicodeEncodeError):
        raise ValueError("JSON") from None
    if sent.get("resourceType") not in COPIED_TYPES:
        raise ValueError("type")
    return encode(sent).decode()


CopiedContent = Annotated[
    str, StringConstraints(max_length=200_000), AfterValidator(_in_normal_form)
]


class CopiedResource(Record):
    """One resource as the HIS gave it, and its address there."""

    address: Uri | None = None
    content: CopiedContent


class OuderenmoduleCopy(Record):
    """`practice` is the source; `list_version` the signed list of what belongs to the module."""

    identifier: AuthorIdentifier
    patient: LogicalId
    practice: Ura
    taken_at: Instant
    taken_by: StaffKey
    function: CopyingFunction
    list_version: LogicalId
    resources: tuple[CopiedResource, ...] = ()
    synthetic: Flag = False
