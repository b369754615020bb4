"""Loudspeakers along streams and hill paths, with their amplifiers."""

from __future__ import annotations

from pathlib import Path

from etl.forms import Form
from etl.reading import read_table
from etl.rows import Reading

_ALIASES: dict[str, tuple[str, ...]] = {
    "speaker_key": ("스피커번호", "speaker_no"),
    "amplifier_key": ("앰프번호", "amplifier_no"),
    "place": ("설치장소", "place"),
    "power_w": ("출력W", "출력(W)", "power_w"),
    "level_db": ("음압dB", "음압(dB)", "level_db"),
    "lat": ("위도", "WGS84위도", "lat"),
    "lon": ("경도", "WGS84경도", "lon"),
    "installed_on": ("설치연월", "설치년월", "installed"),
    "ref_date": ("데이터기준일자",),
}
FORMS = (Form("speakers", _ALIASES, ("speaker_key", "lat", "lon")),)


def read(file: Path) -> Reading:
    """Return the rows as table `speaker`. Raises InputRefused."""
    table = read_table(file, _ALIASES, required=FORMS[0].required)
    return table.reading(
        "speaker",
        form="speakers",
        fill=tuple(_ALIASES),
        exact=(
            "speaker_key",
            "amplifier_key",
            "power_w",
            "level_db",
            "lat",
            "lon",
            "installed_on",
            "ref_date",
        ),
    )
