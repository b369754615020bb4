"""Purposes of cameras as registries spell them, and the ground of the law behind each."""

from __future__ import annotations

import re

import pandas as pd

from etl.rows import Door, Step, Verdict, repaired, split

# PIPA art. 25(1): 2 crime prevention, 3 safety of facilities, 4 traffic enforcement, 5 traffic information.
PURPOSES: dict[str, tuple[str, ...]] = {
    "crime_prevention": (
        "생활방범",
        "방범",
        "방범용",
        "공원방범",
        "도로방범",
        "주택가방범",
        "범죄예방",
        "crime_prevention",
    ),
    "vehicle_crime": ("차량방범", "차량번호인식", "차번인식", "vehicle_crime"),
    "child_protection": ("어린이보호", "어린이보호구역", "어린이안전", "스쿨존", "child_protection"),
    "illegal_dumping": (
        "쓰레기단속",
        "쓰레기투기",
        "쓰레기무단투기",
        "무단투기",
        "무단투기단속",
        "쓰레기투기방지",
        "illegal_dumping",
    ),
    "facility": ("시설물관리", "시설관리", "시설안전", "청사관리", "시설안전및화재예방", "facility"),
    "disaster": ("재난재해", "재난안전", "재난안전관리", "재난", "재해", "하천감시", "산불감시", "disaster"),
    "traffic_enforcement": (
        "교통단속",
        "주정차단속",
        "불법주정차",
        "불법주정차단속",
        "주차단속",
        "그린파킹",
        "traffic_enforcement",
    ),
    "traffic_information": ("교통정보수집", "교통정보", "교통정보수집및분석", "traffic_information"),
    "fire": ("화재", "화재예방", "fire"),
    "multi": ("다목적", "다목적용", "multi"),
    "other": ("기타", "other"),
}
_CODES = {word: code for code, words in PURPOSES.items() for word in words}
# They name no ground of their own, so no camera can be kept under them alone.
_NO_GROUND = ("other", "multi")
_BETWEEN = re.compile(r"[,/+·&;|]| 및 ")
_ASIDE = re.compile(r"^(?P<first>[^()]+)\((?P<aside>[^()]+)\)$")


def codes_of(words: str) -> tuple[str, ...]:
    """Return the codes that `words` name, the primary one first; () when a word is unknown.

    >>> codes_of("교통단속(방범겸용)")
    ('traffic_enforcement', 'crime_prevention')
    >>> codes_of("다목적")
    ('crime_prevention', 'multi')
    """
    whole = words.replace(" ", "")
    aside = _ASIDE.match(whole)
    if aside:
        extra = re.sub(r"(겸용|병행|포함)$", "", aside["aside"])
        found = codes_of(aside["first"])
        return tuple(dict.fromkeys((*found, *codes_of(extra)))) if found != ("other",) else found
    parts = [part for part in _BETWEEN.split(words.strip()) if part.strip()]
    found_codes = [_CODES.get(part.replace(" ", "").lower(), "") for part in parts]
    if not found_codes or "" in found_codes:
        return ()
    if found_codes[0] == "multi":
        # 'multi-purpose' alone names no ground; public ones all serve crime prevention first
        found_codes = [*(found_codes[1:] or ["crime_prevention"]), "multi"]
    return tuple(dict.fromkeys(found_codes))


def purposes(column: str = "purpose") -> Step:
    """Turn the words of `column` into `purpose_code` and `further` (codes with commas between).

    Unknown words leave with UNKNOWN_PURPOSE; 'other' names no ground of the law: UNKNOWN_GROUND.
    """

    def step(rows: pd.DataFrame, door: Door) -> Verdict:
        table = {word: codes_of(word) for word in rows[column].unique()}
        found = rows[column].map(table)
        other = found.map(lambda codes: codes[:1] == ("other",))
        reason = pd.Series("", index=rows.index, dtype="str")
        reason = reason.mask(found.map(len) == 0, "UNKNOWN_PURPOSE").mask(other, "UNKNOWN_GROUND")
        out = rows.assign(
            purpose_code=found.map(lambda codes: codes[0] if codes else "").astype("str"),
            further=found.map(lambda codes: ",".join(c for c in codes[1:] if c not in _NO_GROUND)).astype(
                "str"
            ),
        ).drop(columns=[column])
        return split(
            repaired(out, found.map(lambda codes: "multi" in codes), "MULTI_PURPOSE"), reason.ne(""), reason
        )

    return step
