"""The forms in which a source comes: which columns each has, and how well a file's columns fit them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from etl.hangul import header_key, tidy
from etl.headers import Aliases, match_names

DBF_NAME_BYTES = 10


@dataclass(frozen=True, slots=True)
class Form:
    """One form of a source's files.

    name       what it is called in words (`form.NAME`)
    aliases    canonical name -> accepted names in files
    required   canonical names without which the file is none of this form
    telling    canonical names of which one at least must be there before a file is proposed: an address and a place
               fit many lists
    bare       a file without any column that the form does not name is proposed too
    place      canonical columns of the coordinates: lat and lon, or a text such as 'POINT(lon lat)'; none: ()
    shapes     the file's features are areas or lines, not columns of coordinates
    """

    name: str
    aliases: Aliases
    required: Sequence[str]
    telling: Sequence[str] = ()
    bare: bool = False
    place: tuple[str, ...] = ("lat", "lon")
    shapes: bool = False


@dataclass(frozen=True, slots=True)
class Fit:
    """How well the columns of a file fit a form.

    matched  canonical name -> name in the file
    missing  required names that the file has not
    columns  how many columns of the file have a name at all
    """

    form: Form
    matched: dict[str, str] = field(default_factory=dict)
    missing: tuple[str, ...] = ()
    columns: int = 0

    @property
    def share(self) -> float:
        """Return the share of the file's columns that the form names, 0 to 1."""
        return len(self.matched) / self.columns if self.columns else 0.0

    @property
    def tells(self) -> bool:
        """Say whether the file has what only this form has."""
        form = self.form
        bare = form.bare and 0 < self.columns == len(self.matched)
        telling = not form.telling or bare or any(name in self.matched for name in form.telling)
        return telling and not self.missing


def fit(names: Sequence[str], form: Form, *, placed: bool = False, cut: str | None = None) -> Fit:
    """Return how well a file's column names fit a form.

    placed  the file has points beside its columns
    cut     encoding in which the names were cut to the ten bytes of a shapefile; None: they are whole
    """
    told = [name for name in map(tidy, names) if name]
    matched = match_names(told, form.aliases if cut is None else _with_cut(form.aliases, cut))
    given = form.place if placed else ()
    missing = tuple(name for name in form.required if name not in matched and name not in given)
    return Fit(form, matched, missing, len(set(told)))


def _with_cut(aliases: Aliases, encoding: str) -> dict[str, tuple[str, ...]]:
    """Return the aliases with what ten bytes leave of them, but for what could stand for two columns."""
    stumps = {
        name: [
            tidy(spelling.encode(encoding, "ignore")[:DBF_NAME_BYTES].decode(encoding, "ignore"))
            for spelling in accepted
        ]
        for name, accepted in aliases.items()
    }
    meant: dict[str, set[str]] = {}
    for name, accepted in aliases.items():
        for spelling in (name, *accepted, *stumps[name]):
            meant.setdefault(header_key(spelling), set()).add(name)
    return {
        name: (*accepted, *(stump for stump in stumps[name] if meant[header_key(stump)] == {name}))
        for name, accepted in aliases.items()
    }
