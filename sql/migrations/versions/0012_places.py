"""How incidents came by their places and how exact their times are; classes whose places are told coarsely."""

from __future__ import annotations

from etl.migrate import run_sql_of

revision = "0012_places"
down_revision = "0011_refusals"


def upgrade() -> None:
    """Run the SQL file of the same name."""
    run_sql_of(__file__)
