"""What buildings and poles were before, and what the nightly run saw last."""

from __future__ import annotations

from etl.migrate import run_sql_of

revision = "0005_change"
down_revision = "0004_aim_evidence"


def upgrade() -> None:
    """Run the SQL file of the same name."""
    run_sql_of(__file__)
