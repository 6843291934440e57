"""Consent of the Dutch generic functions -> ConsentRecord.

https://nuts-foundation.github.io/nl-generic-functions-ig/: `scope` names the use case in a list of
its own, `organization` holds the data (URA), `provision` permits or denies `access` for one actor
(URA) to resources named one by one. In use it is no valid R4: policy, category, the role of the
actor and the meaning of the data are left out.

Read, and held to R4 with what is left out: an actor without role is a recipient, data without meaning are instances, `access` is what
CON-3, CON-4 and CON-5 are about. A use case alone narrows the consent, which the record cannot
say; so it is taken only where the consent names its resources, or says `patient-privacy` besides.
"""

from collections.abc import Sequence
from typing import Any, Final

from adapter.fhir.constants import PARTICIPATION_TYPE
from adapter.fhir.json import Json
from mappings.consent import consent
from mappings.consent.consent_codes import NAMED_ACTIONS
from mappings.records.consent import ConsentRecord
from mappings.shapes import permission
from mappings.shapes.foreign import ForeignMessage, Resolve
from mappings.shapes.kept import Foreign, write_back
from mappings.shapes.shape import Shape, dicts, finished, of_type, unclaimed
from mappings.toolkit.identity import Ids
from mappings.toolkit.writing import concept

USE_CASE: Final = (
    "http://nuts-foundation.github.io/nl-generic-functions-ig/CodeSystem/nl-gf-consent-scope"
)
_ACCESS: Final = concept(permission.ACTION, "access")


def read(resources: Sequence[Json], ids: Ids) -> Foreign[ConsentRecord]:
    message = ForeignMessage(resources, ids, as_ours=_as_ours)
    root = message.one("Consent")
    message.refuse_no_r4()
    record = consent.read_consent(root, message)
    message.identify(root, consent.consent_id(record, ids))
    return finished(message, record, _written)


def write(foreign: Foreign[Any], ids: Ids) -> list[Json]:
    return write_back(_written(foreign.record, ids), foreign.kept)


def recognises(resources: Sequence[Json]) -> bool:
    return any(
        coding.get("system") == USE_CASE
        for found in of_type(resources, "Consent")
        for coding in dicts(found.get("scope"), "coding")
    )


def _as_ours(resources: Sequence[Json], _: Resolve) -> Sequence[Json]:
    return permission.each_consent(resources, _consent)


def _consent(found: Json) -> Json:
    said = permission.as_ours(found)
    rule = said.get("provision")
    if not isinstance(rule, dict):
        return said
    type_ = permission.type_of(found)
    plain = _rule(rule)
    is_covered = type_ is not None and not NAMED_ACTIONS[type_]
    if is_covered and [x.get("coding") for x in dicts(plain, "action")] == [_ACCESS["coding"]]:
        plain.pop("action")
    return {**said, "scope": _scope(found.get("scope"), rule), "provision": plain}


def _rule(rule: Json) -> Json:
    """The rule with what is left out in use."""
    found = dict(rule)
    role = concept(PARTICIPATION_TYPE, "IRCP")
    for name, missing in (("actor", {"role": role}), ("data", {"meaning": "instance"})):
        if isinstance(rule.get(name), list):
            found[name] = [{**missing, **x} if isinstance(x, dict) else x for x in rule[name]]
    if isinstance(rule.get("provision"), list):
        found["provision"] = [_rule(x) if isinstance(x, dict) else x for x in rule["provision"]]
    return found


def _scope(scope: object, rule: Json) -> object:
    """Privacy, where that is said or the use case adds nothing to what is named."""
    codings = dicts(scope, "coding")
    others = [x for x in codings if x.get("system") != USE_CASE]
    if len(others) == len(codings) or not isinstance(scope, dict):
        return scope
    if others:
        return {**scope, "coding": others}
    if not dicts(rule, "data"):
        return scope
    return {**scope, "coding": [{"system": consent.SCOPE, "code": consent.PRIVACY}]}


def _written(record: ConsentRecord, ids: Ids) -> list[Json]:
    (found,) = unclaimed(consent.to_fhir(record, ids))
    rule = found["provision"]
    if "action" not in rule:
        found["provision"] = {**rule, "action": [_ACCESS]}
    return [found]


SHAPE: Final = Shape(
    name="nl-gf-consent",
    title="Toestemming van de generieke functies",
    kind="consent",
    record=ConsentRecord,
    recognises=recognises,
    read=read,
    write=write,
    is_r4=False,
)
