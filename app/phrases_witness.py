"""Sentences and cells about cameras that could have recorded a place, from `app.services.witness`."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from app.phrases import owner
from app.words import day, distance, label, number, percent, say, span

# What an answer of a service looks like from here: JSON-ready, its keys are the service's contract.
Row = Mapping[str, Any]


def sentence(answer: Row, lang: str) -> str:
    """Return the first sentence: how many cameras could have recorded the place, or that none could."""
    counts, code = answer["counts"], answer["headline_code"]
    if code == "none":
        told = [say("witness.none", lang)]
        if answer["before_first"]:
            told.append(say("witness.before_first", lang, day=day(answer["first_camera"], lang)))
        if answer["outside"]:
            told.append(say("witness.outside", lang))
        return " ".join(told)
    if code == "kept":
        return say("witness.kept", lang, n=number(counts["at_class"]), sure=number(counts["certain"]))
    if code == "coarser":
        name = label("class", answer["density_class"], lang)
        return say("witness.coarser", lang, name=name, n=number(counts["kept"]))
    return say(_ALL[code], lang, n=number(counts[code]))


_ALL = {"gone": "witness.gone", "down": "witness.down"}


def lines(answer: Row, lang: str) -> list[str]:
    """Return what stands behind the first sentence, the most telling first."""
    return [*_parts(answer, lang), *_doubts(answer, lang), _asked(answer, lang), say("witness.logged", lang)]


def _parts(answer: Row, lang: str) -> Iterator[str]:
    theme = "alleys" if answer["alleys_m"] else "area"
    whole = distance(answer["alleys_m"]) if answer["alleys_m"] else f"{number(answer['open_m2'])} m²"
    any_then, still = answer["any"][theme], answer["any_kept"][theme]
    if answer["headline_code"] != "none" and any_then["possible"]:
        told = {"what": say(_THEMES[theme], lang), "whole": whole, **_range(any_then)}
        text = say("witness.any", lang, **told)
        if still != any_then:
            text += " " + say("witness.any_kept", lang, **_range(still))
        yield text
    counts = answer["counts"]
    if counts["down"] or counts["gone"]:
        apart = {name: number(counts[name]) for name in ("down", "gone")}
        yield say("witness.apart", lang, **apart)
    if counts["unknown_retention"]:
        yield say("witness.retention_unknown", lang, n=number(counts["unknown_retention"]))


_THEMES = {"alleys": "witness.alleys", "area": "witness.area"}


def _range(part: Row) -> dict[str, str]:
    return {"share": percent(part["share"]), "range": span(part["certain"], part["possible"])}


def _doubts(answer: Row, lang: str) -> Iterator[str]:
    light = answer["light"]
    if light["then"] != "day" and not light["known"]:
        yield say("witness.light_unknown", lang)
    else:
        yield say(
            _LIGHT[light["then"]],
            lang,
            **({"share": percent(light["dark_share"], 0)} if light["then"] == "both" else {}),
        )
    if not answer["health_known"]:
        yield say("witness.health_unknown", lang)
    if not answer["walls_known"]:
        yield say("witness.walls_unknown", lang)
    if answer["stale"]:
        yield say("witness.stale", lang, n=number(answer["stale"]))


_LIGHT = {"day": "witness.light_day", "night": "witness.light_night", "both": "witness.light_both"}


def _asked(answer: Row, lang: str) -> str:
    return say(
        "witness.asked",
        lang,
        case=answer["case"]["case_no"],
        radius=distance(answer["radius_m"]),
        since=moment(answer["from"], lang),
        until=moment(answer["to"], lang),
        at=day(answer["at"], lang),
        name=label("class", answer["density_class"], lang),
    )


def moment(local: str, lang: str) -> str:
    """Return a local instant (ISO text with minutes) as day and time."""
    return f"{day(local, lang)} {local[11:16]}"


def footage(row: Row, lang: str) -> str:
    """Return what is left of a camera's footage."""
    if row["group"] == "down":
        return say("footage.down", lang)
    if row["footage"] == "unknown":
        return say("footage.unknown", lang)
    if row["footage"] == "gone":
        return say("footage.gone", lang, day=day(row["all_gone_on"], lang))
    if row["footage"] == "partly":
        return say("footage.partly", lang, day=day(row["all_gone_on"], lang))
    return (
        say("footage.last_day", lang)
        if row["days_left"] == 0
        else say("footage.kept", lang, n=number(row["days_left"]))
    )


def part(seen: Row, lang: str) -> str:
    """Return a part of the area: the share for certain, or expected with its bounds."""
    if seen["possible"] is None:
        return "–"
    if seen["certain"] == seen["possible"]:
        return (
            say("witness.part_sure", lang, share=percent(seen["certain"]))
            if seen["certain"]
            else percent(0.0)
        )
    if not seen["share"]:
        return say("witness.part_most", lang, high=percent(seen["possible"]))
    return say(
        "witness.part", lang, share=percent(seen["share"]), range=span(seen["certain"], seen["possible"])
    )


def best_class(row: Row, lang: str) -> str:
    """Return the finest class that any part of the area may have been recorded at; in doubt, the certain one beside."""
    if row["class"] is None:
        return "–"
    if row["certain_class"] == row["class"]:
        return label("class", row["class"], lang)
    may = say("witness.class_may", lang, name=label("class", row["class"], lang))
    return may if row["certain_class"] is None else f"{label('class', row['certain_class'], lang)}, {may}"


def worked(row: Row, lang: str) -> str:
    """Return for which part of the time a camera worked, with its outages."""
    share = row["working"]["share"]
    if share is None:
        return say("worked.unknown", lang)
    if share == 1.0:
        return say("worked.all", lang)
    down = ", ".join(f"{each['from'][11:16]}–{each['until'][11:16]}" for each in row["working"]["down"])
    return say("worked.share", lang, share=percent(share, 0), down=down)


def cells(row: Row, lang: str) -> dict[str, str]:
    """Return a camera's row of the table, by column; `night` only where the time had day and night."""
    told = {
        "camera": row["camera_key"] + _in_force(row, lang),
        "left": footage(row, lang),
        "part": say("witness.hardly", lang) if row["hardly"] else part(row["alleys"], lang),
        "ground": "–" if row["hardly"] else part(row["area"], lang),
        "class": best_class(row, lang),
        "worked": worked(row, lang),
        "distance": distance(row["distance_m"]),
        "agency": owner(row, lang),
    }
    if row["by_night"] is not None:
        told["night"] = part(row["by_night"]["alleys"], lang)
    return told


def _in_force(row: Row, lang: str) -> str:
    """Return, of a camera that was changed amid the time, for which part of it the row speaks."""
    if not row["changed"]:
        return ""
    if row["changed"] == "from":
        return f" ({say('witness.only_from', lang, since=moment(row['in_force_from'], lang))})"
    return f" ({say('witness.only_until', lang, until=moment(row['in_force_until'], lang))})"


HEADS: dict[str, str] = {
    "no": "witness.col_no",
    "camera": "witness.col_camera",
    "left": "witness.col_left",
    "part": "witness.col_part",
    "ground": "witness.col_ground",
    "night": "witness.col_night",
    "class": "witness.col_class",
    "worked": "witness.col_worked",
    "distance": "witness.col_distance",
    "agency": "witness.col_agency",
}
