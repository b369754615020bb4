"""What the pages and the command line say of the cameras that work now, from `app.services.working`."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from app.phrases_witness import moment
from app.words import number, percent, say, span

# What an answer of a service looks like from here: JSON-ready, its keys are the service's contract.
Row = Mapping[str, Any]


def working_lines(working: Row | None, lang: str) -> Iterator[str]:
    """Yield the share by the cameras that work now, or why it is not known; nothing of a past day or without a share of all."""
    if working is None:
        return
    code = working.get("reason_code")
    if code == "health_unknown":
        yield say("working.unknown", lang, why=say("reason.health_unknown", lang))
    elif code is None:
        told = {name: number(working[name]) for name in ("cameras", "down")} | {
            "moment": moment(working["moment"], lang)
        }
        if working["down"]:
            shown = {"share": percent(working["share"]), "span": span(working["low"], working["high"])}
            yield say("working.line", lang, **told, **shown)
        else:
            yield say("working.all", lang, cameras=told["cameras"], moment=told["moment"])
