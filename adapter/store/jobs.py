"""The outbox: what has to be sent, decided again when it is sent.

A row is written in the transaction of the change that it announces; the network is touched from
here only (`adapter/sync/`).
"""

from sqlalchemy import Connection, insert, select

from adapter.store.resources import Placement, Saved
from adapter.store.schema import job, peer


def enqueue_push(connection: Connection, saved: Saved, placement: Placement, now: int) -> None:
    """One push of this version to every peer."""
    for name in connection.scalars(select(peer.c.name)).all():
        connection.execute(
            insert(job).values(
                kind="push",
                peer=name,
                dossier=placement.patient,
                type=saved.type,
                resource_id=saved.id,
                version=saved.version,
                state="new",
                attempt=0,
                next_at=now,
                lease_no=0,
            )
        )
