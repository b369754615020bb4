"""What the report says, in Korean and English: `theme.what` -> (Korean, English) templates."""

from __future__ import annotations

from app import words_aim, words_body, words_light

TABLE: dict[str, tuple[str, str]] = (
    {
        # first page and margins
        "title": ("CCTV가 실제로 보는 곳", "What the cameras really see"),
        "subtitle": ("{district} CCTV 가시 범위 보고서", "{district}: coverage report"),
        "line.period": ("대상 기간 {since} ~ {until}", "Period {since} to {until}"),
        "line.at": ("{at} 기준 · {edition}", "As at {at} · {edition}"),
        "line.invented": (
            "가상 자료입니다. 이 보고서의 어떤 수치도 실제 장소를 말하지 않습니다.",
            "Invented data. No figure in this report speaks of a real place.",
        ),
        "edition.public": ("공개판", "public edition"),
        "edition.committee": ("위원회판", "committee edition"),
        "edition.internal": ("내부판", "internal edition"),
        "margin.invented": ("가상 자료", "INVENTED DATA"),
        "watermark": ("가상 자료", "INVENTED"),
        "page_of": ("{page} / {pages}쪽", "page {page} of {pages}"),
        "glance.title": ("한눈에", "At a glance"),
        # the headline
        "headline.label": ("카메라에 보이는 골목의 비율", "of all alleys are seen by a camera"),
        "headline.range": ("95 % 구간 {span}", "95 % interval {span}"),
        "headline.sentence": (
            "골목 {length} 가운데 {seen}가 보입니다(등급 ‘{klass}’, {px} px/m 이상: {means}). 카메라 {cameras}대의 렌즈 시야에서 건물에 가린 곳을 뺀 값입니다.",
            "{seen} of {length} of alleys are seen at class {klass} ({px} px/m or better: {means}). The field of view "
            "of each of {cameras} lenses, less what buildings hide.",
        ),
        "headline.unknown_value": ("알 수 없음", "Not known"),
        "headline.unknown_label": ("카메라에 보이는 골목의 비율", "share of alleys that a camera sees"),
        "headline.unknown": (
            "골목의 몇 %가 보이는지 알 수 없습니다. 0이 아니라 ‘알 수 없음’입니다. {reason}",
            "What share of the alleys is seen cannot be said: it is not 0 but unknown. {reason}",
        ),
        "headline.no_run": (
            "이 날짜의 가시 범위를 아직 산출하지 않았습니다. `golmok coverage`를 실행한 뒤 보고서를 다시 만드십시오.",
            "Coverage at this date has not been computed. Run `golmok coverage`, then make the report again.",
        ),
        "headline.chart": (
            "골목이 보이는 비율: 값, 95 % 구간, 최소와 최대",
            "Share of alleys seen: value, interval, bounds",
        ),
        "headline.alt": (
            "보이는 비율 {share}, 95 % 구간 {span}, 최소 {certain}, 최대 {possible}, 50 m 원 어림 {circle}.",
            "Seen {share}, 95 % interval {span}, certainly {certain}, at most {possible}, by circles of 50 m {circle}.",
        ),
        "bar.ours": ("이 보고서", "this report"),
        "bar.circle": ("50 m 원 어림", "50 m circles"),
        # facts
        "fact.cameras": ("카메라", "cameras"),
        "fact.cameras_note": ("설치 지점 {sites}곳", "at {sites} sites"),
        "fact.agencies": ("관리 부서", "agencies"),
        "fact.headings": ("촬영 방향 확인", "headings known"),
        "fact.headings_note": ("카메라의 {share}", "{share} of cameras"),
        "fact.gaps": ("사각지대", "in gaps"),
        "fact.gaps_note": ("골목 {n}곳", "{n} stretches of alley"),
        # where are we blind
        "blind.title": ("사각지대는 어디입니까", "Where are we blind?"),
        "blind.intro": (
            "어느 카메라로도 볼 수 없는 골목 구간은 {n}곳, 모두 {length}입니다. 사건 밀도, 폭, 밝기로 매긴 위험이 큰 순서입니다.",
            "{n} stretches of alley, {length} together, are out of every camera's sight. The riskiest come first, by "
            "density of incidents, width and darkness.",
        ),
        "blind.none": (
            "어느 카메라로도 볼 수 없는 골목 구간은 없습니다.",
            "No stretch of alley is out of every camera's sight.",
        ),
        "blind.unknown": (
            "골목이 얼마나 보이는지 알 수 없어 사각지대도 알 수 없습니다.",
            "As long as what is seen of the alleys is not known, nor are the gaps.",
        ),
        "blind.table": ("위험이 큰 사각지대 {n}곳", "The {n} riskiest gaps"),
        "blind.list": ("주요 사각지대", "Gaps that matter"),
        "blind.hidden": (
            "위원회판에는 사각지대와 사건의 좌표를 싣지 않습니다. 골목 이름과 동까지만 적습니다.",
            "The committee edition gives no coordinates of gaps or incidents: the alley's name and its dong only.",
        ),
        "col.rank": ("순위", "Rank"),
        "col.alley": ("골목", "Alley"),
        "col.dong": ("동", "Dong"),
        "col.length": ("길이", "Length"),
        "col.risk": ("위험(최고 100)", "Risk (highest 100)"),
        "unnamed": ("이름 없는 골목", "unnamed alley"),
        # what changed
        "changed.title": ("기간 중 무엇이 달라졌습니까", "What changed in the period?"),
        "changed.table": ("기간 처음과 끝", "Start and end of the period"),
        "changed.no_before": (
            "기간 첫날의 가시 범위를 산출하지 않아 비교할 수 없습니다. 그날 기준으로 `golmok coverage`를 실행하면 비교표가 생깁니다.",
            "Coverage on the first day of the period has not been computed, so there is nothing to compare with. Run "
            "`golmok coverage` as at that day and the comparison appears.",
        ),
        "changed.rose": (
            "골목이 보이는 비율이 {change} %p 높아졌습니다(95 % 구간 {low}~{high} %p).",
            "The share of alleys seen rose by {change} pp (95 % {low} to {high} pp).",
        ),
        "changed.fell": (
            "골목이 보이는 비율이 {change} %p 낮아졌습니다(95 % 구간 {low}~{high} %p).",
            "The share of alleys seen fell by {change} pp (95 % {low} to {high} pp).",
        ),
        "changed.within": (
            "골목이 보이는 비율은 {change} 달라졌지만, 변화의 95 % 구간({low}~{high})에 0이 들어 있습니다. 변화로 단정하기에는 이릅니다.",
            "The share of alleys seen moved by {change}, but the 95 % interval of the change, {low} to {high}, holds "
            "zero: too little to be called a change.",
        ),
        "changed.same": (
            "골목이 보이는 비율은 두 날이 같습니다(차이 0.05 %p 미만).",
            "The share of alleys seen is the same on both days, to within 0.05 pp.",
        ),
        "changed.dong": (
            "가장 많이 달라진 동: {names}. 카메라 수의 변화: {cameras}대.",
            "The dong that moved most: {names}. Change in cameras: {cameras}.",
        ),
        "row.sites": ("설치 지점", "Sites"),
        "row.cameras": ("카메라", "Cameras"),
        "row.alleys": ("골목이 보이는 비율", "Alleys seen"),
        "row.certain": ("최소 비율", "Certainly seen"),
        "row.possible": ("최대 비율", "Seen at most"),
        "row.area": ("건물을 뺀 땅이 보이는 비율", "Open ground seen"),
        "row.incidents": ("사건 지점이 보이는 비율", "Incident places seen"),
        "row.gaps": ("사각지대 길이", "Length of gaps"),
        "col.what": ("항목", "Figure"),
        "col.change": ("변화", "Change"),
        # how sure
        "sure.title": ("얼마나 확실합니까", "How sure is this?"),
        "sure.basis": (
            "카메라 {cameras}대 가운데 {survey}대는 현장조사로 방향까지 확인했습니다. {datasheet}대는 제원표로 렌즈만 알고, {assumed}대는 렌즈도 지역 기본값으로 가정했습니다.",
            "Of {cameras} cameras, {survey} were surveyed and their headings are known; for {datasheet} only the lens "
            "is known, from data sheets; for {assumed} the lens too is assumed, from the district's defaults.",
        ),
        "sure.no_buildings": (
            "건물 자료가 없어 가림을 반영하지 못했습니다. 실제로 보이는 곳은 여기 적은 것보다 적습니다.",
            "No buildings are loaded, so nothing hides anything here: what is really seen is less than stated.",
        ),
        "sure.circle": (
            "카메라마다 반경 50 m 원을 그리는 흔한 어림으로는 {circle}이지만, 이는 실제로 보이는 비율의 {times}배입니다.",
            "The common shortcut, a circle of 50 m round each camera, claims {circle}: {times} times what is really seen.",
        ),
        "sure.circle_only": (
            "반경 50 m 원으로 어림하면 {of}의 {circle}입니다. 렌즈와 벽을 따지지 않아 대개 크게 부풀려진 값이며, 상한으로만 참고할 수 있습니다.",
            "Circles of 50 m hold {circle} of the {of}: a rough figure without optics or walls, usually far too much, "
            "an upper bound at best.",
        ),
        "sure.circle_under": (
            "카메라마다 반경 50 m 원을 그리는 흔한 어림으로는 {circle}입니다. 렌즈와 벽을 따지지 않은 값이며, 이 등급에서는 실제로 보이는 비율보다 크지 않습니다.",
            "The common shortcut, a circle of 50 m round each camera, claims {circle}: no more than what is really seen "
            "at this class, as it asks neither lens nor wall.",
        ),
        "of.alleys": ("골목", "alleys"),
        "of.area": ("건물을 뺀 땅", "open ground"),
        "next.title": ("더 필요한 자료", "What to load next"),
        # together against alone
        "alone.intro": (
            "부서 한 곳이 단독으로 보는 골목은 최대 {best}입니다. 모두 함께 보면 {together}입니다.",
            "No agency sees more than {best} of the alleys alone. Together they see {together}.",
        ),
        "alone.chart": (
            "골목이 보이는 비율, 부서별과 통합",
            "Share of alleys seen, by agency and all together",
        ),
        "alone.all": ("모두 함께", "all together"),
        "alone.unknown": (
            "골목이 얼마나 보이는지 알 수 없어 부서별 비율도 알 수 없습니다.",
            "As long as what is seen of the alleys is not known, nor is what each agency sees.",
        ),
        "alone.dividend": ("통합 효과", "The integration dividend"),
        "alone.table": (
            "통합 효과: 부서 단독으로 보이는 비율",
            "The integration dividend: what each agency sees alone",
        ),
        "col.agency": ("관리 부서", "Agency"),
        "col.alleys": ("골목", "Alleys"),
        "col.flood": ("침수 위험 구역", "Flood zones"),
        "col.wildfire": ("산불 위험 구역", "Wildfire zones"),
        "col.cameras": ("카메라", "Cameras"),
        "col.share_of": ("비율", "Share"),
        # the network
        "network.title": ("카메라 현황", "The network"),
        "network.history": ("카메라와 설치 지점의 수", "Cameras and sites over the years"),
        "network.history_alt": (
            "{first} 카메라 {n_first}대에서 {last} {n_last}대로.",
            "From {n_first} cameras on {first} to {n_last} on {last}.",
        ),
        "network.by_agency": ("관리 부서별 카메라", "Cameras by agency"),
        "network.by_purpose": ("설치 목적별 카메라", "Cameras by purpose"),
        "network.by_kind": ("형식별 카메라", "Cameras by kind"),
        "network.by_age": ("경과 연수별 카메라", "Cameras by age"),
        "network.missing": (
            "설치 목적, 형식, 경과 연수별 집계가 없습니다.",
            "Counts by purpose, kind and age were not supplied to this report.",
        ),
        "col.purpose": ("설치 목적", "Purpose"),
        "ground": ("제25조 제1항 제{item}호", "PIPA art. 25(1) no. {item}"),
        "col.kind": ("형식", "Kind"),
        "col.age": ("경과 연수", "Age"),
        "age.years": ("{years}년", "{years} years"),
        "unknown": ("미상", "unknown"),
        # the ladder
        "ladder.title": ("얼마나 자세히 보입니까", "How much detail is seen?"),
        "ladder.intro": (
            "같은 카메라라도 멀수록 흐립니다. 1 m에 놓이는 화소 수로 등급을 나누며({standard}), 등급이 높을수록 보이는 비율은 낮아집니다.",
            "The farther, the fainter, even for the same camera. Classes go by pixels per metre ({standard}): the finer "
            "the class, the smaller the share.",
        ),
        "ladder.table": ("등급별로 보이는 골목의 비율", "Alleys seen, by class"),
        "ladder.fold": ("몇 대가 함께 봅니까", "How many cameras see the same place?"),
        "fold": ("{k}대 이상", "{k} or more"),
        "col.fold": ("카메라", "Cameras"),
        "ladder.none": (
            "골목이 얼마나 보이는지 알 수 없어 등급별 비율도 알 수 없습니다.",
            "As long as what is seen of the alleys is not known, nor is it by class.",
        ),
        "col.class": ("등급", "Class"),
        "col.means": ("확인할 수 있는 것", "What it allows"),
        "col.share": ("보이는 비율", "Seen"),
        "col.range": ("95 % 구간", "95 % interval"),
        "col.certain": ("최소", "Certain"),
        "col.possible": ("최대", "At most"),
        "legend.bands": (
            "점: 보이는 비율. 굵은 선: 95 % 구간. 옅은 띠: 최소부터 최대까지.",
            "Dot: share seen. Thick line: 95 % interval. Pale strip: from what is certainly seen to what is seen at most.",
        ),
        # by dong, zones
        "dong.title": ("동별", "By dong"),
        "dong.chart": ("동별로 보이는 골목의 비율, 낮은 동부터", "Alleys seen by dong, the least seen first"),
        "dong.table": ("동별로 보이는 골목의 비율", "Alleys seen, by dong"),
        "dong.equity": (
            "가장 많이 보이는 동({most})과 가장 적게 보이는 동({least})의 차이는 {points}입니다.",
            "Between the most seen dong ({most}) and the least seen ({least}) lie {points}.",
        ),
        "dong.none": (
            "동별로 골목이 얼마나 보이는지 알 수 없습니다. 동 경계, 도로, 건물 자료가 모두 있어야 합니다.",
            "What is seen by dong is not known: it needs dong boundaries, streets and buildings.",
        ),
        "zones.title": ("침수·산불 위험 구역", "Flood and wildfire zones"),
        "zones.table": (
            "위험 구역이 보이는 비율(건물을 뺀 면적 기준)",
            "Zones: share of their open ground seen",
        ),
        "zones.none": ("위험 구역 자료가 없습니다.", "No zones are loaded."),
        "zones.unknown": (
            "{n}개 구역은 산출하지 못해 줄표(–)로 적었습니다. 0이 아닙니다.",
            "Zones that could not be computed bear a dash ({n}); that is not 0.",
        ),
        "col.zone": ("구역", "Zone"),
        "col.zone_kind": ("종류", "Kind"),
        "col.level": ("등급", "Level"),
        "col.area": ("면적", "Area"),
        # incidents, circle, supplies
        "incidents.title": ("사건이 일어난 곳", "Where incidents happened"),
        "incidents.sentence": (
            "{until} 전 12개월의 사건 {n}건 가운데 {seen}건({share}{span})은 카메라에 보이는 곳에서 일어났습니다. 훈련, 오인, 중복 신고는 뺐습니다. 보였다고 해서 막았다는 "
            "뜻은 아닙니다.",
            "Of {n} incidents in the 12 months before {until}, {seen} ({share}{span}) happened where a camera sees. "
            "Exercises, false alarms and repeat calls are left out. Seen does not mean prevented.",
        ),
        "incidents.withheld": (
            "12개월 동안의 사건은 {n}건입니다. 한쪽이 1~2건이어서 보인 비율은 적지 않습니다.",
            "The 12 months hold {n} incidents. As one side counts 1 or 2, the share seen is withheld.",
        ),
        "incidents.unknown": (
            "사건 {n}건 가운데 몇 건이 보이는 곳에서 일어났는지는 산출하지 못했습니다.",
            "How many of {n} incidents happened in sight has not been computed.",
        ),
        "incidents.none": ("이 기간의 사건 자료가 없습니다.", "No incidents are loaded for this time."),
        "circle.title": ("50 m 원 어림과 얼마나 다릅니까", "How far off are 50 m circles?"),
        "circle.chart": ("같은 골목, 두 가지 산출", "The same alleys, counted two ways"),
        "circle.unknown": (
            "50 m 원 어림은 산출하지 못했습니다.",
            "The figure by 50 m circles has not been computed.",
        ),
        "supplies.title": ("영상 제공", "Footage supplied"),
        "supplies.sentence": (
            "{since}부터 {until}까지 영상을 {n}건 제공했습니다.",
            "From {since} to {until} footage was supplied {n} times.",
        ),
        "supplies.none": (
            "이 기간의 영상 제공 기록이 없습니다.",
            "No supply of footage is recorded for this period.",
        ),
        "supplies.chart": ("월별 영상 제공 건수", "Supplies of footage by month"),
        "supplies.small": (
            "1~2건은 ‘<3’으로 적습니다. 합계에서 거꾸로 알 수 있을 때는 다른 한 달도 ‘*’로 가립니다. 가린 달의 막대는 그리지 않습니다.",
            "Counts of 1 or 2 read “<3”. Where the total would give one away, another month is hidden as “*”. Hidden "
            "months have no bar.",
        ),
        # data quality
        "quality.title": ("자료의 품질", "Quality of the data"),
        "quality.refusals": ("사유별 보류 행", "Rows refused, by reason"),
        "quality.refusals_none": ("보류한 행이 없습니다.", "No row was refused."),
        "quality.refusals_note": (
            "보류한 행은 지우지 않고 사유와 함께 따로 보관합니다. 한 행에 사유가 여럿일 수 있습니다.",
            "Refused rows are kept apart with their reasons, not deleted. A row may have several reasons.",
        ),
        "quality.loads": ("이 보고서에 쓴 파일", "The files behind this report"),
        "quality.loads_none": ("올린 파일의 기록이 없습니다.", "No load is recorded."),
        "col.reason": ("사유", "Reason"),
        "col.meaning": ("뜻", "Meaning"),
        "col.rows": ("행", "Rows"),
        "col.source": ("자료", "Source"),
        "col.file": ("파일", "File"),
        "col.hash": ("SHA-256 앞 16자리", "SHA-256, first 16"),
        "col.reference": ("기준일", "Reference"),
        "col.refused": ("보류", "Refused"),
        # annex
        "annex.title": ("방법", "Method annex"),
        "annex.alley": (
            "골목: 도로 중심선의 길이입니다. {step}마다 한 점을 놓고, 그 점이 보이면 그만큼의 길이가 보이는 것으로 셉니다.",
            "Alleys: the length of street centre lines. A point every {step}; where the point is seen, its length counts.",
        ),
        "annex.area": (
            "면적: 지역에서 건물을 뺀 땅 {open}.",
            "Area: open ground, the district less its buildings, {open}.",
        ),
        "annex.area_unknown": (
            "건물을 뺀 땅의 넓이는 건물 자료가 있어야 알 수 있습니다.",
            "The size of open ground needs buildings to be known.",
        ),
        "annex.fov": (
            "시야: 렌즈가 비추는 지면의 사다리꼴(카메라 바로 아래의 보이지 않는 곳 제외)에서 건물에 가린 곳을 뺀 범위입니다. 등급의 경계는 화소 밀도가 기준에 이르는 거리입니다.",
            "Field of view: the trapezoid a lens leaves on the ground, less the blind spot under the camera, cut by the "
            "lines of sight among buildings. A class ends where the pixel density falls below its threshold.",
        ),
        "annex.terrain": (
            "지형: {terrain}대는 지형 자료 위에서, {part}대는 일부만 아는 지형 위에서, {flat}대는 평지로 보고 시선을 계산했습니다. 건물은 바닥 둘레의 평균 지반고 위에 수평으로 서 있다고 봅니다. 렌즈의 사다리꼴은 카메라 발치를 지나는 수평면에서 계산합니다.",
            "Terrain: sight lines of {terrain} cameras ran over the terrain, of {part} over terrain known in part (level "
            "beyond its edge), of {flat} over flat ground. A building stands level on the mean ground along its outline. "
            "The trapezoid of a lens is reckoned on the level plane through the camera's foot.",
        ),
        "annex.ptz": (
            "회전형은 기본 방향의 시야만 셉니다. 돌려서 볼 수 있는 범위는 최대 비율에만 넣습니다. 운영 중인 카메라만 셉니다.",
            "PTZ cameras count with their home sector; what they could turn to enters “at most” only. Only active "
            "cameras count.",
        ),
        "annex.incident": (
            "사건: 기준일 전 12개월, 기준일의 카메라로 셉니다.",
            "Incidents: those of the 12 months before the date, against the network as at that date.",
        ),
        "annex.ground": (
            "설치 근거: 개인정보 보호법 제25조 제1항. 근거가 없는 카메라는 대장에 올리지 않습니다. 음성은 녹음하지 않습니다.",
            "Legal ground: Personal Information Protection Act, article 25(1). A camera without ground is not "
            "registered. No sound is recorded.",
        ),
        "annex.run": (
            "기준 {at}, 등급 기준 {standard}, 좌표계 EPSG:{srid}, 지역 면적 {area}.",
            "As at {at}, classes by {standard}, coordinates in EPSG:{srid}, district area {area}.",
        ),
        "annex.bytes": (
            "이 문서에는 만든 시각이 없습니다. 같은 자료로 다시 만들면 같은 파일이 됩니다.",
            "This document bears no time of making: made again from the same data it is the same file.",
        ),
        "standard.2015": ("IEC 62676-4:2015", "IEC 62676-4:2015"),
        "standard.2025": ("IEC 62676-4:2025", "IEC 62676-4:2025"),
        "map.title": ("지도", "Map"),
        "map.note": (
            "동별로 보이는 골목의 비율과 카메라 위치입니다. 인터넷 없이 열립니다.",
            "The share seen by dong, and the cameras. It opens without internet.",
        ),
        "map.no_library": (
            "지도 라이브러리 파일이 없어 지도를 싣지 못했습니다. 같은 내용이 위의 표에 있습니다.",
            "The map library's files are missing, so there is no map here. The tables above say the same.",
        ),
        "fonts.substitute": (
            "이 문서는 Pretendard 글꼴이 없는 컴퓨터에서 {family} 글꼴로 조판되었습니다.",
            "This document was set in {family}, as Pretendard is not installed on this machine.",
        ),
    }
    | words_light.REPORT
    | words_aim.REPORT
    | words_body.REPORT
)


def say(key: str, lang: str, **values: object) -> str:
    """Return the text of a key in ko or en, its blanks filled; KeyError for an unknown key or blank."""
    return TABLE[key][("ko", "en").index(lang)].format(**values)
