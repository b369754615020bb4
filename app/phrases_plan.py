"""A plan as sentences and as the rows of its table: before and after, the bound, the cost, each site's reason."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from app import phrases_proof
from app.words import day, density, distance, label, number, percent, say
from spatial.optics import px_per_m

Row = Mapping[str, Any]

_RISK = {"high": "plan.risk_high", "middle": "plan.risk_middle", "low": "plan.risk_low"}


def kept(row: Row, lang: str) -> str:
    """Name an earlier plan in a list: number, name, what was asked, the day."""
    return say(
        "plan.kept",
        lang,
        no=row["plan_id"],
        name=row["name"] or say("plan.unnamed", lang),
        asked=asked(row, lang),
        day=day(row["made_at"], lang),
    )


def asked(row: Row, lang: str) -> str:
    """Say what a plan was asked for: cameras or a budget."""
    if row["budget_won"] is not None:
        return say("plan.asked_budget", lang, won=number(row["budget_won"]))
    return say("plan.asked_cameras", lang, n=number(row["cameras"]))


def headline(answer: Row, lang: str) -> str:
    """Say what the plan changes, or why there is nothing to choose."""
    n = len(answer["chosen"])
    if not n:
        return none_told(answer, lang)
    # In large letters a line may end between number and sign.
    shown = {"before": percent(answer["before"], 2), "after": phrases_proof.at_least(answer["after"])}
    told = {name: text.replace(" ", "\u00a0") for name, text in shown.items()}
    if has_acts(answer):
        return say("plan.headline_acts", lang, **told)
    return say(
        "plan.headline_one" if n == 1 else "plan.headline", lang, **told, **({} if n == 1 else {"n": n})
    )


def none_told(answer: Row, lang: str) -> str:
    """Say why a plan chose nothing: nothing was asked for, the money buys none, or none would bring anything."""
    budget, cameras = answer["asked"]["budget_won"], answer["asked"]["cameras"]
    if cameras == 0:
        return say("plan.zero_asked", lang)
    # Older plans cost the district's price a camera.
    cheapest = (answer.get("candidates") or {}).get("cheapest_won")
    price = cheapest or answer["price_won_per_camera"]
    if budget is not None and budget < price:
        key = "plan.too_little" if cheapest is None else "plan.too_little_here"
        return say(key, lang, price=number(price))
    return say("plan.nothing", lang)


def asked_parts(answer: Row, lang: str) -> Iterator[str]:
    """Yield what part of the district and of the calls a plan is for; nothing of what was not narrowed."""
    if answer.get("dong") is not None:
        yield where(answer, lang)
    told = answer.get("incidents") or {}
    if told.get("calls"):
        yield say("plan.only_calls", lang, named=", ".join(map(str, told["calls"])))
    if told.get("hours"):
        yield say("plan.only_hours", lang, named=", ".join(map(str, told["hours"])))


def has_acts(answer: Row) -> bool:
    """Tell whether a plan does anything with cameras that stand already."""
    return any((row.get("act") or "new") != "new" for row in answer["chosen"])


def lines(answer: Row, lang: str) -> Iterator[str]:
    """Yield what stands behind a plan: alleys, class and place, the bound in plain words, cost, weights."""
    if (alleys := answer["alleys"]) is not None:
        told = {"before": percent(alleys["before"], 2), "after": percent(alleys["after"], 2)}
        lengths = {"length": distance(alleys["length_m"]), "gained": distance(alleys["gained_m"])}
        yield say("plan.alleys", lang, where=where(answer, lang), **lengths, **told)
    if answer["chosen"]:
        yield from phrases_proof.lines(answer, lang)
        yield _cost(answer, lang)


def grounds(answer: Row, lang: str) -> Iterator[str]:
    """Yield what the figures of a plan rest on: class, day, place, weights, what was not at hand, its number."""
    code = answer["class"]
    yield say(
        "plan.expected",
        lang,
        name=label("class", code, lang),
        density=density(px_per_m(code)),
        at=day(answer["at"], lang),
    )
    weights = answer["weights"]
    if weights is not None:
        told = [
            say("plan.weight", lang, name=label("layer", layer, lang), share=percent(share, 0))
            for layer, share in sorted(weights.items(), key=lambda each: -each[1])
            if share
        ]
        yield say("plan.weighed", lang, named=", ".join(told)) if told else say("plan.weighed_alike", lang)
    if parts := ", ".join(asked_parts(answer, lang)):
        yield say("plan.only", lang, named=parts)
    if answer["without"]:
        named = ", ".join(label("layer", layer, lang) for layer in answer["without"])
        yield say("plan.without", lang, named=named)
    if answer.get("made_at"):
        yield say("plan.made", lang, no=answer["plan_id"], day=day(answer["made_at"], lang))


def where(answer: Row, lang: str) -> str:
    """Name the part of the district that a plan is for."""
    dong = answer["dong"]
    if dong is None:
        return say("plan.dong_all", lang)
    return str((dong["name_en"] if lang == "en" else None) or dong["name_ko"])


def reason(told: Row, lang: str) -> str:
    """Say why an aim was chosen: the street that gains most, how much of it, how risky, dark and called from it is."""
    alley = told["alley"] or say("gaps.unnamed", lang)
    width = told["width_m"]
    street = alley if width is None else say("plan.street", lang, alley=alley, width=number(width, 1))
    facts = list(_facts(told, lang))
    if not facts:
        key = f"reason.{told['code']}{'_unmeasured' if width is None else ''}"
        wide = {} if width is None else {"width": f"{number(width, 1)} m"}
        return say(key, lang, alley=alley, metres=distance(told["metres"]), **wide)
    return say("plan.reason", lang, street=street, metres=distance(told["metres"]), facts=", ".join(facts))


def _cost(answer: Row, lang: str) -> str:
    cost, n = number(answer["cost_won"]), number(len(answer["chosen"]))
    if any(row.get("price") for row in answer["chosen"]):
        return say("plan.cost_priced", lang, cost=cost, n=n)
    return say("plan.cost", lang, cost=cost, price=number(answer["price_won_per_camera"]), n=n)


def _facts(told: Row, lang: str) -> Iterator[str]:
    # Plans of before the facts were kept have none.
    if risk := told.get("risk"):
        yield say(_RISK[risk], lang)
    if (dark := told.get("dark")) is not None:
        yield say("plan.dark" if dark else "plan.lit", lang)
    if (calls := told.get("calls")) is not None:
        key = "plan.calls_none" if calls == 0 else "plan.calls_one" if calls == 1 else "plan.calls"
        yield say(key, lang, **({"n": number(calls)} if calls > 1 else {}))
