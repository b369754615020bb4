"""How far a plan is, as sentences and rows: the same on the page and in the terminal."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Any

from app.words import day, label, number, say

Row = Mapping[str, Any]


def headline(told: Row, lang: str) -> str:
    """Name a plan and how far it is."""
    return say("consult.headline", lang, no=told["plan_id"], state=label("planstate", told["state"], lang))


def lines(told: Row, lang: str) -> Iterator[str]:
    """Yield what stands in the way, on which grounds the cameras are proposed, and what was decided by whom."""
    cameras, decision = told["cameras"], told["decision"]
    if decision is not None:
        key = "consult.decided" if decision["why"] is None else "consult.decided_why"
        state = label("planstate", decision["decision"], lang)
        why = {} if decision["why"] is None else {"why": decision["why"]}
        yield say(key, lang, day=day(decision["at"], lang), state=state, who=decision["by"], **why)
    elif told["state"] == "proposed":
        yield say("consult.proposed_why" if told["law"] else "consult.proposed_other", lang)
        if asked := sum(row["asked"] for row in cameras):
            yield say("consult.some_asked", lang, n=number(asked), of=number(len(cameras)))
    grounds = Counter(row["ground"] for row in cameras)
    if without := grounds.pop(None, 0):
        yield say("consult.no_ground", lang, without=number(without), n=number(len(cameras)))
    if told["law"] and grounds:
        named = [
            say("consult.ground", lang, ground=label("ground25", code, lang), n=number(n))
            for code, n in sorted(grounds.items())
        ]
        yield say("consult.grounds", lang, named=", ".join(named))


def records(told: Row, lang: str) -> list[dict[str, str]]:
    """Return a row a record, the first first: no, state, method, period, about, opinions, outcome, document, recorded."""
    return [_record(row, lang) for row in told["records"]]


def _record(row: Row, lang: str) -> dict[str, str]:
    about = (
        say("consult.all_cameras", lang)
        if row["camera"] is None
        else say("consult.camera_no", lang, no=row["camera"])
    )
    recorded = say("consult.recorded", lang, who=row["recorded_by"], day=day(row["recorded_at"], lang))
    gone = {"who": row["withdrawn_by"], "day": day(row["withdrawn_at"], lang)}
    return {
        "no": str(row["no"]),
        "state": say("consult.stands", lang) if row["stands"] else say("consult.withdrawn", lang, **gone),
        "method": label("consultmethod", row["method"], lang),
        "period": say(
            "consult.period", lang, since=day(row["held_from"], lang), until=day(row["held_to"], lang)
        ),
        "about": about,
        "opinions": number(row["opinions"]),
        "outcome": label("consultoutcome", row["outcome"], lang),
        "document": row["document"] or "–",
        "recorded": recorded,
    }
