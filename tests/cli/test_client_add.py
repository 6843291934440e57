"""`meso client add`: public keys of known organisations, or nothing at all."""

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from adapter.access.jose import new_private_jwk, public_jwks
from adapter.cli.app import app
from adapter.cli.opening import opened
from adapter.settings import Settings
from adapter.store import identity
from adapter.synthetic import network

KEY = new_private_jwk("hub-1")
RIETKRAAG = network.RIETKRAAG.ura


@pytest.fixture
def keys(tmp_path: Path) -> Path:
    path = tmp_path / "jwks.json"
    path.write_text(json.dumps(public_jwks(KEY)))
    return path


def words(*more: str, ura: str = RIETKRAAG) -> list[str]:
    return ["client", "add", "nieuw-ecd", "--name", "HTEST software", "--ura", ura, *more]


def client(settings: Settings) -> identity.Client | None:
    with opened(settings) as installation:
        return installation.store.read(lambda c: identity.find_client(c, "nieuw-ecd"))


def test_a_client_with_public_keys_is_registered(
    runner: CliRunner, installed: Settings, keys: Path
) -> None:
    assert runner.invoke(app, words("--jwks", str(keys))).exit_code == 0
    found = client(installed)
    assert found is not None
    assert found.jwks == public_jwks(KEY)


def test_it_may_ask_for_the_organisations_that_were_named(
    runner: CliRunner, installed: Settings, keys: Path
) -> None:
    runner.invoke(app, words("--jwks", str(keys), "--basis", "verwerkersovereenkomst-7"))
    with opened(installed) as installation:
        assert installation.store.read(
            lambda c: identity.is_allowed_for(c, "nieuw-ecd", {RIETKRAAG})
        )


def test_the_answer_for_a_program_is_json(
    runner: CliRunner, installed: Settings, keys: Path
) -> None:
    ran = runner.invoke(app, words("--jwks", str(keys), "--json"))
    assert json.loads(ran.stdout)["organisations"] == [RIETKRAAG]


def test_the_address_of_a_key_set_is_registered(runner: CliRunner, installed: Settings) -> None:
    runner.invoke(app, words("--jwks-uri", "https://ecd.example/jwks"))
    found = client(installed)
    assert found is not None
    assert found.jwks_uri == "https://ecd.example/jwks"


def test_a_key_set_behind_plain_http_is_refused(runner: CliRunner, installed: Settings) -> None:
    assert runner.invoke(app, words("--jwks-uri", "http://ecd.example/jwks")).exit_code == 2


def test_a_private_key_is_refused_and_nothing_is_written(
    runner: CliRunner, installed: Settings, tmp_path: Path
) -> None:
    path = tmp_path / "wrong.json"
    path.write_text(json.dumps({"keys": [KEY]}))
    assert runner.invoke(app, words("--jwks", str(path))).exit_code == 2
    assert client(installed) is None


@pytest.mark.parametrize("text", ["", "[]", '{"keys": 1}', "{}", '{"keys": ["x"]}'])
def test_a_file_that_is_no_key_set_is_refused(
    runner: CliRunner, installed: Settings, tmp_path: Path, text: str
) -> None:
    path = tmp_path / "wrong.json"
    path.write_text(text)
    assert runner.invoke(app, words("--jwks", str(path))).exit_code == 2


def test_neither_keys_nor_address_is_wrong_use(runner: CliRunner, installed: Settings) -> None:
    assert runner.invoke(app, words()).exit_code == 2


def test_an_unknown_organisation_is_refused(
    runner: CliRunner, installed: Settings, keys: Path
) -> None:
    assert runner.invoke(app, words("--jwks", str(keys), ura="90009999")).exit_code == 2
    assert client(installed) is None


def test_a_name_is_given_once(runner: CliRunner, installed: Settings, keys: Path) -> None:
    runner.invoke(app, words("--jwks", str(keys)))
    assert runner.invoke(app, words("--jwks", str(keys))).exit_code == 2


def test_without_an_installation_it_says_what_to_do_first(
    runner: CliRunner, elsewhere: Path, keys: Path
) -> None:
    ran = runner.invoke(app, words("--jwks", str(keys)))
    assert ran.exit_code == 2
    assert "meso migrate" in ran.stderr
