"""Hazard zones as GeoJSON, GeoPackage or shapefile: flood and wildfire, with their level."""

from __future__ import annotations

from pathlib import Path

from etl.forms import Form
from etl.rows import Reading, with_columns
from etl.vectors import read_vectors

_ALIASES = {
    "zone_key": ("zone_id", "id", "관리번호"),
    "kind": ("종류", "type", "hazard"),
    "level": ("등급", "grade"),
    "name_ko": ("지구명", "name"),
    "name_en": (),
    "valid_from": ("지정일자",),
    "valid_to": ("해제일자",),
    "origin": ("source", "출처"),
}
FORMS = (Form("hazard-zones", _ALIASES, ("zone_key", "kind"), place=(), shapes=True),)


def read(file: Path) -> Reading:
    """Return the features as table `zone`. Raises InputRefused."""
    (form,) = FORMS
    found = read_vectors(file, form)
    rows = found.rows.rename(columns={old: new for new, old in found.names.items()})
    return Reading(
        tables={"zone": with_columns(rows, tuple(_ALIASES))},
        form=found.form,
        encoding=found.encoding,
        crs=found.crs,
        exact=("zone_key", "level", "valid_from", "valid_to"),
        notes=found.notes,
    )
