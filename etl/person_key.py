"""The secret with which what a person is known by is hashed: a file beside the database, never in it or in a backup."""

from __future__ import annotations

import hashlib
import hmac
import os
import re
import secrets
import stat
from functools import lru_cache
from pathlib import Path

from etl.errors import SettingWrong
from etl.hangul import tidy
from etl.settings import settings

_BYTES = 32
_LETTERS = 24
# Sixteen letters for sixteen digits: a row of digits in a hash would be taken for a telephone number, and cut.
_WITHOUT_DIGITS = str.maketrans("0123456789abcdef", "abcdefghijklmnop")
_NUMBER = re.compile(r"\+?[\d\s().-]{7,}")


def digest(text: str, *, of: str, secret: bytes) -> str:
    """Return 24 letters a to p that stand for a text: the same for the same text, and no way back without the key.

    of       what the text is ('caller', 'case'): the same text as something else has another digest
    secret   the key: of this installation that of `person_key`
    Telephone numbers are the same however they are spaced and with +82 or 0 before them. Blank text gives ''.
    Source   HMAC-SHA256, RFC 2104, cut to 96 bits, four to a letter
    """
    plain = _plain(text)
    if not plain:
        return ""
    told = hmac.digest(secret, f"{of}\x00{plain}".encode(), hashlib.sha256).hex()
    return told[:_LETTERS].translate(_WITHOUT_DIGITS)


def person_key() -> bytes:
    """Return this installation's key, made on first use. Raises SettingWrong if others may read the file."""
    told = settings()
    return read_key(told.person_key or told.state / "person.key")


@lru_cache(maxsize=4)
def read_key(file: Path) -> bytes:
    """Return the key that a file holds; where there is none it is made, for its owner's eyes alone (mode 0600).

    Raises SettingWrong: it can't be made or read, others may read it, or it is no key.
    """
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        _make(file)
        mode = stat.S_IMODE(file.stat().st_mode)
        text = file.read_text(encoding="ascii").strip()
    except (OSError, UnicodeDecodeError) as error:
        raise SettingWrong(f"GOLMOK_PERSON_KEY: {file} is no key that can be read: {error}") from error
    if mode & 0o077:
        raise SettingWrong(f"GOLMOK_PERSON_KEY: others may read {file}; allow its owner alone (chmod 600)")
    if not re.fullmatch(rf"[0-9a-f]{{{2 * _BYTES}}}", text):
        raise SettingWrong(f"GOLMOK_PERSON_KEY: {file} does not hold {2 * _BYTES} hexadecimal digits")
    return bytes.fromhex(text)


def _make(file: Path) -> None:
    if file.exists():
        return
    # Written beside and linked, so that of two loaders that begin at once both read the whole of one key.
    half = file.with_name(f"{file.name}.{secrets.token_hex(6)}")
    handle = os.open(half, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        with os.fdopen(handle, "w", encoding="ascii") as stream:
            stream.write(secrets.token_hex(_BYTES) + "\n")
            stream.flush()
            os.fsync(stream.fileno())
        os.link(half, file)
    except FileExistsError:
        pass
    finally:
        half.unlink()


def _plain(text: str) -> str:
    tidied = tidy(text).casefold()
    if _NUMBER.fullmatch(tidied):
        digits = re.sub(r"\D", "", tidied)
        return "0" + digits[2:].lstrip("0") if digits.startswith("82") and len(digits) > 9 else digits
    return re.sub(r"\s", "", tidied)
