"""Korean addresses out of free text, brought to one form: a road and its number, or a dong and its lot. Nothing else."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from etl.hangul import tidy

_SIDO = re.compile(r"(?<!\S)([가-힣]{2,5}(?:특별자치시|특별자치도|특별시|광역시|도))(?=\s)")
_GU = re.compile(r"(?<!\S)((?:[가-힣]{1,6}시\s+)?[가-힣]{1,6}[구군]|[가-힣]{1,6}시)(?=\s)")
_NUMBER = r"(?P<main>[1-9]\d{0,4})(?:\s*-\s*(?P<sub>\d{1,4}))?(?:번지?)?(?!\d|[가-힣A-Za-z]\s?\d|[가-하]?길)"
# A road may be branched from another by number ("연희로25길", "동호로 5길"), and from that one again by letter.
_ROAD = re.compile(
    rf"(?P<name>(?:\d{{1,2}}(?:\.\d{{1,2}})?|[가-힣])[가-힣·.]{{0,11}}?\d{{0,4}}[가-힣]?[가-힣]{{0,8}}?(?:대로|로|길)(?:\s?\d{{1,4}}[가-하]?(?:[가-힣]{{0,8}}?길))?)"
    rf"\s+(?:지하\s*)?{_NUMBER}"
)
_GLUED = re.compile(
    rf"(?P<name>(?:\d{{1,2}}(?:\.\d{{1,2}})?|[가-힣])[가-힣·.]{{0,11}}?(?:대로|로|길)(?:\d{{1,4}}[가-하]?(?:[가-힣]{{0,8}}?길))?){_NUMBER}"
)
_LOT = re.compile(
    rf"(?P<name>[가-힣]{{1,8}}?(?:제?\d{{1,2}}(?:[.·]\d)?)?(?:동|가|리|읍|면)(?:\d가)?)\s*(?P<hill>산\s*)?{_NUMBER}"
)
_BRACKETS = re.compile(r"\([^)]*\)?|\[[^\]]*\]?")
# No address is longer; what follows in a cell is a story.
_LONGEST = 300
# A vehicle's number, which no address is: "12가 3456".
PLATE = re.compile(r"(?<!\d)\d{2,3}\s?[가-힣]\s?\d{4}(?!\d)")


@dataclass(frozen=True, slots=True, order=True)
class Address:
    """A place by its number.

    kind   'road' or 'lot'
    name   the road ("연희로25길") or the dong ("연희동"), without spaces; of a lot on a hill ("산") it ends in " 산"
    gu     the gu, gun or city that the text names; '' where it names none
    """

    kind: str
    name: str
    main: int
    sub: int = 0
    gu: str = ""
    sido: str = ""

    @property
    def number(self) -> str:
        """Return the number as it is written: '12-3'."""
        return f"{self.main}-{self.sub}" if self.sub else str(self.main)

    def __str__(self) -> str:
        return " ".join(part for part in (self.sido, self.gu, self.name, self.number) if part)


@lru_cache(maxsize=65_536)
def parse(text: str) -> Address | None:
    """Return the address that a text holds, None where it holds none with a number.

    Floors, names of houses and persons, and what stands in brackets are left out.

    >>> str(parse("서울특별시 서대문구  연희로25길 73, 2층 홍길동 (연희동)"))
    '서울특별시 서대문구 연희로25길 73'
    >>> parse("홍길동 집 앞") is None
    True
    """
    plain = PLATE.sub(" ", tidy(text[:_LONGEST]))
    # of "연희로25길 73 (연희동 12-3)" the first counts; some write the address itself in brackets
    return _found(_BRACKETS.sub(" ", plain)) or _found(plain)


def plain_address(text: str) -> str:
    """Return the address that a text holds as one line, '' where it holds none."""
    found = parse(text)
    return "" if found is None else str(found)


def _found(plain: str) -> Address | None:
    sido = _SIDO.search(plain)
    # what stands before the name of the gu belongs to no road and to no dong
    rest = plain[sido.end() :] if sido else plain
    if gu := _GU.search(rest):
        rest = rest[gu.end() :]
    where = (gu[1] if gu else "", sido[1] if sido else "")
    for pattern in (_ROAD, _GLUED):
        if found := pattern.search(rest):
            name = found["name"].replace(" ", "")
            return Address("road", name, int(found["main"]), int(found["sub"] or 0), *where)
    if found := _LOT.search(rest):
        name = found["name"] + (" 산" if found["hill"] else "")
        return Address("lot", name, int(found["main"]), int(found["sub"] or 0), *where)
    return None
