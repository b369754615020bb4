"""Words on how a place is named: what was understood, which of several, and what is known when nothing fits."""

from __future__ import annotations

TABLE: dict[str, tuple[str, str]] = {
    "where.field": ("주소·이름·좌표·번호", "Address, name, coordinates or number"),
    "where.help": (
        "도로명·지번 주소, 건물·골목·동 이름, 초성, 좌표(37.579100, 126.936800 또는 5186: 194417 553285), 카메라·비상벨·사건 번호. "
        "오타와 띄어쓰기는 헤아려 찾습니다. 사건 번호로 찾으면 접근 기록에 남습니다.",
        "Road or lot address, name of a building, an alley or a dong, first consonants, coordinates (37.579100, 126.936800 or "
        "5186: 194417 553285), number of a camera, a bell or an incident. Typos and spacing are forgiven. Looking up an "
        "incident leaves a row in the access log.",
    ),
    "where.example": ("예: 한빛로 12길 3", "e.g. 한빛로 12길 3"),
    "where.prompt": (
        "지도를 누르거나 주소·이름·좌표·카메라·비상벨 번호를 넣으십시오. 바로 알려 드립니다.",
        "Click the map, or type an address, a name, coordinates or the number of a camera or bell. The answer comes at once.",
    ),
    "where.purpose": ("상황 위치 확인(카메라 찾기)", "find the cameras that see an incident"),
    # one place
    "where.one_noted": ("{label} ({notes})", "{label} ({notes})"),
    "where.read_as": ("‘{typed}’을(를) {name}(으)로 읽음", "‘{typed}’ read as {name}"),
    "where.beside": (
        "그 번호는 없어 {number}번 자리, 오차 약 {accuracy}",
        "that number is not known; place of {number}, off by some {accuracy}",
    ),
    "where.beside_unsure": (
        "그 번호는 없어 {number}번 자리, 오차는 알 수 없음",
        "that number is not known; place of {number}, how far off is not known",
    ),
    "where.street_middle": ("길이 {length}인 길의 가운데", "middle of {length} of street"),
    "where.street_start": ("길이 {length}인 길의 한쪽 끝", "one end of {length} of street"),
    "where.street_end": ("길이 {length}인 길의 다른 쪽 끝", "other end of {length} of street"),
    "where.middle": (
        "전체의 가운데, 반경 약 {accuracy}",
        "its middle; it reaches some {accuracy} from there",
    ),
    "where.east_first": ("{crs}, 동쪽·북쪽 순", "{crs}, east first"),
    "where.north_first": ("{crs}, 북쪽·동쪽 순", "{crs}, north first"),
    "where.coarse": ("적힌 자릿수로는 오차 약 {accuracy}", "by its digits off by up to {accuracy}"),
    "where.cell": (
        "민감한 유형이라 격자 칸의 가운데만 알림, 오차 {accuracy}",
        "of a sensitive class: middle of a grid cell, off by up to {accuracy}",
    ),
    "where.spread": (
        "같은 이름의 지점들 가운데, 오차 약 {accuracy}",
        "between several points of that name, off by some {accuracy}",
    ),
    "where.on_pole": ("같은 기둥의 카메라: {cameras}", "cameras on its pole: {cameras}"),
    "where.no_pole": ("같은 기둥에 걸린 카메라 없음", "no camera hangs on its pole"),
    # several
    "where.several": ("맞는 곳이 {n}곳입니다. 하나를 고르십시오.", "{n} places fit. Pick one."),
    "where.more": (
        "이 밖에 {n}곳이 더 있습니다. 이름이나 번호를 더 적어 주십시오.",
        "{n} more are not listed: type more of the name or number.",
    ),
    "where.again": ("다시 고르기", "Pick another"),
    "where.pick_cli": ("다시 부르면서 --pick 번호를 붙이십시오.", "Ask again with --pick NUMBER."),
    # none
    "where.none": (
        "‘{typed}’에 맞는 곳이 없습니다. 찾아본 것: {looked_for}.",
        "Nothing fits ‘{typed}’. Looked for: {looked_for}.",
    ),
    "where.near": ("비슷한 이름: {names}.", "Nearest spellings: {names}."),
    "where.no_number": ("{name}에는 그 번호가 없습니다.", "{name} is known, that number of it is not."),
    "where.near_numbers": ("알려진 가까운 번호: {names}.", "Nearest known numbers: {names}."),
    "where.other_gu": ("{gu} 주소는 이 지역의 것이 아닙니다.", "An address in {gu} is not of this district."),
    "where.needs": ("--lat과 --lon을 함께 쓰거나 --place를 쓰십시오.", "Give --lat and --lon, or --place."),
    "where.needs_both": (
        "--lat과 --lon은 함께 씁니다. 빠진 것: {missing}.",
        "--lat and --lon go together; missing: {missing}.",
    ),
    "where.not_both": (
        "--lat, --lon과 --place를 함께 쓸 수 없습니다.",
        "Either --lat and --lon, or --place: not both.",
    ),
    "where.only_place": ("{option}은(는) --place와 함께 씁니다.", "{option} goes with --place."),
    "where.no_such_pick": ("--pick {pick}: 맞는 곳은 {n}곳입니다.", "--pick {pick}: {n} places fit."),
    # what may be named
    "place_kind.coordinates": ("좌표", "coordinates"),
    "place_kind.camera": ("카메라", "camera"),
    "place_kind.bell": ("비상벨", "bell"),
    "place_kind.incident": ("사건", "incident"),
    "place_kind.name": ("이름", "names"),
    "place_kind.address": ("주소", "addresses"),
    "place_kind.road": ("도로명 주소", "road address"),
    "place_kind.lot": ("지번 주소", "lot address"),
    "place_kind.street": ("길", "street"),
    "place_kind.building": ("건물", "building"),
    "place_kind.site": ("설치 지점", "site"),
    "place_kind.landmark": ("시설", "facility"),
    "place_kind.dong": ("동", "dong"),
    "place_help.bell": ("비상벨", "emergency bell"),
    "place_help.sign": ("안내 표지", "sign"),
    "place_help.marking": ("노면 표시", "marking"),
    "place_help.board": ("안내판", "board"),
    "place_help.light": ("조명", "light"),
    "place_help.police_sign": ("112 신고 위치 표지", "112 location sign"),
    "place_help.camera": ("안심귀갓길 CCTV", "camera of a safe route"),
    "place_help.other": ("기타 안심 시설", "other help"),
}
