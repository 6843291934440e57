"""The assessment: components done or left out, visits, and what naasten need."""

from collections.abc import Callable
from typing import Any

import pytest

from adapter.fhir.issues import FhirError
from mappings.plan import assessment as mapping
from mappings.records.assessment import Assessment
from mappings.records.base import parse_record
from tests.mappings.builders import GP, IDS, NURSING, URA
from tests.mappings.diagnosis_builders import SO, assessment, component, left_out

Json = dict[str, Any]
Change = Callable[[dict[str, Json]], object]


def record(**overrides: object) -> Assessment:
    return parse_record(Assessment, assessment(**overrides))


def parts(found: Assessment | None = None) -> dict[str, Json]:
    """The resources, by key; "" is the whole."""
    written = mapping.to_fhir(found or record(), IDS)
    return {r["identifier"][0]["value"].partition("/")[2]: r for r in written}


def _with(code: str, **overrides: object) -> Json:
    """The example with one component changed."""
    changed = [
        {**item, **overrides} if item["component"] == code else item
        for item in assessment()["components"]
    ]
    return {"components": changed}


def _without(code: str) -> list[Json]:
    return [item for item in assessment()["components"] if item["component"] != code]


REFUSED_RECORDS: dict[str, tuple[Json, Json]] = {
    "a component done by nobody": (_with("D4", assessors=[]), _with("D4", finding=None)),
    "a component done and left out": (_with("D4", reason="Geen tijd"), _with("D4", on=None)),
    "a component left out without a reason": (_with("D5", reason=None), _with("D5", reason="Nee")),
    "a component left out and found": (_with("D5", finding="Somber"), _with("D9", finding="Goed")),
    "a component left out by somebody": (_with("D5", assessors=[SO]), _with("D9", assessors=[SO])),
    "a component twice": (
        {"components": [*assessment()["components"], component("D4")]},
        {"components": [*assessment()["components"], component("D1a")]},
    ),
    "a completed assessment without an answer": (
        {"components": _without("D7")},
        {"components": [*_without("D7"), left_out("D7", "Net geprikt")]},
    ),
    "a completed assessment with part of the history only": (
        {"components": _without("D1")},
        {"components": _without("D1c")},
    ),
    "a component at a visit that was none": (
        _with("D4", contact="kliniek"),
        _with("D4", contact="thuis"),
    ),
    "a visit of nobody": (
        {"contacts": [{**assessment()["contacts"][0], "staff": []}, assessment()["contacts"][1]]},
        {"contacts": [{**assessment()["contacts"][0], "naasten": []}, assessment()["contacts"][1]]},
    ),
    "a need with the key of a visit": (
        {"naasteNeeds": [{**assessment()["naasteNeeds"][0], "key": "thuis"}]},
        {"naasteNeeds": [{**assessment()["naasteNeeds"][0], "key": "thuis-2"}]},
    ),
    "a need with the key of a component": (
        {"naasteNeeds": [{**assessment()["naasteNeeds"][0], "key": "D4"}]},
        {"naasteNeeds": [{**assessment()["naasteNeeds"][0], "key": "D1a"}]},
    ),
    "a source of another kind": (
        _with("D7", sources=["Condition/c-1"]),
        _with("D7", sources=["Observation/c-1"]),
    ),
    "a version that is no number": ({"version": True}, {"version": 1}),
}


@pytest.mark.parametrize(("refused", "_"), REFUSED_RECORDS.values(), ids=REFUSED_RECORDS.keys())
def test_an_assessment_that_does_not_hang_together_is_refused(refused: Json, _: Json) -> None:
    with pytest.raises(FhirError):
        record(**refused)


@pytest.mark.parametrize(("_", "allowed"), REFUSED_RECORDS.values(), ids=REFUSED_RECORDS.keys())
def test_its_neighbour_is_taken_and_comes_back(_: Json, allowed: Json) -> None:
    found = record(**allowed)
    written = mapping.to_fhir(found, IDS)
    assert mapping.from_fhir(written, IDS).model_copy(update={"version": found.version}) == found


def test_an_assessment_under_way_need_not_answer_all() -> None:
    found = record(status="in-progress", components=[component("D8")], naasteNeeds=[])
    assert mapping.from_fhir(mapping.to_fhir(found, IDS), IDS) == found


def test_where_a_visit_was_is_its_class() -> None:
    assert [parts()[key]["class"]["code"] for key in ("thuis", "praktijk")] == ["HH", "AMB"]


def test_a_component_that_was_left_out_says_why_and_who_did_it_does_not() -> None:
    found = parts()["D5"]
    assert (found["status"], found["dataAbsentReason"]["text"]) == (
        "cancelled",
        "Geen aanwijzingen, zij wil het nu niet",
    )
    assert "performer" not in found


def test_what_a_naaste_needs_is_a_resource_of_its_own_about_the_naaste() -> None:
    found = parts()
    assert found["dochter"]["focus"] == [
        {"reference": "RelatedPerson/rp-1", "type": "RelatedPerson"}
    ]
    others = [r for key, r in found.items() if key not in {"dochter", "thuis"}]
    assert "rp-1" not in str(others)


def _link(kind: str, id_: str) -> Json:
    return {"reference": f"{kind}/{id_}"}


REFUSED: dict[str, tuple[Change, str]] = {
    "no trajectory": (
        lambda found: found[""].pop("extension"),
        "ClinicalImpression.extension",
    ),
    "a component of another trajectory": (
        lambda found: found["D4"]["extension"][0].update(
            valueReference=_link("EpisodeOfCare", "e-2")
        ),
        "Observation.extension[0].valueReference",
    ),
    "a component without its trajectory": (
        lambda found: found["D4"].pop("extension"),
        "Observation.extension",
    ),
    "a component about another patient": (
        lambda found: found["D4"].update(subject=_link("Patient", "p-2")),
        "Observation.subject",
    ),
    "a component with a number of another assessment": (
        lambda found: found["D4"]["identifier"][0].update(value="o-13/D4"),
        "Observation.identifier",
    ),
    "a component whose number says another": (
        lambda found: found["D4"]["identifier"][0].update(value="o-12/D1a"),
        "Observation.identifier",
    ),
    "a component that the whole calls another": (
        lambda found: found[""]["investigation"][4]["code"]["coding"][0].update(code="D1a"),
        "ClinicalImpression.investigation[4].code",
    ),
    "a component named twice": (
        lambda found: found[""]["investigation"].append(found[""]["investigation"][0]),
        "Observation",
    ),
    "a component that the whole does not name": (
        lambda found: found[""]["investigation"].pop(),
        "ClinicalImpression",
    ),
    "somebody without a function": (
        lambda found: found["D4"]["performer"][0].pop("extension"),
        "Observation.performer[0].extension",
    ),
    "a reason that is another": (
        lambda found: found["D5"]["dataAbsentReason"]["coding"][0].update(code="unknown"),
        "Observation.dataAbsentReason.coding[0].code",
    ),
    "a component done with a reason not to": (
        lambda found: found["D5"].update(status="final"),
        "Observation",
    ),
    "a visit that is not of this assessment": (
        lambda found: found["D4"].update(encounter=_link("Encounter", "x")),
        "Observation.encounter.reference",
    ),
    "a visit of another practice": (
        lambda found: found["thuis"].update(
            serviceProvider={"identifier": {"system": URA, "value": NURSING}}
        ),
        "Encounter.serviceProvider",
    ),
    "a visit of another trajectory": (
        lambda found: found["thuis"].update(episodeOfCare=[_link("EpisodeOfCare", "e-2")]),
        "Encounter.episodeOfCare",
    ),
    "a visit elsewhere": (
        lambda found: found["thuis"]["class"].update(code="EMER"),
        "Encounter.class.code",
    ),
    "a visit named twice": (
        lambda found: found[""]["supportingInfo"].append(found[""]["supportingInfo"][0]),
        "Encounter",
    ),
    "a need of nobody": (
        lambda found: found["dochter"].pop("focus"),
        "Observation.focus",
    ),
    "a need of another kind": (
        lambda found: found["dochter"]["code"]["coding"][0].update(code="D4"),
        "Observation.code.coding[0].code",
    ),
    "an assessor of nowhere": (
        lambda found: found[""].update(assessor={"identifier": {"system": URA, "value": GP}}),
        "ClinicalImpression.assessor",
    ),
}


@pytest.mark.parametrize(("change", "path"), REFUSED.values(), ids=REFUSED.keys())
def test_an_assessment_in_fhir_that_does_not_fit_is_refused_with_its_path(
    change: Change, path: str
) -> None:
    found = parts()
    change(found)
    with pytest.raises(FhirError) as caught:
        mapping.from_fhir(list(found.values()), IDS)
    assert caught.value.status == 422
    assert caught.value.issues[0].expression == path


def test_a_version_of_a_server_comes_back() -> None:
    written = mapping.to_fhir(record(), IDS)
    written[0]["meta"]["versionId"] = "7"
    assert mapping.from_fhir(written, IDS).version == 7
