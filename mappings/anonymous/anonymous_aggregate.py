"""Anonymous figures <-> MeasureReport.

https://hl7.org/fhir/R4/measurereport.html

Always a summary, without `subject` and without `evaluatedResource`: one that has them is refused,
because the record has no place for them. A suppressed count is there as masked.
"""

from collections.abc import Sequence
from typing import Annotated, Final

from pydantic import Field, TypeAdapter

from adapter.fhir.constants import CANONICAL
from adapter.fhir.json import Json
from mappings.anonymous.aggregate_codes import INDICATOR, MEASURE_POPULATION, Indicator
from mappings.records.anonymous_aggregate import (
    FEWEST_GPS,
    SMALLEST,
    AnonymousAggregate,
    Cell,
    Publication,
)
from mappings.toolkit import reader
from mappings.toolkit.identity import Ids, identifier, organisation_reference
from mappings.toolkit.message import Message, read_identifier
from mappings.toolkit.reader import Element, build, is_coded, refuse, take_fixed_code
from mappings.toolkit.writing import HL7_EXTENSION, concept, extension, extension_url, resource

_GPS: Final = extension_url("aggregate-gps")
_PERMISSION: Final = extension_url("aggregate-permission")
_PROTOCOL: Final = extension_url("aggregate-protocol")
_PUBLICATION: Final = extension_url("aggregate-publication")
_ABSENT: Final = f"{HL7_EXTENSION}/data-absent-reason"
_MEASURE: Final = f"{CANONICAL}/Measure/"
_WHOLE_NUMBER: Final = TypeAdapter[int](Annotated[int, Field(strict=True, ge=0)])
_PART, _WHOLE = "numerator", "denominator"


def to_fhir(report: AnonymousAggregate, ids: Ids) -> list[Json]:
    number, owner = report.identifier, report.practice
    measured = resource(
        "MeasureReport",
        ids.of("MeasureReport", owner, number.system, number.value),
        "anonymous-aggregate",
        synthetic=report.synthetic,
        extension=[
            extension(_GPS, valuePositiveInt=report.gps),
            *(extension(_PERMISSION, valueString=found) for found in report.permissions),
            extension(_PROTOCOL, valueString=report.protocol_version),
            *(_publication(found) for found in report.publications),
        ],
        identifier=[identifier(number.system, number.value, owner)],
        status="complete",
        type="summary",
        measure=f"{_MEASURE}{report.indicator}",
        date=report.made_on.isoformat(),
        reporter=organisation_reference(ids, owner),
        period={"start": report.start.isoformat(), "end": report.end.isoformat()},
        group=[_group(cell) for cell in report.cells],
    )
    return [measured]


def from_fhir(resources: Sequence[Json], ids: Ids) -> AnonymousAggregate:
    """FhirError 422 with a path for everything that has no place in the record."""
    message = Message(resources, ids)
    root = message.one("MeasureReport")
    root.fixed("status", "complete")
    root.fixed("type", "summary")
    owner = message.organisation(root.child("reporter"))
    number, _ = read_identifier(root.only("identifier"), owner)
    permissions = root.extensions(_PERMISSION)
    if not permissions:
        refuse(
            root.at("extension"), "required", "De toestemming van de huisartsen ontbreekt.", "R-59"
        )
    protocol, gps = root.extension(_PROTOCOL), root.extension(_GPS)
    if protocol is None or gps is None:
        refuse(
            root.at("extension"), "required", "Protocol en aantal huisartsen horen erbij.", "R-59"
        )
    period = root.child("period")
    report = build(
        AnonymousAggregate,
        root.path,
        identifier=number,
        practice=owner,
        indicator=_read_indicator(root),
        start=period.value("start", reader.DAY),
        end=period.value("end", reader.DAY),
        made_on=root.value("date", reader.DAY),
        gps=_read_gps(gps),
        permissions=tuple(found.value("valueString", reader.LINE) for found in permissions),
        protocol_version=protocol.value("valueString", reader.LINE),
        cells=tuple(_read_group(group) for group in root.children("group")),
        publications=tuple(_read_publication(found) for found in root.extensions(_PUBLICATION)),
    )
    return report.model_copy(update={"synthetic": message.finish()})


def _read_indicator(root: Element) -> Indicator:
    measure = root.value("measure", reader.URI)
    known = INDICATOR.known(measure.removeprefix(_MEASURE))
    if known is None or not measure.startswith(_MEASURE):
        refuse(root.at("measure"), "code-invalid", "Deze indicator is niet bekend.")
    return known


def _publication(found: Publication) -> Json:
    parts = [
        extension("on", valueDate=found.on.isoformat()),
        extension("recipient", valueString=found.recipient),
    ]
    return extension(_PUBLICATION, extension=parts)


def _read_publication(found: Element) -> Publication:
    on, recipient = found.extension("on"), found.extension("recipient")
    if on is None or recipient is None:
        refuse(found.at("extension"), "required", "Een publicatie heeft een datum en ontvanger.")
    return build(
        Publication,
        found.path,
        on=on.value("valueDate", reader.DAY),
        recipient=recipient.value("valueString", reader.LINE),
    )


def _group(cell: Cell) -> Json:
    masked: Json = {"_count": {"extension": [extension(_ABSENT, valueCode="masked")]}}
    part = masked if cell.count is None else {"count": cell.count}
    populations = [{"code": concept(MEASURE_POPULATION, _PART), **part}]
    if cell.of is not None:
        populations.append({"code": concept(MEASURE_POPULATION, _WHOLE), "count": cell.of})
    return {"code": {"text": cell.label}, "population": populations}


def _read_group(group: Element) -> Cell:
    found: dict[str, int | None] = {}
    for item in group.children("population"):
        code = item.child("code")
        name = _WHOLE if is_coded(code, MEASURE_POPULATION, _WHOLE) else _PART
        take_fixed_code(code, MEASURE_POPULATION, name)
        if name in found:
            refuse(item.path, "structure", "Hier is plaats voor één deel en één geheel.")
        found[name] = _read_count(item)
    if _PART not in found or found.get(_WHOLE, 0) is None:
        refuse(
            group.at("population"), "required", "Een cijfer heeft een deel; een geheel is bekend."
        )
    return build(
        Cell,
        group.path,
        label=group.child("code").value("text", reader.LINE),
        count=found[_PART],
        of=found.get(_WHOLE),
    )


def _read_count(item: Element) -> int | None:
    """None when suppressed. A small count should have been, and is refused (R-58)."""
    beside = item.child_or_none("_count")
    if beside is not None:
        masked = beside.extension(_ABSENT)
        if masked is None:
            refuse(item.at("count"), "required", "Waarom het aantal ontbreekt.")
        masked.fixed("valueCode", "masked")
        return None
    count = item.value("count", _WHOLE_NUMBER)
    if count < SMALLEST:
        refuse(item.at("count"), "business-rule", "Een klein aantal is herleidbaar.", "R-58")
    return count


def _read_gps(found: Element) -> int:
    gps = found.value("valuePositiveInt", _WHOLE_NUMBER)
    if gps < FEWEST_GPS:
        refuse(found.path, "business-rule", "Cijfers van één huisarts zijn herleidbaar.", "R-58")
    return gps
