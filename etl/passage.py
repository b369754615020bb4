"""The way of a file's rows into the stage, block by block: scrubbed, kept as read, through the steps, shaped, staged.

Only one block is in memory at a time, so that a file of any length takes the same room.
"""

from __future__ import annotations

import dataclasses
import datetime as dt
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

import pandas as pd

from etl.across import SHARED_BY, TOLD, told
from etl.diagnosis import Diagnosis
from etl.dry import Sorted, bounded, scrubbed_notes, sort
from etl.elsewhere import elsewhere
from etl.fingerprints import row_hashes
from etl.parts import Job, Part
from etl.raw_text import content
from etl.reasons import REASONS
from etl.repairs import is_part
from etl.results import by_repair
from etl.rows import REASON, REPAIRED, Block, Door, Reading, reference_of
from etl.store import merges, refusals, rules, writes

Share = Callable[[float], None]

# Their merges compare rows by hash, as `merge_by_key` does.
_NOT_HASHED = ("camera", "survey", "status", "closing")
# What follows from the rest: the same call from a file and from a feed is the same row.
_NOT_IN_HASH = ("bell_key",)
# Flags of a change feed; 'I' alone stands on every row of full lists too.
_CHANGES = ("U", "D", "u", "d", "수정", "변경", "삭제", "폐지")
# Things that stand where they stand: their numbers are their offices' own.
_BY_TIME = ("core.incident", "core.police_record")
_BY_PLACE = ("core.lamp", "core.bell", "core.speaker")


@dataclass(slots=True)
class Passage:
    """What became known of a file while its blocks went by.

    batch, job, reading, door   as in etl.load
    district_ko                 the district's Korean name, to tell addresses of others
    rows_in, repaired, notes    counted and noted so far
    latest                      the latest day that rows said of themselves
    columns                     of each table as it was read
    is_feed                     some row says that it changes or ends a record: the file is no full list
    diagnosis                   what the coordinates look like
    """

    batch: writes.Batch
    job: Job
    reading: Reading
    door: Door
    district_ko: str
    rows_in: int = 0
    repaired: Counter[str] = field(default_factory=Counter)
    notes: dict[str, object] = field(default_factory=dict)
    latest: dt.date | None = None
    columns: dict[str, list[str]] = field(default_factory=dict)
    is_feed: bool = False
    diagnosis: Diagnosis = field(init=False)
    _before: dict[str, tuple[str, str]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Begin the counts that tell what the coordinates look like."""
        self.diagnosis = Diagnosis(self.door, self.district_ko)

    def stage(self, *, keep_raw: bool = True, progress: Share) -> None:
        """Bring every block of the file into the stage, then apply the rules across rows."""
        self.notes |= scrubbed_notes(self.reading.notes)
        parts = {part.table: part for part in self.job.parts}
        for block in self.reading.blocks():
            part = parts.get(block.table)
            if part is not None:
                self._pass(part, bounded(block, self.reading), keep_raw=keep_raw)
            if block.share is not None:
                progress(block.share)
        rules.apply_rules(self.batch, shared_by=SHARED_BY)

    def merge(self, about: Mapping[str, str]) -> writes.Outcome:
        """Merge what was staged and not refused; the batch must be dated."""
        found = [outcome for part in self.job.parts if (outcome := self._merge(part, about)) is not None]
        return writes.Outcome(*(sum(getattr(o, name) for o in found)
                                for name in ("inserted", "updated", "unchanged", "retired")))  # fmt: skip

    @property
    def is_part(self) -> bool:
        """Say whether the file holds mended rows alone: it is no full list."""
        return any(map(is_part, self.columns.values()))

    def refusals(self, *, keep: bool = True) -> dict[str, int]:
        """Return how many rows left for each reason, and put those of quarantine there; `keep` no: they are already."""
        weights = {
            code: reason.severity for code, reason in REASONS.items() if reason.bucket == "quarantined"
        }
        if keep:
            writes.keep_refusals(self.batch, weights)
        return dict(rules.reasons(self.batch))

    def _pass(self, part: Part, block: Block, *, keep_raw: bool) -> None:
        rows = block.rows
        self.rows_in += len(rows)
        self.diagnosis.add(rows)
        self.notes |= block.notes
        self.columns.setdefault(part.table, [str(name) for name in rows.columns if name != REPAIRED])
        self.is_feed |= "change" in rows and bool(rows["change"].isin(_CHANGES).any())
        if keep_raw:
            writes.keep_raw(self.batch, content(part.table, rows))
        door = dataclasses.replace(self.door, before=self._before.get(part.table, ("", "")))
        known = dataclasses.replace(block, rows=refusals.as_refused(self.batch, rows))
        found = sort(part, known, door)
        self.repaired.update(by_repair(found.refused, found.good))
        said = reference_of(found.good, zone=door.zone)
        self.latest = max((day for day in (self.latest, said) if day is not None), default=None)
        writes.tell(self.batch, self._told(found))
        shaped = part.shape(found.good)
        if len(shaped):
            merges.stage_part(self.batch, part.target, _to_stage(part, shaped))
        if {"lat", "lon"} <= set(rows.columns) and len(rows):
            self._before[part.table] = (str(rows["lat"].iloc[-1]), str(rows["lon"].iloc[-1]))

    def _told(self, found: Sorted) -> pd.DataFrame:
        """Return the columns of stage_row, of every row of the block."""
        once = found.part.once
        index = found.read.index.append(found.refused.index.difference(found.read.index))
        facts = pd.DataFrame(index=index.rename("row_no"))
        if once is not None:
            facts = told(once, read=found.read, good=found.good).reindex(facts.index)
        reason = found.refused[REASON].astype(object).reindex(facts.index)
        return facts.reindex(columns=list(TOLD)).assign(
            part=found.part.table,
            reason=reason,
            may_be_twin=facts["may_be_twin"].eq(True) if once is not None else False,
            ended=facts["ended"].eq(True) if once is not None else False,
            elsewhere=elsewhere(found.good, self.district_ko).reindex(facts.index),
        )

    def _merge(self, part: Part, about: Mapping[str, str]) -> writes.Outcome | None:
        staged = merges.staged_as(part.target)
        if staged not in self.batch.staged or part.table not in self.columns:
            return None
        key = part.once.key if part.once is not None and part.once.key in self.batch.staged[staged] else ""
        if part.target in _BY_PLACE:
            rules.keep_apart(self.batch, part.target, stage=staged, key=part.key)
        if part.target in _BY_TIME:
            again = rules.tell_apart(self.batch, part.target, stage=staged, key=part.key, zone=self.door.zone)
            self.notes |= {"numbers_again": again} if again else {}
        if not rules.settle(self.batch, staged, key=key):
            return None
        return merges.merge_part(self.batch, part.target, key=part.key, about=about)


def _to_stage(part: Part, shaped: pd.DataFrame) -> pd.DataFrame:
    frame = shaped.drop(columns=[REPAIRED], errors="ignore")
    if part.target in _NOT_HASHED:
        return frame
    hashed = frame.rename(columns={"geom": "geometry"})
    return frame.assign(row_hash=row_hashes(hashed, sorted(set(hashed.columns) - set(_NOT_IN_HASH))))
