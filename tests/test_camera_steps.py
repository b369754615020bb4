"""Registries of cameras: rows are install records, heads are cameras, and repeats add none."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping

import pandas as pd
import pytest

from etl import camera_jobs
from etl.camera_steps import read_presets
from etl.dry import sort_whole
from etl.rows import REASON, REPAIRED, Block, Door, Verdict, run
from etl.scrub import scrub_frame
from etl.sources.cameras import _ALIASES

DOOR = Door(5186, "Asia/Seoul", dt.date(2014, 1, 1))
ROW = {
    "mgmt_no": "202631200000001", "manager": "골목구청", "address_road": "골목로 1", "purpose": "생활방범",
    "camera_count": "2", "pixels": "200", "retention_days": "30", "installed_on": "201005", "lat": "37.5791",
    "lon": "126.9368", "ref_date": "2013-12-31",
}  # fmt: skip


def registry(*changes: Mapping[str, str]) -> pd.DataFrame:
    rows = [{**dict.fromkeys(_ALIASES, ""), **ROW, **change} for change in changes]
    return scrub_frame(pd.DataFrame(rows, index=pd.RangeIndex(1, len(rows) + 1, name="row_no"), dtype="str"))


def clean(*changes: Mapping[str, str]) -> Verdict:
    found = sort_whole(camera_jobs.REGISTRY, Block("registry", registry(*changes)), DOOR)
    return found.good, found.refused


def heads(*changes: Mapping[str, str]) -> pd.DataFrame:
    return camera_jobs.REGISTRY.shape(clean(*changes)[0])


def test_a_record_of_three_heads_is_three_cameras_on_one_site() -> None:
    found = heads({"camera_count": "3"})
    assert found["camera_key"].tolist() == [f"202631200000001-{n}" for n in (1, 2, 3)]
    assert found["head_no"].tolist() == [1, 2, 3]
    assert found["heads"].tolist() == [3, 3, 3]
    assert found["site_key"].unique().tolist() == ["37.5791000,126.9368000"]
    assert found.index.tolist() == [1, 1, 1]
    assert found["pixels"].tolist() == [2_000_000.0] * 3
    assert found["installed_on"].tolist() == [dt.date(2010, 5, 1)] * 3


def test_unknown_is_unknown() -> None:
    (found,) = heads(
        {"camera_count": "1", "pixels": "", "retention_days": "0", "installed_on": "", "view_text": "0"}
    ).to_dict("records")
    for name in (
        "heading_deg",
        "tilt_deg",
        "height_m",
        "pixels",
        "retention_days",
        "kind",
        "installed_on",
        "aim_source",
    ):
        assert pd.isna(found[name]), name
    assert found["view_text"] == ""
    assert found[REPAIRED] == "VALUE_DROPPED"


def test_a_list_of_compass_points_aims_the_heads_when_there_are_as_many() -> None:
    found = heads({"view_text": "북,남서"}, {"mgmt_no": "2", "view_text": "북,남서", "camera_count": "3"})
    assert found["heading_deg"].tolist()[:2] == [0.0, 225.0]
    assert found["heading_deg"].isna().tolist()[2:] == [True] * 3
    assert found["aim_source"].tolist() == ["datasheet", "datasheet", None, None, None]


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"camera_count": "0"}, "BAD_COUNT"), ({"camera_count": "-1"}, "BAD_COUNT"),
        ({"camera_count": "N/A"}, "BAD_COUNT"), ({"camera_count": "10,000"}, "BAD_COUNT"),
        ({"purpose": "드론"}, "UNKNOWN_PURPOSE"), ({"purpose": "기타"}, "UNKNOWN_GROUND"),
        ({"installed_on": "1905-07"}, "EXCEL_YEAR_AS_SERIAL"), ({"installed_on": "201913"}, "BAD_DATE"),
        ({"installed_on": "201503"}, "FUTURE_DATE"), ({"mgmt_no": "2.02636E+17"}, "EXCEL_KEY"),
        ({"manager": " "}, "BLANK_MANAGER"), ({"lat": "36.1", "lon": "127.1"}, "COARSE_COORD"),
        ({"lat": ""}, "BLANK_COORD"), ({"lat": "99.999999", "lon": "999.999999"}, "SENTINEL_COORD"),
        ({"address_road": "=cmd|' /C calc'!A0"}, "FORMULA"), ({"manager": "계"}, "TOTAL_ROW"),
        ({"heading_deg": "400"}, "BAD_HEADING"),
    ],
)  # fmt: skip
def test_refusals(change: Mapping[str, str], reason: str) -> None:
    good, refused = clean({"mgmt_no": "1"}, {"mgmt_no": "2", **change})
    assert good.index.tolist() == [1]
    assert refused[REASON].tolist() == [reason]


def test_repeats_add_no_camera_even_when_they_need_repair_first() -> None:
    swapped = {"lat": "126.9368", "lon": "37.5791"}
    good, refused = clean({}, {}, swapped, {"lat": "37.57910"}, {"camera_count": "3"})
    assert good.index.tolist() == [1]
    assert dict(refused[REASON]) == {2: "DUPLICATE_IN_FILE", 3: "DUPLICATE_IN_FILE", 4: "DUPLICATE_IN_FILE",
                                     5: "CONFLICTING_KEY"}  # fmt: skip
    assert refused.loc[3, REPAIRED] == "SWAPPED"


def test_without_a_number_place_agency_and_purpose_make_the_key() -> None:
    none = {"mgmt_no": "", "camera_count": "1"}
    found = heads(
        none, {**none, "purpose": "교통단속"}, {**none, "pixels": "130"}, {**none, "lat": "37.57911"}, none
    )
    # another purpose or place is another record; another lens at the same place a twin; the same row nothing new
    assert found["camera_key"].nunique() == 4
    assert len(found) == 4
    assert sum(key.endswith("#2-1") for key in found["camera_key"]) == 1


def test_keys_do_not_depend_on_the_order_of_rows() -> None:
    rows = [{"mgmt_no": "", "pixels": str(n)} for n in (200, 130, 41)]
    forward, backward = heads(*rows), heads(*reversed(rows))
    pairs = [dict(zip(found["camera_key"], found["pixels"], strict=True)) for found in (forward, backward)]
    assert pairs[0] == pairs[1]


def test_of_a_feed_the_last_change_counts_and_an_end_needs_its_key_alone() -> None:
    change = {"change": "U", "changed_at": "2013-06-02 10:00:00", "camera_count": "3"}
    end = {
        "mgmt_no": "9",
        "change": "D",
        "lat": "",
        "lon": "",
        "purpose": "",
        "camera_count": "",
        "manager": "",
    }
    good, refused = clean({"change": "I", "changed_at": "2013-06-01 10:00:00"}, change, end)
    assert dict(refused[REASON]) == {1: "SUPERSEDED"}
    found = camera_jobs.REGISTRY.shape(good)
    assert found["retired"].tolist() == [False, False, False, True]
    assert found["row_key"].tolist()[-1] == "9"


def test_a_private_address_goes_and_the_row_stays() -> None:
    good, refused = clean({"address_road": "골목로 1 방범(172.16.0.1)"})
    assert refused.empty
    assert good["address_road"].tolist() == ["골목로 1 방범"]
    assert good[REPAIRED].tolist() == ["SCRUBBED"]


def test_multi_purpose_is_split_and_said() -> None:
    good, _ = clean({"purpose": "다목적"}, {"mgmt_no": "2", "purpose": "교통단속(방범겸용)"})
    assert good["purpose_code"].tolist() == ["crime_prevention", "traffic_enforcement"]
    assert good["further"].tolist() == ["", "crime_prevention"]
    assert good[REPAIRED].tolist() == ["MULTI_PURPOSE", ""]


def survey(**cells: str) -> Verdict:
    row = {"mgmt_no": "1", "head_no": "1", "surveyed_on": "2013-10-20", "heading_deg": "334.3", "tilt_deg": "14.3",
           "focal_mm": "6", "hfov_deg": "", "sensor_w_mm": "", "sensor_h_mm": "", "image_w_px": "1920",
           "image_h_px": "1080", "height_m": "5.5", "kind": "ptz", "model": "M", "ir_range_m": "",
           "presets": "10/15/60/5;370/15/60/5"}  # fmt: skip
    frame = pd.DataFrame([{**row, **cells}], index=pd.RangeIndex(1, 2, name="row_no"), dtype="str")
    return run(frame.assign(**{REPAIRED: ""}), camera_jobs.SURVEY.steps, DOOR)


@pytest.mark.parametrize(
    ("cells", "reason"),
    [
        ({"presets": "10/15/60/5"}, None), ({"presets": ""}, None), ({"heading_deg": "360", "presets": ""}, None),
        ({"heading_deg": "400", "presets": ""}, "BAD_HEADING"), ({"heading_deg": "-1", "presets": ""}, "BAD_HEADING"),
        ({}, "BAD_NUMBER"), ({"presets": "a/b"}, "BAD_NUMBER"), ({"presets": "", "kind": "드론"}, "UNKNOWN_KIND"),
        ({"presets": "", "surveyed_on": ""}, "BAD_DATE"), ({"presets": "", "head_no": "0"}, "BAD_NUMBER"),
    ],
)  # fmt: skip
def test_surveys(cells: Mapping[str, str], reason: str | None) -> None:
    good, refused = survey(**cells)
    assert refused[REASON].tolist() == ([] if reason is None else [reason])
    if reason is None:
        assert good["heading_deg"].iloc[0] == (0.0 if cells.get("heading_deg") == "360" else 334.3)


def test_the_first_preset_is_home() -> None:
    found = read_presets("10/15/60/5;200/20//")
    assert [preset["home"] for preset in found] == [True, False]
    assert found[1] == {"preset_no": 2, "heading_deg": 200.0, "tilt_deg": 20.0, "hfov_deg": None, "dwell_s": None,
                        "home": False}  # fmt: skip
