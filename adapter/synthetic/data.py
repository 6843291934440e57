"""Data files of the invented regions: JSON beside the code, read once, held to a model."""

from importlib.resources import files

from pydantic import BaseModel, ConfigDict
from pydantic.alias_generators import to_camel


class Data(BaseModel):
    """Base of what a data file holds."""

    model_config = ConfigDict(frozen=True, extra="forbid", alias_generator=to_camel)


def content(name: str) -> bytes:
    """Bytes of this data file."""
    return files("adapter.synthetic").joinpath(name).read_bytes()
