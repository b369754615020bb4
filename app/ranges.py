"""Shares as JSON-ready numbers: six digits, null where there is nothing to take a share of."""

from __future__ import annotations

import math
from typing import Any

from app.words import say
from spatial.types import Share

Row = dict[str, Any]

UNKNOWN: Row = {"share": None, "low": None, "high": None, "certain": None, "possible": None}


def ranged(found: Share) -> Row:
    """Return a share as JSON-ready numbers, null where there is nothing to take a share of."""
    return {name: number(getattr(found, name)) for name in UNKNOWN}


def number(value: float) -> float | None:
    """Return a number to six digits, None where it is not finite."""
    return round(float(value), 6) if math.isfinite(value) else None


def reason(code: str) -> Row:
    """Return why a figure cannot be said, as code and as sentence."""
    return {"reason_code": code, "reason": say(f"reason.{code}", "en")}
