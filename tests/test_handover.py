"""The hand-over sheet on the toy city: whose cameras, which trace, one A4."""

from __future__ import annotations

import hashlib
import json
import re
from datetime import datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from typer.testing import CliRunner

from app import handover_sheet, takeaway
from app.cli import cli
from app.handover_sheet import MOST_ROWS, Case
from app.roles import EditionRefused
from app.services import WrongUse, handover, watching
from app.services.exports import NoPurpose, Taking
from app.services.find import UnknownIncidentClass
from app.services.handover import Asked, UnknownIncident
from app.services.watching import Watch
from app.takeaway import Stamp
from etl.settings import settings
from tests import answers
from tests.city_in_database import Door, lonlat
from tests.test_takeaway import CHROMIUM, unescaped

SEOUL = ZoneInfo("Asia/Seoul")
TAKING = Taking("internal", "Kim", "hand-over")
LOG = (
    "select action, object, who, purpose, rows, detail from meta.access_log order by at desc, object limit 2"
)


@pytest.fixture
def _library(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(takeaway, "library", lambda _folder=None: ("/* the library */", ""))


pytestmark = pytest.mark.usefixtures("_library")


def cells(text: str) -> list[list[str]]:
    """Return the rows of the sheet's table as texts."""
    body = text[text.index("<tbody>") : text.index("</tbody>")]
    plain = [re.findall(r"<td[^>]*>(.*?)</td>", row) for row in re.findall(r"<tr>(.*?)</tr>", body)]
    return [[re.sub(r"(<[^>]+>)+", " ", cell).strip() for cell in row] for row in plain]


def test_an_incident_by_its_key(drawn: Door) -> None:
    text, told = handover.sheet(drawn("staff"), Asked(incident="first"), taking=TAKING, lang="en")
    # The call of July 2012 was 5 m before camera 1, on the network of that day.
    assert (told["incident"], told["at"], told["seen_by"], told["may_be_seen_by"]) == (
        "first",
        "2012-07-01",
        1,
        0,
    )
    assert told["sha256"] == hashlib.sha256(text.encode()).hexdigest()
    for part in ("1 July 2012 00:00", "101", "One camera certainly sees this place.", "Kim · ", "INVENTED"):
        assert part in text, part
    rows = cells(text)
    assert [row[0] for row in rows] == ["1", "2"]
    assert rows[0][1:] == [
        "certainly sees", "c1", "North", "5 m", "90° E", "90° E", "recognise", "working", "yes (25-1-2)",
    ]  # fmt: skip
    # camera 3 enforces traffic rules: a murder (101) is not what it hangs for
    assert "c3" not in text
    assert "Installed for other purposes: 1 (certainly seeing: 0, possibly: 0)." in text


def test_a_recorded_emergency_ground_opens_the_cameras_of_other_purposes(
    drawn: Door, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[Watch] = []
    monkeypatch.setattr(watching, "ground", lambda _db, watch: asked.append(watch) or {"ground_id": 1})
    db = drawn("staff")
    text, _ = handover.sheet(db, Asked(incident="first"), taking=TAKING, lang="en")
    third = cells(text)[2]
    assert third[3] == "North" and third[9].startswith("no")
    lon, lat = lonlat(db, 35, 0)
    handover.sheet(db, Asked(lat=lat, lon=lon, incident_class="101", about="first"), taking=TAKING)
    assert [watch.incident_key for watch in asked] == ["first", "first"]


def test_the_read_and_the_export_leave_their_traces(drawn: Door) -> None:
    _, told = handover.sheet(
        drawn("staff"), Asked(incident="third"), taking=Taking("internal", "Lee", "court")
    )
    with drawn("owner").engine.connect() as connection:
        found = {row[0]: row for row in connection.exec_driver_sql(LOG)}
    assert found["read"][1:5] == ("core.incident", "Lee", "court", 1)
    assert found["read"][5]["incident_key"] == "third"
    assert found["export"][1:5] == ("handover", "Lee", "court", 2)
    assert found["export"][5]["sha256"] == told["sha256"]


def test_a_place_and_a_time_read_no_incident(drawn: Door) -> None:
    db = drawn("staff")
    lon, lat = lonlat(db, 35, 0)
    when = datetime(2013, 6, 29, 16, 30, tzinfo=ZoneInfo("UTC"))
    with drawn("owner").engine.connect() as connection:
        before = connection.exec_driver_sql(
            "select count(*) from meta.access_log where action = 'read'"
        ).scalar()
    text, told = handover.sheet(db, Asked(lat=lat, lon=lon, when=when), taking=TAKING, lang="en")
    with drawn("owner").engine.connect() as connection:
        after = connection.exec_driver_sql(
            "select count(*) from meta.access_log where action = 'read'"
        ).scalar()
    assert before == after
    # half past four in London is half past one of the next day in Seoul
    assert "30 June 2013 01:30" in text
    assert (told["incident"], told["at"], told["may_be_seen_by"]) == (None, "2013-06-30", 1)
    assert cells(text)[0][1] == "may see 25 %"


def test_the_same_question_gives_the_same_bytes(drawn: Door) -> None:
    first, second = (handover.sheet(drawn("staff"), Asked(incident="first"), taking=TAKING)[0] for _ in "ab")
    assert first == second


@pytest.mark.parametrize("key", ["unknown", "nowhere"])
def test_an_incident_that_is_not_there_or_has_no_place(drawn: Door, key: str) -> None:
    with pytest.raises(UnknownIncident, match=key):
        handover.sheet(drawn("staff"), Asked(incident=key), taking=TAKING)


def test_the_sheet_is_internal_alone(drawn: Door) -> None:
    with pytest.raises(EditionRefused):
        handover.sheet(drawn("staff"), Asked(incident="first"), taking=Taking("committee", "Kim", "x"))
    with pytest.raises(WrongUse, match="fr"):
        handover.sheet(drawn("staff"), Asked(incident="first"), taking=TAKING, lang="fr")
    with pytest.raises(UnknownIncidentClass):
        handover.sheet(drawn("staff"), Asked(lat=37.5, lon=127.0, incident_class="burglary"), taking=TAKING)


def test_nothing_is_handed_over_of_a_place_outside_that_nobody_sees(drawn: Door) -> None:
    logged = "select count(*) from meta.access_log where action = 'export'"
    with drawn("owner").engine.connect() as connection:
        before = connection.exec_driver_sql(logged).scalar()
        with pytest.raises(WrongUse, match="outside the district"):
            handover.sheet(drawn("staff"), Asked(lat=37.1, lon=126.1), taking=TAKING)
        assert connection.exec_driver_sql(logged).scalar() == before


@pytest.mark.parametrize("given", [{}, {"lat": 37.5}, {"incident": "first", "lat": 37.5, "lon": 127.0}])
def test_a_sheet_is_about_one_thing(given: dict[str, Any]) -> None:
    with pytest.raises(WrongUse):
        Asked(**given)


def test_the_command_writes_the_file(drawn: Door, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("etl.db.open_database", lambda *_given, **_options: drawn("staff"))
    out = tmp_path / "sheet.html"
    words = ["handover", "--incident", "first", "--out", str(out), "--by", "Kim", "--purpose", "court"]
    told = json.loads(CliRunner().invoke(cli, [*words, "--json"]).stdout)
    assert told["sha256"] == hashlib.sha256(out.read_bytes()).hexdigest()
    assert str(out) in CliRunner().invoke(cli, words).stdout
    refused = CliRunner().invoke(cli, words[:-2])
    assert isinstance(refused.exception, NoPurpose)
    wrong = CliRunner().invoke(cli, [*words[:4], str(tmp_path / "sheet.pdf"), *words[5:]])
    assert isinstance(wrong.exception, WrongUse)


def many(n: int) -> dict[str, Any]:
    """Return an answer with so many cameras, each with the longest of names."""
    long = "가람특별시 골목구 아주아주긴이름의산책로길 1234-5678 앞 전신주"
    rows = [answers.camera(at, "possible", 20.0 + at, p_sees=0.2) | {"site": long} for at in range(1, n + 1)]
    return answers.nearest(*rows) | {"stale": 3, "out_of_order": 2}


def sheet_of(answer: dict[str, Any], lang: str = "ko") -> str:
    case = Case(
        lat=37.5791, lon=126.9368, key="2013030114315", when=datetime(2013, 3, 1, 15, 33, tzinfo=SEOUL),
        class_code="306", class_name="보호조치", urgency=2,
    )  # fmt: skip
    stamp = Stamp("홍길동", "2013년 6월 30일", "경찰서 인계 <긴급>")
    return handover_sheet.page(case, answer, {}, district="골목구", stamp=stamp, lang=lang)


def test_more_cameras_than_fit_are_counted() -> None:
    text = sheet_of(many(MOST_ROWS + 8), lang="en")
    assert len(cells(text)) == MOST_ROWS
    assert "8 more are not listed here." in text
    assert "not listed here" not in sheet_of(many(MOST_ROWS), lang="en")
    assert "경찰서 인계 &lt;긴급&gt;" in unescaped(text)


@pytest.mark.browser
@pytest.mark.parametrize("lang", ["ko", "en"])
@pytest.mark.parametrize("n", [0, 1, MOST_ROWS, MOST_ROWS + 8])
def test_the_sheet_prints_on_one_page(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, n: int, lang: str
) -> None:
    if not CHROMIUM.exists():
        pytest.skip("no Chromium on this machine")
    if not (settings().assets / "leaflet" / "leaflet.js").is_file():
        pytest.skip("the map library for maps to take away is not set up")
    from playwright.sync_api import sync_playwright

    monkeypatch.undo()  # the real library
    file = tmp_path / "sheet.html"
    file.write_text(sheet_of(many(n), lang), encoding="utf-8")
    with sync_playwright() as play:
        browser = play.chromium.launch(executable_path=str(CHROMIUM), args=["--no-sandbox", "--disable-gpu"])
        tab = browser.new_page()
        tab.goto(file.as_uri())
        tab.locator(".leaflet-container").wait_for()
        printed = tab.pdf(prefer_css_page_size=True)
        browser.close()
    assert len(re.findall(rb"/Type\s*/Page\b", printed)) == 1
