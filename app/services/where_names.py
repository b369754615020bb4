"""A place in words: which roads, lots, streets, houses and dong it may mean, typos and spacing forgiven. Light to import."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from etl.address_book import METRES_A_NUMBER, ONE_PLACE_M, SURE_ENOUGH, Point, by_number
from etl.addresses import Address
from etl.db import Database
from etl.keystrokes import by_initials, initials, keystrokes, likeness
from etl.spelt import Reading, readings
from etl.store import names

# A place before it has degrees and a label: kind, called, x_m, y_m, how, confidence, accuracy_m, source, source_id,
# read_as (the name where it was spelt otherwise, else None), number (of the house that lies there, where another was asked).
Row = dict[str, Any]

NUMBERED = ("road", "lot")
# A person picks from no more, with the keys 1 to 9.
MOST = 9
# Spellings less like than this are named, not taken.
LIKE_ENOUGH = 0.7
# Beside the likest spelling those count that are this much less like.
_AS_GOOD = 0.15
_NEAR, _NEAR_LIKE, _CANDIDATES, _SPELLINGS = 5, 0.4, 10, 5
# A name that begins with, or holds, what was typed.
_BEGINS, _HOLDS = 0.75, 0.7
_BY_INITIALS, _TURNED = 0.8, 0.9
# Of a name that other words stand beside.
_AMONG_WORDS = 0.8
_SHORTEST = 3
# A lot whose dong is told by an outline may lie in another dong in law.
_NOT_STATED = 0.9
# Each bell and each pole is a place of its own.
_APART_M = {"bell": 1.0, "site": 1.0}
# A street longer than this is no one place: its ends stand beside its middle.
_LONG_STREET_M = 2 * ONE_PLACE_M


@dataclass(frozen=True, slots=True)
class Meaning:
    """One name that a reading may mean, and how like it is, 0..1."""

    reading: Reading
    kind: str
    plain: str
    name: str
    like: float


@dataclass(frozen=True, slots=True)
class Named:
    """What a text means as a name.

    found      places, the likeliest first
    near       names or numbers that are known and nearest to what was typed, where nothing was found
    no_number  the road or dong that is known, where its number is not
    more       how many further places bear the name
    """

    found: list[Row]
    near: list[str]
    no_number: str | None = None
    more: int = 0


def named(db: Database, text: str) -> Named:
    """Return what a text means as the name of places: spelt so, else spelt like it."""
    read = readings(text, district_ko=db.district.name_ko)
    if not read:
        return Named([], [])
    exact = _exact(db, read)
    # a name in front of other words may be part of a longer one that is misspelt
    if any(each.reading.whole or each.reading.main is not None for each in exact):
        return _of_exact(db, exact)
    return _of_alike(db, _by_initials(db, read) or _alike(db, read))


def _exact(db: Database, read: Sequence[Reading]) -> list[Meaning]:
    known = _by_letters(names.place_names(db, [keystrokes(each.name) for each in read]))
    told = [
        Meaning(
            reading, row["kind"], row["plain"], row["name"], 1.0 if row["plain"] == reading.name else 0.99
        )
        for reading in read
        for row in known.get(keystrokes(reading.name), ())
        if _fits(reading, row, known)
    ]
    # a name that is spelt so in full leaves no room for one that is typed by the same keys
    best: dict[Reading, float] = {}
    for each in told:
        best[each.reading] = max(best.get(each.reading, 0.0), each.like)
    return [each for each in told if each.like == best[each.reading]]


def _fits(reading: Reading, row: Row, known: Mapping[str, Sequence[Row]]) -> bool:
    if reading.main is not None:
        return row["kind"] in NUMBERED
    # a road without a street in the map, or a dong without an outline, is as large as its houses tell
    places = {"road": "street", "lot": "dong"}
    shape = places.get(row["kind"])
    return shape is None or all(other["kind"] != shape for other in known[row["letters"]])


def _of_exact(db: Database, exact: Sequence[Meaning]) -> Named:
    """Return the places of what was read in full: with a number before without, then what takes in the most."""
    numbered = [each for each in exact if each.reading.main is not None]
    if numbered:
        most = max(each.reading.used for each in numbered)
        wanted = [each for each in numbered if each.reading.used == most]
        found, near = _at_numbers(db, wanted)
        if found:
            return _cut(found)
        return Named([], near, no_number=wanted[0].name)
    return _cut(_without_number(db, [each for each in exact if each.reading.whole]))


def _by_initials(db: Database, read: Sequence[Reading]) -> list[Meaning]:
    return [
        _meaning(reading, row, _BY_INITIALS)
        for reading in read
        if by_initials(reading.name)
        for row in names.place_names_by_initials(db, initials(reading.name), most=_CANDIDATES)
        if (reading.main is not None) == (row["kind"] in NUMBERED)
    ]


def _alike(db: Database, read: Sequence[Reading]) -> list[Meaning]:
    # most readings spell one name with and without a number
    spelt: dict[str, list[Reading]] = {}
    for reading in read:
        spelt.setdefault(keystrokes(reading.name), []).append(reading)
    asked = [letters for letters in spelt if len(letters) >= _SHORTEST][:_SPELLINGS]
    rows: list[Row] = names.place_names_like(db, asked, most=_CANDIDATES)
    told = _turned(db, read)
    for row in rows:
        letters = asked[int(row["n"]) - 1]
        for reading in spelt[letters]:
            if (reading.main is not None) == (row["kind"] in NUMBERED):
                whole = reading.main is None and reading.whole
                like = _like(letters, str(row["letters"]), whole=whole)
                told.append(
                    _meaning(reading, row, like if whole or reading.main else round(_AMONG_WORDS * like, 3))
                )
    return told


def _turned(db: Database, read: Sequence[Reading]) -> list[Meaning]:
    """Return names of which two syllables were turned round: by single letters they look quite unlike."""
    turned: dict[str, list[Reading]] = {}
    for reading in read[:_SPELLINGS]:
        name = reading.name
        for at in range(len(name) - 1):
            if name[at] != name[at + 1] and not name[at : at + 2].isdigit():
                other = keystrokes(name[:at] + name[at + 1] + name[at] + name[at + 2 :])
                turned.setdefault(other, []).append(reading)
    return [
        _meaning(reading, row, _TURNED)
        for row in names.place_names(db, list(turned))
        for reading in turned[str(row["letters"])]
        if (reading.main is not None) == (row["kind"] in NUMBERED)
    ]


@lru_cache(maxsize=4096)
def _like(letters: str, known: str, *, whole: bool) -> float:
    """Return how like a spelling is to a known one; of a `whole` name a part may have been typed."""
    like = likeness(letters, known)
    if whole and letters in known:
        part = _BEGINS if known.startswith(letters) else _HOLDS
        like = max(like, part + (1.0 - part) * len(letters) / len(known))
    # 연희로25길 and 연희로35길 look alike and are two roads
    elif _digits(letters) != _digits(known):
        like = min(like, LIKE_ENOUGH - 0.01)
    return round(like, 3)


def _of_alike(db: Database, alike: Sequence[Meaning]) -> Named:
    ranked = sorted(alike, key=lambda each: (-each.like, -each.reading.used, each.plain, each.kind))
    near = list(dict.fromkeys(each.name for each in ranked if each.like >= _NEAR_LIKE))[:_NEAR]
    enough = [each for each in ranked if each.like >= LIKE_ENOUGH]
    if not enough:
        return Named([], near)
    good = [each for each in enough if each.like >= enough[0].like - _AS_GOOD]
    numbered, beside = _at_numbers(db, [each for each in good if each.reading.main is not None])
    wholes = [each for each in good if each.reading.main is None]
    if numbered:  # the number says that no road, and no dong, was meant as a whole
        wholes = [each for each in wholes if each.kind not in (*NUMBERED, "street", "dong")]
    found = numbered + _without_number(db, wholes)
    found = [row for row in found if row["confidence"] >= SURE_ENOUGH]
    return _cut(found) if found else Named([], beside or near)


def _cut(found: Iterable[Row]) -> Named:
    """Return places once each, the surest first; one that is told by two names counts by its surer."""
    kept: list[Row] = []
    for row in sorted(found, key=lambda row: (-row["confidence"], row["called"], row["source_id"])):
        here = (
            other
            for other in kept
            if (other["source"], other["source_id"]) == (row["source"], row["source_id"])
        )
        if not any(other["how"] == row["how"] for other in here):
            kept.append(row)
    return Named(kept[:MOST], [], more=max(0, len(kept) - MOST))


def _at_numbers(db: Database, meant: Sequence[Meaning]) -> tuple[list[Row], list[str]]:
    """Return the places of numbered readings, and the known numbers nearest to those of which none was found."""
    asked = [(each.kind, each.plain, int(each.reading.main or 0), each.reading.sub) for each in meant]
    rows: list[Row] = names.place_numbers(db, asked)
    found, near = [], []
    for n, each in enumerate(meant, 1):
        mine = [row for row in rows if row["n"] == n]
        here = _number(each, mine)
        found += here
        if not here:
            near += [_called(each.name, (row["main"], row["sub"])) for row in mine]
    # a name that has the very number is meant rather than one that has a neighbour of it
    found = [row for row in found if row["how"] == "number"] or found
    return found, list(dict.fromkeys(near))[:_NEAR]


def _number(meant: Meaning, rows: Sequence[Row]) -> list[Row]:
    main, sub = int(meant.reading.main or 0), meant.reading.sub
    very = [row for row in rows if (row["main"], row["sub"]) == (main, sub)]
    called = _called(meant.name, (main, sub))
    # an entrance is the address itself; a pole stands before it
    very = [row for row in very if row["source"] == "address"] or very
    if very:
        return [
            _place(
                meant,
                together,
                called=called,
                how="number",
                sure=1.0 if together[0]["stated"] else _NOT_STATED,
            )
            for together in _clusters(very)
        ]
    places: dict[tuple[int, int], list[Point]] = {}
    for row in rows:
        places.setdefault((row["main"], row["sub"]), []).append((row["x_m"], row["y_m"]))
    beside = by_number(places, Address(meant.kind, meant.plain, main, sub)) if places else None
    if beside is None or beside.number is None:
        return []
    its = [row for row in rows if (row["main"], row["sub"]) == beside.number]
    away = abs(beside.number[0] - main) or 1
    place = _place(meant, its, called=called, how="beside", sure=beside.confidence)
    # lots are numbered as they were cut: how far off the next one lies is not known
    accuracy_m = away * METRES_A_NUMBER if meant.kind == "road" else None
    return [place | {"number": _number_text(beside.number), "accuracy_m": accuracy_m}]


def _without_number(db: Database, meant: Sequence[Meaning]) -> list[Row]:
    streets = [each for each in meant if each.kind == "street"]
    found = [row for each in streets for row in _street(db, each)]
    others = [each for each in meant if each.kind != "street"]
    rows: list[Row] = names.place_spots(db, [(each.kind, each.plain) for each in others])
    for n, each in enumerate(others, 1):
        mine = [row for row in rows if row["n"] == n]
        whole = each.kind in (*NUMBERED, "dong")
        for together in [mine] if whole else _clusters(mine, within_m=_APART_M.get(each.kind, ONE_PLACE_M)):
            how = "middle" if whole else "name"
            found.append(_place(each, together, called=each.name, how=how, sure=1.0))
    return found


def _street(db: Database, meant: Meaning) -> list[Row]:
    row: Row | None = names.place_street(db, meant.plain)
    if row is None:
        return []
    ends = ("middle", "start", "end") if row["across_m"] > _LONG_STREET_M else ("middle",)
    told = []
    for part in ends:
        spot = {"x_m": row[f"{part}_x_m"], "y_m": row[f"{part}_y_m"], "source": "street", "source_id": 0}
        place = _place(meant, [spot], called=meant.name, how=f"street_{part}", sure=1.0)
        told.append(
            place | {"accuracy_m": round(row["across_m"] / 2, 1), "length_m": round(row["length_m"], 1)}
        )
    return told


def _place(meant: Meaning, rows: Sequence[Row], *, called: str, how: str, sure: float) -> Row:
    """Return the middle of some spots as a place; `accuracy_m` is how far the furthest of them lies from it."""
    x_m, y_m = _middle(rows)
    return {
        "kind": meant.kind,
        "called": called,
        "x_m": x_m,
        "y_m": y_m,
        "how": how,
        "confidence": round(sure * meant.like, 3),
        "accuracy_m": round(max(math.dist((x_m, y_m), (row["x_m"], row["y_m"])) for row in rows), 1),
        "source": rows[0]["source"],
        "source_id": rows[0]["source_id"],
        "read_as": meant.name if meant.like < 1.0 else None,
        "number": None,
    }


def _clusters(rows: Sequence[Row], *, within_m: float = ONE_PLACE_M) -> list[list[Row]]:
    """Return spots that are one place together; one further from the middle of the others is a place of its own."""
    told: list[list[Row]] = []
    for row in rows:
        spot = (row["x_m"], row["y_m"])
        near = (each for each in told if math.dist(_middle(each), spot) <= within_m)
        if (home := next(near, None)) is None:
            told.append([row])
        else:
            home.append(row)
    return told


def _middle(rows: Sequence[Row]) -> tuple[float, float]:
    return (
        math.fsum(row["x_m"] for row in rows) / len(rows),
        math.fsum(row["y_m"] for row in rows) / len(rows),
    )


def _meaning(reading: Reading, row: Row, like: float) -> Meaning:
    return Meaning(reading, row["kind"], row["plain"], row["name"], like)


def _by_letters(rows: Iterable[Row]) -> dict[str, list[Row]]:
    told: dict[str, list[Row]] = {}
    for row in rows:
        told.setdefault(row["letters"], []).append(row)
    return told


def _called(name: str, number: tuple[int, int]) -> str:
    return f"{name} {_number_text(number)}"


def _number_text(number: tuple[int, int]) -> str:
    main, sub = number
    return f"{main}-{sub}" if sub else str(main)


def _digits(letters: str) -> list[str]:
    return re.findall(r"\d+", letters)
