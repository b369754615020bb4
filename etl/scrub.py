"""What may never be stored: network addresses of machines, access words, and how to reach a person.

Some published registries carry the private address of a camera in the text of its place. It is cut out before
the first write, so that no table, log or quarantine holds it, in whatever column, name or letters it came.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence

import numpy as np
import pandas as pd

from etl.hangul import tidy
from etl.resident import without_resident_numbers

_OCTET = r"(?:25[0-5]|2[0-4]\d|[01]?\d?\d)"
# With spaces round the dots "20. 1. 2. 10" is a day and an hour: such an address begins with 10 or three digits.
_WIDE_OCTET = r"(?:25[0-5]|2[0-4]\d|1\d\d|10)"
# Dots in disguise: in brackets, in words, in signs of other scripts.
_DOT = r"(?:\s*(?:[.。·․‧∙_]|[\[({]\s*(?:\.|dot|점)\s*[\])}]|점|쩜|닷|(?<![a-z])dot(?![a-z]))\s*)"
_NET = r"(?:10[-_/]\d{1,3}|192[-_/,]168|172[-_/,](?:1[6-9]|2\d|3[01]))"
_GROUPS = r"[0-9a-f]{1,4}(?::[0-9a-f]{1,4})*"
# What may not stand before or behind, so that a word is whole. Hangul may: it needs no space.
_START, _END = r"(?<![0-9A-Za-z_:])", r"(?![0-9A-Za-z_:])"
_ZONE = r"(?:%[\w.-]+)?"
_DASH = "[-.) \u2010-\u2015\u2212/_~·]"
_MOBILE = rf"0?1[016789]\s*{_DASH}\s*\d{{3,4}}\s*{_DASH}?\s*\d{{4}}(?!\d)"
_SPOKEN = "[공영일이삼사오육륙칠팔구]"
_SAID = "[0-9공영일이삼사오육륙칠팔구]"
_PORTS = "21|22|23|80|81|88|443|554|1935|3389|5000|8000|8080|8081|8443|8554|8899|9000|34567|37777"
_ENDINGS = (
    "local|localdomain|lan|home|internal|intra|corp|arpa|test|kr|com|net|org|io|tv|me|co|info|biz|cc|xyz|cloud|online|"
    "site|app|dev|asia|gov|edu|us|cn|jp|uk|한국"
)
_PATTERNS = (
    # rtsp://user:word@host:554/stream and the like, whole
    re.compile(r"(?<![A-Za-z])[a-z][a-z0-9+.-]{1,9}://\s?[^\s,)\]]+", re.IGNORECASE),
    # someone@host, and user/word@address, before the address alone would go
    re.compile(r"[\w.+/:%!$#&*~^=-]+@[\w-]+(?:\.[\w-]+)+(?::\d{1,5})?"),
    re.compile(
        r"[\w.+-]+\s*(?:[\[(]\s*(?:at|앳)\s*[\])]|\s@\s|@\s|골뱅이)\s*[\w-]+(?:\s?\.\s?[a-z]+)+",
        re.IGNORECASE,
    ),
    re.compile(
        rf"{_START}(?:{_GROUPS})?::(?:{_GROUPS}:)?(?:{_OCTET}\.){{3}}{_OCTET}{_ZONE}(?:/\d{{1,3}})?",
        re.IGNORECASE,
    ),
    # "종로1.2.3.4가" numbers four wards
    re.compile(rf"(?<![\d.]){_OCTET}(?:\.{_OCTET}){{3}}(?:[:/]\d{{1,5}})?(?![\d.]*\d|[가동호]|번지|공구)"),
    re.compile(
        rf"(?<![\d.]){_WIDE_OCTET}{_DOT}{_OCTET}(?:{_DOT}{_OCTET}){{2}}"
        r"(?:[:/]\d{1,5})?(?![\d.]*\d)",
        re.IGNORECASE,
    ),
    re.compile(
        rf"(?<![\d.]){_OCTET}(?:\.{_OCTET}){{2}}\.(?:[x*]{{1,3}}|\[\d[^\]]*\])(?![\w*])", re.IGNORECASE
    ),
    re.compile(rf"(?<![\d.-]){_NET}(?:[-_/,]\d{{1,3}}){{2}}(?![\d-]*\d)"),
    # octal and hexadecimal octets, and an address as one number
    re.compile(r"(?<![\w.])0\d{1,3}(?:\.0?\d{1,4}){3}(?![\d.]*\d)"),
    re.compile(
        r"(?<![0-9A-Za-z_.])0x[0-9a-f]{1,8}(?:\.(?:0x)?[0-9a-f]{1,8}){0,3}(?![0-9A-Za-z_])", re.IGNORECASE
    ),
    re.compile(
        r"(?<![A-Za-z])(?:ip|아이피)(?:\s*주소)?\s*[:=]?\s*(?:\d{8,10}|[0-9a-f]{8})(?![0-9A-Za-z])",
        re.IGNORECASE,
    ),
    re.compile(rf"(?<![가-힣]){_SPOKEN}{{1,3}}(?:\s*[.점쩜]\s*{_SPOKEN}{{1,3}}){{3}}(?![가-힣])"),
    re.compile(
        rf"{_START}\[?(?:[0-9a-f]{{1,4}}:){{3,7}}[0-9a-f]{{1,4}}{_ZONE}{_END}(?:\](?::\d{{1,5}})?)?",
        re.IGNORECASE,
    ),
    re.compile(
        rf"{_START}\[?(?:{_GROUPS}::(?:{_GROUPS})?|::{_GROUPS}){_ZONE}{_END}(?:\](?::\d{{1,5}})?)?",
        re.IGNORECASE,
    ),
    re.compile(r"(?<![0-9A-Za-z_:.-])(?:[0-9a-f]{2}[:-]){5}[0-9a-f]{2}(?![0-9A-Za-z_:-])", re.IGNORECASE),
    re.compile(r"(?<![0-9A-Za-z_.])(?:[0-9a-f]{4}\.){2}[0-9a-f]{4}(?![0-9A-Za-z_.])", re.IGNORECASE),
    re.compile(
        r"(?<![0-9A-Za-z_.-])(?:[a-z0-9_](?:[a-z0-9_-]*[a-z0-9_])?\.)+"
        rf"(?:{_ENDINGS})(?![0-9A-Za-z_-])(?::\d{{1,5}})?(?:/[^\s,)\]]*)?",
        re.IGNORECASE,
    ),
    re.compile(
        r"(?<![0-9A-Za-z_.-])(?:[a-z0-9-]+\s?\.\s?){2,}(?:kr|local|com|net)(?![0-9A-Za-z_-])", re.IGNORECASE
    ),
    re.compile(
        rf"(?<![0-9A-Za-z_.-])(?:localhost|[a-z](?=[a-z0-9_-]*[\d_-])[a-z0-9_-]+|[a-z]{{2,}}(?=:\d{{3}})):"
        rf"(?:{_PORTS})(?![\d:.])(?:/[^\s,)\]]*)?",
        re.IGNORECASE,
    ),
    re.compile(r"(?<![a-z])localhost(?![a-z])", re.IGNORECASE),
    re.compile(
        r"(?<![a-z])(?:id|pw|passwd|password|user|host(?:name)?|server|계정|비밀번호|비번|암호|호스트(?:명)?|도메인|접속주소)"
        r"\s*[:=]\s*[^\s,)\]]+",
        re.IGNORECASE,
    ),
    re.compile(
        r"(?<![a-z])(?:pw|passwd|password|비밀번호|비번|암호)\s+(?=[^\s,)\]]*\d)[^\s,)\]]+", re.IGNORECASE
    ),
    re.compile(r"(?<![a-z])id\s*/\s*pw\s*[:=]?\s*[^\s,)\]]+", re.IGNORECASE),
    # mobile numbers are persons'; an office's land line stays in its own column
    re.compile(rf"(?<![\d.])(?:\+?(?:00)?82\s*{_DASH}?\s*)?\(?(?:0\)?\s?)?{_MOBILE}"),
    # inside a long hexadecimal key the same digits are no number
    re.compile(r"(?<![\d.])(?<![0-9a-f]{6})(?:(?:\+|00)?82\s?\(?0?\)?\s?|0)1[016789]\d{7,8}(?!\d)"),
    re.compile(r"(?<![\d.-])050\d\s*[-.) ]\s*\d{3,4}\s*[-. ]\s*\d{4}(?!\d)"),
    re.compile(
        rf"[공영0]\s*[일1]\s*[공영일육륙칠팔구016789](?=[\d\s-]*[공영일이삼사오육륙칠팔구])(?:[\s-]*{_SAID}){{7,8}}"
    ),
    re.compile(r"(?<![공영0-9])[공영]일[공영일육륙칠팔구](?:[\s-]*\d){7,8}(?!\d)"),
)
# Digits with a space between each: too near to a list of numbers to be looked for in a column of keys.
_SPACED_MOBILE = re.compile(r"(?<![\d.])0\s1\s[016789](?:[\s-]+\d){7,8}(?![\d.])")
# A column of telephones alone: a spreadsheet took the first zero.
_BARE_MOBILE = re.compile(r"\s*1[016789]\d{7,8}(?:\.0)?\s*")
_LAND_LINE = re.compile(r"(?<![\d.-])0\d{1,2}[-)]\s?\d{3,4}-\d{4}(?![\d-])")
_RESIDENT = re.compile(r"(?<!\d)\d{6}-[1-8]\d{6}(?!\d)")
_LEFTOVER = re.compile(r"\(\s*(?:ip|IP|아이피)?\s*[:：]?\s*\)|\[\s*\]|\b(?:ip|IP)\s*[:：]\s*(?=$|[,)\]])")
# Cheap look before the patterns: a cell without any of these marks can hold none of them.
_SUSPECT = re.compile(
    rf"\d\s*[.:]\s*\d|\d\s*{_DASH}\s*\d|[:=@]|\.\s?[A-Za-z]{{2}}|01[016789]\d{{7}}|(?<!\d)\d{{13}}(?:\d\d)?(?!\d)|82\s?\(?0?1|0x[0-9a-f]|0 1 |\d[,。․‧∙]\d"
    r"|\d\s*(?:점|쩜|닷|dot|[\[({]\s*(?:\.|dot|점))|\.\d+\.[x*\[]|[공영]\s?일|[공영일이삼사오육칠팔구][.점쩜][공영일이삼사오육칠팔구]"
    r"|[0-9a-f]{4}\.[0-9a-f]{4}\.|\.한국|[0-9a-f]{2}-[0-9a-f]{2}-|(?<![a-z])(?:ip|id|pw|passw|localhost)|아이피|비밀|비번|암호|골뱅이|[\[(]\s*(?:at|앳)",
    re.IGNORECASE,
)
# Text that tidying and compatible letters leave as it stands, but for its spaces.
_SIMPLE = re.compile("[ -~가-힣]*")
# Numbers and days, most of what a column of numbers holds, are none; nor is a hash of ours.
_HARMLESS = re.compile(
    r"hash-[a-p]{24}|[-+]?\d{1,8}|[-+]?\d{1,3}\.\d*|\d{16,}|\d{4}-\d\d?-\d\d?(?:[ T]\d\d?:\d\d(?::\d\d)?)?",
    re.ASCII,
)
# Nor is an address of whole words, each ending in a letter, before one number of a house or a lot: 골목동 33-20. It has
# fewer digits in a row than any number of a telephone, unless its words say them (점, 공일공).
_LOT = re.compile(r"(?:[가-힣]+(?:[0-9]{1,3}[가-힣]+)* )+[0-9]{1,4}(?:-[0-9]{1,4})?")
_IN_WORDS = re.compile("점|쩜|닷|[공영] ?일|아이피|비밀|비번|암호|골뱅이")
_OTHER_DIGIT = re.compile(r"(?![0-9])\d")
_FORMULA = re.compile(r"^\s*(?:[=@](?!\s*$)|[+-]\s*(?:[A-Za-z(]+[(!|]|\())")


def scrub(text: str, *, phones: bool = True, key: bool = False) -> str:
    """Return `text` without addresses of machines, access words, mobile and resident numbers.

    What a later step would make plain counts too: full-width digits, invisible marks. A text in which nothing is
    found stays as it stood.
    phones   also land lines: wanted in an address, not in the column of an office's number
    key      of a column of keys, numbers or days: land lines and numbers shaped like a resident's may be keys

    >>> scrub("골목동 12-3 방범(172.16.0.1)")
    '골목동 12-3 방범'
    """
    while (clean := _once(text, phones=phones, key=key)) != text:
        text = clean
    return text


def scrub_all(told: object) -> object:
    """Return lists and mappings of texts scrubbed, names too; other values as they are."""
    if isinstance(told, str):
        return scrub(told)
    if isinstance(told, Mapping):
        return {scrub_all(name): scrub_all(value) for name, value in told.items()}
    return [scrub_all(value) for value in told] if isinstance(told, list | tuple) else told


def _once(text: str, *, phones: bool, key: bool) -> str:
    if not phones and _BARE_MOBILE.fullmatch(text):
        return ""
    if _passed_by(text):
        return text
    for form in dict.fromkeys((text, *_made_plain(text))):
        if not _SUSPECT.search(form):
            continue
        # in a column of keys only what begins with a day of birth: a number of another kind may have the same shape
        clean = without_resident_numbers(form if key else _RESIDENT.sub("", form))
        for pattern in _PATTERNS:
            clean = pattern.sub("", clean)
        if not key:
            clean = _SPACED_MOBILE.sub("", clean)
        if phones and not key:
            clean = _LAND_LINE.sub("", clean)
        if clean != form:
            return re.sub(r"\s{2,}", " ", _LEFTOVER.sub("", clean)).strip(" ,;")
    return text


def _passed_by(text: str) -> bool:
    """Tell whether a cheap look is enough to see that a text holds nothing: so it is of most cells."""
    if _HARMLESS.fullmatch(text):
        return True
    if _LOT.fullmatch(text):
        return not _IN_WORDS.search(text)
    return _SIMPLE.fullmatch(text) is not None and not _SUSPECT.search(text)


def _made_plain(text: str) -> tuple[str, ...]:
    """Return what the text looks like once it is tidied, and in compatible letters and digits."""
    plain = tidy(text)
    if plain.isascii():
        return (plain,)
    compatible = tidy(unicodedata.normalize("NFKC", plain))
    return plain, _OTHER_DIGIT.sub(lambda mark: str(int(mark[0])), compatible)


def scrub_frame(
    rows: pd.DataFrame, *, offices: Sequence[str] = (), exact: Sequence[str] = ()
) -> pd.DataFrame:
    """Return the rows scrubbed, with SCRUBBED noted in the column `repaired` where something went.

    offices   columns that hold an office's land line, which may stay
    exact     columns of numbers, keys and coordinates: there too no address or mobile number stays
    The names of columns are scrubbed as well.
    """
    out = rows.copy()
    touched = pd.Series(False, index=rows.index)
    for column in rows.columns:
        if column == "repaired" or not isinstance(rows[column].dtype, pd.StringDtype):
            continue
        cells = rows[column].fillna("")
        clean = {
            cell: scrub(cell, phones=column not in offices, key=column in exact) for cell in cells.unique()
        }
        changed = {cell: value for cell, value in clean.items() if cell != value}
        if changed:
            hit = cells.isin(list(changed))
            out.loc[hit, column] = cells[hit].map(changed)
            touched |= hit
    out["repaired"] = touched.map({True: "SCRUBBED", False: ""}).astype("str")
    return out.set_axis(_scrubbed_names([str(name) for name in out.columns]), axis=1)


def _scrubbed_names(names: list[str]) -> list[str]:
    told: list[str] = []
    for number, name in enumerate(names, 1):
        clean = scrub(name)
        new = name if clean == name else clean or f"column_{number}"
        while new != name and (new in names or new in told):
            new = f"{new}_{number}"
        told.append(new)
    return told


def holds_formula(column: pd.Series[str]) -> pd.Series[bool]:
    """Say for each cell whether a spreadsheet would run it: '=…', '@…', '+f(', '-f('."""
    # Registries repeat themselves: each distinct cell is looked at once.
    codes, distinct = pd.factorize(column)
    # a missing cell has the code -1: the last, and no formula
    found = np.array([*(_FORMULA.match(cell) is not None for cell in distinct), False])
    return pd.Series(found[codes], index=column.index, name=column.name)


def disarm(text: str) -> str:
    """Return `text` so that no spreadsheet runs it: an apostrophe stands before a formula.

    >>> disarm("=1+1")
    "'=1+1"
    """
    return "'" + text if _FORMULA.match(text) else text


def rearm(text: str) -> str:
    """Return what `disarm` made of a text to what it was.

    >>> rearm(disarm("=1+1")), rearm("'quoted'")
    ('=1+1', "'quoted'")
    """
    return text[1:] if text.startswith("'") and _FORMULA.match(text[1:]) else text
