"""Recording what a patient decided about sharing, and withdrawing it (toestemming).

A consent is compiled to interval rules in the transaction that stores it; the next request sees
them (RI-2, RI-3). Who may record what: the GP CON-1 and CON-2 of patients of the own practice, the
MESO team CON-3 … CON-5 (access-control 6.2; `consent_givers.py`). Consent never opens by itself:
relation, role and audience stand beside it.
"""

from collections.abc import Iterable

from adapter.fhir.instant import FOREVER, parse_moment
from adapter.fhir.issues import FhirError, Issue
from adapter.store import consents, messages, relations, resources
from adapter.store.consents import Rule
from adapter.store.resources import Saved
from adapter.workflows.consent_givers import (
    OF_THE_GP,
    binding,
    check_consent,
    check_giver,
    dossier_for_consent,
)
from adapter.workflows.consent_limits import check_expressible, opens, shuts
from adapter.workflows.places import Dossier, save_all
from adapter.workflows.provenance import record_provenance
from adapter.workflows.unit import Unit
from adapter.workflows.warn import put_on_worklist, warn
from mappings.consent import consent as mapping
from mappings.records.base import Moment
from mappings.records.consent import ConsentRecord

_ENDED = Issue(
    code="business-rule",
    expression="ConsentRecord.status",
    text="Deze toestemming is beëindigd en blijft dat. Leg een nieuwe vast, met een eigen nummer.",
    rule="RI-3",
)
_HIS = ("his", "ouderenmodule")
# What a refusal closes, by type; a permit needs no list, since its type says what it opens.
_REFUSED_DATA = {
    "CON-1": _HIS,
    "CON-2": _HIS,
    "CON-3": ("mdo",),
    "CON-4": ("mdo",),
    "CON-5": ("person", "plan", "acp"),
    "CON-6": _HIS,
}


def record_consent(unit: Unit, record: ConsentRecord) -> list[Saved]:
    """Store a consent, a refusal or a withdrawal. FhirError 404 when the patient is not the
    caller's, 422 when the rule form cannot express it or somebody else has to record it.
    """
    dossier = dossier_for_consent(unit, record)
    check_consent(unit, record)
    worth_a_look = check_giver(unit, record, dossier)
    check_expressible(record)
    trajectory = binding(unit, record, dossier)
    documents = mapping.to_fhir(record, unit.installation.ids)
    _stays_ended(unit, record, documents[0]["id"])
    saved = save_all(unit, documents, dossier)
    resources.also_address(unit.connection, saved[0].rid, dossier.patient, dossier.meso, unit.now)
    record_provenance(unit, saved, dossier)
    if saved[0].changed:
        version = saved[0].version
        apply_rules(unit, record, dossier.patient, version=version, trajectory=trajectory)
    if record.alignment is not None and record.party.ura is not None:
        consents.align(
            unit.connection,
            practice=dossier.gp,
            party=record.party.ura,
            patient=dossier.patient,
            reference=record.alignment,
            now=unit.now,
        )
    _relate(unit, record, dossier.patient, saved[0])
    _warn(unit, worth_a_look, saved[0], dossier)
    if record.is_decided and record.type in OF_THE_GP:
        _is_answered(unit, dossier)
    return saved


def _is_answered(unit: Unit, dossier: Dossier) -> None:
    """Nobody waits any more for what the patient says about her record (R-9)."""
    for task in resources.of_patient(unit.connection, dossier.patient, "Task"):
        if task.placement.category == "referral" and task.placement.owner == dossier.meso:
            subject = f"Task/{task.body['id']}"
            messages.done(unit.connection, kind="awaiting-agreement", subject=subject, now=unit.now)


def _warn(unit: Unit, found: list[Issue], consent: Saved, dossier: Dossier) -> None:
    """The GP as well hears that alignment is missing (domain decision 14)."""
    about, own = f"Consent/{consent.id}", unit.caller.ura
    warn(unit, found, about=about, patient=dossier.patient, orgs=[own])
    if own != dossier.gp:
        for_both = [issue for issue in found if issue.rule == "R-47"]
        put_on_worklist(unit, for_both, about=about, patient=dossier.patient, orgs=[dossier.gp])


def _stays_ended(unit: Unit, record: ConsentRecord, id_: str) -> None:
    """What was withdrawn or has ended is never opened again by its own message, sent once more."""
    held = resources.load(unit.connection, "Consent", id_)
    if held is not None and held.body["status"] == "inactive" and record.status == "active":
        raise FhirError(422, _ENDED)


def end_consents(unit: Unit, ids: Iterable[str]) -> list[Saved]:
    """Consents whose rules ended say so themselves: `inactive`, for whoever reads them elsewhere."""
    held = (resources.load(unit.connection, "Consent", id_) for id_ in ids)
    return [
        unit.save({**stored.body, "status": "inactive"}, stored.placement)
        for stored in held
        if stored is not None and stored.body["status"] == "active"
    ]


def apply_rules(
    unit: Unit,
    record: ConsentRecord,
    patient: str,
    *,
    version: int,
    trajectory: str | None = None,
) -> None:
    """Make the rules of this consent equal to what it says now; `trajectory` is what it belongs to,
    when that is not what the record names.
    """
    consent = mapping.consent_id(record, unit.installation.ids)
    rules = compile_rules(record, patient, unit.now, trajectory=trajectory)
    consents.replace_rules(unit.connection, consent, version, rules, unit.now)


def compile_rules(
    record: ConsentRecord, patient: str, now: int, *, trajectory: str | None = None
) -> list[Rule]:
    """Rules of one record (access-control 2.6): only an active one permits, a refusal denies."""
    party = _party(record)
    if shuts(record):
        return [
            Rule(
                con_type=record.type,
                patient=patient,
                party=party,
                effect="deny",
                category=category,
                valid_from=now,
            )
            for category in _REFUSED_DATA[record.type]
        ]
    if not opens(record):
        return []
    start, end = _interval(record)
    categories = record.categories or (None,)
    return [
        Rule(
            con_type=record.type,
            patient=patient,
            party=party,
            effect="permit",
            category=category,
            # never of no trajectory: what was said for a referral waits for what becomes of it (RI-19)
            trajectory=trajectory or record.trajectory or record.referral,
            valid_from=start,
            valid_to=end,
        )
        for category in categories
    ]


def _party(record: ConsentRecord) -> str:
    if record.party.ura is None:
        return f"RelatedPerson/{record.party.related_person}"
    return record.party.ura + (f"|{record.party.role}" if record.party.role else "")


def _relate(unit: Unit, record: ConsentRecord, patient: str, saved: Saved) -> None:
    """A partner relation comes with the consent and shows nothing by itself (2.4). MESO, to which
    the GP record is opened, is no partner.
    """
    if record.party.ura is None or record.type in OF_THE_GP:
        return
    if opens(record):
        relations.open_relation(
            unit.connection,
            org=record.party.ura,
            patient=patient,
            kind="partner",
            opened_by=f"Consent/{saved.id}",
            now=unit.now,
            trajectory=record.trajectory,
        )


def _interval(record: ConsentRecord) -> tuple[int, int]:
    assert record.period is not None, "an explicit consent has a period"
    start = _moment(record.period.start)[0]
    end = FOREVER if record.period.end is None else _moment(record.period.end)[1]
    return start, end


def _moment(value: Moment) -> tuple[int, int]:
    """Half-open interval of a date or instant: a date ends at 24:00 in the Netherlands."""
    moment = parse_moment(value.isoformat())
    assert moment is not None, "a record holds valid dates only"
    return moment.low, moment.high
