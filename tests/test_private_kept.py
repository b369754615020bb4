"""What every pose sees of private ground, on the toy city in a database: true, kept while it is true, and anew when not."""

from __future__ import annotations

import numpy as np
import pytest
import shapely

from app.services import covering, private, private_kept, refitting
from app.services.coverage import world
from etl.db import Database
from etl.store.covers import kept_scopes
from spatial.covering import cover_of, options
from spatial.fov import fields_of_view
from spatial.intrusion import over_all, score
from spatial.refits import Works, refit_options, why_not_free
from spatial.sensitive import forbidden
from tests.city_in_database import DAY, Door, alter, quiet
from tests.test_private import LAYERS

YARD = """
insert into core.layer_feature (layer_id, feature_key, geom)
select layer_id, 'yard', st_makeenvelope(200000, 549990, 200030, 550009, 5186) from core.layer where name = 'plots'
"""


def kept(db: Database) -> private_kept.Kept:
    now = world(db, DAY)
    return private_kept.current(db, now, where=covering.places(db, now), progress=quiet)


def test_every_pose_is_judged_by_its_true_view(living: Door) -> None:
    """Against the covers of all points by all poses, no pose left out for its distance."""
    alter(living, LAYERS)
    db = living()
    found = kept(db).judged
    now, what = world(db, DAY), private.private(db)
    where, models = covering.places(db, now), db.district.models
    every = options(where.mounts, models)
    asked = {"models": models, "scene": covering.scene_of(now)}

    def whole(points, code):  # type: ignore[no-untyped-def]
        seen = cover_of(every, where.mounts, points, classes=[code], **asked)[code]
        return over_all(seen.cover, seen.options["option"], options=len(every))

    eyes = shapely.get_coordinates(where.mounts.geometry.to_numpy())[every["mount"]]
    true = score(whole(what.points, "recognise"), what.points, eyes)
    # kept in hundredths of a square metre
    assert np.abs(found.plots_m2 - true["plots_m2"].to_numpy()).max() <= 0.005
    assert found.plots_m2.max() > 20.0
    assert np.array_equal(found.facades, true["facades"].to_numpy())
    assert found.facades.max() >= 1
    covers = {code: whole(what.sensitive, code) for code in ("detect", "recognise")}
    assert np.array_equal(found.forbidden, forbidden(covers, what.sensitive))
    assert 0 < found.forbidden.sum() < len(every)


def test_it_is_worked_out_once(living: Door) -> None:
    alter(living, LAYERS)
    db = living()
    first, second = kept(db), kept(db)
    assert (first.current, second.current) == (False, True)
    assert np.abs(first.judged.plots_m2 - second.judged.plots_m2).max() <= 0.005
    assert np.array_equal(first.judged.facades, second.judged.facades)
    assert np.array_equal(first.judged.forbidden, second.judged.forbidden)
    assert second.known.without == []
    some = second.judged.of([3, 1])
    assert some.plots_m2.tolist() == second.judged.plots_m2[[3, 1]].tolist()


@pytest.mark.parametrize(
    "change",
    [
        "update core.layer_feature set attributes = '{\"private\": \"no\"}' where feature_key = 'a site'",
        "delete from core.layer_feature where feature_key = 'bath'",
        "update core.building set use_code = '03001' where building_key = 'A'",
        "delete from core.building where building_key = 'B'",
        "delete from core.alley where alley_key = 'L2'",
    ],
)
def test_what_changes_makes_it_anew(living: Door, change: str) -> None:
    alter(living, LAYERS)
    kept(living())
    alter(living, change)
    assert kept(living()).current is False
    assert kept(living()).current is True


def test_what_bears_on_nothing_private_leaves_it(living: Door) -> None:
    alter(living, LAYERS)
    kept(living())
    alter(living, "update core.alley set lit = true; update core.building set name = 'new'")
    alter(living, "insert into core.layer (name) values ('complaints')")
    assert kept(living()).current is True


def test_what_may_be_done_with_a_camera_is_judged_too(living: Door) -> None:
    alter(living, LAYERS)
    # a yard round where camera 1 of known aim looks today: its view at recognise, from above, lies within
    alter(living, YARD)
    db = living()
    now = world(db, DAY)
    where = covering.places(db, now)
    first = private_kept.current_refits(db, now, where=where, progress=quiet)
    again = private_kept.current_refits(db, now, where=where, progress=quiet)
    assert (first.current, again.current) == (False, True)
    cameras = now.cameras[why_not_free(now.cameras).isna()]
    every = refit_options(cameras, Works(mounts=where.mounts))
    assert len(cameras) == 1
    by_act = again.judged.plots_m2
    act = every["act"].to_numpy()
    assert by_act[act == "remove"].tolist() == [0.0]
    field = fields_of_view(
        cameras, now.buildings, classes=["recognise"], defaults=db.district.defaults, ground=now.ground
    )
    ground = private.private(db).points
    ground = ground[ground["kind"].eq("plot")]
    seen = shapely.intersects(field.geometry.iloc[0], ground.geometry.to_numpy())
    (kept_m2,) = by_act[act == "keep"]
    assert kept_m2 == pytest.approx(ground["worth"][seen].sum(), abs=0.005)
    assert kept_m2 > 20.0
    # turned round it sees nothing of the yard
    back = (act == "turn") & (every["heading_deg"].to_numpy() == 270.0)
    assert by_act[back].tolist() == [0.0]
    chosen = refitting.freed(
        db,
        now,
        covering.points_of(now),
        where=where,
        acts=["turn"],
        density_class="recognise",
        progress=quiet,
    ).cover.options
    assert again.judged.of(chosen["refit"]).plots_m2[chosen["act"].eq("keep").to_numpy()].tolist() == [
        kept_m2
    ]


def test_by_night_it_is_brought_up_to_date_where_somebody_has_planned(living: Door) -> None:
    private_kept.refresh_kept(living(), progress=quiet)
    assert kept_scopes(living()) == []
    kept(living())
    alter(living, LAYERS)
    private_kept.refresh_kept(living(), progress=quiet)
    assert kept(living()).current is True


def test_without_the_layers_squares_stay_unknown_when_kept(living: Door) -> None:
    for there in (False, True):
        found = kept(living())
        assert found.current is there
        assert np.isnan(found.judged.plots_m2).all()
        assert found.judged.facades.max() >= 1
        assert not found.judged.forbidden.any()
        assert found.known.without == ["plots", "sensitive_places"]
