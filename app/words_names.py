"""Names of codes in both languages: classes, kinds, purposes, sight, where a figure comes from."""

from __future__ import annotations

MONTHS: tuple[str, ...] = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip

# Eight points from north, clockwise.
COMPASS: tuple[tuple[str, str], ...] = (
    ("북", "N"), ("북동", "NE"), ("동", "E"), ("남동", "SE"), ("남", "S"), ("남서", "SW"), ("서", "W"), ("북서", "NW"),
)  # fmt: skip

TABLE: dict[str, tuple[str, str]] = {
    "class.monitor": ("감시", "monitor"),
    "class.detect": ("감지", "detect"),
    "class.observe": ("관찰", "observe"),
    "class.recognise": ("인식", "recognise"),
    "class.identify": ("식별", "identify"),
    "class.inspect": ("정밀 확인", "inspect"),
    "class_means.monitor": ("군중의 움직임 파악", "movement of a crowd"),
    "class_means.detect": ("사람이 있는지 확인", "one can tell that someone is there"),
    "class_means.observe": ("옷차림 등 특징 확인", "clothing and bearing can be made out"),
    "class_means.recognise": ("아는 사람인지 확인", "a known person is recognised"),
    "class_means.identify": ("신원 확인", "an unknown person can be identified"),
    "class_means.inspect": ("세부 확인", "fine detail can be inspected"),
    "kind.fixed": ("고정형", "fixed"),
    "kind.ptz": ("회전형", "PTZ"),
    "kind.fisheye": ("어안", "fisheye"),
    "purpose.crime_prevention": ("생활방범", "crime prevention"),
    "purpose.vehicle_crime": ("차량방범", "vehicle crime"),
    "purpose.child_protection": ("어린이보호", "child protection"),
    "purpose.illegal_dumping": ("쓰레기단속", "illegal dumping"),
    "purpose.facility": ("시설물관리", "facility protection"),
    "purpose.disaster": ("재난재해", "disaster"),
    "purpose.traffic_enforcement": ("교통단속", "traffic enforcement"),
    "purpose.traffic_information": ("교통정보수집", "traffic information"),
    "purpose.fire": ("화재", "fire"),
    "purpose.multi": ("다목적", "several purposes"),
    "purpose.other": ("기타", "other"),
    # what OpenStreetMap's cameras are loaded with where no owner is mapped
    "agency.소유자 미상 (owner not stated)": ("소유자 미상", "owner not stated"),
    "sight.certain": ("확실히 보임", "certainly sees"),
    "sight.possible": ("보일 수 있음", "may see"),
    "sight.must_turn": ("조정하면 보임", "if turned or zoomed"),
    "sight.none": ("보이지 않음", "does not see"),
    "status.working": ("정상", "working"),
    "status.active": ("운영", "active"),
    "status.retired": ("철거", "retired"),
    "status.down": ("고장", "down"),
    "status.unknown": ("미상", "unknown"),
    "zone_kind.flood": ("침수 위험 구역", "flood zone"),
    "zone_kind.wildfire": ("산불 위험 구역", "wildfire zone"),
}
