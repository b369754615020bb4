"""Places by address, two pairs of coordinates, and how coarsely places of sensitive classes are told."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from pathlib import Path

import pandas as pd
import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from app import printing_notes, words
from app.roles import NotYours, points_as
from app.services import handover
from app.services.exports import Taking
from app.services.handover import Asked
from etl import pairs, record_steps
from etl.address_book import AddressBook, address_book
from etl.addresses import parse, plain_address
from etl.db import Database, connect
from etl.load import load
from etl.rows import REASON, REPAIRED, Door, run
from etl.settings import district
from etl.sources import incidents
from etl.store.places import incident_places
from tests.city_in_database import Door as CityDoor
from tests.city_in_database import alter
from tests.database import TestCity


@pytest.mark.parametrize(
    ("written", "found"),
    [
        ("서울특별시 서대문구  연희로25길 73", "서울특별시 서대문구 연희로25길 73"),
        ("서울 서대문구 동호로 5길 15, 2층 (홍제동)", "서대문구 동호로5길 15"),
        ("가람특별시 골목구 한가람숲로8가계단길 1", "가람특별시 골목구 한가람숲로8가계단길 1"),
        ("골목구 4.19로 12", "골목구 4.19로 12"),
        ("관악구 송학어린이공원 (관악로15길 21)", "관악구 관악로15길 21"),
        ("충정로2가 12-3번지 옆", "충정로2가 12-3"),
        ("남가좌동 산 12-3", "남가좌동 산 12-3"),
        ("방배2동946-32", "방배2동 946-32"),
        ("충청북도 청주시 상당구 상당로 82", "충청북도 청주시 상당구 상당로 82"),
        ("통일로39가길３-2", "통일로39가길 3-2"),
        ("홍길동 집 앞", ""),
        ("홍길동 12가3456", ""),
        ("골목로 12 홍길동 12가3456", "골목로 12"),
        ("서대문구", ""),
        ("", ""),
    ],
)
def test_an_address_out_of_what_people_write(written: str, found: str) -> None:
    assert plain_address(written) == found


@given(st.from_regex(r"[가-힣]{1,3}(로|길|대로|동) [1-9][0-9]{0,3}(-[1-9])?", fullmatch=True))
def test_a_plain_address_is_read_as_itself(written: str) -> None:
    once = plain_address(written)
    assert plain_address(once) == once
    assert (parse(once) is None) == (once == "")


@pytest.fixture
def book() -> AddressBook:
    """One road along x, ten metres a number; a branch of another number; two lots of a dong."""
    return address_book(
        [
            ("골목구 가람로 10", "골목구 나래동 1-1", 100.0, 5.0),
            ("골목구 가람로 11", None, 110.0, -5.0),
            ("골목구 가람로 20-3", None, 200.0, 5.0),
            ("골목구 가람로25길 4", "골목구 나래동 7-2", 900.0, 5.0),
            ("골목구 가람로35길 4", None, 2900.0, 5.0),
            ("골목구 마루로 1", None, 0.0, 0.0),
            ("골목구 마루로 1", None, 0.0, 300.0),
            ("다른구 가람로 10", None, 9_000.0, 5.0),
            (None, "주소 없음", 1.0, 1.0),
        ],
        gu="골목구",
    )


@pytest.mark.parametrize(
    ("asked", "x", "confidence"),
    [
        ("가람특별시 골목구 가람로 10", 100.0, 1.0),
        ("나래동 1-1", 100.0, 1.0),
        # the neighbour on the same side, 0.04 less a number: 12 lies two numbers on from 10
        ("골목구 가람로 12", 100.0, 0.82),
        ("골목구 가람로 13", 110.0, 0.82),
        ("골목구 가람로 20", 200.0, 0.9),
        ("나래동 1-9", 100.0, 0.7),
    ],
)
def test_an_address_is_found_and_says_how_sure_it_is(
    book: AddressBook, asked: str, x: float, confidence: float
) -> None:
    found = book.find(asked)
    assert found is not None
    assert (found.x, found.confidence) == (x, confidence)


@pytest.mark.parametrize(
    "asked",
    [
        "골목구 가람로 44",  # twenty-four numbers on: some 240 m
        "나래동 9",  # lots next in number need not be neighbours
        "골목구 가람로45길 4",  # like two known roads in spelling, and another one
        "골목구 전혀다른대로 10",
        "골목구 마루로 1",  # two poles 300 m apart claim it
        "다른구 가람로 10",
        "골목구",
    ],
)
def test_what_is_not_known_is_not_claimed(book: AddressBook, asked: str) -> None:
    assert book.find(asked) is None


def test_a_slip_in_a_name_is_forgiven_with_less_confidence(book: AddressBook) -> None:
    found = book.find("골목구 가람노25길 4")
    assert found is None or (found.x == 900.0 and 0.5 <= found.confidence < 0.9)
    like = address_book([("한가람숲들로 1", None, 5.0, 5.0), ("마루로 1", None, 9.0, 9.0)]).find(
        "한가람숲둘로 1"
    )
    assert like is not None
    assert (like.x, 0.5 <= like.confidence < 0.85) == (5.0, True)


def test_rows_without_a_point_are_placed_and_noted(book: AddressBook) -> None:
    rows = pd.DataFrame(
        {
            "address": ["가람로 10", "가람로 12", "가람로 99", "", "가람로 10"],
            "geometry": [None, None, None, None, shapely.Point(7, 7)],
            REPAIRED: ["UNPLACED", "SCRUBBED|UNPLACED", "UNPLACED", "UNPLACED", ""],
        },
        index=[1, 2, 3, 4, 5],
    )
    door = Door(5186, "Asia/Seoul", dt.date(2019, 1, 1), addresses=book)
    out, refused = run(rows, [record_steps.by_address()], door)
    assert refused.empty
    assert out["placed_by"].tolist() == ["address", "address", None, None, "coordinates"]
    assert out[REPAIRED].tolist() == ["ADDRESS_EXACT", "SCRUBBED|ADDRESS_NEAR", "UNPLACED", "UNPLACED", ""]
    assert [None if g is None else g.x for g in out["geometry"]] == [100.0, 100.0, None, None, 7.0]
    assert out["place_confidence"].dropna().to_dict() == {1: 1.0, 2: 0.82}
    # an address of another gu is no place of ours
    _, gone = run(rows.assign(address="다른구 가람로 10"), [record_steps.by_address()], door)
    assert gone[REASON].to_dict() == dict.fromkeys((1, 2, 3, 4), "OUTSIDE")
    # nothing is loaded, nothing is claimed
    alone, _ = run(rows, [record_steps.by_address()], Door(5186, "Asia/Seoul", dt.date(2019, 1, 1)))
    assert alone["placed_by"].tolist() == [None, None, None, None, "coordinates"]


ACCIDENT = {"x_utmk": "950271.063", "y_utmk": "1953451.001", "lat": "37.5791", "lon": "126.9368"}
FAR = {"lat": "37.4791", "lon": "127.0368"}


@pytest.mark.parametrize(
    ("named", "kept", "reason"),
    [
        ("서대문구", "37.57910000", ""),  # the metres lie in the gu that the row names
        ("강남구", "37.4791", ""),  # the degrees lie elsewhere, as the row says: it will leave as outside
        ("", None, "COORDS_DISAGREE"),
    ],
)
def test_of_two_places_the_one_in_the_gu_that_the_row_names_is_meant(
    named: str, kept: str | None, reason: str
) -> None:
    door = Door(5186, "Asia/Seoul", dt.date(2019, 1, 1), outline=shapely.box(193_000, 552_000, 196_000, 555_000),
                name_ko="서울특별시 서대문구")  # fmt: skip
    rows = pd.DataFrame([{**ACCIDENT, **FAR, "sigungu": named, REPAIRED: ""}], dtype="str", index=[1])
    good, refused = run(rows, [pairs.agreeing_places()], door)
    assert refused[REASON].tolist() == ([reason] if reason else [])
    if kept is not None:
        assert float(good["lat"].iloc[0]) == pytest.approx(float(kept), abs=1e-6)
        assert good[REPAIRED].iloc[0] == "COORD_PAIR"


def test_how_far_two_pairs_lie_apart_is_measured() -> None:
    rows = pd.DataFrame(
        [ACCIDENT, {**ACCIDENT, "x_utmk": "950331.063"}, {**ACCIDENT, "lat": ""}], dtype="str"
    )
    told = pairs.PairsWatch()(rows)[1]["coordinate_pairs"]
    assert told == {"both": 2, "same": 1, "apart": 1, "median_m": 60, "largest_m": 60}
    # block by block it is the same
    watch = pairs.PairsWatch()
    assert [watch(rows.iloc[n : n + 1])[1] for n in range(3)][-1]["coordinate_pairs"] == told
    assert pairs.PairsWatch()(rows.iloc[2:])[1] == {}


@pytest.mark.parametrize(
    ("year", "rows", "apart"), [(2015, 4447, 0), (2016, 4119, 187), (2017, 4065, 169), (2018, 3657, 0)]
)
def test_the_authority_s_two_pairs(shared_data: Path, year: int, rows: int, apart: int) -> None:
    (file,) = (shared_data / "incidents" / "koroad_fatal").glob(f"*_{year}.csv")
    told = incidents.read(file).whole().notes["coordinate_pairs"]
    assert isinstance(told, dict)
    assert (told["both"], told["apart"]) == (rows, apart)
    for lang in words.LANGUAGES:
        assert words.number(rows) in printing_notes.note("coordinate_pairs", told, lang)


def calls(folder: Path, *rows: str) -> Path:
    file = folder / "calls.csv"
    head = "접수번호,접수일시,사건코드,사건종별,종결코드,주소,위도,경도,신고자전화번호"
    file.write_text("\n".join([head, *rows]) + "\n", encoding="utf-8")
    return file


def test_a_load_places_calls_by_the_addresses_of_poles(db: Database, place: TestCity, tmp_path: Path) -> None:
    owner = place.open("owner")
    with owner.engine.begin() as connection:
        connection.exec_driver_sql(
            "insert into core.site (site_key, address_road, address_lot, geom) values"
            " ('a', '가람특별시 골목구 가람로 10', '나래동 1', st_setsrid(st_makepoint(195000, 553000), 5186)),"
            " ('b', '가람특별시 골목구 가람로 30', null, st_setsrid(st_makepoint(195200, 553000), 5186))"
        )
    file = calls(
        tmp_path,
        "1,2013-01-01 10:00:00,104,절도,201,골목구 가람로 10,,,010-7777-8888",
        "2,2013-01-01 11:00:00,104,절도,201,골목구 가람로 12 홍길동,,,01077778888",
        "3,2013-01-01 12:00:00,104,절도,604,골목구 어디로 9,,,",
        "4,2013-01-01 13:00:00,104,절도,708,,37.5791,126.9368,",
    )
    result = load(db, "incidents", file)
    assert (result.inserted, result.quarantined) == (4, 0)
    assert {code: n for code, n in result.repaired.items() if code != "SCRUBBED"} == {
        "ADDRESS_EXACT": 1,
        "ADDRESS_NEAR": 1,
        "UNPLACED": 1,
    }
    (row,) = incident_places(db)
    assert row == {
        "origin": "112", "n": 4, "by_coordinates": 1, "by_address": 2, "unplaced": 1, "exact": 1,
        "confidence_low": pytest.approx(0.82), "confidence_median": pytest.approx(0.91), "shared_points": 0,
        "on_shared": 0, "repeat_callers": 1, "exercises": 1, "false_alarms": 0, "repeat_calls": 1,
    }  # fmt: skip
    again = load(db, "incidents", file)
    assert (again.inserted, again.updated, again.unchanged) == (0, 0, 4)
    with owner.engine.connect() as connection:
        assert (
            connection.execute(text("select st_x(geom) from core.incident where incident_key = '2'")).scalar()
            == 195000
        )
    owner.close()


def test_a_list_of_addresses_alone_becomes_a_layer(db: Database, place: TestCity, tmp_path: Path) -> None:
    owner = place.open("owner")
    with owner.engine.begin() as connection:
        connection.exec_driver_sql(
            "insert into core.site (site_key, address_road, geom) values"
            " ('a', '골목구 가람로 10', st_setsrid(st_makepoint(195000, 553000), 5186))"
        )
    file = tmp_path / "stations.csv"
    file.write_text("이름,주소\n지구대,골목구 가람로 12\n파출소,골목구 먼길 1\n", encoding="utf-8")
    result = load(db, "layer", file, layer="stations")
    assert (result.inserted, result.reasons) == (1, {"BLANK_COORD": 1})
    with owner.engine.connect() as connection:
        told = connection.execute(text("select attributes from core.layer_feature")).scalar_one()
    assert told == {
        "이름": "지구대",
        "address": "골목구 가람로 12",
        "placed_by": "address",
        "place_confidence": "0.82",
    }
    owner.close()


def test_a_shape_in_a_cell_becomes_a_feature(db: Database, place: TestCity, tmp_path: Path) -> None:
    ring = "[[126.93,37.57],[126.94,37.57],[126.94,37.58],[126.93,37.57]]"
    file = tmp_path / "icing.csv"
    file.write_text(
        'id,이름,la_crd,lo_crd,geom_json\n7,고개,37.575,126.935,'
        f'"{{""type"":""Polygon"",""coordinates"":[{ring}]}}"\n8,빈 곳,,,\n', encoding="utf-8"
    )  # fmt: skip
    result = load(db, "layer", file, layer="icing")
    assert (result.form, result.inserted, result.reasons) == ("list-geojson", 1, {"BAD_GEOMETRY": 1})
    owner = place.open("owner")
    with owner.engine.connect() as connection:
        kind = "select st_geometrytype(geom) from core.layer_feature"
        assert connection.execute(text(kind)).scalar_one() in ("ST_Polygon", "ST_MultiPolygon")
    owner.close()


SENSITIVE = "update core.incident set class_code = '106' where incident_key = 'first'"
READ = (
    "select st_x(geom), st_y(geom), place_m from api.read_incidents('-infinity', 'infinity', 'why', 'first')"
)
POINT = "select st_x(geom) from api.read_incident_points('-infinity', 'infinity', 'why', {role}, 'first')"


def test_whoever_plans_sees_a_cell_of_250_m_in_place_of_a_sensitive_point(drawn: CityDoor) -> None:
    staff = drawn("staff")
    with staff.engine.connect() as connection:
        assert connection.execute(text(READ)).one() == (200005, 550000, None)
    alter(drawn, SENSITIVE)
    with staff.engine.connect() as connection:
        # the cell from 200000 to 200250 and 550000 to 550250
        assert connection.execute(text(READ)).one() == (200125, 550125, 250)
        for role in ("operator", "auditor", "analysis"):
            assert connection.execute(text(POINT.format(role=f"'{role}'"))).scalar() == 200005
    for role in ("'planner'", "''", "null"):
        with staff.engine.connect() as connection, pytest.raises(DBAPIError, match="not for"):
            connection.execute(text(POINT.format(role=role)))
    owner = drawn("owner")
    alter(drawn, "update core.incident set class_code = '101' where incident_key = 'first'")
    with owner.engine.connect() as connection:
        unlogged = "select count(*) from meta.access_log where detail ->> 'precise_for' = 'operator'"
        assert connection.execute(text(unlogged)).scalar() == 0  # rolled back with its read
    with staff.engine.begin() as connection:
        connection.execute(text(POINT.format(role="'operator'")))
    with owner.engine.connect() as connection:
        assert connection.execute(text(unlogged)).scalar() == 1


def test_a_sensitive_incident_has_no_sheet_for_who_may_not_see_its_point(drawn: CityDoor) -> None:
    alter(drawn, SENSITIVE)
    taking = Taking("internal", "Kim", "hand-over")
    with pytest.raises(NotYours, match="sensitive"):
        handover.sheet(drawn("staff"), Asked(incident="first"), taking=taking, roles={"planner"})
    _, told = handover.sheet(drawn("staff"), Asked(incident="first"), taking=taking, roles={"operator"})
    assert told["seen_by"] == 1
    alter(drawn, "update core.incident set class_code = '101' where incident_key = 'first'")
    _, told = handover.sheet(drawn("staff"), Asked(incident="first"), taking=taking, roles={"planner"})
    assert told["seen_by"] == 1
    assert (points_as({"planner", "committee"}), points_as({"planner", "auditor"})) == (None, "auditor")


def test_every_sensitive_class_says_why_in_both_languages(drawn: CityDoor) -> None:
    with drawn("owner").engine.connect() as connection:
        listed = connection.execute(
            text("select code, cell_m, reason_ko, reason_en from core.sensitive_class")
        ).all()
    assert {"106", "107", "108", "109", "508"} <= {row[0] for row in listed}
    assert all(row[1] >= 100 and row[2] and row[3] for row in listed)


def test_police_stations_that_are_addresses_alone(
    make_city: Callable[[], TestCity], shared_data: Path
) -> None:
    """Of 243 stations of Seoul eight are Seodaemun's; its registry of poles knows a number near four of them."""
    city = make_city()
    database = connect(district("seodaemun"), city.server, role="loader", database=city.name)
    try:
        load(database, "boundaries", shared_data / "boundaries" / "seoul_hangjeongdong_raqoon886.geojson")
        load(database, "cameras", shared_data / "cctv" / "seoul_std_2018_cctv2.csv")
        result = load(
            database, "layer", shared_data / "demand" / "seoul_police_stations.csv", layer="stations"
        )
        assert (result.rows_in, result.outside) == (243, 235)
        assert (result.inserted, result.reasons["BLANK_COORD"]) == (4, 4)
        assert {name: result.repaired.get(name, 0) for name in ("ADDRESS_EXACT", "ADDRESS_NEAR")} == {
            "ADDRESS_EXACT": 0,
            "ADDRESS_NEAR": 4,
        }
    finally:
        database.close()


def test_an_icy_place_of_the_authority_s_is_an_area(db: Database, shared_data: Path) -> None:
    # the neighbour district's: it is read whole and lies outside ours, or inside where no outline is loaded
    result = load(
        db, "layer", shared_data / "incidents" / "eunpyeong_icing_hotspot.csv", layer="icing_authority"
    )
    assert (result.form, result.rows_in, result.quarantined) == ("list-geojson", 1, 0)
