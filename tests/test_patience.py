"""A page does not wait for ever: a statement that takes too long is stopped, and said to be."""

from __future__ import annotations

import pytest

from app.words import sentence
from etl.db import Database, connect
from etl.errors import DatabaseSlow
from etl.store import points
from tests.database import TestCity


def test_a_statement_that_takes_too_long_is_stopped_and_the_next_answers(
    city: TestCity, owner: Database
) -> None:
    asking = connect(owner.district, city.server, role="staff", database=city.name, patience_s=0.3)
    try:
        with owner.engine.connect() as busy, busy.begin():
            busy.exec_driver_sql("lock table core.camera in access exclusive mode")
            with pytest.raises(DatabaseSlow) as slow:
                points.seeing(asking, 126.9368, 37.5791)
        assert points.seeing(asking, 126.9368, 37.5791) == []
    finally:
        asking.close()
    assert sentence(slow.value, "en") == (
        "The database took too long, so the question was stopped; try again in a while (seeing).",
        1,
    )
