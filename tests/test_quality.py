"""The sheet of a source's quality counts what its file held; alarms tell a source that is late and a list that shrank."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from app import phrases_alarms, phrases_quality, session
from app.services import quality, start, status
from app.services.exports import Taking
from app.services.quality import UnknownSheet
from etl.db import Database
from etl.load import load
from etl.reasons import InputRefused
from etl.rhythm import RHYTHMS, Rhythm, read_rhythms, rhythm_of
from etl.rows import MARK
from etl.terms import Terms
from tests.database import TestCity
from tests.pages import page_text, visited
from tests.test_load import EAST, HEADER, MIDDLE, WEST, ask, dong, registry, row

NORTH, SOUTH = "골목구청 안전과", "골목구청 교통과"
# The day that the registry's next file is due: 183 days on from 2013-12-31.
DUE = date(2014, 7, 2)


@dataclass(frozen=True)
class Held:
    """A district of two dong, nothing else loaded."""

    loader: Database
    staff: Database


@pytest.fixture
def held(make_city: Callable[[], TestCity], tmp_path: Path) -> Iterator[Held]:
    city = make_city()
    doors = Held(city.open("loader"), city.open("staff"))
    load(doors.loader, "boundaries", dong(tmp_path, ("a", WEST, MIDDLE), ("b", MIDDLE, EAST)))
    yield doors
    doors.loader.close()
    doors.staff.close()


def number(n: int) -> str:
    return f"2026312000{n:05d}"


def first_list(folder: Path) -> Path:
    """Write a registry of six rows: four of one agency, one of them refused and one elsewhere, and two of another."""
    return registry(
        folder,
        row(number(1), manager=NORTH, view="360도"),
        row(number(2), manager=NORTH, lat="37.581", lon="126.937"),
        row(number(3), manager=NORTH, count="0"),
        row(number(4), manager=NORTH, lat="35.100001", lon="129.100001"),
        row(number(5), manager=SOUTH, lat="", lon=""),
        row(number(6), manager=SOUTH, lat="553285.1", lon="194417.4"),
        name="first.csv",
    )


def sheet_of(held: Held, source: str = "cameras", *, now: date = DUE) -> dict[str, Any]:
    (sheet,) = quality.quality(held.staff, source, now=now)["sheets"]
    return dict(sheet)


def test_the_sheet_counts_the_rows_of_this_district(held: Held, tmp_path: Path) -> None:
    load(held.loader, "cameras", first_list(tmp_path))
    sheet = sheet_of(held)
    # One of six rows lies elsewhere; of five, three are refused: no count, no place, metres for degrees.
    assert (sheet["rows_in"], sheet["outside"], sheet["rows"]) == (6, 1, 5)
    assert (sheet["refused"], sheet["refused_share"]) == (3, 0.6)
    assert (sheet["day"], sheet["due_on"], sheet["state"]) == ("2013-12-31", "2014-07-02", "fresh")
    filled = {column["name"]: (column["filled"], column["of"], column["share"]) for column in sheet["columns"]}  # fmt: skip
    # Columns stand as in the file; one that no row fills is told too.
    assert list(filled) == HEADER.split(",")
    assert filled["관리번호"] == (5, 5, 1.0)
    assert filled["WGS84위도"] == (4, 5, 0.8)
    assert filled["촬영방면정보"] == (1, 5, 0.2)
    assert filled["소재지지번주소"] == (0, 5, 0.0)


def test_coordinates_are_counted_by_how_finely_they_are_told(held: Held, tmp_path: Path) -> None:
    load(held.loader, "cameras", first_list(tmp_path))
    places = {row["decimals"]: (row["n"], row["of"], row["step_m"]) for row in sheet_of(held)["places"]}
    # 37.5801 and 126.9368 have four decimals, 37.581 and 126.937 three.
    assert places == {"4": (2, 5, 11.0), "3": (1, 5, 111.0), "metric": (1, 5, None), "blank": (1, 5, None)}


@pytest.mark.parametrize(
    ("lat", "lon", "expected"),
    [
        ("37.580100", "126.9", "4"),
        ("37.5", "126.93680001", "6"),
        ("37", "127", "2"),
        ("0", "0", "2"),
        ("99.999999", "999.999999", "unread"),
        ("37,58", "126.9", "unread"),
        ("553285.1", "194417.4", "metric"),
        ("", "126.9", "blank"),
    ],
)
def test_classes_of_decimals(owner: Database, lat: str, lon: str, expected: str) -> None:
    assert ask(owner, f"select core.decimals('{lat}', '{lon}')") == [(expected,)]


def test_agencies_have_their_own_shares(held: Held, tmp_path: Path) -> None:
    load(held.loader, "cameras", first_list(tmp_path))
    north, south = sheet_of(held)["agencies"]
    assert (north["agency"], north["rows"], north["refused"], north["refused_share"]) == (NORTH, 3, 1, 0.3333)
    assert (south["agency"], south["rows"], south["refused"], south["refused_share"]) == (SOUTH, 2, 2, 1.0)


def test_the_share_refused_is_told_over_time(held: Held, tmp_path: Path) -> None:
    load(held.loader, "cameras", first_list(tmp_path))
    load(held.loader, "cameras", registry(tmp_path, *(row(number(n), manager=NORTH) for n in range(1, 6)), name="second.csv"))  # fmt: skip
    second, first = sheet_of(held)["history"]
    assert (second["file"], second["refused"], second["rows"], second["refused_share"]) == ("second.csv", 0, 5, 0.0)  # fmt: skip
    assert (first["file"], first["refused"], first["rows"], first["refused_share"]) == (
        "first.csv",
        3,
        5,
        0.6,
    )
    assert first["reasons"]["BAD_COUNT"] == 1


def test_mended_rows_are_no_list(held: Held, tmp_path: Path) -> None:
    load(held.loader, "cameras", first_list(tmp_path))
    path = tmp_path / "mended.csv"
    path.write_text(f"{HEADER},{MARK}\n{row(number(3), manager=NORTH)},\n", encoding="utf-8")
    load(held.loader, "cameras", path)
    sheet = sheet_of(held)
    # The sheet stays that of the list; the part is no point of its history, and makes no alarm.
    assert (sheet["file"], [load["file"] for load in sheet["history"]]) == ("first.csv", ["first.csv"])
    assert sheet["alarms"] == []


def test_files_of_two_kinds_have_a_sheet_each(held: Held, tmp_path: Path) -> None:
    bells, ways = tmp_path / "bells.csv", tmp_path / "ways.csv"
    bells.write_text("관리번호,설치위치,WGS84위도,WGS84경도\n1,문 앞,37.5801,126.9368\n", encoding="utf-8")
    ways.write_text("시설물 id,시설코드,포인트 wkt,안심귀갓길 아이디\nf,301,POINT(126.9368 37.5801),w\n", encoding="utf-8")  # fmt: skip
    for path in (bells, ways):
        load(held.loader, "bells", path)
    sheets = quality.quality(held.staff, "bells")["sheets"]
    assert [(sheet["kind"], sheet["file"], sheet["rows"]) for sheet in sheets] == [
        ("safe_return", "ways.csv", 1),
        ("bell", "bells.csv", 1),
    ]


def test_a_sheet_of_what_was_never_loaded_is_none(held: Held) -> None:
    with pytest.raises(UnknownSheet, match="boundaries"):
        quality.quality(held.staff, "cameras")


@pytest.mark.parametrize("lang", ["ko", "en"])
def test_the_sheet_is_taken_away(held: Held, tmp_path: Path, lang: str) -> None:
    load(held.loader, "cameras", first_list(tmp_path))
    out = tmp_path / "sheet.csv"
    told = quality.write(held.staff, "cameras", Taking("committee"), out=out, lang=lang, now=DUE)
    head, *rows = csv.reader(io.StringIO(out.read_text(encoding="utf-8-sig")))
    assert told["rows"] == len(rows) and len(head) == 8
    assert ["cameras", "2", "first.csv", "refused", "", "3", "5", "0.6"] in rows
    page = tmp_path / "sheet.html"
    quality.write(held.staff, None, Taking("committee"), out=page, lang=lang, now=DUE)
    text = page.read_text(encoding="utf-8")
    assert "<td>3 / 5</td>" in text and "60.0 %" in text and f'lang="{lang}"' in text


# -- alarms -----------------------------------------------------------------------------------------------------------


def test_a_source_is_late_the_day_after_it_was_due(held: Held, tmp_path: Path) -> None:
    load(held.loader, "cameras", first_list(tmp_path))
    assert sheet_of(held, now=DUE)["alarms"] == []
    (late,) = sheet_of(held, now=date(2014, 7, 4))["alarms"]
    assert late == {"code": "late", "source": "cameras", "day": "2013-12-31", "due_on": "2014-07-02", "days_over": 2}  # fmt: skip
    assert phrases_alarms.sentence(late, "en") == (
        "registry of cameras: a new file was due on 2 July 2014, 2 days ago; the last one describes 31 December 2013."
    )


def test_a_list_that_shrank_and_an_agency_that_is_gone(held: Held, tmp_path: Path) -> None:
    whole = [row(number(n), manager=NORTH if n < 15 else SOUTH) for n in range(20)]
    load(held.loader, "cameras", registry(tmp_path, *whole, name="whole.csv"))
    # 19 of 20 is 5 % fewer, no more.
    load(held.loader, "cameras", registry(tmp_path, *whole[1:], name="less.csv"))
    assert sheet_of(held)["alarms"] == []
    with pytest.raises(InputRefused):
        load(held.loader, "cameras", registry(tmp_path, *whole[1:15], name="short.csv"))
    (waits,) = sheet_of(held)["alarms"]
    assert (waits["code"], waits["file"]) == ("held", "short.csv")
    assert "short.csv is held" in phrases_alarms.sentence(waits, "en")
    load(held.loader, "cameras", tmp_path / "short.csv", terms=Terms(accept_loss=True))
    fewer, gone = sheet_of(held)["alarms"]
    assert (fewer["code"], fewer["n"], fewer["before"], fewer["lost"]) == ("fewer_rows", 14, 19, 0.263158)
    assert gone["agencies"] == [{"agency": SOUTH, "n": 5}]
    # The same file once more hides nothing; a whole list again does.
    again = registry(tmp_path, *whole[1:15], name="again.csv")
    assert load(held.loader, "cameras", again).notes["same_file"]
    assert [alarm["code"] for alarm in sheet_of(held)["alarms"]] == ["fewer_rows", "agencies_gone"]
    told = " ".join(phrases_alarms.in_short(sheet_of(held)["alarms"], "en"))
    assert "shrank by 26.3 %, from 19 rows" in told and f"{SOUTH} (5)" in told
    load(held.loader, "cameras", registry(tmp_path, *whole, name="whole.csv"))
    assert sheet_of(held)["alarms"] == []


def test_status_and_start_tell_the_alarms(held: Held, tmp_path: Path) -> None:
    load(held.loader, "cameras", first_list(tmp_path))
    # The registry speaks of 2013: it is late on whatever day this runs.
    assert [alarm["source"] for alarm in status.status(held.staff)["alarms"]] == ["cameras"]
    assert [alarm["code"] for alarm in start.start(held.staff)["alarms"]] == ["late"]
    assert list(phrases_alarms.in_short(status.status(held.staff)["alarms"], "ko")) == ["늦은 자료 1가지: 카메라 대장."]  # fmt: skip


def test_a_district_sets_its_own_rhythm(held: Held, tmp_path: Path) -> None:
    load(held.loader, "cameras", first_list(tmp_path))
    own = read_rhythms(
        {"cameras": {"every_days": 0, "may_lose": 0.5}, "layer child_zones": {"every_days": 30}}
    )
    calm = Held(held.loader, replace(held.staff, district=replace(held.staff.district, sources=own)))
    assert sheet_of(calm, now=date(2030, 1, 1))["alarms"] == []
    assert (rhythm_of(own, "layer child_zones").every_days, rhythm_of(own, "layer x").every_days) == (30, 365)
    assert own["lamps"] is RHYTHMS["lamps"]


@pytest.mark.parametrize(
    ("said", "fault"),
    [
        ({"lamp": {"every_days": 3}}, "no source is called 'lamp'"),
        ({"lamps": {"days": 3}}, "does not know days"),
        ({"lamps": {"every_days": -1}}, "every_days must be"),
        ({"lamps": {"may_lose": 1.0}}, "may_lose must be"),
    ],
)
def test_a_fault_in_a_rhythm_is_named(said: dict[str, Any], fault: str) -> None:
    with pytest.raises(ValueError, match=fault):
        read_rhythms(said)
    assert Rhythm(None).may_lose == 0.05


# -- the page ---------------------------------------------------------------------------------------------------------


def _data_page() -> None:
    from app.views import data

    data.page()


_run = partial(visited, _data_page)


@pytest.fixture
def shown(held: Held, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Held:
    """The page on the district with its first list."""
    load(held.loader, "cameras", first_list(tmp_path))
    monkeypatch.setenv("GOLMOK_DISTRICT", "sample")
    monkeypatch.setattr(session, "shared_database", lambda: held.staff)
    return held


@pytest.mark.usefixtures("shown")
def test_the_page_shows_the_sheet_that_the_address_names() -> None:
    test = _run(part="quality", sheet="cameras")
    assert "3 of 5 rows (60.0 %) were refused." in page_text(test)
    columns, history, places, agencies = (frame.value for frame in test.dataframe)
    assert list(columns["column"]) == HEADER.split(",") and list(agencies["refused_of"]) == ["1 / 3", "2 / 2"]
    assert list(history["share"]) == ["60.0 %"] and list(places["n_of"]) == [
        "2 / 5",
        "1 / 5",
        "1 / 5",
        "1 / 5",
    ]
    assert "a new file was due" in test.warning[0].value
    assert len(test.get("download_button")) == 2
    # The registry is what is shown first; a sheet that is none is not believed.
    assert _run(part="quality", sheet="none").selectbox(key="sheet").value == "cameras"
    other = _run(part="quality", sheet="boundaries")
    assert "It describes" in page_text(other) and len(other.dataframe) == 2


@pytest.mark.usefixtures("shown")
def test_lists_that_shrank_stand_above_the_ages(shown: Held, tmp_path: Path) -> None:
    short = registry(tmp_path, row(number(1), manager=NORTH), name="short.csv")
    load(shown.loader, "cameras", short, terms=Terms(accept_loss=True))
    told = [warning.value for warning in _run(part="age").warning]
    assert told[0].startswith("registry of cameras: the list shrank by 80.0 %, from 5 rows")
    assert f"{SOUTH} (2)" in told[1]


def test_steps_of_coordinates_in_words() -> None:
    places = [{"decimals": name, "step_m": step, "n": 1, "of": 4, "share": 0.25} for name, step in
              (("6", 0.1), ("4", 11.0), ("2", 1110.0), ("blank", None))]  # fmt: skip
    assert [told["step"] for told in phrases_quality.places({"places": places}, "en")] == [
        "0.1 m", "11 m", "1,110 m or more", "–",
    ]  # fmt: skip
