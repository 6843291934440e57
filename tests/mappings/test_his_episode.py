"""The episode that MESO leaves in the GP's system: one title, one kind of author, in short."""

from collections.abc import Callable
from typing import Any

import pytest

from adapter.fhir.issues import FhirError
from mappings.gp_record import his_episode as mapping
from mappings.records.his_episode import HisEpisode
from mappings.toolkit.codes import FUNCTION
from tests.mappings import builders, referral_builders
from tests.mappings.builders import IDS, MESO

Json = dict[str, Any]


def record(**overrides: object) -> HisEpisode:
    return mapping.parse(referral_builders.his_episode(**overrides))


def broken(change: Callable[[Json, Json], Any]) -> list[tuple[str, str | None]]:
    """(path, rule) of what is refused after this change of episode and note."""
    written = mapping.to_fhir(record(), IDS)
    change(*written)
    with pytest.raises(FhirError) as caught:
        mapping.from_fhir(written, IDS)
    assert caught.value.status == 422
    return [(issue.expression, issue.rule) for issue in caught.value.issues]


# --- the title, R-24: the author --------------------------------------------------------


@pytest.mark.parametrize(
    "title", ["praktijk MESO", "Praktijk MESO ", "Praktijk  MESO", "MESO", "", None]
)
def test_another_title_is_refused(title: object) -> None:
    with pytest.raises(FhirError) as caught:
        record(title=title)
    assert [(i.expression, i.rule) for i in caught.value.issues] == [("HisEpisode.title", "R-25")]


@pytest.mark.parametrize("function", ["meso-nurse", "meso-so-trainee", "gp", None])
def test_another_author_than_the_so_is_refused(function: object) -> None:
    with pytest.raises(FhirError) as caught:
        record(authorFunction=function)
    assert [(i.expression, i.rule) for i in caught.value.issues] == [
        ("HisEpisode.authorFunction", "R-24")
    ]


def test_the_so_writes_an_episode_with_that_title() -> None:
    episode, note = mapping.to_fhir(record(), IDS)
    assert episode["extension"][0]["valueString"] == note["title"] == "Praktijk MESO"
    assert note["author"][0]["identifier"]["assigner"]["identifier"]["value"] == MESO


def test_another_fault_has_no_rule_of_its_own() -> None:
    with pytest.raises(FhirError) as caught:
        record(keeper="1")
    assert [(i.expression, i.rule) for i in caught.value.issues] == [("HisEpisode.keeper", None)]


# --- complete and short -----------------------------------------------------------------


def test_a_part_that_is_missing_or_long_is_a_warning() -> None:
    found = mapping.warnings(record(advice=None, policy="x" * 1001))
    assert [(i.expression, i.rule, i.severity) for i in found] == [
        ("HisEpisode.advice", "R-26", "warning"),
        ("HisEpisode.policy", "R-26", "warning"),
    ]
    assert mapping.to_fhir(record(advice=None), IDS)


def test_what_is_short_is_a_setting_and_what_is_whole_has_no_warning() -> None:
    assert mapping.warnings(record()) == []
    assert len(mapping.warnings(record(), longest=10)) == 3


# --- in FHIR ----------------------------------------------------------------------------------


def test_words_come_back_as_they_were() -> None:
    text = 'Bloeddruk < 140 & "stabiel"\n\n\tzie brief > 3 mei\r\n<p>'
    found = record(findings=text)
    assert mapping.from_fhir(mapping.to_fhir(found, IDS), IDS).findings == text


def _div(div: object) -> Callable[[Json, Json], Any]:
    return lambda _, note: note["section"][0]["text"].update(div=div)


XHTML = '<div xmlns="http://www.w3.org/1999/xhtml">'
DIV = "Composition.section[0].text.div"
REFUSED: dict[str, tuple[Callable[[Json, Json], Any], list[tuple[str, str | None]]]] = {
    "another title": (
        lambda e, _: e["extension"][0].update(valueString="Meso"),
        [("EpisodeOfCare.extension[0].valueString", "R-25")],
    ),
    "another title of the note": (
        lambda _, n: n.update(title="Meso"),
        [("Composition.title", "R-25")],
    ),
    "no title": (lambda e, _: e["extension"].pop(0), [("EpisodeOfCare.extension", "R-25")]),
    "another function": (
        lambda _, n: n["extension"][0].update(valueCoding=FUNCTION.coding("meso-nurse")),
        [("Composition.extension[0].valueCoding", "R-24")],
    ),
    "no function": (lambda _, n: n.pop("extension"), [("Composition.extension", "R-24")]),
    "no trajectory": (lambda e, _: e["extension"].pop(1), [("EpisodeOfCare.extension", None)]),
    "a running episode that has ended": (
        lambda e, _: e.update(status="active"),
        [("EpisodeOfCare.status", None)],
    ),
    "a note about somebody else": (
        lambda _, n: n["subject"].update(reference="Patient/p-2"),
        [("Composition.subject", None)],
    ),
    "a note about another episode": (
        lambda _, n: n["event"][0]["detail"][0].update(reference="EpisodeOfCare/x"),
        [("Composition.event", None)],
    ),
    "a note that is kept elsewhere": (
        lambda _, n: n.update(custodian={"identifier": {"system": builders.URA, "value": MESO}}),
        [("Composition.custodian", None)],
    ),
    "a part said twice": (
        lambda _, n: n["section"].append(n["section"][0]),
        [("Composition.section[3]", None)],
    ),
    "a part under another name": (
        lambda _, n: n["section"][0].update(title="Bijzonderheden"),
        [("Composition.section[0].title", None)],
    ),
    "a part without words": (
        lambda _, n: n["section"][0].pop("text"),
        [("Composition.section[0].text", None)],
    ),
    "words with markup": (_div(f"{XHTML}<p><b>Let op</b></p></div>"), [(DIV, None)]),
    "words outside a paragraph": (_div(f"{XHTML}Let op</div>"), [(DIV, None)]),
    "an entity that we do not write": (_div(f"{XHTML}<p>&eacute;</p></div>"), [(DIV, None)]),
    "no text at all": (_div(3), [(DIV, None)]),
    "nothing but spaces": (_div(f"{XHTML}<p> </p></div>"), [(DIV, None)]),
}


@pytest.mark.parametrize(("change", "expected"), REFUSED.values(), ids=REFUSED)
def test_what_does_not_fit_is_refused_with_its_path(
    change: Callable[[Json, Json], Any], expected: list[tuple[str, str | None]]
) -> None:
    assert broken(change) == expected
