"""Follow what comes in: the answer of `golmok load incidents --follow` and of `golmok load health --follow`."""

from __future__ import annotations

import sys
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from app.services import WrongUse
from etl.db import Database, open_database
from etl.errors import PlatformError
from etl.feed import FORM, Feed
from etl.follow import Channel, Folder, OneFile, Wish, follow, grows
from etl.jobs import named
from etl.results import LoadResult
from etl.settings import settings
from etl.store.feeds import COUNTS
from etl.tails import Stream, Tail
from etl.terms import Terms

STREAM = "-"
_FOLLOWED = ("incidents", "status")


@dataclass(frozen=True, slots=True)
class Telling:
    """Who is told what while one follows.

    ready   all is ready
    took    what became of lines or of a dropped file, also of one that was refused
    away    the database is away, and why
    waits   another load is at work: who
    stop    says that it is time to end
    """

    ready: Callable[[], None]
    took: Callable[[LoadResult], None]
    away: Callable[[PlatformError], None]
    waits: Callable[[str], None]
    stop: Callable[[], bool]


def follow_feed(
    district: str | None, source: str, where: str, *, once: bool = False, telling: Telling
) -> dict[str, Any]:
    """Take what comes in until it is time to end, and return the sums of what became of it.

    source   incidents, or health (status)
    where    a folder, a file of lines of JSON, or - for standard input
    once     take what is there, then end
    Raises   WrongUse for a source that is no feed, and for what is neither folder nor file of lines
    """
    source = named(source)
    if source not in _FOLLOWED:
        raise WrongUse(f"{source} is no feed: golmok load incidents --follow, or golmok load health --follow")
    channel = _channel(where)
    db = open_database(district, role="loader")
    terms = Terms(wait_s=settings().load_wait_s, waiting=lambda other: telling.waits(other.says))
    wish = Wish(once=once, stop=telling.stop, ready=telling.ready, away=telling.away)
    return _sums(db, Feed(db, source, terms), channel, wish, telling) | {"followed": where}


def load_lines(district: str | None, source: str, file: Path) -> dict[str, Any]:
    """Load a file of lines of JSON as a feed brings them, to its last byte; return what became of each line."""
    db = open_database(district, role="loader")
    told = Telling(lambda: None, lambda _: None, lambda _: None, lambda _: None, lambda: False)
    feed = Feed(db, named(source), Terms(wait_s=settings().load_wait_s))
    answer = _sums(db, feed, OneFile(Tail(file, to_its_end=True)), Wish(once=True), told)
    return answer | {"file": file.name}


def is_lines(source: str, file: Path) -> bool:
    """Say whether a file holds lines of JSON of a source that is a feed."""
    return named(source) in _FOLLOWED and grows(file.name) and file.is_file()


def _channel(where: str) -> Channel:
    if where == STREAM:
        return OneFile(Stream(sys.stdin.fileno(), STREAM))
    path = Path(where)
    if path.is_dir():
        return Folder(path)
    if path.is_file() and grows(path.name):
        return OneFile(Tail(path))
    raise WrongUse(f"{where} is no folder, no .jsonl or .ndjson file, and not - for standard input")


def _sums(db: Database, feed: Feed, channel: Channel, wish: Wish, telling: Telling) -> dict[str, Any]:
    started = time.perf_counter()
    counts: Counter[str] = Counter(dict.fromkeys((*COUNTS, "loads", "refused_files"), 0))
    reasons: Counter[str] = Counter()
    repaired: Counter[str] = Counter()
    batch_id = None
    for result in follow(feed, channel, wish):
        telling.took(result)
        batch_id = result.batch_id or batch_id
        counts["loads"] += 1
        counts["refused_files"] += result.status == "refused"
        counts.update({name: getattr(result, name) for name in COUNTS})
        reasons.update(result.reasons)
        repaired.update(result.repaired)
    return {
        "source": feed.source,
        "status": "done",
        "district": db.district.name,
        "invented": db.district.invented,
        "dry_run": False,
        "form": FORM,
        "batch_id": batch_id,
        **counts,
        "reasons": dict(reasons.most_common()),
        "repaired": dict(repaired.most_common()),
        "notes": {},
        "seconds": round(time.perf_counter() - started, 3),
    }
