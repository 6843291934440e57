"""The register of parties, on SQLite."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import Connection, select

from adapter.store import parties
from adapter.store.engine import Store
from adapter.store.schema import (
    FOREVER,
    agreement,
    metadata,
    organisation,
    peer,
    staff,
    staff_authorisation,
)

NOW = 1_000_000


@pytest.fixture
def connection(tmp_path: Path) -> Iterator[Connection]:
    store = Store(f"sqlite:///{tmp_path / 'meso.db'}")
    connection = store._engine.connect()
    metadata.create_all(connection)
    yield connection
    connection.close()
    store.close()


def practice(**changes: str | None) -> parties.Organisation:
    values = {
        "ura": "90000011",
        "name": "HTEST praktijk",
        "kind": "gp-practice",
        "resource_id": "o1",
    }
    return parties.Organisation(**{**values, **changes})


def nurse(**changes: object) -> parties.StaffMember:
    values = {
        "id": "s1",
        "ura": "90000031",
        "person": "900000301",
        "role": "community-nurse",
        "initials": "S.",
        "valid_from": NOW,
    }
    return parties.StaffMember(**{**values, **changes})


def test_an_organisation_is_found_as_it_was_registered(connection: Connection) -> None:
    parties.register_organisation(connection, practice())
    assert parties.find_organisation(connection, "90000011") == practice()


def test_an_unknown_organisation_is_none(connection: Connection) -> None:
    assert parties.find_organisation(connection, "90000099") is None


def test_registering_again_replaces_and_adds_no_row(connection: Connection) -> None:
    parties.register_organisation(connection, practice())
    parties.register_organisation(connection, practice(name="HTEST andere naam"))
    assert connection.scalars(select(organisation.c.name)).all() == ["HTEST andere naam"]


def test_a_record_source_is_set_later(connection: Connection) -> None:
    parties.register_organisation(connection, practice())
    parties.set_record_source(connection, "90000011", "http://127.0.0.1:9")
    assert parties.find_organisation(connection, "90000011") == practice(
        record_source="http://127.0.0.1:9"
    )


def test_a_record_source_of_an_unknown_practice_is_refused(connection: Connection) -> None:
    with pytest.raises(LookupError):
        parties.set_record_source(connection, "90000099", "http://127.0.0.1:9")


def test_one_person_in_two_organisations_is_two_rows(connection: Connection) -> None:
    parties.register_staff(connection, nurse())
    parties.register_staff(connection, nurse(id="s2", ura="90000032"))
    assert connection.scalars(select(staff.c.ura).order_by(staff.c.ura)).all() == [
        "90000031",
        "90000032",
    ]


def test_staff_without_signatures_has_none_recorded(connection: Connection) -> None:
    parties.register_staff(connection, nurse())
    row = connection.execute(select(staff)).one()
    assert (row.secrecy_signed_at, row.conduct_signed_at) == (None, None)


def test_an_authorisation_is_open_until_it_is_ended(connection: Connection) -> None:
    parties.authorise(connection, practice="90000011", staff_id="s1", valid_from=NOW)
    assert connection.scalar(select(staff_authorisation.c.valid_to)) == FOREVER


def test_ending_an_authorisation_ends_it_at_that_instant(connection: Connection) -> None:
    parties.authorise(connection, practice="90000011", staff_id="s1", valid_from=NOW)
    assert parties.end_authorisation(connection, practice="90000011", staff_id="s1", now=NOW + 5)
    assert connection.scalar(select(staff_authorisation.c.valid_to)) == NOW + 5


def test_ending_an_authorisation_that_was_never_given_says_so(connection: Connection) -> None:
    assert not parties.end_authorisation(connection, practice="90000011", staff_id="s1", now=NOW)


def test_an_agreement_ends_whichever_way_round_it_is_named(connection: Connection) -> None:
    parties.agree(
        connection, a="90000011", b="90000021", kind="his-user", reference="r", valid_from=NOW
    )
    assert parties.end_agreement(connection, a="90000021", b="90000011", kind="his-user", now=NOW)
    assert connection.scalar(select(agreement.c.valid_to)) == NOW


def test_an_agreement_of_another_kind_stays(connection: Connection) -> None:
    parties.agree(
        connection, a="90000011", b="90000021", kind="his-user", reference="r", valid_from=NOW
    )
    assert not parties.end_agreement(
        connection, a="90000011", b="90000021", kind="partner", now=NOW
    )


def test_a_peer_is_registered_with_its_class(connection: Connection) -> None:
    parties.register_peer(
        connection, name="hapi", base="http://127.0.0.1:9/fhir", peer_class="test"
    )
    assert connection.execute(select(peer.c["class"], peer.c.create_only)).one() == ("test", None)
