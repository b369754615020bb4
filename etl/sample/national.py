"""Invented files of national size, for measuring: a registry of every city, and the calls of years.

Nothing in them is a real camera, place or call. They lie on the ground of the whole country, so that reading, cleaning
and writing are as much work as a real file's. Written in parts: memory does not grow with the number of rows.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import numpy as np

from etl.sample.names import GOV_CODE, road_names
from etl.settings import District, district

AGENCIES = 74
SEED = 20260101
# Rows that are made at once.
_PART = 20_000
_REGISTRY = ("개방자치단체코드", "관리번호", "관리기관명", "소재지도로명주소", "소재지지번주소", "설치목적구분", "카메라대수",
             "카메라화소수", "촬영방면정보", "보관일수", "설치연월", "관리기관전화번호", "WGS84위도", "WGS84경도",
             "데이터기준일자", "데이터갱신구분", "데이터갱신시점", "최종수정시점")  # fmt: skip
_CALLS = (
    "접수번호",
    "접수일시",
    "사건코드",
    "사건종별",
    "긴급도",
    "종결코드",
    "주소",
    "위도",
    "경도",
    "신고내용구분",
)
_PURPOSES = (
    "생활방범",
    "어린이보호",
    "교통단속",
    "교통정보수집",
    "재난재해",
    "시설물관리",
    "쓰레기단속",
    "차량방범",
)
_VIEWS = ("360도전방면", "", "고정", "카메라 전면(고정)", "골목 입구 방면", "반경 30미터 이내", "회전형", "하단부", "삼거리 앞",
          "북쪽 방향", "동측 도로 방면", "남서쪽")  # fmt: skip
_CLASSES = (
    ("301", "시비"),
    ("201", "폭력"),
    ("401", "교통사고"),
    ("602", "화재"),
    ("501", "상담문의"),
    ("107", "절도"),
)


def nation() -> District:
    """Return a district that all of it lies in: the sample's settings without an outline, in the country's metric CRS."""
    return replace(district("sample"), srid=5179, extent=None, boundary_codes=())


def write_registry(path: Path, rows: int, *, seed: int = SEED) -> Path:
    """Write a registry of cameras in CP949 with the usual dirt, some 215 bytes a row, and return the path."""
    return _write(path, _REGISTRY, _registry(rows, seed))


def write_calls(path: Path, rows: int, *, seed: int = SEED) -> Path:
    """Write calls of a 112 room in CP949, with repeats, exercises and some without a place, and return the path."""
    return _write(path, _CALLS, _calls(rows, seed))


def _write(path: Path, header: tuple[str, ...], lines: Iterator[str]) -> Path:
    with path.open("w", encoding="cp949", newline="") as file:
        file.write(",".join(header) + "\r\n")
        for line in lines:
            file.write(line)
    return path


def _registry(rows: int, seed: int) -> Iterator[str]:
    chance = np.random.default_rng(seed)
    roads = road_names(600, chance)
    for start in range(0, rows, _PART):
        n = min(_PART, rows - start)
        agency = (np.arange(start, start + n) * AGENCIES) // max(rows, 1)
        lat, lon = _places(chance, agency)
        pick = {name: chance.integers(0, size, n) for name, size in
                (("road", len(roads)), ("house", 300), ("lot", 90), ("purpose", len(_PURPOSES)), ("view", len(_VIEWS)),
                 ("heads", 4), ("year", 18), ("month", 12), ("minute", 1440))}  # fmt: skip
        previous = ""
        for at in range(n):
            number = start + at + 1
            p = {name: int(values[at]) for name, values in pick.items()}
            cells = _row(number, int(agency[at]), p, road=roads[p["road"]])
            cells[12:14] = f"{lat[at]:.7f}", f"{lon[at]:.7f}"
            for one_of, spoil in _DIRT:
                if number % one_of == 0:
                    spoil(cells)
            line = ",".join(cells) + "\r\n"
            yield previous if number % 211 == 0 and previous else line
            previous = line


def _row(number: int, agency: int, p: dict[str, int], *, road: str) -> list[str]:
    city = f"가람특별시 지어낸{agency + 1:02d}구"
    year, month = 2005 + p["year"], p["month"] + 1
    return [
        GOV_CODE,
        f"{year}99{number:012d}",
        f"{city}청",
        f"{city} {road} {p['house'] + 1}",
        f"{city} {road[:-1]}동 {p['lot'] + 1}-{p['lot'] % 9 + 1}" if number % 2 else "",
        _PURPOSES[p["purpose"]],
        str(p["heads"] + 1 if p["heads"] < 2 else 1),
        "200",
        _VIEWS[p["view"]],
        "30",
        f"{year}{month:02d}",
        "02-0000-4100",
        "",
        "",
        "2025-12-31",
        "I",
        f"2026-01-06 {p['minute'] // 60:02d}:{p['minute'] % 60:02d}:11",
        "2025-12-31",
    ]


def _places(chance: np.random.Generator, agency: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    # each agency's cameras lie in a square of some 11 km, the squares side by side over the country
    south, west = 34.8 + (agency // 10) * 0.35, 126.6 + (agency % 10) * 0.22
    return south + chance.uniform(0.0, 0.1, len(agency)), west + chance.uniform(0.0, 0.12, len(agency))


def _swap(cells: list[str]) -> None:
    cells[12], cells[13] = cells[13], cells[12]


def _put(cells: list[str], values: dict[int, str]) -> None:
    for at, value in values.items():
        cells[at] = value


def _calls(rows: int, seed: int) -> Iterator[str]:
    chance = np.random.default_rng(seed)
    roads = road_names(600, chance)
    for start in range(0, rows, _PART):
        n = min(_PART, rows - start)
        agency = chance.integers(0, AGENCIES, n)
        lat, lon = _places(chance, agency)
        road, lot = chance.integers(0, len(roads), n), chance.integers(1, 90, n)
        kind, urgency = chance.integers(0, len(_CLASSES), n), chance.integers(0, 5, n)
        moment = np.datetime64("2016-01-01T00:00:00") + (
            (np.arange(start, start + n) * (10 * 365 * 86_400)) // max(rows, 1)
        ).astype("timedelta64[s]")
        when = np.char.replace(np.datetime_as_string(moment), "T", " ")
        for at in range(n):
            code, name = _CLASSES[kind[at]]
            place = "," if (start + at) % 97 == 0 else f"{lat[at]:.7f},{lon[at]:.7f}"
            closing = "708" if (start + at) % 503 == 0 else "202"
            yield (
                f"{when[at][:10].replace('-', '')}{start + at:09d},{when[at]},{code},{name},C{urgency[at]},{closing},"
                f"가람특별시 지어낸{agency[at] + 1:02d}구 {roads[road[at]][:-1]}동 {lot[at]}-1,{place},전화\r\n"
            )


# One of so many rows has each kind of dirt; beside it what it does to the cells of a registry's row
_DIRT: tuple[tuple[int, Callable[[list[str]], None]], ...] = (
    (311, _swap),
    (521, lambda cells: _put(cells, {12: "0", 13: "0"})),
    (733, lambda cells: _put(cells, {12: cells[12].replace(".", "")})),
    (857, lambda cells: _put(cells, {1: "2.02636E+17"})),
    (947, lambda cells: _put(cells, {10: "17-Mar"})),
    (613, lambda cells: _put(cells, {2: ""})),
    (1031, lambda cells: _put(cells, {5: "알수없음"})),
    (419, lambda cells: _put(cells, {6: "많음"})),
    (283, lambda cells: _put(cells, {7: "2000000"})),
    (1217, lambda cells: _put(cells, {3: cells[3] + " (NVR 10.20.30.40)"})),
    (1511, lambda cells: _put(cells, {8: "=HYPERLINK(1)"})),
    (677, lambda cells: _put(cells, {7: "２００"})),
)
