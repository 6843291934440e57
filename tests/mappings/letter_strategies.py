"""Hypothesis strategies: any letter that our models accept."""

from datetime import date, timedelta
from typing import Any

from hypothesis import strategies as st

from mappings.letters import letter_codes
from mappings.records.base import Period
from mappings.records.closing import NoSuccessor
from mappings.records.closing_summary import ClosingSection, ClosingSummary
from mappings.records.consult_report import ConsultReport, ConsultSection
from mappings.records.data_use_letter import DataUseLetter, DataUseSection, Folder
from mappings.records.letter import LetterContact, LetterStatus
from mappings.records.mdo_report import MdoReport, MdoSection
from mappings.records.patient_plan_letter import PatientPlanLetter, PlanSection
from mappings.records.trajectory import ClosePerson
from mappings.records.transfer_bundle import TransferBundle, TransferSection
from mappings.toolkit import codes
from tests.mappings.strategies import (
    identifiers,
    lines,
    logical_ids,
    maybe,
    moments,
    one_of,
    parties,
    record,
    some,
    staff,
    systems,
    texts,
)

_close = record(ClosePerson, related_person=logical_ids)
_patient_side = st.just("patient") | _close
_contacts = st.one_of(
    record(LetterContact, phone=lines, email=maybe(lines)), record(LetterContact, email=lines)
)
_entries = st.builds(
    lambda kind, id_: f"{kind}/{id_}", st.sampled_from(("Goal", "Consent")), logical_ids
)


def _unique(element: st.SearchStrategy) -> st.SearchStrategy:
    return st.lists(element, min_size=1, max_size=3, unique=True).map(tuple)


def _sections(
    kind: type, topics: object, *required: str, **fields: st.SearchStrategy
) -> st.SearchStrategy:
    """Sections of a topic each, the required ones among them."""
    optional = [topic for topic in _codes(topics) if topic not in required]
    chosen = st.lists(st.sampled_from(optional), unique=True, min_size=0 if required else 1)
    return chosen.flatmap(
        lambda more: st.tuples(
            *(
                record(kind, topic=st.just(topic), text=texts, **fields)
                for topic in (*required, *more)
            )
        )
    )


def _codes(topics: object) -> tuple[str, ...]:
    return topics.__args__  # type: ignore[attr-defined] # of a Literal


def _letters(kind: type, recipients: st.SearchStrategy, **fields: st.SearchStrategy) -> Any:
    shared = {
        "identifier": identifiers,
        "patient": logical_ids,
        "author": staff,
        "author_function": one_of(codes.Function),
        "written_on": moments,
        "status": one_of(LetterStatus),
        "recipients": _unique(recipients),
        "contact": _contacts,
        "synthetic": st.booleans(),
    }
    return record(kind, **{**shared, **fields})


data_use_letters = record(
    DataUseLetter,
    identifier=identifiers,
    patient=logical_ids,
    trajectory=logical_ids,
    version=lines,
    signatory=staff,
    handed_out_by=staff,
    handed_out_on=moments,
    location=lines,
    recipient=_patient_side,
    explained_orally=st.booleans(),
    contact=_contacts,
    sections=_sections(DataUseSection, letter_codes.DataUseTopic),
    folder=record(Folder, title=lines, version=lines, address=maybe(systems)),
    synthetic=st.booleans(),
)
patient_plan_letters = _letters(
    PatientPlanLetter,
    _patient_side,
    trajectory=logical_ids,
    plan=logical_ids,
    title=lines,
    language=st.sampled_from(("nl", "ar", "tr")),
    reading_level=one_of(letter_codes.ReadingLevel),
    volume=one_of(letter_codes.LetterVolume),
    sections=_sections(PlanSection, letter_codes.PlanTopic, heading=lines),
)
_answer = ("question", "findings", "advice")


@st.composite
def consult_reports(draw: st.DrawFn) -> ConsultReport:
    suffices = draw(st.booleans())
    required = _answer if suffices else (*_answer, "why-not-enough")
    policy = draw(st.booleans())
    topics = (*required, "policy") if policy else required
    return draw(
        _letters(
            ConsultReport,
            parties,
            author_function=st.just("meso-so"),
            referral=logical_ids,
            suffices=st.just(suffices),
            sections=st.tuples(
                *(record(ConsultSection, topic=st.just(topic), text=texts) for topic in topics)
            ),
        )
    )


mdo_reports = _letters(
    MdoReport,
    parties | _patient_side,
    trajectory=logical_ids,
    meeting=logical_ids,
    audience=maybe(one_of(codes.Function)),
    sections=_sections(MdoSection, letter_codes.MdoTopic),
)
_past = st.builds(
    lambda start, length: Period(start=start, end=start + timedelta(days=length)),
    st.dates(date(2000, 1, 1), date(2030, 1, 1)),
    st.integers(2, 500),
)
closing_summaries = _letters(
    ClosingSummary,
    parties,
    trajectory=logical_ids,
    period=_past,
    end_reason=one_of(codes.EndReason),
    successor=st.one_of(parties, _patient_side, record(NoSuccessor, not_needed_reason=texts)),
    sections=_sections(
        ClosingSection, letter_codes.ClosingTopic, "course", "what-is-left", "tomorrow"
    ),
)
transfer_bundles = _letters(
    TransferBundle,
    parties,
    trajectory=logical_ids,
    destination=one_of(letter_codes.TransferDestination),
    sections=_sections(
        TransferSection,
        letter_codes.TransferTopic,
        *("acp-wishes", "medication", "plan-summary", "contacts"),
        as_of=moments,
        entries=some(_entries),
    ),
)
