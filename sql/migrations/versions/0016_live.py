"""What just happened goes to an outbox, and followed files are known by what was taken of them."""

from __future__ import annotations

from etl.migrate import run_sql_of

revision = "0016_live"
down_revision = "0015_watch"


def upgrade() -> None:
    """Run the SQL file of the same name."""
    run_sql_of(__file__)
