"""Outages of cameras: when one was down, and when it worked again."""

from __future__ import annotations

from pathlib import Path

from etl.forms import Form
from etl.reading import read_table
from etl.rows import Reading

HEALTH_NAMES: dict[str, tuple[str, ...]] = {
    "mgmt_no": (
        "관리번호",
        "카메라번호",
        "카메라관리번호",
        "CCTV관리번호",
        "camera",
        "camera_no",
        "camera_key",
        "camera_id",
    ),
    "head_no": ("카메라순번", "head"),
    "status": ("상태", "state", "health"),
    "since": ("시작일시", "고장일시", "발생일시", "변경일시", "at", "down_since"),
    "until": ("종료일시", "복구일시"),
    "cause": ("사유", "reason", "고장내용"),
}
# A monitoring system names a camera by its whole number; a list of outages by the pole's and the head's.
FORMS = (Form("camera-status", HEALTH_NAMES, ("mgmt_no", "status", "since"), place=()),)


def read(file: Path) -> Reading:
    """Return the rows as table `status`. Raises InputRefused."""
    table = read_table(file, HEALTH_NAMES, required=FORMS[0].required)
    return table.reading(
        "status",
        form="camera-status",
        fill=tuple(HEALTH_NAMES),
        exact=("mgmt_no", "head_no", "status", "since", "until"),
    )
