"""What the page Plan says beyond the figures: sites in a table, other choices, the usual way, what a hand has altered."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Any

from app import phrases_plan, phrases_proof, phrases_site
from app.plan_around import up
from app.plan_sheet_parts import alternatives_said
from app.words import distance, label, number, percent, say, towards

Row = Mapping[str, Any]


def sites(answer: Row, lang: str) -> list[dict[str, object]]:
    """Return a row a site, numbered as on the map; what is done there and how often it stays only where that is told."""
    acts = phrases_plan.has_acts(answer)
    kept = (answer.get("stability") or {}).get("kept") or []
    return [
        {
            "no": no,
            **({"act": label("site_act", row.get("act") or "new", lang)} if acts else {}),
            "why": phrases_site.why(row, lang),
            "heading": "–" if row.get("act") == "remove" else towards(row["heading_deg"], lang),
            "metres": distance(row["metres"]),
            "gain": phrases_proof.at_least(row["gain"], 3),
            **({"kept": percent(kept[no - 1], 0)} if len(kept) == len(answer["chosen"]) else {}),
            "price": number(row["price_won"]),
            "place": f"{row['lat']:.6f}, {row['lon']:.6f}",
        }
        for no, row in enumerate(answer["chosen"], 1)
    ]


def site_named(row: Row, no: int, lang: str) -> str:
    """Say in full what one site adds: a table cuts long sentences."""
    return f"{no}. {phrases_site.why(row, lang)}"


def choices(answer: Row, lang: str) -> dict[str, str]:
    """Return the plan and its alternatives as choices, by code; {} where there are none."""
    if not answer.get("alternatives"):
        return {}
    others = {str(no): say("plan.choice", lang, no=no) for no in range(1, len(answer["alternatives"]) + 1)}
    return {BEST: say("plan.choice_best", lang), **others}


def chosen_of(answer: Row, choice: str) -> Row:
    """Return the answer with the sites of one of its choices in place of its own."""
    if choice == BEST:
        return answer
    other = answer["alternatives"][int(choice) - 1]
    bound = answer["bound"]
    return {
        **answer,
        **{name: other[name] for name in ("after", "cost_won", "chosen")},
        "gap": up((bound - other["after"]) / bound) if bound else 0.0,
        # It may see as much to the last digit told: that proves nothing.
        "proved_optimal": False,
        # What is told of the best alone is not told of another.
        **dict.fromkeys(("alleys", "stability", "intrusion", "objective", "by_hand")),
        "choice": int(choice),
    }


def choice_lines(answer: Row, lang: str) -> Iterator[str]:
    """Yield what an alternative reaches, how far it differs, what it costs; nothing of the plan itself."""
    if (no := answer.get("choice")) is None:
        return
    other = answer["alternatives"][no - 1]
    yield say(
        "plan.choice_line",
        lang,
        no=no,
        after=phrases_proof.at_least(other["after"]),
        differs=percent(other["differs"], 0),
        cost=number(other["cost_won"]),
    )


def beside(answer: Row, lang: str) -> Iterator[str]:
    """Yield what is done with how many cameras, where a hand has altered the plan, why there are few others, the usual way."""
    acts = Counter(row.get("act") or "new" for row in answer["chosen"])
    if phrases_plan.has_acts(answer):
        told = (
            say("plan.act_count", lang, act=label("site_act", act, lang), n=number(n))
            for act, n in acts.items()
        )
        yield say("plan.acts", lang, named=", ".join(told))
    if altered := answer.get("by_hand"):
        numbers = altered["sites"]
        key = "bench.by_hand_one" if len(numbers) == 1 else "bench.by_hand"
        more = {} if len(numbers) == 1 else {"n": number(len(numbers))}
        yield say(key, lang, of=altered["of"], sites=", ".join(map(str, numbers)), **more)
    if (code := answer.get("alternatives_said")) and "choice" not in answer:
        yield alternatives_said(code, lang)
    if usual := answer.get("index50m"):
        yield _usual(answer, usual, lang)


def _usual(answer: Row, usual: Row, lang: str) -> str:
    told = {
        "n": number(len(usual["chosen"])),
        "usual": percent(usual["after"], 2),
        "after": phrases_proof.at_least(answer["after"]),
    }
    more = answer["after"] - usual["after"]
    if more <= 0.0:
        return say("plan.index50m_less", lang, **told)
    points = say("plan.points", lang, n=phrases_proof.at_least(round(more, 6)).removesuffix(" %"))
    return say("plan.index50m", lang, **told, gained=points)


BEST = "plan"
