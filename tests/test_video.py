"""How a camera is opened: the address of the video system with its blanks, and what it may never hold."""

from __future__ import annotations

from pathlib import Path

import pytest

from etl.errors import SettingWrong
from etl.settings import district, read_district
from etl.video import Video, read_video

SAMPLE = Path(__file__).resolve().parent.parent / "data" / "districts" / "sample.toml"
CAMERA = {"camera_key": "2011-7 a/b", "camera_id": 7, "heading_deg": 151.9, "incident_key": None}


def test_blanks_are_filled_with_quoted_values_and_what_is_unknown_stays_empty() -> None:
    video = Video(
        "vms://camera/{camera_key}?n={camera_id}&to={heading_deg}&tilt={tilt_deg}&call={incident_key}"
    )
    assert video.address(CAMERA) == "vms://camera/2011-7%20a%2Fb?n=7&to=151.9&tilt=&call="


def test_a_value_cannot_become_part_of_the_address() -> None:
    video = Video("https://video.example/open?camera={camera_key}")
    told = video.address({"camera_key": "1&user=admin#x"})
    assert told == "https://video.example/open?camera=1%26user%3Dadmin%23x"


def test_without_an_address_nothing_is_opened() -> None:
    assert Video().address(CAMERA) is None
    assert (Video().ground_minutes, Video().ground_radius_m) == (60, 100.0)


@pytest.mark.parametrize(
    ("template", "said"),
    [
        ("vms://admin:1234@server/{camera_key}", "no user and no password"),
        ("vms://admin@server/{camera_key}", "no user and no password"),
        ("https://server/{camera_key}?password=1234", "no user and no password"),
        ("https://server/{camera_key}?u=1&Login=kim", "no user and no password"),
        ("https://server/{camera_key}#access_token=1", "no user and no password"),
        ("rtsp://10.1.2.3/{camera_key}", "what cameras speak"),
        ("rtsps://server/{camera_id}", "what cameras speak"),
        ("https://{camera_key}.cameras.example/", "the machine's name"),
        ("https://10.1.2.3/stream", "names no camera"),
        ("javascript:alert('{camera_key}')", "must be an address"),
        ("file:///C:/{camera_key}", "must be an address"),
        ("{camera_key}", "must be an address"),
        ("vms://a b/{camera_key}", "must be an address"),
        ("vms://camera/{camera}", r"does not know \{camera\}; it may hold \{camera_key\}"),
        ("vms://camera/{camera_key}/{}", r"does not know \{\}"),
        ("vms://camera/{camera_key!r}", r"does not know \{camera_key!r\}"),
        ("vms://camera/{camera_key.upper}", "does not know"),
        ("vms://camera/{camera_key", "brace without its fellow"),
    ],
)
def test_an_address_with_a_password_or_of_a_camera_is_refused(template: str, said: str) -> None:
    with pytest.raises(ValueError, match=said) as refused:
        Video(template)
    assert "1234" not in str(refused.value)  # what is refused is not repeated


@pytest.mark.parametrize(
    ("section", "said"),
    [
        ({"open": 7}, "expects a text"),
        ({"url": "vms://camera/{camera_key}"}, "does not know url"),
        ({"ground_minutes": 0}, "from 1 to 1440"),
        ({"ground_minutes": 1441}, "from 1 to 1440"),
        ({"ground_minutes": "60"}, "whole number"),
        ({"ground_radius_m": 5000.0}, "from 1 to 1000"),
        ({"ground_radius_m": True}, "expects metres"),
    ],
)
def test_a_wrong_section_is_named(section: dict[str, object], said: str) -> None:
    with pytest.raises((ValueError, TypeError), match=said):
        read_video(section)


def test_the_district_file_says_it_and_a_fault_names_the_file(tmp_path: Path) -> None:
    assert district("sample").video.open == "vms://camera/{camera_key}?incident={incident_key}"
    assert district("monaco").video == Video()
    wrong = SAMPLE.read_text(encoding="utf-8").replace("vms://camera/", "vms://admin:1234@camera/")
    path = tmp_path / "wrong.toml"
    path.write_text(wrong, encoding="utf-8")
    with pytest.raises(SettingWrong, match=r"wrong\.toml: video\.open may hold no user and no password"):
        read_district(path)
