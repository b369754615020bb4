"""Each figure of the report has a name, and each name says what makes the figure: query, function, files, value."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from functools import lru_cache
from typing import Any

import pytest

from app import report
from app.report_blocks import Block, Chart, Document, Heading, PageBreak, Table, Text
from app.report_small import classes, told_equity
from app.report_sources import SOURCES
from app.services.report_explain import UnknownFigure, explain_figure, says, value_at
from app.services.report_explain import report as service
from etl.jobs import JOBS
from etl.settings import sql_folder
from tests.city_in_database import Door, quiet
from tests.figures import coverage, figures, without_streets
from tests.figures_body import body, incident_class
from tests.terminal import Golmok
from tests.toy_world import DAY

BUDGET = {
    "errors": dict.fromkeys(("aim", "lens", "height", "buildings", "rim"), 0.001) | {"step_m": 1.0},
    "sampled": 60,
}
AIMS = {
    "unknown": 500,
    "rests_on": {},
    "errors": {"aim": 0.1, "lens": 0.2, "height": 0.0},
    "narrowed_by": 0.1,
    **{name: {"share": 0.5, "low": 0.4, "high": 0.6} for name in ("even", "unchecked")},
}


def whole() -> dict[str, Any]:
    """Return figures of which no chapter lacks anything."""
    run = coverage(at="2013-06-30", cameras=893, share=0.623) | {"aims": AIMS, "load_next": ["lamps"]}
    return figures(coverage=run, errors=BUDGET)


@pytest.fixture
def golmok(toy_golmok: Golmok) -> Golmok:
    return toy_golmok


@lru_cache
def made(lang: str) -> Document:
    return report.document(whole(), lang=lang)


def bare() -> Document:
    """Return the report of a district that lacks streets and buildings."""
    return report.document(without_streets() | dict.fromkeys(body()), lang="en")


def saying(document: Document) -> Iterator[Block]:
    """Yield the blocks that say something of figures: not headings, nor what the document says of itself."""
    for block in document.blocks:
        if not isinstance(block, (Heading, PageBreak)) and not (
            isinstance(block, Text) and block.tone == "warning"
        ):
            yield block


@pytest.mark.parametrize("lang", ["ko", "en"])
def test_every_figure_of_the_document_has_a_name_that_explains(lang: str) -> None:
    for document in (made(lang), bare()):
        for block in saying(document):
            assert not isinstance(block, (Heading, PageBreak))
            assert block.figure in SOURCES, block


def test_every_name_is_said_somewhere_in_the_document() -> None:
    assert {getattr(block, "figure", "") for block in made("en").blocks} - {""} == set(SOURCES)


@pytest.mark.parametrize("name", sorted(SOURCES))
def test_what_a_name_points_to_exists(name: str) -> None:
    source = SOURCES[name]
    assert source.made_by and source.values
    for query in source.queries:
        assert (sql_folder() / "queries" / f"{query}.sql").is_file(), query
    for function in source.made_by:
        assert len(says(function)) > 15, function
    assert set(source.loads) <= {job.source for job in JOBS}
    shown = service.told(whole(), "internal")
    for path in source.values:
        assert value_at(shown, path) is not None, path


def test_names_stand_in_the_files() -> None:
    page = report.page(whole(), lang="en", fonts=None)
    for name in SOURCES:
        assert f"<code>{name}</code>" in page, name


def test_charts_say_in_words_what_they_draw() -> None:
    for block in made("en").blocks:
        if isinstance(block, Chart):
            assert re.search(r"\d", block.alt), block.caption


def test_explained_from_the_database(drawn: Door) -> None:
    db = drawn()
    told = explain_figure(db, "network.purpose", period=(date(2013, 1, 1), DAY), progress=quiet)
    assert told["figure"] == "network.purpose"
    (query,) = told["queries"]
    assert query["name"] == "sql/queries/network_composition.sql"
    assert query["sql"].startswith("-- The cameras of a day") and "api.camera_at(:at)" in query["sql"]
    assert told["made_by"][0]["gives"].startswith("Return agency, agency_en, purpose")
    assert [row["source"] for row in told["loads"]] == ["cameras"]
    assert sum(row["n"] for row in told["value"]["cameras.by_purpose"]) == 3
    # Without a period there is nothing to compute, and no value.
    assert "value" not in explain_figure(db, "network.purpose", period=None, progress=quiet)


def test_an_unknown_name_is_refused_with_the_known_ones(drawn: Door) -> None:
    with pytest.raises(UnknownFigure, match=r"no figure 'nonsense'; it has agencies\.alone, aims"):
        explain_figure(drawn(), "nonsense", period=None, progress=quiet)


def test_a_committee_is_told_no_small_count_by_explain(drawn: Door) -> None:
    """Two calls lie in the east of the toy city, where the lane on the border counts, and two in the west."""
    db, period = drawn(), (date(2013, 1, 1), DAY)
    rows = {
        edition: explain_figure(db, "equity", period=period, edition=edition, progress=quiet)["value"][
            "equity"
        ]["dong"]
        for edition in ("committee", "internal")
    }
    assert [row["incidents"] for row in rows["internal"]] == [2, 2]
    assert [(row["incidents"], row["per_km"]) for row in rows["committee"]] == [(None, None), (None, None)]


def test_the_body_of_the_toy_city(drawn: Door) -> None:
    """The chapters come out of the database as they come out of frames (tests/test_value.py)."""
    given = service.figures(drawn(), date(2011, 12, 31), DAY, progress=quiet)
    assert [(row["agency"], row["agency_en"], row["added"]) for row in given["changes"]["agencies"]] == [
        ("south", "South", 1)
    ]
    (moved,) = given["changes"]["cameras"]
    assert (moved["camera_key"], moved["change"]) == ("c2", "added")
    assert moved["delta_m"] == given["changes"]["change_m"] > 0.0
    assert given["marginal"]["of"] == 3
    assert {row["agency_en"] for row in given["marginal"]["cameras"]} == {"North", "South"}
    assert [row["agency"] for row in given["together"]["agencies"]] == ["north", "south"]
    assert given["facilities"] == {"n": 0, "routes": 0, "share": None, "low": None, "high": None}
    assert [row["theme"] for row in given["ladders"]] == ["alleys", "flood", "wildfire"]
    assert given["ladders"][0]["ladder"] == given["coverage"]["ladder"]


def test_explain_on_the_command_line(golmok: Golmok) -> None:
    told = golmok("report", "--explain", "refusals").out
    assert "sql/queries/refusal_reasons.sql" in told and "etl.store.account:refusal_reasons" in told
    assert golmok("report", "--explain", "nonsense").code == 2
    assert golmok("report", "--explain", "equity", "--from", "2013-01-01").code == 2
    # Without --explain a report needs its period and its file.
    assert golmok("report", "--from", "2013-01-01").code == 2


# --- small counts


def test_incident_classes_withhold_small_sides_and_what_would_give_them_away() -> None:
    told = classes(body()["incident_classes"])
    # 1.5 seen reads as 2; the only one hidden, so the next smallest goes too.
    assert [(row["class_code"], row["n"], row["seen"]) for row in told] == [
        ("301", 537, "*"),
        ("104", 513, 30),
        ("604", 478, "<3"),
    ]
    assert [row["share"] is None for row in told] == [True, False, True]
    open_rows = classes(body()["incident_classes"], open_counts=True)
    assert [row["seen"] for row in open_rows] == [26, 30, 2]


def test_a_class_of_one_or_two_incidents_is_hidden_whole() -> None:
    (one, other) = classes([incident_class("a", None, 2, 0.2), incident_class("b", None, 40, 1.0)])
    assert (one["n"], one["seen"], other["n"], other["seen"]) == ("<3", "<3", 40, "<3")


def test_many_classes_are_summed_into_the_rest() -> None:
    found = [incident_class(str(number), None, 100 - number, 10.0) for number in range(15)]
    told = classes(found)
    assert len(told) == 13
    assert (told[-1]["others"], told[-1]["n"], told[-1]["seen"]) == (3, 88 + 87 + 86, 30)


def test_incidents_of_a_dong_are_told_inside_alone_as_the_table_of_months_goes_out_too() -> None:
    told = told_equity(body()["equity"])["dong"]
    assert {(row["incidents"], row["per_km"]) for row in told} == {(None, None)}
    assert told_equity({}) == {"dong": []}


def test_the_committee_page_has_no_column_for_them() -> None:
    committee = {block.figure: block for block in made("en").blocks if isinstance(block, Table)}
    assert "Incidents" not in committee["equity"].head
    inside = report.document(figures(edition="internal"), lang="en")
    internal = {block.figure: block for block in inside.blocks if isinstance(block, Table)}
    assert [row[5] for row in internal["equity"].rows] == ["2", "40", "9", "50", "60"]


# --- what the chapters say


def test_the_five_questions_stand_on_the_first_two_pages() -> None:
    blocks = made("en").blocks
    third = [at for at, block in enumerate(blocks) if isinstance(block, PageBreak)][1]
    heads = [block.text for block in blocks[:third] if isinstance(block, Heading)]
    assert heads[:5] == [
        "At a glance",
        "Where are we blind?",
        "What changed in the period?",
        "Which cameras do little?",
        "How sure is this?",
    ]


def test_cameras_that_surely_add_little_are_listed_without_a_place() -> None:
    table = next(block for block in made("en").blocks if getattr(block, "figure", "") == "marginal.cameras")
    assert isinstance(table, Table)
    # The third adds 4.5 m expected, but its range reaches beyond 5 m.
    assert [row[0] for row in table.rows] == ["20130001-1", "20130002-1"]
    assert table.rows[1][1:] == (
        "Community Safety Division",
        "crime prevention",
        "Ansanjarak-dong",
        "2.5",
        "1.5",
        "0.0–4.0",
        "24",
    )


def test_agencies_stand_against_each_other() -> None:
    matrix = [
        block for block in made("en").blocks if isinstance(block, Table) and block.figure == "together"
    ][1]
    assert matrix.rows == (
        ("1 Community Safety Division", "–", "540.0"),
        ("2 Traffic Division", "540.0", "–"),
    )


def test_a_dong_without_a_way_home_has_a_dash_not_nought() -> None:
    shares = next(block for block in made("en").blocks if getattr(block, "figure", "") == "dong.themes")
    assert isinstance(shares, Table)
    assert [row[2] for row in shares.rows] == ["–", "30.0 % (29.0–31.0)", "–", "30.0 % (29.0–31.0)", "–"]
