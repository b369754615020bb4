"""What becomes of each column of files about persons, before anything is stored: kept, hashed or dropped, and why.

One table a form. A column that stands in no table is never stored. Of a kept column only cells of its shape pass
(`etl.cells`): a name in the column of the class is a name, and goes. A hash is keyed (`etl.person_key`), so that the
same caller or case can be counted without being known.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

import pandas as pd

from etl.addresses import PLATE
from etl.cells import SHAPES
from etl.hangul import blank, header_key, tidy
from etl.person_key import digest, person_key
from etl.repairs import marks_alone
from etl.rows import MARK
from etl.scrub import scrub

Action = Literal["keep", "hash", "drop"]


@dataclass(frozen=True, slots=True)
class Fate:
    """What becomes of a column.

    action   keep what has the shape; hash all; drop all
    why      the reason, for whoever asks
    shape    a name of `etl.cells.SHAPES`, of kept columns
    of       what a hash stands for; columns with the same word share their hashes. Of a kept column: cells without
             the shape are hashed instead of left blank
    """

    action: Action
    why: str
    shape: str = ""
    of: str = ""


@dataclass(frozen=True, slots=True)
class Kept:
    """Rows as they may be stored, and how many cells of which column were left blank or hashed in their place."""

    rows: pd.DataFrame
    withheld: dict[str, int]
    hashed: dict[str, int]


_PLACE = Fate(
    "keep", "the place is what coverage is about; of sensitive classes it is told coarsely", "number"
)
_MOMENT = Fate("keep", "when it happened is what figures count by", "moment")
_CALLER = Fate(
    "hash", "repeated calls of one caller are counted; who it is, is nobody's business", of="caller"
)
_STORY = Fate("drop", "free text about persons")
_NAME = Fate("drop", "a person's name")
_PLATE = Fate("drop", "the number of a person's vehicle")
_NUMBER = Fate("drop", "a number that names a person")
_OFFICER = Fate("drop", "an officer is a person too, and no figure needs one")
_WORD = Fate("keep", "a word of the authority's own list", "accident")
_COUNT = Fate("keep", "a count of persons, no person", "number")

CALLS: dict[str, Fate] = {
    "incident_key": Fate(
        "keep", "tells the same call from another; anything but a number is hashed", "key", "incident"
    ),
    "occurred_at": _MOMENT,
    "class_code": Fate("keep", "the class, a code", "code"),
    "class_name": Fate("keep", "the class, a word of the list of classes", "class"),
    "urgency": Fate("keep", "code 0 to 4", "urgency"),
    "closing_code": Fate("keep", "tells exercises, false alarms and repeats", "code"),
    "address": Fate("keep", "a place without coordinates; only road and number, or dong and lot", "address"),
    "lat": _PLACE,
    "lon": _PLACE,
    "caller": _CALLER,
    "case_no": Fate("hash", "calls about one case are counted", of="case"),
    "신고내용구분": Fate("keep", "how the call came, a word of a list", "way"),
    "신고자": _NAME,
    "신고자명": _NAME,
    "신고자 성명": _NAME,
    "피해자": _NAME,
    "피해자명": _NAME,
    "가해자": _NAME,
    "가해자명": _NAME,
    "피의자": _NAME,
    "주민등록번호": _NUMBER,
    "신고자 주민번호": _NUMBER,
    "차량번호": _PLATE,
    "신고내용": _STORY,
    "사건개요": _STORY,
    "처리내용": _STORY,
    "조치내용": _STORY,
    "메모": _STORY,
    "비고": _STORY,
    "담당자": _OFFICER,
    "출동자": _OFFICER,
    "접수자": _OFFICER,
}
ACCIDENTS: dict[str, Fate] = {
    "occurred": _MOMENT,
    "minute": Fate("keep", "the minute, apart in some years", "number"),
    "sido": Fate("keep", "the province, to tell which of two pairs of coordinates is meant", "province"),
    "sigungu": Fate("keep", "the gu, to tell which of two pairs of coordinates is meant", "town"),
    "type_major": _WORD,
    "type_minor": _WORD,
    "type": _WORD,
    "x_utmk": _PLACE,
    "y_utmk": _PLACE,
    "lat": _PLACE,
    "lon": _PLACE,
    "발생년": Fate("keep", "the year", "number"),
    "주야": _WORD,
    "요일": _WORD,
    "사망자수": _COUNT,
    "사상자수": _COUNT,
    "부상자수": _COUNT,
    "중상자수": _COUNT,
    "경상자수": _COUNT,
    "부상신고자수": _COUNT,
    "법규위반_대분류": _WORD,
    "법규위반": _WORD,
    "도로형태_대분류": _WORD,
    "도로형태": _WORD,
    "가해자_당사자종별_대분류": _WORD,
    "가해자_당사자종별": _WORD,
    "피해자_당사자종별_대분류": _WORD,
    "피해자_당사자종별": _WORD,
    "가해자명": _NAME,
    "피해자명": _NAME,
    "차량번호": _PLATE,
    "사건개요": _STORY,
    "사고개요": _STORY,
}
SUPPLIES: dict[str, Fate] = {
    "record_key": Fate(
        "keep", "tells one supply from another; anything but a number is hashed", "key", "record"
    ),
    "entry": Fate("keep", "supply or another entry of the ledger, a word of a list", "entry"),
    "occurred_at": _MOMENT,
    "recipient": Fate(
        "keep", "the authority that asked, to its division; a person who asked is hashed", "agency", "asker"
    ),
    "legal_ground": Fate("keep", "the article of the law", "law"),
    "document_no": Fate(
        "keep", "number of the official request; another text is hashed", "document", "document"
    ),
    "category": Fate("keep", "the words of a list that the purpose holds", "purpose"),
    "camera_key": Fate("keep", "the camera, no person; anything but a number is hashed", "key", "camera"),
    "footage_from": _MOMENT,
    "footage_to": _MOMENT,
    "used": Fate("keep", "yes or no", "yes"),
    "outcome": Fate("keep", "the words of a list that the reason holds", "outcome"),
    "lat": _PLACE,
    "lon": _PLACE,
    "요청자": _NAME,
    "요청자 성명": _NAME,
    "열람요구자": _NAME,
    "정보주체": _NAME,
    "성명": _NAME,
    "생년월일": _NUMBER,
    "주민등록번호": _NUMBER,
    "연락처": _NUMBER,
    "전화번호": _NUMBER,
    "차량번호": _PLATE,
    "담당자": _OFFICER,
    "열람담당자": _OFFICER,
    "제공담당자": _OFFICER,
    "사건개요": _STORY,
    "비고": _STORY,
    "메모": _STORY,
}
STREET: dict[str, Fate] = {
    "crime_id": Fate(
        "keep", "the publisher's own hash of the crime; anything but a number is hashed", "key", "crime"
    ),
    "month": _MOMENT,
    "recipient": Fate("keep", "the force that reported it", "agency"),
    "lon": Fate("keep", "an anonymous map point of the publisher's", "number"),
    "lat": Fate("keep", "an anonymous map point of the publisher's", "number"),
    "place": Fate("keep", "the publisher's name of an anonymous map point", "street"),
    "category": Fate("keep", "the crime type, of the publisher's list", "street_crime"),
    "outcome": Fate("keep", "the outcome, of the publisher's list", "street_outcome"),
    "Falls within": Fate("drop", "the same as the force that reported it"),
    "LSOA code": Fate("drop", "of no use here: the point tells the area"),
    "LSOA name": Fate("drop", "of no use here: the point tells the area"),
    "Context": _STORY,
}
# Form of a reading -> what becomes of its columns. `mapped` files say it themselves: etl.mapping.
FORMS: dict[str, dict[str, Fate]] = {
    "112": CALLS,
    "feed": CALLS
    | {
        "bell_no": Fate("keep", "the emergency bell, a thing; anything but a number is hashed", "key", "bell")
    },
    "koroad": ACCIDENTS,
    "korean-ledger": SUPPLIES,
    "police-uk": STREET,
}
# Columns of other sources that hold a telephone. An office's land line stays, and `etl.scrub` cuts a person's mobile number
# out of them as out of every other cell; a column called otherwise keeps no telephone at all.
OFFICE_TELEPHONES = {
    "phone": "the office that runs the cameras, lamps or bells: published for the public to call"
}

# Words by which a column of any other list is about a person, and why it is never stored. A column whose name holds one
# is meant, but for counts and kinds (피해자수, 신고내용구분).
PERSONAL: dict[str, str] = {
    **dict.fromkeys(
        ("신고자", "신고인", "민원인", "신청인", "신청자", "제보자", "피해자", "가해자", "피의자", "용의자", "피혐의자", "목격자", "보호자", "실종자",
         "정보주체", "열람요구자"),
        "who called, complained, suffered or is suspected"),
    **dict.fromkeys(("신고내용", "민원내용", "상담내용", "제보내용", "사건개요", "사고개요"), "free text about persons"),
    **dict.fromkeys(("주민등록번호", "주민번호", "외국인등록번호", "생년월일"), "a number that names a person"),
    **dict.fromkeys(("휴대전화", "휴대폰", "핸드폰"), "how to reach a person"),
    **dict.fromkeys(("차량번호", "차량등록번호"), "the number of a person's vehicle"),
    **dict.fromkeys(("담당자", "담당공무원", "출동자", "접수자"), "an officer is a person too"),
}  # fmt: skip
# The same for names that have to be the word as a whole: inside others they tell of streets and offices.
PERSONAL_WHOLE: dict[str, str] = {
    **dict.fromkeys(
        ("성명", "대표자명", "소유자명", "first name", "last name", "surname", "person name"), "a person's name"),
    **dict.fromkeys(
        ("caller", "caller name", "name of caller", "caller phone", "caller number", "complainant", "complainant name",
         "reporter name", "applicant name", "victim", "victim name", "suspect", "suspect name", "offender", "witness"),
        "who called, complained, suffered or is suspected"),
    **dict.fromkeys(
        ("연락처", "휴대번호", "개인연락처", "mobile", "mobile phone", "mobile number", "cell phone", "cellphone"),
        "how to reach a person"),
    **dict.fromkeys(
        ("resident number", "resident registration number", "rrn", "ssn", "date of birth", "birth date", "birthdate", "dob"),
        "a number that names a person"),
    **dict.fromkeys(
        ("차번호", "번호판", "license plate", "licence plate", "plate number", "vehicle number", "number plate"),
        "the number of a person's vehicle"),
}  # fmt: skip
# A place has a name as well: these are a person's beside another column about persons alone.
PERSONAL_BESIDE = ("이름",)
_COUNTED = re.compile(r"(?:수|인원|여부|구분|종별|유형|대분류|중분류)$")
_MORE = re.compile(
    r"(?:의?(?:명|성명|이름|주소|연락처|전화|전화번호|휴대전화|휴대폰|번호|주민번호|주민등록번호|생년월일))?"
)
_WHOLE = {header_key(word) for word in PERSONAL_WHOLE}

_FILE_WORDS = re.compile(
    r"도로교통공단|교통사망사고정보|교통사고|사망사고|개인영상정보|관리대장|영상제공|영상정보|신고내역|신고|사건|경찰청|경찰|치안|제공|대장|범죄|현황|목록|데이터|"
    r"최종|수정|상반기|하반기|분기|년|월|일|건|의|및|[A-Za-z0-9_ .()-]+"
)
ABOUT_PERSONS = ("incidents", "police")


def kept(rows: pd.DataFrame, fates: Mapping[str, Fate]) -> Kept:
    """Return rows with the columns that may be stored, each cell as it may be; the input is left alone.

    A column without a fate is dropped; of the column golmok_refusal the marks alone are kept. A cell is told blank where its shape does not allow it, or hashed.
    """
    columns: dict[str, pd.Series] = {}
    withheld: dict[str, int] = {}
    turned: dict[str, int] = {}
    for name in rows.columns:
        if name == MARK:
            columns[MARK] = marks_alone(rows[name])
            continue
        fate = fate_of(str(name), fates)
        if fate is None or fate.action == "drop":
            continue
        cells = rows[name].fillna("").astype("str")
        allowed = _allowed(cells, fate)
        columns[str(name)] = allowed
        gone = int((allowed.eq("") & ~blank(cells)).sum())
        made = int((allowed.str.startswith(_MARK) & allowed.ne(cells)).sum())
        withheld |= {str(name): gone} if gone else {}
        turned |= {str(name): made} if made else {}
    return Kept(pd.DataFrame(columns, index=rows.index), withheld, turned)


def fate_of(name: str, fates: Mapping[str, Fate]) -> Fate | None:
    """Return what becomes of a column, by its name; None for one that nobody declared."""
    if name in fates:
        return fates[name]
    return {header_key(known): fate for known, fate in fates.items()}.get(header_key(name))


def personal_column(name: str) -> str:
    """Return what a column about a person is called where its name may be told, '' for any other column.

    A name that goes on behind the word of PERSONAL may be a person's: then it is the word alone.
    """
    key = header_key(name).replace("발생", "/")  # 발생년월일 is no day of birth
    if key in _WHOLE:
        return name
    word = next((word for word in PERSONAL if word in key), "")
    if not word or _COUNTED.search(key):
        return ""
    before, _, behind = key.partition(word)
    return name if not before and _MORE.fullmatch(behind) else word


def file_name(source: str, name: str) -> str:
    """Return a file's name as it may be stored: of files about persons only numbers, Latin letters and known words."""
    plain = scrub(name)
    if source not in ABOUT_PERSONS:
        return plain
    return "".join(found[0] for found in _FILE_WORDS.finditer(PLATE.sub(" ", tidy(plain)))).strip()


def refusal_detail(source: str, reason: str, detail: str) -> str:
    """Return what is stored of why a file was refused: of files about persons no name that the file has in it or bears.

    What is missing is said in words of ours, and stays; so does what coordinates look like.
    """
    if source not in ABOUT_PERSONS or reason == "NO_CRS":
        return detail
    ours, _, quoted = detail.partition("; ") if detail.startswith("missing: ") else ("", "", detail)
    return "; ".join(part for part in (ours, file_name(source, quoted)) if part)


# What begins so is a hash of ours.
_MARK = "hash-"


def hashed(cells: pd.Series[str], *, of: str) -> pd.Series[str]:
    """Return each cell as a keyed hash of what it is (`of`); blank cells stay blank. Same index."""
    distinct = [cell for cell in cells.unique() if tidy(cell)]
    if not distinct:
        return cells.map(lambda _cell: "").astype("str")
    secret = person_key()
    turned = {cell: digest(cell, of=of, secret=secret) for cell in distinct}
    return (
        cells.map({cell: f"{_MARK}{told}" if told else "" for cell, told in turned.items()})
        .fillna("")
        .astype("str")
    )


def _allowed(cells: pd.Series[str], fate: Fate) -> pd.Series[str]:
    if fate.action == "hash":
        return hashed(cells, of=fate.of)
    shape = SHAPES[fate.shape]
    shaped = cells.map({cell: shape(cell) if cell else "" for cell in cells.unique()}).astype("str")
    if not fate.of:
        return shaped
    other = shaped.eq("") & ~blank(cells)
    return shaped.mask(other, hashed(cells.where(other, ""), of=fate.of)) if other.any() else shaped
