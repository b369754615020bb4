"""What we say: complete in both languages, exact in its digits, light to import."""

from __future__ import annotations

import ast
import re
import string
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest

from app import phrases, phrases_plan, report_words, takeaway_words, words, words_errors
from app.services import WrongUse
from etl.errors import DatabaseUnreachable
from etl.reasons import REASONS
from spatial.errors import GolmokError, MissingColumn
from tests import answers

ROOT = Path(__file__).resolve().parent.parent
PRINTING = (ROOT / "app" / "printing.py").read_text(encoding="utf-8")


def _blanks(template: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(template) if name}


@pytest.mark.parametrize("key", sorted(words.keys()))
def test_each_key_is_said_in_both_languages_with_the_same_blanks(key: str) -> None:
    korean, english = words.keys()[key]
    assert korean.strip() and english.strip()
    # A blank that one language forgets loses a number.
    assert _blanks(korean) == _blanks(english)


def test_korean_says_korean_and_english_says_english() -> None:
    assert words.say("find.none", "ko") == "이곳을 보는 카메라가 없습니다."
    assert words.say("find.none", "en") == "None. No camera sees this place."
    with pytest.raises(KeyError, match="no language 'fr'"):
        words.say("find.none", "fr")


def test_every_error_code_has_its_sentence() -> None:
    assert {f"error.{name}" for name in words_errors.CODES} | {"error.unforeseen"} == set(words_errors.TABLE)
    assert set(words_errors.CODES.values()) <= {1, 2, 3, 4}


def _named_errors() -> set[str]:
    """Return every class below GolmokError, read from the source: to import them all would take seconds."""
    files = [path for room in ("app", "etl", "spatial") for path in (ROOT / room).rglob("*.py")]
    trees = [ast.parse(path.read_text(encoding="utf-8")) for path in files]
    bases = {
        node.name: {base.id for base in node.bases if isinstance(base, ast.Name)}
        for tree in trees
        for node in ast.walk(tree)
        if isinstance(node, ast.ClassDef)
    }
    named = {"GolmokError"}
    while more := {name for name, above in bases.items() if above & named} - named:
        named |= more
    return named


def test_nobody_is_told_to_start_a_database_that_they_run_themselves() -> None:
    lost = DatabaseUnreachable("connection refused")
    assert "golmok db up" in words.sentence(lost, "en")[0]
    text, code = words.sentence(lost, "en", given=True)
    said = "The database that GOLMOK_DATABASE_URL names does not answer: connection refused."
    assert (text, code) == (said, 4)
    # An error that has nothing to do with it keeps its sentence.
    wrong = WrongUse("no such day")
    assert words.sentence(wrong, "ko", given=True) == words.sentence(wrong, "ko")


def test_every_named_error_has_a_sentence_of_its_own() -> None:
    foreign = {"OperationalError", "InterfaceError", "FileNotFoundError", "PermissionError", "FileExistsError",
               "IsADirectoryError", "NotADirectoryError"}  # fmt: skip
    assert set(words_errors.CODES) - foreign == _named_errors()


def test_a_folder_for_a_file_and_a_file_for_a_folder_are_wrong_use(tmp_path: Path) -> None:
    (file := tmp_path / "sample").write_text("mine")
    with pytest.raises(IsADirectoryError) as folder:
        tmp_path.write_text("report")
    assert words.sentence(folder.value, "en") == (f"This is a folder, not a file: {tmp_path}.", 2)
    with pytest.raises(FileExistsError) as taken:
        file.mkdir()
    assert words.sentence(taken.value, "en") == (f"There is a file of that name already: {file}.", 2)
    with pytest.raises(NotADirectoryError) as inside:
        (file / "below").mkdir()
    assert words.sentence(inside.value, "en") == (f"This is a file, not a folder: {file / 'below'}.", 2)


def test_sentence_takes_the_nearest_class_that_the_table_names() -> None:
    class Unlisted(MissingColumn):
        pass

    assert words.sentence(Unlisted("height_m."), "en") == ("A needed column is missing: height_m.", 3)
    assert words.sentence(GolmokError(), "en") == ("This could not be done.", 1)
    assert words.sentence(ZeroDivisionError("secret"), "en")[1] == 1
    # What an unforeseen error says may hold a person's words: only its class is told.
    assert "secret" not in words.sentence(ZeroDivisionError("secret"), "en")[0]


def test_the_command_line_has_words_for_what_it_prints() -> None:
    from etl.jobs import JOBS
    from etl.results import LoadResult

    assert {f"takes.{job.source}" for job in JOBS} <= set(words.keys())
    counted = {field for field, kind in LoadResult.__annotations__.items() if kind == "int"}
    assert {name.removeprefix("rows.") for name in words.TABLE if name.startswith("rows.")} == counted
    heads = re.findall(r'"([a-z_]+)"', " ".join(re.findall(r"_table\(\s*\(([^)]*)\)", PRINTING)))
    assert len(heads) > 20
    assert {f"line.col_{head}" for head in heads} <= set(words.keys())


def test_an_error_of_a_driver_is_named_by_its_class() -> None:
    class OperationalError(Exception):
        pass

    class Lost(OperationalError):
        pass

    assert words.is_named(Lost("select * from core.incident"))
    text, code = words.sentence(Lost("select * from core.incident"), "en")
    assert (text, code) == ("The database does not answer; `golmok db up` starts it.", 4)
    assert not words.is_named(ZeroDivisionError())
    missing = FileNotFoundError(2, "No such file or directory", "a.csv")
    assert words.sentence(missing, "en") == ("There is no such file: a.csv.", 2)


def test_numbers() -> None:
    assert words.number(1234567.4) == "1,234,567"
    assert words.number(None) == "–"
    assert words.percent(0.6244) == "62.4 %"
    assert words.percent(0.99999) == ">99.9 %"  # not all is never shown as all
    assert words.percent(0.0004) == "<0.1 %"  # nor little as none
    assert words.percent(0.0) == "0.0 %"
    assert words.percent(0.996, 0) == ">99 %"
    assert words.percent(0.004, 0) == "<1 %"
    assert words.span(0.0001, 0.0004) == "<0.1 %"
    assert words.percent(1.0) == "100.0 %"
    assert words.span(0.55, 0.661) == "55.0–66.1 %"
    assert words.distance(85.4) == "85 m"
    assert words.distance(1240.0) == "1,240 m"
    assert words.distance(41_300.0) == "41.3 km"


def test_dates_and_headings() -> None:
    assert words.day(date(2013, 6, 30), "ko") == "2013년 6월 30일"
    assert words.day("2013-06-30", "en") == "30 June 2013"
    assert words.day(None, "en") == "–"
    assert words.towards(215.0, "ko") == "215° 남서"
    assert words.towards(359.6, "en") == "0° N"
    assert words.towards(None, "en") == "–"


def test_unlisted_code_names_itself() -> None:
    assert words.label("kind", "ptz", "ko") == "회전형"
    assert words.label("kind", "dome", "en") == "dome"
    assert words.label("kind", None, "en") == "–"


def test_words_import_nothing_heavy() -> None:
    heavy = "{'streamlit', 'pandas', 'geopandas', 'numpy', 'shapely', 'sqlalchemy'}"
    code = f"import sys, app.words; print({heavy} & set(sys.modules))"
    said = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert said.stdout.strip() == "set()"


def test_one_thing_has_one_word_in_korean() -> None:
    # Left: what we do not say. A share is a 비율, its interval a 95 % 구간, the registry a 대장, to compute 산출.
    banned = ("몫", "등록부", "셈하", "셈합", "많아야", "열린 땅", "커버리지", "95 % 범위", "불러오십시오")
    tables = (words.TABLE, report_words.TABLE, takeaway_words.TABLE)
    said = [pair[0] for table in tables for pair in table.values()] + [each.ko for each in REASONS.values()]
    assert [text for text in said if any(word in text for word in banned)] == []


def test_circles_are_told_by_what_is_known_of_the_truth() -> None:
    def told(overstates: float | None) -> str:
        run = answers.coverage()
        run["buffer50m"] |= {"overstates": overstates}
        return " ".join(phrases.gaps_lines(run, "en"))

    assert "Circles of 50 m would claim 71.0 % of alley length: 2.3 times what is really seen." in told(2.3)
    # A class that sees farther than the circle: it overstates nothing, and 1.0 times is no news.
    for under in (0.98, 1.04):
        assert "no more than is really seen" in told(under)
    assert "an upper bound at best" in told(None)


@pytest.mark.parametrize(
    ("width_m", "korean", "english"),
    [
        (3.0, "L2에서 31 m가 새로 보입니다(폭 3.0 m).", "31 m more of L2 come into sight, 3.0 m wide."),
        (None, "L2에서 31 m가 새로 보입니다.", "31 m more of L2 come into sight."),
    ],
)
def test_why_an_aim_was_chosen(width_m: float | None, korean: str, english: str) -> None:
    reason = {"code": "most_in_street", "alley": "L2", "metres": 31.2, "width_m": width_m}
    assert phrases_plan.reason(reason, "ko") == korean
    assert phrases_plan.reason(reason, "en") == english
