"""Bring an installation to the newest schema; safe to run again.

PostgreSQL: under an advisory lock, so that of two starting instances one waits.
"""

from importlib.resources import files

from alembic import command
from alembic.config import Config
from sqlalchemy import Connection, text

from adapter.settings import Settings
from adapter.store.engine import open_store
from adapter.store.keys import create_keys

_LOCK = 0x4D45534F  # "MESO"


def migrate(settings: Settings) -> None:
    """Schema and key file."""
    create_keys(settings.key_file)
    store = open_store(settings)
    try:
        store.write(upgrade)
    finally:
        store.close()


def upgrade(connection: Connection) -> None:
    """Schema to its newest revision, in the transaction of `connection`."""
    if connection.dialect.name == "postgresql":
        connection.execute(text("SELECT pg_advisory_xact_lock(:n)"), {"n": _LOCK})
    config = Config()
    config.set_main_option("script_location", str(files("adapter.store") / "migrations"))
    config.attributes["connection"] = connection
    command.upgrade(config, "head")
