"""What is known of where cameras look, each piece with its source, date and weight."""

from __future__ import annotations

from etl.migrate import run_sql_of

revision = "0004_aim_evidence"
down_revision = "0003_login"


def upgrade() -> None:
    """Run the SQL file of the same name."""
    run_sql_of(__file__)
