"""Which earlier load a list is to be held against: one that is an earlier state of the same list. Light to import.

Several departments may each send a list of their own under one source, in turn: the load before is then another list.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

Load = Mapping[str, Any]

# So many loads of a source are looked back over where only their objects say which are the same list.
LOOK_BACK = 12


@dataclass(frozen=True, slots=True)
class States:
    """A list's last state and the one before that was another file, with the rows of each that are compared.

    gone  agencies of the earlier state that no load since names, with the rows they had, the largest first
    """

    last: Load
    earlier: Load
    n: int
    before: int
    gone: tuple[tuple[str, int], ...] = ()


def by_agency(loads: Sequence[Load], agencies: Mapping[int, Mapping[str, int]]) -> Iterator[States]:
    """Yield the states of lists of cameras, which are the same list where they share an agency.

    Only rows of agencies that the last state was the last to name are compared, with the rows they had when they were named
    before; rows of an agency that was never named before count against those of agencies that are gone.

    loads     lists of one source, the last first
    agencies  batch_id -> agency -> rows
    """
    by_id = {load["batch_id"]: load for load in loads}
    last: dict[str, int] = {}
    before: dict[str, int] = {}
    for batch_id, load in by_id.items():
        for agency in agencies.get(batch_id, ()):
            newest = last.setdefault(agency, batch_id)
            if load["file_sha256"] != by_id[newest]["file_sha256"]:
                before.setdefault(agency, batch_id)
    for batch_id, load in by_id.items():
        named = agencies.get(batch_id, {})
        # Where a later list names one of its agencies this state is past.
        if not named or any(last[agency] != batch_id for agency in named):
            continue
        earlier = sorted({before[agency] for agency in named if agency in before}, reverse=True)
        for turn, earlier_id in enumerate(earlier):
            held = agencies[earlier_id]
            shared = [agency for agency in named if before.get(agency) == earlier_id]
            new = [agency for agency in named if agency not in before] if turn == 0 else []
            gone = [(agency, n) for agency, n in held.items() if last[agency] == earlier_id]
            yield States(
                load,
                by_id[earlier_id],
                n=sum(named[agency] for agency in (*shared, *new)),
                before=sum(held[agency] for agency in shared) + sum(n for _, n in gone),
                gone=tuple(sorted(gone, key=lambda row: (-row[1], row[0]))),
            )


def by_objects(loads: Sequence[Load], alike: Callable[[int, int], bool]) -> Iterator[States]:
    """Yield the states of lists that are the same list where they share at least half of the one's or the other's objects.

    loads  lists of one source and kind, the last first
    alike  asked with two batch_id whether they do
    """
    newest: list[Load] = []
    paired: set[int] = set()
    for load in loads[:LOOK_BACK]:
        of = next((head for head in newest if _same(head, load) or alike(head["batch_id"], load["batch_id"])), None)  # fmt: skip
        if of is None:
            newest.append(load)
        elif of["batch_id"] not in paired and not _same(of, load):
            paired.add(of["batch_id"])
            yield States(of, load, n=of["n"], before=load["n"])


def in_turn(loads: Sequence[Load]) -> Iterator[States]:
    """Yield the last file of one source and kind and the one before: of sources whose files name all that there is."""
    for load in loads[1:]:
        if not _same(loads[0], load):
            yield States(loads[0], load, n=loads[0]["n"], before=load["n"])
            return


def _same(one: Load, other: Load) -> bool:
    return bool(one["file_sha256"] == other["file_sha256"])
