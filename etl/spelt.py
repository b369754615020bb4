"""What a person may mean by a place in words: the ways to read it as a name, or as a name and the number of a house."""

from __future__ import annotations

import re
from dataclasses import dataclass

from etl.hangul import tidy
from etl.keystrokes import plain_name

# No place is named in more; what follows is a story.
_LONGEST = 100
_MOST_WORDS = 6
_SHORTEST = 2
_BRACKETS = re.compile(r"\([^)]*\)?|\[[^\]]*\]?")
_SIDO = "서울|부산|대구|인천|광주|대전|울산|세종|경기|강원|충북|충남|전북|전남|경북|경남|제주"
_REGION = re.compile(
    rf"^(?:[가-힣]{{1,6}}(?:특별자치시|특별자치도|특별시|광역시|도|시|군|구)|(?:{_SIDO})(?:시|도)?)\s+"
)
# "출입구" is no gu.
_GLUED = re.compile(r"^[가-힣]{2,4}(?:특별시|광역시|특별자치시)(?:[가-힣]{1,4}[구군])?(?=[가-힣])")
_GU = re.compile(r"[가-힣]+(?<!출)(?<!입)(?<!창)(?<!비상)[구군]$")
# "12-3", "12의 3번지", "지하 12"; never "12길", "12동", "12층".
_NUMBER = re.compile(
    r"(?:지하\s*)?(?<!\d)(?P<main>[1-9]\d{0,4})(?:\s*[-~의]\s*(?P<sub>\d{1,4}))?(?![\d-])"
    r"(?!\s?[가-힣]{0,8}(?:길|로)(?![가-힣]))(?!\s?(?:동|층)|가(?![가-힣]))(?:\s*(?:번지|번|호)(?![가-힣]))?"
)
_DASHES = re.compile("(?<=\\d)\\s*[\u2010-\u2015\u2212\u3161~]\\s*(?=\\d)")
# What stands behind a name and is no part of it.
_BESIDE = re.compile(
    r"(?:\s+(?:앞|옆|뒤|안|근처|부근|인근|맞은편|건너편|입구|정문|후문|지하|[a-z]?\d+(?:층|호)))+$", re.I
)
_HILL = re.compile(r"\s*산$")


@dataclass(frozen=True, slots=True)
class Reading:
    """One way to read what was typed.

    name   without spaces, stops and capitals
    main   number of the house or lot, None where the whole is a name
    sub    its second part, 0 for none
    used   how many signs of the text it takes in
    whole  whether it takes in all of it, but for words such as "앞" and "2층"
    """

    name: str
    main: int | None = None
    sub: int = 0
    used: int = 0
    whole: bool = False

    @property
    def number(self) -> str:
        """Return the number as it is written: '12-3'; '' for none."""
        return "" if self.main is None else f"{self.main}-{self.sub}" if self.sub else str(self.main)


def readings(text: str, *, district_ko: str = "") -> list[Reading]:
    """Return the ways to read a text, those that take in the most of it first; [] for one without a name.

    district_ko   as District.name_ko: its words are no part of a name, also where no space follows them

    >>> [(each.name, each.number) for each in readings("서울 서대문구 연희로 3 (연희동)")]
    [('연희로', '3'), ('연희로3', ''), ('연희로', '')]
    """
    plain = _DASHES.sub("-", tidy(text[:_LONGEST]))
    # of "연희로 3 (연희동 12-3)" the first counts; some write the address itself in brackets
    outside = _BRACKETS.sub(" ", plain).strip()
    wanted = _without_region(outside or plain.strip("()[] "), district_ko)
    # a storey, a firm or a person may stand behind the comma; a gu in front of it was taken away
    head, _, behind = wanted.partition(",")
    wanted = _BESIDE.sub("", (head if re.search(r"\d", head) else f"{head} {behind}").strip())
    found: dict[tuple[str, int | None, int], Reading] = {}
    words = [word.start() for word in re.finditer(r"\S+", wanted)][:_MOST_WORDS]
    # the first words may be a misspelt gu, or a house named before its address
    for start in words:
        for reading in _read(wanted[start:], first=start == 0):
            found.setdefault((reading.name, reading.main, reading.sub), reading)
    return sorted(found.values(), key=lambda each: (-each.used, each.main is None))


def named_gu(text: str) -> str | None:
    """Return the last gu or gun that a text names in front of its address, None where it names none.

    >>> named_gu("서울 마포구 연남로 3"), named_gu("연희로 3"), named_gu("출입구 연희로 3")
    ('마포구', None, None)
    """
    rest, found = tidy(text[:_LONGEST]), None
    while region := _REGION.match(rest):
        rest = rest[region.end() :]
        word = region[0].strip()
        found = word if _GU.search(word) else found
    return found


def _without_region(text: str, district_ko: str) -> str:
    text = _GLUED.sub("", text)
    while region := _REGION.match(text):
        text = text[region.end() :]
    for word in re.findall(r"[가-힣]+[시도군구](?=\s|$)", district_ko):
        if text.startswith(word) and len(text) > len(word):
            text = text[len(word) :].lstrip()
    return text


def _read(text: str, *, first: bool) -> list[Reading]:
    told = []
    for number in _NUMBER.finditer(text):
        name = plain_name(_HILL.sub("산", text[: number.start()]))
        end = number.end()
        told.append(
            Reading(name, int(number["main"]), int(number["sub"] or 0), end, first and end == len(text))
        )
    ends = [word.end() for word in re.finditer(r"\S+", text)][:_MOST_WORDS]
    told += [
        Reading(plain_name(text[:end]), used=end, whole=first and end == len(text)) for end in reversed(ends)
    ]
    return [each for each in told if len(each.name) >= _SHORTEST and not each.name.isdigit()]
