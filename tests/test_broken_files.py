"""What the fuzz and the dirty files found: shapes beyond repair, cut extracts, rasters that lie nowhere."""

from __future__ import annotations

import datetime as dt
import json
import zipfile
from dataclasses import replace
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
import rasterio
import shapely

from etl.archives import only_file
from etl.broken_shapes import made_valid
from etl.diagnosis import Diagnosis
from etl.reading import read_json
from etl.reasons import InputRefused
from etl.rows import REASON, Door
from etl.sources import city, dem
from etl.steps import shapes
from etl.terrain import metric_grid
from tests.test_sources import town

DOOR = Door(srid=5186, zone="Asia/Seoul", today=dt.date(2013, 12, 31), crs=5186)
# An area that fell together to a point beside one that did not: GEOS refuses to overlay the two.
FALLEN = shapely.from_wkt(
    "MULTIPOLYGON (((193985.46 554442.505, 193985.46 554442.505, 193985.46 554442.505, 193985.46 554442.505)),"
    " ((194400 552500, 195400 552500, 195400 553500, 194400 553500, 194400 552500)))"
)
BOW = shapely.from_wkt(
    "POLYGON ((194000 552000, 194002 552002, 194002 552000, 194000 552002, 194000 552000))"
)
WHOLE = shapely.box(194000, 552000, 194001, 552001)


def test_what_cannot_be_repaired_is_none_and_its_neighbours_are_repaired() -> None:
    class Stubborn:
        pass

    with pytest.MonkeyPatch.context() as patch:
        real = shapely.make_valid

        def refuses(given: object, **named: object) -> object:
            if isinstance(given, np.ndarray) or given is FALLEN:
                raise shapely.errors.GEOSException("Overlay input is mixed-dimension")
            return real(given, **named)

        patch.setattr(shapely, "make_valid", refuses)
        found = made_valid(np.array([FALLEN, BOW], dtype=object))
    assert found[0] is None
    assert found[1].area == 2.0  # two triangles of one square metre


@pytest.mark.parametrize(
    "broken", [FALLEN, shapely.MultiPolygon(), shapely.from_wkt("POLYGON ((0 0, 1 1, 0 0))")]
)
def test_the_step_goes_on_whatever_one_shape_is(broken: object) -> None:
    rows = pd.DataFrame({"geometry": pd.Series([broken, WHOLE, BOW], index=[1, 2, 3], dtype=object)})
    good, refused = shapes("polygon")(rows, DOOR)
    assert sorted([*good.index, *refused.index]) == [1, 2, 3]
    assert {2, 3} <= set(good.index)
    assert set(refused[REASON]) <= {"BAD_GEOMETRY"}
    assert good.loc[3, "geometry"].area == 2.0


def test_a_diagnosis_of_places_passes_over_what_is_empty() -> None:
    rows = pd.DataFrame({"geometry": pd.Series([shapely.Point(), None, WHOLE], dtype=object)})
    diagnosis = Diagnosis(
        Door(srid=5186, zone="Asia/Seoul", today=DOOR.today, crs=5186, outline=WHOLE.buffer(1000))
    )
    diagnosis.add(rows)
    assert sum(diagnosis.tally.values()) == 1


@pytest.mark.parametrize("kept", [0.3, 0.6, 0.9, 0.99])
def test_an_extract_that_was_cut_is_refused_wherever_the_cut_is(tmp_path: Path, kept: float) -> None:
    whole = town(tmp_path).read_bytes()
    file = tmp_path / "cut.osm.pbf"
    file.write_bytes(whole[: int(kept * len(whole))])
    with pytest.raises(InputRefused, match="UNREADABLE"):
        city.read(file)


@pytest.mark.filterwarnings("ignore::rasterio.errors.NotGeoreferencedWarning")
def test_a_raster_that_lies_nowhere_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "dem.tif"
    with rasterio.open(file, "w", driver="GTiff", width=3, height=2, count=1, dtype="float32") as tiff:
        tiff.write(np.zeros((1, 2, 3), dtype="float32"))
    with pytest.raises(InputRefused, match="does not say where it lies"):
        dem.read(file)


def test_bounds_that_are_no_places_hold_no_ground(tmp_path: Path) -> None:
    file = tmp_path / "dem.json"
    bounds = {"west": 126.93, "south": 37.57, "east": 1e308, "north": 37.58}
    file.write_text(json.dumps({"bounds": bounds, "rows": 2, "columns": 2, "values": [1, 2, 3, 4]}))
    rows = dem.read(file).tables["terrain"]
    good, refused = metric_grid()(rows, replace(DOOR, crs=4326))
    assert (len(good), set(refused[REASON])) == (0, {"EMPTY_TILE"})


def test_an_archive_whose_directory_points_before_its_beginning_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "a.zip"
    with zipfile.ZipFile(file, "w") as packed:
        packed.writestr("a.csv", "x")
    content = bytearray(file.read_bytes())
    place = content.rindex(b"PK\x05\x06") + 16  # where the directory begins, as the last record tells
    content[place : place + 4] = (int.from_bytes(content[place : place + 4], "little") + 60).to_bytes(
        4, "little"
    )
    file.write_bytes(bytes(content))
    with pytest.raises(InputRefused, match="BAD_ARCHIVE"):
        only_file(file)


def test_half_of_a_sign_in_json_becomes_a_question_mark(tmp_path: Path) -> None:
    file = tmp_path / "a.json"
    file.write_text('{"a\\ud800": ["\\udc00b", 1], "c": "\\ud83d\\ude00"}')
    assert read_json(file)[0] == {"a?": ["?b", 1], "c": "\U0001f600"}
