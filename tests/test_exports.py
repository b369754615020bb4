"""What leaves the house leaves a trace."""

from __future__ import annotations

import pytest

from app.services.exports import NoPurpose, Taking, note
from etl.db import Database


@pytest.mark.parametrize(("who", "purpose"), [(None, "audit"), ("Kim", " "), ("", "audit")])
def test_an_internal_export_says_who_and_why(who: str | None, purpose: str) -> None:
    with pytest.raises(NoPurpose):
        Taking("internal", who, purpose)


def test_an_internal_export_stands_in_the_access_log(owner: Database, staff: Database) -> None:
    logged = "select who, action, purpose, rows, detail->>'class' from meta.access_log where object = 'map of a test'"
    note(staff, "map of a test", Taking("internal", "Kim", "patrol"), rows=3, detail={"class": "observe"})
    with owner.engine.connect() as connection:
        assert list(connection.exec_driver_sql(logged)) == [("Kim", "export", "patrol", 3, "observe")]


def test_other_editions_leave_none(owner: Database, staff: Database) -> None:
    note(staff, "public map", Taking("public"), rows=3, detail={})
    with owner.engine.connect() as connection:
        found = connection.exec_driver_sql("select 1 from meta.access_log where object = 'public map'")
        assert found.first() is None
