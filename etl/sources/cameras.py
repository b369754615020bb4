"""Registries of cameras: the Korean standard in all its generations, and OpenStreetMap."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Mapping
from pathlib import Path

import pandas as pd

from etl import osm
from etl.forms import Form
from etl.lenses import osm_directions
from etl.published_orders import CAMERA_PROOF, CAMERAS
from etl.reading import looks_like_json, read_json, read_table
from etl.reasons import InputRefused
from etl.rows import Reading
from etl.scrub import scrub

_ALIASES: dict[str, tuple[str, ...]] = {
    "local_gov_code": ("개방자치단체코드", "제공기관코드"),
    "mgmt_no": ("관리번호", "CCTV관리번호", "CCTV_MNG_NO"),
    "manager": ("관리기관명", "관리기관", "man", "institutionNm"),
    "address_road": ("소재지도로명주소", "도로명주소", "소재지도로명", "설치장소도로명", "add", "rdnmadr"),
    "address_lot": ("소재지지번주소", "지번주소", "소재지지번", "설치장소지번", "rd", "lnmadr"),
    "purpose": ("설치목적구분", "설치목적", "CCTV설치목적", "목적", "object", "itlpc"),
    "camera_count": ("카메라대수", "CCTV대수", "카메라수", "설치대수", "대수", "num", "cameraCo"),
    "pixels": ("카메라화소수", "화소수", "화소", "fixel", "cameraPixel"),
    "view_text": ("촬영방면정보", "촬영방면", "촬영방향", "see"),
    "retention_days": ("보관일수", "영상보관일수", "보관기간", "영상보관기간", "store"),
    "installed_on": ("설치년월", "설치연월", "설치년도", "설치연도", "설치일자", "install_day"),
    "phone": ("관리기관전화번호", "전화번호", "관리기관연락처", "phone", "phoneNumber"),
    "lat": ("위도", "WGS84위도", "위도Y", "Y좌표위도", "lat", "latitude"),
    "lon": ("경도", "WGS84경도", "경도X", "X좌표경도", "lng", "lon", "longitude"),
    "ref_date": ("데이터기준일자", "데이터기준일", "update", "referenceDate"),
    "change": ("데이터갱신구분",),
    "changed_at": ("데이터갱신시점",),
    "last_modified": ("최종수정시점",),
    # of the national register of control centres; the open standard has none of these
    "height_m": ("CCTV_HGT", "설치높이"),
    "heading_deg": ("MAIN_SURV_PAN_ANG", "주감시방위각"),
    "tilt_deg": ("MAIN_SURV_TILT_ANG", "주감시기울기"),
}
_REQUIRED = ("manager", "purpose", "camera_count", "lat", "lon")
FORMS = (Form("camera-registry", _ALIASES, _REQUIRED),)
_COLUMNS = tuple(_ALIASES)
_EXACT = ("mgmt_no", "camera_count", "pixels", "retention_days", "installed_on", "lat", "lon", "ref_date",
          "changed_at", "last_modified", "local_gov_code", "heading_deg", "tilt_deg", "height_m")  # fmt: skip
_OSM_COLUMNS = ("row_key", "manager", "name", "zone", "lat", "lon", "headings", "unread", "direction", "kind",
                "height_m", "place", "camera_count")  # fmt: skip
# Number, latitude, longitude, tags.
_Node = tuple[int, object, object, Mapping[str, str]]
_DIGITS = re.compile("[0-9]+")
_OSM_KINDS = {"fixed": "fixed", "panning": "ptz", "ptz": "ptz", "fisheye": "fisheye", "360": "fisheye"}


def read(file: Path) -> Reading:
    """Return a registry's rows: table `registry` (Korean standard) or `osm`. Raises InputRefused."""
    if osm.is_pbf(file):
        head = osm.header(file)
        rows = _osm_rows((node.number, node.lat, node.lon, node.tags) for node in osm.surveillance(file))
        return _osm_reading(rows, form="osm-pbf", reference_date=head.reference_date)
    if looks_like_json(file):
        return _read_json(file)
    return _read_registry(file)


def _read_registry(file: Path) -> Reading:
    table = read_table(file, _ALIASES, required=_REQUIRED, orders=CAMERAS, proof=CAMERA_PROOF)
    return table.reading(
        "registry",
        form=_generation(table.renamed),
        fill=_COLUMNS,
        exact=_EXACT,
        offices=("phone",),
    )


def _generation(renamed: Mapping[str, str]) -> str:
    if renamed.get("manager") == "man":
        return "korean-2018-renamed"
    if "change" in renamed:
        return "korean-2026"
    if "mgmt_no" in renamed:
        return "korean-2024"
    return "korean-2020" if "local_gov_code" in renamed else "korean-2018"


def _read_json(file: Path) -> Reading:
    value, encoding = read_json(file)
    found = None
    if isinstance(value, dict):
        found = value.get("cameras", value.get("elements", value.get("features")))
    if not isinstance(found, list):
        raise InputRefused("WRONG_CONTENT", "no list of cameras, elements or features")
    rows = _osm_rows(node for item in found if isinstance(item, dict) and (node := _node(item)) is not None)
    stamp = str(value.get("fetchedAt", ""))[:10] if isinstance(value, dict) else ""
    try:
        day = dt.date.fromisoformat(stamp) if stamp else None
    except ValueError:
        day = None
    return _osm_reading(rows, form="osm-json", reference_date=day, encoding=encoding)


def _node(item: Mapping[str, object]) -> _Node | None:
    tags = item.get("tags") or item.get("properties") or {}
    if not isinstance(tags, dict) or tags.get("man_made") != "surveillance":
        return None
    lat, lon = item.get("lat"), item.get("lon")
    geometry = item.get("geometry")
    if isinstance(geometry, dict) and geometry.get("type") == "Point":
        at = geometry.get("coordinates")
        lon, lat = at[:2] if isinstance(at, list) and len(at) > 1 else (None, None)
    number = scrub(str(item.get("id", tags.get("id", tags.get("@id", 0)))), key=True)
    # no node's number is longer than a 64-bit integer's
    digits = "".join(_DIGITS.findall(number))[:19]
    return int(digits or 0), lat, lon, {str(key): str(word) for key, word in tags.items()}


def _osm_rows(nodes: Iterable[_Node]) -> pd.DataFrame:
    cells = [_osm_cells(node) for node in nodes]
    index = pd.Index(range(1, len(cells) + 1), name="row_no")
    return pd.DataFrame(cells, columns=list(_OSM_COLUMNS), index=index, dtype="str")


def _osm_cells(node: _Node) -> list[str]:
    number, lat, lon, tags = node
    # `direction` may be that of the pole's sign or of the traffic; the camera's own tag comes first
    direction = tags.get("camera:direction") or tags.get("direction", "")
    aims, unread = osm_directions(direction)
    kind = _OSM_KINDS.get(tags.get("camera:type", ""), "")
    if not kind and tags.get("revolving") == "yes":
        kind = "ptz"
    zone = tags.get("surveillance:type", "") if tags.get("surveillance:type") == "ALPR" else ""
    height = osm.metres(tags.get("height") or tags.get("camera:height"))
    return [
        f"osm-n{number}",
        tags.get("operator", ""),
        tags.get("name", ""),
        zone or tags.get("surveillance:zone", ""),
        "" if lat is None else str(lat),
        "" if lon is None else str(lon),
        ";".join(
            f"{aim.heading_deg:g}/{'' if aim.sweep_deg is None else f'{aim.sweep_deg:g}'}" for aim in aims
        ),
        str(unread or ""),
        direction,
        kind,
        "" if height is None else f"{height:g}",
        tags.get("surveillance", ""),
        str(max(1, len(aims))),
    ]


def _osm_reading(
    rows: pd.DataFrame, *, form: str, reference_date: dt.date | None, encoding: str | None = None
) -> Reading:
    if rows.empty:
        raise InputRefused("WRONG_CONTENT", "no node with man_made=surveillance")
    return Reading(
        tables={"osm": rows},
        form=form,
        encoding=encoding,
        reference_date=reference_date,
        exact=("lat", "lon", "row_key", "headings"),
        notes={"headings_unread": int((rows["unread"] != "").sum())},
    )
