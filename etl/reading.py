"""Files by their content: encoding, delimiter and header are found, never taken from a name."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import pandas as pd

from etl.delimited import HEADER_ROWS, Record, records
from etl.hangul import header_key, tidy
from etl.kinds import parts_of
from etl.reasons import InputRefused

_LFS = b"version https://git-lfs"
_BAD_LINES_SHARE = 0.1
# Names of columns that the way to the tables uses for itself: a file's own column is called otherwise.
_OURS = ("geometry", "raster", "repaired", "reason", "table", "coordinate")

Aliases = Mapping[str, Sequence[str]]


@dataclass(frozen=True, slots=True)
class Text:
    """Decoded text, the encoding it was in, and the numbers of the lines that could not be decoded."""

    text: str
    encoding: str
    bad_lines: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Table:
    """A delimited file: rows as text under canonical names, beside the columns nobody named.

    rows      index `row_no` (the first row after the header is 1, blank lines counted); str cells
    renamed   canonical name -> name in the file
    refused   rows that cannot be shaped, with their codes; they are in `rows` too, padded or cut
    passed    further columns under the name of one that was taken, though they hold other values
    """

    rows: pd.DataFrame
    encoding: str
    renamed: dict[str, str] = field(default_factory=dict)
    refused: dict[int, str] = field(default_factory=dict)
    passed: tuple[str, ...] = ()

    @property
    def notes(self) -> dict[str, object]:
        """Return what a load notes of the header."""
        return {"header": self.renamed} | ({"columns_passed_over": list(self.passed)} if self.passed else {})


def sha256(file: Path) -> str:
    """Return the SHA-256 of a file, or of the names and contents of a folder's files in order of name.

    Of a shapefile the files beside it count too: its columns, its coordinate system.
    """
    digest = hashlib.sha256()
    if file.is_file():
        files = parts_of(file) if file.suffix.lower() == ".shp" else [file]
    else:
        files = sorted(path for path in file.rglob("*") if path.is_file())
    for path in files:
        if path != file:
            digest.update(path.relative_to(file if file.is_dir() else file.parent).as_posix().encode())
        with path.open("rb") as stream:
            while block := stream.read(1 << 20):
                digest.update(block)
    return digest.hexdigest()


def read_text(file: Path) -> Text:
    """Return a file's text. Raises InputRefused: NO_FILE, EMPTY_FILE, LFS_POINTER, RENAMED_XLSX, NOT_TEXT."""
    return decode(read_bytes(file))


def read_bytes(file: Path) -> bytes:
    """Return a file's bytes. Raises InputRefused: NO_FILE, EMPTY_FILE, LFS_POINTER."""
    if not file.is_file():
        raise InputRefused("NO_FILE", file.name)
    content = file.read_bytes()
    if not content.strip():
        raise InputRefused("EMPTY_FILE", file.name)
    if content.startswith(_LFS):
        raise InputRefused("LFS_POINTER", file.name)
    return content


def decode(content: bytes) -> Text:
    """Return bytes as text: UTF-8, UTF-16 or CP949; a mixture line by line, its bad lines named."""
    if content.startswith(b"PK\x03\x04"):
        raise InputRefused("RENAMED_XLSX")
    if content.startswith(b"%PDF"):
        raise InputRefused("NOT_TEXT", "PDF")
    for mark, encoding in ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16")):
        if content.startswith(mark):
            return _decode_as(content, encoding)
    head = content[:4096]
    # ASCII has its zero behind the letter (LE) or before it (BE); Hangul has none, so a majority tells.
    even, odd = head[::2].count(0), head[1::2].count(0)
    if max(even, odd) > max(len(head) // 40, 4 * min(even, odd)):
        return _decode_as(content, "utf-16-le" if odd > even else "utf-16-be")
    if b"\x00" in head:
        raise InputRefused("NOT_TEXT", "zero bytes")
    for encoding in ("utf-8", "cp949"):
        try:
            return Text(content.decode(encoding), encoding)
        except UnicodeDecodeError:
            continue
    return _decode_lines(content)


def read_table(
    file: Path, aliases: Aliases, *, required: Sequence[str], about_persons: bool = False
) -> Table:
    """Return a delimited file under canonical column names.

    aliases        canonical name -> accepted names in files; spaces, case and brackets do not count
    required       canonical names without which the file is none of this source
    about_persons  then a refusal does not quote the file: what stands where names should may tell of a person
    Raises         InputRefused: what read_text raises, UNKNOWN_HEADER, NO_HEADER, HEADER_ONLY
    """
    text = read_text(file)
    found = records(text.text)
    start = _find_header([record.cells for record in found[:HEADER_ROWS]], aliases, required,
                         quoted=not about_persons)  # fmt: skip
    header = [tidy(cell) for cell in found[start].cells]
    numbered = enumerate(found[start + 1 :], 1)
    body = {number: record for number, record in numbered if any(map(str.strip, record.cells))}
    if not body:
        raise InputRefused("HEADER_ONLY", file.name)
    names, renamed = _name_columns(header, aliases)
    width = len(header)
    cells = [[*record.cells[:width], *[""] * (width - len(record.cells))] for record in body.values()]
    frame = pd.DataFrame(cells, columns=names, index=pd.Index(list(body), name="row_no"), dtype="str")
    refused = _refused(body, width, frozenset(text.bad_lines))
    return Table(frame, text.encoding, renamed, refused, _passed_over(frame, header, renamed))


def read_json(file: Path) -> tuple[object, str]:
    """Return a JSON file's value and its encoding. Raises InputRefused, BAD_JSON among others."""
    text = read_text(file)
    try:
        return json.loads(text.text), text.encoding
    except (json.JSONDecodeError, RecursionError) as error:
        raise InputRefused("BAD_JSON", str(error)[:200]) from error


def looks_like_json(file: Path) -> bool:
    """Say whether a file begins as a JSON object or list."""
    if not file.is_file():
        return False
    with file.open("rb") as stream:
        return stream.read(256).removeprefix(b"\xef\xbb\xbf").lstrip()[:1] in (b"{", b"[")


def match_names(names: Sequence[str], aliases: Aliases) -> dict[str, str]:
    """Return canonical name -> the first of `names` that is one of its accepted spellings."""
    found: dict[str, str] = {}
    spelled = {header_key(name): name for name in reversed(list(names))}
    for canonical, accepted in aliases.items():
        for spelling in (canonical, *accepted):
            if header_key(spelling) in spelled:
                found[canonical] = spelled[header_key(spelling)]
                break
    return found


def _decode_as(content: bytes, encoding: str) -> Text:
    try:
        return Text(content.decode(encoding), encoding)
    except UnicodeDecodeError:
        if encoding != "utf-8-sig":
            raise InputRefused("NOT_TEXT", f"broken {encoding}") from None
        return _decode_lines(content)


def _decode_lines(content: bytes) -> Text:
    lines: list[str] = []
    bad: list[int] = []
    for number, line in enumerate(content.removeprefix(b"\xef\xbb\xbf").split(b"\n"), 1):
        for encoding in ("utf-8", "cp949"):
            try:
                lines.append(line.decode(encoding))
                break
            except UnicodeDecodeError:
                continue
        else:
            bad.append(number)
            lines.append(line.decode("cp949", errors="replace"))
    if len(bad) > max(1.0, _BAD_LINES_SHARE * len(lines)):
        raise InputRefused("NOT_TEXT", f"{len(bad)} of {len(lines)} lines, the first is line {bad[0]}")
    return Text("\n".join(lines), "mixed", tuple(bad))


def _refused(body: Mapping[int, Record], width: int, bad_lines: frozenset[int]) -> dict[int, str]:
    found: dict[int, str] = {}
    for number, record in body.items():
        if bad_lines and not bad_lines.isdisjoint(range(record.line, record.line + record.lines)):
            found[number] = "BAD_TEXT"
        elif record.refused or not _fits(record.cells, width):
            found[number] = record.refused or "BAD_SHAPE"
    return found


def _find_header(rows: list[list[str]], aliases: Aliases, required: Sequence[str], *, quoted: bool) -> int:
    best: tuple[list[str], list[str]] = ([], list(required))
    for number, row in enumerate(rows):
        found = match_names([tidy(cell) for cell in row], aliases)
        missing = [name for name in required if name not in found]
        if not missing:
            return number
        if len(missing) < len(best[1]):
            best = (row, missing)
    first = rows[0] if rows else []
    if sum(_is_number(cell) for cell in first) >= max(2, len(first) // 4):
        raise InputRefused("NO_HEADER", "the first row holds values")
    wanted = ", ".join("/".join(aliases[name][:2]) for name in best[1])
    # Only a row of which a name is known is a header: any other may be a row about a person.
    quote = f"; found: {', '.join(map(tidy, best[0]))[:200]}" if quoted and best[0] else ""
    raise InputRefused("UNKNOWN_HEADER", f"missing: {wanted}{quote}")


def _name_columns(header: list[str], aliases: Aliases) -> tuple[list[str], dict[str, str]]:
    renamed = match_names(header, aliases)
    position = {header.index(original): canonical for canonical, original in renamed.items()}
    names: list[str] = []
    taken = {*_OURS, *renamed}
    for number, original in enumerate(header):
        name = position.get(number)
        if name is None:
            name = _free(original or f"column_{number + 1}", number + 1, taken)
        taken.add(name)
        names.append(name)
    return names, renamed


def _free(name: str, number: int, taken: set[str]) -> str:
    while name in taken:
        name = f"{name}_{number}"
    return name


def _passed_over(rows: pd.DataFrame, header: list[str], renamed: Mapping[str, str]) -> tuple[str, ...]:
    """Return the columns called like one that was taken, and different from it in some row."""
    taken = {header_key(original): canonical for canonical, original in renamed.items()}
    return tuple(
        str(name)
        for name, original in zip(rows.columns, header, strict=True)
        if (canonical := taken.get(header_key(original))) not in (None, name)
        and rows[name].ne(rows[canonical]).any()
    )


def _fits(row: list[str], width: int) -> bool:
    # A trailing delimiter is harmless; a further filled cell shifts the meaning of all before it.
    return len(row) == width or (len(row) > width and not any(map(str.strip, row[width:])))


def _is_number(cell: str) -> bool:
    try:
        float(cell.replace(",", ""))
    except ValueError:
        return False
    return True
