"""Cases and figures that say of nobody who it is: R-55, R-56, R-58, R-59."""

from collections.abc import Callable
from typing import Any

import pytest

from adapter.fhir.issues import FhirError
from mappings.anonymous import anonymous_aggregate, anonymous_case
from mappings.anonymous.anonymity import identifying, timeliness
from mappings.anonymous.suppression import Counted, suppressed
from mappings.records.anonymous_aggregate import AnonymousAggregate, Cell
from mappings.records.anonymous_case import AnonymousCase
from mappings.records.base import parse_record
from tests.mappings import gp_record_builders as builders
from tests.mappings.builders import IDS

Json = dict[str, Any]


def case(**overrides: object) -> AnonymousCase:
    return parse_record(AnonymousCase, builders.anonymous_case(**overrides))


def about(text: str) -> AnonymousCase:
    return case(facts=[{"topic": "situation", "text": text}])


def aggregate(**overrides: object) -> AnonymousAggregate:
    return parse_record(AnonymousAggregate, builders.aggregate(**overrides))


def refused(read: Callable[[], object]) -> list[tuple[str, str | None]]:
    with pytest.raises(FhirError) as caught:
        read()
    return [(issue.expression, issue.rule) for issue in caught.value.issues]


# --- who is it about: R-55 --------------------------------------------------------------------

NAMES_SOMEBODY = [
    "BSN 999900006",
    "reg. 9999.00.006",
    "999 900 006 staat op het formulier",
    "bereikbaar op 06-12345678",
    "bel 0555 010203",
    "bel (085) 999 00 11",
    "bel +31 6 12345678",
    "mail dochter@post.example",
    "woont op 6999 ZZ",
    "woont op 6999ZX",
    "geboren 4-3-1942",
    "geb. 1942",
    "geboortedatum: 04-03-1942",
    "op 1942-03-04 ter wereld",
    "4 maart 1942",
    "mevrouw Wolderink valt vaak",
    "Mw. van Wolderink valt vaak",
    "mw. G. Wolderink",
    "de heer De Vries",
    "dhr. van den Berg",
    "overleg met J. de Vries",
    "overleg met G.M. Wolderink",
    "haar man heet Berend",
    "Geesje valt vaak",
    "zoon Willem belt dagelijks",
]
NAMES_NOBODY = [
    "monsternummer 123456789",
    "natrium 138, kalium 4,2, kreatinine 104",
    "RR 120/80, pols 76, saturatie 96",
    "gewicht 61,5 kg, lengte 1,62 m",
    "vitamine D 1000 IE per dag",
    "colecalciferol 25000 IE per maand",
    "in 2019 CT-schedel zonder afwijkingen",
    "2018 AF, 2020 MI, 2021 TIA",
    "opname op 12-03-2026 na een val",
    "MRI van 3 februari 2026",
    "M. Parkinson en M. Alzheimer",
    "ziekte van Parkinson, Lewy-lichaampjes",
    "vitamine D. Daarnaast paracetamol.",
    "hepatitis B. Gevaccineerd.",
    "Charcot-Marie-Tooth",
    "MMSE 21/30, Barthel 14/20, Katz-ADL 3",
    "mevrouw woont alleen; de heer des huizes is overleden",
    "vrouw van 80 tot 85 jaar, weduwe, 3 kinderen",
    "kleindochter geboren, 2 weken geleden",
    "Metoprolol 50 mg 1x daags, furosemide 40 mg 2x daags",
    "dosering 0,5 tot 1,0 mg zo nodig",
]


@pytest.mark.parametrize("text", NAMES_SOMEBODY)
def test_a_text_that_says_who_it_is_is_refused(text: str) -> None:
    found = identifying(about(text))
    assert {(issue.rule, issue.severity) for issue in found} == {("R-55", "error")}
    assert {issue.expression for issue in found} == {"AnonymousCase.facts[0].text"}
    assert not any(word in issue.text for issue in found for word in text.split() if len(word) > 5)


@pytest.mark.parametrize("text", NAMES_NOBODY)
def test_a_text_that_only_looks_like_it_passes(text: str) -> None:
    assert identifying(about(text)) == []


def test_question_advice_and_number_are_looked_at_too() -> None:
    said = "Is dit veilig voor mevrouw Wolderink?"
    fields = [
        case(question=said),
        case(advice={"text": said, "givenOn": "2026-06-10"}),
        case(identifier={"system": "https://singel.example/casus", "value": "999900006"}),
    ]
    found = [[issue.expression for issue in identifying(item)] for item in fields]
    assert found == [
        ["AnonymousCase.question"],
        ["AnonymousCase.advice.text"],
        ["AnonymousCase.identifier.value"],
    ]


def test_the_example_says_of_nobody_who_it_is() -> None:
    assert identifying(case()) == []


def test_a_case_about_a_patient_has_no_place() -> None:
    (asked, advice) = anonymous_case.to_fhir(case(), IDS)
    for name, value in (("subject", {"reference": "Patient/p-1"}), ("about", [{"display": "x"}])):
        assert refused(
            lambda n=name, v=value: anonymous_case.from_fhir([{**asked, n: v}, advice], IDS)
        ) == [(f"Communication.{name}", None)]


# --- in time: R-56 ----------------------------------------------------------------------------


def test_a_case_is_sent_a_week_before_the_session() -> None:
    assert [w.rule for w in timeliness(case(sentOn="2026-06-04", session="2026-06-10"))] == ["R-56"]
    assert timeliness(case(sentOn="2026-06-03", session="2026-06-10")) == []
    assert timeliness(case(sentOn=None, advice=None)) == []


def test_a_case_is_sent_by_mail() -> None:
    (warning,) = timeliness(case(medium="PHONE"))
    assert (warning.rule, warning.severity) == ("R-56", "warning")
    assert timeliness(case(medium="MAILWRIT")) == []


CASE: dict[str, tuple[Callable[[list[Json]], Any], str]] = {
    "no format": (lambda r: r[0].pop("instantiatesUri"), "Communication"),
    "no question": (lambda r: r[0]["payload"].pop(0), "Communication.payload"),
    "a part without a topic": (
        lambda r: r[0]["payload"][1].pop("extension"),
        "Communication.payload[1].extension",
    ),
    "advice by another": (
        lambda r: r[1].update(sender=r[1]["recipient"][0]),
        "Communication.sender",
    ),
    "advice on another case": (
        lambda r: r[1]["inResponseTo"][0].update(reference="Communication/x"),
        "Communication.inResponseTo",
    ),
    "advice that is a question": (
        lambda r: r[1].update(payload=r[0]["payload"][:1]),
        "Communication.payload[0]",
    ),
    "advice twice": (lambda r: r.append(r[1]), "Communication"),
    "not sent": (lambda r: r[0].update(status="preparation"), "Communication.status"),
}


@pytest.mark.parametrize(("change", "path"), CASE.values(), ids=CASE.keys())
def test_a_case_that_does_not_fit_is_refused_with_its_path(
    change: Callable[[list[Json]], Any], path: str
) -> None:
    resources = anonymous_case.to_fhir(case(), IDS)
    change(resources)
    assert refused(lambda: anonymous_case.from_fhir(resources, IDS)) == [(path, None)]


def test_every_part_of_the_template_is_there_once() -> None:
    twice = [{"topic": "situation", "text": "a"}, {"topic": "situation", "text": "b"}]
    assert refused(lambda: case(facts=twice))
    assert refused(lambda: case(sentOn=None))


# --- figures: R-58, R-59 ----------------------------------------------------------------------


def report() -> Json:
    return anonymous_aggregate.to_fhir(aggregate(), IDS)[0]


AGGREGATE: dict[str, tuple[Callable[[Json], Any], str, str | None]] = {
    "nine patients": (
        lambda r: r["group"][0]["population"][0].update(count=9),
        "MeasureReport.group[0].population[0].count",
        "R-58",
    ),
    "nobody": (
        lambda r: r["group"][0]["population"][0].update(count=0),
        "MeasureReport.group[0].population[0].count",
        "R-58",
    ),
    "one GP": (
        lambda r: r["extension"][0].update(valuePositiveInt=1),
        "MeasureReport.extension[0]",
        "R-58",
    ),
    "no permission": (
        lambda r: r["extension"].pop(1),
        "MeasureReport.extension",
        "R-59",
    ),
    "no protocol": (lambda r: r["extension"].pop(2), "MeasureReport.extension", "R-59"),
    "a patient": (
        lambda r: r.update(subject={"reference": "Patient/p-1"}),
        "MeasureReport.subject",
        None,
    ),
    "the patients behind it": (
        lambda r: r.update(evaluatedResource=[{"reference": "Patient/p-1"}]),
        "MeasureReport.evaluatedResource",
        None,
    ),
    "a report about one patient": (
        lambda r: r.update(type="individual"),
        "MeasureReport.type",
        None,
    ),
    "an unknown indicator": (
        lambda r: r.update(measure="https://elsewhere.example/Measure/mdos"),
        "MeasureReport.measure",
        None,
    ),
}


@pytest.mark.parametrize(("change", "path", "rule"), AGGREGATE.values(), ids=AGGREGATE.keys())
def test_figures_that_lead_back_to_somebody_are_refused(
    change: Callable[[Json], Any], path: str, rule: str | None
) -> None:
    found = report()
    change(found)
    assert refused(lambda: anonymous_aggregate.from_fhir([found], IDS)) == [(path, rule)]


def test_ten_patients_of_two_gps_may_be_shown() -> None:
    found = report()
    found["group"][0]["population"] = found["group"][0]["population"][:1]
    found["group"][0]["population"][0]["count"] = 10
    found["extension"][0]["valuePositiveInt"] = 2
    read = anonymous_aggregate.from_fhir([found], IDS)
    assert (read.cells[0].count, read.gps) == (10, 2)


def test_a_rest_that_is_small_is_shown_by_nobody() -> None:
    assert refused(lambda: aggregate(cells=[{"label": "a", "count": 85, "of": 88}]))
    assert aggregate(cells=[{"label": "a", "count": 78, "of": 88}]).cells[0].count == 78
    assert aggregate(cells=[{"label": "a", "count": 88, "of": 88}]).cells[0].count == 88


def test_small_counts_are_suppressed() -> None:
    counts = [Counted(label="a", count=9), Counted(label="b", count=10)]
    assert suppressed(counts, gps=2, permissions=["p"]) == [
        Cell(label="a"),
        Cell(label="b", count=10),
    ]


def test_a_single_suppressed_part_of_a_whole_takes_another_with_it() -> None:
    counts = [
        Counted(label="a", count=4, of=88),
        Counted(label="b", count=34, of=88),
        Counted(label="c", count=50, of=88),
    ]
    shown = suppressed(counts, gps=2, permissions=["p"])
    assert [cell.count for cell in shown] == [None, None, 50]


def test_two_suppressed_parts_hide_each_other() -> None:
    counts = [
        Counted(label="a", count=4, of=88),
        Counted(label="b", count=6, of=88),
        Counted(label="c", count=78, of=88),
    ]
    shown = suppressed(counts, gps=2, permissions=["p"])
    assert [cell.count for cell in shown] == [None, None, 78]


def test_a_small_whole_and_a_small_rest_are_suppressed() -> None:
    counts = [Counted(label="a", count=10, of=15), Counted(label="b", count=8, of=8)]
    shown = suppressed(counts, gps=2, permissions=["p"])
    assert [(cell.count, cell.of) for cell in shown] == [(None, 15), (None, None)]


def test_one_gp_or_no_permission_gives_no_figures() -> None:
    counts = [Counted(label="a", count=50)]
    assert refused(lambda: suppressed(counts, gps=1, permissions=[])) == [
        ("AnonymousAggregate.gps", "R-58"),
        ("AnonymousAggregate.permissions", "R-59"),
    ]
    assert suppressed(counts, gps=2, permissions=["p"]) == [Cell(label="a", count=50)]


def test_figures_are_published_after_they_were_made() -> None:
    early = [{"on": "2027-01-14", "recipient": "Gemeente"}]
    assert refused(lambda: aggregate(publications=early))
    same_day = [{"on": "2027-01-15", "recipient": "Gemeente"}]
    assert aggregate(publications=same_day).publications[0].recipient == "Gemeente"
