"""Loading an invented region into the registers of a fresh installation."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import func, select

from adapter.access.jose import new_private_jwk, public_jwks
from adapter.access.policy import load_policy
from adapter.cli.region import load_region
from adapter.fhir.json import Json
from adapter.settings import Settings
from adapter.store import identity, parties
from adapter.store.engine import open_store
from adapter.store.keys import load_keys
from adapter.store.migrate import migrate
from adapter.store.schema import (
    agreement,
    alignment,
    client_organisation,
    metadata,
    resource,
    staff_authorisation,
)
from adapter.synthetic import network
from adapter.synthetic.region import build_region
from adapter.workflows.installation import Installation
from mappings.toolkit.identity import Ids

NOW = 1_795_513_200_000_000  # 2026-11-24T09:00Z
REGION = build_region(date(2026, 11, 24), patients=3)


@pytest.fixture(scope="module")
def installation(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Installation]:
    root: Path = tmp_path_factory.mktemp("region")
    settings = Settings(
        database_url=f"sqlite:///{root / 'meso.db'}",
        log_dir=root / "log",
        key_file=root / "meso.key",
    )
    migrate(settings)
    store = open_store(settings)
    keys = load_keys(settings.key_file)
    yield Installation(
        store=store,
        keys=keys,
        ids=Ids(keys.ids),
        policy=load_policy(),
        clock=lambda: NOW,
        log_stream="data",
    )
    store.close()


@pytest.fixture(scope="module")
def jwks() -> dict[str, Json]:
    return {party.client: public_jwks(new_private_jwk("test")) for party in network.ORGANISATIONS}


@pytest.fixture(scope="module")
def loaded(installation: Installation, jwks: dict[str, Json]) -> Installation:
    sources = {network.WILGENHOF.ura: "http://127.0.0.1:9"}
    load_region(installation, REGION, jwks=jwks, record_sources=sources)
    return installation


def count(installation: Installation) -> dict[str, int]:
    def unit(connection: object) -> dict[str, int]:
        return {
            table.name: connection.scalar(select(func.count()).select_from(table))  # type: ignore[attr-defined] # Connection
            for table in metadata.sorted_tables
            if table.name != "used_jti"
        }

    return installation.store.read(unit)


def test_every_practice_knows_where_its_record_is(loaded: Installation) -> None:
    found = loaded.store.read(lambda c: parties.find_organisation(c, network.WILGENHOF.ura))
    assert found is not None
    assert found.record_source == "http://127.0.0.1:9"


@pytest.mark.parametrize("member", network.MEMBERS, ids=lambda member: member.key)
def test_every_member_may_act_now(loaded: Installation, member: network.Member) -> None:
    found = loaded.store.read(
        lambda c: identity.find_staff(
            c, ura=member.ura, person=member.uzi, role=member.role, now=NOW
        )
    )
    assert isinstance(found, identity.Staff)


def test_the_platform_may_ask_tokens_for_its_provider(loaded: Installation) -> None:
    wanted = {network.RIETKRAAG.ura}
    assert loaded.store.read(lambda c: identity.is_allowed_for(c, network.SAMENSPEL.client, wanted))


def test_the_platform_may_ask_none_for_another_organisation(loaded: Installation) -> None:
    wanted = {network.MESO.ura}
    assert not loaded.store.read(
        lambda c: identity.is_allowed_for(c, network.SAMENSPEL.client, wanted)
    )


@pytest.mark.parametrize(
    ("table", "expected"),
    [
        (agreement, len(network.AGREEMENTS)),
        (alignment, 2 * len(network.ALIGNED)),
        (staff_authorisation, 2 * len(network.AUTHORISED)),
        (client_organisation, len(network.ACTS_FOR)),
    ],
    ids=lambda value: getattr(value, "name", ""),
)
def test_every_promise_is_registered(loaded: Installation, table: object, expected: int) -> None:
    statement = select(func.count()).select_from(table)  # type: ignore[arg-type] # Table
    assert loaded.store.read(lambda c: c.scalar(statement)) == expected


def test_every_party_has_its_resource_in_the_directory(loaded: Installation) -> None:
    ids = {loaded.ids.organisation(party.ura) for party in network.ORGANISATIONS}
    ids |= {loaded.ids.staff(member.ura, member.uzi) for member in network.MEMBERS}
    statement = select(resource.c.id).where(resource.c.category == "directory")
    found = loaded.store.read(lambda c: set(c.scalars(statement)))
    assert ids <= found


def test_no_patient_is_in_the_database_before_the_first_referral(loaded: Installation) -> None:
    statement = select(func.count()).where(resource.c.patient != "-")
    assert loaded.store.read(lambda c: c.scalar(statement)) == 0


def test_loading_the_same_region_again_changes_nothing(
    loaded: Installation, jwks: dict[str, Json]
) -> None:
    before = count(loaded)
    load_region(loaded, REGION, jwks=jwks)
    assert count(loaded) == before
