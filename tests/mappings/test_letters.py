"""Letters: what they must say, whom they are for, and how they read without FHIR."""

from collections.abc import Callable
from typing import Any

import pytest

from adapter.fhir.issues import FhirError
from mappings.letters import (
    closing_summary,
    consult_report,
    data_use_letter,
    mdo_report,
    patient_plan_letter,
    transfer_bundle,
)
from mappings.letters.letter_text import PARTIAL, readable
from mappings.records.base import parse_record
from mappings.records.closing_summary import ClosingSummary
from mappings.records.consult_report import ConsultReport
from mappings.records.data_use_letter import DataUseLetter
from mappings.records.mdo_report import MdoReport
from mappings.records.parties import Party
from mappings.records.patient_plan_letter import PatientPlanLetter
from mappings.records.transfer_bundle import TransferBundle
from tests.mappings import letter_builders as builders
from tests.mappings.builders import AIT_OUALI, GP, IDS

Json = dict[str, Any]


def refused(parse: Callable[[], object]) -> list[tuple[str, str]]:
    """(code, path) of what is refused."""
    with pytest.raises(FhirError) as caught:
        parse()
    return [(issue.code, issue.expression) for issue in caught.value.issues]


def consult(**overrides: object) -> ConsultReport:
    return parse_record(ConsultReport, builders.consult_report(**overrides))


# --- data-use letter, R-10 --------------------------------------------------------------------


def test_the_handing_over_names_letter_and_folder_and_says_no_word_itself() -> None:
    letter = parse_record(DataUseLetter, builders.data_use_letter())
    act, text, folder = data_use_letter.to_fhir(letter, IDS)
    assert [item["contentReference"]["reference"] for item in act["payload"]] == [
        f"Composition/{text['id']}",
        f"DocumentReference/{folder['id']}",
    ]
    assert all(set(item) == {"contentReference"} for item in act["payload"])


@pytest.mark.parametrize(("spoken", "media"), [(True, 2), (False, 1)])
def test_a_letter_that_was_explained_has_a_second_medium(spoken: bool, media: int) -> None:
    sent = builders.data_use_letter(explainedOrally=spoken)
    act, *_ = data_use_letter.to_fhir(parse_record(DataUseLetter, sent), IDS)
    assert len(act["medium"]) == media


def test_a_data_use_letter_is_not_for_a_care_provider() -> None:
    sent = builders.data_use_letter(recipient={"ura": GP})
    assert refused(lambda: parse_record(DataUseLetter, sent))


def test_a_handing_over_on_another_day_than_the_letter_is_refused() -> None:
    written = data_use_letter.to_fhir(parse_record(DataUseLetter, builders.data_use_letter()), IDS)
    written[0]["sent"] = "2026-05-21"
    assert refused(lambda: data_use_letter.from_fhir(written, IDS)) == [
        ("business-rule", "Communication.sent")
    ]


def test_a_letter_without_a_way_to_reach_the_practice_is_refused() -> None:
    sent = builders.data_use_letter(contact={})
    assert refused(lambda: parse_record(DataUseLetter, sent)) == [
        ("value", "DataUseLetter.contact")
    ]


# --- patient version of the plan, R-101 -------------------------------------------------------


def test_a_patient_letter_keeps_its_language_and_own_headings() -> None:
    letter = parse_record(PatientPlanLetter, builders.in_arabic())
    (written,) = patient_plan_letter.to_fhir(letter, IDS)
    assert written["language"] == "ar"
    assert [part["title"] for part in written["section"]] == ["ما هو مهم لك"]


def test_a_patient_letter_without_language_is_refused() -> None:
    letter = parse_record(PatientPlanLetter, builders.patient_plan_letter())
    (written,) = patient_plan_letter.to_fhir(letter, IDS)
    del written["language"]
    assert refused(lambda: patient_plan_letter.from_fhir([written], IDS)) == [
        ("required", "Composition.language")
    ]


# --- consult report, R-104 --------------------------------------------------------------------


def test_a_consult_that_is_not_enough_says_why() -> None:
    assert refused(lambda: consult(suffices=False)) == [("business-rule", "ConsultReport")]


def test_a_consult_that_is_enough_says_nothing_of_the_sort() -> None:
    sent = {**builders.not_enough(), "suffices": True}
    assert refused(lambda: parse_record(ConsultReport, sent))


def test_a_consult_that_is_not_enough_and_says_why_is_taken() -> None:
    report = parse_record(ConsultReport, builders.not_enough())
    assert consult_report.from_fhir(consult_report.to_fhir(report, IDS), IDS) == report


def test_only_an_so_answers_a_consult() -> None:
    assert refused(lambda: consult(authorFunction="meso-nurse"))


def test_a_report_in_fhir_by_another_function_is_refused_with_the_rule() -> None:
    (written,) = consult_report.to_fhir(consult(), IDS)
    function = next(e for e in written["extension"] if e["url"].endswith("author-function"))
    function["valueCoding"]["code"] = "meso-nurse"
    with pytest.raises(FhirError) as caught:
        consult_report.from_fhir([written], IDS)
    assert [issue.rule for issue in caught.value.issues] == ["R-104"]


def test_a_report_without_an_answer_is_refused() -> None:
    sections = [builders.section("question", "Waarom?")]
    assert refused(lambda: consult(sections=sections))


def test_a_topic_of_another_letter_is_refused() -> None:
    sections = [*builders.consult_report()["sections"], builders.section("course", "Goed.")]
    assert refused(lambda: consult(sections=sections)) == [
        ("code-invalid", "ConsultReport.sections[4].topic")
    ]


def test_a_topic_that_comes_twice_is_refused() -> None:
    sections = builders.consult_report()["sections"]
    assert refused(lambda: consult(sections=[*sections, sections[0]]))


def test_another_document_is_no_consult_report() -> None:
    written = mdo_report.to_fhir(parse_record(MdoReport, builders.mdo_report()), IDS)
    assert refused(lambda: consult_report.from_fhir(written, IDS)) == [
        ("code-invalid", "Composition.type")
    ]


# --- closing summary, transfer ----------------------------------------------------------------


def test_a_closing_summary_says_how_to_go_on_tomorrow() -> None:
    sections = [
        part for part in builders.closing_summary()["sections"] if part["topic"] != "tomorrow"
    ]
    sent = builders.closing_summary(sections=sections)
    assert refused(lambda: parse_record(ClosingSummary, sent))


def test_a_trajectory_that_goes_on_has_no_closing_summary() -> None:
    sent = builders.closing_summary(period={"start": "2026-05-20"})
    assert refused(lambda: parse_record(ClosingSummary, sent))


def test_the_end_reason_is_the_code_of_the_event() -> None:
    summary = parse_record(ClosingSummary, builders.closing_summary())
    (written,) = closing_summary.to_fhir(summary, IDS)
    (event,) = written["event"]
    assert [coding["code"] for code in event["code"] for coding in code["coding"]] == ["END-1"]


def test_a_transfer_without_a_part_of_the_sheet_is_refused() -> None:
    sent = builders.transfer_bundle()
    for topic in ("acp-wishes", "medication", "plan-summary", "contacts"):
        sections = [part for part in sent["sections"] if part["topic"] != topic]
        part = {**sent, "sections": sections}
        assert refused(lambda part=part: parse_record(TransferBundle, part)), topic


def test_every_part_of_a_transfer_tells_its_age() -> None:
    transfer = parse_record(TransferBundle, builders.transfer_bundle())
    (written,) = transfer_bundle.to_fhir(transfer, IDS)
    ages = [part["extension"][0]["valueDateTime"] for part in written["section"]]
    assert ages == [section.as_of.isoformat() for section in transfer.sections]


# --- readable text ----------------------------------------------------------------------------


def test_a_consult_report_reads_as_a_letter() -> None:
    names = {GP: "Huisartspraktijk Wilgenhof"}
    text = readable(consult(), lambda who: names.get(getattr(who, "ura", ""), "J. Roelvink"))
    assert text.startswith(
        "Consultverslag\n"
        "==============\n"
        "Datum: 2 juni 2026, 16:10 uur\n"
        "Van: J. Roelvink (Specialist ouderengeneeskunde)\n"
        "Aan: Huisartspraktijk Wilgenhof\n"
        "Een consult volstaat: ja\n"
        "Contact: telefoon 026-5550100, e-mail meso@singel.example\n"
        "\n"
        "Vraag\n"
        "-----\n"
        "Waardoor valt mevrouw?\n"
    )


def test_a_report_for_one_audience_says_that_it_is_a_part() -> None:
    text = readable(parse_record(MdoReport, builders.mdo_report()))
    assert PARTIAL in text
    assert "Voor: Wijkverpleegkundige" in text


def test_a_draft_says_so() -> None:
    text = "Concept, nog niet ondertekend"
    assert text in readable(parse_record(ConsultReport, builders.not_enough()))
    assert text not in readable(consult())


def test_a_closing_summary_names_who_takes_the_lead() -> None:
    nurse = Party(**AIT_OUALI)
    summary = parse_record(ClosingSummary, builders.closing_summary())
    text = readable(summary, lambda who: "S. Ait Ouali" if who == nurse else "iemand")
    assert "Regie na MESO: S. Ait Ouali" in text
    assert "Traject: 20 mei 2026 tot 12 november 2026" in text


def test_a_closing_summary_without_successor_says_why() -> None:
    summary = parse_record(ClosingSummary, builders.without_successor())
    assert "Regie na MESO: niet nodig. Mevrouw overleed." in readable(summary)


def test_a_transfer_shows_the_age_of_each_part() -> None:
    text = readable(parse_record(TransferBundle, builders.transfer_bundle()))
    assert "Medicatie\n---------\nStand van 1 juni 2026\nFurosemide 40 mg.\n" in text


def test_a_data_use_letter_shows_when_and_where_it_was_given() -> None:
    text = readable(parse_record(DataUseLetter, builders.data_use_letter()))
    assert "Uitgereikt: 20 mei 2026, Bij mevrouw thuis" in text
    assert "Mondeling toegelicht: ja" in text


def test_a_patient_letter_has_its_own_title_and_headings() -> None:
    text = readable(parse_record(PatientPlanLetter, builders.patient_plan_letter()))
    assert text.startswith("Uw plan in het kort\n===================\n")
    assert "Wie helpt u\n-----------\n" in text


def test_a_generated_narrative_is_not_read() -> None:
    report = consult()
    (written,) = consult_report.to_fhir(report, IDS)
    div = '<div xmlns="http://www.w3.org/1999/xhtml"><p>Anders verteld</p></div>'
    written["text"] = {"status": "generated", "div": div}
    assert consult_report.from_fhir([written], IDS) == report


def test_a_narrative_that_may_say_more_is_refused() -> None:
    (written,) = consult_report.to_fhir(consult(), IDS)
    written["text"] = {"status": "additional", "div": "<div>Meer</div>"}
    assert refused(lambda: consult_report.from_fhir([written], IDS)) == [
        ("structure", "Composition.text")
    ]
