"""Fields of view in variants of what is assumed, and what is believed of where cameras look."""

from __future__ import annotations

from etl.migrate import run_sql_of

revision = "0006_beliefs"
down_revision = "0005_change"


def upgrade() -> None:
    """Run the SQL file of the same name."""
    run_sql_of(__file__)
