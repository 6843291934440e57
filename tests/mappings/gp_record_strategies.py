"""Hypothesis strategies: what MESO takes from the GP's record, and what it tells without names."""

from datetime import timedelta

from hypothesis import strategies as st

from adapter.fhir.json import encode
from mappings.anonymous import aggregate_codes, case_codes
from mappings.gp_record import gp_record_codes
from mappings.records import (
    anonymous_aggregate,
    anonymous_case,
    copied_item,
    medication_discrepancy,
    ouderenmodule_copy,
    prescription_reference,
)
from tests.mappings.strategies import (
    coded,
    days,
    identifiers,
    instants,
    lines,
    logical_ids,
    maybe,
    moments,
    one_of,
    record,
    some,
    staff,
    systems,
    texts,
    uras,
)

_functions = one_of(ouderenmodule_copy.CopyingFunction)
_contents = st.builds(
    lambda own, id_, text: encode(
        {**own, "id": id_, "code": {"text": text}, "subject": {"reference": "Patient/his-1"}}
    ).decode(),
    st.sampled_from(
        (
            {"resourceType": "Condition"},
            {"resourceType": "Observation", "status": "final", "valueString": "61 kg"},
        )
    ),
    logical_ids,
    texts,
)

ouderenmodule_copies = record(
    ouderenmodule_copy.OuderenmoduleCopy,
    identifier=identifiers,
    patient=logical_ids,
    practice=uras,
    taken_at=instants,
    taken_by=staff,
    function=_functions,
    list_version=logical_ids,
    resources=some(
        record(ouderenmodule_copy.CopiedResource, address=maybe(systems), content=_contents)
    ),
    synthetic=st.booleans(),
)


@st.composite
def copied_items(draw: st.DrawFn) -> copied_item.CopiedItem:
    kind = draw(one_of(copied_item.CopiedKind))
    return copied_item.CopiedItem(
        identifier=draw(identifiers),
        patient=draw(logical_ids),
        kind=kind,
        text=draw(texts),
        code=draw(maybe(coded)),
        value=draw(texts) if kind == "measurement" else None,
        source=draw(
            record(
                copied_item.SourceItem,
                practice=uras,
                identifier=identifiers,
                recorded_on=maybe(moments),
            )
        ),
        copied_by=draw(staff),
        function=draw(_functions),
        copied_at=draw(instants),
        synthetic=draw(st.booleans()),
    )


prescriptions = record(
    prescription_reference.PrescriptionReference,
    identifier=identifiers,
    practice=uras,
    patient=logical_ids,
    status=one_of(prescription_reference.PrescriptionStatus),
    requester=staff,
    function=st.just("meso-so"),
    medication=texts,
    code=maybe(coded),
    dosage=maybe(texts),
    authored_on=moments,
    actions=some(logical_ids),
    synthetic=st.booleans(),
)


@st.composite
def _resolutions(draw: st.DrawFn) -> medication_discrepancy.Resolution:
    how = draw(one_of(gp_record_codes.DiscrepancySolution))
    return medication_discrepancy.Resolution(
        on=draw(moments),
        by=draw(staff),
        how=how,
        prescription=draw(maybe(logical_ids)) if how == "prescribed" else None,
    )


discrepancies = record(
    medication_discrepancy.MedicationDiscrepancy,
    identifier=identifiers,
    patient=logical_ids,
    action=logical_ids,
    discrepancy=one_of(gp_record_codes.Discrepancy),
    medication=texts,
    code=maybe(coded),
    found_on=moments,
    found_by=staff,
    remark=maybe(texts),
    resolution=maybe(_resolutions()),
    synthetic=st.booleans(),
)


@st.composite
def anonymous_cases(draw: st.DrawFn) -> anonymous_case.AnonymousCase:
    sent = draw(maybe(moments))
    facts = record(anonymous_case.Fact, topic=one_of(case_codes.FactTopic), text=texts)
    advice = record(anonymous_case.Advice, text=texts, given_on=moments)
    return anonymous_case.AnonymousCase(
        identifier=draw(identifiers),
        asked_by=draw(staff),
        advisor=draw(staff),
        question=draw(texts),
        facts=draw(
            st.lists(facts, min_size=1, max_size=3, unique_by=lambda fact: fact.topic).map(tuple)
        ),
        format=draw(systems),
        medium=draw(one_of(case_codes.CaseMedium)),
        sent_on=sent,
        session=draw(days),
        advice=None if sent is None else draw(maybe(advice)),
        synthetic=draw(st.booleans()),
    )


@st.composite
def _cells(draw: st.DrawFn) -> anonymous_aggregate.Cell:
    of = draw(maybe(st.integers(10, 500)))
    count = draw(maybe(st.integers(10, 500 if of is None else of)))
    if count is not None and of is not None and 0 < of - count < anonymous_aggregate.SMALLEST:
        count = of
    return anonymous_aggregate.Cell(label=draw(lines), count=count, of=of)


@st.composite
def aggregates(draw: st.DrawFn) -> anonymous_aggregate.AnonymousAggregate:
    start = draw(days)
    end = start + timedelta(days=draw(st.integers(0, 400)))
    made = end + timedelta(days=draw(st.integers(0, 100)))
    later = st.integers(0, 100).map(lambda count: made + timedelta(days=count))
    return anonymous_aggregate.AnonymousAggregate(
        identifier=draw(identifiers),
        practice=draw(uras),
        indicator=draw(one_of(aggregate_codes.Indicator)),
        start=start,
        end=end,
        made_on=made,
        gps=draw(st.integers(2, 60)),
        permissions=draw(some(lines, 2, 1)),
        protocol_version=draw(lines),
        cells=draw(
            st.lists(_cells(), min_size=1, max_size=3, unique_by=lambda cell: cell.label).map(tuple)
        ),
        publications=draw(some(record(anonymous_aggregate.Publication, on=later, recipient=lines))),
        synthetic=draw(st.booleans()),
    )
