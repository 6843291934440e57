"""One installation: database, keys, policy and clock, opened for the service or for a command."""

import secrets
from collections.abc import Callable
from dataclasses import dataclass

from adapter.access.policy import Policy, load_policy
from adapter.clock import Clock, system_clock
from adapter.settings import Settings
from adapter.store.engine import Store
from adapter.store.keys import Keys, load_keys
from mappings.toolkit.identity import Ids


@dataclass(frozen=True, slots=True, kw_only=True)
class Installation:
    """What every workflow needs; made once, at start."""

    store: Store
    keys: Keys
    ids: Ids
    policy: Policy
    clock: Callable[[], int]
    log_stream: str  # stream of the lines that commit with the data


def open_installation(
    settings: Settings, store: Store, clock: Clock = system_clock
) -> Installation:
    """Installation of these settings. `FileNotFoundError` when `meso migrate` never ran.

    SQLite has one writer at a time, so its lines with data are one stream; on PostgreSQL every
    process has its own, so that nobody waits for the head of another's chain.
    """
    keys = load_keys(settings.key_file)
    stream = "data" if store.dialect == "sqlite" else f"data-{secrets.token_hex(4)}"
    return Installation(
        store=store,
        keys=keys,
        ids=Ids(keys.ids),
        policy=load_policy(),
        clock=clock,
        log_stream=stream,
    )
