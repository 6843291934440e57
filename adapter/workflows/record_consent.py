"""Recording what a patient decided about sharing, and withdrawing it (toestemming).

A consent is compiled to interval rules in the transaction that stores it; the next request sees
them (RI-2, RI-3). Who may record what: the GP CON-1 and CON-2, the MESO team CON-3 … CON-5
(access-control 6.2). Consent never opens by itself: relation, role and audience stand beside it.
"""

from dataclasses import replace

from adapter.fhir.instant import FOREVER, parse_moment
from adapter.fhir.issues import FhirError, Issue
from adapter.store import consents, parties, relations, resources
from adapter.store.consents import Rule
from adapter.store.resources import Saved
from adapter.workflows.dossiers import require_dossier
from adapter.workflows.places import Dossier, save_all
from adapter.workflows.provenance import record_provenance
from adapter.workflows.unit import Unit
from mappings import consent as mapping
from mappings.records.base import Moment
from mappings.records.consent import ConsentRecord

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
    dossier = _dossier(unit, record)
    _check(unit, record)
    documents = mapping.to_fhir(record, unit.installation.ids)
    saved = save_all(unit, documents, dossier)
    record_provenance(unit, saved, dossier)
    if saved[0].changed:
        apply_rules(unit, record, dossier.patient, version=saved[0].version)
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
    return saved


def _dossier(unit: Unit, record: ConsentRecord) -> Dossier:
    """A permit belongs to the trajectory that runs. What closes is heard as long as this practice
    keeps the record: a consent that went on after closing can be withdrawn then too (RI-3).
    """
    closes = record.status == "inactive" or record.kind == "refused"
    kinds = ("care", "own-record") if closes else ("care",)
    dossier = require_dossier(unit, record.patient, kind=kinds)
    if record.trajectory is None and not closes:
        text = "Een toestemming hoort bij het traject waarin zij is gegeven."
        raise _refused("trajectory", text, "RI-19")
    if record.trajectory in {None, dossier.trajectory}:
        return dossier
    held = resources.load(unit.connection, "EpisodeOfCare", str(record.trajectory))
    if not closes or held is None or held.placement.patient != dossier.patient:
        raise FhirError(404, Issue(code="not-found", text="Niet gevonden."))
    return replace(dossier, trajectory=record.trajectory)


def apply_rules(unit: Unit, record: ConsentRecord, patient: str, *, version: int) -> None:
    """Make the rules of this consent equal to what it says now."""
    consent = mapping.consent_id(record, unit.installation.ids)
    consents.replace_rules(
        unit.connection, consent, version, compile_rules(record, patient, unit.now), unit.now
    )


def compile_rules(record: ConsentRecord, patient: str, now: int) -> list[Rule]:
    """Rules of one record (access-control 2.6): only an active one permits, a refusal denies."""
    if record.status == "inactive":
        return []
    party = _party(record)
    if record.kind == "refused" or record.status == "rejected":
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
            trajectory=record.trajectory or record.referral,
            valid_from=start,
            valid_to=end,
        )
        for category in categories
    ]


def _party(record: ConsentRecord) -> str:
    if record.party.ura is None:
        return f"RelatedPerson/{record.party.related_person}"
    return record.party.ura + (f"|{record.party.role}" if record.party.role else "")


def _check(unit: Unit, record: ConsentRecord) -> None:
    if (record.recorded_by.ura, record.recorded_by.uzi) != (unit.caller.ura, unit.caller.person):
        text = "Een toestemming wordt vastgelegd door wie haar ontving."
        raise _refused("recordedBy", text, "R-54")
    if record.type not in {"CON-3", "CON-4", "CON-5"}:
        text = "Deze soort toestemming legt de huisarts vast, bij de verwijzing."
        raise _refused("type", text, "R-8")
    if unit.caller.ura not in record.given_to:
        text = "Deze soort toestemming wordt aan de MESO-praktijk gegeven."
        raise _refused("givenTo", text, "R-8")
    if record.parts:
        text = "Losse delen kunnen hier nog niet worden uitgedrukt; noem het traject als geheel."
        raise _refused("parts", text, "RI-1", code="not-supported")
    if record.given_by != "patient":
        text = "De vertegenwoordiger is hier niet vastgelegd."
        raise _refused("givenBy", text, "R-54")
    if record.party.ura is not None and (
        parties.find_organisation(unit.connection, record.party.ura) is None
    ):
        raise _refused("party", "Deze partij is hier niet bekend.", "RI-1", code="not-found")


def _refused(at: str, text: str, rule: str, *, code: str = "business-rule") -> FhirError:
    expression = f"ConsentRecord.{at}"
    return FhirError(422, Issue(code=code, text=text, expression=expression, rule=rule))


def _relate(unit: Unit, record: ConsentRecord, patient: str, saved: Saved) -> None:
    """A partner relation comes with the consent and shows nothing by itself (2.4)."""
    if record.party.ura is None:
        return
    if record.kind == "explicit" and record.status == "active":
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
