"""Files as an unlucky office would send them: seeded rows of every kind of dirt, and how many rows there are."""

from __future__ import annotations

import json
import random
from dataclasses import dataclass
from pathlib import Path

from tests.test_load import HEADER, row

KINDS = ("cameras", "incidents", "bells", "lamps", "speakers", "police", "layer", "zones")
_LATS = [
    "37.5801",
    "37.5812",
    "37.58019",
    "126.9368",
    "0",
    "99.999999",
    "",
    "36.1",
    "37,5801",
    "３７.５８０１",
    "91",
    "x",
    "37.5801\xa0",
    "1e400",
]
_LONS = [
    "126.9368",
    "126.9451",
    "126.93685",
    "37.5801",
    "0",
    "999.999999",
    "",
    "127.1",
    "127.3",
    "126.9368°",
    "-126.9368",
    "inf",
]
_DAYS = [
    "2013-12-31",
    "2014-12-31",
    "",
    "20131231",
    "2013.12.31",
    "41639",
    "2013-02-30",
    "9999-01-01",
    "31/12/2013",
    "0001-01-01",
]
_TIMES = [
    "2013-01-01 00:43:47",
    "2013-01-01 24:00",
    "2013-13-01 00:00",
    "",
    "2099-01-01 00:00",
    "2013-01-01T00:43:47+09:00",
    "20130101004347",
]
_TEXTS = [
    "골목로 1",
    "=1+1",
    "로 10.0.0.1",
    "가;나",
    "010-1234-5678",
    "가\u0301",
    "\u202e뒤",
    "NULL",
    "-",
    "a" * 300,
    "홍길동 cctv.example.kr",
    "@cmd",
    "\x07",
]
_NUMBERS = ["1", "2", "4", "0", "N/A", "1;0", "-1", "1.5", "99999999999", "이", ""]


@dataclass(frozen=True)
class Dirty:
    """A file, the source that takes it, the layer's name, and its rows."""

    source: str
    file: Path
    rows: int
    layer: str | None = None


def dirty(folder: Path, number: int) -> Dirty:
    """Return the file of a number: always the same one."""
    draw = random.Random(number)
    kind = KINDS[number % len(KINDS)]
    count = draw.randrange(1, 40)
    if kind == "zones":
        return _zones(folder, draw, count)
    header, lines = _rows(kind, draw, count)
    lines += [draw.choice(lines) for _ in range(draw.randrange(4))]  # rows that stand there twice
    draw.shuffle(lines)
    rows = len(lines)
    for _ in range(draw.randrange(3)):
        lines.insert(draw.randrange(len(lines) + 1), draw.choice(["", ",,,,", "   "]))
    text = draw.choice(["\r\n", "\n"]).join([header, *lines])
    file = folder / f"{kind}.csv"
    file.write_bytes(text.encode(draw.choice(["cp949", "utf-8", "utf-8-sig", "utf-16"]), "replace"))
    return Dirty(kind, file, rows, "boxes" if kind == "layer" else None)


def _rows(kind: str, draw: random.Random, count: int) -> tuple[str, list[str]]:
    def pick(good: str, bad: list[str], share: float = 0.25) -> str:
        return draw.choice(bad) if draw.random() < share else good

    def place() -> str:
        lat, lon = f"{draw.uniform(37.576, 37.584):.6f}", f"{draw.uniform(126.931, 126.949):.6f}"
        return f"{pick(lat, _LATS)},{pick(lon, _LONS)}"

    def number(width: int = 30) -> str:
        return pick(f"{draw.randrange(width)}", ["", "2.0E+17", "  7", "합계", "７"], 0.1)

    def text() -> str:
        return pick("골목로 1", _TEXTS)

    if kind == "cameras":
        return HEADER, [_camera(draw, pick, number()) for _ in range(count)]
    forms = {
        "incidents": ("접수번호,접수일시,사건코드,사건종별,긴급도,종결코드,주소,위도,경도,신고내용구분,신고자",
                      lambda: f"{number()},{pick('2013-01-01 00:43:47', _TIMES)},{pick('301', ['', 'x', '999'])},시비,"
                              f"{pick('C3', ['C9', '', '코드2', '3'])},202,{text()},{place()},전화,홍길동"),
        "bells": ("관리번호,안전비상벨관리번호,설치목적,설치위치,소재지도로명주소,WGS84위도,WGS84경도,경찰연계유무,관리기관전화번호,데이터기준일자",
                  lambda: f"{number()},2010-01,방범용,{text()},{text()},{place()},{pick('Y', ['?', '', 'n'])},02-0000-4100,{pick('2013-12-31', _DAYS)}"),
        "lamps": ("보안등위치명,설치개수,소재지도로명주소,위도,경도,관리기관전화번호,데이터기준일자",
                  lambda: f"등불-{number()},{pick('1', _NUMBERS)},{text()},{place()},02-0000-4500,{pick('2013-12-31', _DAYS)}"),
        "speakers": ("스피커번호,앰프번호,설치장소,출력W,음압dB,위도,경도,설치연월",
                     lambda: f"S{number()},A1,{text()},{pick('30', _NUMBERS)},110,{place()},{pick('201005', ['1905-07', '17-Mar', 'x', ''])}"),
        "police": ("관리번호,구분,제공일시,요청기관,제공근거,공문번호,목적,카메라관리번호,영상시작일시,영상종료일시,활용여부,미사용사유",
                   lambda: f"{number()},{pick('제공', ['열람', '', '폐기'])},{pick('2013-01-01 17:54:36', _TIMES)},골목경찰서 형사과,{text()},형사과-1,"
                           f"수사(시비),1-1,{pick('2013-01-01 05:34:19', _TIMES)},{pick('2013-01-01 07:23:52', _TIMES)},{pick('N', ['?', ''])},"),
        "layer": ("complaint_no,received_on,kind,weight,lat,lon",
                  lambda: f"{number()},{pick('2013-05-01', _DAYS)},{text()},{pick('3', _NUMBERS)},{place()}"),
    }  # fmt: skip
    header, line = forms[kind]
    return header, [line() for _ in range(count)]


def _camera(draw: random.Random, pick: object, number: str) -> str:
    assert callable(pick)
    return row(
        number,
        manager=pick("골목구청", ["", "계", "골목 구청", "경찰서 홍길동"]),
        road=pick("골목로 1", [each for each in _TEXTS if "," not in each]),
        purpose=pick("생활방범", ["교통단속", "다목적", "기타", "드론", "", "생활 방범"], 0.4),
        count=pick("2", _NUMBERS),
        installed=pick("201005", ["", "1905-07", "17-Mar", "x", "2010년 5월", "205013"]),
        lat=pick(f"{draw.uniform(37.576, 37.584):.6f}", [each for each in _LATS if "," not in each]),
        lon=pick(f"{draw.uniform(126.931, 126.949):.6f}", _LONS),
        day=pick("2013-12-31", _DAYS),
        change=pick("", ["I", "U", "D", "X"]),
    )


def _zones(folder: Path, draw: random.Random, count: int) -> Dirty:
    def ring() -> list[list[list[float]]]:
        x, y, size = (
            draw.uniform(126.92, 126.95),
            draw.uniform(37.57, 37.59),
            draw.choice([0.0, 1e-9, 0.001, 0.01]),
        )
        return [[[x, y], [x + size, y], [x + size, y + size], [x, y + size], [x, y]]]

    shapes = [lambda: {"type": "Polygon", "coordinates": ring()}, lambda: {"type": "MultiPolygon", "coordinates": [ring(), ring()]},
              lambda: {"type": "Point", "coordinates": [126.94, 37.58]}, lambda: None, lambda: {"type": "Polygon", "coordinates": []}]  # fmt: skip
    features = [
        {
            "type": "Feature",
            "properties": {"zone_key": draw.choice(["", "z1", "z2", f"z{n}"]), "kind": draw.choice(["flood", "홍수", "wildfire", "", "?"]),
                           "level": draw.choice([1, 2, "x", None, 99]), "valid_from": draw.choice(_DAYS)},
            "geometry": draw.choices(shapes, [6, 2, 1, 1, 1])[0](),
        }
        for n in range(count)
    ]  # fmt: skip
    file = folder / "zones.geojson"
    file.write_text(json.dumps({"type": "FeatureCollection", "features": features}))
    return Dirty("zones", file, count)
