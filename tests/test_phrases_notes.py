"""What a load found out about coordinates is told in whole sentences, in both languages."""

from __future__ import annotations

from app.phrases_notes import lines

ONE = {"crs_looks_like": {"as_read": 0, "systems": [{"epsg": 5186, "rows": 1234, "turned": 1234, "or": []}]}}
MIXED = {
    "crs_looks_like": {
        "as_read": 9,
        "systems": [
            {"epsg": 5174, "rows": 412, "turned": 0, "or": [2097]},
            {"epsg": 5179, "rows": 3, "turned": 0, "or": []},
        ],
    }
}
SHIFTED = {
    "boundary_looks_shifted": {"epsg": 4162, "taken_for": 4326, "east_m": -185, "north_m": 310, "shift_m": 361,
                               "places": 27, "against": 2}
}  # fmt: skip


def test_one_system_is_named_with_the_command_that_applies_it() -> None:
    assert list(lines(ONE, "en")) == [
        "Rows that look like EPSG:5186 (central belt, 600,000 N): 1,234.",
        "In 1,234 of them the columns of east and north are turned.",
        "If that is right, load the file again with --assume-crs 5186; nothing is applied by itself.",
    ]
    assert next(lines(ONE, "ko")) == "1,234행은 EPSG:5186(중부원점, 북 60만) 좌표로 보입니다."


def test_a_mixed_file_is_told_part_by_part() -> None:
    told = list(lines(MIXED, "en"))
    assert told[0] == (
        "Rows that look like EPSG:5174 (modified central belt, Bessel) or EPSG:2097 (central belt, Bessel): 412."
    )
    assert told[1] == "Rows that look like EPSG:5179 (UTM-K): 3."
    assert told[2].startswith("The file mixes systems of coordinates (rows that fit as they are: 9).")
    assert len(told) == 3


def test_a_boundary_that_lies_elsewhere_is_told_with_both_sides() -> None:
    (told,) = lines(SHIFTED, "ko")
    assert "약 361 m" in told
    assert "맞는 지점 27곳, 지금이 맞는 지점 2곳" in told
    (english,) = lines(SHIFTED, "en")
    assert english.startswith("Boundary and cameras lie about 361 m apart, as if the boundary was EPSG:4162")


def test_without_such_notes_nothing_is_told() -> None:
    assert list(lines(None, "ko")) == []
    assert list(lines({"undated": True}, "en")) == []
