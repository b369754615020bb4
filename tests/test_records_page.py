"""The part of Data on calls: shares with their denominators, confidence, flags, and what is told coarsely."""

from __future__ import annotations

from pathlib import Path

import pytest

from app import phrases_records, printing_notes, session, words
from app.services import records
from etl.load import load
from tests.city_in_database import Door, alter
from tests.pages import page_text, visited

PLACED = """update core.incident set placed_by = 'address', place_confidence = case incident_key when 'first' then 1 else 0.7 end
    where incident_key in ('first', 'second')"""


def test_the_counts_have_their_denominators(living: Door) -> None:
    answer = records.records(living("staff"))
    # ten rows of the toy city: one without a place, nine by coordinates
    assert (answer["total"]["n"], answer["total"]["unplaced"], answer["total"]["by_coordinates"]) == (
        10,
        1,
        9,
    )
    assert (
        answer["total"]["exercises"],
        answer["total"]["false_alarms"],
        answer["total"]["repeat_calls"],
    ) == (1, 1, 1)
    assert answer["total"]["matched_share"] == 0.0
    alter(living, PLACED)
    answer = records.records(living("staff"))
    (row,) = answer["origins"]
    assert (row["by_address"], row["exact"], row["without_coordinates"]) == (2, 1, 3)
    assert row["matched_share"] == pytest.approx(2 / 3)
    assert (
        phrases_records.headline(answer, "en")
        == "Of 10 calls and accidents the place of 9 (90.0 %) is known."
    )
    assert "3 came without coordinates; 2 of them (66.7 %)" in " ".join(phrases_records.lines(answer, "en"))
    (told,) = phrases_records.origins(answer, "ko")
    # who called nobody knows here: a dash, not none
    assert (told["origin"], told["confidence"], told["callers"]) == ("112 신고", "0.85 (0.70–1.00)", "–")


def test_nothing_loaded_is_a_sentence_and_no_share(living: Door) -> None:
    alter(living, "delete from core.incident")
    answer = records.records(living("staff"))
    assert answer["total"]["matched_share"] is None
    assert phrases_records.headline(answer, "ko") == "아직 올린 신고나 사고가 없습니다."
    assert phrases_records.origins(answer, "ko") == []


def _data_page() -> None:
    from app.views import data

    data.page()


@pytest.mark.parametrize("lang", words.LANGUAGES)
def test_the_page_shows_the_part_that_its_address_names(
    living: Door, monkeypatch: pytest.MonkeyPatch, lang: words.Lang
) -> None:
    monkeypatch.setenv("GOLMOK_DISTRICT", "sample")
    monkeypatch.setattr(session, "shared_database", lambda: living("staff"))
    test = visited(_data_page, lang, part="records")
    text = page_text(test)
    assert words.say("records.headline", lang, n="10", placed="9", share="90.0 %") in text
    assert words.say("records.kept_dropped", lang) in text
    origins, sensitive = (frame.value for frame in test.dataframe)
    assert list(origins["by_coordinates"]) == ["9"]
    assert {"250 m"} == set(sensitive["cell"])
    assert next(iter(sensitive["class"])) == ("성폭력 (106)" if lang == "ko" else "sexual violence (106)")


@pytest.mark.parametrize("lang", words.LANGUAGES)
def test_a_load_prints_how_many_were_placed_by_address(lang: words.Lang) -> None:
    line = printing_notes.by_address({"ADDRESS_EXACT": 2, "ADDRESS_NEAR": 1, "UNPLACED": 1}, {}, lang)
    assert "75.0 %" in line
    assert printing_notes.by_address({"UNPLACED": 3}, {}, lang) == ""


@pytest.mark.parametrize("lang", words.LANGUAGES)
def test_rows_refused_for_want_of_a_place_count_among_those_without_coordinates(lang: words.Lang) -> None:
    # the 243 police stations of Seoul: none has coordinates, 24 have an address that is loaded
    line = printing_notes.by_address({"ADDRESS_EXACT": 24}, {"BLANK_COORD": 219, "BAD_COORD": 7}, lang)
    assert "243" in line
    assert "9.9 %" in line
    assert printing_notes.by_address({}, {"BLANK_COORD": 219}, lang) == ""


def test_a_note_without_a_sentence_is_named() -> None:
    assert printing_notes.note("odd", {"so_many": 1000}, "en") == "odd: so many 1,000"


def test_crimes_that_nothing_tells_apart_are_events_of_their_own(living: Door, tmp_path: Path) -> None:
    head = "Crime ID,Month,Reported by,Longitude,Latitude,Location,Crime type,Last outcome category"
    row = ",2013-01,City of London Police,127.0001,36.9501,On or near High Street,Anti-social behaviour,"
    numbered = "ab1,2013-01,City of London Police,127.0001,36.9501,On or near High Street,Drugs,"
    elsewhere = numbered.replace("36.9501", "36.9502")
    file = tmp_path / "2013-01.csv"
    file.write_text("\n".join([head, row, row, row, numbered, numbered, elsewhere]) + "\n", encoding="utf-8")
    alter(living, "delete from core.boundary")
    db = living("loader")
    result = load(db, "police", file)
    # one number with the same contents twice is one crime; with another place both are kept
    assert (result.inserted, result.duplicates) == (5, 1)
    assert result.notes["crimes"] == {
        "alike": 2,
        "repeated_numbers": 3,
        "on_shared_points": 0,
        "shared_points": 0,
    }
    for lang in words.LANGUAGES:
        assert "2" in printing_notes.note("crimes", result.notes["crimes"], lang)
    again = load(db, "police", file)
    assert (again.inserted, again.updated, again.unchanged) == (0, 0, 5)
    with db.engine.connect() as connection:
        told = "select count(distinct record_key), min(time_precision) from core.police_record where kind = 'crime' and record_key ~ '^uk'"
        assert tuple(connection.exec_driver_sql(told).one()) == (5, "month")
