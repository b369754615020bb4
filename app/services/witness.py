"""Who could have seen it? The cameras that could have recorded a place and time, both known only so far; for an open case alone."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

from app import retention
from app.services import WrongUse, cases, fields
from etl.db import Database
from etl.store import cases as store
from etl.store import points
from spatial.daylight import dark_share
from spatial.optics import px_per_m
from spatial.types import Circle, LonLat

if TYPE_CHECKING:  # the page draws its form without frames
    import geopandas as gpd

    from app.witness_figures import Look
    from app.witness_rows import Then

Row = dict[str, Any]
Progress = Callable[[str, int, int], None]

LEAST_RADIUS_M, MOST_RADIUS_M = 1.0, 1000.0
MOST_TIME = timedelta(days=31)


class RadiusWrong(WrongUse):
    """A place is known too well, or too badly, to ask for footage of it."""


class TimeBackwards(WrongUse):
    """A time ends before it begins."""


class TimeTooLong(WrongUse):
    """A time is too long to ask for footage of it."""


class TimeAhead(WrongUse):
    """A time has not come yet."""


@dataclass(frozen=True, slots=True)
class Asked:
    """What is asked: a place and a time, each with its uncertainty, for a case.

    case_no        of an open case
    lon, lat       degrees, EPSG:4326; radius_m: the place may lie so far from there
    since, until   aware; it happened somewhen between
    density_class  at which the parts of the area are told
    Raises         OutOfRange, UnknownClass, CaseBlank, RadiusWrong, TimeBackwards, TimeTooLong
    """

    case_no: str
    lon: float
    lat: float
    radius_m: float
    since: datetime
    until: datetime
    density_class: str = "observe"

    def __post_init__(self) -> None:
        LonLat(self.lon, self.lat)
        px_per_m(self.density_class)
        if not self.case_no.strip():
            raise cases.CaseBlank()
        if not LEAST_RADIUS_M <= self.radius_m <= MOST_RADIUS_M:
            raise RadiusWrong(f"{LEAST_RADIUS_M:.0f}–{MOST_RADIUS_M:,.0f} m")
        if self.since > self.until:
            raise TimeBackwards(f"{_told(self.since)} – {_told(self.until)}")
        if self.until - self.since > MOST_TIME:
            raise TimeTooLong(str(MOST_TIME.days))

    @property
    def circle(self) -> Circle:
        """Return the area."""
        return Circle(LonLat(self.lon, self.lat), self.radius_m)


def witness(db: Database, asked: Asked, *, who: str | None = None, now: datetime | None = None) -> Row:
    """Return the answer of `golmok witness`; each leaves one row in the access log.

    who      the person who asks; None is the database's user
    now      this instant (aware): days of retention are counted from its local day
    Returns  cameras, a row a state that was in force in the time, the most useful first; `group` says whether its footage can
             still be asked for (kept: also where retention is unknown), or it was out of order throughout (down), or it was
             deleted since (gone); `hardly`: it sees but a grain of the area's edge, or nothing of it in that light.
             `area` and `alleys` are parts 0..1 of the open ground and of the metres of alley in the circle: certain, share
             (expected), possible; in the light of then, or by day where the time had both: then `by_night` stands beside.
             `any` is what at least one that worked could have recorded, `any_kept` what can still be asked for.
    Raises   CaseNotOpen, TimeAhead
    """
    from app.witness_rows import of_all, rows

    started = time.perf_counter()
    moment = now or datetime.now(UTC)
    case = cases.require_open(db, asked.case_no)
    if asked.until > moment:
        raise TimeAhead(_told(asked.until.astimezone(db.district.zone)))
    facts = store.witness_facts(db)
    states = store.could_have_recorded(
        db, asked.circle, case_no=str(case["case_no"]), since=asked.since, until=asked.until, who=who
    )
    light = _light(asked, facts, states)
    look = _look(db, asked, states)
    then = _then(db, asked, light, facts, now=moment)
    cameras = rows(states, look, then, density_class=asked.density_class)
    return {
        "case": {name: case[name] for name in ("case_no", "office", "ground")},
        **_question(db, asked, moment),
        "ring": _ring(look, srid=db.district.srid),
        "light": light,
        "open_m2": round(float(look.weights["area"].sum()), 1),
        "alleys_m": round(float(look.weights["alleys"].sum()), 1),
        **of_all(cameras, look, then, density_class=asked.density_class),
        **_told_of_place(db, asked, facts),
        "cameras": cameras,
        "stale": stale(db, asked),
        "invented": db.district.invented,
        "ms": round((time.perf_counter() - started) * 1000, 1),
    }


def _question(db: Database, asked: Asked, moment: datetime) -> Row:
    """Return what was asked, as it stands in the answer: times on the district's clocks, `at` the day of the network."""
    zone = db.district.zone
    first, last = retention.days_of(asked.since, asked.until, zone)
    return {
        "point": {"lat": asked.lat, "lon": asked.lon},
        "radius_m": asked.radius_m,
        "from": retention.local(asked.since, zone),
        "to": retention.local(asked.until, zone),
        "density_class": asked.density_class,
        "at": first.isoformat(),
        "until_day": last.isoformat(),
        "today": moment.astimezone(zone).date().isoformat(),
    }


def _told_of_place(db: Database, asked: Asked, facts: Mapping[str, Any]) -> Row:
    first = facts["first_camera"]
    _, last = retention.days_of(asked.since, asked.until, db.district.zone)
    return {
        "outside": points.outside(db, asked.lon, asked.lat),
        "first_camera": None if first is None else first.isoformat(),
        "before_first": first is not None and last < first,
        "health_known": bool(facts["health"]),
        "walls_known": bool(facts["walls"]),
    }


def _then(db: Database, asked: Asked, light: Row, facts: Mapping[str, Any], *, now: datetime) -> Then:
    from app.witness_rows import Then
    from spatial.crs import to_xy

    return Then(
        since=asked.since,
        until=asked.until,
        now=now,
        zone=db.district.zone,
        middle=to_xy(asked.circle.place, srid=db.district.srid),
        light=light,
        health=bool(facts["health"]),
        walls=bool(facts["walls"]),
    )


def stale(db: Database, asked: Asked) -> int:
    """Return how many cameras that may see the area have views that are missing or out of date, as at the day of `since`."""
    lens = db.district.defaults
    at, _ = retention.days_of(asked.since, asked.until, db.district.zone)
    reaches = {"reach_m": lens.max_range_m, "ptz_reach_m": lens.farthest_m}
    return store.stale_in(db, asked.circle, engine=fields.engine_of(db), at=at, **reaches)


def refresh(db: Database, asked: Asked, *, progress: Progress) -> int:
    """Compute what views are missing for the days of a question; return how many states. `db` opened as loader."""
    if not stale(db, asked):
        return 0
    days = {*retention.days_of(asked.since, asked.until, db.district.zone)}
    return sum(fields.refresh(db, at=day, progress=progress) for day in sorted(days))


def _light(asked: Asked, facts: Mapping[str, object], states: Sequence[Row]) -> Row:
    """Return `then` (day, night or both), `dark_share`, whether what is seen by night is `known`, and which light is `shown`."""
    dark = dark_share(
        LonLat(asked.lon, asked.lat), since_s=asked.since.timestamp(), until_s=asked.until.timestamp()
    )
    then = "night" if dark >= 1.0 else "day" if dark <= 0.0 else "both"
    known = bool(facts["lamps"]) or any(row["ir_range_m"] is not None for row in states)
    shown = "night" if then == "night" and known else "day"
    return {"then": then, "dark_share": round(dark, 4), "known": known, "shown": shown}


def _look(db: Database, asked: Asked, states: Sequence[Row]) -> Look:
    import geopandas as gpd

    from app.witness_figures import Look, Scene
    from etl.store import frames
    from spatial.crs import to_xy

    circle, district = asked.circle, db.district
    at, _ = retention.days_of(asked.since, asked.until, district.zone)
    middle = to_xy(circle.place, srid=district.srid)
    area = gpd.GeoSeries.from_xy([middle.east_m], [middle.north_m], crs=district.srid)
    ids = [row["state_id"] for row in states]
    lit_m = asked.radius_m + district.night.lamp_radius_m
    return Look(
        Scene(
            area=gpd.GeoDataFrame(geometry=area.buffer(asked.radius_m, quad_segs=64)),
            buildings=frames.buildings_in(db, circle, at),
            alleys=frames.alleys_in(db, circle),
            lamps=frames.lamps_near(db, Circle(circle.place, lit_m)),
            cameras=_frame(states, srid=district.srid),
            views=frames.views_of_states(db, ids, circle),
            beliefs=frames.beliefs_of_states(db, ids),
            radius_m=asked.radius_m,
            lens=district.defaults,
            night=district.night,
        )
    )


def _ring(look: Look, *, srid: int) -> list[list[float]]:
    """Return the outline of the area, lon and lat in degrees, as a map draws it."""
    import shapely

    from spatial.crs import unproject

    corners = shapely.get_coordinates(look.scene.area.geometry.iloc[0])[::4]
    outline: list[list[float]] = unproject(corners, srid=srid).round(6).tolist()
    return outline


def _frame(states: Sequence[Row], *, srid: int) -> gpd.GeoDataFrame:
    """Return the states as the figures take cameras: one that was in force twice stands once."""
    import geopandas as gpd

    once = {row["state_id"]: row for row in states}.values()
    names = ("site_id", "kind", "heading_deg", "height_m", "ir_range_m")
    columns: dict[str, list[Any]] = {name: [row[name] for row in once] for name in names}
    places = gpd.GeoSeries.from_xy(
        [row["east_m"] for row in once], [row["north_m"] for row in once], crs=srid
    )
    return gpd.GeoDataFrame({"camera_id": [row["state_id"] for row in once], **columns}, geometry=places)


def _told(moment: datetime) -> str:
    return f"{moment:%Y-%m-%d %H:%M}"
