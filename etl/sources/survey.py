"""Surveys of cameras: aim, lens, height and presets, as measured on the pole or read off the datasheet."""

from __future__ import annotations

from pathlib import Path

from etl.forms import Form
from etl.reading import read_table
from etl.rows import Reading

_ALIASES: dict[str, tuple[str, ...]] = {
    "mgmt_no": ("관리번호",),
    "head_no": ("카메라순번", "head"),
    "surveyed_on": ("조사일자", "조사일"),
    "heading_deg": ("방위각", "heading"),
    "tilt_deg": ("기울기", "tilt"),
    "focal_mm": ("초점거리",),
    "hfov_deg": ("수평화각",),
    "sensor_w_mm": (),
    "sensor_h_mm": (),
    "image_w_px": (),
    "image_h_px": (),
    "height_m": ("설치높이",),
    "kind": ("형태", "종류"),
    "model": ("모델명", "모델"),
    "ir_range_m": ("적외선거리",),
    "presets": ("프리셋",),
}
FORMS = (Form("survey", _ALIASES, ("mgmt_no", "head_no", "surveyed_on", "heading_deg"), place=()),)


def read(file: Path) -> Reading:
    """Return the rows as table `survey`. Raises InputRefused."""
    table = read_table(file, _ALIASES, required=FORMS[0].required)
    return table.reading(
        "survey",
        form="survey",
        fill=tuple(_ALIASES),
        exact=tuple(name for name in _ALIASES if name != "model"),
    )
