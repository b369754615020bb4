"""Run migrations and definitions as one: under a lock, in one transaction, schema api made anew."""

from __future__ import annotations

from alembic import context

from etl import migrate
from etl.settings import sql_folder

connection = context.config.attributes["connection"]
srid = context.config.attributes["srid"]


def run(sql: str) -> None:
    """Run statements as they stand: a percent sign is a percent sign."""
    connection.exec_driver_sql(sql, execution_options={"no_parameters": True})


run(f"select pg_advisory_xact_lock({migrate.LOCK})")
run(migrate.filled(sql_folder() / "migrations" / "before.sql", srid))
context.configure(
    connection=connection,
    version_table="schema_version",
    version_table_schema="meta",
    srid=srid,
)
with context.begin_transaction():
    context.run_migrations()
for path in migrate.definitions():
    run(migrate.filled(path, srid))
run(f"comment on schema api is 'What the app reads. {migrate.fingerprint(srid)}'")
