"""Open an installation for the duration of one command."""

from collections.abc import Iterator
from contextlib import contextmanager

from adapter.access.policy import load_policy
from adapter.clock import system_clock
from adapter.settings import Settings
from adapter.store.engine import open_store
from adapter.store.keys import load_keys
from adapter.workflows.unit import Installation
from mappings.identity import Ids


class NotMigratedError(Exception):
    """`meso migrate` never ran here."""


@contextmanager
def opened(settings: Settings) -> Iterator[Installation]:
    """Installation of these settings. `NotMigratedError` when it was never made."""
    try:
        keys = load_keys(settings.key_file)
    except FileNotFoundError:
        raise NotMigratedError(str(settings.key_file)) from None
    store = open_store(settings)
    try:
        yield Installation(
            store=store,
            keys=keys,
            ids=Ids(keys.ids),
            policy=load_policy(),
            clock=system_clock,
            log_stream="commands",
        )
    finally:
        store.close()
