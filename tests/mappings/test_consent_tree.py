"""Consent as a tree: exceptions in exceptions, what nobody decided, and what shows a decision."""

from typing import Any

import pytest

from adapter.fhir.issues import FhirError
from mappings.consent import consent as mapping
from mappings.records.base import parse_record
from mappings.records.consent import ConsentRecord
from tests.mappings import builders, consent_builders, supplier
from tests.mappings.builders import IDS, NURSING, ROELVINK

Json = dict[str, Any]


def record(**overrides: object) -> ConsentRecord:
    return parse_record(ConsentRecord, builders.consent(**overrides))


def written(**overrides: object) -> Json:
    (found,) = mapping.to_fhir(record(**overrides), IDS)
    return found


def refused(consent: Json) -> list[tuple[str, str]]:
    with pytest.raises(FhirError) as caught:
        mapping.from_fhir([consent], IDS)
    return [(issue.code, issue.expression) for issue in caught.value.issues]


# --- exceptions -------------------------------------------------------------------------------


DENY = {"effect": "deny", "parties": [{"ura": NURSING}]}


def nested(levels: int) -> list[Json]:
    """One exception in another, permit and deny as they come."""
    found: list[Json] = []
    for n in range(levels):
        effect = "deny" if n % 2 else "permit"
        found = [{"effect": effect, "parts": [f"Goal/g-{n}"], "exceptions": found}]
    return found


def test_exceptions_keep_their_order_and_their_depth() -> None:
    deep = record(exceptions=[*nested(12), DENY, DENY])
    (consent,) = mapping.to_fhir(deep, IDS)
    first, *others = consent["provision"]["provision"]
    assert [item["type"] for item in others] == ["deny", "deny"]
    levels = 0
    while first is not None:
        levels += 1
        first = first.get("provision", [None])[0]
    assert levels == 12  # as many as were said
    assert mapping.from_fhir([consent], IDS) == deep


@pytest.mark.parametrize(
    ("exception", "issue"),
    [
        ({"type": "deny"}, ("business-rule", "")),
        ({"purpose": [{"system": "x:y", "code": "TREAT"}]}, ("required", ".type")),
        ({"type": "deny", "code": [{"text": "alles"}]}, ("business-rule", "")),
        (
            {"type": "deny", "period": {"start": "2026-06-02"}, "securityLabel": [{"code": "R"}]},
            ("structure", ".securityLabel"),
        ),
        (
            {"type": "deny", "data": [{"meaning": "dependents", "reference": {"reference": "a"}}]},
            ("code-invalid", ".data[0].meaning"),
        ),
        (
            {
                "type": "deny",
                "data": [{"meaning": "related", "reference": {"reference": "Task/t"}}],
            },
            ("value", ".data"),
        ),
        (
            {"type": "deny", "class": [supplier.list_code("data-category", "his")["coding"][0]]},
            ("business-rule", "Consent"),
        ),
    ],
)
def test_an_exception_that_the_record_cannot_hold_is_refused(
    exception: Json, issue: tuple[str, str]
) -> None:
    consent = written()
    consent["provision"]["provision"] = [exception]
    code, at = issue
    place = at if at == "Consent" else f"Consent.provision.provision[0]{at}"
    assert refused(consent) == [(code, place)]


def test_an_exception_about_a_period_is_its_allowed_neighbour() -> None:
    consent = written()
    consent["provision"]["provision"] = [{"type": "deny", "period": {"start": "2026-06-02"}}]
    found = mapping.from_fhir([consent], IDS)
    assert [item.effect for item in found.exceptions] == ["deny"]


# --- what was not decided ---------------------------------------------------------------------


UNDECIDED = {"status": "proposed", "givenBy": None, "form": None, "period": None}


@pytest.mark.parametrize("kind", ["presumed", "not-asked"])
def test_what_nobody_decided_permits_and_denies_nothing(kind: str) -> None:
    consent = written(kind=kind, **UNDECIDED)
    assert "type" not in consent["provision"]
    assert not {"performer", "sourceAttachment"} & consent.keys()
    assert mapping.from_fhir([consent], IDS) == record(kind=kind, **UNDECIDED)


def test_by_leaving_out_giver_and_form_a_sender_says_the_same() -> None:
    sent = builders.consent(kind="not-asked", status="proposed", period=None)
    del sent["givenBy"], sent["form"]
    assert parse_record(ConsentRecord, sent) == record(kind="not-asked", **UNDECIDED)


@pytest.mark.parametrize(
    "overrides",
    [
        {"kind": "presumed", **UNDECIDED, "status": "active"},
        {"kind": "not-asked", **UNDECIDED, "status": "active"},
        {"kind": "not-asked", **UNDECIDED, "status": "rejected"},
        {"kind": "not-asked", **UNDECIDED, "givenBy": "patient"},
        {"kind": "presumed", **UNDECIDED, "form": "oral"},
        {"kind": "refused", "status": "proposed"},
        {"givenBy": None},
        {"form": None},
        {"document": "DocumentReference/d-1"},
        {"form": "written", "document": "Binary/d-1"},
        {"form": "written", "document": {"size": 3}},
        {"form": "written", "document": {"title": "Schriftelijke verklaring"}},
        {"alsoFor": [{"ura": NURSING}]},
        {"purposes": []},
        {"policies": ["https://mesozorg.example/fhir/policy/consent/1"]},
        {"party": {"kind": "welfare", "ura": NURSING}},
        {"party": {"uzi": "900000031"}},
        {"party": {"ura": NURSING, "uzi": "900000031", "role": "community-nurse"}},
        {"actions": ["disclose"]},
        {"type": "CON-1", "actions": ["prescribe"]},
        {"exceptions": [{"effect": "deny"}]},
        {"exceptions": [{"effect": "deny", "categories": ["his"]}]},
        {"exceptions": [{**DENY, "exceptions": [{"effect": "permit", "actions": ["copy"]}]}]},
    ],
)
def test_a_record_that_says_too_much_or_too_little_is_refused(overrides: Json) -> None:
    with pytest.raises(FhirError):
        record(**overrides)


@pytest.mark.parametrize(
    "overrides",
    [
        {"status": "proposed"},
        {"kind": "presumed", **UNDECIDED, "status": "inactive"},
        {"form": "written", "document": {"title": "Formulier"}},
        {"alsoFor": [{"kind": "welfare"}, {"relatedPerson": "rp-1"}]},
        {"policies": ["https://wilgenhof.example/beleid"], "legalBasis": "wgbo"},
        {"purposes": ["COC", "TREAT"]},
        {"authors": [ROELVINK], "dataPeriod": {"start": "2026-01-01"}},
        {"type": "CON-6", "categories": ["his"], "parts": ["Condition/c-1"]},
        {"type": "CON-6", "exceptions": [{"effect": "deny", "categories": ["ouderenmodule"]}]},
    ],
)
def test_and_its_allowed_neighbour_comes_back(overrides: Json) -> None:
    found = record(**overrides)
    assert mapping.from_fhir(mapping.to_fhir(found, IDS), IDS) == found


# --- evidence ---------------------------------------------------------------------------------


def third_party(**overrides: object) -> Json:
    found = parse_record(ConsentRecord, consent_builders.third_party(**overrides))
    return mapping.to_fhir(found, IDS)[0]


def permission(consent: Json) -> list[Json]:
    url = "ext-gp-permission"
    return next(e["extension"] for e in consent["extension"] if e["url"].endswith(url))


CHANGES: dict[str, tuple[Any, tuple[str, str]]] = {
    "our policy is not among them": (
        lambda c: c["policy"].pop(0),
        ("required", "Consent.policy"),
    ),
    "our policy twice": (
        lambda c: c["policy"].append(c["policy"][0]),
        ("required", "Consent.policy"),
    ),
    "a basis of another list": (
        lambda c: c["policyRule"]["coding"][0].update(code="zorgplicht"),
        ("code-invalid", "Consent.policyRule.coding[0].code"),
    ),
    "a document without its form": (
        lambda c: c["sourceAttachment"].pop("extension"),
        ("required", "Consent.sourceAttachment.extension"),
    ),
    "the document itself": (
        lambda c: c["sourceAttachment"].update(data="AAAA"),
        ("structure", "Consent.sourceAttachment.data"),
    ),
    "a size in words": (
        lambda c: c["sourceAttachment"].update(size="48213"),
        ("value", "Consent.sourceAttachment.size"),
    ),
    "a document of another type": (
        lambda c: permission(c)[0]["valueReference"].update(reference="Binary/1"),
        ("value", "Consent.extension[4].extension[0].valueReference.reference"),
    ),
    "a permission of an organisation": (
        lambda c: permission(c)[1].update(
            valueReference={"identifier": {"system": builders.URA, "value": builders.GP}}
        ),
        ("required", "Consent.extension[4].extension[1].valueReference"),
    ),
    "checked with somebody else's patient": (
        lambda c: c["verification"][0].update(verifiedWith={"reference": "Patient/p-2"}),
        ("business-rule", "Consent.verification[0].verifiedWith"),
    ),
    "a kind of organisation that nobody knows": (
        lambda c: c["provision"]["actor"][1]["reference"]["identifier"].update(value="bank"),
        ("code-invalid", "Consent.provision.actor[1].kind"),
    ),
    "nobody": (
        lambda c: c["provision"].pop("actor"),
        ("required", "Consent.provision.actor"),
    ),
}


@pytest.mark.parametrize(("change", "issue"), CHANGES.values(), ids=CHANGES.keys())
def test_evidence_that_does_not_fit_is_refused_with_its_path(
    change: Any, issue: tuple[str, str]
) -> None:
    consent = third_party()
    change(consent)
    assert refused(consent) == [issue]


def test_a_link_to_the_written_statement_keeps_its_form() -> None:
    consent = third_party(document="DocumentReference/d-3")
    assert consent["sourceReference"]["reference"] == "DocumentReference/d-3"
    assert "sourceAttachment" not in consent
    assert mapping.from_fhir([consent], IDS).form == "written"
