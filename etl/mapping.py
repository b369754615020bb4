"""How a file of incidents that we do not know tells its rows: a mapping in TOML, checked before the file is opened.

Light to import: coordinate systems are looked up only when a mapping names one.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping as Table
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal, cast, get_args
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from etl.errors import PlatformError

Precision = Literal["minute", "day", "month", "year"]
Fate = Literal["drop", "hash"]

OURS = ("incident_key", "occurred_at", "class", "urgency", "closing_code", "address", "lat", "lon")
FLAGS = ("exercise", "false_alarm", "repeat_call")
HASHED = ("caller", "case_no")
_PARTS = {"origin", "purpose", "crs", "columns", "time", "classes", "flags", "persons"}
_ORIGIN = re.compile(r"[a-z][a-z0-9_-]{0,31}")


class MappingWrong(PlatformError):
    """A mapping says what cannot be, or lacks what it needs; the sentence names the place in it."""


@dataclass(frozen=True, slots=True)
class Person:
    """What becomes of a column about persons: dropped, or hashed as `of` (caller or case_no), and why."""

    fate: Fate
    why: str
    of: str = ""


@dataclass(frozen=True, slots=True)
class Mapping:
    """How a file tells incidents.

    origin     a short word for where the rows come from; keys begin with it, so that two origins never meet
    purpose    what the rows are loaded for; it stands in the notes of every load
    columns    our name (one of OURS) -> the file's
    zone       of the clocks that wrote times without one; `time_format` as strptime takes it, None: as any file may
    constant   the time of every row, of files that tell none
    crs        of lat and lon, or of the shapes; None: as the file states, else EPSG:4326
    classes    the file's code or word -> (112 code or '', name)
    flags      exercise, false_alarm, repeat_call -> (column, values that say so)
    persons    the file's column -> what becomes of it. A column that stands nowhere is never stored.
    """

    origin: str
    purpose: str
    columns: Table[str, str]
    zone: str | None = None
    time_format: str | None = None
    precision: Precision = "minute"
    constant: str | None = None
    crs: int | str | None = None
    classes: Table[str, tuple[str, str]] = field(default_factory=dict)
    flags: Table[str, tuple[str, tuple[str, ...]]] = field(default_factory=dict)
    persons: Table[str, Person] = field(default_factory=dict)


def read_mapping(file: Path) -> Mapping:
    """Return the mapping that a TOML file holds. Raises MappingWrong, naming the file and the fault."""
    try:
        return mapping_of(tomllib.loads(file.read_text(encoding="utf-8")))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError, MappingWrong) as error:
        raise MappingWrong(f"{file.name}: {error}") from error


def mapping_of(told: Table[str, object]) -> Mapping:
    """Return the mapping that a table of TOML tells. Raises MappingWrong."""
    _only(told, _PARTS, "")
    columns = _texts(told, "columns", OURS)
    time = _part(told, "time")
    _only(time, {"zone", "format", "precision", "constant"}, "time.")
    constant = _maybe(time, "constant", "time.")
    if ("occurred_at" in columns) == (constant is not None):
        raise MappingWrong(
            "a mapping says columns.occurred_at, or time.constant where the file tells no time"
        )
    if ("lat" in columns) != ("lon" in columns):
        raise MappingWrong("columns.lat and columns.lon stand together")
    return Mapping(
        origin=_origin(_needed(told, "origin", "")),
        purpose=_needed(told, "purpose", ""),
        columns=columns,
        zone=_zone(_maybe(time, "zone", "time.")),
        time_format=_format(_maybe(time, "format", "time.")),
        precision=_precision(_maybe(time, "precision", "time.") or "minute"),
        constant=constant,
        crs=_crs(told.get("crs")),
        classes={word: _class(word, found) for word, found in _part(told, "classes").items()},
        flags={name: _flag(name, found) for name, found in _part(told, "flags").items()},
        persons=_persons(_part(told, "persons"), columns),
    )


def _needed(told: Table[str, object], key: str, within: str) -> str:
    found = _maybe(told, key, within)
    if found is None:
        raise MappingWrong(f"{within}{key} is missing")
    return found


def _maybe(told: Table[str, object], key: str, within: str) -> str | None:
    found = told.get(key)
    if found is None:
        return None
    if not isinstance(found, str) or not found.strip():
        raise MappingWrong(f"{within}{key} is a text that is not blank, not {found!r}")
    return found.strip()


def _part(told: Table[str, object], name: str) -> dict[str, object]:
    found = told.get(name, {})
    if not isinstance(found, dict):
        raise MappingWrong(f"{name} is a table: [{name}]")
    return found


def _only(told: Table[str, object], known: set[str], within: str) -> None:
    if unknown := sorted(told.keys() - known):
        raise MappingWrong(f"there is no {within}{unknown[0]}; there are {', '.join(sorted(known))}")


def _texts(told: Table[str, object], name: str, known: tuple[str, ...]) -> dict[str, str]:
    part = _part(told, name)
    if not part:
        raise MappingWrong(f"[{name}] is missing: it says which column of the file is what")
    _only(part, set(known), f"{name}.")
    return {key: _needed(part, key, f"{name}.") for key in part}


def _origin(word: str) -> str:
    if not _ORIGIN.fullmatch(word):
        raise MappingWrong(f"origin is a short word of a-z, digits, - and _, not {word[:40]!r}")
    return word


def _zone(name: str | None) -> str | None:
    if name is not None:
        try:
            ZoneInfo(name)
        except (ZoneInfoNotFoundError, ValueError, OSError):
            raise MappingWrong(
                f"time.zone: there is no time zone called {name!r}; one is Asia/Seoul"
            ) from None
    return name


def _format(text: str | None) -> str | None:
    if text is not None and not {"%Y", "%y"} & set(re.findall(r"%[A-Za-z]", text)):
        raise MappingWrong(f"time.format {text!r} tells no year; one is %d/%m/%Y %H:%M")
    return text


def _precision(word: str) -> Precision:
    if word not in get_args(Precision):
        raise MappingWrong(f"time.precision is one of {', '.join(get_args(Precision))}, not {word!r}")
    return cast(Precision, word)


def _crs(told: object) -> int | str | None:
    if told is None:
        return None
    from pyproj import CRS
    from pyproj.exceptions import CRSError

    code = f"EPSG:{told}" if isinstance(told, int) else told
    try:
        system = CRS.from_user_input(code)
    except CRSError:
        raise MappingWrong(
            f"crs: there are no coordinates called {told!r}; such are EPSG:5186 and ESRI:102649"
        ) from None
    if not (system.is_projected or system.is_geographic):
        raise MappingWrong(f"crs: {told!r} does not say where a place is")
    return int(str(code)[5:]) if re.fullmatch(r"EPSG:\d+", str(code)) else str(code)


def _class(word: str, told: object) -> tuple[str, str]:
    if isinstance(told, str) and told.strip():
        return ("", told.strip())
    if not isinstance(told, dict):
        raise MappingWrong(f'classes.{word} is a name, or {{ code = "104", name = "..." }}')
    _only(told, {"code", "name"}, f"classes.{word}.")
    code = _maybe(told, "code", f"classes.{word}.") or ""
    if code and not re.fullmatch(r"[1-6]\d\d", code):
        raise MappingWrong(f"classes.{word}.code is a 112 class code such as 104, not {code!r}")
    return code, _needed(told, "name", f"classes.{word}.")


def _flag(name: str, told: object) -> tuple[str, tuple[str, ...]]:
    if name not in FLAGS:
        raise MappingWrong(f"there is no flags.{name}; there are {', '.join(FLAGS)}")
    if not isinstance(told, dict):
        raise MappingWrong(f'flags.{name} is {{ column = "...", values = ["..."] }}')
    _only(told, {"column", "values"}, f"flags.{name}.")
    values = told.get("values")
    if not isinstance(values, list) or not values or not all(isinstance(value, str) for value in values):
        raise MappingWrong(f"flags.{name}.values is a list of texts that say so")
    return _needed(told, "column", f"flags.{name}."), tuple(values)


def _persons(told: Table[str, object], columns: Table[str, str]) -> dict[str, Person]:
    found = {column: _person(column, fate) for column, fate in told.items()}
    if both := sorted(set(found) & set(columns.values())):
        raise MappingWrong(f"persons.{both[0]} is named under [columns] too: it is one or the other")
    hashed = [person.of for person in found.values() if person.fate == "hash"]
    if len(hashed) != len(set(hashed)):
        raise MappingWrong("two columns of [persons] are hashed as the same: one caller, one case_no")
    return found


def _person(column: str, told: object) -> Person:
    within = f"persons.{column}."
    if not isinstance(told, dict):
        raise MappingWrong(f'persons.{column} is {{ fate = "drop", why = "..." }}')
    _only(told, {"fate", "why", "of"}, within)
    fate = _needed(told, "fate", within)
    if fate not in get_args(Fate):
        raise MappingWrong(
            f"{within}fate is drop or hash, not {fate!r}: nothing of a person is kept as it stands"
        )
    of = _maybe(told, "of", within) or ""
    if (fate == "hash") != (of in HASHED):
        raise MappingWrong(f"{within}of says what a hash stands for: {' or '.join(HASHED)}")
    return Person(cast(Fate, fate), _needed(told, "why", within), of)
