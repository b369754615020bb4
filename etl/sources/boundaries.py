"""Boundaries: dong or whole districts as GeoJSON, GeoPackage or shapefile, administrative or legal."""

from __future__ import annotations

from pathlib import Path

import pandas as pd

from etl.forms import Form
from etl.reasons import InputRefused
from etl.rows import Reading
from etl.vectors import read_vectors

_ALIASES = {
    # the ministry's code before the statistics office's: the two differ
    "code": ("adm_cd2", "EMD_CD", "HDONG_CD", "code", "bjd_cd", "SIG_CD", "adm_cd"),
    "dong": ("adm_nm", "EMD_KOR_NM", "emd", "HDONG_NM", "dong"),
    "gu": ("sggnm", "sigungu", "SIG_KOR_NM"),
    "name": ("name_ko", "name"),
    "name_en": ("name_en", "EMD_ENG_NM", "SIG_ENG_NM", "name:en"),
}
FORMS = (Form("boundaries", _ALIASES, (), telling=("code", "dong", "gu"), place=(), shapes=True),)


def read(file: Path) -> Reading:
    """Return the features as table `boundary`: code, level, name_ko, name_en, geometry. Raises InputRefused."""
    (form,) = FORMS
    found = read_vectors(file, form)
    names = found.names
    named = names.get("dong") or names.get("gu") or names.get("name")
    if named is None:
        raise InputRefused("UNKNOWN_HEADER", "no name of a dong or district")
    rows = found.rows
    blank = pd.Series("", index=rows.index, dtype="str")
    shaped = pd.DataFrame({
        "code": rows[names["code"]] if "code" in names else blank,
        # a full name ends with the dong's own
        "name_ko": rows[named].str.strip().str.split().str[-1].fillna(""),
        "full_name": rows[named],
        "name_en": rows[names["name_en"]] if "name_en" in names else blank,
        "level": "district" if named == names.get("gu") else "dong",
        "geometry": rows["geometry"],
    })  # fmt: skip
    return Reading(
        tables={"boundary": shaped},
        form=found.form,
        encoding=found.encoding,
        crs=found.crs,
        exact=("code",),
        notes=found.notes,
    )
