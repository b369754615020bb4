"""What a load answers."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field

import pandas as pd

from etl.reasons import REASONS
from etl.rows import REASON, REPAIRED

_OTHER_BUCKETS = ("duplicates", "outside")


@dataclass(frozen=True, slots=True)
class LoadResult:
    """What became of a file's rows: rows_in = inserted + updated + unchanged + quarantined + duplicates + outside.

    retired   objects that the load ended; a row that does so counts as updated
    repaired  repairs by code, of rows refused later too
    reasons   quarantined rows by code; of a refused file its own code
    status    done, or refused: the whole file
    """

    batch_id: int | None
    source: str
    file: str
    file_sha256: str
    status: str
    district: str
    invented: bool
    dry_run: bool
    encoding: str | None = None
    form: str | None = None
    reference_date: dt.date | None = None
    rows_in: int = 0
    inserted: int = 0
    updated: int = 0
    unchanged: int = 0
    quarantined: int = 0
    duplicates: int = 0
    outside: int = 0
    retired: int = 0
    repaired: Mapping[str, int] = field(default_factory=dict)
    reasons: Mapping[str, int] = field(default_factory=dict)
    notes: Mapping[str, object] = field(default_factory=dict)
    seconds: float = 0.0

    @property
    def balanced(self) -> bool:
        """Say whether every row is accounted for."""
        placed = (
            self.inserted + self.updated + self.unchanged + self.quarantined + self.duplicates + self.outside
        )
        return self.rows_in == placed

    def as_json(self) -> dict[str, object]:
        """Return what `load --json` prints."""
        day = self.reference_date.isoformat() if self.reference_date else None
        return {**asdict(self), "reference_date": day}


def tally(left: Mapping[str, int]) -> tuple[dict[str, int], dict[str, int]]:
    """Return rows that left by bucket (quarantined, duplicates, outside), and those in quarantine by code."""
    buckets: Counter[str] = Counter(dict.fromkeys(("quarantined", *_OTHER_BUCKETS), 0))
    for code, number in left.items():
        buckets[REASONS[code].bucket] += number
    reasons = {code: number for code, number in left.items() if REASONS[code].bucket == "quarantined"}
    return dict(buckets), dict(Counter(reasons).most_common())


def by_reason(refused: pd.DataFrame) -> dict[str, int]:
    """Return quarantined rows by code, the most frequent first."""
    counts = Counter(code for code in refused[REASON] if REASONS[code].bucket == "quarantined")
    return dict(counts.most_common())


def by_repair(*tables: pd.DataFrame) -> dict[str, int]:
    """Return repairs by code; a row counts once a code."""
    counts: Counter[str] = Counter()
    for table in tables:
        repairs = table[REPAIRED].fillna("") if REPAIRED in table else pd.Series(dtype="str")
        once = repairs[~repairs.index.duplicated()]
        for codes, number in once.value_counts().items():
            for code in set(filter(None, str(codes).split("|"))):
                counts[code] += int(number)
    return dict(counts.most_common())
