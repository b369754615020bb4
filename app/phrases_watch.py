"""How the keys of cameras, the emergency ground and the operators' answers are put into words."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from zoneinfo import ZoneInfo

from app.phrases_find import sight
from app.words import day, distance, label, number, say, towards

Row = Mapping[str, Any]

# The columns of `shift_rows`; each has its word `line.col_NAME`.
SHIFT_HEADS = (
    "shift", "incidents", "opened", "unopened", "first_view", "first_view_p90", "sighted", "first_seen", "first_seen_p90",
)  # fmt: skip


def button(no: int, row: Row, lang: str, *, video: bool, held: bool) -> dict[str, object]:
    """Return what a camera's button shows and tells: its number is its key.

    video   whether a video system is set; without one nothing is opened, and nothing locked
    held    whether an emergency ground is in force; before it a camera of another purpose has a number, and no name
    """
    locked = video and row["use"]["allowed"] is False and not held
    told = {
        "no": no,
        **({} if locked else {"camera": row["camera_key"]}),
        "sight": sight(row, lang),
        "distance": distance(row["distance_m"]),
    }
    key = "watch.label_locked" if locked else "watch.label" if video else "watch.label_choose"
    return {
        "no": no,
        "camera_id": row["camera_id"],
        "text": "" if locked else row["camera_key"],
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


def holding(held: Row, lang: str, zone: ZoneInfo) -> str:
    """Return which emergency ground holds, and until when on the district's clocks."""
    return say(
        "ground.in_force", lang, ground=ground(held, lang), until=f"{held['until'].astimezone(zone):%H:%M}"
    )


def ground(entry: Row, lang: str) -> str:
    """Return an emergency ground in words, with its article where Korean law holds."""
    text = label("ground_code", entry["ground"], lang)
    return text if entry["article"] is None else f"{text} ({label('ground_article', entry['article'], lang)})"


def shift_rows(answer: Row, lang: str) -> list[tuple[str, ...]]:
    """Return a line for each shift and one for all: hours, counts, and times in words."""
    lines = [(f"{row['from']}–{row['to']}", row) for row in answer["shifts"]]
    return [(name, *_figures(row, lang)) for name, row in [*lines, (say("shifts.all", lang), answer["all"])]]


def shift_period(answer: Row, lang: str) -> str:
    """Return what the lines of shifts are about, and from when to when."""
    return say("shifts.period", lang, start=day(answer["from"], lang), end=day(answer["to"], lang))


def doubt(row: Row, lang: str) -> dict[str, str]:
    """Return a camera whose sight was denied, as a line of a table."""
    return {
        "camera": row["camera_key"],
        "denied": number(row["denied"]),
        "confirmed": number(row["confirmed"]),
        "last_denied": day(row["last_day"], lang),
    }


def _figures(row: Row, lang: str) -> tuple[str, ...]:
    opened, seen = (
        (_count(row[name], lang), _wait(row[f"{name}_median_s"], lang), _wait(row[f"{name}_p90_s"], lang))
        for name in ("opened", "seen")
    )
    return _count(row["incidents"], lang), opened[0], _count(row["unopened"], lang), *opened[1:], *seen


def _count(told: int | str, lang: str) -> str:
    if isinstance(told, int):
        return number(told)
    return say("shifts.withheld", lang) if told == "withheld" else told


def _wait(seconds: float | None, lang: str) -> str:
    """Return seconds as "48 s" or "3 min 05 s"; a dash for what is not told."""
    if seconds is None:
        return "–"
    minutes, rest = divmod(round(seconds), 60)
    if minutes == 0:
        return say("shifts.seconds", lang, s=number(rest))
    return say("shifts.minutes", lang, min=number(minutes), s=f"{rest:02d}")
