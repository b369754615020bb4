"""Outages of cameras: when one was down, and when it worked again."""

from __future__ import annotations

from pathlib import Path

from etl.forms import Form
from etl.reading import read_table
from etl.rows import Reading

_ALIASES: dict[str, tuple[str, ...]] = {
    "mgmt_no": ("관리번호",),
    "head_no": ("카메라순번", "head"),
    "status": ("상태",),
    "since": ("시작일시", "고장일시"),
    "until": ("종료일시", "복구일시"),
    "cause": ("사유", "reason"),
}
FORMS = (Form("camera-status", _ALIASES, ("mgmt_no", "head_no", "status", "since"), place=()),)


def read(file: Path) -> Reading:
    """Return the rows as table `status`. Raises InputRefused."""
    table = read_table(file, _ALIASES, required=FORMS[0].required)
    return table.reading(
        "status",
        form="camera-status",
        fill=tuple(_ALIASES),
        exact=("mgmt_no", "head_no", "status", "since", "until"),
    )
