"""What surrounds a referral: a place for each thing that came along, a path for what does not fit."""

import copy
from collections.abc import Callable
from typing import Any

import pytest

from adapter.fhir.issues import FhirError
from mappings.records.base import parse_record
from mappings.records.referral import Referral
from mappings.referral import referral as mapping
from tests.mappings import referral_builders, supplier
from tests.mappings.builders import IDS, NURSING
from tests.mappings.supplier import resource_of

Json = dict[str, Any]


def record(**overrides: object) -> Referral:
    return parse_record(Referral, referral_builders.full_referral(**overrides))


def written() -> tuple[list[Json], Json]:
    """All resources, and the ServiceRequest among them."""
    found = mapping.to_fhir(record(), IDS)
    return found, found[0]


@pytest.mark.parametrize(
    "overrides",
    [
        {"involved": [{"kind": "formal"}]},
        {"involved": [{"kind": "formal", "party": {"ura": NURSING}, "name": "Beide"}]},
        {"involved": [{"kind": "informal", "party": {"ura": NURSING}}]},
        {"finance": {}},
        {"finance": {"insurer": "99"}},
        {"supplied": [{"document": {"system": "https://x.example/d", "value": "1"}}]},
        {"notes": [{"text": " "}]},
    ],
)
def test_a_record_that_says_too_little_or_too_much_is_refused(overrides: Json) -> None:
    with pytest.raises(FhirError) as caught:
        record(**overrides)
    assert caught.value.status == 422


@pytest.mark.parametrize(
    "overrides",
    [
        {"involved": [{"kind": "formal", "name": "Fysiotherapie De Brug"}]},
        {"involved": [{"kind": "informal", "name": "Buurvrouw"}]},
        {"finance": {"route": "Experiment"}},
        {"finance": {"insurerName": "Zorgverzekeraar Vossendaal"}},
        {"supplied": [{"what": "Medicatieoverzicht"}], "agreement": None},
    ],
)
def test_half_of_it_is_enough(overrides: Json) -> None:
    found = record(**overrides)
    assert mapping.from_fhir(mapping.to_fhir(found, IDS), IDS) == found


def test_a_supplier_may_write_it_by_hand() -> None:
    bundle = supplier.supplier_bundle()
    request = resource_of(bundle, "request")
    request["note"] = [{"text": "Kan op dinsdag niet."}]
    request["insurance"] = [{"display": "Wlz"}]
    request["supportingInfo"].append({"display": "Medicatieoverzicht"})
    found = mapping.from_bundle(bundle, IDS)
    assert [note.text for note in found.notes] == ["Kan op dinsdag niet."]
    assert found.finance is not None
    assert found.finance.route == "Wlz"
    assert [item.what for item in found.supplied] == ["Medicatieoverzicht"]


@pytest.mark.parametrize(
    "place",
    [
        lambda r: r["contained"][0]["participant"][2]["member"],
        lambda r: r["insurance"][0],
        lambda r: r["insurance"][0]["identifier"]["assigner"],
        lambda r: r["supportingInfo"][3],
    ],
    ids=["a name", "a route", "an insurer", "information"],
)
def test_words_that_stand_nowhere_else_are_read(place: Callable[[Json], Json]) -> None:
    """A display that repeats nothing says something."""
    resources, request = written()
    place(request)["display"] = "Iets anders"
    assert mapping.from_fhir(resources, IDS) != record()


def _team(request: Json) -> Json:
    return next(item for item in request["supportingInfo"] if item.get("type") == "CareTeam")


REFUSED: dict[str, tuple[Callable[[Json], Any], str]] = {
    "a group that nobody refers to": (
        lambda r: r["supportingInfo"].remove(_team(r)),
        "ServiceRequest.contained[0]",
    ),
    "a group that is not there": (
        lambda r: r.pop("contained"),
        "ServiceRequest.supportingInfo[2].reference",
    ),
    "another group": (
        lambda r: _team(r).update(reference="#other"),
        "ServiceRequest.supportingInfo[2].reference",
    ),
    "a group named twice": (
        lambda r: r["supportingInfo"].append(copy.deepcopy(_team(r))),
        "ServiceRequest.supportingInfo[5].reference",
    ),
    "two groups": (
        lambda r: r["contained"].append(copy.deepcopy(r["contained"][0])),
        "ServiceRequest.contained[1]",
    ),
    "something else inside": (
        lambda r: r["contained"][0].update(resourceType="Organization"),
        "ServiceRequest.contained[0].resourceType",
    ),
    "an empty group": (
        lambda r: r["contained"][0].pop("participant"),
        "ServiceRequest.contained[0].participant",
    ),
    "a period of somebody involved": (
        lambda r: r["contained"][0]["participant"][0].update(period={"start": "2026-01-01"}),
        "ServiceRequest.contained[0].participant[0].period",
    ),
    "information without words": (
        lambda r: r["supportingInfo"].append({"type": "DocumentReference"}),
        "ServiceRequest.supportingInfo[5].display",
    ),
    "information of another kind": (
        lambda r: r["supportingInfo"].append({"type": "Observation", "display": "Bloeddruk"}),
        "ServiceRequest.supportingInfo[5].type",
    ),
    "two ways to pay": (
        lambda r: r["insurance"].append({"display": "Wlz"}),
        "ServiceRequest.insurance[1]",
    ),
    "an insurer with a number of another kind": (
        lambda r: r["insurance"][0]["identifier"]["assigner"]["identifier"].update(
            system="https://x.example/n"
        ),
        "ServiceRequest.insurance[0].identifier.assigner.identifier.system",
    ),
    "a remark by somebody without a number": (
        lambda r: r["note"][0].update(authorString="De assistent"),
        "ServiceRequest.note[0].authorString",
    ),
}


@pytest.mark.parametrize(("change", "path"), REFUSED.values(), ids=REFUSED)
def test_what_does_not_fit_is_refused_with_its_path(
    change: Callable[[Json], Any], path: str
) -> None:
    resources, request = written()
    change(request)
    with pytest.raises(FhirError) as caught:
        mapping.from_fhir(resources, IDS)
    assert [issue.expression for issue in caught.value.issues] == [path]
