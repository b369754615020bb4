"""Sentences of the page Start: what this is, the dividend of integration, the state of the district, the doors."""

from __future__ import annotations

TABLE: dict[str, tuple[str, str]] = {
    "page.start": ("한눈에", "Start"),
    "start.title": ("한눈에 보기", "At a glance"),
    "start.lead": (
        "우리 CCTV가 골목을 실제로 어디까지 보는지 알려 줍니다. 렌즈와 벽과 지형을 따지고, 비율마다 분모와 구간을 함께 적습니다.",
        "What our cameras really see, down to the alley: lens, walls and slopes counted, every share with what it is a "
        "share of and how sure it is.",
    ),
    "start.dividend": ("통합의 효과", "What it is worth to look together"),
    "start.together": (
        "함께 보면 골목 {length} 가운데 {share}, 가장 큰 부서 혼자서는 {alone}가 보입니다.",
        "Together: {share} of {length} of alleys seen. Largest agency alone: {alone}.",
    ),
    "start.one_agency": (
        "골목 {length} 가운데 {share}가 보입니다. 카메라를 둔 부서는 하나입니다.",
        "{share} of {length} of alleys is seen. One agency has cameras.",
    ),
    "start.now": (
        "지금: {day}, 카메라 {cameras}대. 95 % 구간 {span}, 최소 {certain}, 최대 {possible}.",
        "Now: {day}, {cameras} cameras. 95 % interval {span}; at least {certain}, at most {possible}.",
    ),
    "start.before_all": (
        "그때: {day}, 카메라 {cameras}대. 지금의 {of}개 부서가 모두 카메라를 둔 첫 해의 마지막 날입니다.",
        "Then: {day}, {cameras} cameras; the end of the first year in which all {of} agencies of today had one.",
    ),
    "start.before_most": (
        "그때: {day}, 카메라 {cameras}대. 지금의 {of}개 부서 가운데 {joined}개 부서가 카메라를 둔 첫 해의 마지막 날입니다.",
        "Then: {day}, {cameras} cameras; the end of the first year in which {joined} of today's {of} agencies had one.",
    ),
    "start.ground_of_now": (
        "관찰 등급({density} px/m 이상). 두 날 모두 지금의 건물과 골목으로 계산했습니다. 관제를 언제 합쳤는지는 대장에 없습니다.",
        "Class observe (at least {density} px/m), among today's buildings and alleys. No registry tells when control rooms "
        "were joined.",
    ),
    "start.before_not_computed": (
        "견줄 날({day})의 가시 범위는 아직 산출하지 않았습니다. `golmok nightly`가 산출합니다.",
        "Coverage as at {day}, the day to compare with, is not computed yet; `golmok nightly` does it.",
    ),
    "start.no_before": (
        "견줄 앞선 해가 없습니다. 둘 이상의 부서가 카메라를 둔 해가 지나야 합니다.",
        "There is no earlier year to compare with: two agencies must have had cameras at a year's end.",
    ),
    "start.not_computed": (
        "아직 가시 범위를 산출하지 않았습니다. 터미널에서 `golmok coverage`를 실행하면 여기에 나타납니다.",
        "Coverage has not been computed yet. Run `golmok coverage` in a terminal and it appears here.",
    ),
    "start.no_cameras": (
        "아직 등록된 카메라가 없습니다. `golmok load cameras 파일`로 카메라 대장을 올리십시오.",
        "No camera is registered yet. Load a registry with `golmok load cameras FILE`.",
    ),
    "start.table_label": (
        "부서별로 혼자 볼 때와 모두 함께 볼 때 보이는 골목의 비율, 지금과 그때",
        "Share of alleys seen by each agency alone and by all together, now and then",
    ),
    "start.col_agency": ("부서", "Agency"),
    "start.col_now": ("지금", "Now"),
    "start.col_then": ("그때", "Then"),
    "start.col_span": ("95 % 구간", "95 % interval"),
    "start.col_scale": ("0–{top} %", "0–{top} %"),
    "start.all": ("모두 함께", "All together"),
    "start.bars": (
        "굵은 막대는 지금, 가는 막대는 그때, 꺾쇠는 95 % 구간입니다.",
        "Thick bar: now. Thin bar: then. Bracket: 95 % interval.",
    ),
    "start.bars_now": (
        "막대는 비율, 꺾쇠는 95 % 구간입니다.",
        "Bar: the share. Bracket: 95 % interval.",
    ),
    "start.state": ("현황", "Where things stand"),
    "start.state_at": ("{day} 기준", "as at {day}"),
    "start.cameras": ("카메라", "cameras"),
    "start.sites": ("설치 지점", "sites"),
    "start.known": ("방향을 아는 카메라", "headings surveyed"),
    "start.known_of": ("{known} ({share})", "{known} ({share})"),
    "start.refused": ("거부된 행", "rows refused"),
    "start.headings": (
        "나머지 {n}대는 방향을 확률로 셉니다(설치 지점의 골목을 따라 {streets}대, 근거 없음 {unknown}대).",
        "The other {n} count by the chance of each heading ({streets} by the streets at the pole, {unknown} without "
        "anything to go by).",
    ),
    "start.headings_open": (
        "나머지 {n}대는 방향을 확률로 셉니다.",
        "The other {n} count by the chance of each heading.",
    ),
    "start.sources": ("올린 자료와 나이", "What is loaded, and how old it is"),
    "start.sources_none": ("아직 올린 자료가 없습니다.", "Nothing is loaded yet."),
    "start.sources_stale": (
        "{n}종 가운데 {stale}종이 1년을 넘었습니다. 오래된 것부터 적습니다.",
        "{stale} of {n} sources are more than a year old; the oldest first.",
    ),
    "start.sources_fresh": (
        "{n}종, 모두 1년 안의 자료입니다.",
        "{n} sources, none known to be older than a year.",
    ),
    "start.sources_all": ("모든 자료 {n}종", "All {n} sources"),
    "start.col_source": ("자료", "Source"),
    "start.col_of": ("기준일", "As of"),
    "start.col_age": ("나이", "Age"),
    "start.undated": ("기준일 없음", "undated"),
    "start.loaded": ("{day}에 올림", "loaded {day}"),
    "age.days": ("{n}일", "{n} days"),
    "age.day": ("{n}일", "{n} day"),
    "age.months": ("{n}개월", "{n} months"),
    "age.years": ("{n}년", "{n} years"),
    # the doors
    "start.doors": ("무엇을 하시겠습니까?", "What would you like to do?"),
    "door.find": ("이곳을 지금 누가 보고 있습니까?", "Which cameras see this place now?"),
    "door.gaps": ("어디가 보이지 않고, 얼마나 확실합니까?", "Where are we blind, and how sure is that?"),
    "door.plan": ("다음 예산은 어디에 쓰는 것이 가장 좋습니까?", "What is the next won best spent on?"),
    "door.report": ("위원회에 드릴 보고서를 만듭니다.", "The report for the committee."),
    "door.data": ("무엇을 올렸고 무엇이 거부되었습니까?", "What was loaded, what was refused and why?"),
    # the sources by name
    "source.boundaries": ("경계", "boundaries"),
    "source.cameras": ("카메라 대장", "camera registry"),
    "source.survey": ("방향 현장조사", "survey of headings"),
    "source.status": ("고장 내역", "outages"),
    "source.juso": ("도로명주소 지도", "road-address map"),
    "source.city": ("오픈스트리트맵", "OpenStreetMap"),
    "source.dem": ("지형", "terrain"),
    "source.zones": ("위험 구역", "hazard zones"),
    "source.incidents": ("사건 신고", "incidents"),
    "source.police": ("영상 제공 대장", "footage ledger"),
    "source.lamps": ("보안등", "security lamps"),
    "source.bells": ("비상벨·안심귀갓길", "bells and safe-return routes"),
    "source.speakers": ("경보 스피커", "warning speakers"),
    "source.layer child_zones": ("어린이보호구역", "child zones"),
    "source.layer complaints": ("민원", "complaints"),
    "source.layer plots": ("필지", "land lots"),
    "source.layer sensitive_places": ("목욕탕·화장실·탈의실", "baths, toilets, changing rooms"),
    "source.layer population": ("거주 인구", "residents"),
    "source.layer safe_routes": ("안심귀갓길 노선", "safe-return routes"),
}
