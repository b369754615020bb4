"""Resident registration numbers, however they are written: with a hyphen, a space or nothing, with a year of two digits or four."""

from __future__ import annotations

import datetime as dt
import re

_BETWEEN = r"(?:\s?[-\u2010-\u2015\u2212~_]\s?|\s{1,3})"
# No part of a longer row of digits, nor the decimals of a number.
_APART = re.compile(
    rf"(?<!\d)(?<!\d\.)(?P<year>(?:19|20)?\d\d)(?P<month>\d\d)(?P<day>\d\d)(?P<between>{_BETWEEN}|)(?P<rest>[1-8]\d{{6}})"
    r"(?:\.0)?(?!\d|\.\d)"
)
_DRAWN = re.compile(r"point|linestring|polygon", re.IGNORECASE)
_WEIGHTS = (2, 3, 4, 5, 6, 7, 8, 9, 2, 3, 4, 5)


def without_resident_numbers(text: str) -> str:
    """Return `text` without resident numbers: a day of birth, and seven digits of which the first fits its century.

    Without anything between the two the check digit must be right: thirteen digits may be a number of another kind.
    Coordinates of a shape written as text stay.

    >>> without_resident_numbers("홍 900101 1234567, 9001011234568")
    '홍 , '
    """
    return _APART.sub(lambda found: "" if _is_resident(found, text) else found[0], text)


def _is_resident(found: re.Match[str], text: str) -> bool:
    rest, year = found["rest"], found["year"]
    century = "19" if rest[0] in "1256" else "20"
    if len(year) == 4 and not year.startswith(century):
        return False
    try:
        dt.date(int(century + year[-2:]), int(found["month"]), int(found["day"]))
    except ValueError:
        return False
    if found["between"]:
        return bool(found["between"].strip()) or not _DRAWN.search(text)
    digits = f"{year[-2:]}{found['month']}{found['day']}{rest}"
    told = sum(weight * int(digit) for weight, digit in zip(_WEIGHTS, digits, strict=False))
    return (11 - told % 11) % 10 == int(digits[-1])
