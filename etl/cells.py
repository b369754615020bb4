"""What a cell of a record about persons may look like to be kept: shapes, each a test or a cut of the text."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable

from etl.addresses import plain_address
from etl.hangul import tidy
from etl.vocabularies import (
    ACCIDENT_WORDS,
    CALL_CLASSES,
    CALL_WAYS,
    ENTRIES,
    OUTCOMES,
    PROVINCES,
    PURPOSES,
    STREET_CRIMES,
    STREET_OUTCOMES,
    YES_OR_NO,
)

# Returns what may be kept of a cell; '' for nothing.
Shape = Callable[[str], str]

_AGENCY = re.compile(
    r"^[가-힣\d·\s]{0,24}?(?:경찰서|경찰청|경찰대|기동대|지구대|파출소|검찰청|지검|지청|법원|소방서|소방청|해양경찰서|구청|시청|군청|도청|"
    r"주민센터|교육청|국토관리청|출입국사무소|국정원|국방부|군사경찰대)(?:\s?[가-힣]{1,10}(?:과|팀|계|대|반|국|실|부|센터))?(?=\s|$|\()"
)
_FORCE = re.compile(
    r"^[A-Z][A-Za-z&,.' -]{0,50}\b(?:Police|Constabulary|Police Service|Fire Service|Council)$"
)
_LAW = re.compile(
    r"(?:(?:개인정보\s?보호법|형사소송법|경찰관\s?직무집행법|통신비밀보호법|소방기본법|민사소송법|도로교통법|실종아동등의\s?보호\s?및\s?지원에\s?관한\s?법률|"
    r"같은\s?법|동법|법)\s*)?(?:제?\s?\d{1,3}조(?:의\s?\d{1,2})?)(?:\s?제?\s?\d{1,2}항)?(?:\s?제?\s?\d{1,2}호)?"
)
_TOWN = re.compile(r"(?:[가-힣]{1,5}시\s?)?[가-힣]{1,5}[시군구](?:\(통합\))?|세종|세종특별자치시")
_PROVINCE = re.compile(r"[가-힣]{1,4}(?:특별시|광역시|특별자치시|특별자치도|도)")


def matching(pattern: str) -> Shape:
    """Return a shape that keeps cells of a pattern, whole or not at all."""
    wanted = re.compile(pattern)
    return lambda cell: cell if wanted.fullmatch(tidy(cell)) else ""


def one_of(words: Iterable[str]) -> Shape:
    """Return a shape that keeps cells that are a word of a list; spaces and case do not count."""
    known = {_plain(word) for word in words}
    return lambda cell: cell if _plain(cell) in known else ""


def words_of(words: Iterable[str]) -> Shape:
    """Return a shape that keeps of a cell the words of a list, in the order of the text, and nothing between them."""
    wanted = re.compile(
        "|".join(r"\s*".join(map(re.escape, word.split())) for word in sorted(words, key=len, reverse=True))
    )
    return lambda cell: " ".join(found[0] for found in wanted.finditer(tidy(cell)))


def _agency(cell: str) -> str:
    found = _AGENCY.match(tidy(cell)) or _FORCE.match(tidy(cell))
    return found[0].strip() if found else ""


def _law(cell: str) -> str:
    return ", ".join(found[0].strip() for found in _LAW.finditer(tidy(cell)))


def _town(cell: str) -> str:
    plain = tidy(cell)
    return cell if _TOWN.fullmatch(plain) else ""


def _province(cell: str) -> str:
    plain = tidy(cell)
    return cell if plain in PROVINCES or _PROVINCE.fullmatch(plain) else ""


def _plain(text: str) -> str:
    return tidy(text).replace(" ", "").replace("·", "").casefold()


SHAPES: dict[str, Shape] = {
    "key": matching(r"'?(?=.*\d)[0-9A-Za-z][0-9A-Za-z_.:/#+-]{0,99}"),
    # year first: a telephone number never begins so
    "moment": matching(r"(?:19|20)\d\d[\d\s:./\-TZ+,년월일시분초오전후AMPampm]{0,28}|\d{4}-\d\d-\d\d.{0,3}"),
    "number": matching(
        r"[-+]?[\d.,]{0,24}(?:[eE][-+]?\d{1,3})?|[-+]?\d{1,3}\s?[°도]\s?[\d.°'\"′″분초\sNSEW]{0,20}"
    ),
    "code": matching(r"(?=.*\d)[0-9A-Za-z.\-]{1,12}"),
    "urgency": matching(r"(?i)(?:c|코드\s*|code\s*)?\d(?:선|호)?"),
    "class": one_of(CALL_CLASSES.values()),
    "way": one_of(CALL_WAYS),
    "address": plain_address,
    "accident": one_of(ACCIDENT_WORDS),
    "province": _province,
    "town": _town,
    "entry": one_of(ENTRIES),
    "agency": _agency,
    "law": _law,
    "purpose": words_of(PURPOSES),
    "outcome": words_of(OUTCOMES),
    "yes": one_of(YES_OR_NO),
    "document": matching(
        r"(?:(?=.*\d)[0-9A-Za-z_./-]{1,40})|제?\d[\d-]{0,20}호?|[가-힣]{1,12}(?:과|팀|계|서|청|대)\s?-\s?\d[\d-]{0,14}호?"
    ),
    "street_crime": one_of(STREET_CRIMES),
    "street_outcome": one_of(STREET_OUTCOMES),
    "street": matching(r"On or near [A-Z][A-Za-z0-9 '&/.,()-]{0,60}|No Location"),
}
