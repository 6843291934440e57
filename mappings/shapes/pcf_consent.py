"""Privacy Consent on FHIR (IHE PCF) -> ConsentRecord.

https://profiles.ihe.net/ITI/PCF/: basic and intermediate consents. `provision` says for whom, for
which purposes and data, with exceptions in it; there are no `action`, `class` or `code`, the
document that was signed is obligatory, and so is the policy that was agreed to.

Read: their policy beside ours, old and new purpose codes. Refused: a purpose that no rule of ours
knows (payment, break-glass), a consent for everybody or for any purpose, security labels.
"""

from collections.abc import Sequence
from typing import Any, Final

from adapter.fhir.issues import FhirError, Issue
from adapter.fhir.json import Json
from mappings.consent import consent
from mappings.consent.consent_codes import POLICY
from mappings.records.consent import ConsentRecord
from mappings.records.consent_scope import levels
from mappings.shapes import permission
from mappings.shapes.foreign import ForeignMessage, Resolve
from mappings.shapes.kept import Foreign, write_back
from mappings.shapes.shape import Shape, dicts, finished, has_code, of_type, unclaimed
from mappings.toolkit.identity import Ids


def read(resources: Sequence[Json], ids: Ids) -> Foreign[ConsentRecord]:
    message = ForeignMessage(resources, ids, as_ours=_as_ours)
    root = message.one("Consent")
    record = consent.read_consent(root, message)
    message.identify(root, consent.consent_id(record, ids))
    return finished(message, record, _written)


def write(foreign: Foreign[Any], ids: Ids) -> list[Json]:
    """FhirError 422 for a consent that PCF has no words for."""
    return write_back(_written(foreign.record, ids), foreign.kept)


def recognises(resources: Sequence[Json]) -> bool:
    return any(
        has_code(x.get("scope"), consent.SCOPE, consent.PRIVACY)
        and all(policy.get("uri") != POLICY for policy in dicts(x, "policy"))
        for x in of_type(resources, "Consent")
    )


def _as_ours(resources: Sequence[Json], _: Resolve) -> Sequence[Json]:
    return permission.each_consent(resources, _consent)


def _consent(found: Json) -> Json:
    return permission.with_actions(permission.as_ours(found))


def _written(record: ConsentRecord, ids: Ids) -> list[Json]:
    if not record.is_decided or any(x.actions or x.categories for x in levels(record)):
        text = "PCF kent geen handelingen en soorten gegevens, en alleen een besluit."
        raise FhirError(422, Issue(code="business-rule", expression="Consent.provision", text=text))
    (found,) = unclaimed(consent.to_fhir(record, ids))
    theirs = [x for x in found["policy"] if x["uri"] != POLICY]
    rule = {name: value for name, value in found["provision"].items() if name != "action"}
    return [{**found, "policy": theirs or found["policy"], "provision": rule}]


SHAPE: Final = Shape(
    name="pcf-consent",
    title="Toestemming volgens IHE PCF",
    kind="consent",
    record=ConsentRecord,
    recognises=recognises,
    read=read,
    write=write,
)
