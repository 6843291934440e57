"""A referral to a service of the address book is one to the organisation that provides it."""

from typing import Any

import pytest

from adapter.fhir.issues import FhirError
from mappings.records.base import parse_record
from mappings.records.referral import Referral
from mappings.shapes import all as shapes
from mappings.shapes.kept import Foreign
from tests.mappings import builders
from tests.mappings.builders import IDS, URA
from tests.mappings.shapes.examples import one, routed
from tests.mappings.supplier import urn

Json = dict[str, Any]
ROUTED = shapes.SHAPES["routed-referral"]


def refused(bundle: Json) -> list[tuple[str, str]]:
    with pytest.raises(FhirError) as caught:
        shapes.read(bundle, ROUTED, IDS)
    return [(i.code, i.expression.partition(".resource.")[2]) for i in caught.value.issues]


def test_it_is_the_same_referral_as_our_own_record() -> None:
    assert shapes.read(routed(), ROUTED, IDS).record == parse_record(Referral, builders.referral())


def test_service_and_place_come_back() -> None:
    back = ROUTED.write(shapes.read(routed(), ROUTED, IDS), IDS)
    task = next(x for x in back if x["resourceType"] == "Task")
    assert task["owner"] == one(routed(), "Task")["owner"]
    assert task["location"] == one(routed(), "Task")["location"]


def test_an_owner_that_was_changed_does_not_become_the_service_again() -> None:
    found = shapes.read(routed(), ROUTED, IDS)
    changed = found.record.model_copy(
        update={"receiver": found.record.receiver.model_copy(update={"ura": "90000012"})}
    )
    back = ROUTED.write(Foreign(record=changed, kept=found.kept), IDS)
    owner = next(x for x in back if x["resourceType"] == "Task")["owner"]
    assert owner["type"] == "Organization"
    assert owner["identifier"] == {"system": URA, "value": "90000012"}


def test_an_organisation_may_be_the_owner_itself() -> None:
    bundle = routed()
    one(bundle, "Task")["owner"] = {"reference": urn("receiver")}
    assert shapes.read(bundle, ROUTED, IDS).record.receiver.ura == builders.MESO


def test_a_service_that_nobody_provides_is_refused() -> None:
    bundle = routed()
    del one(bundle, "HealthcareService")["providedBy"]
    assert refused(bundle) == [("required", "providedBy")]


def test_a_service_that_is_no_longer_offered_is_refused() -> None:
    bundle = routed()
    one(bundle, "HealthcareService")["active"] = False
    assert refused(bundle) == [("value", "active")]


def test_a_service_by_number_alone_does_not_say_who_provides_it() -> None:
    bundle = routed()
    owner = one(bundle, "Task")["owner"]
    del owner["reference"]
    owner["identifier"] = one(bundle, "HealthcareService")["identifier"][0]
    assert [code for code, _ in refused(bundle)] == ["value"]


@pytest.mark.parametrize("system", ["agb", "agb-z"])
def test_an_organisation_by_its_agb_number_is_the_one_that_came_along(system: str) -> None:
    bundle = routed()
    number = {"system": f"http://fhir.nl/fhir/NamingSystem/{system}", "value": "73730001"}
    owner = {"reference": urn("receiver"), "identifier": number}
    one(bundle, "Task")["owner"] = owner
    found = shapes.read(bundle, ROUTED, IDS)
    assert found.record.receiver.ura == builders.MESO
    back = ROUTED.write(found, IDS)
    assert next(x for x in back if x["resourceType"] == "Task")["owner"] == owner


@pytest.mark.parametrize("owner", [{}, {"reference": urn("receiver")}])
def test_an_agb_number_of_somebody_else_is_refused(owner: Json) -> None:
    bundle = routed()
    number = {"system": "http://fhir.nl/fhir/NamingSystem/agb-z", "value": "73730099"}
    one(bundle, "Task")["owner"] = {**owner, "identifier": number}
    assert [code for code, _ in refused(bundle)] == ["not-found"]


def test_a_code_beside_ours_is_kept() -> None:
    bundle = routed()
    codings = one(bundle, "ServiceRequest")["code"]["coding"]
    codings.insert(0, {"system": "http://snomed.info/sct", "code": "3457005"})
    found = shapes.read(bundle, ROUTED, IDS)
    assert found.record.requested_service == "trajectory"
    assert ROUTED.write(found, IDS) == [entry["resource"] for entry in bundle["entry"]]


def test_a_service_that_we_do_not_know_is_not_guessed() -> None:
    bundle = routed()
    one(bundle, "ServiceRequest")["code"] = {
        "coding": [{"system": "http://snomed.info/sct", "code": "3457005"}]
    }
    assert [at for _, at in refused(bundle)] == ["code.coding[0].code"]
