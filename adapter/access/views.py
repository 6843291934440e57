"""Reduced views: what is left of a resource for a role that may not see all of it.

One pure function; its results may be kept by (resource, version, view, visible targets), since
nothing else goes in. Keep-lists per type, so that a new element is hidden until somebody adds
it here. Order (access-control 2.8): keep, drop references to unseen targets with their display,
drop narrative, mark. A reduced view is never stored nor written back.
"""

from collections.abc import Callable
from typing import Any

from adapter.fhir.constants import BSN, CANONICAL, MESO_TEAM_ROLE, subsetted
from adapter.fhir.json import Json, decode_own, encode

VIEW_VERSION = "1"
PARTIAL_NOTE = (
    "Dit is het deel van het zorgbehandelplan dat voor u bestemd is. "
    "Bel bij vragen de regiehouder; zie het behandelteam (CareTeam)."
)
_ALWAYS = ("resourceType", "id", "meta", "identifier")
# Contacts that anyone involved may call (RI-22); other members are for the team to name.
_CONTACT_ROLES = frozenset({"regiehouder", "coordinator", "aanspreekpunt", "hoofdbehandelaar"})

_PERSON = ("active", "name", "telecom", "gender", "birthDate", "address", "generalPractitioner")
_KEEP: dict[str, dict[str, tuple[str, ...]]] = {
    "part": {
        "Patient": (*_PERSON, "deceasedBoolean", "deceasedDateTime", "communication"),
        "CarePlan": (
            *("status", "intent", "category", "subject", "period", "created", "author"),
            *("careTeam", "addresses", "goal", "activity"),
        ),
        "Goal": (
            *("lifecycleStatus", "achievementStatus", "priority", "description", "subject"),
            *("startDate", "target", "addresses"),
        ),
        "Condition": ("clinicalStatus", "verificationStatus", "category", "code", "subject"),
        "Task": (
            *("status", "businessStatus", "intent", "code", "description", "basedOn", "for"),
            *("authoredOn", "lastModified", "requester", "owner", "restriction", "reasonCode"),
        ),
        "ServiceRequest": (
            *("status", "intent", "doNotPerform", "category", "code", "subject", "authoredOn"),
            *("requester", "performer", "reasonCode", "statusReason"),
        ),
        "RiskAssessment": ("status", "subject", "prediction", "mitigation", "occurrenceDateTime"),
        "Consent": ("status", "scope", "category", "patient", "dateTime", "policy", "provision"),
    },
    "person-without-bsn": {"Patient": _PERSON},
    "contacts": {
        "CareTeam": ("status", "subject", "period", "participant", "managingOrganization"),
    },
    "invitation": {
        "Appointment": ("status", "start", "end", "appointmentType", "participant"),
    },
    "planning": {
        "Appointment": ("status", "start", "end", "appointmentType", "participant", "created"),
    },
}


def reduce(body: bytes, view: str, visible: frozenset[str]) -> bytes:
    """`body` as `view` shows it. `visible` holds "Type/id" of the targets that may be named.

    KeyError for a type that the view does not know: the caller then shows nothing.
    """
    resource = decode_own(body)
    kept = (*_ALWAYS, *_KEEP[view][resource["resourceType"]])
    reduced: Json = {name: resource[name] for name in kept if name in resource}
    special = _SPECIAL.get((view, resource["resourceType"]))
    if special is not None:
        special(reduced)
    without_unseen = _drop_unseen(reduced, visible)
    assert isinstance(without_unseen, dict)
    without_unseen["meta"] = _marked(resource.get("meta", {}), without_unseen)
    return encode(without_unseen)


def _marked(meta: Json, resource: Json) -> Json:
    """No version nor time, which would move with what is hidden (Q4); labels without reasons."""
    marked: Json = {}
    if resource["resourceType"] == "CarePlan":
        marked["profile"] = [f"{CANONICAL}/StructureDefinition/meso-care-plan-part"]
    elif "profile" in meta:
        marked["profile"] = meta["profile"]
    labels = [label for label in meta.get("security", []) if label.get("code") == "HTEST"]
    if labels:
        marked["security"] = labels
    marked["tag"] = [subsetted()]
    return marked


_GONE = object()


def _drop_unseen(node: Any, visible: frozenset[str]) -> Any:
    """A reference goes with everything beside it that tells what it points to; what holds nothing
    any more goes too, without a gap (R-50).
    """
    if isinstance(node, dict):
        target = node.get("reference")
        if isinstance(target, str) and target not in visible:
            return _GONE
        kept = {name: _drop_unseen(value, visible) for name, value in node.items()}
        left = {name: value for name, value in kept.items() if value is not _GONE}
        return left or _GONE
    if isinstance(node, list):
        items = [item for item in (_drop_unseen(v, visible) for v in node) if item is not _GONE]
        return items or _GONE
    return node


def _partial_plan(plan: Json) -> None:
    plan["note"] = [{"text": PARTIAL_NOTE}]


def _patient_only(appointment: Json) -> None:
    appointment["participant"] = [
        participant
        for participant in appointment.get("participant", [])
        if participant.get("actor", {}).get("reference", "").startswith("Patient/")
    ]


def _contacts_only(team: Json) -> None:
    team["participant"] = [
        participant
        for participant in team.get("participant", [])
        if any(
            coding.get("system") == MESO_TEAM_ROLE and coding.get("code") in _CONTACT_ROLES
            for role in participant.get("role", [])
            for coding in role.get("coding", [])
        )
    ]


def _without_bsn(patient: Json) -> None:
    patient["identifier"] = [i for i in patient.get("identifier", []) if i.get("system") != BSN]


_SPECIAL: dict[tuple[str, str], Callable[[Json], None]] = {
    ("part", "CarePlan"): _partial_plan,
    ("invitation", "Appointment"): _patient_only,
    ("contacts", "CareTeam"): _contacts_only,
    ("person-without-bsn", "Patient"): _without_bsn,
}
