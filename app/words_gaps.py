"""Sentences of the page Gaps beside its headline: what may be chosen, the lists, what is not computed yet."""

from __future__ import annotations

TABLE: dict[str, tuple[str, str]] = {
    # what may be chosen
    "gaps.at": ("기준일", "As at"),
    "gaps.year_end": ("{year}년 말", "end of {year}"),
    "gaps.dong": ("동", "Dong"),
    "gaps.dong_all": ("구 전체", "whole district"),
    "gaps.purpose": ("설치 목적", "Purpose"),
    "gaps.purpose_all": ("모든 목적", "every purpose"),
    "gaps.light": ("낮과 밤", "Day and night"),
    "light.day": ("낮", "Day"),
    "light.night": ("밤", "Night"),
    "gaps.list": ("무엇을 표로 볼지", "What the table lists"),
    "list.gaps": ("사각지대", "Gaps"),
    "list.classes": ("등급", "Classes"),
    "list.dong": ("동", "Dong"),
    "list.zones": ("위험 구역", "Zones"),
    "list.purposes": ("목적", "Purposes"),
    # the answer, cut by what was chosen
    "gaps.headline_dong": (
        "{dong} 골목 {length} 가운데 {share}가 보입니다.",
        "{share} of {length} of alleys in {dong} is seen.",
    ),
    "gaps.headline_night": (
        "밤에는 골목 {length} 가운데 {share}가 보입니다.",
        "At night {share} of {length} of alleys is seen.",
    ),
    "gaps.headline_dong_night": (
        "밤에는 {dong} 골목 {length} 가운데 {share}가 보입니다.",
        "At night {share} of {length} of alleys in {dong} is seen.",
    ),
    "gaps.only_by_day": (
        "낮에는 {day_share}가 보입니다. 낮에 보이는 골목 {length}는 밤에 보이지 않습니다(기댓값). 지도와 표의 사각지대는 낮에도 볼 수 없는 골목입니다.",
        "By day {day_share} is seen: {length} of it is not seen at night (expected). The gaps of map and table are alleys "
        "that cannot be seen even by day.",
    ),
    "gaps.no_night_here": (
        "밤에 보이는 비율을 동별로 산출하지 않은 결과입니다. 다시 산출하면 나옵니다.",
        "This computation holds no night by dong; computed anew it will.",
    ),
    "gaps.purpose_line": (
        "{purpose} 카메라 {n}대만으로는 구의 골목 {share}(95 % 구간 {span})가 보이고, {only}({only_span})는 이 카메라들만 봅니다.",
        "The {n} cameras for {purpose} alone see {share} of the district's alleys (95 % interval {span}); {only} "
        "({only_span}) is seen by them only.",
    ),
    "gaps.purpose_none": (
        "이 날짜에는 {purpose} 카메라가 없습니다.",
        "There was no camera for {purpose} as at this date.",
    ),
    "gaps.selected": (
        "선택: {no}번, {alley}, {length}, 위험 {risk}",
        "Selected: no. {no}, {alley}, {length}, risk {risk}",
    ),
    "gaps.none_here": (
        "이 동에는 어떤 카메라도 볼 수 없는 골목이 없습니다.",
        "In this dong there is no alley that no camera can see.",
    ),
    "gaps.col_dong": ("동", "Dong"),
    # lists
    "gaps.pick_dong": ("행을 고르면 그 동만 봅니다.", "Select a row to look at one dong."),
    "gaps.pick_zone": ("행을 고르면 지도가 그 구역으로 갑니다.", "Select a row to go to the zone."),
    "gaps.pick_purpose": (
        "행을 고르면 지도에 그 목적의 카메라만 남습니다.",
        "Select a row to draw the cameras of one purpose.",
    ),
    "gaps.dong_table": ("동별로 보이는 골목의 비율", "Share of alleys seen, by dong"),
    "gaps.zone_table": ("위험 구역별로 보이는 땅(건물을 뺀 땅)의 비율", "Share of open ground seen, by zone"),
    "gaps.purpose_table": ("설치 목적별로 보이는 골목의 비율", "Share of alleys seen, by purpose"),
    "gaps.no_dong": ("동의 경계를 올리지 않았습니다.", "No outlines of dong are loaded."),
    "gaps.no_zones": (
        "이 날짜에 지정된 위험 구역이 없습니다. 자료는 `golmok load zones 파일`로 올립니다.",
        "There is no hazard zone as at this date. They are loaded with `golmok load zones FILE`.",
    ),
    "gaps.no_purposes": (
        "목적별로 산출하지 않은 결과입니다. 다시 산출하면 나옵니다.",
        "This computation holds no figures by purpose; computed anew it will.",
    ),
    "gaps.col_seen": ("보이는 비율", "Seen"),
    "gaps.col_night": ("밤", "At night"),
    "gaps.col_night_span": ("밤 95 % 구간", "95 % at night"),
    "gaps.col_only_day": ("낮에만 보임", "By day only"),
    "gaps.col_alleys": ("골목", "Alleys"),
    "gaps.col_zone": ("구역", "Zone"),
    "gaps.col_kind": ("종류", "Kind"),
    "gaps.col_sure": ("확실히 보는 카메라", "Certainly see it"),
    "gaps.col_may": ("볼 수도 있는 카메라", "May see it"),
    "gaps.col_purpose": ("목적", "Purpose"),
    "gaps.col_cameras": ("카메라", "Cameras"),
    "gaps.col_alone": ("단독", "Alone"),
    "gaps.col_only": ("이 목적만", "Only they"),
    "gaps.col_only_span": ("이 목적만 95 % 구간", "95 % only they"),
    # not computed yet
    "gaps.day_not_computed": (
        "{at} 기준, {name} 등급의 가시 범위를 아직 산출하지 않았습니다. 터미널에서 `golmok coverage --class {code} --at {day}`를 실행하면 여기에 나타납니다.",
        "Coverage as at {at} at class {name} has not been computed yet. Run `golmok coverage --class {code} --at {day}` in "
        "a terminal and it appears here.",
    ),
    "gaps.compute": ("이 날을 산출하기", "Compute this day"),
    "gaps.compute_all": ("남은 날 모두({n}일)", "All {n} days that are missing"),
    "gaps.compute_help": (
        "한 번 산출하면 남아 있습니다. 산출하는 동안 다른 화면을 써도 됩니다.",
        "Computed once, it is kept. You may use other pages meanwhile.",
    ),
    "progress.Days": ("해마다 산출", "Days"),
    "gaps.days_done": ("{n}일 가운데 {done}일을 마쳤습니다.", "{done} of {n} days are done."),
    "gaps.computing": ("{at}, {name} 등급을 산출하고 있습니다.", "Computing {at} at class {name}."),
    "gaps.compute_busy": (
        "다른 산출이 끝나면 시작할 수 있습니다.",
        "Another computation is running; this one can start when it is done.",
    ),
    "gaps.compute_failed": ("산출하지 못했습니다. {why}", "It could not be computed. {why}"),
}
