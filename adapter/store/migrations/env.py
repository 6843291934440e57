"""Alembic environment: runs in the connection that `migrate` passes in."""

from alembic import context

from adapter.store.schema import metadata

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=metadata,
    render_as_batch=True,
    transactional_ddl=False,  # the unit of work around it is the transaction
)
context.run_migrations()
