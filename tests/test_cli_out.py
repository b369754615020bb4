"""The commands that hand things over, as they are typed: what they write, print and refuse, and with which exit code."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from app.services import coverage
from tests import city_in_database as toy_city
from tests.database import TestCity
from tests.terminal import Golmok, enter, runner

INTERNAL = ("--edition", "internal", "--by", "Kim", "--purpose", "patrol of May")


@pytest.fixture(scope="module")
def computed(make_city: Callable[[], TestCity]) -> TestCity:
    """The toy city, its coverage computed as at its day."""
    city = make_city()
    with toy_city.opened(city) as door:
        toy_city.lay_out(door("owner"))
        coverage.coverage(door(), at=toy_city.DAY, progress=toy_city.quiet)
    return city


@pytest.fixture
def golmok(
    computed: TestCity, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> Iterator[Golmok]:
    """Run a command on the toy city."""
    enter(computed, tmp_path, monkeypatch, tmp_path / "state")
    yield runner(monkeypatch, capfd)


def test_export_writes_the_file_and_says_its_digest(golmok: Golmok, tmp_path: Path) -> None:
    out = tmp_path / "cameras.csv"
    told = golmok("export", "cameras", "--out", out, "--edition", "public", "--json").answer
    assert told["sha256"] == hashlib.sha256(out.read_bytes()).hexdigest()
    assert (told["rows"], told["edition"], told["at"], told["invented"]) == (3, "public", "2013-06-30", True)
    said = golmok("export", "cameras", "--out", out).out
    assert f"{out} (3 rows, committee edition" in said
    assert "invented" in said


def test_heads_follow_the_language(golmok: Golmok, tmp_path: Path) -> None:
    out = tmp_path / "coverage.csv"
    golmok("export", "coverage", "--out", out)
    assert out.read_text(encoding="utf-8-sig").startswith("dong_code,dong,class,length_m,share,low,high")
    golmok("export", "coverage", "--out", out, "--lang", "ko")
    assert out.read_text(encoding="utf-8-sig").startswith("동 코드,동,등급,길이 (m)")


@pytest.mark.parametrize(
    ("words", "code", "named"),
    [
        (("gaps", "--edition", "public"), 2, "gaps"),
        (("incidents", "--edition", "public"), 2, "incidents"),
        (("gaps", "--edition", "internal"), 2, "who takes it"),
        (("gaps", "--edition", "internal", "--by", "Kim"), 2, "who takes it"),
        (("gaps", "--edition", "internal", "--purpose", "patrol"), 2, "who takes it"),
        (("gaps", "--edition", "secret"), 2, "secret"),
        (("secrets",), 2, "secrets"),
        (("gaps", "--class", "identify"), 2, "golmok coverage --class identify"),
    ],
)
def test_what_may_not_go_out_is_refused_and_leaves_no_file(
    golmok: Golmok, tmp_path: Path, words: tuple[str, ...], code: int, named: str
) -> None:
    told = golmok("export", *words, "--out", tmp_path / "x.csv")
    assert told.code == code
    assert named in told.err
    assert not (tmp_path / "x.csv").exists()


def test_a_table_is_a_csv_file(golmok: Golmok, tmp_path: Path) -> None:
    told = golmok("export", "cameras", "--out", tmp_path / "cameras.xlsx")
    assert told.code == 2
    assert "cameras.xlsx" in told.err


def test_what_was_taken_stands_in_the_access_log(golmok: Golmok, tmp_path: Path) -> None:
    assert golmok("export", "gaps", "--out", tmp_path / "gaps.csv", *INTERNAL).code == 0
    since = "2000-01-01"
    told = golmok("access", "--since", since, "--exports", "--json").answer
    (entry,) = told["entries"]
    assert (told["n"], entry["who"], entry["object"], entry["purpose"]) == (
        1,
        "Kim",
        "table gaps",
        "patrol of May",
    )
    all_of_it = golmok("access", "--since", since, "--json").answer
    # the coverage that was computed has read the incidents
    assert "core.incident" in {entry["object"] for entry in all_of_it["entries"]}
    said = golmok("access", "--since", since, "--exports").out
    assert "1 entries" in said and "patrol of May" in said and "Kim" in said
    assert golmok("access", "--since", "2199-01-01").out.startswith(
        "Access log since 1 January 2199: 0 entries"
    )


def test_what_people_typed_moves_no_cursor(golmok: Golmok, tmp_path: Path) -> None:
    taking = ("--edition", "internal", "--by", "Kim\x1b[2J", "--purpose", "audit\nroot")
    golmok("export", "zones", "--out", tmp_path / "zones.csv", *taking)
    said = golmok("access", "--since", "2000-01-01", "--exports").out
    assert "\x1b" not in said
    assert "audit root" in said


def test_policy_writes_a_page_and_names_what_is_missing(golmok: Golmok, tmp_path: Path) -> None:
    out = tmp_path / "policy.html"
    told = golmok("policy", "--out", out, "--json").answer
    assert (told["cameras"], told["missing"], len(told["items"])) == (3, [], 8)
    (settings,) = tmp_path.glob("t_*.toml")
    text = settings.read_text(encoding="utf-8")
    settings.write_text(text.replace('hours = "Around the clock"\n', ""), encoding="utf-8")
    said = golmok("policy", "--out", out).out
    assert "Not told yet: Hours." in said
    assert golmok("policy", "--out", tmp_path / "policy.pdf").code == 2
