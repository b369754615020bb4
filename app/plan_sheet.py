"""The committee's sheet of a plan: what it changes and costs, how good it provably is, where, why, and on what ground."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from app import phrases_plan, phrases_proof, plan_sheet_parts
from app.plan_drawing import Ground, drawing
from app.report_blocks import Block, Chart, Document, Fact, Facts, Headline, Table, Text
from app.report_format import as_day
from app.report_words import say as report_say
from app.words import day, density, distance, label, number, percent, say
from spatial.optics import px_per_m

Row = Mapping[str, Any]

ACTS = ("new", "turn", "move", "remove")
_PARTS = ("pole", "power", "fibre", "camera")


@dataclass(frozen=True, slots=True)
class Sheet:
    """A plan as it is to be told: of whom it is, for whom, in which language.

    plan      as `app.services.consultation.with_state` gives it: kept, and how far it is
    district  its name in the language
    edition   committee or internal: the committee's has no views, no number or present aim of a camera, and hides counts of one or two calls
    stamp     who took an internal one, when and what for; "" of the committee's
    ground    what the map is drawn on
    """

    plan: Row
    lang: str
    district: str
    edition: str
    ground: Ground
    stamp: str = ""

    @property
    def whole(self) -> bool:
        """Say whether everything may be printed: numbers and aims of cameras, counts of one and two."""
        return self.edition == "internal"

    def say(self, key: str, **blanks: object) -> str:
        """Return a text of the sheet in its language."""
        return say(f"plan_sheet.{key}", self.lang, **blanks)


def document(sheet: Sheet) -> Document:
    """Return the sheet's content before it is set."""
    plan, lang = sheet.plan, sheet.lang
    invented = bool(plan.get("invented"))
    name = plan["name"] or say("plan.unnamed", lang)
    made = as_day(plan["made_at"])
    code = plan["class"]
    grounds = {
        "at": day(plan.get("at"), lang),
        "name": label("class", code, lang),
        "density": density(px_per_m(code)),
        "where": phrases_plan.where({"dong": plan.get("dong")}, lang),
    }
    return Document(
        lang=lang,
        title=sheet.say("title"),
        subtitle=sheet.district,
        lines=(
            sheet.say("line", no=plan["plan_id"], name=name, day=day(made, lang)),
            sheet.say("grounds", **grounds),
            report_say(f"edition.{sheet.edition}", lang),
        ),
        margin=report_say("margin.invented", lang) if invented else "",
        watermark=report_say("watermark", lang) if invented else "",
        day=(made.year, made.month, made.day),
        blocks=tuple(_blocks(sheet, invented=invented)),
        stamp=sheet.stamp,
    )


def _blocks(sheet: Sheet, *, invented: bool) -> Iterator[Block]:
    if invented:
        yield Text(say("app.invented", sheet.lang), "warning")
    yield _headline(sheet)
    if not sheet.plan["chosen"]:
        yield Text(sheet.say("no_site"), "warning")
    else:
        yield Facts(tuple(_facts(sheet)))
        yield _map(sheet)
        yield from _sites(sheet)
        yield from _money(sheet)
        yield from plan_sheet_parts.others(sheet.plan, sheet.lang)
    yield from plan_sheet_parts.grounds(sheet.plan, sheet.lang)
    yield Text(sheet.say("foot"), "quiet")


def _headline(sheet: Sheet) -> Headline:
    plan = sheet.plan
    return Headline(
        value=phrases_proof.at_least(plan["after"]),
        label=sheet.say("headline", before=percent(plan["before"], 2)),
        sentence=" ".join(phrases_proof.lines(plan, sheet.lang)),
    )


def _facts(sheet: Sheet) -> Iterator[Fact]:
    plan, lang = sheet.plan, sheet.lang
    acts = Counter(row.get("act") or "new" for row in plan["chosen"])
    told = ", ".join(
        sheet.say("acts", act=label("site_act", act, lang), n=number(acts[act])) for act in ACTS if acts[act]
    )
    yield Fact(number(len(plan["chosen"])), sheet.say("sites"), told)
    budget = plan["asked"]["budget_won"]
    note = "cost_note" if budget is None else "cost_budget"
    yield Fact(number(plan["cost_won"]), sheet.say("won"), sheet.say(note, won=number(budget)))
    if alleys := plan.get("alleys"):
        shares = {name: percent(alleys[name], 1) for name in ("before", "after")}
        note = sheet.say("gained_note", length=distance(alleys["length_m"]), **shares)
        yield Fact(distance(alleys["gained_m"]), sheet.say("gained"), note)
    if (calls := _calls(sheet)) is not None:
        yield Fact(calls, sheet.say("calls"), sheet.say("calls_note"))
    elif intrusion := plan.get("intrusion"):
        note = sheet.say("plots_note", n=number(intrusion.get("facades")))
        yield Fact(_area(intrusion.get("plots_m2")), sheet.say("plots"), note)


def _calls(sheet: Sheet) -> str | None:
    """Return how many calls come into sight that no camera saw; None where no site tells.

    A total would tell the one or two calls of a site that the committee may not know: it is then of the others alone.
    """
    known = [row["calls_unseen"] for row in sheet.plan["chosen"] if row.get("calls_unseen") is not None]
    if not known:
        return None
    hidden = not sheet.whole and any(calls in (1, 2) for calls in known)
    return f"≥{number(sum(n for n in known if n > 2))}" if hidden else number(sum(known))


def _area(area_m2: float | None) -> str:
    return "–" if area_m2 is None else f"{number(area_m2)} m²"


def _map(sheet: Sheet) -> Block:
    if sheet.ground.streets.empty:
        return Text(sheet.say("no_streets"), "quiet")
    chosen = sheet.plan["chosen"]
    svg = drawing(chosen, sheet.ground, views=sheet.whole)
    return Chart(svg, sheet.say("map_alt", n=number(len(chosen))), sheet.say("map_note"))


def _sites(sheet: Sheet) -> Iterator[Block]:
    plan, lang = sheet.plan, sheet.lang
    rows = plan_sheet_parts.site_rows(plan, lang, whole=sheet.whole)
    heads = ("no", "what", "why", "lens", "privacy", "price", "kept")
    told = [name for name in heads if any(row[name] != "–" for row in rows)]
    yield Table(
        sheet.say("table"),
        tuple(sheet.say(f"col_{name}") for name in told),
        tuple(tuple(row[name] for name in told) for row in rows),
        "".join("r" if name in ("price", "kept") else "l" for name in told),
        tuple(_WIDTHS[name] for name in told),
    )
    said = (plan_sheet_parts.stability(plan, lang), plan_sheet_parts.intrusion(plan, lang))
    yield Text(" ".join(filter(None, said)), "quiet")


_WIDTHS = {"no": 2, "what": 5, "why": 19, "lens": 6, "privacy": 5, "price": 5, "kept": 4}


def _money(sheet: Sheet) -> Iterator[Block]:
    """Yield what the plan costs by its parts, where all sites tell them; the whole stands above."""
    plan, lang = sheet.plan, sheet.lang
    prices = [row["price"] for row in plan["chosen"] if row.get("price")]
    if len(prices) == len(plan["chosen"]):
        sums = [number(sum(price.get(part) or 0 for price in prices)) for part in _PARTS]
        head = tuple(label("plan_price", part, lang) for part in (*_PARTS, "total"))
        yield Table(sheet.say("money"), head, ((*sums, number(plan["cost_won"])),), "rrrrr", (1, 1, 1, 1, 1))
