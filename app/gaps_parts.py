"""Parts of the page Gaps: its lists by class, dong, zone and purpose, and the offer to compute what is not there yet."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from functools import partial
from typing import Any

import streamlit as st

from app import computing, pieces, session, tables
from app.gaps_filters import ALL, Chosen
from app.phrases_gaps import cut, dong_name, only_by_day_m
from app.services import coverage, gaps
from app.words import day, distance, label, number, percent, say, span

# What an answer of a service looks like from here: JSON-ready, its keys are the service's contract.
Row = Mapping[str, Any]

_POLL_S = 1.0


def classes(run: Row, chosen: Chosen) -> None:
    """Draw the ladder of classes, by day or by night as chosen."""
    pieces.ladder(run["night"]["ladder"] if chosen.night else run["ladder"], chosen=chosen.density_class)


def dong(run: Row, chosen: Chosen, lang: str) -> None:
    """Draw the share of each dong by day and by night; a selected row chooses the dong."""
    rows = run["by_dong"]
    if not rows:
        st.info(say("gaps.no_dong", lang))
        return
    shown = [_dong(row, cut(run, dong=row["code"], night=True), lang) for row in rows]
    _choosing("dong", [row["code"] for row in rows], shown, chosen=chosen.dong, lang=lang)


def purposes(run: Row, chosen: Chosen, lang: str) -> None:
    """Draw what each purpose's cameras see alone and what only they see; a selected row chooses the purpose."""
    rows = run.get("purposes")
    if not rows:
        st.info(say("gaps.no_purposes", lang))
        return
    shown = [_purpose(row, lang) for row in rows]
    _choosing("purpose", [row["purpose"] for row in rows], shown, chosen=chosen.purpose, lang=lang)


def zones(run: Row, lang: str) -> Row | None:
    """Draw the share of each zone and by how many cameras it is seen; return the selected one."""
    rows = run["zones"]
    if not rows:
        st.info(say("gaps.no_zones", lang))
        return None
    wish = st.session_state.get("zone", st.query_params.get("zone"))
    at = next((n for n, row in enumerate(rows) if str(row["zone_id"]) == wish), None)
    pieces.small([say("gaps.pick_zone", lang)])
    picked = tables.selectable(
        [_zone(row, lang) for row in rows],
        key=f"zone_table_{run['run_id']}",
        heads={name: say(key, lang) for name, key in _ZONE.items()},
        chosen=at,
        alt=say("gaps.zone_table", lang),
    )
    zone = None if picked is None else rows[picked]
    st.session_state["zone"] = zone and str(zone["zone_id"])
    return zone


def _choosing(
    name: str, codes: Sequence[str], shown: list[dict[str, object]], *, chosen: str | None, lang: str
) -> None:
    """Draw a list whose selected row is the choice of the same name above the map."""
    heads = {"dong": _DONG, "purpose": _PURPOSE}[name]
    alt, pick = _ALT[name]
    key = f"{name}_table_{chosen}"
    pieces.small([say(pick, lang)])
    tables.selectable(
        shown,
        key=key,
        heads={column: say(word, lang) for column, word in heads.items()},
        chosen=codes.index(chosen) if chosen in codes else None,
        alt=say(alt, lang),
        on_select=partial(_take, name, key, codes),
    )


def _take(name: str, key: str, codes: Sequence[str]) -> None:
    rows = st.session_state[key]["selection"]["rows"]
    st.session_state[name] = codes[rows[0]] if rows else ALL


_ALT = {
    "dong": ("gaps.dong_table", "gaps.pick_dong"),
    "purpose": ("gaps.purpose_table", "gaps.pick_purpose"),
}
_DONG = {
    "dong": "gaps.col_dong",
    "seen": "gaps.col_seen",
    "span": "gaps.col_span",
    "night": "gaps.col_night",
    "by_day": "gaps.col_only_day",
    "length": "gaps.col_alleys",
    "night_span": "gaps.col_night_span",
}
_ZONE = {
    "zone": "gaps.col_zone",
    "seen": "gaps.col_seen",
    "span": "gaps.col_span",
    "sure": "gaps.col_sure",
    "may": "gaps.col_may",
    "kind": "gaps.col_kind",
}
_PURPOSE = {
    "purpose": "gaps.col_purpose",
    "cameras": "gaps.col_cameras",
    "alone": "gaps.col_alone",
    "span": "gaps.col_span",
    "only": "gaps.col_only",
    "only_span": "gaps.col_only_span",
}


def _dong(row: Row, at_night: Row | None, lang: str) -> dict[str, object]:
    night = at_night or {"share": None, "low": None, "high": None}
    return {
        "dong": dong_name(row, lang),
        "length": distance(row["length_m"]),
        "seen": percent(row["share"]),
        "span": span(row["low"], row["high"]),
        "night": percent(night["share"]),
        "night_span": span(night["low"], night["high"]),
        "by_day": distance(only_by_day_m(row, at_night)),
    }


def _zone(row: Row, lang: str) -> dict[str, object]:
    watchers = row.get("cameras") or {"certain": None, "possible": None}
    return {
        "zone": (lang == "en" and row.get("name_en")) or row["name"] or "–",
        "kind": label("zone_kind", row["kind"], lang),
        "seen": percent(row["share"]),
        "span": span(row["low"], row["high"]),
        "sure": number(watchers["certain"]),
        "may": number(watchers["possible"]),
    }


def _purpose(row: Row, lang: str) -> dict[str, object]:
    only = row["only"]
    return {
        "purpose": label("purpose", row["purpose"], lang),
        "cameras": number(row["cameras"]),
        "alone": percent(row["share"]),
        "span": span(row["low"], row["high"]),
        "only": percent(only["share"]),
        "only_span": span(only["low"], only["high"]),
    }


def not_computed(chosen: Chosen, lang: str) -> None:
    """Say that nothing is computed for this class and day; whoever plans may begin it here and watch it."""
    names = [f"coverage {chosen.density_class} {what}" for what in (chosen.at, "through the years")]
    told = {"name": label("class", chosen.density_class, lang), "at": day(chosen.at, lang)}
    jobs = [each for each in map(computing.job, names) if each is not None]
    if going := next((each for each in jobs if not each.ended), None):
        _watch(going.name, say("gaps.computing", lang, **told), days=going.days)
        return
    st.info(
        say("gaps.day_not_computed", lang, code=chosen.density_class, day=chosen.at, **told),
        icon=":material/hourglass_empty:",
    )
    for failed in jobs:
        st.error(say("gaps.compute_failed", lang, why=failed.why(lang)), icon=":material/error:")
    if "planner" in session.roles():
        _offer(names, chosen, lang)


def _offer(names: Sequence[str], chosen: Chosen, lang: str) -> None:
    one, all_of_them = st.columns(2)
    begun = None
    if one.button(say("gaps.compute", lang), key="compute", type="primary", width="stretch"):
        at = date.fromisoformat(chosen.at)
        work = partial(coverage.coverage, density_class=chosen.density_class, at=at)
        begun = computing.begin(names[0], work)
    _, days = session.ask(gaps.missing, chosen.density_class)
    if days and len(days) > 1:
        title = say("gaps.compute_all", lang, n=number(len(days)))
        if all_of_them.button(title, key="compute_all", width="stretch"):
            every = partial(coverage.through, days=days, density_class=chosen.density_class)
            begun = computing.begin(names[1], every)
    pieces.small([say("gaps.compute_help", lang)])
    if begun:
        st.rerun()
    if begun is False:
        st.warning(say("gaps.compute_busy", lang), icon=":material/hourglass_empty:")


@st.fragment(run_every=_POLL_S)
def _watch(name: str, text: str, *, days: int) -> None:
    """Draw how far a job is, each second; when it has ended, or a day more is done, the page asks for what it left."""
    going, lang = computing.job(name), session.language()
    if going is None or going.ended or going.days != days:
        st.rerun()
    step = label("progress", going.step, lang) if going.step else ""
    if going.step == computing.DAYS:
        step = say("gaps.days_done", lang, done=number(going.done), n=number(going.total))
    st.progress(going.share, text=f"{text} {step}".strip())
