"""Bring a register to the newest form, on the connection it is given (表の更新)."""

from alembic import context

from surveys.store.tables import METADATA

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=METADATA,
    transactional_ddl=True,
)
with context.begin_transaction():
    context.run_migrations()
