"""Where is what was typed? A town of one road, a branch of it, a lot, two houses of one name and a bell, by hand."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest
import typer
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import text

from app import cli_place, phrases_where
from app.cli_place import Named, PlaceUnclear
from app.services.where import NoSuchSystem, places
from etl.db import Database, connect
from etl.spelt import named_gu
from spatial.crs import project
from tests.database import TestCity
from tests.typos import KINDS, slip

# Metres of EPSG:5186 from the town's corner.
TOWN = """
insert into core.boundary (boundary_key, level, code, name_ko, name_en, geom) values
    ('T', 'district', '11', '가람시 장난구', 'Toy', st_multi(st_makeenvelope(200000, 550000, 201000, 551000, 5186))),
    ('W', 'dong', '1100011000', '버들동', 'Beodeul-dong', st_multi(st_makeenvelope(200000, 550000, 200500, 551000, 5186))),
    ('E', 'dong', '1100099000', '솔숲2동', 'Solsup 2-dong', st_multi(st_makeenvelope(200500, 550000, 201000, 551000, 5186)));
insert into core.building (building_key, name, geom) values
    ('1100011000a', '꽃담마을 101동', st_multi(st_makeenvelope(200100, 550110, 200110, 550120, 5186))),
    ('1100011000b', '샛별빌라', st_multi(st_makeenvelope(200200, 550110, 200210, 550120, 5186))),
    ('1100077000c', '샛별빌라', st_multi(st_makeenvelope(200800, 550110, 200810, 550120, 5186)));
insert into core.address (address_key, building_key, address_road, address_lot, geom)
select key, building, road, lot, st_setsrid(st_makepoint(200000 + x, 550100), 5186)
from (values
    ('1', '1100011000a', '버들로 10', '12-3', 100), ('2', '1100011000b', '버들로 20', '12-5', 200),
    ('3', '1100011000d', '버들로1길 4', '15', 300), ('4', '1100011000e', '버들로2길 4', '16', 400),
    ('5', '1100077000c', '솔바람길 7-2', '30-1', 800)
) as a (key, building, road, lot, x);
insert into core.alley (alley_key, name, kind, geom) values
    ('S', '버들로', 'road', st_setsrid(st_makeline(st_makepoint(200000, 550100), st_makepoint(200900, 550100)), 5186)),
    ('L', '버들로1길', 'alley', st_setsrid(st_makeline(st_makepoint(200300, 550100), st_makepoint(200300, 550200)), 5186));
insert into core.site (site_key, address_road, geom) values ('p', '가람시 장난구 버들로 30', st_setsrid(st_makepoint(200300, 550100), 5186));
insert into core.agency (name_ko) values ('구청');
insert into core.camera (camera_key, site_id, head_no) select '2013-77-1', site_id, 1 from core.site;
insert into core.camera_state (camera_id, valid_during, agency_id, purpose_code, kind)
select camera_id, '[2010-01-01,)', agency_id, 'crime_prevention', 'fixed' from core.camera, core.agency;
insert into core.bell (bell_key, kind, name, geom) values
    ('201300007', 'bell', '놀이터 앞', st_setsrid(st_makepoint(200300, 550100), 5186)),
    ('201400007', 'bell', null, st_setsrid(st_makepoint(200700, 550100), 5186));
insert into core.incident (incident_key, occurred_at, class_code, class_name, exercise, repeat_call, false_alarm, origin, geom)
values ('20130101001', '2013-01-01', '101', '살인', false, false, false, '112', st_setsrid(st_makepoint(200333, 550444), 5186)),
    ('20130101002', '2013-01-01', '106', '성폭력', false, false, false, '112', st_setsrid(st_makepoint(200333, 550444), 5186));
"""


@pytest.fixture(scope="module")
def town(city: TestCity) -> Iterator[Database]:
    """The town, as the app sees it."""
    ours = replace(city.district, name_ko="가람시 장난구")
    owner = connect(ours, city.server, role="owner", database=city.name)
    with owner.engine.begin() as connection:
        connection.exec_driver_sql(TOWN)
    owner.close()
    staff = connect(ours, city.server, role="staff", database=city.name)
    yield staff
    staff.close()


def _xy(row: dict[str, Any]) -> tuple[int, int]:
    """Return a place in metres from the town's corner."""
    x, y = project(row["lon"], row["lat"], srid=5186)[0]
    return round(x - 200000), round(y - 550000)


def _one(db: Database, typed: str) -> dict[str, Any]:
    answer = places(db, typed)
    assert len(answer["found"]) == 1, answer
    return answer["found"][0]


@pytest.mark.parametrize(
    ("typed", "label", "spot"),
    [
        ("버들로 10", "버들로 10 · 꽃담마을 101동 · 버들동", (100, 100)),
        ("가람시 장난구 버들로10, 2층 (버들동)", "버들로 10 · 꽃담마을 101동 · 버들동", (100, 100)),
        ("버들로 1 길 4", "버들로1길 4 · 버들동", (300, 100)),
        ("버들동 12-3번지", "버들동 12-3 · 버들로 10 · 꽃담마을 101동", (100, 100)),
        ("꽃담마을 101동 앞", "꽃담마을 101동 · 버들로 10 · 버들동", (105, 115)),
        ("장난구 버들로 30", "버들로 30 · 버들동", (300, 100)),
        ("솔바람길 7의2", "솔바람길 7-2 · 샛별빌라 · 솔숲2동", (800, 100)),
    ],
)
def test_what_is_spelt_right_is_that_very_place(
    town: Database, typed: str, label: str, spot: tuple[int, int]
) -> None:
    answer = places(town, typed)
    row = answer["found"][0]
    assert answer["exact"] and answer["said"]["code"] == "one"
    assert (row["label_ko"], _xy(row), row["confidence"], row["read_as"]) == (label, spot, 1.0, None)


@pytest.mark.parametrize(
    "typed", ["버둘로 10", "버들러 10", "들버로 10", "qjemffh 10", "ㅂㄷㄹ 10", "버 들로10"]
)
def test_a_slip_is_forgiven_and_said(town: Database, typed: str) -> None:
    row = _one(town, typed)
    assert _xy(row) == (100, 100)
    # by the same keys, or with a space, it is no other spelling
    spelt = typed.replace(" ", "").startswith("버들로")
    assert row["read_as"] == (None if spelt else "버들로")
    assert places(town, typed)["exact"] == spelt
    assert ("read as 버들로" in phrases_where.place_line(row, typed, "en")) == (not spelt)


def test_numbers_in_a_name_are_never_a_slip(town: Database) -> None:
    answer = places(town, "버들로3길 4")
    assert answer["kind"] == "none"
    assert set(answer["said"]["near"]) >= {"버들로1길", "버들로2길"}


def test_a_number_that_is_not_known_is_its_neighbour_s_only_where_that_is_said(town: Database) -> None:
    row = _one(town, "버들로 12")
    # ten metres a number, four hundredths of confidence less than 0.9 for each
    assert (row["how"], row["number"], row["accuracy_m"], row["confidence"]) == ("beside", "10", 20.0, 0.82)
    assert not places(town, "버들로 12")["exact"]
    assert "place of 10, off by some 20 m" in phrases_where.place_line(row, "버들로 12", "en")
    lot = _one(town, "버들동 12-9")
    assert (lot["number"], lot["accuracy_m"], lot["confidence"]) == ("12-5", None, 0.7)


def test_a_number_far_from_every_known_one_is_no_place(town: Database) -> None:
    answer = places(town, "버들로 99")
    assert (answer["kind"], answer["found"], answer["said"]["no_number"]) == ("none", [], "버들로")
    assert answer["said"]["near"] == ["버들로 30", "버들로 20", "버들로 10"]
    said = " ".join(phrases_where.none_lines(answer, "버들로 99", "en"))
    assert said == (
        "Nothing fits ‘버들로 99’. Looked for: names, addresses. 버들로 is known, that number of it is not. "
        "Nearest known numbers: 버들로 30, 버들로 20, 버들로 10."
    )


def test_the_dong_of_a_lot_told_by_an_outline_is_less_sure(town: Database) -> None:
    # no outline bears the code of its building; the entrance lies in 솔숲2동, whose lots are those of 솔숲동
    row = _one(town, "솔숲동 30-1")
    assert (_xy(row), row["confidence"]) == ((800, 100), 0.9)


def test_of_two_houses_of_one_name_none_is_taken(town: Database) -> None:
    answer = places(town, "샛별빌라")
    assert (answer["said"]["code"], answer["exact"]) == ("several", False)
    assert [_xy(row) for row in answer["found"]] == [(205, 115), (805, 115)]
    assert [row["label_en"] for row in answer["found"]] == [
        "샛별빌라 · 버들로 20 · Beodeul-dong", "샛별빌라 · 솔바람길 7-2 · Solsup 2-dong",
    ]  # fmt: skip


def test_a_long_street_is_no_one_place(town: Database) -> None:
    found = places(town, "버들로")["found"]
    assert sorted((row["how"], _xy(row)) for row in found) == [
        ("street_end", (900, 100)), ("street_middle", (450, 100)), ("street_start", (0, 100)),
    ]  # fmt: skip
    assert {row["length_m"] for row in found} == {900.0}
    short = _one(town, "버들로1길")
    assert (short["how"], _xy(short), short["accuracy_m"]) == ("street_middle", (300, 150), 50.0)


def test_a_dong_is_its_middle_and_as_large_as_it_is(town: Database) -> None:
    row = _one(town, "버들동")
    assert (_xy(row), row["how"]) == ((250, 500), "middle")
    assert row["accuracy_m"] == round(math.sqrt(500_000 / math.pi), 1)


def test_a_bell_brings_the_cameras_on_its_pole(town: Database) -> None:
    row = _one(town, "201300007")
    assert (row["kind"], row["cameras"], _xy(row)) == ("bell", ["2013-77-1"], (300, 100))
    line = phrases_where.place_line(row, "201300007", "en")
    assert line == "emergency bell 201300007 · 놀이터 앞 (cameras on its pole: 2013-77-1)"
    lone = _one(town, "비상벨 201400007")
    assert "no camera hangs on its pole" in phrases_where.place_line(lone, "", "en")
    # its last digits name two: a person picks
    assert [row["key"] for row in places(town, "bell 00007")["found"]] == ["201300007", "201400007"]
    assert places(town, "비상벨 999999")["kind"] == "none"


def test_bells_of_one_name_are_told_apart(town: Database) -> None:
    row = _one(town, "놀이터 앞")
    assert row["label_en"] == "놀이터 앞 · 201300007 · 버들로1길 4 · Beodeul-dong"


def test_a_camera_is_known_by_its_number_or_its_pole_s(town: Database) -> None:
    for typed in ("2013-77-1", "2013-77", "카메라 2013-77"):
        row = _one(town, typed)
        assert (row["kind"], row["key"], row["confidence"]) == ("camera", "2013-77-1", 1.0)


def _reads(owner: Database) -> list[tuple[str, str, int]]:
    with owner.engine.connect() as connection:
        told = connection.execute(
            text(
                "select who, purpose, rows from meta.access_log where object = 'core.incident' order by access_id"
            )
        )
        return [tuple(row) for row in told]


def test_an_incident_is_read_with_role_and_purpose_and_leaves_a_trace(
    town: Database, owner: Database
) -> None:
    before = len(_reads(owner))
    asked = {"purpose": "call of the shift", "who": "Kim"}
    row = places(town, "사건 20130101002", roles=["operator"], **asked)["found"][0]
    assert (_xy(row), row["accuracy_m"], row["incident_class"]) == ((333, 444), None, "106")
    coarse = places(town, "20130101002", roles=["planner"], **asked)["found"][0]
    # of a sensitive class whoever plans sees the middle of a cell of 250 m: up to half its diagonal away
    assert (coarse["how"], coarse["accuracy_m"]) == ("cell", round(250 / math.sqrt(2), 1))
    assert _xy(coarse) != (333, 444)
    assert places(town, "사건 99999999", **asked)["kind"] == "none"
    assert _reads(owner)[before:] == [("Kim", "call of the shift", n) for n in (1, 1, 0)]
    # what is no number of a call reads no incident
    places(town, "버들로 10", **asked)
    assert len(_reads(owner)) == before + 3


def test_an_address_of_another_gu_is_not_ours(town: Database) -> None:
    answer = places(town, "가람시 마포구 버들로 10")
    assert (answer["kind"], answer["said"]["other_gu"]) == ("none", "마포구")
    assert _xy(_one(town, "장남구 버들로 10")) == (100, 100)
    assert named_gu("출입구 버들로 10") is None


@pytest.mark.parametrize(
    ("typed", "crs", "order"),
    [
        ("5186: 200500 550500", 5186, "east_first"),
        ("EPSG:5186 550500, 200500", 5186, "north_first"),
        ("200,500 550,500", 5186, "east_first"),
    ],
)
def test_metres_are_read_in_the_system_that_is_named_or_the_only_one_that_fits(
    town: Database, typed: str, crs: int, order: str
) -> None:
    row = _one(town, typed)
    assert (_xy(row), row["crs"], row["how"], row["accuracy_m"]) == ((500, 500), crs, order, 0.5)


def test_metres_that_fit_several_systems_are_never_guessed(town: Database) -> None:
    # the two old systems lie 255 m apart: both put this into the town
    answer = places(town, "200500 450200")
    fits = {row["crs"] for row in answer["found"]}
    assert fits >= {2097, 5174} and not answer["exact"]
    named = phrases_where.choices(answer, "200500 450200", "en")
    assert any("EPSG:2097 (central belt, Bessel), east first" in line for line in named)
    assert _one(town, "2097: 200500 450200")["crs"] == 2097
    only = places(town, "200500 450200", at_crs="EPSG:5174")["found"]
    assert [row["crs"] for row in only] == [5174]
    with pytest.raises(NoSuchSystem, match="9999"):
        places(town, "200500 450200", at_crs="9999")


def test_metres_that_lie_nowhere_near_are_no_place(town: Database) -> None:
    assert places(town, "900000 900000")["kind"] == "none"


@settings(max_examples=60, deadline=None)
@given(typed=st.text("버들로길솔숲동샛별 0123-,()ㅂㄷㄹqjem", max_size=14))
def test_whatever_is_typed_no_place_is_invented(town: Database, typed: str) -> None:
    known = {(100, 100), (200, 100), (300, 100), (400, 100), (800, 100)}
    whole = {(450, 100), (0, 100), (900, 100), (300, 150), (250, 500), (750, 500)}
    houses = {(105, 115), (205, 115), (805, 115), (300, 100), (700, 100)}
    answer = places(town, typed, roles=["operator"])
    assert len(answer["found"]) <= 9
    assert (answer["kind"] == "none") == (answer["found"] == [])
    for row in answer["found"]:
        if row["kind"] != "coordinates":
            assert _xy(row) in known | whole | houses


@settings(max_examples=40, deadline=None)
@given(kind=st.sampled_from(KINDS), seed=st.integers(0, 99))
def test_a_seeded_slip_in_the_long_name_is_found(town: Database, kind: str, seed: int) -> None:
    import numpy as np

    typed = slip("솔바람길", "7-2", kind, np.random.default_rng(seed))
    assert (800, 100) in [_xy(row) for row in places(town, typed)["found"]]


DRAWN = """
select count(*) from (
    (select source_id, kind, plain, main, sub, stated from core.place_spot where source = 'address'
     except all
     select g.source_id, g.kind, core.plain_name(g.name), g.main, g.sub, g.stated
     from core.names_given('address', (select array_agg(address_id) from core.address)) g)
    union all
    (select g.source_id, g.kind, core.plain_name(g.name), g.main, g.sub, g.stated
     from core.names_given('address', (select array_agg(address_id) from core.address)) g
     except all
     select source_id, kind, plain, main, sub, stated from core.place_spot where source = 'address')
) apart
"""


def test_names_follow_what_is_loaded_changed_and_taken_away(place: TestCity) -> None:
    db = connect(
        replace(place.district, name_ko="가람시 장난구"), place.server, role="owner", database=place.name
    )
    steps = (
        TOWN,
        "update core.address set address_road = '물레길 3' where address_key = '1'",
        "delete from core.address where address_key = '2'",
        # the dong of a lot follows the outlines
        "update core.boundary set code = '1100077000' where boundary_key = 'E'",
        "insert into core.address (address_key, address_road, geom) values ('9', '버들로 8', st_setsrid(st_makepoint(200010, 550100), 5186))",
    )
    for step in steps:
        with db.engine.begin() as connection:
            connection.exec_driver_sql(step)
            assert connection.exec_driver_sql(DRAWN).scalar() == 0
    assert _xy(_one(db, "물레길 3")) == (100, 100)
    assert _xy(_one(db, "솔숲2동 30-1")) == (800, 100)
    assert _one(db, "버들로 10")["how"] == "beside"
    db.close()


@pytest.mark.parametrize(
    ("named", "said"),
    [
        (Named(), "--lat and --lon, or --place"),
        (Named(lat=37.5), "missing: --lon"),
        (Named(lat=37.5, lon=127.0, text="버들로 10"), "not both"),
        (Named(lat=37.5, lon=127.0, pick=1), "--pick goes with --place"),
        (Named(lat=37.5, lon=127.0, at_crs="5186"), "--at-crs goes with --place"),
        (Named(text="샛별빌라"), "2 places fit. Pick one. Ask again with --pick"),
        (Named(text="샛별빌라", pick=3), "--pick 3: 2 places fit"),
        (Named(text="없는길 3"), "Nothing fits ‘없는길 3’"),
    ],
)
def test_options_that_name_no_one_place_are_wrong_use(
    town: Database, monkeypatch: pytest.MonkeyPatch, named: Named, said: str
) -> None:
    monkeypatch.setenv("GOLMOK_LANGUAGE", "en")
    with pytest.raises(PlaceUnclear, match=said.replace("(", r"\(")):
        cli_place.place_of(town, named)


def test_options_name_a_place(
    town: Database, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("GOLMOK_LANGUAGE", "en")
    assert cli_place.place_of(town, Named(lat=37.5, lon=127.0)) == {"lat": 37.5, "lon": 127.0, "line": None}
    second = cli_place.place_of(town, Named(text="샛별빌라", pick=2))
    assert _xy(dict(second)) == (805, 115)
    assert second["line"] == "building 샛별빌라 · 솔바람길 7-2 · Solsup 2-dong"
    with pytest.raises(PlaceUnclear):
        cli_place.place_of(town, Named(text="샛별빌라"))
    assert capsys.readouterr().err.splitlines() == [
        "1. building 샛별빌라 · 버들로 20 · Beodeul-dong", "2. building 샛별빌라 · 솔바람길 7-2 · Solsup 2-dong",
    ]  # fmt: skip


@pytest.mark.parametrize("typed", ["", "  "])
def test_the_command_asks_for_something(typed: str) -> None:
    with pytest.raises(typer.BadParameter, match="nothing was given"):
        cli_place.where(typed)
