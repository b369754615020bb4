"""Full lists: one that shrinks is held, what it no longer names ends, the same file again writes nothing."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from etl.db import Database
from etl.load import Terms, load
from etl.reasons import InputRefused
from etl.results import LoadResult
from tests.test_load import ask, counts, registry, row

OPEN = "select count(*) from core.camera_state where upper_inf(valid_during)"
BATCHES = "select count(*) from meta.batch"


def records(*numbers: int, day: str = "2013-12-31", **changes: str) -> list[str]:
    return [row(str(n), lat=f"37.58{n:02d}1", count="1", day=day, **changes) for n in numbers]


def test_records_that_a_full_list_no_longer_names_end_at_its_day(db: Database, tmp_path: Path) -> None:
    load(db, "cameras", registry(tmp_path, *records(*range(1, 41))))
    later = load(db, "cameras", registry(tmp_path, *records(*range(1, 40), day="2014-06-30")))
    assert counts(later) == {"unchanged": 39, "retired": 1}
    assert later.notes["missing_ended"] == 1
    ends = ask(
        db, "select distinct upper(valid_during) from core.camera_state where not upper_inf(valid_during)"
    )
    assert ends == [(dt.date(2014, 6, 30),)]
    again = load(db, "cameras", registry(tmp_path, *records(*range(1, 41), day="2014-12-31")))
    assert counts(again) == {"updated": 1, "unchanged": 39}


def test_a_list_that_lost_more_than_a_twentieth_is_held_until_a_person_has_looked(
    db: Database, tmp_path: Path
) -> None:
    load(db, "cameras", registry(tmp_path, *records(*range(1, 21))))
    short = registry(tmp_path, *records(*range(1, 13), day="2014-06-30"))
    with pytest.raises(InputRefused) as held:
        load(db, "cameras", short)
    assert held.value.reason == "LIST_SHRANK"
    assert "8 of the 20" in held.value.detail
    assert isinstance(held.value.result, LoadResult)
    assert ask(db, OPEN) == [(20,)]
    assert counts(load(db, "cameras", short, terms=Terms(part=True))) == {"unchanged": 12}
    assert ask(db, OPEN) == [(20,)]
    assert counts(load(db, "cameras", short, terms=Terms(accept_loss=True))) == {
        "unchanged": 12,
        "retired": 8,
    }
    assert ask(db, OPEN) == [(12,)]


def test_another_departments_list_an_older_one_and_a_feed_miss_nothing(db: Database, tmp_path: Path) -> None:
    load(db, "cameras", registry(tmp_path, *records(*range(1, 21))))
    load(db, "cameras", registry(tmp_path, *records(*range(31, 36), day="2014-06-30")))
    load(db, "cameras", registry(tmp_path, *records(*range(1, 11), day="2012-12-31")))
    load(db, "cameras", registry(tmp_path, *records(1, day="2014-06-30", change="U")))
    assert ask(db, OPEN) == [(25,)]


def test_a_row_in_quarantine_still_names_its_record(db: Database, tmp_path: Path) -> None:
    load(db, "cameras", registry(tmp_path, *records(*range(1, 11))))
    broken = [
        *records(*range(1, 6), day="2014-06-30"),
        *records(*range(6, 11), day="2014-06-30", purpose="드론"),
    ]
    assert load(db, "cameras", registry(tmp_path, *broken)).quarantined == 5
    assert ask(db, OPEN) == [(10,)]


def test_where_a_row_without_a_number_is_in_quarantine_no_record_without_one_ends(
    db: Database, tmp_path: Path
) -> None:
    def nameless(n: int, **more: str) -> str:
        return row("", lat=f"37.58{n:02d}1", count="1", **more)

    load(db, "cameras", registry(tmp_path, *map(nameless, range(1, 41))))
    later = [nameless(n, day="2014-06-30") for n in range(1, 40)]
    doubt = load(db, "cameras", registry(tmp_path, *later, nameless(40, day="2014-06-30", purpose="드론")))
    assert (doubt.quarantined, doubt.retired) == (1, 0)
    sure = load(db, "cameras", registry(tmp_path, *(line.replace("06-30", "07-31") for line in later)))
    assert sure.retired == 1


def test_the_same_file_again_writes_nothing_at_all(db: Database, tmp_path: Path) -> None:
    file = registry(tmp_path, *records(1, 2), row("3", purpose="드론"))
    first = load(db, "cameras", file)
    before = (
        ask(db, BATCHES),
        ask(db, "select count(*) from raw.source_row"),
        ask(db, "select max(refusal_id) from meta.refusal"),
    )
    again = load(db, "cameras", file)
    after = (
        ask(db, BATCHES),
        ask(db, "select count(*) from raw.source_row"),
        ask(db, "select max(refusal_id) from meta.refusal"),
    )
    assert before == after
    assert (again.batch_id, again.notes["same_file"]) == (first.batch_id, first.batch_id)
    assert (again.unchanged, again.quarantined) == (2, 1)


def test_a_file_that_another_one_changed_since_is_no_repetition(db: Database, tmp_path: Path) -> None:
    one = registry(tmp_path, *records(1), name="one.csv")
    load(db, "cameras", one)
    load(db, "cameras", registry(tmp_path, *records(1, purpose="교통단속"), name="two.csv"))
    back = load(db, "cameras", one)
    assert counts(back) == {"updated": 1}
    assert "same_file" not in back.notes


def test_a_flag_that_a_row_is_new_makes_no_feed_of_a_list(db: Database, tmp_path: Path) -> None:
    load(db, "cameras", registry(tmp_path, *records(*range(1, 21), change="I")))
    with pytest.raises(InputRefused, match="LIST_SHRANK"):
        load(db, "cameras", registry(tmp_path, *records(*range(1, 11), day="2014-06-30", change="I")))


def test_lists_of_many_departments_take_turns_and_each_is_held_against_its_own(
    db: Database, tmp_path: Path
) -> None:
    def of(department: int, count: int, day: str) -> Path:
        first = department * 100
        rows = [row(str(first + n), manager=f"{department}과", lat=f"37.58{n:02d}{department}", count="1", day=day)
                for n in range(count)]  # fmt: skip
        return registry(tmp_path, *rows, name=f"{department}.csv")

    for department in range(1, 9):
        load(db, "cameras", of(department, 20, "2013-12-31"))
    with pytest.raises(InputRefused, match="LIST_SHRANK"):
        load(db, "cameras", of(1, 8, "2014-06-30"))


def test_the_number_of_another_departments_camera_far_away_replaces_nothing(
    db: Database, tmp_path: Path
) -> None:
    load(db, "cameras", registry(tmp_path, row("10", lat="37.5801", manager="교통과", count="1")))
    far = row("10", lat="37.5901", manager="방범과", count="1", day="2014-06-30")
    near = row("11", lat="37.5901", manager="방범과", count="1", day="2014-06-30")
    result = load(db, "cameras", registry(tmp_path, far, near))
    assert result.reasons == {"KEY_ELSEWHERE": 1}
    assert counts(result) == {"inserted": 1, "quarantined": 1}
    assert ask(db, OPEN) == [(2,)]


def test_running_numbers_that_begin_anew_replace_no_earlier_record(db: Database, tmp_path: Path) -> None:
    def month(day: str) -> Path:
        file = tmp_path / f"{day}.csv"
        head = "접수번호,접수일시,사건코드,위도,경도\n"
        file.write_text(head + "".join(f"{n},{day} 0{n}:00:00,201,37.5801,126.9368\n" for n in (1, 2)))
        return file

    load(db, "incidents", month("2013-01-05"))
    second = load(db, "incidents", month("2013-02-05"))
    assert counts(second) == {"inserted": 2}
    assert second.notes["numbers_again"] == 2
    assert counts(load(db, "incidents", month("2013-02-05"))) == {"unchanged": 2}
    assert ask(db, "select count(*) from core.incident") == [(4,)]


def test_the_end_of_a_record_is_the_day_that_its_row_says(db: Database, tmp_path: Path) -> None:
    load(db, "cameras", registry(tmp_path, row("1", count="1"), row("2", lat="37.5811", count="1")))
    load(db, "cameras", registry(tmp_path, row("1", change="D", day="2014-03-31")))
    ends = ask(db, "select upper(valid_during) from core.camera_state where not upper_inf(valid_during)")
    assert ends == [(dt.date(2014, 3, 31),)]


def test_a_file_of_which_nothing_was_taken_says_so(db: Database, tmp_path: Path) -> None:
    assert load(db, "cameras", registry(tmp_path, row(purpose="드론"))).notes["nothing_taken"] is True
    assert "nothing_taken" not in load(db, "cameras", registry(tmp_path, row())).notes


def test_a_refused_file_is_recorded_once(db: Database, tmp_path: Path) -> None:
    empty = tmp_path / "empty.csv"
    empty.write_text("")
    for _ in range(3):
        with pytest.raises(InputRefused):
            load(db, "cameras", empty)
    assert ask(db, BATCHES) == [(1,)]
