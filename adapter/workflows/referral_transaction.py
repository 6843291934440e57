"""The referral as a FHIR transaction Bundle: the other door to `submit_referral`.

https://hl7.org/fhir/R4/http.html#transaction

Organisations and staff that come along are matched by their national number, never created nor
updated (domain decision 21). The answer has an entry for each entry of the request, in its order.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from adapter.fhir.bundle import EntryResponse, transaction_response
from adapter.fhir.constants import IDENTIFIER_ALIASES, URA, UZI
from adapter.fhir.instant import instant_text
from adapter.fhir.issues import FhirError, Issue
from adapter.fhir.json import Json
from adapter.fhir.outcome import outcome_document
from adapter.fhir.transaction import split_transaction
from adapter.fhir.validation import status_of, validate
from adapter.store import resources
from adapter.workflows.disclose import Answer
from adapter.workflows.submit_referral import submit_referral
from adapter.workflows.unit import Unit
from mappings.records.referral import Referral
from mappings.referral import referral as mapping
from mappings.toolkit.identity import Ids

_DIRECTORY = frozenset({"Organization", "Practitioner", "PractitionerRole"})
_ROOT = "ServiceRequest"  # whose answer holds what is worth a look in the whole referral


@dataclass(frozen=True, slots=True, kw_only=True)
class Transaction:
    """A Bundle that was read: the referral in it, and what each entry was."""

    referral: Referral
    entries: tuple[Json, ...]
    names: dict[str, Json]  # resource by the fullUrl that others refer to it with
    received: bytes


def prepare_transaction(bundle: Json, received: bytes, ids: Ids) -> Transaction:
    """Structure, then meaning. FhirError 400 or 422 with the path of every fault."""
    split = split_transaction(bundle)
    if isinstance(split, list):
        raise FhirError(400, *split)
    issues = [
        issue
        for entry in split.entries
        for issue in validate(entry.resource, at=f"{entry.at}.resource")
    ]
    if issues:
        raise FhirError(status_of(issues), *issues)
    return Transaction(
        referral=mapping.from_bundle(bundle, ids),
        entries=tuple(entry.resource for entry in split.entries),
        names={e.full_url: e.resource for e in split.entries if e.full_url is not None},
        received=received,
    )


def submit_transaction(unit: Unit, transaction: Transaction) -> Answer:
    """Submit, and answer entry by entry."""
    submitted = submit_referral(unit, transaction.referral, transaction.received)
    versions = dict(submitted.resources)
    status = "200 OK" if submitted.repeated else "201 Created"
    left = [name for name, _ in submitted.resources]
    outcome = outcome_document(unit.warnings) if unit.warnings else None
    answers = []
    for index, entry in enumerate(transaction.entries):
        type_ = entry["resourceType"]
        if type_ in _DIRECTORY:
            at = f"Bundle.entry[{index}].resource"
            answers.append(_matched(unit, entry, transaction.names, at))
            continue
        name = _own(left, type_, entry, unit)
        left.remove(name)
        answers.append(
            EntryResponse(
                status=status,
                location=f"{name}/_history/{versions[name]}",
                etag=f'W/"{versions[name]}"',
                last_modified=instant_text(unit.now),
                outcome=outcome if type_ == _ROOT else None,
            )
        )
    return Answer(status=200, body=transaction_response(answers))


def _own(left: list[str], type_: str, entry: Json, unit: Unit) -> str:
    """Which stored resource this entry became: by its author's number, else the next of its type."""
    numbers = {
        (IDENTIFIER_ALIASES.get(i.get("system", ""), i.get("system")), i.get("value"))
        for i in entry.get("identifier", [])
    }
    candidates = [name for name in left if name.startswith(f"{type_}/")]
    for name in candidates:
        ura = unit.caller.ura
        for system, value in numbers:
            if name == f"{type_}/{unit.installation.ids.of(type_, ura, str(system), str(value))}":
                return name
    return candidates[0]


def _matched(unit: Unit, entry: Json, names: Mapping[str, Json], at: str) -> EntryResponse:
    """The directory entry that this is, or 422: an unknown party is refused."""
    type_ = entry["resourceType"]
    id_ = _directory_id(unit, type_, _numbers(entry, names))
    stored = None if id_ is None else resources.load(unit.connection, type_, id_)
    if stored is None:
        text = "Deze partij is hier niet bekend; een verwijzing maakt geen partijen aan."
        raise FhirError(422, Issue(code="not-found", text=text, expression=at, rule="R-3"))
    return EntryResponse(
        status="200 OK",
        location=f"{type_}/{id_}/_history/{stored.version}",
        etag=f'W/"{stored.version}"',
    )


def _directory_id(unit: Unit, type_: str, numbers: Mapping[str, str]) -> str | None:
    ids, ura, uzi = unit.installation.ids, numbers.get(URA), numbers.get(UZI)
    match type_:
        case "Organization" if ura is not None:
            return ids.organisation(ura)
        case "Practitioner" if uzi is not None:
            return ids.practitioner(uzi)
        case "PractitionerRole" if uzi is not None:
            return ids.staff(ura or unit.caller.ura, uzi)
    return None


def _numbers(entry: Json, names: Mapping[str, Json]) -> dict[str, str]:
    """National numbers of a directory resource by system; a role also has those of its person and
    organisation, named in the reference itself or in the resource that it points at.
    """
    numbers = list(entry.get("identifier", []))
    for reference in (entry.get("practitioner", {}), entry.get("organization", {})):
        numbers += names.get(reference.get("reference", ""), {}).get("identifier", [])
        numbers += [reference["identifier"]] if "identifier" in reference else []
    found = {str(n.get("system")): str(n.get("value")) for n in numbers}
    return {IDENTIFIER_ALIASES.get(system, system): value for system, value in found.items()}
