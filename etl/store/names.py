"""Places by name and by number, as the database keeps them. Light to import: an operator waits for it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from etl.db import Database
from etl.store.queries import rows

# Of one name no more places are listed than a person can choose from, and of one road no more numbers.
_MOST_SPOTS, _MOST_NUMBERS = 200, 60

Row = dict[str, object]
# Kind and plain form of a name.
Name = tuple[str, str]


def place_names(db: Database, letters: Sequence[str]) -> list[Row]:
    """Return the names spelt so in single letters (`etl.keystrokes`): kind, plain, name, letters."""
    return _rows(db, "place_names", {"letters": list(letters)})


def place_names_like(db: Database, letters: Sequence[str], *, most: int) -> list[Row]:
    """Return names that hold one of the spellings, or are like it, at most so many each way.

    Rows    as of `place_names`, and n: the spelling's place in the list, from 1
    """
    return _rows(db, "place_names_like", {"letters": list(letters), "most": most})


def place_names_by_initials(db: Database, initials: str, *, most: int) -> list[Row]:
    """Return names whose syllables begin with consonants (`etl.keystrokes.initials`); rows as of `place_names`."""
    return _rows(db, "place_names_by_initials", {"initials": initials, "most": most})


def place_numbers(db: Database, asked: Sequence[tuple[str, str, int, int]]) -> list[Row]:
    """Return where numbers lie, or those beside them, the nearest number first.

    asked   kind (road | lot), plain name, number and its second part
    Rows    n (from 1: the one asked), source, source_id, main, sub, stated, x_m, y_m (metres of the district CRS)
    """
    kinds, plains, mains, subs = (list(column) for column in zip(*asked, strict=True)) if asked else ([],) * 4
    values = {"kinds": kinds, "plains": plains, "mains": mains, "subs": subs, "most": _MOST_NUMBERS}
    return _rows(db, "place_numbers", values) if asked else []


def place_spots(db: Database, asked: Sequence[Name]) -> list[Row]:
    """Return where the places of some names lie: n (from 1: the one asked), source, source_id, x_m, y_m."""
    values = {
        "kinds": [kind for kind, _ in asked],
        "plains": [plain for _, plain in asked],
        "most": _MOST_SPOTS,
    }
    return _rows(db, "place_spots", values) if asked else []


def place_street(db: Database, plain: str) -> Row | None:
    """Return a street's length_m, across_m (its ends apart) and middle, start and end (x_m, y_m), None for no such street."""
    found = _rows(db, "place_street", {"plain": plain})
    return found[0] if found else None


def place_labels(db: Database, places: Sequence[Row]) -> list[Row]:
    """Return what else is known of places (source, source_id, x_m, y_m), a row each in their order.

    Rows   road, lot, building, dong, dong_en, area_m2 (of the dong), key (of a bell), near (the nearest road address
           of a bell, a pole or a facility), each None where unknown
    """
    values = {
        "sources": [row["source"] for row in places],
        "ids": [row["source_id"] for row in places],
        "xs": [row["x_m"] for row in places],
        "ys": [row["y_m"] for row in places],
        "srid": db.district.srid,
    }
    return _rows(db, "place_labels", values) if places else []


def place_keys(db: Database, name: str, *, at: date, ends: bool = False) -> list[Row]:
    """Return what bears a number: cameras as at a day, bells and other helps on safe ways home.

    ends    also bells whose number ends so
    Rows    kind (camera | bell), key, of_kind (of a bell), place_text, cameras (the numbers of those on its pole), lon, lat
    """
    values = {"name": name, "at": at, "ends": ends, "pole_m": db.district.matching.site_m}
    return _rows(db, "place_keys", values)


def which_inside(db: Database, lons: Sequence[float], lats: Sequence[float]) -> list[bool | None]:
    """Say of places in degrees, EPSG:4326, whether they lie in the district; None while its outline is unknown."""
    found = _rows(db, "which_inside", {"lons": list(lons), "lats": list(lats)})
    return [None if row["inside"] is None else bool(row["inside"]) for row in found]


def _rows(db: Database, name: str, values: Row) -> list[Row]:
    with db.engine.connect() as connection:
        return rows(connection, name, values)
