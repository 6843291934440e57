"""Mutants that do not follow from a constraint's form, and constraints that can have none.

A recipe gets the element that the constraint stands on (for an extension: the extension) and the
resource around it, changes them in place, and returns what has to stand beside the resource; or None
when this example is not the one to break.
"""

from collections.abc import Callable, Sequence
from typing import Any, Final

from adapter.fhir.constants import BSN, CANONICAL, URA

Json = dict[str, Any]
Break = Callable[[Json, Json], Sequence[Json] | None]


def _ext(name: str) -> str:
    return f"{CANONICAL}/StructureDefinition/ext-{name}"


def _has(resource: Json, name: str) -> bool:
    return any(one["url"] == _ext(name) for one in resource.get("extension", ()))


def _without(resource: Json, *names: str) -> None:
    urls = {_ext(name) for name in names}
    resource["extension"] = [one for one in resource["extension"] if one["url"] not in urls]


def _permit_without_period(consent: Json, _: Json) -> Sequence[Json] | None:
    if consent["provision"].get("type") != "permit":
        return None
    del consent["provision"]["period"]
    return []


def _deny_that_is_explicit(consent: Json, _: Json) -> Sequence[Json] | None:
    if consent["provision"].get("type") != "permit":
        return None
    consent["provision"]["type"] = "deny"
    return []


def _withdrawn_and_active(consent: Json, _: Json) -> Sequence[Json] | None:
    if not _has(consent, "consent-withdrawal"):
        return None
    consent["status"] = "active"
    return []


def _wish_without_decision(consent: Json, _: Json) -> Sequence[Json] | None:
    return [] if consent["provision"].pop("type", None) is not None else None


def _ended_without_reason(episode: Json, _: Json) -> Sequence[Json] | None:
    if not _has(episode, "end-reason"):
        return None
    _without(episode, "end-reason")
    return []


def _start_without_end(appointment: Json, _: Json) -> Sequence[Json] | None:
    # Both go: R4 itself refuses one without the other, and lets a booked one go without any.
    if "end" not in appointment or appointment["status"] in {"proposed", "cancelled"}:
        return None
    del appointment["start"], appointment["end"]
    return []


def _without_the_patient(appointment: Json, _: Json) -> Sequence[Json] | None:
    others = [
        one
        for one in appointment["participant"]
        if not one["actor"].get("reference", "").startswith("Patient/")
    ]
    if not others:
        return None
    appointment["participant"] = others
    return []


def _other_bsn(patient: Json, _: Json) -> Sequence[Json] | None:
    for one in patient["identifier"]:
        if one["system"] == BSN:
            one["value"] = "999900007"
            return []
    return None


def _three_controls(extension: Json, _: Json) -> Sequence[Json] | None:
    extension["valueString"] = "TTF"
    return []


def _without_phase(episode: Json, _: Json) -> Sequence[Json] | None:
    if episode["status"] not in {"active", "onhold"}:
        return None
    _without(episode, "trajectory-phase")
    return []


def _without_giver(consent: Json, _: Json) -> Sequence[Json] | None:
    return [] if consent.pop("performer", None) is not None else None


def _explicit_and_rejected(consent: Json, _: Json) -> Sequence[Json] | None:
    if consent["provision"].get("type") != "permit" or consent["status"] != "active":
        return None
    consent["status"] = "rejected"
    return []


def _oral_with_document(consent: Json, _: Json) -> Sequence[Json] | None:
    source = consent.get("sourceAttachment", {})
    if not any(one.get("valueCode") == "oral" for one in source.get("extension", ())):
        return None
    source["url"] = "https://mesozorg.example/formulier.pdf"
    return []


def _other_policy(consent: Json, _: Json) -> Sequence[Json]:
    consent["policy"][0]["uri"] += "-other"
    return []


def _data_and_action(consent: Json, _: Json) -> Sequence[Json] | None:
    codes = {c["code"] for one in consent["category"] for c in one["coding"]}
    if not codes & {"CON-3", "CON-4", "CON-5"}:
        return None
    consent["provision"]["action"] = [
        {"coding": [{"system": f"{CANONICAL}/CodeSystem/consent-action", "code": "access"}]}
    ]
    return []


def _for_nobody(consent: Json, _: Json) -> Sequence[Json] | None:
    return [] if consent["provision"].pop("purpose", None) is not None else None


def _ended_yet_offered(contract: Json, _: Json) -> Sequence[Json] | None:
    if contract["status"] == "offered":
        return None
    contract["status"] = "offered"
    return []


def _one_party(contract: Json, _: Json) -> Sequence[Json]:
    contract["authority"][0]["identifier"]["value"] = contract["subject"][0]["identifier"]["value"]
    return []


def _nine(report: Json, _: Json) -> Sequence[Json] | None:
    for group in report["group"]:
        for population in group.get("population", ()):
            if "count" in population:
                population["count"] = 9
                return []
    return None


def _one_gp(report: Json, _: Json) -> Sequence[Json]:
    for one in report["extension"]:
        if one["url"] == _ext("aggregate-gps"):
            one.update({name: 1 for name in one if name.startswith("value")})
    return []


def _done_by_nobody(component: Json, _: Json) -> Sequence[Json] | None:
    if component["status"] != "final":
        return None
    del component["performer"]
    return []


def _without_a_part(assessment: Json, _: Json) -> Sequence[Json] | None:
    if assessment["status"] != "completed":
        return None
    parts = assessment["investigation"]
    assessment["investigation"] = [
        one for one in parts if "D5" not in {c["code"] for c in one["code"]["coding"]}
    ]
    return []


def _seen_on_no_day(representation: Json, _: Json) -> Sequence[Json] | None:
    parts = representation["extension"]
    left = [one for one in parts if one["url"] != "seenOn"]
    representation["extension"] = left
    return [] if len(left) < len(parts) else None


def _with_ura(network: Json, _: Json) -> Sequence[Json]:
    network["identifier"].append({"system": URA, "value": "90000001"})
    return []


def _not_enough_and_silent(report: Json, _: Json) -> Sequence[Json] | None:
    for one in report["extension"]:
        if one["url"] == _ext("consult-suffices") and one["valueBoolean"] is True:
            one["valueBoolean"] = False
            return []
    return None


def _goes_on(summary: Json, _: Json) -> Sequence[Json]:
    del summary["event"][0]["period"]["end"]
    return []


def _nobody(encounter: Json, _: Json) -> Sequence[Json]:
    del encounter["participant"][0]["individual"]
    return []


# By the key of an invariant, or of a constraint as `Constraint.key` spells it.
BREAKS: Final[dict[str, Break]] = {
    "meso-permit": _permit_without_period,
    "meso-kind": _deny_that_is_explicit,
    "meso-withdrawn": _withdrawn_and_active,
    "meso-wish": _wish_without_decision,
    "meso-end-reason": _ended_without_reason,
    "meso-times-together": _start_without_end,
    "meso-patient-listed": _without_the_patient,
    "meso-bsn-11": _other_bsn,
    "meso-controles": _three_controls,
    "meso-phase": _without_phase,
    "meso-decided": _without_giver,
    "meso-consent-status": _explicit_and_rejected,
    "meso-document": _oral_with_document,
    "meso-policy": _other_policy,
    "meso-for-whom": _for_nobody,
    "meso-by-data": _data_and_action,
    "meso-relation-status": _ended_yet_offered,
    "meso-two-parties": _one_party,
    "meso-no-small-count": _nine,
    "meso-more-than-one-gp": _one_gp,
    "meso-component-answered": _done_by_nobody,
    "meso-assessment-complete": _without_a_part,
    "meso-evidence": _seen_on_no_day,
    "meso-no-ura": _with_ura,
    "meso-why-not-enough": _not_enough_and_silent,
    "meso-ended-trajectory": _goes_on,
    # nl-core tells this slice apart by the profile of whom it names
    "meso-assessment-contact Encounter.participant:healthProfessional.individual min": _nobody,
}

REASONS: Final[dict[str, str]] = {}
