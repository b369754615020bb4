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
from spatial.optics import LADDER, px_per_m
from spatial.types import Circle, LonLat

if TYPE_CHECKING:  # the page draws its form without frames
    import geopandas as gpd

    from app.witness_figures import Look

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
             deleted since (gone); `hardly`: it sees nothing of the area but a grain at its edge, or nothing in that light. `area` and `alleys` are parts 0..1 of the open ground and of the metres of alley in the
             circle: certain, share (expected), possible; in the light of then, or by day where the time had both: then
             `by_night` stands beside. `any` is what at least one that worked could have recorded, `any_kept` what can
             still be asked for.
    Raises   CaseNotOpen, TimeAhead
    """
    started = time.perf_counter()
    moment = now or datetime.now(UTC)
    case = cases.require_open(db, asked.case_no)
    if asked.until > moment:
        raise TimeAhead(_told(asked.until.astimezone(db.district.zone)))
    facts = store.witness_facts(db)
    states = store.could_have_recorded(
        db, asked.circle, case_no=str(case["case_no"]), since=asked.since, until=asked.until, who=who
    )
    first, last = retention.days_of(asked.since, asked.until, db.district.zone)
    light = _light(asked, facts, states)
    look = _look(db, asked, states)
    cameras = _cameras(
        db, asked, states, look, light | {"health": facts["health"], "walls": facts["walls"], "now": moment}
    )
    ground = look.weights["area"].sum(), look.weights["alleys"].sum()
    return {
        "case": {name: case[name] for name in ("case_no", "office", "ground")},
        "point": {"lat": asked.lat, "lon": asked.lon},
        "radius_m": asked.radius_m,
        "from": _local(asked.since, db),
        "to": _local(asked.until, db),
        "density_class": asked.density_class,
        "at": first.isoformat(),
        "until_day": last.isoformat(),
        "today": moment.astimezone(db.district.zone).date().isoformat(),
        "light": light,
        "open_m2": round(float(ground[0]), 1),
        "alleys_m": round(float(ground[1]), 1),
        **_told_of_all(cameras, look, asked, dark=light["shown"] == "night"),
        "outside": points.outside(db, asked.lon, asked.lat),
        "first_camera": None if facts["first_camera"] is None else str(facts["first_camera"]),
        "before_first": facts["first_camera"] is not None and str(last) < str(facts["first_camera"]),
        "health_known": bool(facts["health"]),
        "walls_known": bool(facts["walls"]),
        "cameras": cameras,
        "stale": stale(db, asked),
        "invented": db.district.invented,
        "ms": round((time.perf_counter() - started) * 1000, 1),
    }


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


def _cameras(db: Database, asked: Asked, states: Sequence[Row], look: Look, known: Row) -> list[Row]:
    """Return the rows of the answer in their order; `known` holds light, health, walls and now."""
    from app.witness_figures import parts

    then = parts(look, asked.density_class, dark=known["shown"] == "night")
    night = (
        parts(look, asked.density_class, dark=True) if known["then"] == "both" and known["known"] else None
    )
    bases = _bases(look)
    told = []
    for state in states:
        no = int(state["state_id"])
        seen = _unsure(then[no]) if not known["walls"] else then[no]
        by_night = None if night is None else {name: night[no][name] for name in ("area", "alleys", "class")}
        told.append(
            {
                **_camera(db, asked, state),
                **seen,
                "basis": bases.get(no),
                "hardly": not any(
                    rung[theme]["possible"] for rung in seen["by_class"] for theme in ("area", "alleys")
                ),
                "by_night": by_night,
                "changed": _changed(asked, state),
                **_worked_and_kept(db, state, known),
            }
        )
    return sorted(told, key=_usefulness)


def _changed(asked: Asked, state: Row) -> str | None:
    """Return whether the state began amid the time (from) or ended (until) in it; None: it was in force throughout."""
    if state["in_force_from"] > asked.since:
        return "from"
    return "until" if state["in_force_until"] < asked.until else None


def _unsure(seen: Row) -> Row:
    """Return the parts where no building is loaded: nothing is certain then, and no chance can be told."""
    return seen | {
        "certain_class": None,
        **{theme: seen[theme] | {"certain": 0.0, "share": None} for theme in ("area", "alleys")},
    }


def _bases(look: Look) -> dict[int, str]:
    views = look.scene.views
    return {int(no): basis for no, basis in zip(views["camera_id"], views["basis"], strict=True) if basis}


def _camera(db: Database, asked: Asked, state: Row) -> Row:
    from spatial.crs import to_xy

    middle = to_xy(asked.circle.place, srid=db.district.srid)
    apart = state["east_m"] - middle.east_m, state["north_m"] - middle.north_m
    return {
        **{
            name: state[name]
            for name in ("camera_id", "camera_key", "state_id", "site_id", "agency", "agency_en")
        },
        **{name: state[name] for name in ("purpose", "kind")},
        "site": state["site_name"],
        "address": state["address_road"] or state["address_lot"] or None,
        "distance_m": round(float((apart[0] ** 2 + apart[1] ** 2) ** 0.5), 1),
        "heading_deg": None if state["heading_deg"] is None else round(float(state["heading_deg"]), 1),
        "lat": round(float(state["lat"]), 7),
        "lon": round(float(state["lon"]), 7),
    }


def _worked_and_kept(db: Database, state: Row, known: Row) -> Row:
    since, until, zone = state["in_force_from"], state["in_force_until"], db.district.zone
    first, last = retention.days_of(since, until, zone)
    left = retention.kept(
        first, last, retention_days=state["retention_days"], today=known["now"].astimezone(zone).date()
    )
    working = _working(state, zone=zone, known=known["health"])
    group = "down" if working["share"] == 0.0 else "gone" if left["footage"] == "gone" else "kept"
    return {
        "in_force_from": _local(since, db),
        "in_force_until": _local(until, db),
        "working": working,
        "retention_days": state["retention_days"],
        **left,
        "group": group,
    }


def _working(state: Row, *, zone: Any, known: bool) -> Row:  # Any: a time zone
    """Return the share of its part of the time in which a camera worked, and its outages; null where health was never told."""
    if not known:
        return {"share": None, "down": []}
    down = [
        {
            "from": datetime.fromisoformat(each["from"]).astimezone(zone),
            "until": datetime.fromisoformat(each["until"]).astimezone(zone),
            "reason": each["reason"],
        }
        for each in state["down"]
    ]
    whole_s = (state["in_force_until"] - state["in_force_from"]).total_seconds()
    down_s = sum((each["until"] - each["from"]).total_seconds() for each in down)
    share = 1.0 - down_s / whole_s if whole_s > 0.0 else float(not down)
    told = [{name: _minute(value) for name, value in each.items()} for each in down]
    return {"share": round(max(share, 0.0), 6), "down": told}


_GROUPS = {"kept": 0, "down": 1, "gone": 2}


def _usefulness(row: Row) -> tuple[object, ...]:
    """Return what rows are ordered by: the most useful is the least."""
    certain = max(row[theme]["certain"] or 0.0 for theme in ("area", "alleys"))
    share = max(row[theme]["share"] or 0.0 for theme in ("area", "alleys"))
    worked = 1.0 if row["working"]["share"] is None else row["working"]["share"]
    possible = max(row[theme]["possible"] or 0.0 for theme in ("area", "alleys"))
    fineness = -1 if row["class"] is None else LADDER.index(row["class"])
    return (
        _GROUPS[row["group"]],
        row["hardly"],
        not certain,
        -round(share * worked, 6),
        -round(possible, 6),
        -fineness,
        row["distance_m"],
        row["camera_id"],
    )


def _told_of_all(cameras: Sequence[Row], look: Look, asked: Asked, *, dark: bool) -> Row:
    """Return `headline_code`, `counts` and what at least one camera could have recorded, then and still."""
    from app.witness_figures import THEMES

    plain = [row for row in cameras if not row["hardly"]]
    groups = {name: {row["camera_id"] for row in plain if row["group"] == name} for name in _GROUPS}
    useful = [row for row in plain if row["group"] == "kept"]
    at_class = {row["camera_id"] for row in useful if any(row[theme]["possible"] for theme in THEMES)}
    code = (
        "kept"
        if at_class
        else "coarser"
        if useful
        else "gone"
        if groups["gone"]
        else "down"
        if plain
        else "none"
    )
    ran = [row["state_id"] for row in cameras if row["group"] != "down"]
    still = [row["state_id"] for row in useful]
    ask = dict.fromkeys(THEMES, look.of_any)
    return {
        "headline_code": code,
        "counts": {
            "cameras": len({row["camera_id"] for row in cameras}),
            "hardly": len({row["camera_id"] for row in cameras if row["hardly"]}),
            "at_class": len(at_class),
            "certain": len(
                {row["camera_id"] for row in useful if any(row[theme]["certain"] for theme in THEMES)}
            ),
            "unknown_retention": len({row["camera_id"] for row in useful if row["footage"] == "unknown"}),
            **{name: len(ids) for name, ids in groups.items()},
        },
        "any": {theme: ask[theme](theme, asked.density_class, ran, dark=dark) for theme in THEMES},
        "any_kept": {theme: ask[theme](theme, asked.density_class, still, dark=dark) for theme in THEMES},
    }


def _local(moment: datetime, db: Database) -> str:
    return moment.astimezone(db.district.zone).isoformat(timespec="minutes")


def _minute(value: Any) -> Any:  # Any: an instant, or a reason in words
    return value.isoformat(timespec="minutes") if isinstance(value, datetime) else value


def _told(moment: datetime) -> str:
    return f"{moment:%Y-%m-%d %H:%M}"
