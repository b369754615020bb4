"""Write what happened: three years of 112 calls and the ledger of footage given to the police."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd
import shapely

from etl.sample.district import District, addresses
from etl.sample.ground import Array, lonlat
from etl.sample.places import bell_poles, street_points
from etl.sample.registry import camera_keys
from etl.sample.written import write_table

CALLS = 18_600
"""First calls; repeats near by, duplicates, exercises and bell alarms come on top: about 20,000 rows."""
SUPPLIES = 1_767
_START, _DAYS = np.datetime64("2011-01-01T00:00:00"), 1096
_CALL_HEADER = (
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
_LEDGER_HEADER = ("관리번호", "구분", "제공일시", "요청기관", "제공근거", "공문번호", "목적", "카메라관리번호",
                  "영상시작일시", "영상종료일시", "활용여부", "미사용사유")  # fmt: skip
# code: (name, share, kind of place, hours, urgencies)
_CLASSES: dict[int, tuple[str, float, str, str, str]] = {
    102: ("강도", 0.003, "night", "night", "C0 C1"), 103: ("치기", 0.004, "night", "night", "C1 C1 C2"),
    104: ("절도", 0.075, "alley", "evening", "C1 C2 C2 C3"), 105: ("납치감금", 0.001, "any", "night", "C0"),
    106: ("성폭력", 0.010, "alley", "night", "C0 C1"), 107: ("가정폭력", 0.048, "door", "evening", "C1 C1 C2"),
    201: ("폭력", 0.075, "night", "night", "C1 C1 C2"), 202: ("사기", 0.022, "door", "day", "C3 C4"),
    204: ("협박", 0.012, "any", "evening", "C1 C2"), 206: ("재물손괴", 0.035, "alley", "night", "C2 C2 C3"),
    207: ("주거침입", 0.024, "alley", "night", "C0 C1 C1"), 212: ("스토킹", 0.004, "alley", "night", "C1"),
    213: ("학교폭력", 0.006, "any", "day", "C2"), 301: ("시비", 0.095, "night", "night", "C2 C2 C3"),
    302: ("행패소란", 0.075, "night", "night", "C2"), 303: ("청소년비행", 0.024, "alley", "evening", "C2 C3"),
    304: ("무전취식승차", 0.022, "night", "night", "C3"), 305: ("주취자", 0.085, "night", "night", "C2 C3"),
    306: ("보호조치", 0.030, "any", "evening", "C1 C2"), 307: ("위험방지", 0.024, "any", "day", "C1 C2"),
    401: ("교통사고", 0.060, "road", "rush", "C1 C2"), 402: ("교통불편", 0.055, "road", "rush", "C3 C3 C4"),
    405: ("인피도주", 0.004, "road", "night", "C1"), 406: ("음주운전", 0.020, "road", "night", "C1 C2"),
    501: ("상담문의", 0.050, "door", "day", "C4"), 505: ("가출", 0.014, "door", "evening", "C2"),
    506: ("분실습득", 0.025, "night", "day", "C4"), 508: ("자살", 0.007, "door", "night", "C0 C1"),
    602: ("화재", 0.008, "door", "evening", "C0 C1"), 604: ("소음", 0.080, "door", "night", "C3 C4"),
    609: ("재해재난", 0.003, "any", "day", "C1"),
}  # fmt: skip
_HOURS = {
    "night": (6, 6, 5, 4, 2, 1, .5, .4, .4, .4, .5, .6, .8, .8, .8, 1, 1.2, 1.5, 2, 2.6, 3.6, 4.6, 5.6, 6.4),
    "evening": (3, 2, 1.5, 1, .8, .6, .6, .8, 1, 1.2, 1.4, 1.6, 1.8, 2, 2.2, 2.4, 2.8, 3.4, 4, 4.4, 4.6, 4.4, 4, 3.6),
    "day": (.5, .4, .3, .2, .2, .3, .6, 1, 2, 3.4, 4, 4, 3.4, 3.6, 4, 4, 3.8, 3.4, 2.6, 2, 1.6, 1.2, 1, .7),
    "rush": (1, .6, .5, .4, .5, .8, 1.8, 3.6, 4.6, 3, 2.4, 2.4, 2.6, 2.6, 2.6, 2.8, 3.2, 4, 4.8, 4, 3, 2.4, 2, 1.4),
}  # fmt: skip
_CLOSINGS = ((101, 102, 201, 202, 301, 302, 401, 501, 502, 503, 601, 602, 701, 702),
             (.09, .03, .36, .1, .08, .05, .05, .07, .04, .03, .02, .03, .03, .02))  # fmt: skip


def write_events(folder: Path, district: District, rng: np.random.Generator) -> list[Path]:
    """Write the 112 calls and the ledger, and return their paths."""
    calls = make_calls(district, rng)
    return [
        _write_calls(folder / "incidents_112.csv", district, calls, rng),
        _write_ledger(folder / "police_records.csv", district, calls, rng),
    ]


def make_calls(district: District, rng: np.random.Generator) -> pd.DataFrame:
    """Return the calls by time: at (datetime64 seconds), code, urgency, closing, x, y, way of the call."""
    codes = np.array(list(_CLASSES))
    shares = np.array([_CLASSES[c][1] for c in codes])
    code = rng.choice(codes, CALLS, p=shares / shares.sum())
    first = pd.DataFrame({"code": code, "at": _times(code, rng)})
    first[["x", "y"]] = _spots(district, code, rng)
    first["urgency"] = [str(rng.choice(_CLASSES[c][4].split())) for c in code]
    first["closing"] = rng.choice(_CLOSINGS[0], CALLS, p=_CLOSINGS[1])
    first["way"] = rng.choice(["전화", "문자", "방문"], CALLS, p=[0.93, 0.05, 0.02])
    near = _near_repeats(first, rng)
    twice = _duplicates(pd.concat([first, near], ignore_index=True), rng)
    every = pd.concat([first, near, twice, _alarms(district, rng), _exercises(district, rng)])
    last = _START + np.timedelta64(_DAYS, "D")
    return every[every["at"] < last].sort_values(["at", "code", "x"]).reset_index(drop=True)


def _times(code: Array, rng: np.random.Generator) -> Array:
    """Draw days with weeks and seasons in them, and hours after the kind of event."""
    days = np.arange(_DAYS)
    week = np.array([1.25, 1.2, 0.9, 0.88, 0.9, 0.95, 1.15])[days % 7]  # 2011-01-01 was a Saturday
    season = 1.0 + 0.22 * np.cos((days % 365.25 - 205.0) / 365.25 * 2.0 * np.pi)
    weight = week * season
    day = rng.choice(days, code.size, p=weight / weight.sum())
    hour = np.empty(code.size)
    for name, shares in _HOURS.items():
        here = np.array([_CLASSES[c][3] == name for c in code])
        chance = np.array(shares) / sum(shares)
        hour[here] = rng.choice(24, here.sum(), p=chance)
    seconds = (day * 86_400 + hour * 3_600 + rng.integers(0, 3_600, code.size)).astype("timedelta64[s]")
    return np.asarray(_START + seconds)


def _spots(district: District, code: Array, rng: np.random.Generator) -> Array:
    """Draw places after the kind of event: nightlife, hot alleys, roads, doors."""
    kind = np.array([_CLASSES[c][2] for c in code])
    xy = np.empty((code.size, 2))
    for name, nightly, power in (("night", True, 1.25), ("alley", False, 1.35), ("any", None, 1.0)):
        here = kind == name
        xy[here] = street_points(district, int(here.sum()), rng, nightly=nightly, power=power)
    here = kind == "road"
    roads = district.sections["kind"] == "road"
    ends = np.array([line.coords[0] for line in district.sections.geometry[roads]])
    wide = district.sections.loc[roads, "width_m"].to_numpy() ** 1.5
    xy[here] = ends[rng.choice(len(ends), here.sum(), p=wide / wide.sum())] + rng.normal(
        0.0, 3.0, (here.sum(), 2)
    )
    here = kind == "door"
    floors = district.buildings["floors"].to_numpy() ** 0.7
    doors = district.buildings[["door_x", "door_y"]].to_numpy()
    xy[here] = doors[rng.choice(len(doors), here.sum(), p=floors / floors.sum())]
    return xy


def _near_repeats(first: pd.DataFrame, rng: np.random.Generator) -> pd.DataFrame:
    """Burglars and thieves come back: one in eight is followed near by within two weeks."""
    parents = first[first["code"].isin([104, 207, 206])]
    again = parents[rng.random(len(parents)) < 0.125].copy()
    again["at"] += rng.integers(20 * 3_600, 14 * 86_400, len(again)).astype("timedelta64[s]")
    again[["x", "y"]] += rng.normal(0.0, 22.0, (len(again), 2))
    return again


def _duplicates(calls: pd.DataFrame, rng: np.random.Generator) -> pd.DataFrame:
    """The same event called in again within minutes, closed as 708."""
    loud = calls["code"].isin([201, 301, 302, 401, 602, 604]).to_numpy()
    twice = calls[rng.random(len(calls)) < np.where(loud, 0.075, 0.015)].copy()
    twice["at"] += rng.integers(20, 480, len(twice)).astype("timedelta64[s]")
    twice[["x", "y"]] += rng.normal(0.0, 6.0, (len(twice), 2))
    return twice.assign(closing=708)


def _alarms(district: District, rng: np.random.Generator) -> pd.DataFrame:
    """Emergency bells: most of them malfunctions or boys, which would look like crime."""
    poles = bell_poles(district)
    lively = rng.choice(len(poles), 14, replace=False)
    at = np.concatenate([rng.choice(lively, 260), rng.choice(len(poles), 110)])
    when = _START + rng.integers(0, _DAYS * 86_400, at.size).astype("timedelta64[s]")
    closing = rng.choice([603, 601, 602, 201], at.size, p=[0.62, 0.16, 0.12, 0.1])
    urgency = rng.choice(["C1", "C2"], at.size)
    calls = {
        "code": 503,
        "at": when,
        "x": poles[at, 0],
        "y": poles[at, 1],
        "urgency": urgency,
        "closing": closing,
    }
    return pd.DataFrame(calls).assign(way="비상벨")


def _exercises(district: District, rng: np.random.Generator) -> pd.DataFrame:
    """Exercises of the police: some mornings, a dozen calls each at one place."""
    days = np.sort(rng.choice(_DAYS, 14, replace=False))
    spots = street_points(district, days.size, rng, nightly=None)
    many = np.repeat(np.arange(days.size), 11)
    seconds = (days[many] * 86_400 + 36_000 + rng.integers(0, 5_400, many.size)).astype("timedelta64[s]")
    calls = pd.DataFrame(
        {"code": 507, "at": _START + seconds, "urgency": "C0", "closing": 604, "way": "전화"}
    )
    calls[["x", "y"]] = spots[many] + rng.normal(0.0, 9.0, (many.size, 2))
    return calls


def _write_calls(path: Path, district: District, calls: pd.DataFrame, rng: np.random.Generator) -> Path:
    names = {code: entry[0] for code, entry in _CLASSES.items()} | {503: "비상벨", 507: "FTX"}
    xy = calls[["x", "y"]].to_numpy()
    where, places = addresses(district, xy), lonlat(xy)
    stamps = calls["at"].dt.strftime("%Y-%m-%d %H:%M:%S")
    urgency = calls["urgency"].to_numpy().astype(object)
    for i in rng.choice(len(calls), 160, replace=False):
        urgency[i] = {"C1": "C1선", "C0": "c0"}.get(urgency[i], urgency[i].lower())
    kept = shapely.contains_xy(district.ground.outline, xy[:, 0], xy[:, 1])
    rows: list[list[object]] = [
        [f"{stamps[i][:10].replace('-', '')}{i % 100_000:05d}", stamps[i], calls["code"][i],
         names[calls["code"][i]], urgency[i], calls["closing"][i], where["jibun"][i], f"{places[i, 1]:.7f}",
         f"{places[i, 0]:.7f}", calls["way"][i]]
        for i in np.flatnonzero(kept)
    ]  # fmt: skip
    rows.extend(_bad_calls(rows, rng))
    return write_table(path, _CALL_HEADER, rows)


def _bad_calls(rows: list[list[object]], rng: np.random.Generator) -> list[list[object]]:
    """Return a few calls with an hour 24, without a place, or from outside."""
    bad = []
    for n, i in enumerate(rng.choice(len(rows), 36, replace=False)):
        row = rows[i].copy()
        row[0] = f"2013123199{n:03d}"
        if n < 10:
            row[1] = f"{str(row[1])[:10]} 24:{n:02d}:00"
        elif n < 26:
            row[7] = row[8] = ""
        else:
            row[7], row[8] = "37.6421000", f"127.0{n:02d}0000"
        bad.append(row)
    return bad


def _write_ledger(path: Path, district: District, calls: pd.DataFrame, rng: np.random.Generator) -> Path:
    """Write what was given to the police; each supply follows a call, from a camera near it that hung by then."""
    crimes = calls[
        (calls["code"] < 410) & (calls["at"] < np.datetime64("2013-06-20")) & (calls["closing"] < 600)
    ]
    crimes = crimes.iloc[np.sort(rng.choice(len(crimes), SUPPLIES, replace=False))]
    camera = _cameras_near(district, crimes, rng)
    keys = camera_keys(district)
    begin = crimes["at"].to_numpy() - rng.integers(600, 5_400, SUPPLIES).astype("timedelta64[s]")
    end = crimes["at"].to_numpy() + rng.integers(600, 5_400, SUPPLIES).astype("timedelta64[s]")
    given = end + rng.integers(6 * 3_600, 10 * 86_400, SUPPLIES).astype("timedelta64[s]")
    # no supply before the record begins, or after it ends
    given = np.minimum(given, np.datetime64("2013-06-30T17:30:00"))
    used = rng.random(SUPPLIES) < 0.58
    rows: list[list[object]] = []
    for i in range(SUPPLIES):
        year = str(given[i])[:4]
        rows.append([
            f"{year}-{i + 1:04d}", "제공", _text(given[i]), str(rng.choice(_POLICE)), "개인정보 보호법 제18조제2항제7호",
            f"형사과-{3000 + i}", f"수사({_CLASSES[int(crimes['code'].iloc[i])][0]})", keys[camera[i]],
            _text(begin[i]), _text(end[i]), "Y" if used[i] else "N",
            "" if used[i] else str(rng.choice(["사각지대", "화질 불량", "대상 미식별", "해당 장면 없음"])),
        ])  # fmt: skip
    rows.extend(_bad_supplies(rows))
    return write_table(path, _LEDGER_HEADER, rows)


_POLICE = (
    "골목경찰서 형사과",
    "골목경찰서 형사과",
    "골목경찰서 여성청소년과",
    "골목경찰서 교통과",
    "가람지방경찰청",
)


def _cameras_near(district: District, calls: pd.DataFrame, rng: np.random.Generator) -> Array:
    """Return a head (row number) for each call: one of the pole nearest to it among those that hung by then."""
    heads = district.cameras.heads
    months = heads["installed"].to_numpy()
    at = district.cameras.poles[heads["site"]]
    found = np.empty(len(calls), dtype=int)
    for i, (when, x, y) in enumerate(
        zip(calls["at"].dt.strftime("%Y%m"), calls["x"], calls["y"], strict=True)
    ):
        away = np.hypot(at[:, 0] - x, at[:, 1] - y) + np.where(months <= when, 0.0, 1e6)
        found[i] = rng.choice(np.flatnonzero(away < away.min() + 1.0))
    return found


def _text(when: np.datetime64) -> str:
    return str(when.astype("datetime64[s]")).replace("T", " ")


def _bad_supplies(rows: list[list[object]]) -> list[list[object]]:
    """Return a few entries that cannot be: an end before its begin, no date, a duplicate; and one that is no supply."""
    one, two, three = rows[100].copy(), rows[700].copy(), rows[1200].copy()
    one[0], one[8], one[9] = "2011-9001", one[9], one[8]
    two[0], two[1] = "2012-9002", "열람"
    three[0], three[2] = "2013-9003", ""
    return [one, two, three, rows[5].copy()]
