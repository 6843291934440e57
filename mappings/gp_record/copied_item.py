"""Item copied by hand <-> a resource of MESO's own, and the Provenance that names the original.

https://hl7.org/fhir/R4/provenance.html

What it becomes depends on what it is; the four are written and read by one table. The profiles
stand on the base resources: an item that is only known in words meets no Dutch list.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from adapter.fhir.json import Json
from mappings.gp_record.hand_copy import HandCopy, copy_provenance, read_copy_provenance
from mappings.records.copied_item import CopiedItem, CopiedKind, SourceItem
from mappings.referral.problem import CLINICAL_STATUS, read_coded
from mappings.toolkit import reader
from mappings.toolkit.identity import Ids, identifier, reference
from mappings.toolkit.message import Message, read_identifier
from mappings.toolkit.reader import Element, build, refuse, take_fixed_code
from mappings.toolkit.writing import concept, present, resource

_ALLERGY: Final = "http://terminology.hl7.org/CodeSystem/allergyintolerance"


@dataclass(frozen=True, slots=True, kw_only=True)
class _Form:
    """Where each part stands in the resource, and what is always the same in it."""

    type: str
    profile: str
    subject: str = "subject"
    code: str = "code"
    recorded: str
    codes: Mapping[str, tuple[str, str]] = field(default_factory=dict)
    status: str | None = None


_FORMS: Final[Mapping[CopiedKind, _Form]] = {
    "problem": _Form(
        type="Condition",
        profile="copied-problem",
        recorded="recordedDate",
        codes={"clinicalStatus": (CLINICAL_STATUS, "active")},
    ),
    "medication": _Form(
        type="MedicationStatement",
        profile="copied-medication",
        code="medicationCodeableConcept",
        recorded="dateAsserted",
        status="unknown",
    ),
    "allergy": _Form(
        type="AllergyIntolerance",
        profile="copied-allergy",
        subject="patient",
        recorded="recordedDate",
        codes={
            "clinicalStatus": (f"{_ALLERGY}-clinical", "active"),
            "verificationStatus": (f"{_ALLERGY}-verification", "unconfirmed"),
        },
    ),
    "measurement": _Form(
        type="Observation",
        profile="copied-measurement",
        recorded="effectiveDateTime",
        status="final",
    ),
}


def to_fhir(item: CopiedItem, ids: Ids) -> list[Json]:
    form, number, owner = _FORMS[item.kind], item.identifier, item.copied_by.ura
    id_ = ids.of(form.type, owner, number.system, number.value)
    profile = form.profile
    source = item.source
    copied = resource(
        form.type,
        id_,
        profile,
        synthetic=item.synthetic,
        identifier=[identifier(number.system, number.value, owner)],
        status=form.status,
        **{name: concept(*code) for name, code in form.codes.items()},
        **{
            form.code: present(
                {
                    "coding": [] if item.code is None else [present(item.code.model_dump())],
                    "text": item.text,
                }
            ),
            form.subject: reference("Patient", item.patient),
            form.recorded: None if source.recorded_on is None else source.recorded_on.isoformat(),
        },
        valueString=item.value,
    )
    provenance = copy_provenance(
        HandCopy(
            target=(form.type, id_),
            number=number,
            by=item.copied_by,
            function=item.function,
            at=item.copied_at,
        ),
        [
            {
                "type": form.type,
                "identifier": identifier(
                    source.identifier.system, source.identifier.value, source.practice
                ),
            }
        ],
        ids,
        synthetic=item.synthetic,
    )
    return [copied, provenance]


def from_fhir(resources: Sequence[Json], ids: Ids) -> CopiedItem:
    """FhirError 422 with a path for everything that has no place in the record."""
    message = Message(resources, ids)
    kind, form = _form_of(resources)
    root = message.one(form.type)
    number, owner = read_identifier(root.only("identifier"))
    id_ = ids.of(form.type, owner, number.system, number.value)
    message.identify(root, id_)
    copied, _, (what,) = read_copy_provenance((form.type, id_), number, message)
    if copied.by.ura != owner:
        refuse(root.at("identifier"), "value", "Het nummer hoort van wie overneemt te zijn.")
    if form.status is not None:
        root.fixed("status", form.status)
    for name, code in form.codes.items():
        take_fixed_code(root.child(name), *code)
    what.fixed("type", form.type)
    original, practice = read_identifier(what.child("identifier"))
    text = root.child(form.code)
    item = build(
        CopiedItem,
        root.path,
        identifier=number,
        patient=message.id_of(root.child(form.subject), "Patient"),
        kind=kind,
        text=text.value("text", reader.TEXT),
        code=read_coded(text.only_or_none("coding")),
        value=_read_value(root, kind),
        source=build(
            SourceItem,
            what.path,
            practice=practice,
            identifier=original,
            recorded_on=root.optional(form.recorded, reader.MOMENT),
        ),
        copied_by=copied.by,
        function=copied.function,
        copied_at=copied.at,
    )
    return item.model_copy(update={"synthetic": message.finish()})


def _form_of(resources: Sequence[Json]) -> tuple[CopiedKind, _Form]:
    types = {resource.get("resourceType") for resource in resources}
    found = [(kind, form) for kind, form in _FORMS.items() if form.type in types]
    if len(found) != 1:
        refuse("Provenance.target", "structure", "Eén item per keer wordt overgenomen.", "R-29")
    return found[0]


def _read_value(root: Element, kind: CopiedKind) -> str | None:
    return root.value("valueString", reader.TEXT) if kind == "measurement" else None
