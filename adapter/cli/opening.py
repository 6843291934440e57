"""Open an installation for the duration of one command."""

from collections.abc import Iterator
from contextlib import closing, contextmanager

from adapter.settings import Settings
from adapter.store.engine import open_store
from adapter.workflows.installation import Installation, open_installation


class NotMigratedError(Exception):
    """`meso migrate` never ran here."""


@contextmanager
def opened(settings: Settings) -> Iterator[Installation]:
    """Installation of these settings. `NotMigratedError` when it was never made."""
    if not settings.key_file.exists():
        raise NotMigratedError(str(settings.key_file))
    with closing(open_store(settings)) as store:
        yield open_installation(settings, store)
