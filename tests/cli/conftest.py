"""An installation with the parties of the invented region, for commands that read the environment."""

from datetime import date
from pathlib import Path

import pytest
from typer.testing import CliRunner

from adapter.access.jose import new_private_jwk, public_jwks
from adapter.cli.folder import RegionFolder
from adapter.cli.opening import opened
from adapter.cli.region import load_region
from adapter.settings import Settings
from adapter.store.migrate import migrate
from adapter.synthetic import network
from adapter.synthetic.region import build_region


@pytest.fixture(scope="session")
def runner() -> CliRunner:
    return CliRunner()


@pytest.fixture
def elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Nothing is installed here, and no command writes into the checkout."""
    monkeypatch.setenv("MESO_DATABASE_URL", f"sqlite:///{tmp_path / 'meso.db'}")
    monkeypatch.setenv("MESO_LOG_DIR", str(tmp_path / "log"))
    monkeypatch.setenv("MESO_KEY_FILE", str(tmp_path / "meso.key"))
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.fixture
def installed(elsewhere: Path) -> Settings:
    """Migrated, with every organisation and one client: the software of De Wilgenhof."""
    settings = Settings()
    migrate(settings)
    key = new_private_jwk("wilgenhof-1")
    folder = RegionFolder(elsewhere)
    (elsewhere / "keys").mkdir()
    folder.write_client_key(network.WILGENHOF.client, key)
    with opened(settings) as installation:
        load_region(
            installation,
            build_region(date(2026, 11, 24), patients=1),
            jwks={network.WILGENHOF.client: public_jwks(key)},
        )
    return settings
