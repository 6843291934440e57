"""A consent of somebody else's as far as it is not quite where ours has it.

https://hl7.org/fhir/R4/consent.html

Others leave out what follows from the rest: that a permit was explicit and a denial refused, that
a document is written, when it begins (not before it was given), what its type covers. They name their own policy, without
which a Consent is no R4, and older texts name purposes in the system that HL7 had before.

What does not follow is not made up: the type (CON-1 … CON-6), who recorded it, for whom and for
what it holds have to be said, or the consent is refused.
"""

from collections.abc import Callable, Sequence
from typing import Final

from adapter.fhir.constants import ACT_REASON, LOINC
from adapter.fhir.json import Json
from mappings.consent.consent_codes import (
    BASIC_ACTIONS,
    CONSENT_ACTION,
    CONSENT_TYPE,
    POLICY,
    ConsentType,
)
from mappings.shapes.shape import dicts
from mappings.toolkit.writing import concept, extension, extension_url

ACTION: Final = "http://terminology.hl7.org/CodeSystem/consentaction"
_OLD_ACT_REASON: Final = ("http://hl7.org/fhir/v3/ActReason", "urn:oid:2.16.840.1.113883.5.8")
_KIND: Final = extension_url("consent-kind")
_TRAJECTORY: Final = extension_url("consent-trajectory")
_FORM: Final = extension_url("consent-form")
_SOURCES: Final = ("sourceAttachment", "sourceReference")
_KINDS: Final = {"permit": "explicit", "deny": "refused"}
_NATIONAL: Final = {"consult": "access", "disclose": "disclose"}


def each_consent(resources: Sequence[Json], change: Callable[[Json], Json]) -> Sequence[Json]:
    return [change(x) if x.get("resourceType") == "Consent" else x for x in resources]


def as_ours(consent: Json) -> Json:
    """The Consent with what follows from what it says."""
    rule = consent.get("provision")
    if not isinstance(rule, dict):
        return consent
    found = {**consent, "provision": _begun(_purposes(rule), consent)}
    if told := _told(consent, rule):
        found["extension"] = [*_list(consent, "extension"), *told]
    policies = _list(consent, "policy")
    if not any(isinstance(x, dict) and x.get("uri") == POLICY for x in policies):
        found["policy"] = [*policies, {"uri": POLICY}]
    categories = [x for x in _list(consent, "category") if not _is_elsewhere(x)]
    if categories:
        found["category"] = categories
    return {**found, **_written(found)}


def type_of(consent: Json) -> ConsentType | None:
    """The type that it names, if it names one."""
    codes = [
        CONSENT_TYPE.known(coding["code"])
        for item in dicts(consent, "category")
        for coding in dicts(item, "coding")
        if coding.get("system") == CONSENT_TYPE.url and isinstance(coding.get("code"), str)
    ]
    return codes[0] if len(codes) == 1 else None


def with_actions(consent: Json) -> Json:
    """A Consent without actions permits what its type covers."""
    type_, rule = type_of(consent), consent.get("provision")
    if type_ is None or not isinstance(rule, dict) or "action" in rule or not BASIC_ACTIONS[type_]:
        return consent
    actions = [
        concept(ACTION, _NATIONAL[x]) if x in _NATIONAL else CONSENT_ACTION.concept(x)
        for x in BASIC_ACTIONS[type_]
    ]
    return {**consent, "provision": {**rule, "action": actions}}


def _written(consent: Json) -> Json:
    """The document with its form, where it does not say so itself."""
    found = {}
    for name in _SOURCES:
        source = consent.get(name)
        if isinstance(source, dict):
            said = _list(source, "extension")
            if not any(isinstance(x, dict) and x.get("url") == _FORM for x in said):
                said = [*said, extension(_FORM, valueCode="written")]
            found[name] = {**source, "extension": said}
    return found


def _begun(rule: Json, consent: Json) -> Json:
    given = consent.get("dateTime")
    if "period" in rule or rule.get("type") != "permit" or not isinstance(given, str):
        return rule
    return {**rule, "period": {"start": given}}


def _purposes(rule: Json) -> Json:
    """The rule and those in it with purposes in the system that HL7 has now."""
    found = dict(rule)
    if "purpose" in rule:
        found["purpose"] = [_now(x) for x in _list(rule, "purpose")]
    if isinstance(rule.get("provision"), list):
        found["provision"] = [_purposes(x) if isinstance(x, dict) else x for x in rule["provision"]]
    return found


def _now(purpose: object) -> object:
    if isinstance(purpose, dict) and purpose.get("system") in _OLD_ACT_REASON:
        return {**purpose, "system": ACT_REASON}
    return purpose


def _told(consent: Json, rule: Json) -> list[Json]:
    """Extensions of ours that say what this Consent says otherwise."""
    said = {x.get("url") for x in dicts(consent, "extension") if isinstance(x.get("url"), str)}
    found = []
    kind = rule.get("type")
    if _KIND not in said and isinstance(kind, str) and kind in _KINDS:
        found.append(extension(_KIND, valueCode=_KINDS[kind]))
    related = [x.get("reference") for x in dicts(rule, "data") if x.get("meaning") == "related"]
    if _TRAJECTORY not in said and len(related) == 1 and isinstance(related[0], dict):
        found.append(extension(_TRAJECTORY, valueReference=related[0]))
    return found


def _is_elsewhere(category: object) -> bool:
    """Whether it sorts the Consent in a list that is neither ours nor the one everybody uses."""
    codings = dicts(category, "coding")
    return bool(codings) and all(
        x.get("system") not in (None, LOINC, CONSENT_TYPE.url) for x in codings
    )


def _list(holder: Json, member: str) -> list[object]:
    found = holder.get(member, [])
    return list(found) if isinstance(found, list) else [found]
