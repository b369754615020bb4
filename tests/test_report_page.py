"""The page Report without a browser: the form, the shelf, reading, computing anew, and what each role is offered."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime
from functools import partial
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from app import session
from app.services import reports
from app.services.exports import NoPurpose
from app.services.reports import Made
from etl.errors import DatabaseUnreachable
from tests.figures import figures
from tests.pages import page_text, visited

SHA = "ab" * 32


class _NoDatabase:
    def close(self) -> None:
        """Close nothing."""


def row(report_id: int, **changes: Any) -> dict[str, Any]:
    """Return a kept report as the list gives it, made late on the last evening of the year (UTC)."""
    given = {
        "report_id": report_id,
        "since": date(2013, 7, 1),
        "until": date(2013, 12, 31),
        "edition": "committee",
        "lang": "en",
        "form": "html",
        "made_at": datetime(2014, 12, 31, 20, 0, tzinfo=UTC),
        "made_by": "Kim",
        "purpose": None,
        "sha256": SHA,
        "bytes": 842_000,
        "pages": 1,
    }
    return given | changes


def made(kept: dict[str, Any], *, fresh: bool = False) -> Made:
    return Made(kept["report_id"], fresh, kept, figures(), b"<!doctype html><p>the report</p>")


class _Service:
    """What the page asks, and what it is told: the last call of each kind is kept."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, *rows: dict[str, Any]) -> None:
        self.rows = list(rows)
        self.asked: dict[str, Any] = {}
        self.differs: list[dict[str, Any]] = []
        self.soon = True
        for name in ("half_year", "is_computed", "listed", "read", "make", "recompute"):
            monkeypatch.setattr(reports, name, getattr(self, name))

    def half_year(self, _db: object) -> tuple[date, date]:
        return date(2013, 7, 1), date(2013, 12, 31)

    def is_computed(self, _db: object, since: date, until: date) -> bool:
        self.asked["period"] = (since, until)
        return self.soon

    def listed(self, _db: object, *, roles: Any) -> list[dict[str, Any]]:
        from app.roles import editions_of

        return [each for each in self.rows if each["edition"] in editions_of(roles)]

    def read(self, _db: object, report_id: int, *, roles: Any, **taken: Any) -> Made:
        self.asked["read"] = (report_id, taken)
        found = next(each for each in self.rows if each["report_id"] == report_id)
        if found["edition"] == "internal" and not (taken["who"] and taken["purpose"]):
            raise NoPurpose("an internal export says who takes it and what for")
        return made(found)

    def make(self, _db: object, asked: reports.Asked, *, roles: Any, progress: Any) -> Made:
        progress("Coverage", 1, 2)
        self.asked["make"] = asked
        fresh = row(9, edition=asked.taking.edition, lang=asked.lang, form=asked.form)
        self.rows.insert(0, fresh)
        return made(fresh, fresh=True)

    def recompute(self, _db: object, report_id: int, *, roles: Any, progress: Any) -> dict[str, Any]:
        progress("Coverage", 1, 1)
        self.asked["recompute"] = report_id
        load = {"kind": "load", "source": "juso", "file_name": "streets.zip", "day": "2013-05-01"}
        mark = {"kind": "mark", "name": "camera_states", "then": 1893, "now": 1894}
        version = {"kind": "version", "name": "typst", "then": "0.13", "now": "0.14"}
        found = row(report_id)
        return {
            **{name: found[name] for name in ("report_id", "edition", "lang", "form", "sha256")},
            "same": not self.differs,
            "sha256_now": SHA,
            "figures": self.differs,
            "because": [load, mark, version] if self.differs else [],
        }


@pytest.fixture(autouse=True)
def _door(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GOLMOK_DISTRICT", "sample")
    monkeypatch.setenv("GOLMOK_LANGUAGE", "ko")
    monkeypatch.setattr(session, "shared_database", _NoDatabase)

    def record(service: Callable[..., Any], *given: Any, **options: Any) -> tuple[bool, Any]:
        return session.ask(service, *given, **options)

    monkeypatch.setattr(session, "record", record)


def _page() -> None:
    from app.views import report

    report.page()


_run = partial(visited, _page)


def _captions(test: AppTest) -> str:
    return "\n".join(each.value for each in test.caption)


def test_an_empty_shelf_says_so_and_offers_the_last_half_year(monkeypatch: pytest.MonkeyPatch) -> None:
    service = _Service(monkeypatch)
    test = _run("ko")
    assert "아직 만든 보고서가 없습니다" in test.info[0].value
    assert service.asked["period"] == (date(2013, 7, 1), date(2013, 12, 31))
    assert "10~20초" in _captions(test)
    assert "가상의 지역입니다" in page_text(test)


def test_before_coverage_is_computed_it_says_that_it_takes_minutes(monkeypatch: pytest.MonkeyPatch) -> None:
    _Service(monkeypatch).soon = False
    assert "which may take minutes" in _captions(_run())
    assert "몇 분 걸릴 수 있습니다" in _captions(_run("ko"))


def test_a_report_that_is_made_stands_in_the_address_and_is_read(monkeypatch: pytest.MonkeyPatch) -> None:
    service = _Service(monkeypatch)
    test = _run(form="html", report_lang="ko")
    test.button(key="report_go").click().run()
    assert not test.exception
    asked = service.asked["make"]
    assert (asked.since, asked.until, asked.form, asked.lang) == (
        date(2013, 7, 1),
        date(2013, 12, 31),
        "html",
        "ko",
    )
    assert asked.taking.edition == "committee"
    assert test.query_params["report"] == "9"
    assert "made and kept" in test.success[0].value
    # It is open already: nothing is read anew.
    assert "read" not in service.asked
    assert "62.3 % of 41.3 km of alleys is seen." in page_text(test)
    (frame,) = test.get("iframe")
    assert 'sandbox="allow-scripts"' in frame.proto.srcdoc
    assert "the report" in frame.proto.srcdoc


def test_the_period_of_the_address_is_asked_for(monkeypatch: pytest.MonkeyPatch) -> None:
    service = _Service(monkeypatch)
    _run(since="2012-01-01", until="2012-06-30")
    assert service.asked["period"] == (date(2012, 1, 1), date(2012, 6, 30))
    test = _run(since="2013-06-30", until="2012-01-01")
    assert "lies before the first" in test.warning[0].value
    assert "report_go" not in {button.key for button in test.button}


def test_an_internal_report_asks_who_and_what_for(monkeypatch: pytest.MonkeyPatch) -> None:
    service = _Service(monkeypatch)
    test = _run(edition="internal")
    test.button(key="report_go").click().run()
    assert "who takes it and what for" in test.error[0].value
    assert "make" not in service.asked
    test.text_input(key="report_make_who").set_value("Kim")
    test.text_input(key="report_make_purpose").set_value("patrol plan")
    test.button(key="report_go").click().run()
    taking = service.asked["make"].taking
    assert (taking.edition, taking.who, taking.purpose) == ("internal", "Kim", "patrol plan")


def test_a_committee_member_is_offered_its_edition_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    _Service(monkeypatch, row(2, edition="internal"), row(1))
    monkeypatch.setattr(session, "roles", lambda: frozenset({"committee"}))
    test = _run(edition="internal")
    assert "report_make_purpose" not in {field.key for field in test.text_input}
    assert list(test.dataframe[0].value["no"]) == [1]
    # By its address neither.
    refused = _run(report="2")
    assert "open to other roles" in refused.warning[0].value
    assert not refused.get("iframe")


def test_the_shelf_lists_what_is_kept_the_last_first(monkeypatch: pytest.MonkeyPatch) -> None:
    _Service(monkeypatch, row(2, form="pdf", lang="ko"), row(1))
    table = _run().dataframe[0].value
    assert list(table["no"]) == [2, 1]
    assert list(table["what"]) == ["committee · Korean · PDF", "committee · English · HTML"]
    assert list(table["period"]) == ["1 Jul 2013 to 31 Dec 2013"] * 2
    # It was the next year by the clocks of the district.
    assert list(table["made"]) == ["1 Jan 2015"] * 2
    assert list(table["sha"]) == [SHA[:12]] * 2
    assert list(_run("ko").dataframe[0].value["period"]) == ["2013. 7. 1. ~ 2013. 12. 31."] * 2


def test_a_report_of_the_address_is_opened(monkeypatch: pytest.MonkeyPatch) -> None:
    service = _Service(monkeypatch, row(2), row(1))
    test = _run(report="1")
    assert service.asked["read"] == (1, {})
    assert "no. 1 · made on 1 January 2015 by Kim · 842 kB" in page_text(test)
    # The bytes of today are not those that were kept.
    assert "another SHA-256" in test.warning[0].value
    assert [each.key for each in test.get("download_button")][-1] == "report_download"
    assert len(test.get("iframe")) == 1


@pytest.mark.parametrize("address", ["4711", "x", "-1", "99999999999999999999"])
def test_a_report_that_is_none_is_a_sentence(monkeypatch: pytest.MonkeyPatch, address: str) -> None:
    service = _Service(monkeypatch, row(1))
    test = _run(report=address)
    said = [each.value for each in (*test.info, *test.warning)]
    assert any("There is no report no. 4711" in text or "Make a report, or select" in text for text in said)
    assert "read" not in service.asked


def test_an_older_internal_report_opens_for_a_purpose(monkeypatch: pytest.MonkeyPatch) -> None:
    service = _Service(monkeypatch, row(3, edition="internal"))
    test = _run(report="3")
    assert "access log" in _captions(test)
    assert not test.get("iframe")
    assert "report_download" not in [each.key for each in test.get("download_button")]
    test.button(key="report_open_go").click().run()
    assert "who takes it and what for" in test.error[0].value
    test.text_input(key="report_read_who").set_value("Lee")
    test.text_input(key="report_read_purpose").set_value("audit")
    test.button(key="report_open_go").click().run()
    assert service.asked["read"] == (3, {"who": "Lee", "purpose": "audit"})
    assert len(test.get("iframe")) == 1
    # It stays open in this visit.
    assert len(test.run().get("iframe")) == 1


def test_computed_anew_it_is_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    service = _Service(monkeypatch, row(1))
    test = _run(report="1")
    test.button(key="report_recompute").click().run()
    assert service.asked["recompute"] == 1
    assert "the same document, byte for byte" in test.success[0].value


def test_computed_anew_it_names_what_differs_and_why(monkeypatch: pytest.MonkeyPatch) -> None:
    service = _Service(monkeypatch, row(1), row(2))
    service.differs = [
        {"figure": "coverage.alleys.share", "then": 0.623, "now": 0.5},
        {"figure": "coverage.alleys.length_m", "then": 41_300.0, "now": None},
        {"figure": "coverage.alleys.low", "then": 0.46411, "now": 0.46414},
    ]
    test = _run(report="1")
    test.button(key="report_recompute").click().run()
    assert "3 figures are not what was kept." in [each.value for each in test.warning]
    table = test.dataframe[1].value
    assert table.to_numpy().tolist() == [
        ["coverage.alleys.share", "62.30 %", "50.00 %"],
        ["coverage.alleys.length_m", "41,300 m", "–"],
        # as many digits as it takes to see it
        ["coverage.alleys.low", "46.411 %", "46.414 %"],
    ]
    text = page_text(test)
    for why in (
        "Loaded since: juso streets.zip (1 May 2013)",
        "States in the camera registry: 1,893 → 1,894 rows",
        "typst: 0.13 → 0.14",
    ):
        assert why in text
    # What was found of one report is not told of another.
    test.query_params["report"] = "2"
    test.run()
    assert "not what was kept" not in " ".join(each.value for each in test.warning)


def test_without_a_database_the_page_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    service = _Service(monkeypatch)

    def fails(*_given: object, **_options: object) -> None:
        raise DatabaseUnreachable("socket gone")

    monkeypatch.setattr(reports, "half_year", fails)
    monkeypatch.setattr(reports, "listed", fails)
    test = _run()
    assert "golmok db up" in test.error[0].value
    assert service.asked == {}
