"""The order of columns in published forms, for files that come without their header, and what proves it."""

from __future__ import annotations

from etl.headerless import Order, Proof, number_between, written_as
from etl.purposes import codes_of

_REGISTRY = ("관리기관명", "소재지도로명주소", "소재지지번주소", "설치목적구분", "카메라대수", "카메라화소수",
             "촬영방면정보", "보관일수", "설치년월", "관리기관전화번호", "위도", "경도", "데이터기준일자")  # fmt: skip
_SINCE_2024 = ("개방자치단체코드", "관리번호", *_REGISTRY)

CAMERAS = (
    Order("2018", _REGISTRY),
    Order("2020", (*_REGISTRY, "제공기관코드", "제공기관명")),
    Order("2024", (*_SINCE_2024, "최종수정시점")),
    Order("2026", (*_SINCE_2024, "데이터갱신구분", "데이터갱신시점", "최종수정시점")),
)
BELLS = (
    Order("2026", ("개방자치단체코드", "관리번호", "안전비상벨관리번호", "설치목적", "설치장소유형", "설치위치",
                   "소재지도로명주소", "소재지지번주소", "WGS84위도", "WGS84경도", "연계방식", "경찰연계유무",
                   "경비업체연계유무", "관리사무소연계유무", "부가기능", "안전비상벨설치연도", "최종점검일자",
                   "최종점검결과구분", "관리기관명", "관리기관전화번호", "데이터기준일자", "데이터갱신구분",
                   "데이터갱신시점", "최종수정시점")),
)  # fmt: skip
LAMPS = (
    Order("2016", ("보안등위치명", "설치개수", "소재지도로명주소", "소재지지번주소", "위도", "경도", "설치연도",
                   "설치형태", "관리기관전화번호", "관리기관명", "데이터기준일자")),
)  # fmt: skip

_WORDS = written_as(r".*[^\W\d_].*")
_DAY = written_as(r"(19|20)\d{2}\D?\d{1,2}\D?\d{1,2}.*")
_PLACE = {
    "address_road": _WORDS,
    "address_lot": _WORDS,
    # of the Republic: another country's file has a header of its own, or none that anybody published
    "lat": number_between(33, 39),
    "lon": number_between(124, 132),
    "phone": written_as(r"[\d\-~() ,./]{7,}"),
    "ref_date": _DAY,
}
CAMERA_PROOF = Proof(
    must=frozenset({"manager", "purpose", "camera_count", "lat", "lon", "mgmt_no"}),
    fits=_PLACE
    | {
        "local_gov_code": written_as(r"[\dA-Z]{7}(\.0)?"),
        "mgmt_no": written_as(r"[\w.+-]{4,}"),
        "manager": _WORDS,
        "purpose": lambda cell: bool(codes_of(cell)),
        "camera_count": number_between(1, 200, whole=True),
        "pixels": written_as(r"[\d,.]+ ?(만|만화소|[Mm][Pp]?)?"),
        "retention_days": written_as(r"\d{1,4}(\.0)? ?일?"),
        "installed_on": written_as(r"(19|20)\d{2}(\D.*|\d{2,4}|\.0)?|\d{2}-[A-Za-z]{3}|[A-Za-z]{3}-\d{2}"),
        "change": written_as("[IUDiud]"),
        "changed_at": _DAY,
        "last_modified": _DAY,
        "제공기관명": _WORDS,
    },
)
BELL_PROOF = Proof(
    must=frozenset({"bell_no", "lat", "lon"}),
    fits=_PLACE | {"purpose": _WORDS, "관리기관명": _WORDS, "데이터갱신구분": written_as("[IUDiud]")},
)
LAMP_PROOF = Proof(
    must=frozenset({"name", "lat", "lon"}),
    fits=_PLACE | {"name": _WORDS, "count": number_between(0, 10_000, whole=True), "관리기관명": _WORDS},
)
