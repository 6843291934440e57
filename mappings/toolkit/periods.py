"""A period of a record <-> Period.

https://hl7.org/fhir/R4/datatypes.html#Period
"""

from adapter.fhir.json import Json
from mappings.records.base import Period
from mappings.toolkit import reader
from mappings.toolkit.reader import Element, build
from mappings.toolkit.writing import present


def period_to_fhir(period: Period) -> Json:
    end = None if period.end is None else period.end.isoformat()
    return present({"start": period.start.isoformat(), "end": end})


def read_period(period: Element | None) -> Period | None:
    if period is None:
        return None
    return build(
        Period,
        period.path,
        start=period.value("start", reader.MOMENT),
        end=period.optional("end", reader.MOMENT),
    )
