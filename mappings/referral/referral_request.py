"""The order of a referral <-> ServiceRequest.

https://hl7.org/fhir/R4/servicerequest.html

What was tried stands in an extension: as a note it could not be told from other remarks.
"""

from collections.abc import Sequence
from typing import Final

from adapter.fhir.constants import SNOMED
from adapter.fhir.json import Json
from mappings.records.referral import Receiver, Referral
from mappings.referral.referral_context import (
    finance_to_fhir,
    involved_to_fhir,
    read_finance,
    supporting_to_fhir,
)
from mappings.task.progress import note_to_fhir, read_note
from mappings.toolkit import reader
from mappings.toolkit.codes import (
    COMPLEXITY,
    HOME_VISIT,
    REQUESTED_SERVICE,
    STEPPED_CARE,
    Complexity,
    SteppedCare,
)
from mappings.toolkit.identity import (
    Ids,
    identifier,
    organisation_reference,
    reference,
    staff_reference,
)
from mappings.toolkit.message import Message
from mappings.toolkit.reader import Element, is_coded, read_code, refuse, take_fixed_code
from mappings.toolkit.writing import extension, extension_url, resource, snomed

_REFERRAL_CODE: Final = "3457005"
_TRIED: Final = extension_url("referral-tried")


def request_to_fhir(
    referral: Referral,
    ids: Ids,
    *,
    id_: str,
    patient: str,
    problems: Sequence[str],
    consents: Sequence[str],
) -> Json:
    """ServiceRequest; patient, problems and consents by logical id."""
    number = referral.identifier
    return resource(
        "ServiceRequest",
        id_,
        "referral",
        synthetic=referral.synthetic,
        contained=involved_to_fhir(referral.involved, ids),
        extension=[extension(_TRIED, valueString=text) for text in referral.tried],
        identifier=[identifier(number.system, number.value, referral.referrer.ura)],
        status="active",
        intent="order",
        category=[
            snomed(_REFERRAL_CODE, "Verwijzen van patiënt"),
            STEPPED_CARE.concept(referral.stepped_care),
        ],
        priority=referral.priority,
        code=REQUESTED_SERVICE.concept(referral.requested_service),
        orderDetail=[
            COMPLEXITY.concept(referral.complexity),
            HOME_VISIT.concept("needed" if referral.home_visit else "not-needed"),
        ],
        subject=reference("Patient", patient),
        authoredOn=referral.authored_on.isoformat(),
        requester=staff_reference(ids, referral.referrer),
        performer=[organisation_reference(ids, referral.receiver.ura)],
        reasonCode=[{"text": referral.question}],
        reasonReference=[reference("Condition", problem) for problem in problems],
        insurance=finance_to_fhir(referral.finance),
        supportingInfo=[
            *(reference("Consent", given) for given in consents),
            *supporting_to_fhir(referral.involved, referral.supplied, referral.referrer.ura),
        ],
        note=[note_to_fhir(note, ids) for note in referral.notes],
    )


def read_request(root: Element, message: Message) -> dict[str, object]:
    """Fields of the record that the ServiceRequest alone holds; what surrounds it is
    `referral_context.py`."""
    root.fixed("status", "active")
    root.fixed("intent", "order")
    complexity, home_visit = _read_details(root)
    return {
        "authored_on": root.value("authoredOn", reader.INSTANT),
        "requested_service": read_code(root.child("code"), REQUESTED_SERVICE),
        "stepped_care": _read_stepped_care(root),
        "receiver": Receiver(ura=message.organisation(root.only("performer"))),
        "question": root.only("reasonCode").value("text", reader.TEXT),
        "complexity": complexity,
        "home_visit": home_visit,
        "tried": tuple(item.value("valueString", reader.TEXT) for item in root.extensions(_TRIED)),
        "finance": read_finance(root.only_or_none("insurance")),
        "notes": tuple(read_note(item, message) for item in root.children("note")),
        "priority": (
            root.fixed("priority", "routine", "urgent", "asap", "stat")
            if root.has("priority")
            else None
        ),
    }


def _read_stepped_care(root: Element) -> SteppedCare:
    found = None
    for item in root.children("category"):
        if is_coded(item, SNOMED):
            take_fixed_code(item, SNOMED, _REFERRAL_CODE)
        elif found is None:
            found = read_code(item, STEPPED_CARE)
        else:
            refuse(item.path, "structure", "Hier is plaats voor één trede van zorg.")
    if found is None:
        refuse(root.at("category"), "required", "De trede van zorg ontbreekt.")
    return found


def _read_details(root: Element) -> tuple[Complexity, bool]:
    complexity, home_visit = None, None
    for item in root.children("orderDetail"):
        if home_visit is None and is_coded(item, HOME_VISIT.url):
            home_visit = read_code(item, HOME_VISIT)
        elif complexity is None:
            complexity = read_code(item, COMPLEXITY)
        else:
            refuse(item.path, "structure", "Dit stond er al.")
    if complexity is None or home_visit is None:
        refuse(
            root.at("orderDetail"), "required", "De soort complexiteit of het huisbezoek ontbreekt."
        )
    return complexity, home_visit == "needed"
