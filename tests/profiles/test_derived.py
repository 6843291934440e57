"""What the package takes from the code is what the code says now. Needs no Node.js."""

from adapter.access.policy import load_policy
from adapter.api.fhir.metadata import capability_statement
from adapter.settings import Settings
from profiles.renew.capability import requirements
from profiles.renew.derived import FOLDER, derived
from profiles.renew.examples import examples, profile_of
from profiles.renew.files import differences, tree
from profiles.renew.searching import offered

RENEW = "Run `make profiles` and commit what it writes."
# The door for the access log answers these two; the served statement does not name them yet.
LOG = {"AuditEvent": {"date", "patient"}}


def test_the_derived_files_are_up_to_date() -> None:
    assert differences(derived(), tree(FOLDER)) == [], RENEW


def test_the_package_promises_what_metadata_says() -> None:
    policy = load_policy()
    served = capability_statement(Settings(), policy, policy.version)["rest"][0]
    promised = requirements()["rest"][0]
    assert promised["interaction"] == served["interaction"]
    for ours, theirs in zip(promised["resource"], served["resource"], strict=True):
        without = {k: v for k, v in ours.items() if k != "searchParam"}
        assert without == {k: v for k, v in theirs.items() if k != "searchParam"}
        names = {p["name"]: p["type"] for p in ours.get("searchParam", ())}
        expected = {p["name"]: p["type"] for p in theirs.get("searchParam", ())}
        assert names.keys() == expected.keys() | LOG.get(ours["type"], set())
        assert expected.items() <= names.items()


def test_the_requirements_name_no_installation() -> None:
    assert "127.0.0.1" not in str(requirements())


def test_every_type_that_can_be_searched_has_parameters() -> None:
    for resource in requirements()["rest"][0]["resource"]:
        can_search = {"code": "search-type"} in resource["interaction"]
        assert can_search == bool(offered().get(resource["type"]))


def test_every_example_is_invented() -> None:
    for resource in examples().values():
        assert [label["code"] for label in resource["meta"]["security"]] == ["HTEST"]


def test_a_partners_part_of_the_plan_names_only_what_was_shown() -> None:
    (part,) = [r for r in examples().values() if profile_of(r) == "meso-care-plan-part"]
    assert len(part["addresses"]) == len(part["goal"]) == 1
    assert "title" not in part
