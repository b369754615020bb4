"""What a district's file says of cameras to buy and of prices."""

from __future__ import annotations

from pathlib import Path

import pytest

from etl.errors import SettingWrong
from etl.settings import read_district
from spatial.types import Prices

SAMPLE = Path(__file__).resolve().parent.parent / "data" / "districts" / "sample.toml"


def told(tmp_path: Path, more: str) -> Path:
    """Return the sample's file without its models and prices, and with something else in their place."""
    kept, skip = [], False
    for line in SAMPLE.read_text(encoding="utf-8").splitlines():
        if line.startswith("["):
            skip = line in ("[[models]]", "[prices]")
        if not skip:
            kept.append(line)
    path = tmp_path / "elsewhere.toml"
    path.write_text("\n".join([*kept, more]), encoding="utf-8")
    return path


MODEL = """
[[models]]
name = "plain"
sensor_w_mm = 5.57
sensor_h_mm = 3.13
focal_mm = 4.0
image_w_px = 1920
image_h_px = 1080
price_won = 900_000
"""


def test_the_sample_offers_four_cameras_and_the_first_is_the_one_it_assumes() -> None:
    district = read_district(SAMPLE)
    assert [model.name for model in district.models] == ["2 MP 4 mm", "2 MP 8 mm", "4 MP 4 mm", "4 MP 12 mm"]
    first, lens = district.models[0], district.defaults
    for name in (
        "focal_mm",
        "sensor_w_mm",
        "sensor_h_mm",
        "image_w_px",
        "image_h_px",
        "height_m",
        "tilt_deg",
    ):
        assert getattr(first, name) == getattr(lens, name)
    assert district.prices == Prices(8_000_000, 1_000_000, 60_000, 50_000, 200.0, 300_000, 1_200_000, 500_000)


def test_a_file_that_says_nothing_buys_the_assumed_camera_at_its_one_price(tmp_path: Path) -> None:
    district = read_district(told(tmp_path, ""))
    (model,) = district.models
    assert (model.name, model.price_won, model.focal_mm) == ("2 MP 4 mm", 20_000_000, 4.0)
    assert district.prices == Prices(move_won=20_000_000)


def test_a_model_takes_height_tilt_and_range_of_the_defaults(tmp_path: Path) -> None:
    (model,) = read_district(told(tmp_path, MODEL)).models
    assert (model.height_m, model.tilt_deg, model.max_range_m) == (5.0, 20.0, 150.0)


@pytest.mark.parametrize(
    ("more", "fault"),
    [
        (MODEL + MODEL, "models are named twice: plain"),
        (MODEL.replace("focal_mm = 4.0", ""), "a model lacks focal_mm"),
        (MODEL + "colour = 1", "a model does not know colour"),
        (MODEL.replace("focal_mm = 4.0", "focal_mm = 0.0"), "focal_mm of plain must be positive"),
        (MODEL.replace("4.0", '"four"'), "focal_mm of plain must be a number, not 'four'"),
        (MODEL.replace("900_000", "900.5"), "price_won of plain must be a whole number, not 900.5"),
        (MODEL.replace('"plain"', "4"), "a model's name is a text, not 4"),
        ("[models]\nname = 1", "models are tables, each under"),
        ("[prices]\nposts = 3", "prices does not know posts"),
        ("[prices]\npole_won = -1", "pole_won must be zero or more"),
        ("[prices]\npole_won = true", "prices.pole_won must be a whole number, not True"),
        ("[[prices]]\npole_won = 1", "prices are one table"),
    ],
)
def test_a_fault_is_said_by_its_name(tmp_path: Path, more: str, fault: str) -> None:
    with pytest.raises(SettingWrong, match=fault):
        read_district(told(tmp_path, more))
