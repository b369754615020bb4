"""What the live map draws of the ways out: where he may be, the ring, its exits by shape and colour, the cameras that close."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from app import words

# What an answer of a service looks like from here: JSON-ready, its keys are the service's contract.
Row = Mapping[str, Any]


def ways_on_map(answer: Row, ring: Row, lang: str) -> dict[str, object]:
    """Return what `livemap.find_map` takes as `ways`: areas, exits, cameras, legend, and where the map goes once.

    answer  of `app.services.net.answers`; ring: the one of its rings that is looked at
    Cameras are numbered as in the list; one that must be turned first shows no view, for the map knows it at home only.
    """
    point = answer["point"]
    shapes = [
        (kind, shape) for kind, shape in (("ring", ring["shape"]), ("may_be", answer["may_be"])) if shape
    ]
    places = [(row["lon"], row["lat"]) for row in (*ring["places"], point)]
    lons, lats = zip(*places, strict=True)
    return {
        "areas": [{"kind": kind, "geometry": shape} for kind, shape in shapes],
        "exits": [
            {"lat": row["lat"], "lon": row["lon"], "closed": row["closed"], "no": str(row["exit_id"])}
            for row in ring["places"]
        ],
        "cameras": [_camera(row) for row in ring["cameras"]],
        "legend": _legend(ring, lang),
        # The clock moves the ring; the map stays where the person has it until another place or ring is asked for.
        "focus": {
            "token": f"ways {point['lat']},{point['lon']} {ring['minutes']:g} {answer['mode']}",
            "bounds": ((min(lons), min(lats)), (max(lons), max(lats))),
            "stays": False,
        },
    }


def _camera(row: Row) -> dict[str, object]:
    turned = row["aim"] is not None and not row["aim"]["hung"]
    return {
        "camera_id": -row["no"] if turned else row["camera_id"],
        "lat": row["lat"],
        "lon": row["lon"],
        "sight": "certain",
        "old": False,
        "text": str(row["no"]),
    }


def _legend(ring: Row, lang: str) -> list[dict[str, str]]:
    return [
        {"ink": "gap", "sign": "✕", "text": words.say("map.legend_open", lang)},
        {"ink": "accent", "sign": "■", "text": words.say("map.legend_closed", lang)},
        {"ink": "accent", "sign": "●", "text": words.say("map.legend_net", lang)},
        {"ink": "place", "text": words.say("map.legend_may_be", lang)},
        {
            "ink": "edge",
            "sign": "╌",
            "text": words.say("map.legend_ring", lang, minutes=f"{ring['minutes']:g}"),
        },
    ]
