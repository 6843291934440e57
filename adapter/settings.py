"""Every setting of the adapter, read once from the environment (`MESO_…`) at start.

`docs/configuration.md` lists them; a test compares that page with these fields.
"""

from pathlib import Path
from typing import Annotated

from pydantic import Field
from pydantic_settings import BaseSettings, SettingsConfigDict


class Settings(BaseSettings):
    """Configuration of one installation. Paths are relative to the working directory."""

    model_config = SettingsConfigDict(env_prefix="MESO_", extra="ignore", frozen=True)

    database_url: Annotated[
        str, Field(description="SQLAlchemy URL: SQLite (default) or postgresql+psycopg.")
    ] = "sqlite:///.region/meso.db"
    log_dir: Annotated[
        Path, Field(description="Folder of the access-log files of reading processes (SQLite).")
    ] = Path(".region/log")
    key_file: Annotated[
        Path, Field(description="Installation keys (ids, page tokens, anchors), mode 0600.")
    ] = Path(".region/meso.key")
    public_base: Annotated[
        str, Field(description="Public address of the adapter, without a slash at the end.")
    ] = "http://127.0.0.1:8000"
    listen_host: Annotated[str, Field(description="Address to listen on.")] = "127.0.0.1"
    listen_port: Annotated[int, Field(ge=0, le=65535, description="Port to listen on.")] = 8000
    max_resource_bytes: Annotated[
        int, Field(gt=0, description="Largest body of one resource or record, in bytes.")
    ] = 1_000_000
    max_bundle_bytes: Annotated[
        int, Field(gt=0, description="Largest transaction Bundle, in bytes.")
    ] = 10_000_000
    token_lifetime_s: Annotated[
        int, Field(ge=30, le=900, description="Life of an access token, in seconds.")
    ] = 300
    read_group_limit: Annotated[
        int, Field(ge=1, le=512, description="Most reads that share one snapshot and log commit.")
    ] = 64
    postgres_pool: Annotated[
        int, Field(ge=1, le=64, description="Database connections for reads on PostgreSQL.")
    ] = 4
    gp_source_timeout_s: Annotated[
        float, Field(gt=0, description="Total time for one call to a GP record source, in seconds.")
    ] = 10.0
    gp_source_max_pages: Annotated[
        int, Field(ge=1, le=100, description="Most pages of one answer of a GP record source.")
    ] = 20

    @property
    def fhir_base(self) -> str:
        """Base address of the FHIR door."""
        return f"{self.public_base}/fhir"

    @property
    def token_url(self) -> str:
        """Address of the token endpoint; the `aud` of every client assertion."""
        return f"{self.public_base}/oauth/token"
