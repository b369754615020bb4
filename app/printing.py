"""How commands speak to people: tables and sentences on stdout, progress and complaints on stderr."""

from __future__ import annotations

import json
import sys
import traceback
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any

# An answer is JSON-ready: what a value may be is the contract of each service, not of this room.
Answer = Mapping[str, Any]
Progress = Callable[[str, int, int], None]


def answer(result: Answer, as_json: bool, people: Callable[[Answer], None]) -> None:
    """Print one JSON object, or hand the answer to the printer for people."""
    if as_json:
        print(json.dumps(result, ensure_ascii=False, default=str, allow_nan=False))
    else:
        people(result)
        if result.get("invented"):
            print("\nThis district is invented: no figure here speaks of a real place.")


@contextmanager
def progress() -> Iterator[Progress]:
    """Yield a callable (label, done, total) that draws bars on stderr, or plain lines where no one watches."""
    if not sys.stderr.isatty():
        yield _plain_lines()
        return
    from rich.console import Console
    from rich.progress import BarColumn, TextColumn, TimeElapsedColumn
    from rich.progress import Progress as Bars

    columns = (TextColumn("{task.description:<28}"), BarColumn(), TextColumn("{task.percentage:>3.0f} %"))
    with Bars(*columns, TimeElapsedColumn(), console=Console(stderr=True)) as bars:
        tasks: dict[str, Any] = {}

        def advance(label: str, done: int, total: int) -> None:
            if label not in tasks:
                tasks[label] = bars.add_task(label, total=total)
            bars.update(tasks[label], completed=done, total=total)

        yield advance


def _plain_lines() -> Progress:
    told: set[tuple[str, bool]] = set()

    def advance(label: str, done: int, total: int) -> None:
        finished = done >= total
        if (label, finished) not in told:
            told.add((label, finished))
            print(f"{label}: {'done' if finished else 'started'}", file=sys.stderr, flush=True)

    return advance


def complain(error: Exception) -> int:
    """Say an error as one sentence on stderr and return its exit code; one that has no sentence is our fault."""
    from app.words import is_named, sentence

    if not is_named(error):
        return our_fault(error)
    text, code = sentence(error, language())
    print(f"golmok: {text}", file=sys.stderr)
    return code


def our_fault(error: Exception) -> int:
    """Keep the trace of an unforeseen error in a file, say where it is, and return 1."""
    from etl.settings import settings

    trace = "".join(traceback.format_exception(error))
    try:
        path = settings().state / "last-fault.txt"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(trace, encoding="utf-8")
        kept = f"The trace is in {path}."
    except OSError:
        kept = trace
    print(f"golmok: our fault ({type(error).__name__}). Nothing half-done was kept. {kept}", file=sys.stderr)
    return 1


def language() -> str:
    """Return ko or en, as the settings say."""
    from etl.settings import settings

    return settings().language


def status(result: Answer) -> None:
    """Print what a district holds."""
    district = result["district"]
    print(f"{district['name']}  EPSG:{district['srid']}  {_area(district['area_m2'])}")
    table(("what", "count"), [(name.replace("_", " "), f"{n:,}") for name, n in result["counts"].items()])
    if result["loads"]:
        print()
        columns = (
            "source",
            "rows_in",
            "inserted",
            "updated",
            "unchanged",
            "quarantined",
            "duplicates",
            "outside",
        )
        table(columns, [[row.get(column) for column in columns] for row in result["loads"]])


def load(result: Answer) -> None:
    """Print what a load did with each row, and why rows, or the whole file, were refused."""
    from etl.reasons import REASONS

    korean = language() == "ko"

    def meaning(code: str) -> str:
        known = REASONS.get(code)
        return "" if known is None else known.ko if korean else known.en

    if result["status"] == "refused":
        print(f"{result['file']}: refused as a whole; nothing was loaded.")
    else:
        parts = ("inserted", "updated", "unchanged", "quarantined", "duplicates", "outside", "retired")
        print(f"{result['source']}: {result['rows_in']:,} rows in")
        table(("rows", "count"), [(part, f"{result[part]:,}") for part in parts])
    for title in ("reasons", "repaired"):
        if result[title]:
            print(f"\n{title}:")
            table(("code", "rows", "meaning"), [(c, f"{n:,}", meaning(c)) for c, n in result[title].items()])
    for name, note in (result.get("notes") or {}).items():
        if note and name != "header":
            print(f"- {name.replace('_', ' ')}: {note}")


def sources(result: Answer) -> None:
    """Print what can be loaded."""
    table(("source", "what it takes"), [(row["source"], row["takes"]) for row in result["sources"]])


def coverage(result: Answer) -> None:
    """Print the headline with its denominator and range, the ladder, zones, agencies and the worst gaps."""
    from app import phrases, words

    lang = language()
    print(phrases.gaps_headline(result, lang))
    for line in phrases.gaps_lines(result, lang):
        print(f"  {line}")
    if result["incidents"]["share"] is not None:
        print(f"  {phrases.incidents_line(result, lang)}")
    ladder = [(words.label("class", r["class"], lang), *_range(r)) for r in result["ladder"]]
    table(("class", "alleys seen", "95 %"), ladder)
    if result["zones"]:
        print()
        zones = [(z["name"], words.label("zone", z["kind"], lang), *_range(z)) for z in result["zones"]]
        table(("zone", "kind", "seen", "95 %"), zones)
    if result["agencies"]:
        print()
        rows = [(a["agency"], a["cameras"], words.percent(a["alone"])) for a in result["agencies"]]
        table(("agency alone", "cameras", "alleys seen"), rows)
    if result["gaps"]:
        print()
        rows = [
            (g["alley"] or "-", words.distance(g["length_m"]), f"{g['lat']:.6f}, {g['lon']:.6f}")
            for g in result["gaps"][:10]
        ]
        table(("gap, worst first", "length", "place"), rows)


def nearest(result: Answer) -> None:
    """Print who sees the place; "none" first when nobody does."""
    from app import phrases, words

    lang = language()
    print(phrases.find_sentence(result, lang))
    for line in phrases.find_lines(result, lang):
        print(f"  {line}")
    rows = [
        (
            row["camera_id"],
            words.label("sight", "must_turn" if row["must_turn"] else row["sight"], lang),
            words.percent(row["p_sees"], 0),
            words.distance(row["distance_m"]),
            words.label("class", row["class"], lang),
            words.towards(row["turn_to_deg"], lang),
            row["agency"],
            words.label("status", row["status"], lang),
            _may_be_used(row["use"]),
        )
        for row in result["cameras"]
    ]
    columns = ("camera", "sight", "p sees", "distance", "class", "turn to", "agency", "status", "use")
    table(columns, rows)


def _may_be_used(use: Answer) -> str:
    allowed = {None: "", True: "yes ", False: "no "}[use["allowed"]]
    return f"{allowed}({use['ground']})"


def _range(row: Answer) -> tuple[str, str]:
    from app import words

    return words.percent(row["share"]), words.span(row["low"], row["high"])


def plan(result: Answer) -> None:
    """Print the chosen sites in order, with what each adds."""
    rows = [
        (n, f"{c['lat']:.6f}, {c['lon']:.6f}", f"{c['heading_deg']:.0f}°", f"{c['gain']:.4f}", c["reason"])
        for n, c in enumerate(result["chosen"], 1)
    ]
    table(("#", "place", "heading", "adds", "why"), rows)
    before, after, bound = (_share(result[key]) for key in ("before", "after", "bound"))
    print(
        f"Risk seen: {before} now, {after} with the plan; no plan can pass {bound} (gap {result['gap']:.2%})."
    )


def report(result: Answer) -> None:
    """Say where the report is."""
    print(f"{result['out']}: {result['pages']} pages, sha256 {result['sha256']}")


def demo(result: Answer) -> None:
    """Print the summary of the sample district."""
    status(result["status"])
    print()
    coverage(result["coverage"])


def bench(result: Answer) -> None:
    """Print what was measured, with versions."""
    rows = [
        (row["what"], "-" if row["seconds"] is None else f"{row['seconds']:.3f} s", row["budget"] or "")
        for row in result["measured"]
    ]
    table(("what", "took", "budget"), rows)
    print(", ".join(f"{name} {version}" for name, version in result["versions"].items()))


def cluster(result: Answer) -> None:
    """Print the state of the private cluster."""
    table(("what", "value"), list(result.items()))


def table(columns: Sequence[str], rows: Sequence[Sequence[object]]) -> None:
    """Print a plain table, wide Hangul counted right."""
    from rich import box
    from rich.console import Console
    from rich.table import Table

    grid = Table(box=box.SIMPLE_HEAD, show_edge=False, pad_edge=False)
    for column in columns:
        grid.add_column(column, overflow="fold")
    for row in rows:
        grid.add_row(*("" if cell is None else str(cell) for cell in row))
    # A pipe has no width; a line that is cut there is lost.
    width = None if sys.stdout.isatty() else 200
    Console(width=width, highlight=False, markup=False).print(grid)


def _area(area_m2: float | None) -> str:
    return "no boundary yet" if area_m2 is None else f"{area_m2 / 1e6:.2f} km²"


def _share(share: float | None) -> str:
    return "-" if share is None else f"{share:.1%}"
