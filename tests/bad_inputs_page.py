"""The page for stewards on bad inputs, made of the catalogue: `python -m tests.bad_inputs_page` writes it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Literal

from etl.reasons import REASONS, sentence
from tests.bad_files import FILES
from tests.bad_inputs import REMEDY, BadInput
from tests.bad_places import COORDINATES, SHAPES
from tests.bad_records import RECORDS
from tests.bad_values import VALUES

PAGE = Path(__file__).parents[1] / "data" / "BAD_INPUTS.md"
PARTS: dict[tuple[str, str], tuple[BadInput, ...]] = {
    ("파일", "Files"): FILES,
    ("대장의 값", "Values of a registry"): VALUES,
    ("좌표와 주소", "Coordinates and addresses"): COORDINATES,
    ("도형", "Shapes"): SHAPES,
    ("신고, 제공 대장, 현장조사, 고장", "Calls, ledgers, surveys, outages"): RECORDS,
}
ALL: tuple[BadInput, ...] = tuple(each for part in PARTS.values() for each in part)

Lang = Literal["ko", "en"]
_FATES = {
    "quarantined": ("보류", "refused"),
    "duplicates": ("중복", "repeated"),
    "outside": ("지역 밖", "outside"),
    "repaired": ("고침", "put right"),
    "file": ("파일 전체 반려", "whole file refused"),
}
_NOTED = ("알림", "noted")
_AS_IT_IS = ("그대로 올립니다.", "Taken as it is.")
_NO_REMEDY = ("없음", "nothing")
_NOTES = {
    "crs_looks_like": ("어느 좌표계로 보이는지 알립니다.", "It says which system the coordinates look like."),
    "boundary_looks_shifted": ("경계와 카메라가 어긋난 거리를 알립니다.", "It says how far boundary and cameras lie apart."),
    "address_elsewhere": ("좌표를 따르고, 주소가 다른 구인 행을 셉니다.", "The point is followed, and the rows are counted."),
    "columns_passed_over": ("쓰지 않은 열을 알립니다.", "It names the columns that were not used."),
    "undated": ("기준일이 없음을 알립니다.", "It says that the file names no day."),
}  # fmt: skip
_HEAD = {
    "ko": "| 입력 | 골목이 하는 일 | 할 일 |\n|---|---|---|",
    "en": "| input | what Golmok does | what to do |\n|---|---|---|",
}
_TITLE = """# Bad inputs

What files are like as they come, what a load makes of each class, and what there is to do then. The page is made of the
catalogue that the tests load, class by class ({n} of them): `python -m tests.bad_inputs_page` writes it anew.
[English](#english) · [한국어](#한국어)
"""


def page() -> str:
    """Return the page: both languages, English first."""
    return "\n".join([_TITLE.format(n=len(ALL)), *_language("en", "English"), *_language("ko", "한국어")])


def _language(lang: Lang, title: str) -> Iterator[str]:
    side = 0 if lang == "ko" else 1
    yield f"## {title}\n"
    for names, part in PARTS.items():
        yield f"### {names[side]}\n"
        yield _HEAD[lang]
        for each in part:
            yield f"| {_cell((each.ko, each.en)[side])} | {_cell(_deed(each, lang))} | {_cell(_remedy(each, side))} |"
        yield ""


def _deed(each: BadInput, lang: Lang) -> str:
    side = 0 if lang == "ko" else 1
    if each.deed is not None:
        return each.deed[side]
    codes = [*((each.whole,) if each.whole else ()), *each.reasons, *each.repaired]
    told = [f"{_FATES[REASONS[code].bucket][side]} `{code}`: {sentence(code, lang)}" for code in codes]
    told += [f"{_NOTED[side]}: {_NOTES[note][side]}" for note in each.notes]
    return " ".join(told) or _AS_IT_IS[side]


def _remedy(each: BadInput, side: int) -> str:
    keys = [*((each.whole,) if each.whole else ()), *each.reasons, *each.notes]
    told = dict.fromkeys(REMEDY[key][side] for key in keys if key in REMEDY)
    return " ".join(told) or _NO_REMEDY[side]


def _cell(text: str) -> str:
    return text.replace("|", "\\|").replace("<", "&lt;")


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
