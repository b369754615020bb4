"""The cover that plans rest on, on the toy city in a database: kept while it is true, worked out anew when it is not."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from app import printing_cover
from app.services import coverage, covering, nightly, refitting
from app.services.coverage import world
from etl.db import Database
from etl.store.covers import keep_cover, kept_cover, kept_scopes
from spatial.covering import columns_of
from spatial.errors import UnknownClass
from spatial.types import Prices
from tests import toy
from tests.city_in_database import DAY, Door, alter, quiet
from tests.toy_world import COARSE

NEW_HOUSE = """
insert into core.building (building_key, height_m, geom)
values ('C', 9, st_multi(st_makeenvelope(200045, 550020, 200055, 550025, 5186)))
"""
NEW_LAMP = """
insert into core.lamp (lamp_key, geom) values ('new', st_setsrid(st_makepoint(200020, 550002), 5186))
"""


def cover(db: Database, density_class: str = "observe") -> covering.Kept:
    now = world(db, DAY)
    where = covering.places(db, now)
    points = covering.points_of(now)
    return covering.current(db, now, points, where=where, density_class=density_class, progress=quiet)


def same(one: covering.Kept, other: covering.Kept) -> bool:
    return (
        one.cover.options.equals(other.cover.options)
        and one.prices.equals(other.prices)
        and (one.cover.sides != other.cover.sides).nnz == 0
        and (one.cover.cover != other.cover.cover).nnz == 0
    )


def test_a_cover_is_worked_out_once(living: Door) -> None:
    db = living()
    first, second = cover(db), cover(db)
    assert (first.figures["current"], second.figures["current"]) == (False, True)
    # 160 m of street, a point every 4 m, and four over the open ground of the zones.
    assert first.figures["demand"] == 44
    assert first.figures | {"current": True} == second.figures
    assert same(first, second)
    assert len(first.prices) == len(first.cover.options) == first.figures["options"] > 100
    # Another class is another question, and does not push this one out.
    assert cover(db, "recognise").figures["current"] is False
    assert cover(db).figures["current"] is True
    assert kept_scopes(db) == ["streets observe", "streets recognise"]


@pytest.mark.parametrize("change", [NEW_HOUSE, NEW_LAMP, "delete from core.alley where alley_key = 'L2'"])
def test_what_changes_the_cover_makes_it_anew(living: Door, change: str) -> None:
    before = cover(living())
    alter(living, change)
    after = cover(living())
    assert after.figures["current"] is False
    assert not same(before, after)
    assert cover(living()).figures["current"] is True


def test_what_bears_on_no_view_leaves_it(living: Door) -> None:
    before = cover(living())
    alter(living, "update core.alley set lit = true; update core.building set name = 'new'")
    after = cover(living())
    assert after.figures["current"] is True
    assert same(before, after)


def test_prices_are_those_of_the_settings_now(living: Door) -> None:
    db = living()
    before = cover(db)
    dearer = replace(db, district=replace(db.district, prices=Prices(pole_won=1, arm_won=2)))
    after = cover(dearer)
    assert after.figures["current"] is True
    assert not after.prices["total_won"].equals(before.prices["total_won"])
    assert set(after.prices["pole_won"]) == {1, 2}
    assert (after.prices["camera_won"] == before.prices["camera_won"]).all()


def test_another_price_of_a_model_leaves_the_cover_and_another_lens_does_not(living: Door) -> None:
    db = living()
    cover(db)
    first, *rest = db.district.models
    for change, current in ({"price_won": 1}, True), ({"focal_mm": 6.0}, False):
        models = (replace(first, **change), *rest)
        again = cover(replace(db, district=replace(db.district, models=models)))
        assert again.figures["current"] is current


def test_a_pole_of_a_camera_needs_neither_pole_nor_lines(living: Door) -> None:
    db = living()
    where = covering.places(db, world(db, DAY))
    poles = where.mounts["place"].eq("pole").to_numpy()
    assert poles.sum() == 3
    won = where.mounts_won[poles]
    assert set(won["pole_won"]) == {db.district.prices.arm_won}
    assert not won[["power_won", "fibre_won"]].to_numpy().any()


def test_two_covers_of_the_same_options_stand_over_each_other(living: Door) -> None:
    db = living()
    streets, now = cover(db), world(db, DAY)
    spots = toy.points((50, 5), (50, 8), (5, -3))
    where = covering.places(db, now)
    asked: dict[str, Any] = {"where": where, "density_class": "observe", "scope": "spots", "progress": quiet}
    beside = covering.current(db, now, spots, **asked)
    lined_up = columns_of(beside.cover, streets.cover.options)
    assert lined_up.shape == (3, streets.figures["options"])
    known = {option: k for k, option in enumerate(beside.cover.options["option"])}
    for column in (0, 7, 50, 100):
        option = int(streets.cover.options["option"].iloc[column])
        told = lined_up[:, [column]].toarray().ravel()
        expected = (
            beside.cover.cover[:, [known[option]]].toarray().ravel() if option in known else np.zeros(3)
        )
        assert told.tolist() == expected.tolist()
    assert set(np.unique(beside.cover.sides.data)) == {3}


def test_what_may_be_done_with_cameras_is_kept_too(living: Door) -> None:
    db = living()
    now = world(db, DAY)
    where, points = covering.places(db, now), covering.points_of(now)
    asked: dict[str, Any] = {"where": where, "density_class": "observe", "progress": quiet}
    first = refitting.freed(db, now, points, acts=["turn", "move", "remove"], **asked)
    one = int(now.cameras.loc[now.cameras["camera_key"].eq("c1"), "camera_id"].iloc[0])
    assert (first.free, first.bound_to, first.current) == ((one,), {"aim_unknown": 1, "turning": 1}, False)
    acts = first.cover.options["act"].value_counts().to_dict()
    assert (acts["keep"], acts["remove"], acts["turn"]) == (1, 1, 2)
    assert acts["move"] > 20
    # Fewer acts are some of those that are kept, in their order.
    fewer = refitting.freed(db, now, points, acts=["turn"], **asked)
    assert (fewer.current, fewer.cover.options["act"].tolist()) == (True, ["keep", "turn", "turn"])
    keep = first.cover.options["act"].isin(["keep", "turn"]).to_numpy()
    assert (fewer.cover.cover.toarray() == first.cover.cover.toarray()[:, keep]).all()
    # A camera that was turned sees otherwise.
    alter(living, "update core.camera_state set heading_deg = 75 where heading_deg = 90")
    again = refitting.freed(db, world(db, DAY), points, acts=["turn"], **asked)
    assert again.current is False
    assert again.cover.options["heading_deg"].iloc[0] == 75.0
    with pytest.raises(UnknownClass):
        refitting.freed(db, now, points, acts=["polish"], **asked)


def test_the_store_keeps_one_cover_a_scope(living: Door) -> None:
    db = living()
    arrays = {
        "first": np.array([0, 2, 3], dtype=np.int64),
        "column": np.arange(2_500_000, dtype=np.int32),
        "side": np.array([], dtype=np.int8),
    }
    keep_cover(db, "q", arrays, inputs_hash="one")
    back = kept_cover(db, "q", "one")
    assert back is not None
    assert {name: (array.dtype, array.tolist()) for name, array in back.items()} == {
        name: (array.dtype, array.tolist()) for name, array in arrays.items()
    }
    assert kept_cover(db, "q", "two") is None
    assert kept_cover(db, "other", "one") is None
    keep_cover(db, "q", {"side": np.array([1], dtype=np.int8)}, inputs_hash="two")
    assert kept_cover(db, "q", "one") is None
    again = kept_cover(db, "q", "two")
    assert again is not None
    assert list(again) == ["side"]


def test_the_nightly_run_keeps_true_what_somebody_asked_for(living: Door) -> None:
    assert nightly.nightly(living(), sampling=COARSE, progress=quiet)["covers"] == []
    cover(living(), "recognise")
    alter(living, NEW_HOUSE)
    (told,) = nightly.nightly(living(), sampling=COARSE, progress=quiet)["covers"]
    assert (told["class"], told["current"]) == ("recognise", False)
    assert cover(living(), "recognise").figures["current"] is True


def test_the_command_says_what_there_is(living: Door, capsys: pytest.CaptureFixture[str]) -> None:
    db = living()
    coverage.coverage(db, sampling=COARSE, progress=quiet)
    answer = json.loads(json.dumps(covering.refresh(db, density_class="observe", progress=quiet)))
    assert answer["mounts"]["pole"] == 3
    assert answer["poses"] == sum(answer["mounts"].values()) * 4 * 12
    assert (answer["models"][0], answer["headings"], answer["current"]) == ("2 MP 4 mm", 12, False)
    printing_cover.cover(answer)
    printing_cover.cover(answer | {"current": True, "in_buildings": 1234})
    lines = capsys.readouterr().out
    assert f"{answer['poses']:,}" in lines
    assert f"{answer['options']:,}" in lines
    assert "새로 계산해 보관했습니다" in lines
    assert "그대로 유효합니다" in lines
    assert "1,234곳은 뺐습니다" in lines


def test_without_streets_there_is_nothing_to_stand_on(living: Door) -> None:
    alter(living, "delete from core.alley")
    with pytest.raises(covering.NothingToCover):
        covering.refresh(living(), density_class="observe", progress=quiet)
