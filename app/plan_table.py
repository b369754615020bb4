"""A plan's sites as the rows of a file, codes in words and numbers as numbers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from app import phrases_site
from app.words import label, say

Row = dict[str, Any]

COLUMNS = (
    "plan_id", "plan_name", "no", "act", "place", "dong", "alley", "why", "lat", "lon", "heading_deg", "was_heading_deg",
    "camera_key", "lens", "height_m", "tilt_deg", "hfov_deg", "metres", "gain", "calls_unseen", "plots_m2", "facades",
    "ground", "consultation", "pole_won", "power_won", "fibre_won", "camera_won", "price_won", "kept_share", "class", "at",
)  # fmt: skip
PARTS = ("pole", "power", "fibre", "camera")


def sites(plan: Mapping[str, Any], dong: Sequence[str | None], lang: str) -> list[Row]:
    """Return a row a site, its columns COLUMNS; None where the plan does not tell it.

    plan  as `app.services.plans.opened` gives it
    dong  name of the dong of each site, in the plan's order
    """
    kept = (plan.get("stability") or {}).get("kept") or []
    return [
        _site(plan, row, no, dong=dong[no - 1], kept=kept[no - 1] if no <= len(kept) else None, lang=lang)
        for no, row in enumerate(plan["chosen"], 1)
    ]


def _site(
    plan: Mapping[str, Any], row: Row, no: int, *, dong: str | None, kept: float | None, lang: str
) -> Row:
    price, intrusion, was = (row.get(name) or {} for name in ("price", "intrusion", "was"))
    state = row.get("consultation")
    told = {
        "plan_id": plan["plan_id"],
        "plan_name": plan["name"],
        "no": no,
        "act": label("site_act", row.get("act") or "new", lang),
        "place": None if row.get("place") is None else label("site_place", row["place"], lang),
        "dong": dong,
        "why": phrases_site.why(row, lang),
        "was_heading_deg": was.get("heading_deg"),
        "lens": row.get("model"),
        "consultation": None if state is None else label("planstate", state, lang),
        "plots_m2": intrusion.get("plots_m2"),
        "facades": intrusion.get("facades"),
        "kept_share": kept,
        "class": label("class", plan["class"], lang),
        "at": plan.get("at"),
        **{f"{part}_won": price.get(part) for part in PARTS},
    }
    return {name: told[name] if name in told else row.get(name) for name in COLUMNS}


def figures(plan: Mapping[str, Any], lang: str) -> list[Row]:
    """Return what the plan as a whole tells, a row a figure: what, value (as text, so that nothing is rounded)."""
    alleys, intrusion = plan.get("alleys") or {}, plan.get("intrusion") or {}
    told = {
        "class": label("class", plan["class"], lang),
        "at": plan.get("at"),
        "made_at": plan.get("made_at"),
        **{
            name: plan.get(name) for name in ("before", "after", "bound", "gap", "proved_optimal", "cost_won")
        },
        "length_m": alleys.get("length_m"),
        "gained_m": alleys.get("gained_m"),
        "plots_m2": intrusion.get("plots_m2"),
        "facades": intrusion.get("facades"),
    }
    return [{"what": what, "value": None if value is None else str(value)} for what, value in told.items()]


def layers(plan: Mapping[str, Any], lang: str) -> list[Row]:
    """Return the layers of risk, a row each: layer, weight, rows, date, source; of an older plan its weights alone."""
    known = plan.get("layers") or [
        {"layer": name, "weight": weight} for name, weight in (plan.get("weights") or {}).items()
    ]
    return [
        {
            "layer": label("layer", row["layer"], lang),
            **{name: row.get(name) for name in ("weight", "rows", "date", "source")},
        }
        for row in known
    ]


def others(plan: Mapping[str, Any], lang: str) -> list[Row]:
    """Return the sites of the other plans nearly as good: alternative (from 1), no, act, alley, lat, lon, heading, price."""
    kept = ("alley", "lat", "lon", "heading_deg", "price_won")
    return [
        {
            "alternative": number,
            "no": no,
            "act": label("site_act", row.get("act") or "new", lang),
            **{name: row.get(name) for name in kept},
        }
        for number, other in enumerate(plan.get("alternatives") or [], 1)
        for no, row in enumerate(other["chosen"], 1)
    ]


def head(name: str, lang: str) -> str:
    """Return the head of a column: in Korean its name and unit, in English the platform's own name of it."""
    return name if lang == "en" else say(f"plan_table.{name}", lang)
