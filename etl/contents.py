"""What a file is by its first bytes, and how its rows are reached: text, a workbook, either of them packed."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from pathlib import Path
from typing import IO, BinaryIO

from etl.archives import ZIP_MARK, names_in, only_file
from etl.encodings import Opener, bytes_in_pieces
from etl.reasons import InputRefused
from etl.workbooks import is_workbook

_LFS = b"version https://git-lfs"
_OLE_MARK = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_HEAD = 4096
# Names in the directory of a compound file; they stand in UTF-16.
_LOCKED, _HANGUL = "EncryptedPackage".encode("utf-16-le"), "HwpSummaryInformation".encode("utf-16-le")
_PAGES = (b"<!doctype html", b"<html", b"<table", b"<head", b"<meta", b"<?xml")
_OTHER_SHEETS = {"xl/workbook.bin": "xlsb", "content.xml": "ods"}
_OTHER_PACKED = {"word/document.xml": "docx", "ppt/presentation.xml": "pptx", "Contents/content.hpf": "hwpx"}

Packed = Callable[[], Path | BinaryIO]


def text_or_workbook(file: Path) -> tuple[Opener | None, Packed | None]:
    """Return what opens a file's text, or what gives its workbook; one of both is None.

    Raises InputRefused: NO_FILE, EMPTY_FILE, LFS_POINTER, NOT_TEXT, BAD_ARCHIVE, LOCKED_FILE, OTHER_WORKBOOK,
    WRONG_CONTENT
    """
    opener = opener_of(file)
    head = _head(opener)
    if not head.startswith(ZIP_MARK):
        _check_text(head, opener)
        return opener, None
    if is_workbook(_sound_names(file)):
        return None, lambda: file
    inner = only_file(file)
    head = _head(inner)
    if not head.startswith(ZIP_MARK):
        _check_text(head, inner)
        return inner, None
    content = b"".join(bytes_in_pieces(inner))
    if not is_workbook(_sound_names(io.BytesIO(content))):
        raise InputRefused("BAD_ARCHIVE", "an archive in an archive")
    return None, lambda: io.BytesIO(content)


def opener_of(file: Path) -> Opener:
    """Return what opens a file's bytes. Raises InputRefused: NO_FILE, EMPTY_FILE, LFS_POINTER."""
    if not file.is_file():
        raise InputRefused("NO_FILE", file.name)

    def opener() -> AbstractContextManager[IO[bytes]]:
        return file.open("rb")

    if not _filled(opener):
        raise InputRefused("EMPTY_FILE", file.name)
    if _head(opener).startswith(_LFS):
        raise InputRefused("LFS_POINTER", file.name)
    return opener


def _head(opener: Opener) -> bytes:
    with opener() as stream:
        return stream.read(_HEAD)


def _filled(opener: Opener) -> bool:
    pieces: Iterator[bytes] = bytes_in_pieces(opener)
    return any(piece.strip() for piece in pieces)


def _check_text(head: bytes, opener: Opener) -> None:
    if not head.strip() and not _filled(opener):
        raise InputRefused("EMPTY_FILE")
    if head.startswith(_OLE_MARK):
        _refuse_compound(opener)
    if head.startswith(b"%PDF"):
        raise InputRefused("NOT_TEXT", "PDF")
    if head.removeprefix(b"\xef\xbb\xbf").lstrip().lower().startswith(_PAGES):
        raise InputRefused("WRONG_CONTENT", "a web page or XML, whatever it is called")


def _refuse_compound(opener: Opener) -> None:
    """Raise what a compound file is: a locked workbook, a document of Hangul, or a workbook of before 2007."""
    last = b""
    for piece in bytes_in_pieces(opener):
        if _LOCKED in last + piece:
            raise InputRefused("LOCKED_FILE")
        if _HANGUL in last + piece:
            raise InputRefused("NOT_TEXT", "HWP")
        last = piece[-len(_HANGUL) :]
    raise InputRefused("OTHER_WORKBOOK", ".xls")


def _sound_names(file: Path | BinaryIO) -> list[str]:
    names = names_in(file)
    for part, form in _OTHER_SHEETS.items():
        if part in names:
            raise InputRefused("OTHER_WORKBOOK", f".{form}")
    for part, form in _OTHER_PACKED.items():
        if part in names:
            raise InputRefused("NOT_TEXT", form)
    return names
