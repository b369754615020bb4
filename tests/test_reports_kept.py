"""Reports that are kept: no more than their edition tells, the same bytes again, and what differs from today's data."""

from __future__ import annotations

import hashlib
import json
import re
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy.exc import DBAPIError

from app import report, report_kept
from app.report import UnknownReportForm
from app.report_format import counts
from app.roles import EditionRefused, NotYours, Role
from app.services import WrongUse, reports
from app.services.exports import NoPurpose, Taking
from app.services.report import told
from app.services.reports import Asked, UnknownReport
from app.words import sentence
from etl.db import Database
from tests.city_in_database import Door, alter, quiet
from tests.figures import figures
from tests.toy_world import DAY

FIRST = date(2013, 1, 1)
CHROMIUM = Path("/usr/bin/chromium")
LOADS = re.compile(r"""(?:src|href|action)\s*=\s*["']?(?:https?:)?//|@import|fetch\(|XMLHttpRequest""")
KIM = Taking("internal", "Kim", "patrol plan")


def asked(form: str = "html", taking: Taking | None = None) -> Asked:
    return Asked(FIRST, DAY, form, "en", taking or Taking())


def small_figures() -> dict[str, Any]:
    """Return figures with one small count of each kind: two unseen incidents of fifty, two refusals, two supplies in March."""
    nearly = {"n": 50, "seen": 48.3, "share": 0.966, "low": 0.9, "high": 1.0}
    given = figures(incidents=nearly)
    for name in ("coverage", "coverage_before"):
        given[name] = {**given[name], "incidents": nearly}
    return given


def kept_of(given: dict[str, Any], form: str = "pdf") -> dict[str, Any]:
    held = report_kept.kept(given, told(given, given["edition"]), form=form)
    back: dict[str, Any] = json.loads(report_kept.text_of(held))
    return back


# --- what is kept


@pytest.mark.parametrize("edition", ["committee", "internal"])
@pytest.mark.parametrize("make", [figures, small_figures])
def test_the_document_of_the_kept_figures_is_that_of_the_gathered_ones(edition: str, make: Any) -> None:
    given = {**make(), "edition": edition}
    for lang in ("ko", "en"):
        again = report.document(report_kept.restored(kept_of(given)), lang=lang)
        assert again == report.document(given, lang=lang)


def test_a_small_count_is_kept_as_it_is_printed_and_not_behind_it() -> None:
    held = kept_of(small_figures())
    months = [row["n"] for row in held["supplies"]["by_month"]]
    # 55 is the least of the others, so that the total does not give March away.
    assert months == [62, "*", "<3", 71, 80, 81]
    assert held["refusals"][-1]["n"] == "<3"
    for incidents in (held["incidents"], held["coverage"]["incidents"], held["coverage_before"]["incidents"]):
        assert incidents["n"] == 50
        assert {incidents[name] for name in ("seen", "share", "low", "high")} == {"withheld"}
    assert "48.3" not in json.dumps(held)
    for gap in (*held["coverage"]["gaps"], *held["coverage_before"]["gaps"]):
        assert not {"lat", "lon", "geometry"} & set(gap)


def test_an_internal_report_keeps_all_and_a_star_hides_the_same_number_again() -> None:
    held = kept_of({**small_figures(), "edition": "internal"})
    assert held["supplies"]["by_month"][2]["n"] == 2
    assert "lat" in held["coverage"]["gaps"][0]
    # Of these the second three would be taken for the first: the place decides, as in the document.
    for months in ([3, 2, 3], [9, 1, 4], [2, 2, 5], [0, 1, 0], [5, 6]):
        rows = [{"month": f"2013-0{at}", "n": n} for at, n in enumerate(months, 1)]
        given = figures(supplies={"n": sum(months), "by_month": rows})
        again = report_kept.restored(kept_of(given))["supplies"]["by_month"]
        assert counts([row["n"] for row in again]) == counts(months)


def test_the_text_of_figures_is_canonical() -> None:
    held = report_kept.kept(
        {**figures(), "b": -0.0, "a": float("nan"), "day": DAY}, figures(), form="pdf"
    ) | {"edition": "x"}
    assert report_kept.text_of(held) == report_kept.text_of(dict(reversed(held.items())))
    ready = report_kept.kept(
        {"edition": "internal"}, {"b": -0.0, "a": float("nan"), "day": DAY, "t": (1, None)}, form="pdf"
    )
    assert report_kept.text_of(ready) == '{"a":null,"b":0.0,"day":"2013-06-30","t":[1,null]}'


def test_differences_name_the_figure_and_pair_rows_by_what_they_are() -> None:
    then = {"share": 0.5, "dong": [{"code": "E", "share": 0.1}, {"code": "W", "share": 0.2}], "old": 1}
    now = {"share": 0.5, "dong": [{"code": "W", "share": 0.3}, {"code": "E", "share": 0.1}], "new": [1]}
    assert list(report_kept.differences(then, now)) == [
        {"figure": "dong[W].share", "then": 0.2, "now": 0.3},
        {"figure": "new", "then": None, "now": [1]},
        {"figure": "old", "then": 1, "now": None},
    ]
    assert list(report_kept.differences(then, then)) == []


# --- keeping, reading


@pytest.mark.parametrize("form", ["pdf", "html"])
def test_the_same_data_and_question_are_one_report(drawn: Door, form: str) -> None:
    db = drawn()
    first = reports.make(db, asked(form), progress=quiet)
    second = reports.make(db, asked(form), progress=quiet)
    assert (second.report_id, second.content) == (first.report_id, first.content)
    assert not second.fresh
    row = first.row
    assert row["sha256"] == hashlib.sha256(first.content).hexdigest()
    assert (row["edition"], row["form"], row["bytes"]) == ("committee", form, len(first.content))
    assert row["purpose"] is None and "figures" not in row
    assert row["versions"]["coverage"] and row["marks"]["camera_states"] == 3
    assert len([each for each in reports.listed(db) if each["sha256"] == row["sha256"]]) == 1


def test_a_kept_report_is_the_same_bytes_whatever_the_database_holds_by_now(drawn: Door) -> None:
    made = reports.make(drawn(), asked(), progress=quiet)
    alter(drawn, "update core.alley set geom = st_translate(geom, 0, 500)")
    alter(drawn, "delete from core.incident")
    try:
        again = reports.read(drawn("staff"), made.report_id)
        assert again.content == made.content
        assert reports.is_as_kept(again)
        assert "<html" in reports.page_of(again)
    finally:
        alter(drawn, "update core.alley set geom = st_translate(geom, 0, -500)")


def test_a_pdf_is_read_on_the_screen_as_a_page(drawn: Door) -> None:
    made = reports.make(drawn(), asked("pdf"), progress=quiet)
    assert made.content.startswith(b"%PDF-")
    assert reports.page_of(made).startswith("<!doctype html>")


def test_an_internal_report_is_stamped_and_leaves_a_trace_each_time_it_is_given(drawn: Door) -> None:
    made = reports.make(drawn(), asked("html", KIM), progress=quiet)
    text = made.content.decode()
    assert re.search(r'class="stamp">Internal edition · Kim · [^<]+ · for: patrol plan<', text)
    with pytest.raises(NoPurpose):
        reports.read(drawn("staff"), made.report_id)
    again = reports.read(drawn("staff"), made.report_id, who="Lee", purpose="audit")
    assert again.content == made.content  # who made it first stays on it
    seen = (
        "select who, purpose, action, detail->>'sha256' from meta.access_log where object = 'report'"
        f" and (detail->>'report_id')::int = {made.report_id} order by access_id"
    )
    with drawn("owner").engine.connect() as connection:
        assert [tuple(row) for row in connection.exec_driver_sql(seen)] == [
            ("Kim", "patrol plan", "export", made.row["sha256"]),
            ("Lee", "audit", "export", made.row["sha256"]),
        ]


def test_each_page_of_an_internal_pdf_bears_the_stamp(drawn: Door, tmp_path: Path) -> None:
    import io

    import pypdf

    made = reports.make(drawn(), asked("pdf", KIM), progress=quiet)
    pages = pypdf.PdfReader(io.BytesIO(made.content)).pages
    assert len(pages) == made.row["pages"] > 3
    for page in pages:
        assert "Internal edition · Kim" in page.extract_text()


def test_a_long_purpose_is_cut_on_the_page_not_in_the_log() -> None:
    stamp = {"who": "Kim", "day": "2013-06-30", "purpose": "x" * 400}
    text = report.stamp_of({"stamp": stamp}, "en")
    assert text.endswith("x…") and text.count("x") == report.MOST_OF_A_PURPOSE - 1
    assert report.stamp_of({}, "en") == ""


def test_staff_reads_figures_through_the_door_alone(drawn: Door) -> None:
    made = reports.make(drawn(), asked("html", KIM), progress=quiet)
    with drawn("staff").engine.connect() as connection, pytest.raises(DBAPIError, match="permission denied"):
        connection.exec_driver_sql("select figures from meta.report")
    with drawn("staff").engine.connect() as connection, pytest.raises(DBAPIError, match="purpose is blank"):
        connection.exec_driver_sql(f"select api.read_report({made.report_id}, 'Kim', ' ')")
    with drawn("public").engine.connect() as connection, pytest.raises(DBAPIError, match="permission denied"):
        connection.exec_driver_sql("select * from api.report")
    with drawn().engine.connect() as connection, pytest.raises(DBAPIError, match="permission denied"):
        connection.exec_driver_sql("delete from meta.report")


@pytest.mark.parametrize(
    ("roles", "editions"),
    [(("committee",), {"committee"}), (("planner",), {"committee", "internal"}), ((), set())],
)
def test_each_role_finds_its_editions(drawn: Door, roles: tuple[Role, ...], editions: set[str]) -> None:
    db = drawn()
    ids = {
        edition: reports.make(db, asked("html", taking), progress=quiet).report_id
        for edition, taking in (("committee", Taking()), ("internal", KIM))
    }
    assert {row["edition"] for row in reports.listed(db, roles=roles)} == editions
    for edition in {"committee", "internal"} - editions:
        with pytest.raises(NotYours):
            reports.read(db, ids[edition], who="x", purpose="y", roles=roles)
        with pytest.raises(NotYours):
            reports.recompute(db, ids[edition], roles=roles, progress=quiet)
        with pytest.raises(NotYours):
            reports.make(db, asked("html", Taking(edition, "x", "y")), roles=roles, progress=quiet)  # type: ignore[arg-type]


def test_a_report_that_was_never_made_is_named(drawn: Door) -> None:
    for ask in (reports.read, lambda db, n: reports.recompute(db, n, progress=quiet)):
        with pytest.raises(UnknownReport) as missing:
            ask(drawn(), 4711)
        assert sentence(missing.value, "en") == ("No report of this number is kept: 4711.", 2)


def test_wrong_wishes_are_refused_before_anything_is_computed() -> None:
    with pytest.raises(EditionRefused, match="golmok policy"):
        Asked(FIRST, DAY, taking=Taking("public"))
    with pytest.raises(UnknownReportForm):
        Asked(FIRST, DAY, form="docx")
    with pytest.raises(WrongUse, match="speaks ko and en"):
        Asked(FIRST, DAY, lang="fr")


# --- computing anew


def test_recomputed_from_the_same_data_it_is_the_same_bytes(drawn: Door) -> None:
    made = reports.make(drawn(), asked(), progress=quiet)
    found = reports.recompute(drawn(), made.report_id, progress=quiet)
    assert found["same"] and found["sha256"] == found["sha256_now"]
    assert (found["figures"], found["because"]) == ([], [])


def test_an_internal_report_is_computed_anew_for_a_purpose_that_is_logged(drawn: Door) -> None:
    made = reports.make(drawn(), asked("html", KIM), progress=quiet)
    with pytest.raises(NoPurpose):
        reports.recompute(drawn(), made.report_id, progress=quiet)
    reports.recompute(drawn(), made.report_id, who="Lee", purpose="audit of May", progress=quiet)
    logged = "select who, purpose from meta.access_log where object = 'report recomputed'"
    with drawn("owner").engine.connect() as connection:
        assert list(connection.exec_driver_sql(logged)) == [("Lee", "audit of May")]


def test_a_committee_s_report_ends_with_a_month() -> None:
    Asked(FIRST, date(2016, 2, 29))
    with pytest.raises(WrongUse, match="ends with a month, not on 2013-06-29"):
        Asked(FIRST, date(2013, 6, 29))
    Asked(FIRST, date(2013, 6, 29), taking=KIM)


def test_recomputed_after_a_change_it_names_figures_and_reasons(drawn: Door) -> None:
    made = reports.make(drawn(), asked(), progress=quiet)
    alter(
        drawn,
        "insert into meta.batch (source, file_name, status, reference_date, rows_in, inserted, invented)"
        " values ('juso', 'streets.zip', 'done', '2013-05-01', 1, 1, true)",
    )
    # A third street of 60 m along the eastern edge.
    alter(
        drawn,
        "insert into core.alley (alley_key, name, width_m, kind, lit, geom) values ('L3', 'L3', 3, 'alley', false,"
        " st_setsrid(st_makeline(st_makepoint(200100, 550000), st_makepoint(200100, 550060)), 5186))",
    )
    try:
        found = reports.recompute(drawn(), made.report_id, progress=quiet)
        differ = {row["figure"]: (row["then"], row["now"]) for row in found["figures"]}
        assert not found["same"]
        assert differ["coverage.alleys.length_m"] == (160.0, 220.0)
        assert "coverage.inputs_hash" not in differ
        loads = [row for row in found["because"] if row["kind"] == "load"]
        assert [(row["source"], row["file_name"], row["day"]) for row in loads] == [
            ("juso", "streets.zip", "2013-05-01")
        ]
        marks = {row["name"]: row["now"] - row["then"] for row in found["because"] if row["kind"] == "mark"}
        assert marks == {"loads_done": 1}
        # The kept one is what it was.
        assert reports.read(drawn("staff"), made.report_id).content == made.content
    finally:
        alter(drawn, "delete from core.alley where alley_key = 'L3'")
        alter(drawn, "delete from meta.batch where source = 'juso'")


def test_other_versions_are_a_reason(drawn: Door, monkeypatch: pytest.MonkeyPatch) -> None:
    made = reports.make(drawn(), asked(), progress=quiet)
    real = reports.versions
    monkeypatch.setattr(reports, "versions", lambda db: real(db) | {"typst": "99"})
    found = reports.recompute(drawn(), made.report_id, progress=quiet)
    (because,) = found["because"]
    assert (because["kind"], because["name"], because["now"]) == ("version", "typst", "99")
    assert found["same"]  # the page of the web does not hang on it


@pytest.mark.parametrize(
    ("day", "since", "until"),
    [
        ("2013-12-31", date(2013, 7, 1), date(2013, 12, 31)),
        ("2013-06-30", date(2013, 1, 1), date(2013, 6, 30)),
        ("2014-01-01", date(2013, 7, 1), date(2013, 12, 31)),
        ("2013-12-30", date(2013, 1, 1), date(2013, 6, 30)),
    ],
)
def test_the_last_half_year_has_ended(
    monkeypatch: pytest.MonkeyPatch, day: str, since: date, until: date
) -> None:
    monkeypatch.setattr(reports, "network_day", lambda _db: date.fromisoformat(day))
    assert reports.half_year(None) == (since, until)  # type: ignore[arg-type]  # asks nothing of it


def test_it_is_said_whether_coverage_is_computed(drawn: Door) -> None:
    reports.make(drawn(), asked(), progress=quiet)
    assert reports.is_computed(drawn("staff"), FIRST, DAY)
    assert not reports.is_computed(drawn("staff"), date(1999, 1, 1), DAY)


def test_written_and_written_again(drawn: Door, tmp_path: Path) -> None:
    db: Database = drawn()
    answer = reports.write(db, asked("html"), out=tmp_path / "a.html", progress=quiet)
    again = reports.write_again(db, answer["report_id"], out=tmp_path / "deeper" / "b.html")
    assert (tmp_path / "deeper" / "b.html").read_bytes() == (tmp_path / "a.html").read_bytes()
    assert again["as_kept"] and again["sha256"] == answer["sha256"]
    with pytest.raises(WrongUse, match=r"kept as \.html"):
        reports.write_again(db, answer["report_id"], out=tmp_path / "b.pdf")
