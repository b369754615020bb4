"""`golmok map` on the toy city: what each edition holds, the trace of an internal one, and what is left out to stay light."""

from __future__ import annotations

import hashlib
import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from app import takeaway
from app.cli import cli
from app.roles import EditionRefused
from app.services import WrongUse, map_out
from app.services.exports import NoPurpose, Taking
from app.takeaway import MapTooLarge
from spatial.errors import UnknownClass
from tests.city_in_database import Door, lonlat, quiet
from tests.test_takeaway import unescaped

INTERNAL = Taking("internal", "Kim", "patrol")


@pytest.fixture(autouse=True)
def _library(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(takeaway, "library", lambda _folder=None: ("/* the library */", ""))


def written(door: Door, out: Path, taking: Taking, **options: Any) -> tuple[dict[str, Any], str]:
    answer = map_out.write(door(), out=out, taking=taking, progress=quiet, **options)
    return answer, unescaped(out.read_text(encoding="utf-8"))


def test_each_edition_counts_what_it_holds(drawn: Door, tmp_path: Path) -> None:
    held = {
        edition: written(drawn, tmp_path / "m.html", Taking(edition, "Kim", "patrol"))[0]["layers"]  # type: ignore[arg-type]
        for edition in ("public", "committee", "internal")
    }
    assert held["public"] == {"boundaries": 2, "cameras": 3}
    assert held["committee"] == {"boundaries": 2, "cameras": 3, "zones": 2}
    # What the turning camera 3 could reach is no view of what it sees. Blind are 30 m of each alley.
    assert held["internal"] == {"boundaries": 2, "cameras": 3, "zones": 2, "fields": 3, "gaps": 2}


def test_the_answer_is_that_of_the_file(drawn: Door, tmp_path: Path) -> None:
    out = tmp_path / "map.html"
    answer, _ = written(drawn, out, Taking("public"), lang="en")
    content = out.read_bytes()
    assert (answer["sha256"], answer["bytes"]) == (hashlib.sha256(content).hexdigest(), len(content))
    assert (answer["out"], answer["edition"], answer["class"]) == (str(out), "public", "observe")
    assert (answer["at"], answer["invented"]) == ("2013-06-30", True)
    again, _ = written(drawn, tmp_path / "again.html", Taking("public"), lang="en")
    assert again["sha256"] == answer["sha256"]


@pytest.mark.parametrize("edition", ["committee", "internal"])
def test_same_data_same_bytes(drawn: Door, tmp_path: Path, edition: Any) -> None:
    taking = Taking(edition, "Kim", "patrol")
    first, second = (written(drawn, tmp_path / f"{n}.html", taking)[0]["sha256"] for n in (1, 2))
    assert first == second


def test_the_public_holds_places_and_purposes_alone(drawn: Door, tmp_path: Path) -> None:
    _, text = written(drawn, tmp_path / "m.html", Taking("public"), lang="en")
    lon, lat = lonlat(drawn(), 50, 60)
    assert f"[{round(lon, 6)}, {round(lat, 6)}]" in text  # camera 3
    assert "crime prevention" in text and "traffic enforcement" in text
    # neither owner, zone, view nor gap, nor what they are called
    for hidden in ("north", "south", "Brook", "Hill", "L1", "L2", "%</td>", "c1", "Fields of view", "Gaps"):
        assert hidden not in text[text.index("<body") :], hidden


def test_an_internal_map_bears_a_stamp_and_leaves_a_trace(drawn: Door, tmp_path: Path) -> None:
    logged = "select who, purpose, rows, detail->>'sha256' from meta.access_log where object = 'map' order by at desc limit 1"
    answer, text = written(drawn, tmp_path / "m.html", Taking("internal", "Lee", "night patrol"), lang="en")
    assert "Lee · " in text and " · night patrol" in text
    assert "This district is invented" in text
    with drawn("owner").engine.connect() as connection:
        # 2 dong, 3 cameras, 2 zones, 3 views, 2 gaps
        assert connection.exec_driver_sql(logged).one() == ("Lee", "night patrol", 12, answer["sha256"])


def test_what_cannot_be_traced_is_not_written(
    drawn: Door, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_given: object, **_options: object) -> None:
        raise RuntimeError("no log")

    monkeypatch.setattr(map_out.exports, "note", broken)
    with pytest.raises(RuntimeError):
        written(drawn, tmp_path / "m.html", INTERNAL)
    assert list(tmp_path.iterdir()) == []


def test_cameras_tell_how_much_they_surely_see(drawn: Door, tmp_path: Path) -> None:
    _, text = written(drawn, tmp_path / "m.html", INTERNAL, lang="en")
    # camera 1: 30 m by 4 m; camera 3: 10 m by 2 m; camera 2 sees nothing for certain
    for key, kind, view in (("c1", "fixed", "120 m²"), ("c3", "PTZ", "20 m²"), ("c2", "fixed", "–")):
        row = text[text.index(f"<td>{key}</td>") :]
        row = row[: row.index("</tr>")]
        assert f"<td>{kind}</td>" in row and f"<td>{view}</td>" in row


def test_an_earlier_day_shows_the_network_of_then(drawn: Door, tmp_path: Path) -> None:
    answer, text = written(drawn, tmp_path / "m.html", Taking("public"), at=date(2011, 6, 30), lang="en")
    assert answer["layers"]["cameras"] == 2
    assert "as at 30 June 2011" in text


def test_a_heavy_map_is_thinned_by_the_rules_in_their_order(
    drawn: Door, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    tried: list[dict[str, int]] = []
    whole = map_out.coverage_map

    def narrow(layers: Any, **options: Any) -> str:
        tried.append({name: len(frame) for name, frame in layers.items()})
        if len(tried) < 5:
            raise MapTooLarge("too large")
        return whole(layers, **options)

    monkeypatch.setattr(map_out, "coverage_map", narrow)
    answer, text = written(drawn, tmp_path / "m.html", INTERNAL, lang="en")
    assert [row["fields"] for row in tried] == [3, 3, 3, 3, 2]
    assert answer["layers"]["fields"] == 2
    assert "only certain views, to keep the file under 5 MB" in text
    assert "outlines of views simplified to within 4.0 m" in text


def test_gaps_that_are_left_out_are_told(
    drawn: Door, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(map_out, "RULES", (map_out.Thinning(0.5, gaps=1, sights=()),))
    answer, text = written(drawn, tmp_path / "m.html", INTERNAL, lang="en")
    assert (answer["layers"]["gaps"], answer["layers"]["fields"]) == (1, 0)
    assert "the 1 gaps of highest risk, of 2" in text
    assert "no views, to keep the file under 5 MB" in text


def test_what_fits_by_no_rule_is_refused(
    drawn: Door, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(takeaway, "MOST_BYTES", 1000)
    with pytest.raises(MapTooLarge, match="the limit is 5 MB"):
        written(drawn, tmp_path / "m.html", INTERNAL)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("options", "error"),
    [
        ({"lang": "fr"}, WrongUse),
        ({"density_class": "nose"}, UnknownClass),
        ({"at": date(1800, 1, 1)}, WrongUse),
    ],
)
def test_wrong_use_is_refused(
    drawn: Door, tmp_path: Path, options: dict[str, Any], error: type[Exception]
) -> None:
    with pytest.raises(error):
        written(drawn, tmp_path / "m.html", Taking("public"), **options)
    with pytest.raises(WrongUse, match="pdf"):
        map_out.write(drawn(), out=tmp_path / "m.pdf", taking=Taking("public"), progress=quiet)


def test_the_command_refuses_before_it_computes(tmp_path: Path) -> None:
    out = str(tmp_path / "m.html")
    for words, error in ((["--edition", "internal"], NoPurpose), (["--edition", "all"], EditionRefused)):
        result = CliRunner().invoke(cli, ["map", "--out", out, *words])
        assert isinstance(result.exception, error)


def test_the_command_prints_its_answer(drawn: Door, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("etl.db.open_database", lambda *_given, **_options: drawn())
    out = str(tmp_path / "m.html")
    told = CliRunner().invoke(cli, ["map", "--out", out, "--edition", "public", "--json"])
    assert json.loads(told.stdout)["layers"] == {"boundaries": 2, "cameras": 3}
    people = CliRunner().invoke(cli, ["map", "--out", out, "--edition", "public"]).stdout
    assert out in people and "3" in people
