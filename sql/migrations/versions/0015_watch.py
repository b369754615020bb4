"""What operators open and see: openings of cameras, emergency grounds, sightings."""

from __future__ import annotations

from etl.migrate import run_sql_of

revision = "0015_watch"
down_revision = "0014_ties"


def upgrade() -> None:
    """Run the SQL file of the same name."""
    run_sql_of(__file__)
