"""Lines of a feed: one JSON object each, in whatever encoding it came, turned into rows of our tables.

What a line is, it says by its fields: a call, the closing of one, an emergency bell, or the health of a camera. A line that
cannot be read is a row all the same, refused with its reason; of it is kept what its declared fields still show.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from etl.hangul import header_key
from etl.sources.incidents import CALL_NAMES
from etl.sources.status import HEALTH_NAMES

# No line of a control centre is as long: what is longer is no event.
LINE_BYTES = 64 * 1024

_CALLS: dict[str, tuple[str, ...]] = {
    "incident_key": ("id", "incident_id", "key", "사건번호키"),
    "occurred_at": ("at", "time", "reported_at", "발생일시"),
    "class_code": ("class", "code"),
    "class_name": (),
    "urgency": ("priority",),
    "closing_code": ("closing", "close_code"),
    "address": ("place",),
    "lat": ("latitude",),
    "lon": ("lng", "long", "longitude"),
    "caller": ("phone",),
    "case_no": ("case",),
    "bell_no": ("bell", "bell_key", "비상벨", "비상벨번호", "안전비상벨관리번호"),
}


@dataclass(frozen=True, slots=True)
class Event:
    """A line as a row.

    table   call (also of a bell that was pressed), closing or status
    cells   canonical name -> text; only declared fields
    fault   the code for which it cannot be a row; '' for none
    about   what later lines of the same thing share: events of one thing are taken one after the other
    """

    table: str
    cells: Mapping[str, str] = field(default_factory=dict)
    fault: str = ""
    about: str = ""


def _spelled(names: Mapping[str, Sequence[str]]) -> dict[str, str]:
    return {header_key(spelling): name for name, others in names.items() for spelling in (name, *others)}


_CALL_FIELDS = _spelled({name: (*CALL_NAMES.get(name, ()), *own) for name, own in _CALLS.items()})
_HEALTH_FIELDS = _spelled(HEALTH_NAMES)


def call_of(line: bytes) -> Event:
    """Return what a line of the feed of incidents says."""
    cells, fault = _cells(line, _CALL_FIELDS)
    if fault:
        return Event("call", cells, fault)
    pressed = f"{cells.get('bell_no', '')} {cells.get('occurred_at', '')}"
    closes = bool(cells.get("closing_code")) and not cells.get("occurred_at")
    return Event("closing" if closes else "call", cells, about=cells.get("incident_key") or pressed)


def health_of(line: bytes) -> Event:
    """Return what a line of the feed of the cameras' health says."""
    cells, fault = _cells(line, _HEALTH_FIELDS)
    about = f"{cells.get('mgmt_no', '')} {cells.get('head_no', '')}"
    return Event("status", cells, fault, about)


def decoded(line: bytes) -> str | None:
    """Return a line as text: UTF-8 with or without its mark, else CP949; None where it is neither."""
    for encoding in ("utf-8-sig", "cp949"):
        try:
            return line.decode(encoding)
        except UnicodeDecodeError:
            continue
    return None


def _cells(line: bytes, fields: Mapping[str, str]) -> tuple[dict[str, str], str]:
    if len(line) > LINE_BYTES:
        return _salvaged((decoded(line[:LINE_BYTES]) or ""), fields), "LONG_CELL"
    text = decoded(line)
    if text is None:
        return _salvaged(line.decode("utf-8", "replace"), fields), "BAD_TEXT"
    try:
        told = json.loads(text, strict=False, parse_int=str, parse_float=str, parse_constant=lambda _: None)
    except (ValueError, RecursionError):
        return _salvaged(text, fields), "BAD_LINE"
    if not isinstance(told, dict):
        return {}, "BAD_LINE"
    cells: dict[str, str] = {}
    for name, value in told.items():
        known = fields.get(header_key(name))
        if known is not None and (text := _text(value)):
            cells.setdefault(known, text)
    return cells, ""


def _text(value: Any) -> str:  # Any: what JSON may hold
    if isinstance(value, str):
        # half of a surrogate pair is no sign, and no database takes the zero character
        return value.encode("utf-8", "replace").decode().replace("\x00", "").strip()
    if value is None or isinstance(value, bool | dict | list):
        return ""
    return str(value)


_PAIR = re.compile(r'"([^"\\]{1,40})"\s*:\s*(?:"([^"\\]{0,200})"|(-?[\d.]{1,30}))')


def _salvaged(text: str, fields: Mapping[str, str]) -> dict[str, str]:
    """Return the declared fields that a broken line still shows, so that a person finds out which event it was."""
    cells: dict[str, str] = {}
    for found in _PAIR.finditer(text):
        known = fields.get(header_key(found[1]))
        if known is not None:
            cells.setdefault(known, (found[2] or found[3] or "").replace("\x00", "").strip())
    return cells
