"""Bring a database's schema to what the SQL in this checkout says."""

from __future__ import annotations

import hashlib
from pathlib import Path

from etl.settings import sql_folder

# One number for all districts: an advisory lock belongs to one database.
LOCK = 0x676F6C6D6F6B


def upgrade(connection: object, *, srid: int) -> None:
    """Run the missing migrations, then state all definitions, in the transaction that `connection` is in.

    connection  a SQLAlchemy Connection, in a transaction, under the role that is to own what is made
    srid        the district's metric CRS
    Waits for another upgrade of the same database. Idempotent.
    """
    from alembic import command  # a third of a second that only an upgrade needs to pay
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(sql_folder() / "migrations").replace("%", "%%"))
    config.attributes.update(connection=connection, srid=srid)
    command.upgrade(config, "head")


def run_sql_of(revision: str) -> None:
    """Run the SQL file that lies beside a revision and bears its name; called by the revision."""
    from alembic import op

    srid = op.get_context().opts["srid"]
    path = Path(revision).with_suffix(".sql")
    op.get_bind().exec_driver_sql(filled(path, srid), execution_options={"no_parameters": True})


def filled(path: Path, srid: int) -> str:
    """Return a SQL file with the district's CRS in its place. Braces mean nothing else in it."""
    return path.read_text(encoding="utf-8").replace("{srid}", str(srid))


def definitions() -> list[Path]:
    """Return the files that say what holds no rows, in the order in which they are stated."""
    return sorted((sql_folder() / "definitions").glob("*.sql"))


def revisions() -> list[str]:
    """Return the names of all migrations of this checkout, in their order."""
    return sorted(path.stem for path in (sql_folder() / "migrations" / "versions").glob("*.sql"))


def fingerprint(srid: int) -> str:
    """Return the digest of the schema that this checkout wants: of all migrations and definitions, filled."""
    digest = hashlib.sha256()
    for path in [*sorted((sql_folder() / "migrations" / "versions").glob("*.sql")), *definitions()]:
        digest.update(path.name.encode())
        digest.update(filled(path, srid).encode())
    return digest.hexdigest()
