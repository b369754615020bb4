"""The access log keeps who really connected."""

from __future__ import annotations

from etl.migrate import run_sql_of

revision = "0003_login"
down_revision = "0002_reference"


def upgrade() -> None:
    """Run the SQL file of the same name."""
    run_sql_of(__file__)
