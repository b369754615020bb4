"""Who made the difference between two days: frames in, the answer of `coverage --explain` out. No database here."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely
from numpy.typing import NDArray

from app.figures import Row
from app.ranges import UNKNOWN, ranged, reason
from app.world import Sampling
from spatial import coverage
from spatial.beliefs import Beliefs, believed, draw
from spatial.changes import building_changes, camera_changes, view_changes
from spatial.explain import Swap, Views, contributions, expected, groups_apart, settled
from spatial.fov import fields_of_view, with_assumptions
from spatial.samples import sample_alleys
from spatial.sightings import sightings
from spatial.terrain import Ground
from spatial.types import Doubts, LensDefaults

Progress = Callable[[str, int, int], None]

# A camera is put at most so far before the wall that it hangs on, which brings it nearer to what stands opposite.
_STAND_OFF_M = 2.0
# Less of a view than this changes by rounding alone.
_LEAST_M2 = 0.01


@dataclass(frozen=True, slots=True)
class Day:
    """A district on a day.

    cameras    the active ones with what was known of them, where they hung; also camera_key
    buildings  as they stood; also building_key and name
    fields     fields of view of the class asked for, of the cameras for which they are known; others are computed
    aims       what is believed of where the cameras look, as etl.store.frames.aim_beliefs gives it
    """

    at: date
    cameras: gpd.GeoDataFrame
    buildings: gpd.GeoDataFrame
    fields: gpd.GeoDataFrame
    aims: pd.DataFrame


@dataclass(frozen=True, slots=True)
class Terms:
    """What both days are measured with; the ground is that of now, None where it is not known."""

    density_class: str
    defaults: LensDefaults
    doubts: Doubts
    sampling: Sampling
    ground: Ground | None = None


@dataclass(frozen=True, slots=True)
class _Change:
    """One thing that changed, how, and what that does to the views; `cameras`: keys of those whose view it moved."""

    told: Row
    swap: Swap
    cameras: tuple[str, ...] = ()


def difference(before: Day, after: Day, alleys: gpd.GeoDataFrame, *, terms: Terms, progress: Progress) -> Row:
    """Return the share of alleys on both days, by how much it moved, and which cameras and buildings moved it.

    alleys   the same for both days: of streets nothing older is kept
    Returns  JSON-ready. Metres are expected metres; those of cameras, of buildings and `shared_m` sum to `change_m`.
             A change that moved less than 0.05 m is counted in `without_effect`, not listed.
    """
    head: Row = {"class": terms.density_class, "from": before.at.isoformat(), "to": after.at.isoformat()}
    if code := _silent(before, after, alleys):
        return head | _nothing(code)
    points = sample_alleys(alleys, step_m=terms.sampling.alley_step_m)
    weights = points["weight"].to_numpy(dtype=np.float64)
    album = _Album(terms)
    earlier, later = _Stage(before, album), _Stage(after, album)
    changes = [*_cameras(earlier, later), *_buildings(earlier, later, progress=progress)]
    cameras, fields, beliefs = album.all()
    found = sightings(points, fields, cameras, density_class=terms.density_class, beliefs=beliefs)
    views = {"before": earlier.views(), "after": later.views()}
    moved = contributions(found, weights, [change.swap for change in changes], **views)
    seen = {name: round(expected(found, weights, each), 1) for name, each in views.items()}
    change_m = round(seen["after"] - seen["before"], 1)
    shares = _shares((earlier, later), points, terms)
    sides = {name: shares[name] | {"seen_m": seen[name]} for name in views}
    rest = {"change_m": change_m, "length_m": round(float(weights.sum()), 1)}
    return head | sides | {"change": shares["change"]} | rest | _told(changes, moved, change_m)


def _silent(before: Day, after: Day, alleys: gpd.GeoDataFrame) -> str | None:
    """Return why nothing can be said, None when it can."""
    if alleys.empty:
        return "no_streets"
    if before.cameras.empty and after.cameras.empty:
        return "no_cameras"
    return "no_buildings" if before.buildings.empty and after.buildings.empty else None


def _nothing(code: str) -> Row:
    side: Row = UNKNOWN | reason(code) | {"seen_m": None}
    none: Row = {"before": side, "after": dict(side), "change": {"change": None, "low": None, "high": None}}
    none |= {"change_m": None, "length_m": None, "cameras": [], "buildings": [], "shared_m": None}
    return none | {"without_effect": {"cameras": 0, "buildings": 0}}


def _told(changes: Sequence[_Change], moved: np.ndarray, change_m: float) -> Row:
    """Return the changes that were felt, the largest first, and the remainder."""
    metres, shared_m = settled(moved, change_m)
    answer: Row = {"cameras": [], "buildings": [], "shared_m": shared_m}
    silent = {"cameras": 0, "buildings": 0}
    for n in np.argsort(-np.abs(metres), kind="stable"):
        told = changes[n].told
        kind = "cameras" if "camera_id" in told else "buildings"
        if metres[n] == 0.0:
            silent[kind] += 1
            continue
        row = told | {"delta_m": float(metres[n])}
        answer[kind].append(row if kind == "cameras" else row | {"cameras": list(changes[n].cameras)})
    return answer | {"without_effect": silent}


class _Album:
    """All views that occur, numbered: a camera as it is on one day among the buildings of some state of the city."""

    def __init__(self, terms: Terms) -> None:
        self.terms = terms
        self._cameras: list[gpd.GeoDataFrame] = []
        self._fields: list[gpd.GeoDataFrame] = []
        self._beliefs: list[Beliefs] = []
        self._count = 0

    def take(self, cameras: gpd.GeoDataFrame, fields: gpd.GeoDataFrame, beliefs: Beliefs) -> pd.Series:
        """Keep fields of view with what is believed of the aims, and return the number of the view of each camera, indexed by camera_id."""
        numbers = pd.Series(
            np.arange(self._count, self._count + len(cameras)), cameras["camera_id"].to_numpy()
        )
        self._count += len(cameras)
        self._cameras.append(cameras.assign(camera_id=numbers.to_numpy()))
        ids = np.searchsorted(beliefs.camera_ids, numbers.index.to_numpy(dtype=np.int64))
        self._beliefs.append(replace(beliefs.take(ids), camera_ids=numbers.to_numpy(dtype=np.int64)))
        mine = fields[fields["camera_id"].isin(numbers.index)]
        self._fields.append(mine.assign(camera_id=numbers.loc[mine["camera_id"]].to_numpy()))
        return numbers

    def all(self) -> tuple[gpd.GeoDataFrame, gpd.GeoDataFrame, Beliefs]:
        """Return cameras, fields and beliefs of all views; `camera_id` is the number of the view."""
        some_cameras = [each for each in self._cameras if len(each)] or self._cameras[:1]
        some_fields = [each for each in self._fields if len(each)] or self._fields[:1]
        parts = [[getattr(each, name) for each in self._beliefs] for name in Beliefs.__slots__]
        beliefs = Beliefs(*(np.concatenate(part) for part in parts))
        return pd.concat(some_cameras, ignore_index=True), pd.concat(some_fields, ignore_index=True), beliefs

    def look(self, cameras: gpd.GeoDataFrame, buildings: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
        """Compute what cameras see among buildings; those out of reach are left aside."""
        terms = self.terms
        reach_m = terms.defaults.farthest_m + _STAND_OFF_M
        _, near = buildings.sindex.query(cameras.geometry.to_numpy(), predicate="dwithin", distance=reach_m)
        around = buildings.iloc[np.unique(near)]
        return fields_of_view(
            cameras,
            around,
            classes=[terms.density_class],
            defaults=terms.defaults,
            doubts=terms.doubts,
            ground=terms.ground,
        )


class _Stage:
    """One of the two days: its cameras with their optics assumed, their fields, and the number of each view."""

    def __init__(self, day: Day, album: _Album) -> None:
        self.day, self.album = day, album
        self.cameras = with_assumptions(day.cameras, album.terms.defaults)
        missing = self.cameras[~self.cameras["camera_id"].isin(day.fields["camera_id"])]
        self.fields = day.fields
        if len(missing):
            self.fields = _joined(day.fields, album.look(missing, day.buildings))
        self.beliefs = believed(self.cameras, day.aims)
        self.numbers = album.take(self.cameras, self.fields, self.beliefs)

    def views(self) -> Views:
        """Return the views of the day."""
        return self.numbers.to_numpy(dtype=np.int64)

    def of(self, camera_ids: pd.Index) -> gpd.GeoDataFrame:
        """Return the rows of some cameras, those that are there on this day."""
        return self.cameras[self.cameras["camera_id"].isin(camera_ids)]

    @property
    def defaults(self) -> LensDefaults:
        """Return what is assumed of lenses and buildings."""
        return self.album.terms.defaults

    def near(self, ground: gpd.GeoSeries) -> list[list[int]]:
        """Return for each piece of ground the cameras (camera_id) that what happens there can touch."""
        touched: list[list[int]] = [[] for _ in range(len(ground))]
        if not touched or self.cameras.empty:
            return touched
        reach_m, places = self._reach_m(), self.cameras.geometry.to_numpy()
        piece, camera = self.cameras.sindex.query(
            ground.to_numpy(), predicate="dwithin", distance=float(reach_m.max())
        )
        apart_m = shapely.distance(ground.to_numpy()[piece], places[camera])
        ids = self.cameras["camera_id"].to_numpy()[camera]
        within = apart_m <= reach_m[camera]
        for n, number in zip(piece[within].tolist(), ids[within].tolist(), strict=True):
            touched[n].append(number)
        return touched

    def _reach_m(self) -> NDArray[np.float64]:
        """Return how far each camera sees at the class where nothing stands in the way, with room to hang before a wall.

        What stands farther off hides nothing of its view: only the walls between the camera and its farthest point do.
        """
        free = _whole(self.album.look(self.cameras, self.day.buildings.iloc[:0])).set_index("camera_id")
        shapes = free.geometry.loc[self.cameras["camera_id"]].to_numpy()
        far_m = shapely.hausdorff_distance(self.cameras.geometry.to_numpy(), shapes)
        return np.asarray(np.nan_to_num(far_m) + _STAND_OFF_M, dtype=np.float64)


def _joined(known: gpd.GeoDataFrame, computed: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    both = [frame for frame in (known, computed) if len(frame)]
    return pd.concat(both, ignore_index=True) if both else known


def _shares(stages: tuple[_Stage, _Stage], points: gpd.GeoDataFrame, terms: Terms) -> Row:
    """Return the share of both days and the change, paired: a camera of both looks the same way on both."""
    sides, drawn = [], []
    weights = points["weight"].to_numpy()
    for stage in stages:
        found = sightings(
            points, stage.fields, stage.cameras, density_class=terms.density_class, beliefs=stage.beliefs
        )
        headings = draw(stage.beliefs, draws=terms.sampling.draws, seed=terms.sampling.seed)
        drawn.append(coverage.shares_by_draw(found, weights, headings))
        sides.append(coverage.share_of_draws(found, weights, drawn[-1]))
    moved = coverage.change_between(*drawn, expected=sides[1].share - sides[0].share)
    change = {name: round(getattr(moved, name), 6) for name in ("change", "low", "high")}
    return {"before": ranged(sides[0]), "after": ranged(sides[1]), "change": change}


def _cameras(earlier: _Stage, later: _Stage) -> list[_Change]:
    """Return what each camera that changed did, the buildings of either day left as they were."""
    told = camera_changes(earlier.day.cameras, later.day.cameras)
    made, undone = _among(later, earlier, told.index), _among(earlier, later, told.index)
    keys = pd.concat([stage.cameras.set_index("camera_id")["camera_key"] for stage in (earlier, later)])
    keys = keys[~keys.index.duplicated(keep="last")]
    return [
        _Change(
            {"camera_id": int(camera), "camera_key": keys[camera], "change": change},
            Swap(
                made_out=_one(earlier.numbers, camera),
                made_in=_one(made, camera),
                undone_out=_one(later.numbers, camera),
                undone_in=_one(undone, camera),
            ),
        )
        for camera, change in zip(told.index.tolist(), told, strict=True)
    ]


def _among(of: _Stage, place: _Stage, camera_ids: pd.Index) -> pd.Series:
    """Return the views of one day's cameras among the buildings of the other day."""
    cameras = of.of(camera_ids)
    ground = building_changes(
        of.day.buildings, place.day.buildings, default_height_m=of.defaults.building_height_m
    )
    touched = [camera for near in of.near(ground.geometry) for camera in near]
    moved = cameras[cameras["camera_id"].isin(touched)]
    same: pd.Series = of.numbers[of.numbers.index.isin(cameras["camera_id"].drop(moved.index))]
    if moved.empty:
        return same
    others: pd.Series = of.album.take(moved, of.album.look(moved, place.day.buildings), of.beliefs)
    return others if same.empty else pd.concat([same, others])


def _one(numbers: pd.Series, camera_id: object) -> Views:
    return numbers[numbers.index == camera_id].to_numpy(dtype=np.int64)


def _buildings(earlier: _Stage, later: _Stage, *, progress: Progress) -> list[_Change]:
    """Return what each building that changed did to the cameras round it, those of either day left as they were.

    Buildings that no camera has both in reach are swapped at once: none of them bears on what another does.
    """
    told = building_changes(
        earlier.day.buildings, later.day.buildings, default_height_m=earlier.defaults.building_height_m
    )
    near = [stage.near(told.geometry) for stage in (earlier, later)]
    together = groups_apart([sorted({*near[0][n], *near[1][n]}) for n in range(len(told))])
    made: dict[int, _Swapped] = {}
    undone: dict[int, _Swapped] = {}
    for step, group in enumerate(together):
        progress("Explain", step, len(together))
        keys = {told.index[n]: n for n in group}
        made |= _swapped(earlier, later.day.buildings, keys, near[0])
        undone |= _swapped(later, earlier.day.buildings, keys, near[1])
    progress("Explain", 1, 1)
    changes = []
    for n, (key, name, change) in enumerate(zip(told.index, told["name"], told["change"], strict=True)):
        what = {"building_key": str(key), "name": None if pd.isna(name) else str(name), "change": change}
        swap = Swap(made[n].out, made[n].into, undone[n].out, undone[n].into)
        changes.append(_Change(what, swap, tuple(sorted({*made[n].keys, *undone[n].keys}))))
    return changes


@dataclass(frozen=True, slots=True, eq=False)
class _Swapped:
    """What a building does to the views of a day: those that go, those that come, and whose they are."""

    out: Views
    into: Views
    keys: tuple[str, ...]


def _swapped(
    stage: _Stage, source: gpd.GeoDataFrame, wanted: dict[object, int], near: Sequence[Sequence[int]]
) -> dict[int, _Swapped]:
    """Return, by number, what happens to a day's views when some buildings are as in `source`.

    wanted  keys of the buildings with their numbers;  near: by number, the cameras that each can touch
    """
    cameras = stage.of(pd.Index([camera for n in wanted.values() for camera in near[n]]))
    if cameras.empty:
        none = np.empty(0, dtype=np.int64)
        return {n: _Swapped(none, none, ()) for n in wanted.values()}
    standing = stage.day.buildings
    rest = standing[~standing["building_key"].isin(wanted)]
    put = source[source["building_key"].isin(wanted)]
    fields = stage.album.look(cameras, pd.concat([rest, put], ignore_index=True))
    known = stage.fields[stage.fields["camera_id"].isin(cameras["camera_id"])]
    area = view_changes(_whole(known), _whole(fields))
    felt = cameras[cameras["camera_id"].isin(area.index[area["lost_m2"] + area["gained_m2"] > _LEAST_M2])]
    into, keys = stage.album.take(felt, fields, stage.beliefs), felt.set_index("camera_id")["camera_key"]
    owned = {n: pd.Index(near[n]).intersection(keys.index) for n in wanted.values()}
    return {
        n: _Swapped(
            stage.numbers.loc[ids].to_numpy(dtype=np.int64),
            into.loc[ids].to_numpy(dtype=np.int64),
            tuple(keys.loc[ids]),
        )
        for n, ids in owned.items()
    }


def _whole(fields: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    """Return all that each camera sees or could turn to, one row a camera."""
    shapes = fields[["camera_id", "geometry"]]
    if not shapes["camera_id"].duplicated().any():
        return shapes
    return shapes.dissolve("camera_id").reset_index()
