"""More words of sensitive classes, and each in the spelling by which it is looked for."""

from __future__ import annotations

from etl.migrate import run_sql_of

revision = "0013_sensitive"
down_revision = "0012_places"


def upgrade() -> None:
    """Run the SQL file of the same name."""
    run_sql_of(__file__)
