"""Where addresses lie, learned from what is loaded: rows that have an address and no coordinates are placed by it.

How sure a place is, is told with it (0..1): 1 for the very address; less for the neighbour on the same road, the less
the further it is; less again where the road's name had to be guessed from a like spelling. Below `SURE_ENOUGH` nothing
is claimed.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

from etl.addresses import Address, parse

SURE_ENOUGH = 0.5
# Points of one address further apart than this are no one place.
ONE_PLACE_M = 100.0
# Numbers of a road go up by two every twenty metres (Road Name Address Act, basic interval): ten metres a number.
METRES_A_NUMBER = 10.0
_NEIGHBOUR, _A_NUMBER_LESS, _OTHER_LOT = 0.9, 0.04, 0.7
# Cosine of two names' letters (pairs and threes) above which one is taken for a slip of the other.
_LIKE = 0.55
_GUESSED = 0.85

Point = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Found:
    """A place for an address: metres in the district's CRS; confidence 0..1, 1 only for the very address.

    number   main and sub of the house or lot that lies there
    """

    x: float
    y: float
    confidence: float
    number: tuple[int, int] | None = None


@dataclass(frozen=True)
class AddressBook:
    """The places of known addresses.

    places   (kind, name) -> (main, sub) -> points, metres in the district's CRS
    gu       the district's own gu: an address that names another is none of ours
    """

    places: Mapping[tuple[str, str], Mapping[tuple[int, int], Sequence[Point]]]
    gu: str = ""
    _kept: dict[str, Found | None] = field(default_factory=dict, compare=False, repr=False)

    def __len__(self) -> int:
        return sum(len(numbers) for numbers in self.places.values())

    def find(self, text: str) -> Found | None:
        """Return the place of the address that a text holds; None where it holds none or nothing near it is known."""
        if text not in self._kept:
            asked = parse(text)
            self._kept[text] = None if asked is None or self.elsewhere(text) else self._place(asked)
        return self._kept[text]

    def elsewhere(self, text: str) -> bool:
        """Tell whether the address that a text holds names another gu than the district's."""
        asked = parse(text)
        return asked is not None and bool(self.gu and asked.gu) and not asked.gu.endswith(self.gu)

    def _place(self, asked: Address) -> Found | None:
        numbers = self.places.get((asked.kind, asked.name))
        if numbers is not None:
            return by_number(numbers, asked)
        like = self._like(asked)
        if like is None:
            return None
        name, cosine = like
        found = by_number(self.places[asked.kind, name], asked)
        if found is None:
            return None
        sure = found.confidence * cosine * _GUESSED
        return replace(found, confidence=round(sure, 3)) if sure >= SURE_ENOUGH else None

    def _like(self, asked: Address) -> tuple[str, float] | None:
        """Return the known name that is most like one that is not, and how like it is."""
        names, index = self._names[asked.kind]
        if index is None:
            return None
        cosines = index.of(asked.name)
        # 연희로25길 and 연희로35길 look alike and are two roads: the numbers in a name must be the same
        same = np.array([_digits(name) == _digits(asked.name) for name in names])
        cosines = np.where(same, cosines, 0.0)
        best = int(cosines.argmax())
        return (names[best], float(cosines[best])) if cosines[best] >= _LIKE else None

    @cached_property
    def _names(self) -> dict[str, tuple[list[str], _Likeness | None]]:
        told: dict[str, tuple[list[str], _Likeness | None]] = {}
        for kind in ("road", "lot"):
            names = sorted(name for known, name in self.places if known == kind)
            told[kind] = (names, _Likeness.of_names(names) if names else None)
        return told


def address_book(rows: Iterable[tuple[str | None, str | None, float, float]], *, gu: str = "") -> AddressBook:
    """Return the book of places with a road and a lot address (either may be None) and x, y in metres."""
    places: dict[tuple[str, str], dict[tuple[int, int], list[Point]]] = {}
    for road, lot, x, y in rows:
        for text in (road, lot):
            known = parse(text) if text else None
            if known is None or (gu and known.gu and not known.gu.endswith(gu)):
                continue
            numbers = places.setdefault((known.kind, known.name), {})
            numbers.setdefault((known.main, known.sub), []).append((x, y))
    return AddressBook(places, gu)


def by_number(numbers: Mapping[tuple[int, int], Sequence[Point]], asked: Address) -> Found | None:
    """Return the place of an address among the numbers of its road or dong: the very one, else one beside it that is
    sure enough, None where nothing near is known or the very number lies at places far apart."""
    if points := numbers.get((asked.main, asked.sub)):
        return _middle(points, 1.0, (asked.main, asked.sub))
    beside = [key for key in numbers if key[0] == asked.main]
    if beside:
        nearest = min(beside, key=lambda key: (abs(key[1] - asked.sub), key))
        return _middle(numbers[nearest], _NEIGHBOUR if asked.kind == "road" else _OTHER_LOT, nearest)
    if asked.kind != "road":
        return None  # lots are numbered as they were cut: the next number may lie anywhere in the dong
    # even numbers stand on the right of a road, odd ones on the left
    near = [key for key in numbers if (key[0] - asked.main) % 2 == 0] or list(numbers)
    nearest = min(near, key=lambda key: (abs(key[0] - asked.main), key))
    sure = _NEIGHBOUR - _A_NUMBER_LESS * abs(nearest[0] - asked.main)
    return _middle(numbers[nearest], round(sure, 3), nearest) if sure >= SURE_ENOUGH else None


def _middle(points: Sequence[Point], confidence: float, number: tuple[int, int]) -> Found | None:
    xy = np.asarray(points, dtype=float)
    middle = xy.mean(axis=0)
    if np.hypot(*(xy - middle).T).max() > ONE_PLACE_M:
        return None
    return Found(float(middle[0]), float(middle[1]), confidence, number)


def _digits(name: str) -> list[str]:
    return re.findall(r"\d+", name)


@dataclass(frozen=True)
class _Likeness:
    """How like names are by their letters: TF-IDF of pairs and threes, cosine."""

    vectorizer: Any  # scikit-learn tells no types
    matrix: Any  # of scipy, as scikit-learn gives it

    @classmethod
    def of_names(cls, names: Sequence[str]) -> _Likeness:
        # a second to import, and most loads place nothing by a like name
        from sklearn.feature_extraction.text import TfidfVectorizer

        vectorizer = TfidfVectorizer(analyzer="char_wb", ngram_range=(1, 3))
        return cls(vectorizer, vectorizer.fit_transform(names))

    def of(self, name: str) -> NDArray[np.float64]:
        asked = self.vectorizer.transform([name])
        return np.asarray((self.matrix @ asked.T).todense(), dtype=float).ravel()
