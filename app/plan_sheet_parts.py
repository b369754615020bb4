"""Parts of the committee's sheet: rows of sites, stability, other plans, layers, limits, legal ground, consultation."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from app import phrases_limits, phrases_proof, phrases_site
from app.report_blocks import Block, Heading, Points, Table, Text
from app.words import day, label, number, percent, say, towards

Row = Mapping[str, Any]

# So many steps of the curve of money fit in a sentence.
_STEPS = 4


def site_rows(plan: Row, lang: str, *, whole: bool) -> list[dict[str, str]]:
    """Return a row a site as texts: no, what, why, lens, privacy, price, kept; a dash for what is not told.

    whole  False: as the committee may have it
    """
    kept = (plan.get("stability") or {}).get("kept") or []
    return [
        {
            "no": str(no),
            "what": _what(row, lang, whole=whole),
            "why": phrases_site.why(row, lang, whole=whole),
            "lens": _lens(row, lang),
            "privacy": _privacy(row),
            "price": number(row.get("price_won")),
            "kept": phrases_proof.at_least(kept[no - 1], 0) if no <= len(kept) else "–",
        }
        for no, row in enumerate(plan["chosen"], 1)
    ]


def _what(row: Row, lang: str, *, whole: bool) -> str:
    act = label("site_act", row.get("act") or "new", lang)
    place = None if row.get("place") is None else label("site_place", row["place"], lang)
    return " · ".join(filter(None, (act, place, row.get("camera_key") if whole else None)))


def _lens(row: Row, lang: str) -> str:
    heading = None if row.get("act") == "remove" else towards(row.get("heading_deg"), lang)
    return ", ".join(filter(None, (heading, row.get("model")))) or "–"


def _privacy(row: Row) -> str:
    told = row.get("intrusion")
    if not told:
        return "–"
    area = "–" if told.get("plots_m2") is None else f"{number(told['plots_m2'])} m²"
    return f"{area}, {number(told.get('facades'))}"


def stability(plan: Row, lang: str) -> str:
    """Say how the sites stand under other weights of risk, or that it was not tried."""
    told = plan.get("stability")
    if not told:
        return say("plan_sheet.unstable", lang)
    tau = {name: number(told["tau"].get(name), 2) for name in ("median", "low", "high")}
    return say("plan_sheet.kept_note", lang, draws=number(told["draws"]), **tau)


def intrusion(plan: Row, lang: str) -> str:
    """Say how much private ground all sites look into; "" where it is not told."""
    told = plan.get("intrusion")
    if not told or told.get("plots_m2") is None:
        return ""
    area = f"{number(told['plots_m2'])} m²"
    return say("plan_sheet.intrusion", lang, area=area, n=number(told.get("facades")))


def others(plan: Row, lang: str) -> Iterator[Block]:
    """Yield the plans nearly as good beside this one, the usual way, and what other sums of money would reach."""
    rows = [(say("plan_sheet.this", lang), plan["after"], plan["cost_won"], None)]
    rows += [
        (say("plan_sheet.other", lang, n=n), other["after"], other.get("cost_won"), other.get("differs"))
        for n, other in enumerate(plan.get("alternatives") or [], 1)
    ]
    if len(rows) > 1:
        head = tuple(say(f"plan_sheet.col_{name}", lang) for name in ("plan", "after", "cost", "differs"))
        cells = tuple(
            (name, phrases_proof.at_least(after), number(won), percent(differs, 0))
            for name, after, won, differs in rows
        )
        yield Table(say("plan_sheet.others", lang), head, cells, "lrrr", (4, 3, 4, 4))
    said = list(beside(plan, lang))
    if said:
        yield Text(" ".join(said))


def beside(plan: Row, lang: str) -> Iterator[str]:
    """Yield why there are so few other plans, what the usual way would see, what other sums and limits would reach."""
    if code := plan.get("alternatives_said"):
        yield alternatives_said(code, lang)
    if usual := plan.get("index50m"):
        shares = {"usual": percent(usual["after"], 2), "after": phrases_proof.at_least(plan["after"])}
        yield say("plan_sheet.usual", lang, **shares)
    if curve := curve_points(plan, lang):
        yield say("plan_sheet.curve", lang, named=", ".join(curve))
    if frontier := frontier_points(plan, lang):
        yield say("plan_sheet.frontier", lang, named=", ".join(frontier))


def alternatives_said(code: str, lang: str) -> str:
    """Say why there are fewer than five other plans; of a code that we do not know, that no further one was found."""
    return say(_SAID.get(code, "alternatives_said.not_found"), lang)


_SAID = {code: f"alternatives_said.{code}" for code in ("proved_none", "not_found", "nothing_stands")}


def curve_points(plan: Row, lang: str) -> list[str]:
    """Return up to four steps of the curve of won against risk, evenly among those that there are."""
    return [
        say(
            "plan_sheet.curve_point",
            lang,
            won=number(point["won"]),
            after=phrases_proof.at_least(point["after"]),
        )
        for point in _some([point for point in plan.get("curve") or [] if point.get("won")])
    ]


def frontier_points(plan: Row, lang: str) -> list[str]:
    """Return up to four steps of the frontier of coverage against private ground looked into, the least first."""
    return [
        say(
            "plan_sheet.frontier_point",
            lang,
            area=f"{number(point['intrusion_m2'])} m²",
            after=phrases_proof.at_least(point["after"]),
        )
        for point in _some(plan.get("frontier") or [])
    ]


def _some(points: Sequence[Row]) -> Sequence[Row]:
    """Return at most four of the points, evenly, the last among them."""
    every = max(1, -(-len(points) // _STEPS))
    return points[::-1][::every][::-1]


def grounds(plan: Row, lang: str) -> Iterator[Block]:
    """Yield what the plan rests on: layers of risk, limits, legal grounds and what was heard of the public."""
    yield from _layers(plan, lang)
    if told := list(phrases_limits.limits(plan.get("limits"), lang)):
        yield Heading(say("plan_sheet.limits", lang), 1)
        yield Text(" · ".join(told))
    yield Heading(say("plan_sheet.law", lang), 1)
    yield Points(tuple(_law(plan, lang)))


def _layers(plan: Row, lang: str) -> Iterator[Block]:
    layers = plan.get("layers") or [
        {"layer": name, "weight": weight} for name, weight in (plan.get("weights") or {}).items() if weight
    ]
    if layers:
        names = ("layer", "weight", "rows", "date", "source")
        rows = tuple(
            (
                label("layer", row["layer"], lang),
                percent(row.get("weight"), 0),
                number(row.get("rows")),
                day(row.get("date"), lang),
                str(row.get("source") or "–"),
            )
            for row in layers
        )
        # What no layer tells, as in older plans, has no column.
        told = [at for at, cells in enumerate(zip(*rows, strict=True)) if set(cells) != {"–"}]
        yield Table(
            say("plan_sheet.layers", lang),
            tuple(say(f"plan_sheet.col_{names[at]}", lang) for at in told),
            tuple(tuple(row[at] for at in told) for row in rows),
            "".join("lrrll"[at] for at in told),
            tuple((5, 2, 2, 4, 6)[at] for at in told),
        )
    if plan.get("without"):
        named = ", ".join(label("layer", layer, lang) for layer in plan["without"])
        yield Text(say("plan.without", lang, named=named), "quiet")


def _law(plan: Row, lang: str) -> Iterator[str]:
    built = [row for row in plan["chosen"] if row.get("act") != "remove"]
    by_ground = Counter(row["ground"] for row in built if row.get("ground"))
    for ground, n in sorted(by_ground.items()):
        item = label("policy.law", ground, lang)
        yield say("plan_sheet.ground", lang, item=item, n=number(n))
    if without := len(built) - by_ground.total():
        yield say("plan_sheet.no_ground", lang, n=number(without))
    yield from _consulted(plan["consultation"], lang)


def _consulted(told: Row, lang: str) -> Iterator[str]:
    """Yield how far a plan is, whom one asked and what came of it; without a record, that it cannot be approved.

    told  as `app.services.consultation.of_plan` gives it; a record that was withdrawn is left out
    """
    state = label("planstate", told["state"], lang)
    if decided := told.get("decision"):
        key = "consult.decided_why" if decided["why"] else "consult.decided"
        why = {"why": decided["why"]} if decided["why"] else {}
        yield say(key, lang, day=day(decided["at"], lang), state=state, who=decided["by"], **why)
    else:
        yield say("plan_sheet.state", lang, state=state)
    records = [record for record in told.get("records") or [] if record.get("stands", True)]
    if not records:
        yield say("plan_sheet.not_consulted", lang)
    for record in records:
        about = record.get("camera")
        said = say(
            "plan_sheet.record",
            lang,
            method=label("consultmethod", record["method"], lang),
            since=day(record["held_from"], lang),
            until=day(record["held_to"], lang),
            opinions=number(record["opinions"]),
            outcome=label("consultoutcome", record["outcome"], lang),
        )
        more = say("plan_sheet.record_of", lang, no=about) if about else ""
        yield " ".join(filter(None, (said, more, record.get("document"))))
