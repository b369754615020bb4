"""`golmok verify`: what it records, what it refuses, and how a row is taken back."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from sqlalchemy import text

from etl.db import Database
from etl.load import load
from etl.store import frames
from spatial.optics import focal_px
from tests.database import TestCity
from tests.terminal import Golmok, enter, runner
from tests.test_load import registry, row
from tests.test_pose import ground

CAMERA = "202631200000001-1"


@pytest.fixture
def golmok(
    city: TestCity,
    loader: Database,
    tmp_path_factory: pytest.TempPathFactory,
    monkeypatch: pytest.MonkeyPatch,
    capfd: pytest.CaptureFixture[str],
) -> Golmok:
    """Run commands on a city of one camera, 202631200000001-1."""
    folder = tmp_path_factory.mktemp("districts")
    load(loader, "cameras", registry(folder, row(count="1")))
    enter(city, folder, monkeypatch, folder / "state")
    return runner(monkeypatch, capfd)


def test_verify_records_a_check(golmok: Golmok) -> None:
    told = golmok("verify", CAMERA, "--lat", "37.5811", "--lon", "126.9368", "--not-seen", "--by", "Kim", "--on", "2014-01-02",
                  "--json")  # fmt: skip
    assert told.code == 0, told.err
    answer = told.answer
    # a thousandth of a degree of latitude is 111 m
    assert (answer["distance_m"], answer["bearing_deg"]) == (
        pytest.approx(111.0, abs=0.2),
        pytest.approx(0.0, abs=0.2),
    )
    assert answer["seen"] is False
    assert (answer["camera"], answer["source"], answer["observed_on"]) == (CAMERA, "check", "2014-01-02")
    assert (answer["recorded_by"], answer["weight"], answer["invented"]) == ("Kim", 0.95, True)
    assert answer["recorded_at"][:2] == "20"


def test_verify_records_a_measured_aim_and_changes_no_state(golmok: Golmok, loader: Database) -> None:
    answer = golmok("verify", CAMERA, "--heading", "360", "--tilt", "12", "--json").answer
    with loader.engine.connect() as connection:
        query = text("select lobes, tilt_deg, tilt_spread_deg from api.aim_evidence where evidence_id = :n")
        (found,) = connection.execute(query, {"n": answer["evidence_id"]}).all()
        aim = connection.exec_driver_sql(
            "select heading_deg, tilt_deg, aim_source from api.camera_state"
        ).all()
    # north, give or take 3 degrees when nobody says how well it was measured
    assert tuple(found) == ([[0.0, 3.0, 1.0]], 12.0, 3.0)
    assert [tuple(each) for each in aim] == [(None, None, None)]


def test_verify_takes_back(golmok: Golmok) -> None:
    number = golmok("verify", CAMERA, "--heading", "90", "--json").answer["evidence_id"]
    told = golmok("verify", "--undo", str(number), "--by", "Lee")
    assert told.out.startswith(f"Evidence {number} was taken back by Lee")
    again = golmok("verify", "--undo", str(number))
    assert (again.code, again.out) == (2, "")
    assert f"No evidence of this number stands: {number}" in again.err


def ties(folder: Path, loader: Database, *, heading_deg: float = 215.0) -> Path:
    """Write four ties of a camera at the toy's pole, 5 m high, 20 degrees down, F that of a lens of 80 degrees."""
    pixels = np.array([[300.0, 950.0], [1600.0, 1000.0], [1500.0, 420.0], [500.0, 480.0]])
    focal = float(focal_px(1920, 80.0))
    places = ground(pixels, heading_deg, 20.0, 5.0, focal)
    query = text("""
        select st_x(g), st_y(g) from (select st_transform(st_translate(geom, :e, :n), 4326) g from api.site limit 1) s""")
    lines = ["px_x,px_y,lat,lon"]
    with loader.engine.connect() as connection:
        for (x, y), (east, north) in zip(pixels, places, strict=True):
            lon, lat = connection.execute(query, {"e": float(east), "n": float(north)}).one()
            lines.append(f"{x},{y},{lat:.9f},{lon:.9f}")
    file = folder / "ties.csv"
    file.write_text("\n".join(lines), encoding="utf-8")
    return file


def test_verify_solves_a_pose(golmok: Golmok, loader: Database, tmp_path: Path) -> None:
    file = ties(tmp_path, loader)
    answer = golmok("verify", CAMERA, "--pose", file, "--image", "1920x1080", "--json").answer
    pose = answer["pose"]
    # nine decimals of a degree are a tenth of a millimetre
    assert pose["heading_deg"] == pytest.approx(215.0, abs=0.02)
    assert pose["tilt_deg"] == pytest.approx(20.0, abs=0.02)
    assert pose["height_m"] == pytest.approx(5.0, abs=0.02)
    assert pose["hfov_deg"] == pytest.approx(80.0, abs=0.02)
    assert (pose["ties"], len(pose["residuals_px"]), pose["rms_px"]) == (4, 4, pytest.approx(0.0, abs=0.05))
    found = frames.aim_evidence(loader)
    (row_,) = found[found["source"].eq("pose")].to_dict("records")
    # no surer than the registry's point of the pole
    assert row_["lobes"][0][1:] == [2.0, 1.0]
    assert row_["hfov_deg"] == pytest.approx(80.0, abs=0.02)
    assert answer["spread_deg"] == 2.0
    said = golmok("verify", CAMERA, "--pose", file, "--image", "1920x1080")
    assert "looked 215° SW" in said.out
    assert "takes 2.0° as one standard deviation" in said.out


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("nobody-1", "--heading", "90"), "There is no camera of this number: nobody-1"),
        ((CAMERA, "--lat", "0", "--lon", "0", "--seen"), "km from the camera"),
        ((CAMERA, "--heading", "90", "--on", "2999-01-01"), "2999"),
        ((CAMERA, "--heading", "90", "--on", "2001-01-01"), "did not hang on 2001-01-01"),
        ((CAMERA, "--heading", "90", "--by", " "), "a name has"),
        ((CAMERA, "--pose", "no-such-file.csv", "--image", "1920x1080"), "There is no such file"),
        ((CAMERA, "--pose", "no-such-file.csv"), "give --image"),
        ((CAMERA,), "use: golmok verify"),
        ((), "use: golmok verify"),
        ((CAMERA, "--lat", "37.58", "--seen"), "use: golmok verify"),
        ((CAMERA, "--heading", "90", "--seen"), "use: golmok verify"),
        ((CAMERA, "--tilt", "10"), "use: golmok verify"),
        ((CAMERA, "--undo", "1"), "use: golmok verify"),
        ((CAMERA, "--pose", "x.csv", "--image", "wide"), "1920x1080"),
        (("--undo", "999999"), "No evidence of this number stands"),
        # A command line may hold bytes that no text holds, and signs that paint a terminal.
        (("\udcff", "--heading", "90"), "no camera of this number"),
        ((CAMERA, "--heading", "90", "--by", "\udcff"), "characters that can be printed"),
        ((CAMERA, "--heading", "90", "--by", "\x1b[31mKim"), "characters that can be printed"),
        ((CAMERA, "--heading", "90", "--by", " "), "a name has 1 to 100 characters"),
    ],
)  # fmt: skip
def test_wrong_use_is_said_and_leaves_nothing(
    golmok: Golmok, loader: Database, words: tuple[str, ...], said: str
) -> None:
    before = len(frames.aim_evidence(loader))
    told = golmok("verify", *words)
    assert told.code == 2
    # usage errors come in a frame that breaks lines
    assert said in " ".join(told.err.replace("│", " ").split())
    assert told.out == ""
    assert len(frames.aim_evidence(loader)) == before


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("px_x,px_y,lat\n1,2,3", "needs the columns px_x, px_y, lat, lon"),
        ("", "needs the columns"),
        ("px_x,px_y,lat,lon\n1,2,37.5,x", "line 2, lon: 'x' is no number"),
        ("px_x,px_y,lat,lon\n1,2,337.5,126.9", "337.5, 126.9 is no latitude"),
        ("px_x,px_y,lat,lon\n1,2,37.58,126.94\n", "These ties fix no pose: four different points"),
        ("px_x,px_y,lat,lon\n1,2\n", "line 2, lat: None is no number"),
    ],
)
def test_a_list_of_ties_that_is_none_is_refused(
    golmok: Golmok, tmp_path: Path, content: str, said: str
) -> None:
    file = tmp_path / "ties.csv"
    file.write_text(content)
    told = golmok("verify", CAMERA, "--pose", file, "--image", "1920x1080")
    assert told.code == 2
    assert said in told.err
