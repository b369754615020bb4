"""The truth about the cameras: poles at corners, heads along the alleys, lenses of their years.

The registry tells little of it; the survey a third; the tests and benches all.
"""

from __future__ import annotations

from dataclasses import dataclass

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

from etl.sample import risk
from etl.sample.ground import Array
from etl.sample.risk import HotPlaces

AGENCIES = {
    "crime": "골목구청 행정지원과",
    "disaster": "골목구청 재난안전과",
    "parking": "골목구청 교통지도과",
    "green": "골목구청 주차관리과",
    "office": "골목구청 재무과",
    "dumping": "골목구청 청소행정과",
    "bicycle": "골목구청 교통행정과",
}
# (agency, sites, cameras) that are new in each period; the sums are the district's published figures
_FIRST = (("crime", 120, 170), ("disaster", 5, 8), ("parking", 34, 40), ("green", 20, 32), ("office", 9, 20),
          ("dumping", 20, 20), ("bicycle", 6, 7))  # fmt: skip
_SECOND = (("crime", 60, 115), ("disaster", 3, 6), ("parking", 8, 10), ("green", 6, 10), ("office", 2, 4),
           ("dumping", 6, 6), ("bicycle", 4, 6))  # fmt: skip
_THIRD = (("crime", 66, 232), ("parking", 4, 8), ("dumping", 2, 4), ("bicycle", 1, 4))
_ADDED = (("crime", 75, 150), ("dumping", 21, 21), ("parking", 20, 20))
_PERIODS = ((2004, 1, 2009, 12), (2010, 1, 2010, 10), (2011, 3, 2013, 12))
POLE_MAX = 5
_SPACING_M = 28.0
_EDGE_M = 0.05


@dataclass(frozen=True, slots=True)
class Cameras:
    """Install records (a row of the registry each) and their heads, with `site` numbering the poles (xy)."""

    poles: Array
    records: pd.DataFrame
    heads: pd.DataFrame


def put_cameras(sections: gpd.GeoDataFrame, places: HotPlaces, rng: np.random.Generator) -> Cameras:
    """Return 893 heads on 376 poles.

    records: site, agency (key of AGENCIES), heads, installed (YYYYMM), record
    heads: record, site, head_no, kind, heading_deg, tilt_deg, focal_mm, hfov_deg, sensor_w_mm, sensor_h_mm,
    image_w_px, image_h_px, height_m, model, ir_range_m, presets
    """
    records = _records(rng)
    wanted = records.groupby("site")["agency"].first()
    poles, looks = _poles(sections, places, wanted, rng)
    heads = records.loc[records.index.repeat(records["heads"])].reset_index(drop=True)
    heads["head_no"] = heads.groupby("record").cumcount() + 1
    heads["heading_deg"] = _headings(heads, looks, rng)
    return Cameras(poles, records, _optics(heads, rng))


def _records(rng: np.random.Generator) -> pd.DataFrame:
    rows: list[tuple[int, str, int, str]] = []
    site = 0
    for period, kinds in enumerate((_FIRST, _SECOND, _THIRD)):
        for agency, sites, cameras in kinds:
            for heads in shared_out(cameras, sites, rng, most=3 if period < 2 else POLE_MAX):
                rows.append((site, agency, heads, _month(period, rng)))
                site += 1
    old = [r for r in rows if r[1] in ("crime", "parking", "dumping") and r[3] < "201011"]
    order = rng.permutation(len(old))
    taken = 0
    for agency, sites, cameras in _ADDED:
        for heads in shared_out(cameras, sites, rng, most=2):
            rows.append((old[order[taken]][0], agency, heads, _month(2, rng)))
            taken += 1
    frame = pd.DataFrame(rows, columns=["site", "agency", "heads", "installed"])
    return frame.assign(record=np.arange(len(frame)))


def shared_out(total: int, places: int, rng: np.random.Generator, *, most: int) -> list[int]:
    """Share a total out to places at random, one to `most` each; the sum is exact."""
    shares = np.ones(places, dtype=int)
    while shares.sum() < total:
        free = np.flatnonzero(shares < most)
        shares[rng.choice(free)] += 1
    return [int(s) for s in shares]


def _month(period: int, rng: np.random.Generator) -> str:
    y0, m0, y1, m1 = _PERIODS[period]
    # more and more a year, as in life
    share = 1.0 - (1.0 - rng.random()) ** 1.6 if period else rng.random() ** 0.6
    month = y0 * 12 + m0 - 1 + int(share * (y1 * 12 + m1 - y0 * 12 - m0 + 1))
    return f"{month // 12}{month % 12 + 1:02d}"


def _poles(
    sections: gpd.GeoDataFrame, places: HotPlaces, wanted: pd.Series, rng: np.random.Generator
) -> tuple[Array, list[list[float]]]:
    """Return where the pole of each wanted site stands, and the bearings worth a look from it."""
    corners = _corners(sections)
    warm = risk.heat(places, np.array([c[0] for c in corners]))
    scores = {
        "crime": warm**0.7 * np.array([1.6 if c[2] < 6.0 else 0.8 for c in corners]),
        "parking": np.array([3.0 if 8.0 <= c[2] <= 15.0 else 0.02 for c in corners]),
        "green": np.array([2.0 if 4.0 <= c[2] <= 8.0 else 0.05 for c in corners]),
        "office": np.array([1.5 if c[2] >= 10.0 else 0.1 for c in corners]),
        "dumping": np.array([2.0 if c[2] <= 4.0 else 0.1 for c in corners]),
        "bicycle": np.array([2.0 if c[2] >= 12.0 else 0.05 for c in corners]),
    }
    special = _by_walks(sections)
    poles = np.array([s[0] for s in special])
    found: dict[int, tuple[Array, list[float]]] = {}
    for site, spot in zip(wanted.index[wanted == "disaster"], special, strict=True):
        found[int(site)] = spot
    for agency, score in scores.items():
        order = rng.choice(len(corners), len(corners), replace=False, p=score / score.sum())
        picks = iter(order)
        for site in wanted.index[wanted == agency]:
            spot = next(corners[i] for i in picks if np.hypot(*(poles - corners[i][0]).T).min() > _SPACING_M)
            poles = np.vstack([poles, spot[0]])
            found[int(site)] = (spot[0], spot[1])
    return np.array([found[i][0] for i in range(len(found))]), [found[i][1] for i in range(len(found))]


def _corners(sections: gpd.GeoDataFrame) -> list[tuple[Array, list[float], float]]:
    """Return (pole, bearings, width) at each corner of three streets or more, at the edge of the narrowest."""
    found = []
    streets = sections[sections["kind"] != "footway"]
    blocked = shapely.STRtree(streets.geometry.to_numpy())
    by_node: dict[int, list[tuple[int, bool]]] = {}
    for i, (a, b) in enumerate(zip(streets["a"], streets["b"], strict=True)):
        by_node.setdefault(int(a), []).append((i, True))
        by_node.setdefault(int(b), []).append((i, False))
    lines, widths = streets.geometry.to_numpy(), streets["width_m"].to_numpy()
    for node in sorted(n for n, ends in by_node.items() if len(ends) >= 3):
        ends = sorted(by_node[node], key=lambda e: (widths[e[0]], e[0]))
        own, outward = ends[0]
        clear = max(widths[i] for i, _ in ends[1:]) / 2.0 + 1.2
        if widths[own] < 2.0 or lines[own].length < clear + 6.0:
            continue
        pole = _beside(
            lines[own] if outward else shapely.reverse(lines[own]), clear, widths[own] / 2.0 + _EDGE_M
        )
        near = blocked.query(pole, predicate="dwithin", distance=0.4)
        if len(near) == 0:
            bearings = [_bearing(lines[i] if out else shapely.reverse(lines[i])) for i, out in ends]
            found.append((shapely.get_coordinates(pole)[0], bearings, float(widths[own])))
    return found


def _beside(line: shapely.LineString, along_m: float, aside_m: float) -> shapely.Point:
    here, ahead = shapely.get_coordinates(shapely.line_interpolate_point(line, [along_m, along_m + 1.0]))
    way = (ahead - here) / np.hypot(*(ahead - here))
    return shapely.Point(np.round(here + aside_m * np.array([way[1], -way[0]]), 3))


def _bearing(line: shapely.LineString, from_m: float = 0.0, to_m: float = 22.0) -> float:
    here, ahead = shapely.get_coordinates(shapely.line_interpolate_point(line, [from_m, to_m]))
    return float(np.degrees(np.arctan2(*(ahead - here))) % 360.0)


def _by_walks(sections: gpd.GeoDataFrame) -> list[tuple[Array, list[float]]]:
    """Return the eight poles of disaster management: five on the stream walk, three on the hill path."""
    walk = shapely.line_merge(shapely.union_all(sections.geometry[sections["rank"] == "walk"].to_numpy()))
    path = sections.geometry[sections["rank"] == "path"].iloc[0]
    spots = [(walk, s) for s in (120.0, 640.0, 1190.0, 1760.0, 2290.0)] + [
        (path, s) for s in (60.0, 310.0, 575.0)
    ]
    found = []
    for line, along in spots:
        pole = _beside(line, along, 2.0)
        both = [_bearing(line, along, along + 20.0), (_bearing(line, along - 20.0, along) + 180.0) % 360.0]
        found.append((shapely.get_coordinates(pole)[0], both))
    return found


def _headings(heads: pd.DataFrame, looks: list[list[float]], rng: np.random.Generator) -> Array:
    """Turn the heads of a pole to its streets, and any more to the widest gap between them."""
    headings = np.empty(len(heads))
    for site in range(len(looks)):
        rows = np.flatnonzero(heads["site"] == site)
        bearings = looks[site]
        chosen: list[float] = []
        for _ in rows:
            apart = [b for b in bearings if all(_turn(b, c) > 40.0 for c in chosen)]
            chosen.append(apart[0] if apart else _widest(chosen))
        headings[rows] = (np.array(chosen) + rng.normal(0.0, 3.5, len(rows))) % 360.0
    return np.round(headings, 1) % 360.0


def _turn(one: float, two: float) -> float:
    return abs((one - two + 180.0) % 360.0 - 180.0)


def _widest(chosen: list[float]) -> float:
    order = sorted(chosen)
    gaps = [((b - a) % 360.0 or 360.0, a) for a, b in zip(order, order[1:] + order[:1], strict=True)]
    gap, start = max(gaps)
    return (start + gap / 2.0) % 360.0


_SENSORS = {  # pixels in units of ten thousand: image width and height, sensor width and height in mm
    "41": (720, 480, 4.8, 3.6),
    "130": (1280, 960, 4.8, 3.6),
    "200": (1920, 1080, 5.57, 3.13),
    "400": (2048, 2048, 5.37, 5.37),
}
_FOCALS = ((2.8, 3.6, 4.0, 6.0, 8.0, 12.0), (0.12, 0.16, 0.28, 0.24, 0.14, 0.06))


def _optics(heads: pd.DataFrame, rng: np.random.Generator) -> pd.DataFrame:
    """Give each head its kind, lens, sensor, height and tilt; the lenses are those of its years."""
    count = len(heads)
    crime = heads["agency"].isin(["crime", "disaster"]).to_numpy()
    kind = np.where(crime & (rng.random(count) < 0.1), "ptz", "fixed").astype(object)
    kind[rng.choice(np.flatnonzero(heads["agency"] == "office"), 5, replace=False)] = "fisheye"
    era = np.clip(pd.to_numeric(heads["installed"].str[:4]).to_numpy() - 2008, 0, 4)
    chances = np.array([(0.35, 0.8), (0.3, 0.75), (0.12, 0.55), (0.0, 0.3), (0.0, 0.12)])[era]
    drawn = rng.random(count)
    pixels = np.select([drawn < chances[:, 0], drawn < chances[:, 1]], ["41", "130"], "200")
    pixels = np.where(kind == "ptz", "200", np.where(kind == "fisheye", "400", pixels))
    sensor = np.array([_SENSORS[p] for p in pixels])
    focal = rng.choice(_FOCALS[0], count, p=_FOCALS[1])
    focal = np.where(kind == "ptz", 4.3, np.where(kind == "fisheye", 1.5, focal))
    hfov = np.where(kind == "fisheye", 180.0, np.degrees(2.0 * np.arctan(sensor[:, 2] / (2.0 * focal))))
    # a long lens looks flatter
    tilt = np.clip(8.0 + 46.0 / focal + rng.normal(0.0, 2.0, count), 8.0, 25.0)
    tall = rng.choice([4.0, 4.5, 5.0, 5.5, 6.0, 7.0, 8.0], count, p=[0.12, 0.16, 0.26, 0.2, 0.16, 0.06, 0.04])
    ir = np.where(kind == "fisheye", 10.0, rng.choice([0.0, 15.0, 20.0, 30.0, 50.0], count))
    done = heads.assign(kind=kind, pixels=pixels, focal_mm=focal, hfov_deg=np.round(hfov, 2))
    done = done.assign(image_w_px=sensor[:, 0].astype(int), image_h_px=sensor[:, 1].astype(int))
    done = done.assign(sensor_w_mm=sensor[:, 2], sensor_h_mm=sensor[:, 3], height_m=_one_pole(heads, tall))
    done = done.assign(tilt_deg=np.where(kind == "fisheye", 90.0, np.round(tilt, 1)), ir_range_m=ir)
    return done.assign(model=_models(kind, pixels), presets=_presets(done, rng))


def _one_pole(heads: pd.DataFrame, tall: Array) -> Array:
    """Heads on one pole hang at one height, the first one's."""
    return np.asarray(pd.Series(tall, index=heads.index).groupby(heads["site"]).transform("first"))


def _models(kind: Array, pixels: Array) -> list[str]:
    return [f"GM-{k[0].upper()}{p}" for k, p in zip(kind, pixels, strict=True)]


def _presets(heads: pd.DataFrame, rng: np.random.Generator) -> list[str]:
    """Write a tour for each PTZ: heading/tilt/hfov/dwell, home first; blank for the rest."""
    tours = []
    columns = (heads[name] for name in ("kind", "heading_deg", "tilt_deg", "hfov_deg"))
    for kind, heading, tilt, hfov in zip(*columns, strict=True):
        if kind != "ptz":
            tours.append("")
            continue
        stops = [f"{heading:.1f}/{tilt:.1f}/{hfov:.2f}/60"]
        for step in range(int(rng.integers(2, 5))):
            aim = (heading + 70.0 * (step + 1) + rng.uniform(-12.0, 12.0)) % 360.0
            stops.append(f"{aim:.1f}/{rng.uniform(10.0, 22.0):.1f}/{rng.choice([30.0, 45.0, 65.86]):.2f}/20")
        tours.append(";".join(stops))
    return tours
