"""How a file is coded is told by all of its bytes, and what is no text by its place."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from etl import encodings
from etl.encodings import Place, find_coding, lines, text_of
from etl.reading import read_table
from etl.reasons import InputRefused

ALIASES = {"name": ("이름",), "lat": ("위도",)}
HEAD = "이름,위도\n"


def coding(content: bytes) -> encodings.Coding:
    return find_coding(lambda: io.BytesIO(content))


def read(content: bytes) -> list[str]:
    return list(lines(lambda: io.BytesIO(content), coding(content)))


@pytest.fixture
def small_pieces(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(encodings, "PIECE", 7)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp949", "utf-16", "utf-16-le", "utf-16-be"])
@pytest.mark.parametrize("ending", ["\n", "\r\n", "\r"])
@pytest.mark.usefixtures("small_pieces")
def test_every_coding_is_found_whatever_the_pieces_cut(encoding: str, ending: str) -> None:
    text = ["이름,위도", "가람 똠방각하,37.5", "", "나래,37.6"]
    content = ending.join([*text, ""]).encode(encoding)
    found = coding(content)
    assert (found.name, list(found.bad)) == (encoding, [])
    assert read(content) == text


def test_a_letter_far_behind_the_first_bytes_tells_the_coding() -> None:
    content = b"name,lat\n" + b"a,1\n" * 400_000 + "가람,2\n".encode("cp949")
    assert coding(content).name == "cp949"
    assert read(content)[-1] == "가람,2"


@given(
    st.lists(st.text('가나 a,"똠힣', max_size=5), max_size=8),
    st.sampled_from(["utf-8", "cp949", "utf-16"]),
    st.sampled_from(["\n", "\r\n", "\r"]),
    st.integers(1, 9),
)
def test_lines_are_those_of_the_text(text: list[str], encoding: str, ending: str, piece: int) -> None:
    content = ("가람" + ending + "".join(line + ending for line in text)).encode(encoding)
    before = encodings.PIECE
    encodings.PIECE = piece
    try:
        assert read(content) == ["가람", *text]
    finally:
        encodings.PIECE = before


def test_rare_ends_count_where_there_are_no_others() -> None:
    assert read("이름,위도\x85가,1\x85나,2".encode()) == ["이름,위도", "가,1", "나,2"]
    assert read("이름,위도\u2028가,1\u2028".encode("utf-16")) == ["이름,위도", "가,1"]
    # beside a common end it is a mark in a cell
    assert read("이름,위도\n가\x85나,1\n".encode()) == ["이름,위도", "가\x85나,1"]


@pytest.mark.parametrize(
    ("bad", "place", "name"),
    [
        # the last letter was cut off
        (HEAD.encode() + "가람,1\n".encode() * 30 + "가람,서울".encode()[:-1], Place(32, 11), "utf-8"),
        (HEAD.encode("cp949") + "가람,1\n".encode("cp949") * 30 + b"\xb0\xa1\xb6", Place(32, 3), "cp949"),
        # a byte of a letter is another's; CP949 would read it as two rare letters
        (HEAD.encode() + "가람,1\n".encode() * 30 + b"\xea\xb0\x80\xeb\x9e,1\n", Place(32, 4), "utf-8"),
        (b"\xef\xbb\xbf" + (HEAD + "가람,1\n" * 30).encode() + b"\xff,1\n", Place(32, 1), "utf-8-sig"),
    ],
)
def test_a_bad_byte_is_told_by_line_and_byte(bad: bytes, place: Place, name: str, tmp_path: Path) -> None:
    found = coding(bad)
    assert (found.name, list(found.bad), found.places) == (name, [place.line], (place,))
    file = tmp_path / "a.csv"
    file.write_bytes(bad)
    table = read_table(file, ALIASES, required=("name", "lat"))
    assert table.refused == {31: "BAD_TEXT"}
    assert table.notes["bad_text"] == [f"{place.line}:{place.byte}"]
    assert table.rows["name"].tolist()[:30] == ["가람"] * 30


def test_a_lone_zero_spoils_its_row_alone() -> None:
    content = HEAD.encode() + "가람,1\n".encode() * 200 + b"a\x00b,1\n"
    assert coding(content).places == (Place(202, 2),)
    assert read(content)[-1] == "a?b,1"


def test_half_a_letter_of_two_bytes_is_told_too() -> None:
    content = (HEAD + "가람,1\n" * 30).encode("utf-16") + b"\xac"
    found = coding(content)
    assert (found.name, found.places) == ("utf-16", (Place(32, 1),))
    # half of a pair
    pair = (HEAD + "가람,1\n" * 30).encode("utf-16-le") + b"a\x00\x3d\xd8,\x001\x00\n\x00"
    assert coding(pair).places == (Place(32, 2),)


def test_lines_of_two_codings_are_a_mixture_and_of_one_are_none() -> None:
    mixed = HEAD.encode() + "가람,1\n".encode("cp949") * 5
    assert (coding(mixed).name, read(mixed)[1:]) == ("mixed", ["가람,1"] * 5)
    marked = b"\xef\xbb\xbf" + (HEAD + "가람,1\n").encode("cp949")
    assert (coding(marked).name, read(marked)) == ("cp949", ["이름,위도", "가람,1"])


def test_what_is_no_text_is_refused_with_its_place() -> None:
    for content, said in (
        (HEAD.encode() + b"\xff\xff,1\n" * 9, "9 of 10 lines, the first at line 2, byte 1"),
        (b"\x89PNG\x00\x00rest", "zero bytes, the first is byte 5"),
    ):
        with pytest.raises(InputRefused) as refused:
            coding(content)
        assert (refused.value.reason, refused.value.detail) == ("NOT_TEXT", said)


def test_the_whole_text_has_one_end_of_line() -> None:
    content = b"\xef\xbb\xbf[1,\r\n2]\r"
    assert text_of(lambda: io.BytesIO(content), coding(content)) == "[1,\n2]\n"
