"""Write the camera files: the dirty registry, the survey of a third, the truth, the outages."""

from __future__ import annotations

from pathlib import Path
from typing import TypeAlias

import numpy as np
import pandas as pd

from etl.sample.cameras import AGENCIES
from etl.sample.district import District, addresses
from etl.sample.ground import Array, lonlat
from etl.sample.names import CITY, GOV_CODE
from etl.sample.written import write_table

REGISTRY_HEADER = (
    "개방자치단체코드", "관리번호", "관리기관명", "소재지도로명주소", "소재지지번주소", "설치목적구분", "카메라대수",
    "카메라화소수", "촬영방면정보", "보관일수", "설치연월", "관리기관전화번호", "WGS84위도", "WGS84경도",
    "데이터기준일자", "데이터갱신구분", "데이터갱신시점", "최종수정시점",
)  # fmt: skip
OPTICS = ("heading_deg", "tilt_deg", "focal_mm", "hfov_deg", "sensor_w_mm", "sensor_h_mm", "image_w_px", "image_h_px",
          "height_m", "kind", "model", "ir_range_m", "presets")  # fmt: skip
SURVEYED = 310
_PURPOSES = {
    "crime": (("생활방범", "어린이보호", "차량방범"), (0.8, 0.14, 0.06)),
    "disaster": (("재난재해",), (1.0,)),
    "parking": (("교통단속",), (1.0,)),
    "green": (("시설물관리",), (1.0,)),
    "office": (("시설물관리",), (1.0,)),
    "dumping": (("쓰레기단속",), (1.0,)),
    "bicycle": (("시설물관리",), (1.0,)),
}
_VIEWS = (("360도전방면", "", "고정", "카메라 전면(고정)", "골목 입구 방면", "반경 30미터 이내", "삼거리 앞", "하단부"),
          (0.4, 0.22, 0.1, 0.08, 0.08, 0.05, 0.04, 0.03))  # fmt: skip
_DAY = "2013-12-31"
_PHONES = {agency: f"02-0000-{4100 + 11 * i:04d}" for i, agency in enumerate(AGENCIES)}

Row: TypeAlias = dict[str, object]


def write_cameras(folder: Path, district: District, rng: np.random.Generator) -> list[Path]:
    """Write the registry, survey, truth and outages, and return their paths."""
    good = registry_rows(district, rng)
    dirty = dirty_rows(district, good, rng)
    rows = [[row[name] for name in REGISTRY_HEADER] for row in [*good, *dirty]]
    order = rng.permutation(len(rows))
    numbers = [str(row["관리번호"]) for row in good]
    heads = district.cameras.heads
    heads = heads.assign(number=[numbers[r] for r in heads["record"]])
    return [
        write_table(folder / f"cctv_{_DAY.replace('-', '')}.csv", REGISTRY_HEADER, [rows[i] for i in order]),
        _write_survey(folder / "survey.csv", heads, rng),
        _write_heads(folder / "truth.csv", heads, ["2013-12-31"] * len(heads)),
        _write_outages(folder / "camera_status.csv", heads, rng),
    ]


def registry_rows(district: District, rng: np.random.Generator) -> list[Row]:
    """Return a good row for each install record, in their order."""
    cameras = district.cameras
    records = cameras.records
    at = cameras.poles[records["site"]]
    where = addresses(district, at)
    places = lonlat(at)
    pixels = cameras.heads.groupby("record")["pixels"].first()
    ptz = cameras.heads.groupby("record")["kind"].first() == "ptz"
    rows = []
    columns = zip(records["agency"], records["heads"], records["installed"], strict=True)
    for i, (agency, heads, installed) in enumerate(columns):
        names, chances = _PURPOSES[agency]
        row = {
            "관리기관명": AGENCIES[agency],
            "소재지도로명주소": where["road"][i] if rng.random() > 0.08 else "",
            "소재지지번주소": where["jibun"][i],
            "설치목적구분": names[int(rng.choice(len(names), p=chances))],
            "카메라대수": heads,
            "카메라화소수": pixels[i] if rng.random() > 0.04 else "",
            "촬영방면정보": "회전형" if ptz[i] else _VIEWS[0][int(rng.choice(len(_VIEWS[0]), p=_VIEWS[1]))],
            "보관일수": rng.choice(["30", "30", "30", "30", "30", "15", "7", ""]),
            "설치연월": installed,
            "관리기관전화번호": _PHONES[agency],
        }
        rows.append({**_number(i, installed[:4]), **row, **_place(*places[i]), **_stamp(rng)})
    # what no registry should hold: a machine's address and a person's number inside the address text
    for i, machine in ((11, "192.168.77.31"), (57, "10.20.30.41"), (203, "172.16.0.9")):
        rows[i]["소재지지번주소"] = f"{rows[i]['소재지지번주소']} 방범({machine}) 담당 010-0000-{i:04d}"
    return rows


def dirty_rows(district: District, good: list[Row], rng: np.random.Generator) -> list[Row]:
    """Return the extra rows with the usual dirt; none of them adds a camera."""
    pick = iter(rng.choice(len(good), 60, replace=False))
    serial = iter(range(8000, 9000))
    rows = [good[next(pick)].copy() for _ in range(9)]  # exact duplicates
    for _ in range(7):
        row = good[next(pick)].copy()
        row["WGS84위도"], row["WGS84경도"] = row["WGS84경도"], row["WGS84위도"]
        rows.append(row)

    def another(**changes: object) -> None:
        row = good[next(pick)] | _number(next(serial), "2013") | changes
        rows.append(row)

    for _ in range(5):
        another(WGS84위도="99.999999", WGS84경도="999.999999")
    for _ in range(6):
        another(WGS84위도="36.1", WGS84경도="127.1")
    for _ in range(3):
        another(WGS84위도="", WGS84경도="")
    for text in ("우범지역", "미상", "주민요청"):
        another(설치목적구분=text)
    for count in ("0", "N/A", "=1+1", "-2"):
        another(카메라대수=count)
    another(카메라대수="=2+3", 소재지도로명주소='=HYPERLINK("#시트1","보기")')
    for _ in range(2):
        another(설치연월="1905-07")
    rows.extend(_neighbours(district))
    total = dict.fromkeys(REGISTRY_HEADER, "") | {"개방자치단체코드": "계", "카메라대수": "893"}
    return [*rows, total]


def _neighbours(district: District) -> list[Row]:
    """Return rows of the next district over, which came along in the file."""
    ring = district.ground.outline.buffer(700.0).exterior
    at = np.array(
        [ring.interpolate(share, normalized=True).coords[0] for share in np.linspace(0.05, 0.93, 9)]
    )
    rows = []
    for i, (lon, lat) in enumerate(lonlat(at)):
        row = {
            "관리기관명": f"{CITY} 이웃구청",
            "소재지도로명주소": f"{CITY} 이웃구 너머로 {11 + 6 * i}",
            "소재지지번주소": f"{CITY} 이웃구 너머동 {31 + i}-{1 + i}",
            "설치목적구분": "생활방범",
            "카메라대수": 1 + i % 3,
            "카메라화소수": "200",
            "촬영방면정보": "360도전방면",
            "보관일수": "30",
            "설치연월": "201205",
            "관리기관전화번호": "02-0000-9999",
        }
        stamp = {"데이터기준일자": _DAY, "데이터갱신구분": "", "데이터갱신시점": "", "최종수정시점": ""}
        rows.append(_number(9500 + i, "2012") | row | _place(lon, lat) | stamp)
    return rows


def _number(serial: int, year: str) -> Row:
    return {"개방자치단체코드": GOV_CODE, "관리번호": f"{year}{GOV_CODE}{800_001 + serial:07d}"}


def _place(lon: float, lat: float) -> Row:
    return {"WGS84위도": f"{lat:.7f}", "WGS84경도": f"{lon:.7f}"}


def _stamp(rng: np.random.Generator) -> Row:
    hour, minute, second = (int(rng.integers(0, n)) for n in (20, 60, 60))
    new = rng.random() < 0.6
    return {
        "데이터기준일자": _DAY,
        "데이터갱신구분": "I" if new else "",
        "데이터갱신시점": f"2014-01-06 {hour:02d}:{minute:02d}:{second:02d}" if new else "",
        "최종수정시점": f"2013-12-31 {hour:02d}:{second:02d}:{minute:02d}",
    }


def _write_survey(path: Path, heads: pd.DataFrame, rng: np.random.Generator) -> Path:
    """Write the heads that somebody went to look at, and two rows that cannot be right."""
    seen = heads.iloc[np.sort(rng.choice(len(heads), SURVEYED, replace=False))]
    days = [str(d) for d in np.datetime64("2013-10-07") + rng.integers(0, 60, len(seen))]
    rest = heads.drop(index=seen.index)
    lost = rest.iloc[[3]].assign(number=f"2013{GOV_CODE}0999999")
    askew = rest.iloc[[40]].assign(heading_deg=400.0)
    both = pd.concat([seen, lost, askew])
    return _write_heads(path, both, [*days, "2013-12-05", "2013-12-06"])


def _write_heads(path: Path, heads: pd.DataFrame, days: list[str]) -> Path:
    header = ("관리번호", "head_no", "surveyed_on", *OPTICS)
    columns = [heads["number"], heads["head_no"], days, *(heads[name] for name in OPTICS)]
    return write_table(path, header, zip(*columns, strict=True), encoding="utf-8")


def _write_outages(path: Path, heads: pd.DataFrame, rng: np.random.Generator) -> Path:
    rows = []
    for i in rng.choice(len(heads), 14, replace=False):
        since = np.datetime64("2013-07-01T09:00") + rng.integers(0, 170 * 1440)
        over = since + rng.integers(180, 9 * 1440) if rng.random() < 0.6 else None
        until = "" if over is None else str(over).replace("T", " ") + ":00"
        row = heads.iloc[int(i)]
        rows.append((row["number"], row["head_no"], "down", str(since).replace("T", " ") + ":00", until))
    header = ("관리번호", "head_no", "status", "since", "until")
    return write_table(path, header, rows, encoding="utf-8")


def camera_keys(district: District) -> Array:
    """Return the key (관리번호-head) of each head, as the registry's rows number them."""
    heads = district.cameras.heads
    years = heads["installed"].str[:4]
    return np.array([
        f"{_number(r, y)['관리번호']}-{n}" for r, y, n in zip(heads["record"], years, heads["head_no"], strict=True)
    ])  # fmt: skip
