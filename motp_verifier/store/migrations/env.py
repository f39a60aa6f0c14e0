"""Alembic's entry point: runs over the connection that `motp_verifier.store.migrate` gives."""

from alembic import context

from motp_verifier.store.tables import metadata

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=metadata,
    render_as_batch=True,
)
with context.begin_transaction():
    context.run_migrations()
