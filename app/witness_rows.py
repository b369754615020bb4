"""The rows of a witness question: what each camera saw, whether it worked, what is left of its footage; their order. No database."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, tzinfo
from typing import Any

from app import retention
from app.retention import local
from app.witness_figures import THEMES, Look, parts
from spatial.optics import LADDER
from spatial.types import XY

Row = dict[str, Any]

# Whose footage can still be asked for stands first, what is gone last.
_GROUPS = {"kept": 0, "down": 1, "gone": 2}
_SAID = ("camera_id", "camera_key", "state_id", "site_id", "agency", "agency_en", "purpose", "kind")


@dataclass(frozen=True, slots=True)
class Then:
    """What rows rest on beside the states.

    since, until  aware, what was asked; now: this instant; zone: the district's clocks
    middle        of the area, metres
    light         of the answer; health and walls: whether outages and buildings are known
    """

    since: datetime
    until: datetime
    now: datetime
    zone: tzinfo
    middle: XY
    light: Mapping[str, Any]
    health: bool
    walls: bool

    @property
    def dark(self) -> bool:
        """Tell whether parts are those that were seen in the dark."""
        return bool(self.light["shown"] == "night")


def rows(states: Sequence[Row], look: Look, then: Then, *, density_class: str) -> list[Row]:
    """Return the rows of the answer, the most useful first.

    states  as `etl.store.cases.could_have_recorded` gives them
    """
    seen = parts(look, density_class, dark=then.dark)
    both = then.light["then"] == "both" and then.light["known"]
    night = parts(look, density_class, dark=True) if both else {}
    bases = _bases(look)
    told = [_row(state, seen, night, then) | {"basis": bases.get(state["state_id"])} for state in states]
    return sorted(told, key=_usefulness)


def _row(state: Row, seen: Mapping[int, Row], night: Mapping[int, Row], then: Then) -> Row:
    no = int(state["state_id"])
    own = seen[no] if then.walls else _unsure(seen[no])
    dark = night.get(no)
    shares = [
        *(rung[theme] for rung in own["by_class"] for theme in THEMES),
        *(own[theme] for theme in THEMES),
    ]
    return {
        **_camera(state, then.middle),
        **own,
        "hardly": not any(share["possible"] for share in shares),
        "by_night": None if dark is None else {name: dark[name] for name in (*THEMES, "class")},
        "changed": _changed(state, then),
        **_worked_and_kept(state, then),
    }


def _camera(state: Row, middle: XY) -> Row:
    apart = state["east_m"] - middle.east_m, state["north_m"] - middle.north_m
    heading = state["heading_deg"]
    return {name: state[name] for name in _SAID} | {
        "site": state["site_name"],
        "address": state["address_road"] or state["address_lot"] or None,
        "distance_m": round(float((apart[0] ** 2 + apart[1] ** 2) ** 0.5), 1),
        "heading_deg": None if heading is None else round(float(heading), 1),
        "lat": round(float(state["lat"]), 7),
        "lon": round(float(state["lon"]), 7),
    }


def _unsure(seen: Row) -> Row:
    """Return the parts where no building is loaded: nothing is certain then, and no chance can be told."""
    return seen | {
        "certain_class": None,
        "by_class": [rung | {theme: _doubted(rung[theme]) for theme in THEMES} for rung in seen["by_class"]],
        **{theme: _doubted(seen[theme]) for theme in THEMES},
    }


def _doubted(part: Row) -> Row:
    return part if part["possible"] is None else part | {"certain": 0.0, "share": None}


def _bases(look: Look) -> dict[int, str]:
    views = look.scene.views
    told = zip(views["camera_id"], views["basis"], strict=True)
    # a frame says NaN where the store says nothing
    return {int(no): basis for no, basis in told if isinstance(basis, str)}


def _changed(state: Row, then: Then) -> str | None:
    """Return whether the state began amid the time (from) or ended (until) in it; None: it was in force throughout."""
    if state["in_force_from"] > then.since:
        return "from"
    return "until" if state["in_force_until"] < then.until else None


def _worked_and_kept(state: Row, then: Then) -> Row:
    since, until = state["in_force_from"], state["in_force_until"]
    first, last = retention.days_of(since, until, then.zone)
    today = then.now.astimezone(then.zone).date()
    left = retention.kept(first, last, retention_days=state["retention_days"], today=today)
    working = _working(state, then)
    group = "down" if working["share"] == 0.0 else "gone" if left["footage"] == "gone" else "kept"
    return {
        "in_force_from": local(since, then.zone),
        "in_force_until": local(until, then.zone),
        "working": working,
        "retention_days": state["retention_days"],
        **left,
        "group": group,
    }


def _working(state: Row, then: Then) -> Row:
    """Return the share of its part of the time in which a camera worked, and its outages; null where health was never told."""
    if not then.health:
        return {"share": None, "down": []}
    outages = [
        (datetime.fromisoformat(each["from"]), datetime.fromisoformat(each["until"]), each["reason"])
        for each in state["down"]
    ]
    whole_s = (state["in_force_until"] - state["in_force_from"]).total_seconds()
    down_s = sum((until - since).total_seconds() for since, until, _ in outages)
    # Of an instant there is no part: it fell into an outage, or it did not.
    share = 1.0 - down_s / whole_s if whole_s > 0.0 else float(not outages)
    told = [
        {"from": local(since, then.zone), "until": local(until, then.zone), "reason": reason}
        for since, until, reason in outages
    ]
    return {"share": round(max(share, 0.0), 6), "down": told}


def _usefulness(row: Row) -> tuple[object, ...]:
    """Return what rows are ordered by: the most useful is the least."""
    certain, share, possible = (
        max(row[theme][bound] or 0.0 for theme in THEMES) for bound in ("certain", "share", "possible")
    )
    worked = 1.0 if row["working"]["share"] is None else row["working"]["share"]
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


def of_all(cameras: Sequence[Row], look: Look, then: Then, *, density_class: str) -> Row:
    """Return `headline_code`, `counts` of cameras, `any` and `any_kept`: parts that at least one of them saw.

    cameras  as `rows` gives them; those that saw next to nothing (`hardly`) are counted apart
    """
    plain = [row for row in cameras if not row["hardly"]]
    useful = [row for row in plain if row["group"] == "kept"]
    counts = {
        "cameras": _n(cameras),
        "hardly": _n(row for row in cameras if row["hardly"]),
        "at_class": _n(row for row in useful if any(row[theme]["possible"] for theme in THEMES)),
        "certain": _n(row for row in useful if any(row[theme]["certain"] for theme in THEMES)),
        "unknown_retention": _n(row for row in useful if row["footage"] == "unknown"),
        **{name: _n(row for row in plain if row["group"] == name) for name in _GROUPS},
    }
    ran = [row["state_id"] for row in plain if row["group"] != "down"]
    still = [row["state_id"] for row in useful]

    def seen(states: Sequence[int]) -> Row:
        found = {theme: look.of_any(theme, density_class, states, dark=then.dark) for theme in THEMES}
        return found if then.walls else {theme: _doubted(part) for theme, part in found.items()}

    return {"headline_code": _code(counts), "counts": counts, "any": seen(ran), "any_kept": seen(still)}


def _n(rows: Any) -> int:  # Any: rows or a generator of them
    return len({row["camera_id"] for row in rows})


def _code(counts: Mapping[str, int]) -> str:
    if counts["at_class"]:
        return "kept"
    if counts["kept"]:
        return "coarser"
    return next((name for name in ("gone", "down") if counts[name]), "none")
