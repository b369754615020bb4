"""Files are known by their content, whatever their name says."""

from __future__ import annotations

from pathlib import Path

import pytest

from etl.reading import looks_like_json, match_names, read_json, read_table, read_text, sha256
from etl.reasons import InputRefused

ALIASES = {"name": ("이름",), "lat": ("위도", "WGS84위도"), "lon": ("경도",)}
NEEDED = ("name", "lat", "lon")
TEXT = "이름,위도,경도\n가람,37.5,126.9\n나래,37.6,127.0\n"


def put(folder: Path, content: bytes | str, name: str = "a.bin") -> Path:
    path = folder / name
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return path


@pytest.mark.parametrize(
    ("encoding", "said"),
    [("utf-8", "utf-8"), ("utf-8-sig", "utf-8-sig"), ("cp949", "cp949"), ("utf-16", "utf-16")],
)
def test_each_encoding_gives_the_same_rows(tmp_path: Path, encoding: str, said: str) -> None:
    table = read_table(put(tmp_path, TEXT.encode(encoding)), ALIASES, required=NEEDED)
    assert table.encoding == said
    assert table.rows["name"].tolist() == ["가람", "나래"]
    assert table.rows.index.tolist() == [1, 2]


def test_utf_16_without_a_mark_is_known_by_its_zeros(tmp_path: Path) -> None:
    content = ("name,lat,lon\n" + "a,1,2\n" * 3).encode("utf-16-le")
    assert read_table(put(tmp_path, content), ALIASES, required=NEEDED).encoding == "utf-16-le"


@pytest.mark.parametrize("delimiter", [",", "\t", ";", "|"])
@pytest.mark.parametrize("ending", ["\n", "\r\n", "\r"])
def test_delimiter_and_line_ending_are_found(tmp_path: Path, delimiter: str, ending: str) -> None:
    text = TEXT.replace(",", delimiter).replace("\n", ending)
    assert read_table(put(tmp_path, text), ALIASES, required=NEEDED).rows["lon"].tolist() == [
        "126.9",
        "127.0",
    ]


def test_headers_match_in_any_order_and_spelling_and_keep_the_rest(tmp_path: Path) -> None:
    text = "비고, WGS84 위도 ,경 도,이름\n좋음,1,2,가\n"
    table = read_table(put(tmp_path, text), ALIASES, required=NEEDED)
    assert table.rows.columns.tolist() == ["비고", "lat", "lon", "name"]
    assert table.renamed == {"name": "이름", "lat": "WGS84 위도", "lon": "경 도"}


def test_a_title_above_the_header_is_passed_over(tmp_path: Path) -> None:
    table = read_table(put(tmp_path, "골목구 보안등 현황\n\n" + TEXT), ALIASES, required=NEEDED)
    assert table.rows["name"].tolist() == ["가람", "나래"]


def test_rows_of_another_width_are_named_not_lost(tmp_path: Path) -> None:
    table = read_table(put(tmp_path, TEXT + "다솜,1\n라온,1,2,3\n마루,1,2,\n"), ALIASES, required=NEEDED)
    # 마루 only has a trailing comma: nothing shifted
    assert table.refused == {3: "BAD_SHAPE", 4: "BAD_SHAPE"}
    assert len(table.rows) == 5


def test_one_open_quote_does_not_swallow_the_file(tmp_path: Path) -> None:
    text = 'name,lat,lon\n"가,1,2\n' + "나,1,2\n" * 50
    table = read_table(put(tmp_path, text), ALIASES, required=NEEDED)
    assert (len(table.rows), table.refused) == (51, {1: "OPEN_QUOTE"})


def test_names_are_given_once_and_none_of_ours_is_taken(tmp_path: Path) -> None:
    text = "이름,위도,경도,a,a_7,geometry,a,repaired\n가,1,2,3,4,5,6,7\n"
    names = read_table(put(tmp_path, text), ALIASES, required=NEEDED).rows.columns.tolist()
    assert names == ["name", "lat", "lon", "a", "a_7", "geometry_6", "a_7_7", "repaired_8"]


def test_a_second_column_of_the_same_name_and_other_values_is_noted(tmp_path: Path) -> None:
    same = read_table(put(tmp_path, "이름,위도,경도,위도\n가,1,2,1\n", "same"), ALIASES, required=NEEDED)
    other = read_table(put(tmp_path, "이름,위도,경도,위도\n가,1,2,9\n", "other"), ALIASES, required=NEEDED)
    assert "columns_passed_over" not in same.notes
    assert (other.notes["columns_passed_over"], other.rows["lat"].tolist()) == (["위도"], ["1"])


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
def test_utf_16_that_begins_with_hangul_is_told_by_the_majority(tmp_path: Path, encoding: str) -> None:
    table = read_table(put(tmp_path, TEXT.encode(encoding)), ALIASES, required=NEEDED)
    assert (table.encoding, table.rows["name"].tolist()) == (encoding, ["가람", "나래"])


def test_a_row_that_is_no_header_is_not_quoted(tmp_path: Path) -> None:
    with pytest.raises(InputRefused) as none:
        read_table(put(tmp_path, "홍길동,가동 1,나\n가,나,다\n"), ALIASES, required=NEEDED)
    assert "홍길동" not in none.value.detail
    with pytest.raises(InputRefused) as some:
        read_table(put(tmp_path, "이름,가로,세로\n가,나,다\n"), ALIASES, required=NEEDED)
    assert "found: 이름, 가로, 세로" in some.value.detail


def test_lines_of_two_encodings_are_read_and_a_broken_one_is_named(tmp_path: Path) -> None:
    lines = [
        b"name,lat,lon",
        "가,1,2".encode(),
        "나,1,2".encode("cp949"),
        b"\xff\xff\xff,1,2",
        *[b"x,1,2"] * 30,
    ]
    table = read_table(put(tmp_path, b"\n".join(lines)), ALIASES, required=NEEDED)
    assert table.encoding == "mixed"
    assert table.rows["name"].tolist()[:2] == ["가", "나"]
    assert table.refused == {3: "BAD_TEXT"}


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", "EMPTY_FILE"),
        (b" \r\n ", "EMPTY_FILE"),
        (b"version https://git-lfs.github.com/spec/v1\noid sha256:1\nsize 3\n", "LFS_POINTER"),
        (b"PK\x03\x04anything", "BAD_ARCHIVE"),
        ("이름,위도,경도\n".encode(), "HEADER_ONLY"),
        (b"a,b,c\n1,2,3\n", "UNKNOWN_HEADER"),
        ("가람,37.5,126.9\n나래,37.6,127.0\n".encode(), "NO_HEADER"),
        (b"name,lat,lon\n" + b"\xff\xff,1,2\n" * 50, "NOT_TEXT"),
        (b"\x89PNG\x00\x00rest of it", "NOT_TEXT"),
    ],
)
def test_a_whole_file_is_refused_by_name(tmp_path: Path, content: bytes, reason: str) -> None:
    with pytest.raises(InputRefused) as refusal:
        read_table(put(tmp_path, content, "registry.csv"), ALIASES, required=NEEDED)
    assert refusal.value.reason == reason


def test_a_missing_file_and_broken_json_are_refused(tmp_path: Path) -> None:
    with pytest.raises(InputRefused, match="NO_FILE"):
        read_table(tmp_path / "none.csv", ALIASES, required=NEEDED)
    with pytest.raises(InputRefused, match="BAD_JSON"):
        read_json(put(tmp_path, '{"a": '))
    assert looks_like_json(put(tmp_path, b"\xef\xbb\xbf [1]"))
    assert not looks_like_json(put(tmp_path, "name,lat"))


def test_the_first_of_two_like_names_is_taken() -> None:
    assert match_names(["위도", "lat", "이름"], ALIASES) == {"name": "이름", "lat": "lat"}


def test_a_folder_has_the_hash_of_names_and_contents(tmp_path: Path) -> None:
    put(tmp_path, "1", "a")
    first = sha256(tmp_path)
    (tmp_path / "a").rename(tmp_path / "b")
    assert sha256(tmp_path) != first


def test_decoding_keeps_a_lone_byte_order_mark_out(tmp_path: Path) -> None:
    assert read_text(put(tmp_path, b"\xef\xbb\xbfa")).text == "a"
