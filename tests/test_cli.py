"""The command line: what each command prints, to which stream, with which exit code, and what it costs to start."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from app.words import say
from tests import city_in_database as toy_city
from tests.database import TestCity
from tests.terminal import ROOT, Golmok, enter, runner

# The keys that others rely on, as the design states them.
KEYS = {
    "status": "district database counts loads invented",
    "load": "batch_id source file_sha256 encoding rows_in inserted updated unchanged quarantined duplicates outside"
    " retired repaired reasons seconds invented",
    "coverage": "class cameras basis alleys area ladder incidents zones by_dong agencies buffer50m gaps seconds"
    " invented",
    "nearest": "seen_by may_be_seen_by cameras stale ms invented",
    "plan": "chosen before after bound gap proved_optimal alternatives seconds invented",
    "report": "out sha256 pages figures invented",
    "sources": "sources",
}
COUNTS = "agencies sites cameras headings_known alleys buildings flood_zones wildfire_zones incidents police_records speakers"
LAMPS = """관리번호,보안등위치명,위도,경도,데이터기준일자
1,골목 1,{south},{west},2013-06-30
2,골목 2,{north},{east},2013-06-30
3,골목 3,,,2013-06-30
"""


@pytest.fixture(scope="module")
def districts(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder of district files; a test database is a district like any other."""
    return tmp_path_factory.mktemp("districts")


@pytest.fixture(scope="module")
def laid_out(city: TestCity) -> Iterator[TestCity]:
    owner, loader = city.open("owner"), city.open("loader")
    toy_city.lay_out(owner)
    toy_city.draw_fields(loader)
    yield city
    owner.close()
    loader.close()


@pytest.fixture
def golmok(
    laid_out: TestCity,
    districts: Path,
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
    capfd: pytest.CaptureFixture[str],
) -> Golmok:
    """Run a command on the toy city."""
    enter(laid_out, districts, monkeypatch, tmp_path / "state")
    return runner(monkeypatch, capfd)


@pytest.fixture
def empty(
    make_city: Callable[[], TestCity],
    districts: Path,
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
    capfd: pytest.CaptureFixture[str],
) -> Golmok:
    """Run a command on a district without a row."""
    enter(make_city(), districts, monkeypatch, tmp_path / "state")
    return runner(monkeypatch, capfd)


@pytest.fixture
def here(laid_out: TestCity) -> tuple[str, ...]:
    """The options that name a place which camera 1 sees."""
    db = laid_out.open("staff")
    lon, lat = toy_city.lonlat(db, 5, 0)
    db.close()
    return ("--lat", str(lat), "--lon", str(lon))


@pytest.fixture
def lamps(laid_out: TestCity, tmp_path: Path) -> Path:
    """A file of three lamps, one of them without a place."""
    db = laid_out.open("staff")
    west, south = toy_city.lonlat(db, 10, 1)
    east, north = toy_city.lonlat(db, 90, 50)
    db.close()
    path = tmp_path / "lamps.csv"
    path.write_text(LAMPS.format(west=west, south=south, east=east, north=north), encoding="utf-8")
    return path


def keys_of(command: str) -> set[str]:
    return set(KEYS[command].split())


def test_status(golmok: Golmok) -> None:
    told = golmok("status", "--json")
    assert (told.code, told.out.count("\n")) == (0, 1)
    answer = told.answer
    assert keys_of("status") <= set(answer)
    assert set(COUNTS.split()) <= set(answer["counts"])
    assert {"name", "srid", "area_m2"} <= set(answer["district"])
    assert "postgis" in answer["database"]
    assert (answer["counts"]["cameras"], answer["counts"]["alleys"], answer["invented"]) == (3, 2, True)


def test_coverage(golmok: Golmok) -> None:
    told = golmok("coverage", "--json")
    assert (told.code, told.out.count("\n")) == (0, 1)
    answer = told.answer
    assert keys_of("coverage") <= set(answer)
    assert {"survey", "datasheet", "assumed"} == set(answer["basis"])
    parts = {
        "alleys": "length_m seen_m share low high certain possible",
        "area": "open_m2 covered_m2 share low high",
        "incidents": "n seen share",
        "buffer50m": "share overstates",
    }
    for part, names in parts.items():
        assert set(names.split()) <= set(answer[part])
    for rung in answer["ladder"]:
        assert {"class", "share", "low", "high"} <= set(rung)
    for gap in answer["gaps"]:
        assert {"gap_id", "alley", "length_m", "risk", "lat", "lon"} <= set(gap)
    assert {"agency", "alone"} <= set(answer["agencies"][0])
    assert set(answer["stands"]) == {"seen", "on_wall", "on_roof", "inside"}
    # Progress is told where no one reads JSON.
    assert "Coverage" in told.err


def test_coverage_of_a_class_and_a_day(golmok: Golmok) -> None:
    answer = golmok("coverage", "--class", "recognise", "--at", "2011-12-31", "--json").answer
    assert (answer["class"], answer["at"], answer["cameras"]) == ("recognise", "2011-12-31", 2)
    # Camera 1 surely recognises on 10 of 160 m.
    assert answer["alleys"]["share"] == pytest.approx(10 / 160)


def test_nearest(golmok: Golmok, here: tuple[str, ...]) -> None:
    told = golmok("nearest", *here, "-k", "2", "--for", "101", "--json")
    assert (told.code, told.out.count("\n")) == (0, 1)
    answer = told.answer
    assert keys_of("nearest") <= set(answer)
    wanted = (
        "camera_id site_id agency sight p_sees sees distance_m density_px_per_m class turn_to_deg status use"
    )
    assert len(answer["cameras"]) == 2
    for camera in answer["cameras"]:
        assert set(wanted.split()) <= set(camera)
        assert set(camera["use"]) == {"allowed", "ground"}


def test_plan(golmok: Golmok) -> None:
    told = golmok("plan", "--cameras", "1", "--json")
    assert told.code == 0
    answer = told.answer
    assert keys_of("plan") <= set(answer)
    assert len(answer["chosen"]) == 1
    assert 0.0 <= answer["before"] <= answer["after"] <= answer["bound"] <= 1.0


def test_report(golmok: Golmok, tmp_path: Path) -> None:
    for name, lang in (("r.html", "en"), ("r.pdf", "ko")):
        out = tmp_path / name
        period = ("--from", "2013-01-01", "--to", "2013-06-30", "--out", out, "--lang", lang)
        told = golmok("report", *period, "--json")
        assert told.code == 0
        assert keys_of("report") <= set(told.answer)
        assert told.answer["out"] == str(out)
        assert out.stat().st_size > 1000


def test_load_and_load_again(golmok: Golmok, lamps: Path) -> None:
    dry = golmok("load", "lamps", lamps, "--dry-run", "--json").answer
    first = golmok("load", "lamps", lamps, "--json")
    again = golmok("load", "lamps", lamps, "--json").answer
    assert first.code == 0  # also with rows in quarantine
    for answer in (dry, first.answer, again):
        assert keys_of("load") <= set(answer)
        parts = ("inserted", "updated", "unchanged", "quarantined", "duplicates", "outside")
        assert answer["rows_in"] == sum(answer[part] for part in parts) == 3
    assert (dry["inserted"], first.answer["inserted"]) == (2, 2)  # the dry run left nothing
    assert (again["inserted"], again["unchanged"]) == (0, 2)
    assert sum(first.answer["reasons"].values()) == first.answer["quarantined"] == 1


def test_a_refused_file_is_3_and_says_so_in_json_too(golmok: Golmok, tmp_path: Path) -> None:
    letter = tmp_path / "letter.csv"
    letter.write_text("Dear colleagues,\nthe cameras are on their way.\n", encoding="utf-8")
    told = golmok("load", "lamps", letter, "--json")
    assert told.code == 3
    assert keys_of("load") <= set(told.answer)
    assert (told.answer["status"], told.answer["inserted"]) == ("refused", 0)
    assert told.answer["reasons"]
    plain = golmok("load", "lamps", letter)
    assert plain.code == 3
    assert "refused" in plain.out


def test_sources(golmok: Golmok) -> None:
    listed = golmok("sources", "--json").answer["sources"]
    assert {"cameras", "city", "juso", "layer"} <= {row["source"] for row in listed}
    assert all(row["takes"] for row in listed)


@pytest.mark.parametrize("lang", ["ko", "en"])
def test_people_get_text_in_their_language_and_are_told_that_it_is_invented(
    golmok: Golmok, here: tuple[str, ...], lang: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GOLMOK_LANGUAGE", lang)
    invented = say("app.invented", lang)
    for words in (
        ("status",),
        ("coverage",),
        ("nearest", *here),
        ("nearest", *here, "--for", "101"),
        ("plan", "--cameras", "1"),
    ):
        told = golmok(*words)
        assert told.code == 0, told.err
        assert invented in told.out
        assert "None" not in told.out
        if lang == "ko":
            # What stands in Latin letters are names, codes and units: no sentence and no head of a table.
            assert re.findall(r"[a-z]{3,} [a-z]{2,} [a-z]{2,}", told.out + told.err) == []
            assert not re.search(
                r"\b(class|alleys|agency|count|place|kind|started|done|seen)\b", told.out + told.err
            )
        assert "nan" not in told.out.lower().split()
    listed = golmok("sources")
    assert (listed.code, listed.err) == (0, "")
    assert say("takes.juso", lang)[:12] in listed.out
    assert golmok("db", "status").code == 0


def test_what_a_load_did_is_told_in_korean(
    golmok: Golmok, lamps: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GOLMOK_LANGUAGE", "ko")
    told = golmok("load", "lamps", lamps, "--dry-run")
    assert told.code == 0
    assert "lamps: 3행을 읽었습니다." in told.out
    assert "보류" in told.out
    assert "좌표가 비어 있습니다." in told.out
    assert "시험 실행이므로 저장하지 않았습니다." in told.out


@pytest.mark.parametrize("lang", ["ko", "en"])
def test_an_empty_district_is_no_fault(
    empty: Golmok, lang: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("GOLMOK_LANGUAGE", lang)
    place = ("--lat", "37.5791", "--lon", "126.9368")
    for words in (("status",), ("coverage",), ("nearest", *place)):
        for form in ((), ("--json",)):
            told = empty(*words, *form)
            assert told.code == 0, told.err
    period = ("--from", "2013-01-01", "--to", "2013-06-30", "--out", tmp_path / "r.html", "--json")
    assert empty("report", *period).code == 0


def test_what_cannot_be_planned_is_wrong_use(empty: Golmok) -> None:
    told = empty("plan", "--cameras", "2", "--json")
    assert (told.code, told.out) == (2, "")
    assert told.err.splitlines()[-1].startswith("golmok: There is nothing to plan")


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("plan", "either --cameras N or --budget-won W"),
        ("plan --cameras 2 --budget-won 9", "either --cameras N or --budget-won W"),
        ("plan --cameras 0", "--cameras"),
        ("coverage --class sharp", "sharp"),
        ("coverage --at yesterday", "yesterday"),
        ("nearest --lat 91 --lon 126.9", "--lat"),
        ("nearest --lat 37.5", "--lon"),
        ("nearest --lat 37.5 --lon 126.9 --for 999", "999"),
        ("nearest --lat 37.5 --lon 126.9 --class sharp", "sharp"),
        ("load pictures file.csv", "pictures"),
        ("load layer zones.csv", "golmok load layer NAME FILE"),
        ("load cameras a.csv b.csv", "golmok load cameras FILE"),
        ("report --from 2013-06-30 --to 2013-01-01 --out r.pdf", "before it begins"),
        ("report --from 2013-01-01 --to 2013-06-30 --out r.docx", "r.docx"),
        ("report --from 2013-01-01 --to 2013-06-30 --out r.html --lang fr", "fr"),
        ("report --from 2013-01-01 --to 2013-06-30 --out r.html --edition gossip", "gossip"),
        ("coverage --at 0001-01-01", "1900-01-01"),
        ("coverage --at 9999-12-31", "2199-12-31"),
        ("report --from 0001-01-01 --to 2013-06-30 --out r.html", "0001-01-01"),
        ("report --from 2013-01-01 --to 9999-12-31 --out r.html", "9999-12-31"),
        ("load layer 어린이 zones.csv", "어린이"),
        ("load zones zones.geojson --assume-crs 999999", "EPSG:999999"),
        ("sample folder --seed -1", "--seed"),
        ("serve --port 0", "--port"),
        ("serve --port 65536", "--port"),
        ("serve --district nowhere", "nowhere"),
        ("status --district nowhere", "nowhere"),
        ("bench moonlight", "moonlight"),
        ("forecast", "forecast"),
    ],
)
def test_wrong_use_is_2_with_a_clear_sentence(
    golmok: Golmok, words: str, said: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    told = golmok(*words.split())
    assert told.code == 2, told.err
    assert said in " ".join(re.sub("[│╭╮╰╯─]", " ", told.err).split())
    assert told.out == ""
    assert "Traceback" not in told.err


def test_a_database_that_cannot_be_reached_is_4(
    golmok: Golmok, here: tuple[str, ...], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GOLMOK_DATABASE_URL", f"postgresql://postgres@/postgres?host={tmp_path}")
    for words in (("status", "--json"), ("nearest", *here), ("coverage",), ("plan", "--cameras", "1")):
        told = golmok(*words)
        assert told.code == 4
        assert told.out == ""
        assert "GOLMOK_DATABASE_URL" in told.err
        assert "golmok db up" not in told.err
        assert "Traceback" not in told.err


def test_a_district_without_a_database_is_4_and_says_how_to_make_it(golmok: Golmok, districts: Path) -> None:
    sample = (ROOT / "data" / "districts" / "sample.toml").read_text(encoding="utf-8")
    (districts / "unborn.toml").write_text(sample, encoding="utf-8")
    told = golmok("status", "--district", "unborn")
    assert told.code == 4
    assert "golmok init unborn" in told.err


def test_a_fault_of_ours_is_1_and_its_trace_is_kept(
    golmok: Golmok, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    from app.services import status

    def broken(*_: object, **__: object) -> dict[str, Any]:
        raise ZeroDivisionError("one too many")

    monkeypatch.setattr(status, "status", broken)
    told = golmok("status")
    assert told.code == 1
    assert "our fault" in told.err
    assert "Traceback" not in told.err
    assert "one too many" in (tmp_path / "state" / "last-fault.txt").read_text(encoding="utf-8")


def test_a_database_lost_during_a_command_is_4(golmok: Golmok, monkeypatch: pytest.MonkeyPatch) -> None:
    from sqlalchemy.exc import OperationalError

    from app.services import status

    def lost(*_: object, **__: object) -> dict[str, Any]:
        raise OperationalError("select secret", {}, Exception("server closed the connection unexpectedly"))

    monkeypatch.setattr(status, "status", lost)
    told = golmok("status")
    assert (told.code, told.out) == (4, "")
    # The tests' server is given, as any of a person's own: nobody is sent to start it.
    assert "GOLMOK_DATABASE_URL" in told.err
    assert "secret" not in told.err


@pytest.mark.parametrize("words", ["--help", "status --json", "nearest --json", "coverage --help"])
def test_quick_commands_start_without_the_heavy_rooms(
    golmok: Golmok, here: tuple[str, ...], words: str
) -> None:
    asked = [*words.split(), *(here if words.startswith("nearest") else ())]
    script = (
        "import sys\n"
        "from app.cli import main\n"
        "try:\n    main()\nexcept SystemExit as end:\n    code = end.code or 0\n"
        "heavy = {'geopandas', 'numba', 'pandas', 'scipy', 'streamlit', 'matplotlib', 'pyarrow'} & set(sys.modules)\n"
        "print(code, *sorted(heavy), file=sys.stderr)\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", script, *asked],
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stderr.splitlines()[-1] == "0"
    assert done.stdout
    if "--json" in words:
        assert json.loads(done.stdout)["invented"] is True
