"""Refused rows go out as the file they came in, are mended, come back and are tied; counts tell what is still open."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from app import phrases_refusals, session
from app.roles import NotYours, require_role
from app.services import refusals
from app.services.exports import NoPurpose, Taking
from app.services.refusals import Chosen, NothingRefused, NotMended, SeveralSources
from etl.db import Database
from etl.load import load
from etl.reasons import REASONS
from etl.repairs import TOLD
from tests import bad_inputs
from tests.database import TestCity
from tests.pages import page_text, visited
from tests.test_load import EAST, HEADER, MIDDLE, WEST, ask, dong, registry, row

GOOD, BAD, WORSE = "202631200000001", "202631200000002", "202631200000003"
KIM = Taking("internal", "Kim", "mend the registry")


@dataclass(frozen=True)
class Held:
    """A district with one registry of three rows, the second and third of which are refused."""

    loader: Database
    staff: Database
    owner: Database


@pytest.fixture
def held(make_city: Callable[[], TestCity], tmp_path: Path) -> Iterator[Held]:
    city = make_city()
    doors = Held(city.open("loader"), city.open("staff"), city.open("owner"))
    load(doors.loader, "boundaries", dong(tmp_path, ("a", WEST, MIDDLE), ("b", MIDDLE, EAST)))
    rows = row(GOOD), row(BAD, count="0"), row(WORSE, manager="", road="=1+1")
    load(doors.loader, "cameras", registry(tmp_path, *rows, name="first.csv"))
    yield doors
    for each in (doors.loader, doors.staff, doors.owner):
        each.close()


def cells(content: bytes) -> list[list[str]]:
    return list(csv.reader(io.StringIO(content.decode("utf-8-sig"))))


def text_of(rows: list[list[str]]) -> bytes:
    """Return rows as a spreadsheet saves them."""
    text = io.StringIO()
    csv.writer(text, lineterminator="\r\n").writerows(rows)
    return text.getvalue().encode("utf-8-sig")


def test_counts_tell_what_is_open_by_reason_and_file(held: Held) -> None:
    found = refusals.refusals(held.staff)
    assert (found["open"], found["repaired"], found["invented"]) == (2, 0, True)
    assert [(row["code"], row["n"]) for row in found["by_reason"]] == [("BAD_COUNT", 1), ("FORMULA", 1)]
    (file,) = found["by_file"]
    assert (file["file"], file["rows_in"], file["refused"], file["open"]) == ("first.csv", 3, 2, 2)
    one = refusals.refusals(held.staff, Chosen(reason="BAD_COUNT"))
    assert (one["open"], [row["code"] for row in one["by_reason"]]) == (1, ["BAD_COUNT"])
    assert refusals.refusals(held.staff, Chosen(source="lamps"))["open"] == 0


def test_the_file_has_the_columns_of_its_source_in_their_order(held: Held) -> None:
    file = refusals.take(held.staff, Chosen(), KIM)
    head, *rows = cells(file.content)
    assert head == [*HEADER.split(","), *TOLD, "golmok_refusal"]
    assert (file.source, file.rows, file.name) == ("cameras", 2, "sample-refused-cameras.csv")
    told = [dict(zip(head, found, strict=True)) for found in rows]
    assert [found["관리번호"] for found in told] == [BAD, WORSE]
    assert told[0]["거부사유(한국어)"] == "카메라 대수가 1 이상의 정수가 아닙니다."
    assert told[0]["refused because (English)"] == "The number of cameras is not a possible count."
    # The header is line 1 of the file.
    assert [found["줄 line"] for found in told] == ["3", "4"]
    # What a sheet would run is told, not run.
    assert told[1]["소재지도로명주소"] == "'=1+1"


def test_mended_rows_come_back_with_all_that_was_told(held: Held) -> None:
    head, first, second = cells(refusals.take(held.staff, Chosen(), KIM).content)
    first[head.index("카메라대수")] = "2"
    # A person opened it in Excel: the long number is rounded. The other row is left as bad as it was.
    first[head.index("관리번호")] = "2.02631E+14"
    answer = refusals.load_mended(held.loader, text_of([head, first, second]), name="mended.csv", source="cameras")  # fmt: skip
    assert (answer["status"], answer["inserted"], answer["quarantined"]) == ("done", 1, 1)
    assert (answer["notes"]["refusals_repaired"], answer["notes"]["refusals_again"]) == (1, 1)
    assert ask(held.staff, "select camera_key from api.camera_state where camera_key like '%0002-1'") == [(f"{BAD}-1",)]  # fmt: skip
    found = refusals.refusals(held.staff)
    assert (found["open"], found["repaired"]) == (1, 1)
    by_file = {file["file"]: (file["refused"], file["repaired"], file["again"], file["open"]) for file in found["by_file"]}  # fmt: skip
    assert by_file == {"mended.csv": (1, 0, 0, 1), "first.csv": (2, 1, 1, 0)}
    # What goes out now is the row as it came last, with its formula still one.
    assert answer["reasons"] == {"FORMULA": 1}
    assert refusals.take(held.staff, Chosen(), KIM).rows == 1


def test_a_row_that_was_refused_twice_is_repaired_once(held: Held, tmp_path: Path) -> None:
    for name, second in (("second.csv", row(BAD, count="-1")), ("third.csv", row(BAD, count="2"))):
        load(held.loader, "cameras", registry(tmp_path, row(GOOD), second, name=name))
    found = refusals.refusals(held.staff)
    assert (found["open"], found["repaired"]) == (1, 1)
    # Both of its refusals are told as repaired, each by its file; the formula still waits in the first.
    by_file = [(file["refused"], file["repaired"], file["again"], file["open"]) for file in found["by_file"]]
    assert by_file == [(1, 1, 0, 0), (2, 1, 0, 1)]
    assert refusals.refusals(held.staff, Chosen(reason="BAD_COUNT"))["repaired"] == 1
    assert refusals.refusals(held.staff, Chosen(reason="FORMULA"))["repaired"] == 0
    assert refusals.refusals(held.staff, Chosen(source="boundaries"))["repaired"] == 0


def test_a_row_in_which_nothing_is_to_be_mended_is_not_open(held: Held, tmp_path: Path) -> None:
    total = ",,합계,,,,1,,,,,,,,,,,"
    load(
        held.loader, "cameras", registry(tmp_path, row(GOOD), total, row(BAD, count="-1"), name="totals.csv")
    )
    found = refusals.refusals(held.staff)
    assert (found["open"], found["repaired"], found["settled"]) == (2, 0, 1)
    assert [(row["code"], row["n"]) for row in found["by_reason"]] == [("BAD_COUNT", 1), ("FORMULA", 1)]
    last, first = found["by_file"]
    assert (last["refused"], last["again"], last["settled"], last["open"]) == (2, 0, 1, 1)
    assert (first["refused"], first["again"], first["settled"], first["open"]) == (2, 1, 0, 1)
    assert refusals.take(held.staff, Chosen(), KIM).rows == 2
    assert next(line for line in phrases_refusals.lines(found, "en")).startswith(
        "1 refused rows ask for nothing"
    )


def test_what_asks_for_nothing_is_what_the_catalogue_says(held: Held) -> None:
    """The codes whose advice is to do nothing, and no others, are left out of the rows that are open."""
    held_back = {code for code, reason in REASONS.items() if reason.bucket == "quarantined"}
    idle = {code for code in held_back & set(bad_inputs.REMEDY) if bad_inputs.REMEDY[code][1] == "Nothing."}
    assert len(idle) == 3
    for code in sorted(held_back):
        with held.owner.engine.begin() as connection:
            connection.exec_driver_sql("update meta.refusal set reasons = array[%s]", (code,))
        assert (refusals.refusals(held.staff)["open"] == 0) == (code in idle), code


def test_a_taken_file_leaves_its_traces(held: Held) -> None:
    with pytest.raises(NoPurpose):
        refusals.take(held.staff, Chosen(), Taking("committee"))
    trace = "select action, object, who, purpose, rows from meta.access_log order by access_id"
    assert ask(held.owner, trace) == []
    refusals.take(held.staff, Chosen(batch_id=2), KIM)
    assert ask(held.owner, trace) == [
        ("read", "meta.refusal", "Kim", "mend the registry", 2),
        ("export", "refused rows", "Kim", "mend the registry", 2),
    ]


def test_several_sources_are_no_one_file_and_nothing_is_none(held: Held, tmp_path: Path) -> None:
    lamps = tmp_path / "lamps.csv"
    lamps.write_text("관리번호,위도,경도\n1,x,y\n", encoding="utf-8")
    load(held.loader, "lamps", lamps)
    with pytest.raises(SeveralSources, match="cameras, lamps"):
        refusals.take(held.staff, Chosen(), KIM)
    assert cells(refusals.take(held.staff, Chosen("lamps"), KIM).content)[0][:3] == [
        "관리번호",
        "위도",
        "경도",
    ]
    with pytest.raises(NothingRefused):
        refusals.take(held.staff, Chosen("bells"), KIM)


def test_a_list_without_marks_is_not_taken_on_the_page(held: Held) -> None:
    whole = "\r\n".join([HEADER, row(GOOD), row(BAD)]).encode()
    with pytest.raises(NotMended):
        refusals.load_mended(held.loader, whole, name="whole.csv", source="cameras")
    assert ask(held.staff, "select count(*) from api.batch where source = 'cameras'") == [(1,)]
    nothing = refusals.load_mended(held.loader, b"", name="empty.csv", source="cameras")
    assert (nothing["status"], nothing["reasons"]) == ("refused", {"EMPTY_FILE": 1})


# -- the page ---------------------------------------------------------------------------------------------------------


def _data_page() -> None:
    from app.views import data

    data.page()


_run = partial(visited, _data_page)


@pytest.fixture
def shown(held: Held, monkeypatch: pytest.MonkeyPatch) -> Held:
    """The page on that district."""
    monkeypatch.setenv("GOLMOK_DISTRICT", "sample")
    monkeypatch.setattr(session, "shared_database", lambda: held.staff)
    monkeypatch.setattr(session, "open_database", lambda **_given: _Kept(held.loader))
    return held


class _Kept:
    """A door that the page may close and the test still uses."""

    def __init__(self, db: Database) -> None:
        self._db = db

    def __getattr__(self, name: str) -> Any:
        return getattr(self._db, name)

    def close(self) -> None:
        """Leave it open."""


@pytest.mark.usefixtures("shown")
def test_the_page_tells_what_waits_to_be_mended() -> None:
    test = _run(part="refused")
    assert not test.exception
    assert "2 refused rows wait to be mended, from 1 files." in page_text(test)
    reasons, files = (frame.value for frame in test.dataframe)
    assert list(reasons["code"]) == ["BAD_COUNT", "FORMULA"]
    assert list(files["open"]) == ["2"]
    one = _run(part="refused", refused_why="BAD_COUNT")
    assert list(one.dataframe[0].value["code"]) == ["BAD_COUNT"] and list(one.dataframe[1].value["open"]) == [
        "1"
    ]
    # A choice that is none is not believed.
    assert len(_run(part="refused", refused_why="NONE").dataframe[0].value) == 2


@pytest.mark.usefixtures("shown")
def test_the_file_is_taken_for_a_purpose_and_by_the_steward_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    test = _run(part="refused")
    assert [button.key for button in test.get("download_button")] == []
    test.text_input(key="mend_who").set_value("Kim").run()
    test.text_input(key="mend_purpose").set_value("mend the registry").run()
    assert len(test.get("download_button")) == 1
    monkeypatch.setattr(session, "roles", lambda: frozenset({"planner"}))
    other = _run(part="refused")
    assert "for the data steward" in page_text(other)
    assert not other.get("download_button") and not other.file_uploader
    with pytest.raises(NotYours):
        require_role("steward", frozenset({"planner"}))


def test_a_mended_file_is_loaded_from_the_page(shown: Held) -> None:
    head, first, _ = cells(refusals.take(shown.staff, Chosen(), KIM).content)
    first[head.index("카메라대수")] = "2"
    test = _run(part="refused")
    test.file_uploader(key="mend_file").set_value(("mended.csv", text_of([head, first]), "text/csv")).run()
    test.button(key="mend_load").click().run()
    assert not test.exception
    assert (
        test.success[0].value
        == "Of 1 rows 1 were taken and 1 refused rows are repaired; 0 were refused again."
    )
    assert "1 refused rows wait to be mended" in page_text(test)


@pytest.mark.parametrize("content", [f"{HEADER}\n{row(GOOD)}\n".encode(), b""])
def test_a_file_without_marks_is_refused_as_an_empty_one_is(shown: Held, content: bytes) -> None:
    test = _run(part="refused", refused_source="cameras")
    test.file_uploader(key="mend_file").set_value(("whole.csv", content, "text/csv")).run()
    test.button(key="mend_load").click().run()
    assert not test.exception
    (said,) = [error.value for error in test.error]
    assert said.startswith("The file was refused as a whole.")
    assert ("no column golmok_refusal" in said) == bool(content)
    # No outage: nothing is offered to be tried again.
    assert [button.key for button in test.button if button.key.startswith("again")] == []
    assert "2 refused rows wait" in page_text(test)


def test_the_first_sentence_tells_of_what_is_chosen(shown: Held, tmp_path: Path) -> None:
    lamps = tmp_path / "lamps.csv"
    lamps.write_text("관리번호,위도,경도\n1,x,y\n", encoding="utf-8")
    load(shown.loader, "lamps", lamps)
    assert "3 refused rows wait to be mended, from 2 files." in page_text(_run(part="refused"))
    one = page_text(_run(part="refused", refused_source="lamps"))
    assert "1 refused rows wait to be mended, from 1 files." in one and "3 refused rows" not in one
