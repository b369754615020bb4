"""Refused rows without a number are tied by their address."""

from __future__ import annotations

from etl.migrate import run_sql_of

revision = "0014_ties"
down_revision = "0013_sensitive"


def upgrade() -> None:
    """Run the SQL file of the same name."""
    run_sql_of(__file__)
