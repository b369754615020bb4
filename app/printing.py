"""How commands speak to people: tables and sentences on stdout, complaints on stderr."""

from __future__ import annotations

import json
import sys
import traceback
from collections.abc import Callable, Mapping, Sequence
from typing import Any
from zoneinfo import ZoneInfo

from app.progress import language
from app.terminal_table import fitting, table

# An answer is JSON-ready: what a value may be is the contract of each service, not of this room.
Answer = Mapping[str, Any]


def answer(result: Answer, as_json: bool, people: Callable[[Answer], None]) -> None:
    """Print one JSON object, or hand the answer to the printer for people."""
    if as_json:
        print(json.dumps(result, ensure_ascii=False, default=str, allow_nan=False))
    else:
        people(result)
        if result.get("invented"):
            from app import words

            print(f"\n{words.say('app.invented', language())}")


def complain(error: Exception) -> int:
    """Say an error as one sentence on stderr and return its exit code; one that has no sentence is our fault."""
    from app.words import is_named, sentence

    if not is_named(error):
        return our_fault(error)
    text, code = sentence(error, language(), given=_own_database())
    print(f"golmok: {text}", file=sys.stderr)
    return code


def _own_database() -> bool:
    from etl.settings import settings

    return settings().database_url is not None


def our_fault(error: Exception) -> int:
    """Keep the trace of an unforeseen error in a file, say where it is, and return 1."""
    from app import words
    from etl.settings import settings

    trace = "".join(traceback.format_exception(error))
    try:
        path = settings().state / "last-fault.txt"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(trace, encoding="utf-8")
        kept = words.say("line.trace", language(), path=path)
    except OSError:
        kept = trace
    told = words.say("line.fault", language(), kind=type(error).__name__, kept=kept)
    print(f"golmok: {told}", file=sys.stderr)
    return 1


def stopped() -> None:
    """Say that the person stopped the command."""
    from app import words

    print(words.say("line.stopped", language()), file=sys.stderr)


def status(result: Answer) -> None:
    """Print what a district holds."""
    from app import words

    lang, district = language(), result["district"]
    name = district.get(f"name_{lang}") or district["name"]
    area = district["area_m2"]
    size = words.say("line.no_boundary", lang) if area is None else f"{area / 1e6:.2f} km²"
    print(f"{name} ({district['name']})  EPSG:{district['srid']}  {size}")
    _table(
        ("what", "count"),
        [(words.label("count", what, lang), f"{n:,}") for what, n in result["counts"].items()],
    )
    if result["loads"]:
        print()
        _loads(result["loads"], ZoneInfo(district["timezone"]), lang)
    from app import printing_quality

    printing_quality.alarms(result["alarms"], lang)


# The last loads tell how old the data are; the whole list is in the JSON.
_LOADS = 15


def _loads(loads: Sequence[Answer], zone: ZoneInfo, lang: str) -> None:
    from app import words

    parts = ("rows_in", "inserted", "updated", "unchanged", "quarantined", "duplicates", "outside")
    heads = [words.say(f"line.col_{head}", lang) for head in ("loaded", "source", "file", "outcome")]
    rows = []
    for row in loads[:_LOADS]:
        # Of a file that was refused as a whole no row was looked at: a zero would say that all were.
        done = row["status"] == "done"
        counts = [words.number(row[part]) if done else "–" for part in parts]
        when = row["started_at"].astimezone(zone).strftime("%Y-%m-%d %H:%M")
        rows.append(
            (when, row["source"], row["file_name"], words.label("outcome", row["status"], lang), *counts)
        )
    table([*heads, *(words.label("rows", part, lang) for part in parts)], rows)
    if len(loads) > _LOADS:
        print(words.say("line.more_loads", lang, n=words.number(len(loads) - _LOADS)))


# Notes of a load that software reads, and nobody else.
_FOR_MACHINES = ("header", "lines", "columns", "replay", "code", "follows")


def load(result: Answer) -> None:
    """Print what a load did with each row, and why rows, or the whole file, were refused."""
    from app import phrases_notes, printing_notes, words
    from etl.reasons import REASONS

    lang = language()

    def meaning(code: str) -> str:
        known = REASONS.get(code)
        return "" if known is None else known.ko if lang == "ko" else known.en

    if result["status"] == "refused":
        print(words.say("line.refused", lang, file=result["file"]))
    else:
        parts = ("inserted", "updated", "unchanged", "quarantined", "duplicates", "outside", "retired")
        print(words.say("line.read", lang, source=result["source"], n=words.number(result["rows_in"])))
        _table(("rows", "count"), [(words.label("rows", part, lang), f"{result[part]:,}") for part in parts])
    for title in ("reasons", "repaired"):
        if result[title]:
            print(f"\n{words.say(f'line.{title}', lang)}")
            _table(("code", "rows", "meaning"), [(c, f"{n:,}", meaning(c)) for c, n in result[title].items()])
    if line := printing_notes.by_address(result["repaired"], result["reasons"], lang):
        print(f"- {line}")
    for name, note in (result.get("notes") or {}).items():
        if note and name not in _FOR_MACHINES and name not in phrases_notes.TOLD:
            print(f"- {printing_notes.note(name, note, lang)}")
    for line in phrases_notes.lines(result.get("notes"), lang):
        print(f"- {line}")
    if result["dry_run"]:
        print(words.say("line.dry_run", lang))


def sources(result: Answer) -> None:
    """Print what can be loaded."""
    from app import words

    rows = [(row["source"], words.label("takes", row["source"], language())) for row in result["sources"]]
    _table(("source", "takes"), rows)


def coverage(result: Answer) -> None:
    """Print the headline with its denominator and range, the ladder, zones, agencies and the worst gaps."""
    from app import phrases, phrases_light, words
    from app.phrases_working import working_lines

    lang = language()
    print(phrases.gaps_headline(result, lang))
    now = working_lines(result.get("working"), lang)
    for line in (*now, *phrases.gaps_lines(result, lang), *phrases.gaps_grounds(result, lang)):
        print(f"  {line}")
    if result["incidents"]["share"] is not None:
        print(f"  {phrases.incidents_line(result, lang)}")
    if streets := result["alleys"]["share"] is not None:
        ladder = phrases_light.ladder_rows(result, lang)
        _table(("class", "alleys_seen", "interval", "at_night", "interval"), ladder)
    if result["zones"]:
        print()
        zones = [
            (_name(z, lang), words.label("zone_kind", z["kind"], lang), *_range(z)) for z in result["zones"]
        ]
        _table(("zone", "kind", "seen", "interval"), zones)
    if result["agencies"] and streets:
        print()
        rows = [(phrases.owner(a, lang), a["cameras"], words.percent(a["alone"])) for a in result["agencies"]]
        _table(("agency_alone", "cameras", "alleys_seen"), rows)
    if result.get("purposes") and streets:
        print()
        served = [
            (words.label("purpose", p["purpose"], lang), p["cameras"], *_range(p), *_range(p["only"]))
            for p in result["purposes"]
        ]
        _table(("purpose_alone", "cameras", "alleys_seen", "interval", "only_they", "interval"), served)
    if result["gaps"]:
        print()
        rows = [
            (g["alley"] or "–", words.distance(g["length_m"]), f"{g['lat']:.6f}, {g['lon']:.6f}")
            for g in result["gaps"][:10]
        ]
        _table(("gap", "length", "place"), rows)


def _name(row: Answer, lang: str) -> str:
    return (lang == "en" and row.get("name_en")) or row["name"] or "–"


def nearest(result: Answer, *, opened: bool = False) -> None:
    """Print who sees the place; "none" first when nobody does.

    opened   whether an emergency ground is recorded: the cameras of the second group are counted alone without it
    """
    from app import phrases, phrases_answer, phrases_find

    lang = language()
    if result.get("place"):
        print(result["place"]["line"])
    print(phrases.find_sentence(result, lang))
    for line in phrases_find.old_rule_lines(result, lang):
        print(line)
    for line in phrases.find_lines(result, lang):
        print(f"  {line}")
    rows = phrases_answer.listed(result, opened=opened)
    first = [row for row in rows if row["group"] == 1]
    _cameras(first, result, lang)
    if told := phrases_answer.second_group(result, lang, opened=opened):
        print(f"\n{told}")
    _cameras(rows[len(first) :], result, lang)


def _cameras(cameras: Sequence[Answer], result: Answer, lang: str) -> None:
    """Print cameras as a table, then a line each for what an operator needs beside; nothing of none."""
    from app import phrases, phrases_answer, phrases_find, phrases_light, words

    if not cameras:
        return
    rows = [
        (
            phrases_find.sight(row, lang),
            words.distance(row["distance_m"]),
            words.towards(row["turn_to_deg"], lang),
            words.label("status", row["status"], lang),
            words.percent(row["p_sees"], 0),
            row["camera_key"],
            phrases_light.by_night(row, lang),
            _may_be_used(row["use"], lang),
            phrases.standing(row),
            words.label("class", row["class"], lang),
            phrases.owner(row, lang),
        )
        for row in cameras
    ]
    names = "sight distance turn status chance camera by_night use stands class agency".split()
    heads = [words.say(f"line.col_{name}", lang) for name in names]
    shown = fitting(heads, rows)
    table(heads[:shown], [row[:shown] for row in rows])
    if shown < len(heads):
        print(words.say("line.narrow", lang, names=", ".join(heads[shown:])))
    for row in cameras:
        if told := " · ".join(phrases_answer.notes(row, result, lang)):
            print(f"- {row['camera_key']}: {told}")


def _may_be_used(use: Answer, lang: str) -> str:
    """Return whether a camera may be used, with its ground where one is told."""
    from app import words

    ground = f"({use['ground']})" if use["ground"] else ""
    if use["allowed"] is None:
        return ground or "–"
    key = "line.may_be_used" if use["allowed"] else "line.may_not_be_used"
    return words.say(key, lang, ground=ground).strip()


def _range(row: Answer) -> tuple[str, str]:
    from app import words

    return words.percent(row["share"]), words.span(row["low"], row["high"])


def plan(result: Answer) -> None:
    """Print the chosen sites in order, with what each adds and why, then how good the plan provably is."""
    from app import printing_plan

    printing_plan.plan(result)


def demo(result: Answer) -> None:
    """Print the summary of the sample district."""
    status(result["status"])
    print()
    coverage(result["coverage"])


def ready(result: Answer) -> None:
    """Say that a district's database stands."""
    from app import words

    print(words.say("line.ready", language(), name=result["district"]))


def files(result: Answer) -> None:
    """Print the files that were written, one a line."""
    for path in result["files"]:
        print(path)


def bench(result: Answer) -> None:
    """Print what was measured, with versions; what is measured goes by its English name."""
    from app import bench_table

    if result["topic"] in bench_table.TOPICS:
        heads, rows, notes = bench_table.TOPICS[result["topic"]]
        table(heads, rows(result))
        for note in notes(result):
            print(note)
    else:
        told = [
            (row["what"], "–" if row["seconds"] is None else f"{row['seconds']:.3f} s", row["budget"] or "")
            for row in result["measured"]
        ]
        _table(("what", "took", "budget"), told)
    print(", ".join(f"{name} {version}" for name, version in result["versions"].items()))


def cluster(result: Answer) -> None:
    """Print the state of the private cluster."""
    from app import words

    lang = language()

    def value(known: object) -> str:
        return words.label("fact", str(known).lower(), lang) if isinstance(known, bool) else str(known or "–")

    _table(
        ("what", "value"), [(words.label("fact", name, lang), value(each)) for name, each in result.items()]
    )


def cluster_done(result: Answer) -> None:
    """Say what became of the private cluster."""
    from app import words

    print(words.say(f"cluster.{result['code']}", language(), socket=result["socket"]))


def _table(heads: Sequence[str], rows: Sequence[Sequence[object]]) -> None:
    from app import words

    table([words.say(f"line.col_{head}", language()) for head in heads], rows)
