"""Cases, for which alone it is asked who could have recorded a place."""

from __future__ import annotations

from etl.migrate import run_sql_of

revision = "0017_case"
down_revision = "0016_live"


def upgrade() -> None:
    """Run the SQL file of the same name."""
    run_sql_of(__file__)
