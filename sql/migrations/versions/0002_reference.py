"""Reference rows: purposes with their legal ground, classes of pixel density."""

from __future__ import annotations

from etl.migrate import run_sql_of

revision = "0002_reference"
down_revision = "0001_city"


def upgrade() -> None:
    """Run the SQL file of the same name."""
    run_sql_of(__file__)
