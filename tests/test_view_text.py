"""What a registry's words tell of an aim: its class, its headings, its lens, and nothing that they do not say."""

from __future__ import annotations

import pytest

from etl.view_text import SPREADS, WEIGHTS, Lobe, Said, as_json, osm_said, registry_said


def read(text: str, head_no: int = 1, heads: int = 1) -> Said:
    return registry_said(text, head_no=head_no, heads=heads)


def headings(said: Said) -> list[float]:
    return [lobe.heading_deg for lobe in said.lobes]


@pytest.mark.parametrize(
    ("text", "code"),
    [
        # all of them stand in published registries
        ("360도전방면", "OMNI"), ("360도 전방면", "OMNI"), ("360°", "OMNI"), ("360", "OMNI"), ("360전방면", "OMNI"),
        ("360회전", "OMNI"), ("전방 50M 및 360도", "OMNI"), ("360도 전방면, 미원닭집 방면", "OMNI"),
        ("북,남", "CARDINALS"), ("북동,남서", "CARDINALS"), ("서쪽", "CARDINALS"), ("북 방향", "CARDINALS"),
        ("90도 단방향", "ANGLE"), ("120도", "ANGLE"), ("정면 90도", "ANGLE"), ("45°", "ANGLE"), ("120", "ANGLE"),
        ("104", "ANGLE"), ("270도전방면", "ANGLE"), ("180도전방면", "ANGLE"), ("170도 방면", "ANGLE"),
        ("양방향 고정형 카메라", "TWO_WAY"), ("좌우양방향", "TWO_WAY"), ("180도양?향", "TWO_WAY"),
        ("반경 30~150미터 이내(기종따라 다름)", "RADIUS"), ("반경 2~3m", "RADIUS"), ("반경100m이내", "RADIUS"),
        ("100m이내", "RADIUS"), ("전방 70M", "RADIUS"), ("전방 50미터", "RADIUS"),
        ("회전", "KIND"), ("고정형 카메라", "KIND"), ("회전/고정5", "KIND"), ("카메라 전면(고정)", "KIND"),
        ("1방면", "KIND"), ("단방향", "KIND"),
        ("주택 앞 삼거리", "LANDMARK"), ("하단(투기 위치)", "LANDMARK"), ("봉산동 360-3", "LANDMARK"),
        ("환희지유치원 2문 방향", "LANDMARK"), ("엘지자이(아)105동 출구", "LANDMARK"), ("동산동 84-1", "LANDMARK"),
        ("삼례화산1길8-8앞 삼거리", "LANDMARK"), ("고정식/ 연수구 송도동 147", "LANDMARK"),
        ("서빙고 새마을금고에서 윗쪽으로 약100m(소골목삼거리)", "LANDMARK"), ("건물내B1층,남서", "LANDMARK"),
        ("방위각 215도", "BEARING"), ("방위 45", "BEARING"),
        ("", "UNKNOWN"), ("0", "UNKNOWN"), ("-", "UNKNOWN"), ("??", "UNKNOWN"), ("  ", "UNKNOWN"),
    ],
)  # fmt: skip
def test_classes(text: str, code: str) -> None:
    # a list of two points, of a record with two heads
    heads = 2 if text in ("북,남", "북동,남서") else 1
    said = read(text, 1, heads)
    assert said.code == code
    assert said.weight == WEIGHTS[code]


def test_only_headings_make_lobes() -> None:
    # '45°' is a lens of 45 degrees, not north-east; a landmark names no direction
    for text in ("360도전방면", "45°", "좌우양방향", "반경 2~3m", "회전", "주택 앞 삼거리", ""):
        assert read(text).lobes == ()
    assert headings(read("방위각 215도")) == [215.0]
    assert headings(read("방위각 0도")) == [0.0]
    assert read("방위각 400도").lobes == ()


def test_a_list_as_long_as_the_record_has_heads_gives_each_its_own() -> None:
    assert [headings(read("북,남서", head, 2)) for head in (1, 2)] == [[0.0], [225.0]]
    assert read("북,남서", 2, 2).weight == 0.8
    assert read("북,남서", 2, 2).lobes == (Lobe(225.0, 22.5, 1.0),)


def test_another_list_gives_every_head_the_mixture() -> None:
    # which of the three looks where is open; two words of north are two thirds of it
    shared = read("북,남,북", 2, 4)
    assert shared.code == "CARDINALS"
    assert shared.weight == 0.6
    assert [(lobe.heading_deg, lobe.spread_deg) for lobe in shared.lobes] == [(0.0, 22.5), (180.0, 22.5)]
    assert [lobe.share for lobe in shared.lobes] == pytest.approx([2 / 3, 1 / 3])
    assert read("북,남,북", 1, 4) == shared


@pytest.mark.parametrize(
    ("text", "hfov_deg", "from_m", "to_m"),
    [
        ("90도 단방향", 90.0, None, None), ("120", 120.0, None, None), ("270도전방면", 270.0, None, None),
        ("180도양?향", 180.0, None, None), ("5도", None, None, None),
        ("반경 30~150미터 이내", None, 30.0, 150.0), ("반경 2~3m", None, 2.0, 3.0), ("반경 50m", None, None, 50.0),
        ("전방 50M 및 360도", None, None, 50.0), ("60도 전방 20미터", 60.0, None, 20.0), ("반경 0m", None, None, None),
    ],
)  # fmt: skip
def test_angles_and_ranges(
    text: str, hfov_deg: float | None, from_m: float | None, to_m: float | None
) -> None:
    said = read(text)
    assert (said.hfov_deg, said.range_from_m, said.range_m) == (hfov_deg, from_m, to_m)


@pytest.mark.parametrize(
    ("text", "heads", "code", "each"),
    [
        ("160", 1, "BEARING", [[160.0]]), ("NNE", 1, "CARDINALS", [[22.5]]), ("90;270", 2, "BEARING", [[90.0], [270.0]]),
        # through north: from 352 clockwise to 37 the middle is 14.5
        ("352-37", 1, "RANGE", [[14.5]]),
        # northbound traffic is seen from behind or from in front
        ("NB", 1, "TRAVEL", [[0.0, 180.0]]), ("eastbound", 1, "TRAVEL", [[90.0, 270.0]]),
        ("NB;SB", 1, "TRAVEL", [[0.0, 180.0]]), ("NB;EB", 1, "TRAVEL", [[0.0, 90.0, 180.0, 270.0]]),
        ("160;NB", 1, "BEARING", [[160.0]]),
        ("0-360", 1, "OMNI", [[]]), ("towards the bank", 1, "LANDMARK", [[]]), ("400", 1, "UNKNOWN", [[]]),
    ],
)  # fmt: skip
def test_openstreetmap(text: str, heads: int, code: str, each: list[list[float]]) -> None:
    said = [osm_said(text, head_no=head, heads=heads) for head in range(1, heads + 1)]
    assert [one.code for one in said] == [code] * heads
    assert [headings(one) for one in said] == each


def test_a_range_of_directions_is_the_angle_of_the_lens() -> None:
    assert osm_said("352-37", head_no=1, heads=1).hfov_deg == 45.0


def test_shares_sum_to_one_and_every_class_has_its_weight() -> None:
    for said in (read("북,남,동", 1, 2), osm_said("NB;EB", head_no=1, heads=1)):
        assert sum(lobe.share for lobe in said.lobes) == pytest.approx(1.0)
    # only what tells a heading is trusted with one
    telling = {"CARDINALS", "CARDINALS_SHARED", "BEARING", "RANGE", "TRAVEL", "ANGLE", "RADIUS"}
    assert {code for code, weight in WEIGHTS.items() if weight > 0.0} == telling
    assert all(0.0 <= weight <= 1.0 for weight in WEIGHTS.values())
    assert set(SPREADS) <= set(WEIGHTS)


def test_what_is_kept_is_the_words_and_their_reading() -> None:
    assert as_json(read("반경 30~150미터 이내"), "반경 30~150미터 이내") == {
        "weight": 0.3, "lobes": None, "hfov_deg": None, "range_m": 150.0,
        "detail": {"class": "RADIUS", "text": "반경 30~150미터 이내", "range_from_m": 30.0},
    }  # fmt: skip
    assert as_json(read("동"), "동")["lobes"] == [[90.0, 22.5, 1.0]]
