"""Write what else stands or counts in the streets: speakers, lamps, bells, safe routes, child zones, complaints."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import shapely

from etl.sample import risk
from etl.sample.district import District, addresses
from etl.sample.ground import Array, lonlat
from etl.sample.names import CITY, GOV_CODE, GU, SIG_CODE
from etl.sample.written import write_geojson, write_table

SPEAKERS, AMPLIFIERS = 171, 14
_DAY = "2013-12-31"
_OFFICE = f"{CITY} {GU}청"
_LAMP_HEADER = ("보안등위치명", "설치개수", "소재지도로명주소", "소재지지번주소", "위도", "경도", "설치연도", "설치형태",
                "관리기관전화번호", "관리기관명", "데이터기준일자")  # fmt: skip
_BELL_HEADER = (
    "개방자치단체코드", "관리번호", "안전비상벨관리번호", "설치목적", "설치장소유형", "설치위치", "소재지도로명주소",
    "소재지지번주소", "WGS84위도", "WGS84경도", "연계방식", "경찰연계유무", "경비업체연계유무", "관리사무소연계유무",
    "부가기능", "안전비상벨설치연도", "최종점검일자", "최종점검결과구분", "관리기관명", "관리기관전화번호",
    "데이터기준일자", "데이터갱신구분", "데이터갱신시점", "최종수정시점",
)  # fmt: skip
_ROUTE_HEADER = (
    "포인트 wkt ", "시설물 id", "시군구 코드", "시군구명", "읍면동 코드", "읍면동명", "시설코드", "안심귀갓길 아이디",
    "안심귀갓길 명", "설치대수", "비고", "관리기관", "전화번호", "조성년월", "시설물 최종점검일(사용안함)",
    "세부위치설명", "데이터 기준일자", "이미지명",
)  # fmt: skip
_CHILD_HEADER = (
    "시설종류", "대상시설명", "소재지도로명주소", "소재지지번주소", "위도", "경도", "관리기관명", "관할경찰서명",
    "CCTV설치여부", "CCTV설치대수", "보호구역도로폭", "데이터기준일자", "제공기관코드", "제공기관명",
)  # fmt: skip


def write_places(folder: Path, district: District, rng: np.random.Generator) -> list[Path]:
    """Write the seven files of things in the streets, and return their paths."""
    return [
        _write_speakers(folder / "speakers.csv", district, rng),
        _write_lamps(folder / "lamps.csv", district, rng),
        _write_bells(folder / "bells.csv", district, rng),
        *_write_routes(folder, district, rng),
        _write_child_zones(folder / "child_zones.csv", district, rng),
        _write_complaints(folder / "complaints.csv", district, rng),
    ]


def bell_poles(district: District) -> Array:
    """Return where the emergency bells hang (n, 2): on the poles of crime prevention, on every other one."""
    records = district.cameras.records
    sites = records.loc[records["agency"] == "crime", "site"].unique()[::2]
    return np.asarray(district.cameras.poles[sites])


def _write_speakers(path: Path, district: District, rng: np.random.Generator) -> Path:
    own = district.sections
    walk = shapely.line_merge(shapely.union_all(own.geometry[own["rank"] == "walk"].to_numpy()))
    trail = own.geometry[own["rank"] == "path"].iloc[0]
    rows: list[tuple[object, ...]] = []
    for line, name, count, first, amplifiers in (
        (walk, "하천산책로", 137, 1, 11), (trail, "등산로", SPEAKERS - 137, 12, AMPLIFIERS - 11)
    ):  # fmt: skip
        at = shapely.line_interpolate_point(line, np.linspace(4.0, line.length - 4.0, count))
        places = lonlat(shapely.get_coordinates(at) + rng.normal(0.0, 0.4, (count, 2)))
        for i, (lon, lat) in enumerate(places):
            amplifier = f"AMP-{first + i * amplifiers // count:02d}"
            watts = int(rng.choice([15, 30]))
            rows.append((f"SP-{len(rows) + 1:03d}", amplifier, name, watts, 108 if watts == 30 else 105,
                         f"{lat:.7f}", f"{lon:.7f}", "201103" if name == "하천산책로" else "201205"))  # fmt: skip
    header = ("스피커번호", "앰프번호", "설치장소", "출력W", "음압dB", "위도", "경도", "설치연월")
    return write_table(path, header, rows, encoding="utf-8-sig")


def _write_lamps(path: Path, district: District, rng: np.random.Generator) -> Path:
    at = lamps(district, rng)
    where, places = addresses(district, at), lonlat(at)
    kinds = rng.choice(["한전주", "건축물", "전용주"], len(at), p=[0.55, 0.2, 0.25])
    years = rng.integers(1998, 2014, len(at))
    rows: list[tuple[object, ...]] = [
        (f"{where['dong'][i]}-{i + 1:05d}", 1, where["road"][i], where["jibun"][i], f"{places[i, 1]:.7f}",
         f"{places[i, 0]:.7f}", int(years[i]), kinds[i], "02-0000-4500", _OFFICE, _DAY)
        for i in range(len(at))
    ]  # fmt: skip
    for i in (5, 77, 401):  # a projected number where a degree should be
        rows.append(
            (f"위치불명-{i}", 1, "", rows[i][3], "0", "4664046.125", 2009, "한전주", "", _OFFICE, _DAY)
        )
    return write_table(path, _LAMP_HEADER, rows)


def lamps(district: District, rng: np.random.Generator) -> Array:
    """Return where lamps stand (n, 2): close on roads, sparse in alleys, none in the dark ones."""
    found = []
    own = district.sections
    cold = risk.heat(district.hot_places, risk.middles_of(own), nightly=False) > 4.0
    for line, width, kind, rough in zip(own.geometry, own["width_m"], own["kind"], cold, strict=True):
        apart = 26.0 if width >= 12.0 else 32.0 if kind == "road" else 42.0 if width >= 3.0 else 55.0
        dark = rng.random() < (0.0 if width >= 8.0 else 0.45 if rough else 0.22)
        if dark or (kind == "footway" and line.length < 1_000.0 and width < 2.5):
            continue
        along = np.arange(rng.uniform(4.0, apart * 0.7), line.length, apart)
        here = shapely.get_coordinates(shapely.line_interpolate_point(line, along))
        ahead = shapely.get_coordinates(shapely.line_interpolate_point(line, along + 1.0))
        back = shapely.get_coordinates(shapely.line_interpolate_point(line, np.maximum(along - 1.0, 0.0)))
        way = (ahead - back) / np.maximum(np.hypot(*(ahead - back).T), 1e-9)[:, None]
        side = rng.choice([-1.0, 1.0], along.size)[:, None] * (width / 2.0 - 0.1)
        found.append(here + side * np.column_stack([way[:, 1], -way[:, 0]]))
    return np.vstack(found)


def _write_bells(path: Path, district: District, rng: np.random.Generator) -> Path:
    at = bell_poles(district)
    where, places = addresses(district, at), lonlat(at)
    rows = []
    for i, (lon, lat) in enumerate(places):
        linked = rng.random() < 0.9
        rows.append((
            GOV_CODE, f"2013{GOV_CODE}{900_001 + i:07d}", f"{2010 + i % 4}-{i + 1:02d}", "방범용", "기타",
            f"{where['dong'][i]} 방범 CCTV", where["road"][i], where["jibun"][i], f"{lat:.7f}", f"{lon:.7f}",
            "양방향" if linked else "미연계", "Y" if linked else "N", "N", "Y", "경보등+경보음", 2010 + i % 4,
            "2013-11-18", "Y" if rng.random() < 0.95 else "N", _OFFICE, "02-0000-4100", _DAY, "I",
            "2014-01-06 09:10:11", "2013-12-31 18:00:00",
        ))  # fmt: skip
    return write_table(path, _BELL_HEADER, rows)


def _write_routes(folder: Path, district: District, rng: np.random.Generator) -> list[Path]:
    """Write a few ways home at night, along alleys: what stands on them, and their lines."""
    own = district.sections
    home = own[(own["rank"] == "alley") & (own.geometry.length > 130.0) & (own["width_m"] >= 2.5)]
    start = home.iloc[rng.choice(len(home), 9, replace=False)]
    rows, lines = [], []
    for number, line in enumerate(start.geometry, 1):
        steps = np.arange(6.0, line.length, 17.0)
        at = shapely.get_coordinates(shapely.line_interpolate_point(line, steps))
        dongs = addresses(district, at)["dong"]
        key = f"{SIG_CODE}10100_{number:02d}"
        lines.append({"id": key, "name": f"골목안심{number:02d}", "date": _DAY})
        for i, (lon, lat) in enumerate(lonlat(at)):
            code = int(rng.choice([301, 302, 303, 304, 305, 306, 307, 308], p=_ROUTE_SHARES))
            rows.append((
                f"POINT({lon:.12f} {lat:.12f})", f"{key}_P{i + 1:02d}", f"{SIG_CODE}00000", f"{CITY} {GU}",
                f"{SIG_CODE}10100", dongs[i], code, key, f"골목안심{number:02d}", 1, "", _OFFICE, "02-0000-4100",
                "2013", "", "", "20131231", f"{key}_P{i + 1:02d}_{code}.jpeg",
            ))  # fmt: skip
    return [
        write_table(folder / "safe_return.csv", _ROUTE_HEADER, rows),
        write_geojson(folder / "safe_routes.geojson", lines, start.geometry),
    ]


_ROUTE_SHARES = (0.12, 0.14, 0.1, 0.16, 0.3, 0.06, 0.08, 0.04)


def _write_child_zones(path: Path, district: District, rng: np.random.Generator) -> Path:
    halls = district.buildings[district.buildings["use"] == "campus"]
    homes = district.buildings[(district.buildings["use"] == "house") & (district.buildings["floors"] >= 2)]
    chosen = [*rng.choice(halls.index, 16, replace=False), *rng.choice(homes.index, 20, replace=False)]
    at = district.buildings.loc[chosen, ["door_x", "door_y"]].to_numpy()
    where, places = addresses(district, at), lonlat(at)
    rows = []
    for i, (lon, lat) in enumerate(places):
        kind, name = (
            ("초등학교", "초등학교") if i < 16 else [("유치원", "유치원"), ("어린이집", "어린이집")][i % 2]
        )
        width = str(rng.choice(["6~8", "4", "8", "3~6", "10", "12", ""]))
        has = rng.random() < 0.6
        rows.append((
            kind, f"골목{where['dong'][i][:-1]}{i + 1}{name}", where["road"][i], where["jibun"][i], f"{lat:.7f}",
            f"{lon:.7f}", _OFFICE, "골목경찰서", str(rng.choice(["Y", "y"])) if has else "N",
            int(rng.integers(1, 5)) if has else "", width, _DAY, GOV_CODE, _OFFICE,
        ))  # fmt: skip
    rows.append(rows[4])
    return write_table(path, _CHILD_HEADER, rows)


def _write_complaints(path: Path, district: District, rng: np.random.Generator) -> Path:
    at = street_points(district, 420, rng, nightly=None)
    rows = []
    for i, (lon, lat) in enumerate(lonlat(at)):
        day = np.datetime64("2011-01-03") + rng.integers(0, 1090)
        kind = str(rng.choice(["CCTV 설치 요청", "보안등 설치 요청", "무단투기", "불법주차", "비행청소년"]))
        rows.append(
            (f"MW-{i + 1:05d}", day, kind, int(rng.choice([1, 1, 1, 2, 3, 5])), f"{lat:.7f}", f"{lon:.7f}")
        )
    header = ("complaint_no", "received_on", "kind", "weight", "lat", "lon")
    return write_table(path, header, rows, encoding="utf-8")


def street_points(
    district: District, count: int, rng: np.random.Generator, *, nightly: bool | None, power: float = 1.0
) -> Array:
    """Return so many points (n, 2) in the streets, more where it is hot; `power` sharpens the heat."""
    own = district.sections[district.sections["kind"] != "footway"]
    warm = risk.heat(district.hot_places, risk.middles_of(own), nightly=nightly) ** power
    weight = warm * own.geometry.length.to_numpy() * np.where(own["kind"] == "road", 0.8, 1.0)
    at = rng.choice(len(own), count, p=weight / weight.sum())
    points = shapely.line_interpolate_point(own.geometry.to_numpy()[at], rng.random(count), normalized=True)
    aside = (own["width_m"].to_numpy()[at] / 2.0)[:, None] * rng.uniform(-0.65, 0.65, (count, 2))
    return np.asarray(shapely.get_coordinates(points) + aside)
