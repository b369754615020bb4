"""Refused rows are followed until they are repaired."""

from __future__ import annotations

from etl.migrate import run_sql_of

revision = "0011_refusals"
down_revision = "0010_match"


def upgrade() -> None:
    """Run the SQL file of the same name."""
    run_sql_of(__file__)
