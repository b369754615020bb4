"""The figures of a report as they are kept: no more than the edition tells, and enough to make the same bytes again.

What an edition hides stands as the document prints it ("<3", "*") or as WITHHELD, never as the number behind it. On
the way back each stands for a number that the document hides in the same way. Pure: no file, clock or database.
"""

from __future__ import annotations

import hashlib
import json
import math
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime
from typing import Any

from app.report_format import HIDDEN, counts
from app.takeaway import ALLOWED, collected, columns_of

# JSON-ready; the shape is the contract of app.services.report.figures.
Row = dict[str, Any]
Difference = dict[str, Any]

SMALL, WITHHELD = "<3", "withheld"
# The layers of a report's maps; which an edition may have, and what of them, app.takeaway says.
_LAYERS = ("boundaries", "zones", "fields", "gaps", "cameras")
# What tells a row of a list from its neighbours, the first that it has.
_IDENTITIES = (
    "gap_id", "zone_id", "code", "agency", "class", "batch_id", "file_sha256", "reason", "month", "date", "purpose",
    "kind", "years", "name", "at_least", "camera_key", "class_code",
)  # fmt: skip


def kept(gathered: Row, told: Row, *, form: str) -> Row:
    """Return what is kept of gathered figures for their edition.

    gathered  of app.services.report.figures
    told      the same as their edition may know them
    form      pdf or html: a PDF has no map to keep
    """
    edition = str(gathered["edition"])
    held = told if edition == "internal" else _masked(gathered, told)
    drawn = gathered.get("map") or {} if form == "html" else {}
    layers = {
        name: layer(drawn[name], columns_of(edition, name))
        for name in _LAYERS
        if name in ALLOWED[edition] and drawn.get(name) is not None
    }
    ready: Row = _ready(held | ({"map": layers} if layers else {}))
    return ready


def restored(figures: Row) -> Row:
    """Return kept figures as the document takes them: what is hidden stands for a number that is hidden just so."""
    back: Row = _restored(figures)
    return back


def text_of(figures: Row) -> str:
    """Return figures as canonical JSON text: the same figures, the same letters."""
    return json.dumps(figures, ensure_ascii=False, sort_keys=True, allow_nan=False, separators=(",", ":"))


def digest_of(text: str) -> str:
    """Return the SHA-256 of a text, hexadecimal."""
    return hashlib.sha256(text.encode()).hexdigest()


def layer(shapes: Any, keep: Sequence[str]) -> Row:
    """Return a map's layer as GeoJSON in EPSG:4326 with these properties alone. Any: a GeoDataFrame, or GeoJSON already."""
    return dict(collected(shapes, lambda row: {name: row[name] for name in keep if name in row}))


def differences(then: Any, now: Any, path: str = "") -> Iterator[Difference]:
    """Yield figure (where it stands), then and now for each value that is not the same; None for one that is absent."""
    if isinstance(then, dict) and isinstance(now, dict):
        for name in sorted(then.keys() | now.keys()):
            yield from differences(then.get(name), now.get(name), f"{path}.{name}" if path else name)
    elif isinstance(then, list) and isinstance(now, list) and _keyed(then) and _keyed(now):
        before, after = _by_identity(then), _by_identity(now)
        for name in dict.fromkeys([*before, *after]):
            yield from differences(before.get(name), after.get(name), f"{path}[{name}]")
    elif then != now:
        yield {"figure": path, "then": then, "now": now}


def _masked(gathered: Row, told: Row) -> Row:
    months = (gathered.get("supplies") or {}).get("by_month") or []
    texts = counts([row["n"] for row in months])
    listed = [{**row, "n": _number(text)} for row, text in zip(months, texts, strict=True)]
    masked = {**told, "supplies": {**(told.get("supplies") or {}), "by_month": listed}}
    masked["incidents"] = _withheld(gathered["incidents"], told["incidents"])
    for name in ("coverage", "coverage_before"):
        if told.get(name):
            incidents = _withheld(gathered[name]["incidents"], told[name]["incidents"])
            masked[name] = {**told[name], "incidents": incidents}
    return masked


def _withheld(gathered: Row, told: Row) -> Row:
    """Return incidents with what is hidden marked as such: unknown would be another sentence."""
    hides = {name for name, value in told.items() if value is None and gathered.get(name) is not None}
    return {name: WITHHELD if name in hides else value for name, value in told.items()}


def _number(text: str) -> int | str:
    return text if text in (SMALL, HIDDEN) else int(text.replace(",", ""))


def _restored(value: Any) -> Any:
    if isinstance(value, dict):
        return {name: _number_for(name, inner) for name, inner in value.items()}
    return [_restored(inner) for inner in value] if isinstance(value, list) else value


# 1 is printed as <3; 3 is the least that is starred beside it; 1 of any number is withheld.
_STANDS_FOR = {SMALL: 1, HIDDEN: 3}
_COUNTS = frozenset({"n", "incidents", "police_records"})
# The document takes these as they are told.
_AS_TOLD = frozenset({"incident_classes"})


def _number_for(name: str, value: Any) -> Any:
    if name in _AS_TOLD:
        return value
    if value == WITHHELD:
        return 1.0 if name == "seen" else None
    if name in _COUNTS and isinstance(value, str):
        return _STANDS_FOR.get(value, value)
    return _restored(value)


def _ready(value: Any) -> Any:
    """Return a value as JSON holds it: days and moments as text, what is no number as null, no minus nought."""
    if isinstance(value, Mapping):
        return {str(name): _ready(inner) for name, inner in value.items()}
    if isinstance(value, (list, tuple)):
        return [_ready(inner) for inner in value]
    if hasattr(value, "item"):  # a scalar of numpy
        value = value.item()
    if isinstance(value, float):
        return None if not math.isfinite(value) else value + 0.0
    if isinstance(value, (date, datetime)):
        return value.isoformat()
    return value if value is None or isinstance(value, (str, int)) else str(value)


def _identity(row: Any) -> str | None:
    if not isinstance(row, dict):
        return None
    return next((str(row[name]) for name in _IDENTITIES if name in row), None)


def _keyed(rows: Sequence[Any]) -> bool:
    names = [_identity(row) for row in rows]
    return None not in names and len(set(names)) == len(names)


def _by_identity(rows: Sequence[Any]) -> Row:
    return {str(_identity(row)): row for row in rows}
