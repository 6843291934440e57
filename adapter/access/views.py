"""Reduced views: what is left of a resource for a role that may not see all of it.

One pure function; its results may be kept by (resource, version, view, visible targets), since
nothing else goes in. Keep-lists per type, per backbone element and for the data types, so that a
new element is hidden until somebody adds it here. Order (access-control 2.8): keep, drop
references to unseen targets with their display, drop narrative, mark. A reduced view is never
stored nor written back.
"""

from collections.abc import Callable
from typing import Any

from adapter.fhir.constants import (
    ACT_REASON,
    BSN,
    CANONICAL,
    HTEST_CODE,
    IDENTIFIER_ALIASES,
    MESO_TEAM_ROLE,
    htest,
    subsetted,
)
from adapter.fhir.json import Json, decode_own, encode

VIEW_VERSION = "2"
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
        "Consent": (
            *("status", "scope", "category", "patient", "dateTime", "policy", "provision"),
            *("extension", "modifierExtension"),  # what is wanted, where no code says it
        ),
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

# Backbone elements: what is kept of a row, and the reference without which the row says nothing.
_ROWS: dict[str, tuple[frozenset[str], str | None]] = {
    "CarePlan.activity": (frozenset({"reference"}), "reference"),
    "CareTeam.participant": (frozenset({"role", "member", "onBehalfOf", "period"}), "member"),
    "Appointment.participant": (frozenset({"type", "actor", "required", "status"}), "actor"),
    "Goal.target": (frozenset({"dueDate"}), None),
    "Task.restriction": (frozenset({"period"}), None),
    "RiskAssessment.prediction": (frozenset({"outcome"}), None),
    "Consent.policy": (frozenset({"authority", "uri"}), None),
    "Consent.provision": (frozenset({"type", "period", "code"}), None),
    "Patient.communication": (frozenset({"language", "preferred"}), None),
}
# Members of the data types that kept elements consist of.
_MEMBERS = frozenset(
    {
        *("coding", "text", "system", "version", "code", "display", "userSelected"),  # concepts
        *("reference", "type", "identifier", "use", "value", "assigner", "period"),
        *("start", "end", "family", "given", "prefix", "suffix", "rank"),
        *("line", "city", "district", "state", "postalCode", "country", "extension"),
        *("_family", "_given", "_line"),
    }
)
_HL7 = "http://hl7.org/fhir/StructureDefinition/"
_ZIB = "http://nictiz.nl/fhir/StructureDefinition/"
# Extensions: parts of a name or address that is kept whole, and the words of a treatment wish.
_PARTS = frozenset(
    {
        *(f"{_HL7}humanname-own-name", f"{_HL7}humanname-own-prefix"),
        *(f"{_HL7}iso21090-EN-qualifier", f"{_HL7}iso21090-ADXP-streetName"),
        *(f"{_HL7}iso21090-ADXP-houseNumber", f"{_HL7}iso21090-ADXP-buildingNumberSuffix"),
    }
)
_WISHES = frozenset({f"{_ZIB}ext-Comment", f"{_ZIB}ext-TreatmentDirective2.SpecificationOther"})
_EXTENSION = ("url", "valueString", "valueCode")
_SOME_PATIENT = {"type": "Patient", "display": "Patiënt"}


def keeps(view: str, type_: str, path: str) -> bool:
    """Whether `view` shows the element at this path (names only) of this type: what it does not
    show cannot be searched either (access-control 2.8).
    """
    if view == "full":
        return True
    first, _, rest = path.partition(".")
    if first == "meta" or first not in (*_ALWAYS, *_KEEP[view][type_]):
        return False
    row = _ROWS.get(f"{type_}.{first}")
    return row is None or not rest or rest.partition(".")[0] in row[0]


def reduce(body: bytes, view: str, visible: frozenset[str]) -> bytes:
    """`body` as `view` shows it. `visible` holds "Type/id" of the targets that may be named.

    KeyError for a type that the view does not know: the caller then shows nothing.
    """
    resource = decode_own(body)
    type_ = resource["resourceType"]
    kept = (*_ALWAYS, *_KEEP[view][type_])
    reduced: Json = {name: resource[name] for name in kept if name in resource}
    special = _SPECIAL.get((view, type_))
    if special is not None:
        special(reduced)
    shown: Json = {"resourceType": type_, "id": resource["id"]}
    shown["meta"] = _marked(reduced.pop("meta", {}), type_)
    for name, value in reduced.items():
        left = _element(f"{type_}.{name}", value, visible)
        if left is not _GONE:
            shown[name] = left
    if view == "invitation":  # the element is mandatory, and whose meeting it is was asked for
        shown.setdefault("participant", [{"actor": _SOME_PATIENT, "status": "accepted"}])
    return encode(shown)


def _element(path: str, value: Any, visible: frozenset[str]) -> Any:
    if path.endswith(("extension", "Extension")):
        return _extensions(value, _WISHES)
    row = _ROWS.get(path)
    return _seen(value, visible) if row is None else _seen_rows(value, visible, *row)


def _marked(meta: Json, type_: str) -> Json:
    """No version nor time, which would move with what is hidden (Q4); labels without reasons; no
    profile that asks for what was left out: only the partial plan has one of its own.
    """
    marked: Json = {}
    if type_ == "CarePlan":
        marked["profile"] = [f"{CANONICAL}/StructureDefinition/meso-care-plan-part"]
    labels = meta.get("security", [])
    if any(
        (label.get("system"), label.get("code")) == (ACT_REASON, HTEST_CODE) for label in labels
    ):
        marked["security"] = [htest()]
    marked["tag"] = [subsetted()]
    return marked


_GONE = object()


def _seen(node: Any, visible: frozenset[str]) -> Any:
    """A reference goes with everything beside it that tells what it points to; what holds nothing
    any more goes too, without a gap (R-50). Texts are by far most nodes: they cost no call.
    """
    if type(node) is dict:
        target = node.get("reference")
        if type(target) is str and target not in visible:
            return _GONE
        left = {}
        for name, value in node.items():
            if name not in _MEMBERS:
                continue
            kept = value if type(value) is str else _SEEN.get(name, _seen)(value, visible)
            if kept is not _GONE:
                left[name] = kept
        return left or _GONE
    if type(node) is list:
        items = [v if type(v) is str else _seen(v, visible) for v in node]
        return [item for item in items if item is not _GONE] or _GONE
    return node


def _seen_rows(
    node: Any,
    visible: frozenset[str],
    members: frozenset[str],
    pointer: str | None,
) -> Any:
    """Rows of a backbone element; one whose target is unseen goes whole, with what it says."""
    rows = node if type(node) is list else [node]
    left = []
    for row in rows:
        seen = {name: _seen(row[name], visible) for name in row if name in members}
        kept = {name: value for name, value in seen.items() if value is not _GONE}
        if kept and (pointer is None or pointer in kept):
            left.append(kept)
    if not left:
        return _GONE
    return left if type(node) is list else left[0]


def _extensions(node: Any, known: frozenset[str]) -> Any:
    kept = [{n: e[n] for n in _EXTENSION if n in e} for e in node if e.get("url") in known]
    return kept or _GONE


def _seen_companions(node: Any, visible: frozenset[str]) -> Any:
    """What stands beside a primitive (`_line`); in a list each keeps its place."""
    if type(node) is not list:
        return _seen(node, visible)
    items = [_seen(item, visible) for item in node]
    left = [None if item is _GONE else item for item in items]
    return left if any(left) else _GONE


def _seen_identifier(node: Any, visible: frozenset[str]) -> Any:
    """The number beside a reference; that of a person is for the Patient alone (decision 13)."""
    return _GONE if _is_bsn(node) else _seen(node, visible)


_SEEN: dict[str, Callable[[Any, frozenset[str]], Any]] = {
    "extension": lambda node, _visible: _extensions(node, _PARTS),
    "_family": _seen_companions,
    "_given": _seen_companions,
    "_line": _seen_companions,
    "identifier": _seen_identifier,
}


def _is_bsn(identifier: Json) -> bool:
    """A citizen number, or one of no system, which may be one."""
    system = identifier.get("system")
    return system is None or IDENTIFIER_ALIASES.get(system, system) == BSN


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
    patient["identifier"] = [i for i in patient.get("identifier", []) if not _is_bsn(i)]


_SPECIAL: dict[tuple[str, str], Callable[[Json], None]] = {
    ("part", "CarePlan"): _partial_plan,
    ("invitation", "Appointment"): _patient_only,
    ("contacts", "CareTeam"): _contacts_only,
    ("person-without-bsn", "Patient"): _without_bsn,
}
