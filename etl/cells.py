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

_OFFICES = (
    "경찰서|경찰청|경찰대|기동대|지구대|파출소|치안센터|검찰청|지검|지청|법원|소방서|소방청|구청|시청|군청|도청|교육청|국토관리청|출입국사무소|"
    "국정원|국방부|군사경찰대"
)
# What a division is called is made of these words alone: 여성청소년수사팀, 형사1팀, 112치안종합상황실.
_DUTIES = (
    "형사|강력|수사|지능|경제|사이버|여성|청소년|여청|아동|교통|조사|범죄|실종|생활|안전|생안|지원|정보|보안|안보|경비|경무|치안|상황|종합|통합|광역|민원|"
    "감사|청문|예방|질서|순찰|사고|외사|과학|총무|총괄|도시|재난|관제|감식|폭력|마약|피해자보호|행정|건설|주차|관리|환경|구조|구급|화재|공판|집행|사건|"
    "학대|전담|반부패|금융|디지털|분석|대응|기획|운영"
)
_UNIT = rf"(?:112|CCTV)?(?:{_DUTIES})+제?\d{{0,2}}(?:{_DUTIES})*(?:과|팀|계|대|반|국|실|부|센터)"
_OFFICE = re.compile(
    rf"(?:제?\d{{1,3}}|[가-힣]{{0,12}}제?\d{{0,3}})(?:{_OFFICES})(?:{_UNIT})?|[가-힣]{{1,6}}(?:\d(?:·\d)*가?)?[가-힣]{{0,3}}주민센터"
)
_DIVISION = re.compile(_UNIT)
_REGION = re.compile(r"[가-힣]{2}(?:특별시|광역시|특별자치시|특별자치도)")
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
    """Return of a cell the words that are an office, its division or its province: whatever else stands there is a person."""
    plain = tidy(cell)
    if force := _FORCE.match(plain):
        return force[0].strip()
    words = re.split(r"[\s()/,]+", plain)
    if not any(map(_OFFICE.fullmatch, words)):
        return ""
    shapes = (_OFFICE, _DIVISION, _REGION)
    return " ".join(
        word for word in words if word in PROVINCES or any(shape.fullmatch(word) for shape in shapes)
    )


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
