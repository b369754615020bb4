"""Which way a street may be driven, and at what level it runs."""

from __future__ import annotations

from etl.migrate import run_sql_of

revision = "0019_ways"
down_revision = "0018_names"


def upgrade() -> None:
    """Run the SQL file of the same name."""
    run_sql_of(__file__)
