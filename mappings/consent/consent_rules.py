"""Is this consent as it has to be: evidence per type, and who gave it (R-54)?

Pure: the record, the people who are recorded as close to the patient and the judgements of her
capacity. Whether it opens anything, and for whom, is decided elsewhere. Errors block, warnings
travel along.

Art. 7:465 BW orders representatives: curator or mentor, who was authorised in writing, partner,
parent, child or sibling. Bewindvoering is about money and gives no consent to sharing; that is a
reading for a data-protection officer to confirm, in one place here.
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from adapter.fhir.instant import parse_moment
from adapter.fhir.issues import Issue
from mappings.people.person_codes import RepresentationBasis
from mappings.records.base import Moment, Period
from mappings.records.capacity import Capacity
from mappings.records.consent import ConsentRecord, Representative
from mappings.records.related_person import RelatedPerson, Representation

# Who was appointed because the patient cannot look after herself needs no further judgement.
_APPOINTED: Final[frozenset[RepresentationBasis]] = frozenset(
    {"guardianship", "mentorship", "custody"}
)
_RANKS: Final[Mapping[RepresentationBasis, int]] = {
    "guardianship": 1,
    "mentorship": 1,
    "custody": 1,
    "written-proxy": 2,
    "agency": 2,
    "partner": 3,
    "parent": 4,
    "child": 4,
    "sibling": 4,
}
_OF_THE_GP: Final = frozenset({"CON-1", "CON-2"})


def check(
    record: ConsentRecord,
    representatives: Mapping[str, RelatedPerson],
    capacity: Sequence[Capacity],
) -> list[Issue]:
    """Everything that is wrong with it, in the order of the record.

    `representatives` are the people recorded with this patient, by logical id; `capacity` all
    judgements of any patient, of which only hers about sharing data count.
    """
    return [
        *_giver(record, representatives, capacity),
        *_recorder(record),
        *_party(record),
        *_evidence(record),
        *_withdrawal(record, representatives),
    ]


# --- who gave it ------------------------------------------------------------------------------


def _giver(
    record: ConsentRecord,
    representatives: Mapping[str, RelatedPerson],
    capacity: Sequence[Capacity],
) -> Iterator[Issue]:
    if record.kind != "explicit" or record.status == "inactive":
        return  # a no is heard from anybody, and what ended opens nothing
    on = _instant(record.date_time)
    judged = _judged(record, capacity)
    if record.given_by == "patient":
        if judged is not None and not judged.capable:
            yield _issue("givenBy", "De oudere is hierin wilsonbekwaam; een ander beslist.", "R-54")
        return
    assert isinstance(record.given_by, Representative), "a permit was given by somebody"
    person = representatives.get(record.given_by.related_person)
    if person is None or person.patient != record.patient:
        yield _issue("givenBy", "De vertegenwoordiger is hier niet vastgelegd.", "R-54")
        return
    valid = [found for found in person.representations if _may_consent(found, on)]
    if not person.active or not valid:
        yield _issue("givenBy", "Op die dag was zij geen vertegenwoordiger.", "R-54")
        return
    needs_judgement = not any(found.basis in _APPOINTED for found in valid)
    if needs_judgement and (judged is None or judged.capable):
        text = "Een arts stelt eerst vast dat de oudere hierin wilsonbekwaam is."
        yield _issue("givenBy", text, "R-54")
    if _has_precedence_over(valid, record, representatives, on):
        text = "Een ander gaat voor als vertegenwoordiger; leg vast waarom die niet beslist."
        yield _issue("givenBy", text, "R-54", severity="warning")


def _judged(record: ConsentRecord, capacity: Sequence[Capacity]) -> Capacity | None:
    """The last judgement about sharing her data, up to the day or moment of the consent."""
    hers = [
        found
        for found in capacity
        if found.patient == record.patient
        and found.matter == "data-sharing"
        and _instant(found.assessed_on) < _last_instant(record.date_time)
    ]
    return max(hers, key=lambda found: _instant(found.assessed_on), default=None)


def _may_consent(found: Representation, on: int) -> bool:
    return found.basis in _RANKS and _holds(found.period, on)


def _has_precedence_over(
    valid: Sequence[Representation],
    record: ConsentRecord,
    representatives: Mapping[str, RelatedPerson],
    on: int,
) -> bool:
    """Whether somebody else comes first, by law or among equals by the rank that was agreed."""
    own = min(_rank(found) for found in valid)
    return any(
        _rank(found) < own
        for person in representatives.values()
        if person.patient == record.patient and person.active
        for found in person.representations
        if _may_consent(found, on)
    )


def _rank(found: Representation) -> tuple[int, int]:
    return _RANKS[found.basis], found.rank or 0


# --- who asked, and for whom ------------------------------------------------------------------


def _recorder(record: ConsentRecord) -> Iterator[Issue]:
    """Who asked received it too; of CON-6 the GP practice and MESO both are (R-8, R-45)."""
    if not record.is_decided:
        return
    if record.recorded_by.ura not in record.given_to:
        yield _issue("givenTo", "De toestemming is gegeven aan wie haar vroeg.", "R-8")
    if record.type in _OF_THE_GP and len(record.given_to) > 1:
        text = "De toestemming voor het huisartsdossier is aan de huisartspraktijk gegeven."
        yield _issue("givenTo", text, "R-8")
    if record.type == "CON-6" and len(record.given_to) == 1:
        text = "Deze toestemming is aan de huisartspraktijk én de MESO-praktijk gegeven."
        yield _issue("givenTo", text, "R-45")


def _party(record: ConsentRecord) -> Iterator[Issue]:
    parties = (record.party, *record.also_for)
    close = [party.related_person is not None for party in parties]
    if record.type == "CON-4" and not all(close):
        yield _issue("party", "Bij het MDO komt een genoemde naaste.", "R-53")
    if record.type == "CON-3" and any(close):
        yield _issue("party", "Een naaste komt met een toestemming van een eigen soort.", "R-52")
    if record.kind != "presumed":
        return
    if record.type != "CON-5":
        yield _issue("kind", "Voor deze soort is uitdrukkelijke toestemming nodig.", "R-46")
    elif any(close) or any(party.kind == "welfare" for party in parties):
        text = "Buiten de zorg is uitdrukkelijke toestemming nodig."
        yield _issue("kind", text, "RI-6")


# --- what shows it ----------------------------------------------------------------------------


def _evidence(record: ConsentRecord) -> Iterator[Issue]:
    if record.kind != "explicit" or record.status != "active":
        return
    if record.type == "CON-1" and record.explanation_given is not True:
        text = "De uitleg over gegevensgebruik is nog niet uitgereikt."
        yield _issue("explanationGiven", text, "R-10", severity="warning")
    if record.type == "CON-5" and record.alignment is None:
        text = "Zonder afstemming met de huisarts opent dit niets, tenzij die doorlopend is."
        yield _issue("alignment", text, "R-47", severity="warning")
    if record.type == "CON-6":
        yield from _permission(record)
    elif record.gp_permission is not None:
        text = "De schriftelijke toestemming van de huisarts hoort bij CON-6."
        yield _issue("gpPermission", text, "R-45", severity="warning")


def _permission(record: ConsentRecord) -> Iterator[Issue]:
    """Written, by the GP, who is one of those to whom the consent was given, and before it opens."""
    permission = record.gp_permission
    if permission is None:
        yield _issue("gpPermission", "De schriftelijke opdracht van de huisarts ontbreekt.", "R-45")
        return
    if permission.given_by.ura not in record.given_to:
        text = "De opdracht komt van de huisartspraktijk aan wie de toestemming is gegeven."
        yield _issue("gpPermission.givenBy", text, "R-45")
    start = record.period.start if record.period is not None else record.date_time
    if _instant(permission.on) >= _last_instant(start):
        text = "De opdracht van de huisarts is er voor de gegevens gaan."
        yield _issue("gpPermission.on", text, "R-45")


def _withdrawal(
    record: ConsentRecord, representatives: Mapping[str, RelatedPerson]
) -> Iterator[Issue]:
    """A withdrawal is heard at once from anybody (RI-3): who it was is for people to look at."""
    withdrawal = record.withdrawal
    if withdrawal is None:
        return
    if _last_instant(withdrawal.on) <= _instant(record.date_time):
        text = "De toestemming is ingetrokken voor zij was gegeven."
        yield _issue("withdrawal.on", text, "RI-3", severity="warning")
    if isinstance(withdrawal.by, Representative):
        person = representatives.get(withdrawal.by.related_person)
        on = _instant(withdrawal.on)
        known = person is not None and any(_may_consent(r, on) for r in person.representations)
        if not known:
            text = "Wie introk, was op die dag niet als vertegenwoordiger vastgelegd."
            yield _issue("withdrawal.by", text, "R-54", severity="warning")


# --- moments ----------------------------------------------------------------------------------


def _holds(period: Period, on: int) -> bool:
    """Start inclusive; the end exclusive, a bare date ending at 24:00."""
    ends = period.end is not None and _last_instant(period.end) <= on
    return _instant(period.start) <= on and not ends


def _instant(value: Moment) -> int:
    return _bounds(value)[0]


def _last_instant(value: Moment) -> int:
    return _bounds(value)[1]


def _bounds(value: Moment) -> tuple[int, int]:
    found = parse_moment(value.isoformat())
    assert found is not None, "a record holds valid dates only"
    return found.low, found.high


def _issue(at: str, text: str, rule: str, *, severity: str = "error") -> Issue:
    return Issue(
        code="business-rule",
        expression=f"ConsentRecord.{at}",
        text=text,
        rule=rule,
        severity=severity,
    )
