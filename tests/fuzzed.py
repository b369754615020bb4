"""Small valid files of every source, and what can happen to a file: bits, cuts, splices, encodings, rows, values."""

from __future__ import annotations

import gzip
import io
import json
import random
import re
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
import pyogrio
import rasterio
import shapely
from affine import Affine

from tests.test_load import HEADER, row
from tests.test_sources import road_map, town

Draw = random.Random


@dataclass(frozen=True)
class Seed:
    """A file that a source takes: `layer` for layers, the ending it comes with."""

    source: str
    ending: str
    content: bytes
    layer: str | None = None


def seeds(folder: Path) -> list[Seed]:
    """Return small valid files of every source and form."""
    return [*_tables(), *_documents(), *_binaries(folder)]


def _tables() -> Iterator[Seed]:
    places = [(f"37.59{n}2", f"126.94{n}2") for n in range(8)]
    yield Seed("cameras", "csv", _csv(HEADER, [row(f"{n}", lat=lat, lon=lon, view=f'"{n}번, 고정"' if n == 3 else "")
                                               for n, (lat, lon) in enumerate(places)]).encode("cp949"))  # fmt: skip
    old = "관리기관명,소재지도로명주소,소재지지번주소,설치목적구분,카메라대수,카메라화소수,촬영방면정보,보관일수,설치년월,관리기관전화번호,위도,경도,데이터기준일자"
    yield Seed("cameras", "csv", _csv(old, [f"골목구청,골목로 {n},,생활방범,2,200,360도전방면,30,2010-05,02-0000-4100,{lat},{lon},2013-12-31"
                                            for n, (lat, lon) in enumerate(places)]).encode("utf-8-sig"))  # fmt: skip
    header = "관리번호,head_no,surveyed_on,heading_deg,tilt_deg,focal_mm,height_m,kind,presets"
    yield Seed("survey", "csv", _csv(header, [f"{n},1,2013-10-20,{n * 40}.3,14.3,6,5.5,{'ptz' if n == 2 else 'fixed'},{'10;20' if n == 2 else ''}"
                                              for n in range(8)]).encode())  # fmt: skip
    yield Seed("status", "csv", _csv("관리번호,카메라순번,상태,시작일시,종료일시,사유", [
        f"{n},1,고장,2013-10-0{n + 1} 24:00,2013-10-1{n} 10:00:00,전원" for n in range(8)]).encode("cp949"))  # fmt: skip
    yield Seed("lamps", "csv", _csv("보안등위치명,설치개수,소재지도로명주소,위도,경도,관리기관전화번호,데이터기준일자", [
        f"등불동-{n},{n + 1},골목로 {n},{lat},{lon},02-0000-4500,2013-12-31" for n, (lat, lon) in enumerate(places)]).encode("cp949"))  # fmt: skip
    yield Seed("speakers", "csv", _csv("스피커번호,앰프번호,설치장소,출력W,음압dB,위도,경도,설치연월", [
        f"S{n},A1,둔치,30,110,{lat},{lon},201005" for n, (lat, lon) in enumerate(places)]).encode("utf-8-sig"))  # fmt: skip
    yield Seed("bells", "csv", _csv("관리번호,안전비상벨관리번호,설치목적,설치위치,소재지도로명주소,WGS84위도,WGS84경도,경찰연계유무,관리기관전화번호,데이터기준일자", [
        f"20139990{n},2010-0{n},방범용,동 {n},골목로 {n},{lat},{lon},Y,02-0000-4100,2013-12-31" for n, (lat, lon) in enumerate(places)]).encode("cp949"))  # fmt: skip
    yield Seed("bells", "csv", _csv("포인트 wkt ,시설물 id,시설코드,안심귀갓길 아이디,안심귀갓길 명,비고,전화번호,세부위치설명,데이터 기준일자", [
        f"POINT({lon} {lat}),P0{n},30{n},01,골목안심01,,02-0000-4100,,20131231" for n, (lat, lon) in enumerate(places)]).encode("utf-8"))  # fmt: skip
    yield Seed("incidents", "csv", _csv("접수번호,접수일시,사건코드,사건종별,긴급도,종결코드,주소,위도,경도,신고내용구분", [
        f"2011010100{n},2011-01-01 00:4{n}:47,301,시비,C{n % 5},202,골목로 {n},{lat},{lon},전화" for n, (lat, lon) in enumerate(places)]).encode("cp949"))  # fmt: skip
    yield Seed("incidents", "csv", _csv("발생년월일시,발생분,발생지시도,발생지시군구,사고유형_대분류,사고유형_중분류,사고유형,발생위치X_UTMK,발생위치Y_UTMK,위도,경도", [
        f"201601{n + 10}2{n % 4},3{n},서울,서대문구,차대사람,횡단중,횡단중,{950271 + n},{1953451 + n},{lat},{lon}" for n, (lat, lon) in enumerate(places)]).encode("cp949"))  # fmt: skip
    yield Seed("police", "csv", _csv("관리번호,구분,제공일시,요청기관,제공근거,공문번호,목적,카메라관리번호,영상시작일시,영상종료일시,활용여부,미사용사유", [
        f"2011-000{n},제공,2011-01-0{n + 1} 17:54:36,골목경찰서 형사과,개인정보 보호법,형사과-300{n},수사(시비),{n}-1,2011-01-01 05:34:19,2011-01-01 07:23:52,N,화질 불량"
        for n in range(8)]).encode("cp949"))  # fmt: skip
    yield Seed("police", "csv", _csv("Crime ID,Month,Reported by,Falls within,Longitude,Latitude,Location,LSOA code,LSOA name,Crime type,Last outcome category,Context", [
        f"{n:064x},2013-0{n + 1},City Police,City Police,{lon},{lat},On or near Street,E0,Town,Burglary,Under investigation," for n, (lat, lon) in enumerate(places)]).encode())  # fmt: skip
    yield Seed("layer", "csv", _csv("complaint_no,received_on,kind,weight,lat,lon", [
        f"MW-{n},2013-05-0{n + 1},어두움,{n},{lat},{lon}" for n, (lat, lon) in enumerate(places)]).encode("utf-16"), "complaints")  # fmt: skip


def _csv(header: str, rows: list[str]) -> str:
    return "\r\n".join([header, *rows]) + "\r\n"


def _documents() -> Iterator[Seed]:
    square = [[[126.93, 37.58], [126.95, 37.58], [126.95, 37.6], [126.93, 37.6], [126.93, 37.58]]]
    areas = [
        (
            {"adm_nm": f"가람특별시 골목구 {n}동", "adm_cd2": f"99110{n}"},
            {"type": "Polygon", "coordinates": square},
        )
        for n in range(3)
    ]
    yield Seed("boundaries", "geojson", _geojson(areas))
    yield Seed("zones", "geojson", _geojson([({"zone_key": f"z{n}", "kind": "flood", "level": n + 1, "valid_from": "2013-01-01"},
                                              {"type": "MultiPolygon", "coordinates": [square]}) for n in range(3)]))  # fmt: skip
    yield Seed("layer", "geojson", _geojson([({"id": n, "val": 2.5, "date": "2013-05-01"}, {"type": "Point", "coordinates": [126.94, 37.59 + n / 1000]})
                                             for n in range(4)]), "trees")  # fmt: skip
    nodes = [{"type": "node", "id": n, "lat": 37.59, "lon": 126.94, "tags": {"man_made": "surveillance", "camera:direction": "90-180;S", "height": "4 m"}}
             for n in range(4)]  # fmt: skip
    yield Seed(
        "cameras", "json", json.dumps({"fetchedAt": "2026-01-02T00:00:00Z", "elements": nodes}).encode()
    )
    grid = {
        "bounds": {"west": 126.93, "south": 37.57, "east": 126.94, "north": 37.58},
        "rows": 3,
        "columns": 3,
        "values": list(range(9)),
    }
    yield Seed("dem", "json", json.dumps(grid).encode())


def _geojson(features: list[tuple[dict[str, object], dict[str, object]]]) -> bytes:
    told = [
        {"type": "Feature", "properties": properties, "geometry": geometry}
        for properties, geometry in features
    ]
    return json.dumps({"type": "FeatureCollection", "features": told}, ensure_ascii=False).encode()


def _binaries(folder: Path) -> Iterator[Seed]:
    extract = town(folder).read_bytes()
    yield Seed("city", "osm.pbf", extract)
    yield Seed("cameras", "osm.pbf", extract)
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        for path in sorted(road_map(folder / "map").iterdir()):
            archive.writestr(zipfile.ZipInfo(path.name), path.read_bytes())
    yield Seed("juso", "zip", packed.getvalue())
    with rasterio.open(folder / "dem.tif", "w", driver="GTiff", width=12, height=10, count=1, dtype="float32", crs="EPSG:5186",
                       transform=Affine(10, 0, 195000, 0, -10, 555000), nodata=-9999) as tiff:  # fmt: skip
        tiff.write(np.arange(120, dtype="float32").reshape(1, 10, 12))
    yield Seed("dem", "tif", (folder / "dem.tif").read_bytes())
    points = shapely.to_wkb(shapely.points([126.94, 126.941], [37.59, 37.591]))
    pyogrio.raw.write(folder / "trees.gpkg", points, [np.array(["1", "2"], dtype=object)], ["id"], driver="GPKG", geometry_type="Point",
                      crs="EPSG:4326", layer="trees")  # fmt: skip
    yield Seed("layer", "gpkg", (folder / "trees.gpkg").read_bytes(), "trees")
    table = io.BytesIO()
    frame = pd.DataFrame({"id": ["1", "2"], "lat": [37.59, 37.591], "lon": [126.94, 126.941]})
    pq.write_table(pa.Table.from_pandas(frame), table)
    yield Seed("layer", "parquet", table.getvalue(), "trees")
    yield Seed("cameras", "xlsx", _workbook())


def _workbook() -> bytes:
    cells = [HEADER.split(","), *(row(f"{n}", lat=f"37.59{n}2", lon="126.9412").split(",") for n in range(4))]
    rows = "".join(f"<row r='{r}'>" + "".join(f"<c t='inlineStr'><is><t>{cell}</t></is></c>" for cell in line) + "</row>"
                   for r, line in enumerate(cells, 1))  # fmt: skip
    main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    package = "http://schemas.openxmlformats.org/package/2006"
    files = {
        "[Content_Types].xml": f"<Types xmlns='{package}/content-types'><Default Extension='rels' "
        "ContentType='application/vnd.openxmlformats-package.relationships+xml'/><Default Extension='xml' ContentType='application/xml'/>"
        "<Override PartName='/xl/workbook.xml' ContentType='application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml'/>"
        "<Override PartName='/xl/worksheets/sheet1.xml' "
        "ContentType='application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml'/></Types>",
        "_rels/.rels": f"<Relationships xmlns='{package}/relationships'><Relationship Id='r1' Type='{office}/officeDocument' "
        "Target='xl/workbook.xml'/></Relationships>",
        "xl/workbook.xml": f"<workbook xmlns='{main}' xmlns:r='{office}'><sheets><sheet name='a' sheetId='1' r:id='r1'/></sheets></workbook>",
        "xl/_rels/workbook.xml.rels": f"<Relationships xmlns='{package}/relationships'><Relationship Id='r1' Type='{office}/worksheet' "
        "Target='worksheets/sheet1.xml'/></Relationships>",
        "xl/worksheets/sheet1.xml": f"<worksheet xmlns='{main}'><sheetData>{rows}</sheetData></worksheet>",
    }
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in files.items():
            archive.writestr(zipfile.ZipInfo(name), text, zipfile.ZIP_DEFLATED)
    return packed.getvalue()


_TOKENS = (b"\0", b"\xff\xfe", b"\xef\xbb\xbf", b'"', b'""', b",", b"\n", b"\r", b"\t", b";", b"1e308", b"-1e400", b"NaN", b"inf", b"9" * 400,
           b"=cmd|' /C calc'!A0", "\u202e".encode(), "가".encode("cp949"), b"\xb0", "한글".encode(), b"\\ud800", b"[" * 3000, b"{}", b"null",
           b"1905-07-08", b"24:00", b"0000-00-00", b"99999-12-31", b"2013-02-30", b"-0", b"0x10", "１２３".encode(), b"\x1b[31m", b"\x85",
           "\u2028".encode(), b"010-1234-5678", b"10.0.0.1")  # fmt: skip


def mutated(seed: Seed, others: list[Seed], draw: Draw) -> bytes:
    """Return a file to which one to three things have happened."""
    content = seed.content
    for _ in range(draw.choice((1, 1, 2, 3))):
        content = draw.choice(_DEEDS)(content, others, draw)
    return content


def _flip(content: bytes, _: list[Seed], draw: Draw) -> bytes:
    out = bytearray(content)
    for _again in range(draw.choice((1, 1, 4, 40))):
        if out:
            out[draw.randrange(len(out))] ^= 1 << draw.randrange(8)
    return bytes(out)


def _cut(content: bytes, _: list[Seed], draw: Draw) -> bytes:
    return content[: draw.randrange(len(content) + 1)]


def _splice(content: bytes, others: list[Seed], draw: Draw) -> bytes:
    other = draw.choice(others).content
    return content[: draw.randrange(len(content) + 1)] + other[draw.randrange(len(other) + 1) :]


def _drop(content: bytes, _: list[Seed], draw: Draw) -> bytes:
    start = draw.randrange(len(content) + 1)
    return content[:start] + content[start + draw.choice((1, 2, 30)) :]


def _insert(content: bytes, _: list[Seed], draw: Draw) -> bytes:
    place = draw.randrange(len(content) + 1)
    return content[:place] + draw.choice((*_TOKENS, draw.randbytes(draw.randrange(1, 20)))) + content[place:]


def _replace_cell(content: bytes, _: list[Seed], draw: Draw) -> bytes:
    cells = list(re.finditer(rb"[^,\r\n:\[\]{}]+", content))
    if not cells:
        return content
    cell = draw.choice(cells)
    return content[: cell.start()] + draw.choice(_TOKENS) + content[cell.end() :]


def _lines(content: bytes, _: list[Seed], draw: Draw) -> bytes:
    lines = content.split(b"\n")
    for _again in range(draw.choice((1, 3))):
        place = draw.randrange(len(lines))
        match draw.randrange(4):
            case 0:
                lines.insert(draw.randrange(len(lines)), lines[place])
            case 1 if len(lines) > 1:
                lines.pop(place)
            case 2:
                lines.insert(place, b"")
            case _:
                lines[place] = lines[place] * draw.choice((2, 50))
    return b"\n".join(lines)


def _encoded(content: bytes, _: list[Seed], draw: Draw) -> bytes:
    for encoding in ("utf-8", "cp949", "utf-16"):
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        return text.encode(
            draw.choice(
                ("utf-8", "utf-8-sig", "cp949", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "euc-kr")
            ),
            "replace",
        )
    return content


def _value(content: bytes, _: list[Seed], draw: Draw) -> bytes:
    try:
        value = json.loads(content)
    except (ValueError, RecursionError):
        return content
    told: object = draw.choice(
        (
            None,
            [],
            {},
            "",
            "x",
            0,
            -1,
            1e308,
            10**30,
            True,
            [[]],
            {"type": "Point"},
            [None],
            "\ud800",
            ["a"] * 3,
        )
    )
    holders = list(_holders(value))
    if not holders:
        return content
    holder = draw.choice(holders)
    key = draw.choice(list(holder) if isinstance(holder, dict) else range(len(holder)))
    if draw.random() < 0.2:
        del holder[key]
    else:
        holder[key] = told
    return json.dumps(value).encode()


def _holders(value: object) -> Iterator[dict[object, object] | list[object]]:
    if isinstance(value, dict | list) and value:
        yield value
        for each in value.values() if isinstance(value, dict) else value:
            yield from _holders(each)


def _member(content: bytes, others: list[Seed], draw: Draw) -> bytes:
    """Change a file inside an archive, and pack it again."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            members = {name: archive.read(name) for name in archive.namelist()}
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, OSError, ValueError, EOFError, zlib_error):
        return content
    if not members:
        return content
    name = draw.choice(list(members))
    if draw.random() < 0.3:
        del members[name]
    else:
        members[name] = draw.choice((_flip, _cut, _drop, _insert, _splice))(members[name], others, draw)
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for each, inside in members.items():
            archive.writestr(zipfile.ZipInfo(each), inside, zipfile.ZIP_DEFLATED)
    return packed.getvalue()


def _wrapped(content: bytes, _: list[Seed], draw: Draw) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr(zipfile.ZipInfo(draw.choice(("a.csv", "../a.csv", "/etc/a", "x" * 200))), content)
    return draw.choice(
        (
            gzip.compress(content),
            packed.getvalue(),
            b"%PDF-1.4\n" + content,
            b"version https://git-lfs\n" + content,
            b"\0" * 64,
        )
    )


zlib_error = __import__("zlib").error
_DEEDS: tuple[Callable[[bytes, list[Seed], Draw], bytes], ...] = (
    _flip, _flip, _cut, _splice, _drop, _insert, _insert, _replace_cell, _replace_cell, _replace_cell, _lines, _lines, _encoded, _value,
    _value, _member, _member, _wrapped,
)  # fmt: skip
