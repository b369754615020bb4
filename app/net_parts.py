"""The part "Ways out" of Find: rings and exits on the map, the cameras that close them in order, what stays open, who is next."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from functools import lru_cache
from typing import Any

import streamlit as st

from app import net_map, phrases_net, pieces, session, words
from app.clock_text import instant
from app.services import net, net_relay, net_world
from app.services.net import Flight
from etl.db import Database

# What an answer of a service looks like from here: JSON-ready, its keys are the service's contract.
Row = Mapping[str, Any]

# The clock moves on in steps, so that the answers of one step are one answer.
STEP_S = 10
_TALLEST_ROWS = 6
_LOWEST_ROWS = 3
# Loads are noticed about as late as the map notices them.
_AHEAD_S = 60
_ROW_PX = 30


@dataclass(frozen=True, slots=True)
class Shown:
    """What is on the screen.

    key     of what was asked, the step of the clock in it
    answer  None where there is none, which was said
    ring    minutes of the ring that is looked at
    more    gives the proven answer; None: it is that one, or there is none
    """

    key: tuple[object, ...]
    answer: Row | None
    minutes: float
    more: Iterator[Row] | None = None

    @property
    def ring(self) -> Row:
        """Return the ring that is looked at, the outermost where there is none of so many minutes."""
        rings: list[Row] = self.answer["rings"] if self.answer else []
        return next((ring for ring in rings if ring["minutes"] == self.minutes), rings[-1])


def read_ahead() -> None:
    """Have streets and views read in the background while somebody looks at who sees the place now."""
    _read_ahead(time.monotonic() // _AHEAD_S)


@lru_cache(maxsize=1)
def _read_ahead(_moment: float) -> None:
    """Have streets and views read while somebody looks at who sees the place now; once in a while, for loads change them."""
    net_world.warm(session.shared_database)


def ask(
    place: Row, began: datetime | None = None, *, call: str | None = None, emergency: bool = False
) -> Shown:
    """Draw how he moves and when the clock began; put the question and return the first answer, or the proven one if known.

    place      lat, lon
    began      when the incident occurred (aware); None: the clock runs from when the place was first asked about. A time
               that is typed counts before either
    call       112 class
    emergency  a recorded emergency ground is in force
    """
    now = datetime.now(session.district().zone)
    with st.container(horizontal=True, vertical_alignment="bottom", gap="small"):
        mode, minutes = _choices()
        since = _since(place, began, now=now)
    flight = Flight(mode=mode, since=since, incident_class=call, emergency=emergency)
    steps = int(flight.elapsed_s(now) // STEP_S)
    key = (place["lat"], place["lon"], flight, steps)
    kept = st.session_state.get("net_answer")
    if kept and kept[0] == key:
        return Shown(key, kept[1], minutes)
    moment = flight.since + timedelta(seconds=steps * STEP_S) if flight.since else now
    _, found = session.ask(_first, place["lon"], place["lat"], flight=flight, now=moment)
    answer, more = found or (None, None)
    return Shown(key, answer, minutes, more)


def _first(db: Database, lon: float, lat: float, **asked: Any) -> tuple[Row, Iterator[Row]]:
    """Return the first answer, and what gives the proven one."""
    told = net.answers(db, lon, lat, **asked)
    return next(told), told


def on_map(shown: Shown | None) -> dict[str, object] | None:
    """Return what `livemap.find_map` takes as `ways`."""
    if shown is None or shown.answer is None:
        return None
    return net_map.ways_on_map(shown.answer, shown.ring, session.language())


def tell(shown: Shown, *, seeing: Row | None = None) -> None:
    """Draw the answer, then its proof in the same places; run again where the proof found other cameras.

    seeing  the answer of `find.nearest` for the place: its cameras that see it now may be the ones who lose him
    """
    if shown.answer is None:
        return
    head, body = st.empty(), st.empty()
    _draw(head, body, shown)
    if shown.more is not None and (proven := _proven(shown)) is not None:
        st.session_state["net_answer"] = (shown.key, proven)
        if _cameras(proven) != _cameras(shown.answer):
            st.rerun()
        _draw(head, body, replace(shown, answer=proven, more=None))
    _next(shown, shown.answer, seeing)


def _proven(shown: Shown) -> Row | None:
    def proof(_db: Database) -> Row:
        assert shown.more is not None
        return next(shown.more)

    return session.ask(proof)[1]


def _cameras(answer: Row) -> list[list[tuple[int, object]]]:
    return [[(row["camera_id"], row["aim"]) for row in ring["cameras"]] for ring in answer["rings"]]


def _choices() -> tuple[str, float]:
    """Draw how he moves and which ring is looked at; both stand in the address."""
    rings = [f"{each:g}" for each in net.MINUTES]
    lang = session.language()
    mode = _choice("mode", net.MODES, lambda code: words.label("mode", code, lang))
    ring = _choice("ring", rings, lambda each: words.say("net.ring_minutes", lang, minutes=each))
    return mode, float(ring)


def _choice(name: str, options: Sequence[str], shown: Callable[[str], str]) -> str:
    first = options[0] if name == "mode" else options[1]
    session.wish(name, options, default=first)
    chosen = st.segmented_control(
        words.say(f"net.{name}", session.language()),
        options,
        required=True,
        key=name,
        format_func=shown,
        persist_state="session",
    )
    session.keep_in_address(name, chosen)
    return chosen or first


def _since(place: Row, began: datetime | None, *, now: datetime) -> datetime:
    """Return when the clock began: what is typed, else the incident, else when this place was first asked about in this visit."""
    lang = session.language()
    typed = st.text_input(
        words.say("net.since", lang),
        key="since",
        placeholder=words.say("net.since_now", lang),
        help=words.say("net.since_help", lang),
        bind="query-params",
        width=130,
    )
    if typed:
        try:
            return instant(typed, session.district().zone, now=now)
        except ValueError:
            st.warning(words.say("net.since_wrong", lang), icon=":material/schedule:")
    if began is not None:
        return began
    here, asked = (place["lat"], place["lon"]), st.session_state.get("net_asked")
    # One place at a time: the memory of a visit holds no list of places.
    if asked is None or asked[0] != here:
        asked = st.session_state["net_asked"] = (here, now)
    return asked[1]


def _draw(head: Any, body: Any, shown: Shown) -> None:  # Any: Streamlit's own places
    lang, ring, answer = session.language(), shown.ring, shown.answer or {}
    with head.container():
        pieces.answer(phrases_net.headline(ring, lang))
        pieces.beside([phrases_net.clock(answer, lang)])
    with body.container():
        if ring["cameras"]:
            told = any(row["use"]["allowed"] is not None for row in ring["cameras"])
            columns = {name: width for name, width in _CAMERA.items() if told or name != "use"}
            _table([_camera(row, lang) for row in ring["cameras"]], columns, alt_key="net.cameras_table")
        # Both lists share a screen: the more cameras, the fewer exits show at once.
        most = max(_LOWEST_ROWS, _TALLEST_ROWS - len(ring["cameras"]))
        _table([_exit(row, lang) for row in ring["open"]], _EXIT, alt_key="net.exits_table", most=most)
        pieces.small(phrases_net.lines(answer, ring, lang))


_CAMERA = {"no": 52, "camera": 170, "aim": 150, "closes": 110, "use": 90}
_EXIT = {"exit": 52, "street": 150, "why": 190, "place": 170}
_NEXT = {"camera": 170, "chance": 70, "blind": 110, "aim": 150}


def _camera(row: Row, lang: str) -> dict[str, object]:
    allowed = row["use"]["allowed"]
    use = "–" if allowed is None else words.say("find.may_use" if allowed else "find.may_not_use", lang)
    return {
        "no": row["no"],
        "camera": row["camera_key"],
        "aim": phrases_net.aim(row, lang),
        "closes": phrases_net.closes(row),
        "use": use,
    }


def _exit(row: Row, lang: str) -> dict[str, object]:
    return {
        "exit": row["exit_id"],
        "street": row["street"] or "–",
        "why": words.label("open", row["why_code"], lang),
        "place": f"{row['lat']:.6f}, {row['lon']:.6f}",
    }


def _table(
    rows: list[dict[str, object]], widths: Mapping[str, int], *, alt_key: str, most: int = _TALLEST_ROWS
) -> None:
    """Draw a list as low as it can be, of at most so many rows at once; nothing without a row."""
    if not rows:
        return
    lang = session.language()
    shown = min(len(rows), most)
    st.dataframe(
        rows,
        hide_index=True,
        height=_ROW_PX * (shown + 1) + 4,
        row_height=_ROW_PX,
        column_order=list(widths),
        column_config={
            name: st.column_config.Column(words.say(f"net.col_{name}", lang), width=width)
            for name, width in widths.items()
        },
        alt=words.say(alt_key, lang, n=words.number(len(rows))),
    )


def _next(shown: Shown, flight: Row, seeing: Row | None) -> None:
    """Draw who sees him next after a camera that is chosen: of the net, or of those that see the place now."""
    lang = session.language()
    now = [row["camera_key"] for row in seeing["cameras"] if row["sees"]] if seeing else []
    names = list(dict.fromkeys([*now, *(row["camera_key"] for row in shown.ring["cameras"])]))
    if not names:
        return
    chosen = st.selectbox(
        words.say("net.next", lang),
        names,
        index=None,
        key="net_next",
        format_func=lambda name: words.say("net.next_of", lang, camera=name),
        placeholder=words.say("net.next_help", lang),
    )
    if chosen is None:
        return
    asked = {
        "mode": flight["mode"],
        "incident_class": flight["incident_class"],
        "emergency": flight["emergency"],
    }
    _, relay = session.ask(net_relay.relay, chosen, **asked)
    if relay is not None:
        pieces.beside([phrases_net.next_line(relay, lang)])
        _table(
            [_taking_over(row, lang) for row in relay["cameras"][:_TALLEST_ROWS]],
            _NEXT,
            alt_key="net.next_table",
        )


def _taking_over(row: Row, lang: str) -> dict[str, object]:
    return {
        "camera": row["camera_key"],
        "chance": words.percent(row["probability"], 0),
        "blind": phrases_net.span_of_time(row["blind_median_s"], lang),
        "aim": phrases_net.aim(row, lang),
    }
