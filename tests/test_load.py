"""A load takes a file wholly or not at all, accounts for every row, and changes nothing the second time."""

from __future__ import annotations

import datetime as dt
import json
import random
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import text

from etl.db import Database
from etl.load import Terms, UnknownSource, load
from etl.reasons import REASONS, InputRefused
from etl.results import LoadResult
from etl.store import writes
from tests.database import TestCity

HEADER = ("개방자치단체코드,관리번호,관리기관명,소재지도로명주소,소재지지번주소,설치목적구분,카메라대수,카메라화소수,촬영방면정보,"
          "보관일수,설치연월,관리기관전화번호,WGS84위도,WGS84경도,데이터기준일자,데이터갱신구분,데이터갱신시점,최종수정시점")  # fmt: skip
# The toy district: two dong of 0.01 by 0.01 degrees round 37.58 N, side by side.
WEST, MIDDLE, EAST, SOUTH, NORTH = 126.93, 126.94, 126.95, 37.575, 37.585


@pytest.fixture
def db(make_city: Callable[[], TestCity], tmp_path: Path) -> Iterator[Database]:
    database = make_city().open("loader")
    load(database, "boundaries", dong(tmp_path, ("a", WEST, MIDDLE), ("b", MIDDLE, EAST)))
    yield database
    database.close()


def dong(folder: Path, *areas: tuple[str, float, float]) -> Path:
    features = [
        {"type": "Feature", "properties": {"adm_nm": f"가람특별시 골목구 {name}동", "adm_cd2": f"99110{name}"},
         "geometry": {"type": "Polygon", "coordinates": [[[w, SOUTH], [e, SOUTH], [e, NORTH], [w, NORTH], [w, SOUTH]]]}}
        for name, w, e in areas
    ]  # fmt: skip
    path = folder / "dong.geojson"
    path.write_text(json.dumps({"type": "FeatureCollection", "features": features}))
    return path


def row(number: str = "202631200000001", **cells: str) -> str:
    base = {"no": number, "manager": "골목구청", "road": "골목로 1", "purpose": "생활방범", "count": "2", "view": "",
            "installed": "201005", "lat": "37.5801", "lon": "126.9368", "day": "2013-12-31", "change": ""}  # fmt: skip
    c = {**base, **cells}
    return (f"9990000,{c['no']},{c['manager']},{c['road']},,{c['purpose']},{c['count']},200,{c['view']},30,"
            f"{c['installed']},02-0000-4100,{c['lat']},{c['lon']},{c['day']},{c['change']},,")  # fmt: skip


def registry(folder: Path, *rows: str, name: str = "cctv.csv") -> Path:
    path = folder / name
    path.write_bytes("\r\n".join([HEADER, *rows]).encode("cp949"))
    return path


def survey(folder: Path, **cells: str) -> Path:
    base = {"관리번호": "202631200000001", "head_no": "1", "surveyed_on": "2013-10-20", "heading_deg": "334.3",
            "tilt_deg": "14.3", "focal_mm": "6", "height_m": "5.5", "kind": "fixed", "presets": ""}  # fmt: skip
    full = {**base, **cells}
    path = folder / "survey.csv"
    path.write_text(",".join(full) + "\n" + ",".join(full.values()) + "\n")
    return path


def ask(db: Database, sql: str) -> list[tuple[Any, ...]]:
    with db.engine.connect() as connection:
        return [tuple(found) for found in connection.execute(text(sql))]


def counts(result: LoadResult) -> dict[str, int]:
    names = ("inserted", "updated", "unchanged", "quarantined", "duplicates", "outside", "retired")
    assert result.balanced
    return {name: getattr(result, name) for name in names if getattr(result, name)}


STATES = """select c.camera_key, lower(s.valid_during), upper(s.valid_during), s.purpose_code, s.heading_deg
            from core.camera_state s join core.camera c using (camera_id) order by 1, 2"""


def test_the_outline_is_the_union_of_the_dong(db: Database) -> None:
    ((district, parts),) = ask(db, "select (select st_area(geom) from core.boundary where level = 'district'),"
                                   " sum(st_area(geom)) from core.boundary where level = 'dong'")  # fmt: skip
    assert district == pytest.approx(parts, rel=1e-9)


def test_every_row_is_accounted_for_and_the_second_time_nothing_changes(db: Database, tmp_path: Path) -> None:
    file = registry(
        tmp_path, row(), row("2", lon="126.9451", count="3"), row(), row("3", lon="127.2"), row("4", count="0"),
        row("5", lat="126.9368", lon="37.5801"), row("6", road="골목로 6 (192.168.0.7)", lat="37.5811"),
    )  # fmt: skip
    first = load(db, "cameras", file)
    assert counts(first) == {"inserted": 4, "duplicates": 1, "outside": 1, "quarantined": 1}
    assert first.reasons == {"BAD_COUNT": 1}
    assert first.repaired == {"SWAPPED": 1, "SCRUBBED": 1}
    assert (first.encoding, first.form, first.reference_date) == (
        "cp949",
        "korean-2026",
        dt.date(2013, 12, 31),
    )
    # 2 + 3 + 2 + 2 heads; the swapped row stands on the first one's pole
    assert ask(db, "select count(*), count(distinct site_id) from core.camera") == [(9, 3)]
    before = ask(db, "select * from core.camera_state order by state_id")
    again = load(db, "cameras", file)
    assert counts(again) == {"unchanged": 4, "duplicates": 1, "outside": 1, "quarantined": 1}
    assert ask(db, "select * from core.camera_state order by state_id") == before


def test_no_table_holds_a_private_address_and_refusals_keep_the_row(db: Database, tmp_path: Path) -> None:
    load(
        db,
        "cameras",
        registry(tmp_path, row(road="가 10.0.0.9"), row("2", count="x", road="나 172.16.0.1 010-1234-5678")),
    )
    kept = ask(db, "select raw->>'address_road', reasons, severity, row_no from meta.refusal")
    assert kept == [("나", ["BAD_COUNT"], "error", 2)]
    stored = str(ask(db, "select content::text from raw.source_row")) + str(
        ask(db, "select address_road from core.site")
    )
    for secret in ("10.0.0.9", "172.16.0.1", "010-1234"):
        assert secret not in stored


def test_a_dry_run_answers_and_leaves_nothing(db: Database, tmp_path: Path) -> None:
    batches = ask(db, "select count(*) from meta.batch")
    result = load(db, "cameras", registry(tmp_path, row()), dry_run=True)
    assert (counts(result), result.batch_id) == ({"inserted": 1}, None)
    assert ask(db, "select count(*) from core.camera") == [(0,)]
    assert ask(db, "select count(*) from meta.batch") == batches


def test_a_state_begins_with_the_installation_and_changes_on_the_day_of_the_file(
    db: Database, tmp_path: Path
) -> None:
    load(db, "cameras", registry(tmp_path, row(count="1")))
    changed = load(db, "cameras", registry(tmp_path, row(count="1", purpose="교통단속", day="2014-06-30")))
    assert counts(changed) == {"updated": 1}
    key = "202631200000001-1"
    assert ask(db, STATES) == [
        (key, dt.date(2010, 5, 1), dt.date(2014, 6, 30), "crime_prevention", None),
        (key, dt.date(2014, 6, 30), None, "traffic_enforcement", None),
    ]
    # the same day again says otherwise: that corrects, and begins nothing
    corrected = load(db, "cameras", registry(tmp_path, row(count="1", purpose="재난재해", day="2014-06-30")))
    assert counts(corrected) == {"updated": 1}
    assert [state[3] for state in ask(db, STATES)] == ["crime_prevention", "disaster"]
    # an older file does not undo it
    older = load(db, "cameras", registry(tmp_path, row(count="1", purpose="교통단속", day="2013-12-31")))
    assert (counts(older), older.reasons) == ({"quarantined": 1}, {"OLDER_THAN_LOADED": 1})


def test_an_unknown_installation_begins_on_the_day_of_the_file(db: Database, tmp_path: Path) -> None:
    load(db, "cameras", registry(tmp_path, row(count="1", installed="")))
    assert ask(db, STATES)[0][1] == dt.date(2013, 12, 31)
    corrected = load(
        db, "cameras", registry(tmp_path, row(count="1", installed="200901", purpose="재난재해"))
    )
    assert counts(corrected) == {"updated": 1}
    assert ask(db, STATES)[0][1] == dt.date(2009, 1, 1)


def test_a_record_that_ends_closes_its_states_and_is_not_deleted(db: Database, tmp_path: Path) -> None:
    load(db, "cameras", registry(tmp_path, row(), row("2", lon="126.9451")))
    end = row(change="D", day="2014-03-31")
    ended = load(db, "cameras", registry(tmp_path, end, row("2", lon="126.9451", day="2014-03-31")))
    assert counts(ended) == {"updated": 1, "unchanged": 1, "retired": 2}
    assert {state[2] for state in ask(db, STATES) if state[0].startswith("2026")} == {dt.date(2014, 3, 31)}
    assert counts(load(db, "cameras", registry(tmp_path, end))) == {"unchanged": 1}
    unknown = load(db, "cameras", registry(tmp_path, row("99", change="D")))
    assert unknown.reasons == {"UNKNOWN_CAMERA": 1}
    back = load(db, "cameras", registry(tmp_path, row(day="2014-09-30")), terms=Terms(part=True))
    assert counts(back) == {"updated": 1}
    assert len(ask(db, STATES)) == 6


def test_fewer_heads_end_the_last_one_and_more_begin(db: Database, tmp_path: Path) -> None:
    load(db, "cameras", registry(tmp_path, row(count="3")))
    fewer = load(db, "cameras", registry(tmp_path, row(count="2", day="2014-06-30")))
    assert counts(fewer) == {"updated": 1, "retired": 1}
    assert [state[2] for state in ask(db, STATES)] == [None, None, dt.date(2014, 6, 30)]
    more = load(db, "cameras", registry(tmp_path, row(count="4", day="2014-12-31")))
    assert counts(more) == {"inserted": 1}
    assert sum(state[2] is None for state in ask(db, STATES)) == 4


def test_a_survey_fills_what_was_unknown_in_place(db: Database, tmp_path: Path) -> None:
    load(db, "cameras", registry(tmp_path, row()))
    assert counts(load(db, "survey", survey(tmp_path))) == {"updated": 1}
    assert counts(load(db, "survey", survey(tmp_path))) == {"unchanged": 1}
    ((lower, heading, source, height),) = ask(db, "select lower(valid_during), heading_deg, aim_source, height_m"
                                                  " from core.camera_state where heading_deg is not null")  # fmt: skip
    assert (lower, source, height) == (dt.date(2010, 5, 1), "survey", 5.5)
    assert heading == pytest.approx(334.3, abs=1e-4)
    # the registry knows nothing of the aim: loading it again takes nothing away
    assert counts(load(db, "cameras", registry(tmp_path, row()))) == {"unchanged": 1}
    load(db, "cameras", registry(tmp_path, row(purpose="재난재해", day="2014-06-30")))
    assert [state[4] is None for state in ask(db, STATES)] == [False, False, True, True]


def test_a_survey_that_contradicts_begins_a_state_on_its_day(db: Database, tmp_path: Path) -> None:
    load(db, "cameras", registry(tmp_path, row(view="회전형")))
    load(db, "survey", survey(tmp_path))
    later = load(db, "survey", survey(tmp_path, surveyed_on="2014-05-01", heading_deg="90"))
    assert counts(later) == {"updated": 1}
    assert [state[1:3] for state in ask(db, STATES)][:3] == [
        (dt.date(2010, 5, 1), dt.date(2013, 10, 20)),  # the registry's PTZ
        (dt.date(2013, 10, 20), dt.date(2014, 5, 1)),  # the survey found a fixed one
        (dt.date(2014, 5, 1), None),
    ]
    older = load(db, "survey", survey(tmp_path, heading_deg="10"))
    assert older.reasons == {"OLDER_THAN_LOADED": 1}
    unknown = load(db, "survey", survey(tmp_path, head_no="9"))
    assert unknown.reasons == {"UNKNOWN_CAMERA": 1}


def test_presets_are_replaced_as_a_set(db: Database, tmp_path: Path) -> None:
    load(db, "cameras", registry(tmp_path, row()))
    load(db, "survey", survey(tmp_path, presets="10/5/60/8;200/5/60/8"))
    assert counts(load(db, "survey", survey(tmp_path, presets="10/5/60/8;200/5/60/8"))) == {"unchanged": 1}
    assert counts(load(db, "survey", survey(tmp_path, presets="15/5/60/8"))) == {"updated": 1}
    assert ask(db, "select preset_no, heading_deg, home from core.preset") == [(1, 15.0, True)]


def test_outages(db: Database, tmp_path: Path) -> None:
    load(db, "cameras", registry(tmp_path, row()))
    file = tmp_path / "status.csv"
    head = "관리번호,head_no,status,since,until\n"
    file.write_text(
        head + "202631200000001,1,down,2013-11-01 09:00,\n202631200000001,9,down,2013-11-01 09:00,\n"
    )
    first = load(db, "status", file)
    assert (counts(first), first.reasons) == ({"inserted": 1, "quarantined": 1}, {"UNKNOWN_CAMERA": 1})
    assert ask(db, "select upper_inf(down_during) from core.camera_status") == [(True,)]
    file.write_text(head + "202631200000001,1,down,2013-11-01 09:00,2013-11-02 09:00\n"
                           "202631200000001,1,down,2013-11-01 12:00,2013-11-03 09:00\n")  # fmt: skip
    second = load(db, "status", file)
    assert (counts(second), second.reasons) == ({"updated": 1, "quarantined": 1}, {"OVERLAPPING_OUTAGE": 1})


def test_dong_that_a_new_file_does_not_name_are_gone(db: Database, tmp_path: Path) -> None:
    result = load(db, "boundaries", dong(tmp_path, ("a", WEST, MIDDLE)), terms=Terms(accept_loss=True))
    assert counts(result) == {"unchanged": 1, "retired": 1}
    assert ask(db, "select boundary_key from core.boundary order by 1") == [("district",), ("dong:99110a",)]


def test_a_simplified_outline_does_not_replace_the_union_of_dong(db: Database, tmp_path: Path) -> None:
    whole = tmp_path / "gu.geojson"
    content = json.loads(dong(tmp_path, ("", WEST, EAST)).read_text())
    whole.write_text(json.dumps(content))
    before = ask(db, "select st_area(geom) from core.boundary where level = 'district'")
    assert counts(load(db, "boundaries", whole)) == {"unchanged": 1}
    assert ask(db, "select st_area(geom) from core.boundary where level = 'district'") == before


def test_a_refused_file_is_recorded_and_named(db: Database, tmp_path: Path) -> None:
    empty = tmp_path / "cctv.csv"
    empty.write_text("")
    with pytest.raises(InputRefused) as refusal:
        load(db, "cameras", empty)
    result = refusal.value.result
    assert isinstance(result, LoadResult)
    assert (result.status, result.reasons, result.rows_in) == ("refused", {"EMPTY_FILE": 1}, 0)
    assert ask(db, "select status, reasons from meta.batch order by batch_id desc limit 1") == [
        ("refused", {"EMPTY_FILE": 1})
    ]
    before = ask(db, "select count(*) from meta.batch")
    with pytest.raises(InputRefused, match="NO_FILE") as mistyped:
        load(db, "juso", tmp_path / "nowhere")
    # A path that was mistyped is no load: the person is told, and no record is kept.
    told = mistyped.value.result
    assert isinstance(told, LoadResult)
    assert (told.status, told.reasons, told.batch_id) == ("refused", {"NO_FILE": 1}, None)
    assert ask(db, "select count(*) from meta.batch") == before


def test_a_load_that_dies_leaves_nothing(
    db: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = ask(db, "select count(*) from meta.batch")

    def die(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(writes, "finish", die)
    with pytest.raises(KeyboardInterrupt):
        load(db, "cameras", registry(tmp_path, row()))
    assert ask(db, "select count(*) from core.camera") == [(0,)]
    assert ask(
        db,
        "select count(*) from raw.source_row r join meta.batch b using (batch_id) where b.source = 'cameras'",
    ) == [(0,)]
    assert ask(db, "select count(*) from meta.batch") == before


def test_one_source_loads_one_file_at_a_time(db: Database) -> None:
    with writes.writing(db, "cameras") as first:
        held = writes.rows(first, "load_lock", "cameras")
        assert len(held) == 1
        free = ask(db, "select pg_try_advisory_lock(hashtextextended('load:cameras', 0)),"
                       " pg_try_advisory_lock(hashtextextended('load:lamps', 0))")  # fmt: skip
        assert free == [(False, True)]


def test_unknown_sources_and_nameless_layers_are_wrong_use(db: Database, tmp_path: Path) -> None:
    with pytest.raises(UnknownSource, match="boundaries, cameras"):
        load(db, "drones", tmp_path)
    with pytest.raises(UnknownSource, match="name"):
        load(db, "layer", tmp_path)


def test_a_layer_is_named_dated_and_merged(db: Database, tmp_path: Path) -> None:
    file = tmp_path / "complaints.csv"
    file.write_text("complaint_no,received_on,kind,weight,lat,lon\n1,2013-05-01,어두움,3,37.5801,126.9368\n")
    assert counts(load(db, "layer", file, layer="complaints")) == {"inserted": 1}
    file.write_text("complaint_no,received_on,kind,weight,lat,lon\n1,2013-05-01,어두움,4,37.5801,126.9368\n")
    assert counts(load(db, "layer", file, layer="complaints")) == {"updated": 1}
    found = ask(db, "select l.name, l.geometry_kind, l.reference_date, f.weight, f.attributes"
                    " from core.layer l join core.layer_feature f using (layer_id)")  # fmt: skip
    assert found == [("complaints", "point", dt.date(2013, 5, 1), 4.0, {"kind": "어두움"})]


def test_the_steps_of_a_load_are_counted_out(db: Database, tmp_path: Path) -> None:
    told: list[tuple[int, int]] = []
    load(db, "cameras", registry(tmp_path, row()), progress=lambda done, total: told.append((done, total)))
    done = [part for part, _ in told]
    assert done == sorted(done)
    assert len(set(done)) > 2
    assert told[-1] == (100, 100)


def test_what_load_prints(db: Database, tmp_path: Path) -> None:
    answer: Mapping[str, object] = load(db, "cameras", registry(tmp_path, row())).as_json()
    wanted = {"batch_id", "source", "file_sha256", "encoding", "rows_in", "inserted", "updated", "unchanged",
              "quarantined", "duplicates", "outside", "retired", "repaired", "reasons", "seconds", "invented"}  # fmt: skip
    assert wanted <= answer.keys()
    assert answer["invented"] is True
    assert json.loads(json.dumps(answer)) == answer


def test_every_reason_speaks_two_languages() -> None:
    for reason in REASONS.values():
        assert reason.ko.strip().endswith((".", "다.", "오."))
        assert reason.en.endswith(".")


def test_generated_files_are_accounted_for_and_repeat_without_change(
    db: Database, tmp_path: Path, long_run: bool
) -> None:
    draw = random.Random(20131231)
    words: dict[str, list[str]] = {
        "no": [*(f"20263120000000{n}" for n in range(9)), "", "2.0E+17"], "count": ["1", "2", "4", "0", "N/A", "1,0"],
        "purpose": ["생활방범", "교통단속", "다목적", "기타", "드론"], "installed": ["201005", "", "1905-07", "17-Mar", "x"],
        "lat": ["37.5801", "37.5812", "126.9368", "0", "99.999999", "", "36.1"], "manager": ["골목구청", "", "계"],
        "lon": ["126.9368", "126.9451", "37.5801", "0", "999.999999", "", "127.1"], "change": ["", "I", "U", "D"],
        "day": ["2013-12-31", "2014-12-31", ""], "road": ["골목로 1", "=1+1", "로 10.0.0.1", "가,나"],
    }  # fmt: skip
    for _ in range(100 if long_run else 8):
        file = registry(
            tmp_path, *(row(**{name: draw.choice(cells) for name, cells in words.items() if draw.random() < 0.4})
                        for _ in range(draw.randrange(1, 25))),
        )  # fmt: skip
        first = load(db, "cameras", file, terms=Terms(accept_loss=True))
        states = ask(db, "select * from core.camera_state order by state_id")
        again = load(db, "cameras", file, terms=Terms(accept_loss=True))
        assert first.balanced
        assert again.balanced
        assert (again.inserted, again.updated, again.retired) == (0, 0, 0)
        assert ask(db, "select * from core.camera_state order by state_id") == states
