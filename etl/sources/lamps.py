"""Street lamps: the national form of security lights, and lists of number and coordinates."""

from __future__ import annotations

from pathlib import Path

from etl.forms import Form
from etl.published_orders import LAMP_PROOF, LAMPS
from etl.reading import read_table
from etl.rows import Reading

_ALIASES: dict[str, tuple[str, ...]] = {
    "lamp_no": ("관리번호", "표찰번호"),
    "name": ("보안등위치명", "가로등위치명", "위치명"),
    "count": ("설치개수", "등수"),
    "address_road": ("소재지도로명주소", "도로명주소"),
    "address_lot": ("소재지지번주소", "지번주소"),
    "lat": ("위도", "WGS84위도", "latitude", "lat"),
    "lon": ("경도", "WGS84경도", "longitude", "lng", "lon"),
    "phone": ("관리기관전화번호",),
    "ref_date": ("데이터기준일자",),
}
FORMS = (Form("lamps", _ALIASES, ("lat", "lon"), telling=("name", "count"), bare=True),)


def read(file: Path) -> Reading:
    """Return the rows as table `lamp`. Raises InputRefused."""
    table = read_table(file, _ALIASES, required=FORMS[0].required, orders=LAMPS, proof=LAMP_PROOF)
    return table.reading(
        "lamp",
        form="korean-security-lights" if "name" in table.renamed else "number-and-place",
        fill=tuple(_ALIASES),
        exact=("lamp_no", "count", "lat", "lon", "ref_date"),
        offices=("phone",),
    )
