"""Consent rules: what the decision reads instead of walking Consent resources."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement, Connection, and_, false, insert, not_, or_, select, update

from adapter.store.schema import FOREVER, alignment, consent_rule


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """One interval rule (access-control 2.6). `category` None = any; times in microseconds."""

    con_type: str
    patient: str
    party: str
    effect: str
    category: str | None = None
    trajectory: str | None = None
    valid_from: int
    valid_to: int = FOREVER


def replace_rules(
    connection: Connection, consent: str, version: int, rules: Sequence[Rule], now: int
) -> None:
    """End the rules of older versions and start these, at one instant (RI-3)."""
    end_rules(connection, consent, now)
    for rule in rules:
        connection.execute(
            insert(consent_rule).values(
                consent=consent,
                consent_version=version,
                con_type=rule.con_type,
                patient=rule.patient,
                trajectory=rule.trajectory,
                party=rule.party,
                category=rule.category,
                effect=rule.effect,
                valid_from=max(rule.valid_from, 0),
                valid_to=rule.valid_to,
            )
        )


def end_rules(connection: Connection, consent: str, now: int) -> None:
    """No rule of this consent holds from `now` on; what was, stays readable."""
    connection.execute(
        update(consent_rule)
        .where(consent_rule.c.consent == consent, consent_rule.c.valid_to > now)
        .values(valid_to=now)
    )


def end_permits(
    connection: Connection,
    trajectory: str,
    con_types: Sequence[str],
    now: int,
    *,
    keep: Sequence[str] = (),
) -> list[str]:
    """When a trajectory or a referral ends its permits of these types end; of the parties in `keep`
    those "until closing" only (an open end), so that what has a date of its own goes on (domain
    decision 3). The consents of which nothing goes on, by id.
    """
    permit = and_(
        consent_rule.c.trajectory == trajectory,
        consent_rule.c.con_type.in_(con_types),
        consent_rule.c.effect == "permit",
    )
    going_on = and_(permit, consent_rule.c.valid_to > now)
    kept = or_(false(), *(_is_of(consent_rule.c.party, ura) for ura in keep))
    ends = or_(consent_rule.c.valid_to == FOREVER, not_(kept))
    connection.execute(update(consent_rule).where(going_on, ends).values(valid_to=now))
    every = select(consent_rule.c.consent).where(permit).distinct()
    rest = set(connection.scalars(select(consent_rule.c.consent).where(going_on)))
    return sorted(set(connection.scalars(every)) - rest)


def _is_of(party: ColumnElement[str], ura: str) -> ColumnElement[bool]:
    """An organisation, or a function in it."""
    return or_(party == ura, party.startswith(f"{ura}|", autoescape=True))


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """Whether somebody, by any of these names, may have a category of data in one trajectory."""

    patient: str
    trajectory: str
    parties: frozenset[str]
    con_type: str
    category: str
    consent: str | None = None  # id of the very one that is relied on


def permits(connection: Connection, asked: Asked, now: int) -> bool:
    """A permit of this trajectory holds, and no deny, whatever it was said in: as the gates judge
    it for who asks (RI-19)."""
    about = (
        consent_rule.c.patient == asked.patient,
        consent_rule.c.party.in_((*asked.parties, "*")),
        or_(consent_rule.c.category.is_(None), consent_rule.c.category == asked.category),
        consent_rule.c.valid_from <= now,
        consent_rule.c.valid_to > now,
    )
    denied = select(consent_rule.c.id).where(*about, consent_rule.c.effect == "deny")
    given = select(consent_rule.c.id).where(
        *about,
        consent_rule.c.effect == "permit",
        consent_rule.c.con_type == asked.con_type,
        consent_rule.c.trajectory == asked.trajectory,
    )
    if asked.consent is not None:
        given = given.where(consent_rule.c.consent == asked.consent)
    is_denied, is_given = (
        connection.scalar(rules.limit(1)) is not None for rules in (denied, given)
    )
    return is_given and not is_denied


def goes_on(connection: Connection, trajectory: str, ura: str, con_type: str, now: int) -> bool:
    """Whether a permit of this type in this trajectory has an end of its own, after now."""
    found = connection.scalar(
        select(consent_rule.c.id)
        .where(
            consent_rule.c.trajectory == trajectory,
            _is_of(consent_rule.c.party, ura),
            consent_rule.c.con_type == con_type,
            consent_rule.c.effect == "permit",
            consent_rule.c.valid_to > now,
            consent_rule.c.valid_to < FOREVER,
        )
        .limit(1)
    )
    return found is not None


def align(
    connection: Connection, *, practice: str, party: str, patient: str, reference: str, now: int
) -> None:
    """Record that the GP was consulted about sharing with `party` ("*" = standing)."""
    found = connection.execute(
        update(alignment)
        .where(
            alignment.c.practice == practice,
            alignment.c.party == party,
            alignment.c.patient == patient,
        )
        .values(reference=reference, valid_to=FOREVER)
    )
    if found.rowcount == 0:
        connection.execute(
            insert(alignment).values(
                practice=practice,
                party=party,
                patient=patient,
                reference=reference,
                valid_from=now,
                valid_to=FOREVER,
            )
        )


def is_aligned(
    connection: Connection, *, practice: str, party: str, patient: str, now: int
) -> bool:
    """Whether the GP was consulted about sharing with `party`, for this patient or standing."""
    found = connection.scalar(
        select(alignment.c.party)
        .where(
            alignment.c.practice == practice,
            alignment.c.party == party,
            alignment.c.patient.in_((patient, "*")),
            alignment.c.valid_from <= now,
            alignment.c.valid_to > now,
        )
        .limit(1)
    )
    return found is not None


def bind_to_trajectory(connection: Connection, referral: str, trajectory: str, now: int) -> None:
    """What was agreed to for this referral belongs to the trajectory that it became, and to no
    other one (RI-19).
    """
    connection.execute(
        update(consent_rule)
        .where(
            consent_rule.c.trajectory == referral,
            consent_rule.c.effect == "permit",
            consent_rule.c.valid_to > now,
        )
        .values(trajectory=trajectory)
    )
