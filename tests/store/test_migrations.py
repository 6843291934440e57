"""The migrations make exactly the schema that the code names, on both dialects."""

from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext

from adapter.settings import Settings
from adapter.store.engine import Connection, open_store
from adapter.store.migrate import migrate
from adapter.store.schema import metadata


def differences(settings: Settings) -> list[object]:
    def unit(connection: Connection) -> list[object]:
        return list(compare_metadata(MigrationContext.configure(connection), metadata))

    store = open_store(settings)
    try:
        return store.read(unit)
    finally:
        store.close()


def settings_for(url: str, folder: Path) -> Settings:
    return Settings(database_url=url, key_file=folder / "meso.key", log_dir=folder / "log")


def test_sqlite_has_the_schema_of_the_code_and_migrating_again_changes_nothing(
    tmp_path: Path,
) -> None:
    settings = settings_for(f"sqlite:///{tmp_path / 'meso.db'}", tmp_path)
    migrate(settings)
    key = settings.key_file.read_bytes()
    migrate(settings)
    assert differences(settings) == []
    assert settings.key_file.read_bytes() == key
    assert settings.key_file.stat().st_mode & 0o777 == 0o600


@pytest.mark.postgres
def test_postgresql_has_the_schema_of_the_code(postgres: str, tmp_path: Path) -> None:
    settings = settings_for(postgres, tmp_path)
    migrate(settings)
    assert differences(settings) == []
