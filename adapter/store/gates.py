"""The gates of the decision as SQL expressions, written once and used by every statement.

A statement is built for one role and one type: its scopes come from the policy as constants, so
that what is left to look up is the dossier's own facts. Each gate is a boolean about (caller,
item, now); a read selects them as columns, so that the log can say which one failed, a search
puts them into its WHERE. Sources: access-control 2.2 to 2.6.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import (
    BigInteger,
    ColumnElement,
    Select,
    String,
    Table,
    and_,
    bindparam,
    case,
    false,
    func,
    literal_column,
    not_,
    null,
    or_,
    select,
    true,
)
from sqlalchemy.sql.selectable import ScalarSelect

from adapter.access.policy import GP_ROLES, MESO_ROLES, Scope
from adapter.store.schema import (
    agreement,
    alignment,
    audience,
    consent_rule,
    relation,
    resource,
    staff,
    staff_authorisation,
    token,
)
from adapter.store.schema import patient as patient_table

Bool = ColumnElement[bool]

# What a caller is to a statement; bound from the token's row in the same snapshot.
NOW: ColumnElement[int] = bindparam("now", type_=BigInteger)
URA: ColumnElement[str] = bindparam("ura", type_=String)
STAFF: ColumnElement[str] = bindparam("staff", type_=String)
FUNCTION: ColumnElement[str] = bindparam("function", type_=String)  # ura|role

NO_PARTY = "-"  # custodian and patient of the directory
GP_CATEGORIES = ("his", "ouderenmodule")
OWN_RECORD = "own-record"


def fixed(text: str) -> ColumnElement[str]:
    """A constant of ours as text of the statement: nothing to bind on the hot path."""
    if not text.replace("-", "").isalnum() and text not in {"*", "-"}:
        raise ValueError("only plain words are written into a statement")
    return literal_column(f"'{text}'", String)


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """What is asked for: a stored resource, or a category of a patient's GP record."""

    patient: ColumnElement[str]
    category: ColumnElement[str]
    custodian: ColumnElement[str]
    trajectory: ColumnElement[str]  # null: of the whole dossier
    rid: ColumnElement[int] | None
    owner: ColumnElement[str] | None
    hidden: Bool


RESOURCE = Item(
    patient=resource.c.patient,
    category=resource.c.category,
    custodian=resource.c.custodian,
    trajectory=resource.c.trajectory,
    rid=resource.c.rid,
    owner=resource.c.owner,
    hidden=resource.c.hidden,
)


def gp_record(category: str) -> Item:
    """A category of the record that stays at the GP practice of the joined `patient` row. It is
    opened for the trajectory that runs, never by the consent of an earlier one (RI-19).
    """
    running = _scalar(
        select(func.min(relation.c.trajectory))
        .where(
            relation.c.patient == patient_table.c.key,
            relation.c.org == URA,
            relation.c.kind == fixed("care"),
            open_now(relation),
        )
        .correlate_except(relation)
    )
    return Item(
        patient=patient_table.c.key,
        category=fixed(category),
        custodian=patient_table.c.gp,
        trajectory=running,
        rid=None,
        owner=None,
        hidden=false(),
    )


def open_now(row: Table) -> Bool:
    """Half-open interval of `row` contains now."""
    return and_(row.c.valid_from <= NOW, row.c.valid_to > NOW)


def token_is_valid() -> Bool:
    """Presented token exists, has not ended and was not revoked."""
    return and_(
        token.c.hash == bindparam("token"), token.c.expires_at > NOW, token.c.revoked_at.is_(None)
    )


def staff_is_active() -> Bool:
    """Gate 0: employed, both statements signed, not suspended (R-14 … R-16, R-79)."""
    return and_(
        open_now(staff),
        staff.c.secrecy_signed_at.is_not(None),
        staff.c.conduct_signed_at.is_not(None),
        staff.c.suspended_at.is_(None),
    )


@dataclass(frozen=True, slots=True)
class Gates:
    """The gates for one role and one type of item."""

    item: Item
    scopes: Sequence[Scope]

    def tenant(self) -> Bool:
        """Gate 2: own data, the patient's own GP practice, or an agreement in force of the kind
        that this role works under: GP practices and MESO the user agreement, partners theirs
        (R-18, R-19); for the GP record also this practice's authorisation of this person (R-14).
        """
        custodian = self.item.custodian
        at_gp_record = any(scope.category in GP_CATEGORIES for scope in self.scopes)
        inside = all(scope.role in GP_ROLES | MESO_ROLES for scope in self.scopes)
        of_kind = agreement.c.kind == fixed("his-user" if inside else "partner")
        agreed = _first_of(
            *(
                _exists(
                    agreement, agreement.c.a == a, agreement.c.b == b, of_kind, open_now(agreement)
                )
                for a, b in ((custodian, URA), (URA, custodian))
            )
        )
        if at_gp_record:
            agreed = and_(
                agreed,
                _exists(
                    staff_authorisation,
                    staff_authorisation.c.practice == custodian,
                    staff_authorisation.c.staff == STAFF,
                    open_now(staff_authorisation),
                ),
            )
        return _first_of(
            custodian == fixed(NO_PARTY), custodian == URA, patient_table.c.gp == URA, agreed
        )

    def relation(self) -> Bool:
        """Gate 3 as a condition."""
        return or_(self.relation_id().is_not(None), self.needs_no_relation())

    def relation_id(self) -> ColumnElement[int]:
        """Gate 3: an open relation of a kind that this role's scopes accept (R-1, R-2, R-7)."""
        return self._by_category(self._relation, null())

    def needs_no_relation(self) -> Bool:
        """The directory: organisations and staff are nobody's dossier."""
        free = sorted({s.category for s in self.scopes if s.relation == "-"})
        return _is_any(self.item.category, *map(fixed, free)) if free else false()

    def deny(self) -> Bool:
        """Gate 4: an effective deny (R-6, RI-3)."""
        return _exists(consent_rule, self._rule("deny"))

    def permit(self) -> Bool:
        """Gate 5: every consent that the scope asks for is there (access-control 2.5)."""
        return self._by_category(self._permitted, false())

    def consent_id(self) -> ColumnElement[str]:
        """The consent that was relied on, for the log."""
        return self._by_category(self._relied_on, null())

    def role(self) -> Bool:
        """Gates 6 and 7: category and type in the role's scope, addressed where that is needed
        (R-49, R-50), not entered in error, and nobody but the GP after death (RI-20).
        """
        alive = or_(patient_table.c.deceased_at.is_(None), patient_table.c.gp == URA)
        directory = self.item.patient == fixed(NO_PARTY)
        return and_(
            self.addressed(),
            or_(directory, alive),
        )

    def addressed(self) -> Bool:
        """The part of gates 6 and 7 that is the item's own: in scope, addressed, not in error."""
        return and_(self._by_category(self._addressed, false()), not_(self.item.hidden))

    def view(self) -> ColumnElement[str]:
        """How much is shown; the owner of a Task always gets all of it (domain decision 17)."""
        views = self._by_category(lambda scopes: fixed(scopes[0].view), null())
        if self.item.owner is None or all(s.view == "full" for s in self.scopes):
            return views
        return case((self.item.owner == URA, fixed("full")), else_=views)

    def all(self) -> list[Bool]:
        """Conjunction for statements that only see what the caller may see."""
        return [
            self.tenant(),
            self.role(),
            not_(self.deny()),
            self.relation(),
            self.permit(),
        ]

    def _by_category(self, of: object, otherwise: object) -> ColumnElement:  # type: ignore[type-arg] # bool, int or str, by `of`
        """What `of` says about the scopes of the item's own category."""
        groups: dict[str, list[Scope]] = {}
        for scope in self.scopes:
            groups.setdefault(scope.category, []).append(scope)
        if not groups:
            return otherwise  # type: ignore[return-value] # an SQL constant
        whens = [
            (self.item.category == fixed(category), of(scopes))  # type: ignore[operator] # a method of this class
            for category, scopes in sorted(groups.items())
        ]
        return case(*whens, else_=otherwise)

    def _relation(self, scopes: list[Scope]) -> ColumnElement[int]:
        kinds = sorted({scope.relation for scope in scopes} - {"-"})
        if not kinds:
            return null()  # type: ignore[return-value] # NULL of any type
        accepted = [relation.c.kind == fixed(kind) for kind in kinds if kind != OWN_RECORD]
        if OWN_RECORD in kinds:
            # what this practice keeps itself and what the GP sent, not what a next practice writes
            own = or_(self.item.custodian == URA, self.item.custodian == patient_table.c.gp)
            accepted.append(and_(relation.c.kind == fixed(OWN_RECORD), own))
        return _scalar(
            select(func.min(relation.c.id))
            .where(
                relation.c.patient == self.item.patient,
                relation.c.org == URA,
                or_(*accepted),
                open_now(relation),
            )
            .correlate_except(relation)
        )

    def _permitted(self, scopes: list[Scope]) -> Bool:
        ways = {(s.consent, s.also_consent, s.needs_alignment) for s in scopes}
        return or_(*(self._way(*way) for way in sorted(ways, key=str)))

    def _way(self, consent: str | None, also: str | None, aligned: bool) -> Bool:
        needed: list[Bool] = [self._permit_rule(c) for c in (consent, also) if c is not None]
        if aligned:
            needed.append(
                _first_of(
                    *(
                        _exists(
                            alignment,
                            alignment.c.practice == patient_table.c.gp,
                            alignment.c.party == URA,
                            alignment.c.patient == whom,
                            open_now(alignment),
                        )
                        for whom in (fixed("*"), self.item.patient)
                    )
                )
            )
        return and_(true(), *needed)

    def _relied_on(self, scopes: list[Scope]) -> ColumnElement[str]:
        consents = sorted({s.consent for s in scopes if s.consent is not None})
        if not consents:
            return null()  # type: ignore[return-value] # NULL of any type
        return _scalar(
            select(func.min(consent_rule.c.consent))
            .where(self._permitting(), _is_any(consent_rule.c.con_type, *map(fixed, consents)))
            .correlate_except(consent_rule)
        )

    def _addressed(self, scopes: list[Scope]) -> Bool:
        if self.item.rid is None or not all(scope.needs_audience for scope in scopes):
            return true()
        return _exists(
            audience,
            audience.c.rid == self.item.rid,
            audience.c.party == URA,
            open_now(audience),
        )

    def _permit_rule(self, con_type: str) -> Bool:
        return _exists(consent_rule, self._permitting(), consent_rule.c.con_type == fixed(con_type))

    def _permitting(self) -> Bool:
        """A permit counts for its own trajectory; a deny counts whatever it was said in (RI-19)."""
        return and_(
            self._rule("permit"),
            or_(
                consent_rule.c.trajectory.is_(None),
                self.item.trajectory.is_(None),
                consent_rule.c.trajectory == self.item.trajectory,
            ),
        )

    def _rule(self, effect: str) -> Bool:
        return and_(
            consent_rule.c.patient == self.item.patient,
            _is_any(consent_rule.c.party, URA, FUNCTION, STAFF, fixed("*")),
            consent_rule.c.effect == fixed(effect),
            or_(
                consent_rule.c.category.is_(None),
                consent_rule.c.category == self.item.category,
            ),
            open_now(consent_rule),
        )


def exists_in(table: Table, *conditions: Bool) -> Bool:
    """EXISTS over one table; everything else is the enclosing row."""
    # Correlates with everything outside but its own table. SQLAlchemy by itself correlates one
    # level only and would add the outer tables anew below that: a test walks every statement.
    inner: Select[Any] = select(literal_column("1")).select_from(table).where(*conditions)
    return inner.correlate_except(table).exists()


_exists = exists_in


def _scalar(statement: Select) -> ScalarSelect:  # type: ignore[type-arg] # one column of any type
    return statement.scalar_subquery()


def _first_of(*conditions: Bool) -> Bool:
    """OR that looks no further than the first that is true: in a column SQLite works out both
    sides of an OR.
    """
    return case(*((condition, true()) for condition in conditions), else_=false())


def _is_any(column: ColumnElement[str], *values: ColumnElement[str]) -> Bool:
    return or_(*(column == value for value in values)) if values else false()
