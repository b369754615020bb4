"""What the map of Plan draws: the sites by what is done at each, what stood there before, the workbench, another plan."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from app import words

Row = Mapping[str, Any]

# A site is told by its shape: a disc is a new camera, the rest are signs that every font has.
SIGNS = {"turn": "◆", "move": "▲", "remove": "✕"}
_BOTH, _OTHER = "◆", "■"


def sites(rows: Sequence[Row]) -> list[dict[str, object]]:
    """Return the sites of a plan as the map draws cameras, numbered as in the table."""
    return [
        {
            "camera_id": -no,
            "lat": row["lat"],
            "lon": row["lon"],
            "sight": "possible" if row.get("act") == "remove" else "certain",
            "text": str(no),
            "sign": SIGNS.get(row.get("act") or "", ""),
        }
        for no, row in enumerate(rows, 1)
    ]


def views(rows: Sequence[Row]) -> list[Row]:
    """Return what the sites would see, GeoJSON in degrees, of those that see anything."""
    return [row["view"] for row in rows if row.get("view") is not None]


def before(rows: Sequence[Row]) -> list[dict[str, object]]:
    """Return where the existing cameras that a plan turns, moves or takes down hang and look before it."""
    return [
        {
            "lat": row["was"]["lat"],
            "lon": row["was"]["lon"],
            "heading_deg": row["was"].get("heading_deg"),
            "to": {name: row[name] for name in ("lat", "lon")} if row.get("act") == "move" else None,
        }
        for row in rows
        if row.get("was")
    ]


def bench(answer: Row, chosen: Row | None, lang: str) -> dict[str, object]:
    """Return what a hand may alter on the map: the sites, which of them is chosen, and the texts of the panel."""
    at, listed = 0, []
    for no, row in enumerate(answer["chosen"], 1):
        seen = row.get("view") is not None
        alley = row.get("alley") or words.say("gaps.unnamed", lang)
        listed.append(
            {
                "no": no,
                **{name: row[name] for name in ("lat", "lon", "heading_deg")},
                # A turned camera stays on its pole all the same: whoever drags it asks for a move.
                "movable": row.get("act") != "remove",
                "view_at": at if seen else None,
                "text": f"{no}. {alley}",
            }
        )
        at += seen
    picked = next((no for no, row in enumerate(answer["chosen"], 1) if row is chosen), None)
    texts = {name: words.say(key, lang) for name, key in _TEXTS.items()}
    return {"plan_id": answer["plan_id"], "sites": listed, "chosen": picked, "texts": texts}


def legend(rows: Sequence[Row], lang: str) -> list[dict[str, str]]:
    """Return what the marks of a plan mean: those that are there."""
    if not rows:
        return []
    acts = {row.get("act") or "new" for row in rows}
    shown = [{"ink": "accent", "text": words.say("map.legend_planned", lang)}] if "new" in acts else []
    for act, sign in SIGNS.items():
        if act in acts:
            ink = "place" if act == "remove" else "accent"
            shown.append({"ink": ink, "sign": sign, "text": words.say(_ACTS[act], lang)})
    if any(row.get("was") for row in rows):
        shown.append({"ink": "camera", "sign": "○", "text": words.say("map.legend_was", lang)})
    return [*shown, {"ink": "camera", "text": words.say("map.legend_camera", lang)}]


def compared(answer: Row, other: Row, found: Row, *, lang: str) -> dict[str, object]:
    """Return the cameras and legend of two plans at once: told apart by shape and by the letters A and B.

    answer, other  the plans as they were kept
    found          what `app.services.plan_compare.compare` says of them, in this order
    """
    names = {"a": answer["plan_id"], "b": other["plan_id"]}
    kinds = (("common", "certain", _BOTH), ("only_a", "certain", ""), ("only_b", "possible", _OTHER))
    cameras = [
        {
            "camera_id": -at,
            "lat": row["lat"],
            "lon": row["lon"],
            "sight": sight,
            "text": _numbers(row),
            "sign": sign,
        }
        for kind, sight, sign in kinds
        for at, row in enumerate(found[kind], 1)
    ]
    told = (
        ("accent", _BOTH, "compare.legend_both"),
        ("accent", "●", "compare.legend_a"),
        ("place", _OTHER, "compare.legend_b"),
    )
    keys = [{"ink": ink, "sign": sign, "text": words.say(key, lang, **names)} for ink, sign, key in told]
    return {"cameras": cameras, "legend": keys, "outlines": views(other["chosen"])}


def _numbers(row: Row) -> str:
    told = {"A": row.get("no_a"), "B": row.get("no_b")}
    return "·".join(f"{letter}{no}" for letter, no in told.items() if no is not None)


_ACTS = {"turn": "map.legend_turn", "move": "map.legend_move", "remove": "map.legend_remove"}
_TEXTS = {
    "title": "bench.title", "help": "bench.help", "site": "bench.site", "choose": "bench.choose", "lat": "bench.lat",
    "lon": "bench.lon", "heading_deg": "bench.heading", "undo": "bench.undo", "undo_all": "bench.undo_all",
    "name": "bench.name", "keep": "bench.keep", "laying": "bench.laying", "failed": "bench.failed",
    "arrows": "bench.arrows",
}  # fmt: skip
