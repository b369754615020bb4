"""How `coverage --explain` and `nightly` speak to people."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

from app import printing_quality, words
from app.printing import Answer
from app.progress import language
from app.terminal_table import table

# So many of each are told; the whole list is in the JSON.
_TOLD = 15


def explained(result: Answer) -> None:
    """Print the shares of both days, then the cameras and buildings that made the difference, the largest first."""
    lang = language()
    if result["change_m"] is None:
        print(words.say(f"reason.{result['before']['reason_code']}", lang))
        return
    print(_headline(result, lang))
    cameras = [
        (
            row["camera_key"],
            row["site"] or "–",
            words.label("change", row["change"], lang),
            _signed(row["delta_m"]),
        )
        for row in result["cameras"]
    ]
    _told(("camera", "stands", "change", "adds_m"), cameras, lang)
    buildings = [
        (row["name"] or row["building_key"], words.label("change", row["change"], lang), _signed(row["delta_m"]),
         words.number(len(row["cameras"])))
        for row in result["buildings"]
    ]  # fmt: skip
    _told(("building", "change", "adds_m", "hides"), buildings, lang)
    if not cameras and not buildings:
        print(words.say("explain.same", lang))
    if result["shared_m"]:
        print(words.say("explain.shared", lang, metres=_signed(result["shared_m"])))
    silent = result["without_effect"]
    if any(silent.values()):
        told = {name: words.number(n) for name, n in silent.items()}
        print(words.say("explain.silent", lang, **told))


def _headline(result: Answer, lang: str) -> str:
    change = result["change"]
    return words.say(
        "explain.headline",
        lang,
        class_=words.label("class", result["class"], lang),
        length=words.distance(result["length_m"]),
        start=words.day(result["from"], lang),
        end=words.day(result["to"], lang),
        before=words.percent(result["before"]["share"]),
        after=words.percent(result["after"]["share"]),
        metres=_signed(result["change_m"]),
        low=f"{change['low'] * 100:+.2f}",
        high=f"{change['high'] * 100:+.2f}",
    )


def _signed(metres: float) -> str:
    return f"{metres:+,.1f} m"


def _told(heads: Sequence[str], rows: Sequence[Sequence[object]], lang: str) -> None:
    if not rows:
        return
    table([words.say(f"line.col_{head}", lang) for head in heads], rows[:_TOLD])
    if len(rows) > _TOLD:
        print(words.say("explain.more", lang, n=words.number(len(rows) - _TOLD)))


def nightly(result: Answer) -> None:
    """Print when the last run was, what is seen now, and which cameras lost or gained view, with the reason."""
    lang, zone = language(), ZoneInfo(result["timezone"])
    if result["went_on_from"] is not None:
        print(words.say("nightly.went_on", lang, when=_moment(result["went_on_from"], zone)))
    counted = {name: words.number(n) for name, n in result["cameras"].items()}
    if result["first"]:
        print(words.say("nightly.first", lang, n=counted["n"]))
    else:
        counted["when"] = _moment(result["last_run"], zone)
        print(words.say("nightly.since", lang, **counted))
    print(_seen(result["coverage"], lang))
    for name in ("lost", "gained"):
        rows = [_row(row, name, lang) for row in result[name]]
        _told(("camera", "stands", "before", "after", name, "why"), rows, lang)
    if result["aims"]:
        print(words.say("nightly.aims", lang, n=words.number(len(result["aims"]))))
    printing_quality.alarms(result["alarms"], lang)


def _moment(iso: str, zone: ZoneInfo) -> str:
    return datetime.fromisoformat(iso).astimezone(zone).strftime("%Y-%m-%d %H:%M")


def _seen(seen: Answer, lang: str) -> str:
    if seen["share"] is None:
        return words.say("nightly.no_coverage", lang)
    told = {"share": words.percent(seen["share"]), "interval": words.span(seen["low"], seen["high"])}
    return words.say("nightly.coverage", lang, class_=words.label("class", seen["class"], lang), **told)


def _row(row: Answer, name: str, lang: str) -> tuple[str, ...]:
    areas = [f"{words.number(row[each])} m²" for each in ("before_m2", "after_m2", f"{name}_m2")]
    return (
        row["camera_key"],
        row["site"] or "–",
        *areas,
        ", ".join(_reason(each, lang) for each in row["why"]),
    )


def _reason(reason: Mapping[str, object], lang: str) -> str:
    told = words.label("change", str(reason["change"]), lang)
    building = reason.get("name") or reason.get("building_key")
    return f"{building} ({told})" if building else told
