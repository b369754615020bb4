"""What free text says of a lens, and what a purpose is called."""

from __future__ import annotations

import pytest

from etl.lenses import Aim, compass_list, kind_of, osm_directions, pixels
from etl.osm import metres
from etl.purposes import PURPOSES, codes_of


@pytest.mark.parametrize(
    ("text", "headings"),
    [
        ("북,남", (0.0, 180.0)), ("북동,남서", (45.0, 225.0)), ("동", (90.0,)), ("동측, 서측", (90.0, 270.0)),
        ("북 방향", ()), ("북방향/남방향", (0.0, 180.0)), ("360도전방면", ()), ("", ()), ("북남", ()),
        ("주택 앞 삼거리", ()), ("0", ()), ("90도 단방향", ()),
    ],
)  # fmt: skip
def test_compass_lists(text: str, headings: tuple[float, ...]) -> None:
    assert compass_list(text) == headings


@pytest.mark.parametrize(
    ("text", "aims", "unread"),
    [
        ("160", (Aim(160.0),), 0), ("160.5", (Aim(160.5),), 0), ("360", (Aim(0.0),), 0), ("NNE", (Aim(22.5),), 0),
        ("sw", (Aim(225.0),), 0), ("North", (Aim(0.0),), 0), ("90;270", (Aim(90.0), Aim(270.0)), 0),
        # through north: from 352 clockwise to 37 are 45 degrees, the middle is 14.5
        ("352-37", (Aim(14.5, 45.0),), 0), ("10-50", (Aim(30.0, 40.0),), 0), ("0-360", (), 1), ("NB", (), 1),
        ("160;NB", (Aim(160.0),), 1), ("400", (), 1), ("", (), 0),
    ],
)  # fmt: skip
def test_osm_directions(text: str, aims: tuple[Aim, ...], unread: int) -> None:
    assert osm_directions(text) == (aims, unread)


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("회전형", "ptz"), ("PTZ", "ptz"), ("카메라 전면(고정)", "fixed"), ("어안", "fisheye"), ("360도 전방면", None),
        ("회전 1대, 고정 3대", None), ("", None),
    ],
)  # fmt: skip
def test_kinds(text: str, kind: str | None) -> None:
    assert kind_of(text) == kind


@pytest.mark.parametrize(
    ("text", "count", "odd"),
    [
        ("200", 2_000_000, False), ("41", 410_000, False), ("200.0", 2_000_000, False), ("2000000", 2_000_000, True),
        ("3000000.0", 3_000_000, True), ("2MP", 2_000_000, True), ("200만화소", 2_000_000, False),
        ("1920x1080", 2_073_600, True), ("0", None, False), ("", None, False), ("많음", None, False),
    ],
)  # fmt: skip
def test_pixels(text: str, count: int | None, odd: bool) -> None:
    assert pixels(text) == (count, odd)


@pytest.mark.parametrize(
    ("text", "length"),
    [
        ("3.5", 3.5),
        ("3,5 m", 3.5),
        ("12 ft", 3.6576),
        ("8'6\"", 2.5908),
        ("wide", None),
        (None, None),
        ("", None),
    ],
)
def test_metres(text: str | None, length: float | None) -> None:
    assert metres(text) == length


@pytest.mark.parametrize(
    ("words", "codes"),
    [
        ("생활방범", ("crime_prevention",)), ("어린이 보호", ("child_protection",)),
        ("교통단속(방범겸용)", ("traffic_enforcement", "crime_prevention")),
        ("쓰레기단속,생활방범", ("illegal_dumping", "crime_prevention")), ("다목적", ("crime_prevention", "multi")),
        ("기타", ("other",)), ("기타(노후경유차 운행제한 단속)", ("other",)), ("공원및놀이터", ()), ("", ()), ("드론", ()),
    ],
)  # fmt: skip
def test_purposes(words: str, codes: tuple[str, ...]) -> None:
    assert codes_of(words) == codes


def test_no_word_names_two_purposes() -> None:
    words = [word for spellings in PURPOSES.values() for word in spellings]
    assert len(words) == len(set(words))
