"""Records of several agencies' lists that tell of the same cameras, and what people said of them."""

from __future__ import annotations

from etl.migrate import run_sql_of

revision = "0010_match"
down_revision = "0009_lists"


def upgrade() -> None:
    """Run the SQL file of the same name."""
    run_sql_of(__file__)
