"""How the keys of cameras, the emergency ground and the operators' answers are put into words."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from zoneinfo import ZoneInfo

from app.phrases_find import sight
from app.words import distance, label, say, towards

Row = Mapping[str, Any]


def button(no: int, row: Row, lang: str, *, video: bool, held: bool) -> dict[str, object]:
    """Return what a camera's button shows and tells: its number is its key.

    video   whether a video system is set; without one nothing is opened, and nothing locked
    held    whether an emergency ground is in force
    """
    locked = video and row["use"]["allowed"] is False and not held
    text = f"{row['camera_key']} · {distance(row['distance_m'])}"
    told = {
        "no": no,
        "camera": row["camera_key"],
        "sight": sight(row, lang),
        "distance": distance(row["distance_m"]),
    }
    key = "watch.label_locked" if locked else "watch.label" if video else "watch.label_choose"
    return {
        "no": no,
        "camera_id": row["camera_id"],
        "text": text,
        "label": say(key, lang, **told),
        "sight": "certain" if row["sees"] else row["sight"] if row["sight"] != "certain" else "possible",
        "locked": locked,
    }


def asked(row: Row, lang: str) -> str:
    """Return the question about the camera that is looked at, with the way to the place where it is known."""
    if row["turn_to_deg"] is None:
        return say("watch.asked", lang, camera=row["camera_key"])
    return say(
        "watch.asked_towards", lang, camera=row["camera_key"], towards=towards(row["turn_to_deg"], lang)
    )


def first_words(lang: str, *, video: bool) -> str:
    """Return what stands below the buttons before anything was pressed."""
    return say("watch.hint" if video else "watch.no_video", lang)


def texts(lang: str) -> dict[str, str]:
    """Return the words that the buttons bear in the browser."""
    return {
        "title": say("watch.title", lang),
        "keys": say("watch.keys", lang),
        "locked": say("watch.locked", lang),
        "see": say("glance.yes", lang),
        "not": say("glance.no", lang),
        "undo": say("watch.undo", lang),
        "blocked": say("watch.blocked", lang),
    }


def holding(ground: Row, lang: str, zone: ZoneInfo) -> str:
    """Return which emergency ground holds, and until when on the district's clocks."""
    text = label("ground_code", ground["ground"], lang)
    if ground["article"] is not None:
        text = f"{text}, {label('ground_article', ground['article'], lang)}"
    return say("ground.in_force", lang, ground=text, until=f"{ground['until'].astimezone(zone):%H:%M}")
