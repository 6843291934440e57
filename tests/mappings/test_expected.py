"""What belongs at a path, in words, read from the models themselves."""

import pytest

from mappings.expected import expected
from mappings.records.care_plan import CarePlan
from mappings.records.referral import Referral


@pytest.mark.parametrize(
    ("path", "words"),
    [
        ("Referral.patient.birthDate", "datum: JJJJ-MM-DD"),
        ("Referral.patient.bsn", "burgerservicenummer dat aan de elfproef voldoet"),
        ("Referral.complexity", "een van: multi-domain, interfering"),
        ("Referral.problems[0].code", "een object met system, code"),
        ("Referral.problems", "een lijst van: een object met identifier, domain, text"),
        ("Referral.receiver.ura", "URA-nummer: 8 cijfers"),
        ("Referral.homeVisit", "true of false"),
    ],
)
def test_a_field_tells_what_belongs_in_it(path: str, words: str) -> None:
    assert expected(Referral, path) == words


def test_a_list_within_a_part_is_found() -> None:
    assert expected(CarePlan, "CarePlan.goals[3].due") == "datum: JJJJ-MM-DD"


@pytest.mark.parametrize("path", ["Referral", "Referral.nergens", "Referral.patient.nergens", ""])
def test_a_path_to_no_field_has_no_words(path: str) -> None:
    assert expected(Referral, path) is None
