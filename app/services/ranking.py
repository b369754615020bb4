"""In which order cameras go to the screens: what helps most first, and apart those that may not be used. Light to import."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from spatial.optics import px_per_m

# A camera of an answer: its keys are the contract of `find.nearest`.
Row = Mapping[str, Any]

# sees now; sees when turned there; may see; would see but is out of order (with the camera that stands in for it);
# sees a way to the place; stands near and sees nothing of it.
ROLES = ("sees", "turns", "may", "down", "approach", "near")


def ranked(cameras: Sequence[Row], *, by: str) -> list[dict[str, Any]]:
    """Return the cameras of an answer in their order, each with three answers more.

    by        day | night: in which light
    role      one of ROLES
    seen_now  whether it has the place at the class in this light, if it has it at all: by night as `by_night` says
              (None: neither lamps nor its own light tell); False without sight
    group     1, or 2 for a camera that may not be used for the incident at hand: it waits for a recorded emergency
    Order     group; role; seen in this light before not known before too dark; then of those that see or turn the best
              class in this light, the densest picture and the nearest, of those that may the likeliest; of approaches the
              nearest along the street. A camera that stands in for one out of order follows it.
    """
    told = [
        {**row, "role": _role(row), "seen_now": _seen_now(row, by), "group": _group(row)} for row in cameras
    ]
    missed = {row["camera_id"]: row for row in told if row["role"] == "down"}
    return sorted(told, key=lambda row: _place(row, missed, by=by))


def _role(row: Row) -> str:
    if row["sight"] != "none" and row["status"] != "working":
        return "down"
    if row["sees"]:
        return "sees"
    if row["sight"] != "none":
        return "turns" if row["must_turn"] else "may"
    return "approach" if row["approach"] and row["status"] == "working" else "near"


def _seen_now(row: Row, by: str) -> bool | None:
    if row["sight"] == "none":
        return False
    seen: bool | None = row["by_night"] if by == "night" else True
    return seen


def _group(row: Row) -> int:
    return 2 if row["use"]["allowed"] is False else 1


def _place(row: Row, missed: Mapping[int, Row], *, by: str) -> tuple[Any, ...]:
    role, number = row["role"], row["camera_id"]
    instead = [missed[each] for each in row["replaces"] if each in missed]
    if role in ("approach", "near") and instead:
        first = min(instead, key=lambda each: (each["distance_m"], each["camera_id"]))
        return (row["group"], ROLES.index("down"), first["distance_m"], first["camera_id"], 1, number)
    place = (row["group"], ROLES.index(role))
    if role == "down":
        return (*place, row["distance_m"], number, 0)
    if role == "approach":
        return (*place, row["approach"]["along_m"], row["distance_m"], number)
    if role == "near":
        return (*place, row["distance_m"], number)
    dark = {True: 0, None: 1, False: 2}[row["seen_now"]]
    if role == "may":
        return (
            *place,
            dark,
            -(row["p_sees"] or 0.0),
            -(row["density_px_per_m"] or 0.0),
            row["distance_m"],
            number,
        )
    best = row["class_by_night"] if by == "night" else row["class"]
    dense = (-_density(best), -(row["density_px_per_m"] or 0.0))
    return (*place, dark, *dense, row["distance_m"], number)


def _density(code: str | None) -> float:
    return 0.0 if code is None else px_per_m(code)
