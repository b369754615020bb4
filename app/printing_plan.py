"""How the commands of plans speak to people: one plan, the list of those that are kept, two side by side."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from app import (
    phrases_compare,
    phrases_limits,
    phrases_plan,
    phrases_proof,
    phrases_site,
    plan_sheet_parts,
    report_words,
    words,
)
from app.progress import language
from app.terminal_table import table

Answer = Mapping[str, Any]


def plan(result: Answer) -> None:
    """Print the chosen sites in order, with what each adds and why, how good the plan provably is, and what stands by."""
    lang = language()
    if not result["chosen"]:
        print(phrases_plan.none_told(result, lang))
        if result.get("plan_id") is not None:
            print(words.say("plan_line.kept", lang, no=result["plan_id"]))
        return
    _sites(result, lang)
    shares = {
        "before": words.percent(result["before"], 2),
        "after": phrases_proof.at_least(result["after"]),
    }
    print(words.say("line.plan", lang, **shares))
    for line in phrases_proof.lines(result, lang):
        print(line)
    print(words.say("plan_line.cost", lang, won=words.number(result["cost_won"])))
    if told := plan_sheet_parts.intrusion(result, lang):
        print(told)
    asked = [*phrases_plan.asked_parts(result, lang), *phrases_limits.limits(result.get("limits"), lang)]
    if limits := asked:
        print(f"{words.say('plan_sheet.limits', lang)}: {', '.join(limits)}")
    _beside(result, lang)
    _layers(result, lang)
    if result.get("plan_id") is not None:
        print(words.say("plan_line.kept", lang, no=result["plan_id"]))


def _sites(result: Answer, lang: str) -> None:
    kept = (result.get("stability") or {}).get("kept") or []
    acts = any((row.get("act") or "new") != "new" for row in result["chosen"])
    names = [
        "no",
        *(["act"] if acts else []),
        "place",
        "heading",
        "adds",
        "why",
        *(["stays"] if kept else []),
    ]
    rows = []
    for no, row in enumerate(result["chosen"], 1):
        cells = {
            "no": no,
            "act": words.label("site_act", row.get("act") or "new", lang),
            "place": f"{row['lat']:.6f}, {row['lon']:.6f}",
            "heading": words.towards(row["heading_deg"], lang),
            "adds": words.percent(row["gain"], 2),
            "why": phrases_site.why(row, lang),
            "stays": phrases_proof.at_least(kept[no - 1], 0) if no <= len(kept) else "–",
        }
        rows.append([cells[name] for name in names])
    table([words.say(_HEADS[name], lang) for name in names], rows)


_HEADS = {
    "no": "line.col_no",
    "act": "plan_compare.col_act",
    "place": "line.col_place",
    "heading": "line.col_heading",
    "adds": "line.col_adds",
    "why": "line.col_why",
    "stays": "plan_sheet.col_kept",
}


def _beside(result: Answer, lang: str) -> None:
    """Print other plans nearly as good, the usual way, what other sums would reach, and how the sites stand."""
    for n, other in enumerate(result.get("alternatives") or [], 1):
        told = {
            "after": phrases_proof.at_least(other["after"]),
            "won": words.number(other.get("cost_won")),
            "differs": words.percent(other.get("differs"), 0),
        }
        print(words.say("plan_line.other", lang, n=n, **told))
    for line in plan_sheet_parts.beside(result, lang):
        print(line)
    if result.get("stability"):
        print(plan_sheet_parts.stability(result, lang))


def _layers(result: Answer, lang: str) -> None:
    for row in result.get("layers") or []:
        facts = [words.say("plan_line.weight", lang, weight=words.percent(row.get("weight"), 0))]
        if row.get("rows") is not None:
            facts.append(words.say("plan_line.rows", lang, n=words.number(row["rows"])))
        facts += [words.day(row["date"], lang)] if row.get("date") else []
        facts += [str(row["source"])] if row.get("source") else []
        print(f"- {words.label('layer', row['layer'], lang)}: {', '.join(facts)}")
    if result.get("without"):
        named = ", ".join(words.label("layer", layer, lang) for layer in result["without"])
        print(words.say("plan.without", lang, named=named))


def kept(result: Answer) -> None:
    """Print the list of the plans that were kept, the last first."""
    lang = language()
    if not result["plans"]:
        print(words.say("plan.none_yet", lang))
        return
    heads = ("no", "name", "asked", "made", "class", "reached", "bound", "cost", "state")
    rows = []
    for row in result["plans"]:
        told = row["figures"]
        rows.append(
            (
                row["plan_id"],
                row["name"] or words.say("plan.unnamed", lang),
                phrases_plan.asked(row, lang),
                words.day(row["made_at"], lang),
                words.label("class", told.get("class"), lang),
                phrases_proof.at_least(told.get("after")),
                phrases_proof.bound(told),
                words.number(told.get("cost_won")),
                words.label("planstate", row.get("state"), lang),
            )
        )
    table([words.say(f"plan_list.{name}", lang) for name in heads], rows)


def written(result: Answer) -> None:
    """Say which file was written."""
    lang = language()
    told = {name: result[name] for name in ("out", "sha256")}
    told |= {"edition": report_words.say(f"edition.{result['edition']}", lang)}
    if result["pages"] is not None:
        print(words.say("plan_line.sheet", lang, pages=result["pages"], **told))
    else:
        print(words.say("plan_line.file", lang, rows=words.number(result["rows"]), **told))


def compared(found: Answer) -> None:
    """Print two plans side by side: figures, places of both, places of one alone."""
    lang = language()
    one, other = phrases_compare.heads(found, lang)
    for line in phrases_compare.lines(found, lang):
        print(line)
    figures = phrases_compare.figures(found, lang)
    table(
        [words.say("plan_compare.col_what", lang), one, other],
        [(row["what"], row["a"], row["b"]) for row in figures],
    )
    numbers = {side: found[side]["plan_id"] for side in ("a", "b")}
    heads = {
        "no_a": words.say("plan_compare.col_no", lang, no=numbers["a"]),
        "no_b": words.say("plan_compare.col_no", lang, no=numbers["b"]),
    }
    _listed(words.say("plan_compare.common", lang), phrases_compare.common(found, lang), lang, heads)
    for side in ("a", "b"):
        title = words.say("plan_compare.only", lang, no=numbers[side])
        alone = phrases_compare.alone(found, side, lang)
        _listed(title, alone, lang, {"no": words.say("plan.col_no", lang)})


def _listed(title: str, rows: Sequence[Mapping[str, str]], lang: str, heads: Mapping[str, str]) -> None:
    if not rows:
        return
    print(f"\n{title}")
    known = {**{name: words.say(f"plan_compare.col_{name}", lang) for name in _COLUMNS}, **heads}
    table([known[name] for name in rows[0]], [tuple(row.values()) for row in rows])


_COLUMNS = ("alley", "act", "apart", "turned", "place")
