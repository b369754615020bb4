"""Places by name: roads, lots, streets, buildings, dong and bells as people call them, ready to be looked up."""

from __future__ import annotations

from etl.migrate import run_sql_of

revision = "0018_names"
down_revision = "0017_case"


def upgrade() -> None:
    """Run the SQL file of the same name."""
    run_sql_of(__file__)
