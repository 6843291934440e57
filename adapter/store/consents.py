"""Consent rules: what the decision reads instead of walking Consent resources."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import Connection, insert, or_, select, update

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
) -> None:
    """At closing permits of these types in this trajectory end; of the parties in `keep` those "until closing" only
    (an open end), so that what has a date of its own goes on (domain decision 3).
    """
    ends = or_(consent_rule.c.valid_to == FOREVER, consent_rule.c.party.not_in(keep))
    connection.execute(
        update(consent_rule)
        .where(
            consent_rule.c.trajectory == trajectory,
            consent_rule.c.con_type.in_(con_types),
            consent_rule.c.effect == "permit",
            consent_rule.c.valid_to > now,
            ends,
        )
        .values(valid_to=now)
    )


def permits(connection: Connection, patient: str, party: str, con_type: str, now: int) -> bool:
    """Whether a permit of this type holds for this party now, and no deny of the same type."""
    return "permit" in (effects := _effects(connection, patient, party, con_type, now)) and (
        "deny" not in effects
    )


def goes_on(connection: Connection, patient: str, party: str, con_type: str, now: int) -> bool:
    """Whether a permit of this type has an end of its own, after now."""
    found = connection.scalar(
        select(consent_rule.c.id)
        .where(
            consent_rule.c.patient == patient,
            consent_rule.c.party == party,
            consent_rule.c.con_type == con_type,
            consent_rule.c.effect == "permit",
            consent_rule.c.valid_to > now,
            consent_rule.c.valid_to < FOREVER,
        )
        .limit(1)
    )
    return found is not None


def _effects(connection: Connection, patient: str, party: str, con_type: str, now: int) -> set[str]:
    return set(
        connection.scalars(
            select(consent_rule.c.effect).where(
                consent_rule.c.patient == patient,
                consent_rule.c.party == party,
                consent_rule.c.con_type == con_type,
                consent_rule.c.valid_from <= now,
                consent_rule.c.valid_to > now,
            )
        )
    )


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


def bind_to_trajectory(connection: Connection, consents: Sequence[str], trajectory: str) -> None:
    """Open permits of these consents belong to the trajectory that their referral became, and to no
    other one (RI-19).
    """
    connection.execute(
        update(consent_rule)
        .where(
            consent_rule.c.consent.in_(consents),
            consent_rule.c.effect == "permit",
            consent_rule.c.valid_to == FOREVER,
        )
        .values(trajectory=trajectory)
    )
