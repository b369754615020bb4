"""Sentences of the same cameras in several lists: pairs, scores in words, decisions."""

from __future__ import annotations

TABLE: dict[str, tuple[str, str]] = {
    "data.part_match": ("여러 목록의 같은 카메라", "Same cameras in several lists"),
    "match.headline_waits": (
        "같은 카메라인지 사람이 판단할 짝이 {n}개 있습니다.",
        "{n} pairs of records wait for a person: the same cameras, or not?",
    ),
    "match.headline_waits_one": (
        "같은 카메라인지 사람이 판단할 짝이 1개 있습니다.",
        "1 pair of records waits for a person: the same cameras, or not?",
    ),
    "match.headline_none": (
        "판단을 기다리는 짝이 없습니다.",
        "No pair of records waits for a decision.",
    ),
    "match.network": (
        "{at} 기준 카메라 {cameras}대(지점 {sites}곳)로 셉니다. 목록마다 따로 세면 {listed}대(지점 {sites_listed}곳)입니다.",
        "As at {at}, {cameras} cameras at {sites} sites count. Were every list to count by itself, it would be {listed} "
        "at {sites_listed}.",
    ),
    "match.counts": (
        "점수로 합친 짝 {sure}개, 사람이 합친 짝 {same}개, 사람이 다르다고 한 짝 {different}개, 기다리는 짝 {doubtful}개.",
        "Joined by score: {sure} pairs. Joined by a person: {same}. Told apart by a person: {different}. Waiting: "
        "{doubtful}.",
    ),
    "match.how": (
        "서로 다른 기관의 목록만 견줍니다. 위치, 설치 목적, 주소, 대수·설치 연월·화소·촬영 방면으로 0에서 1까지 점수를 매겨 {sure} 이상이면 합치고, "
        "{doubtful} 이상이면 사람에게 묻습니다. 지우는 것은 없으며, 뒤에 선 기록의 카메라는 앞에 선 기록이 있는 날 동안 세지 않습니다.",
        "Only lists of different agencies are compared: place, purpose, address, and number, month, pixels and view, "
        "scored from 0 to 1. From {sure} on two records are joined, from {doubtful} on a person is asked. Nothing is "
        "deleted: cameras of the record behind do not count on the days on which the record in front has cameras.",
    ),
    "match.state": ("짝의 상태", "State of the pairs"),
    "match.pairs": ("{state} · {n}개 · 비슷한 것부터", "{state} · {n} · the most alike first"),
    "match.no_pairs": ("이 상태의 짝이 없습니다.", "There is no pair in this state."),
    "match.more": ("앞의 {n}개만 보입니다.", "Only the first {n} are shown."),
    "matchstate.doubtful": ("판단 대기", "Waiting"),
    "matchstate.sure": ("점수로 합침", "Joined by score"),
    "matchstate.same": ("같다고 결정", "Decided: the same"),
    "matchstate.different": ("다르다고 결정", "Decided: different"),
    "said.same": ("같은 카메라", "the same cameras"),
    "said.different": ("다른 카메라", "different cameras"),
    "said.open": ("결정 취소", "taken back"),
    "match.pick": ("행을 고르면 두 기록을 나란히 봅니다", "choose a row to see both records"),
    "match.score": ("점수 {score}: {told}.", "Score {score}: {told}."),
    "match.no_score": (
        "닮은 점이 없어 점수를 매기지 않았습니다.",
        "Nothing likens the two: there is no score.",
    ),
    "match.held_score": ("점수가 낮음", "the score is low"),
    "match.held_count": ("카메라 대수가 다름", "not as many cameras"),
    "match.held_month": ("설치 시기가 반년 넘게 다름", "hung more than half a year apart"),
    "match.held_address": ("한쪽에 주소가 없음", "one list has no address"),
    "match.held_rival": ("다른 후보도 비슷함", "another record fits nearly as well"),
    "match.part_place": ("위치 {distance} 차이", "{distance} apart"),
    "match.part_purpose_same": ("목적이 같음", "the same purpose"),
    "match.part_purpose_near": ("목적이 비슷함", "purposes of one kind"),
    "match.part_purpose_other": ("목적이 다름", "another purpose"),
    "match.part_text": ("주소 {share} 일치", "addresses {share} alike"),
    "match.part_text_unknown": ("견줄 주소가 없음", "no addresses to compare"),
    "match.part_facts": (
        "대수·연월·화소·방면 {share} 일치",
        "other facts {share} alike",
    ),
    "match.col_what": ("항목", "What"),
    "match.col_a": ("첫째 목록", "One list"),
    "match.col_b": ("둘째 목록", "The other list"),
    "match.side": ("두 행을 나란히", "Both rows side by side"),
    "match.row_record": ("관리번호", "number"),
    "match.row_agency": ("관리 기관", "agency"),
    "match.row_purpose": ("설치 목적", "purpose"),
    "match.row_road": ("도로명 주소", "road address"),
    "match.row_lot": ("지번 주소", "lot address"),
    "match.row_cameras": ("카메라 대수", "cameras"),
    "match.row_installed": ("설치 연월", "hung on"),
    "match.row_pixels": ("화소", "pixels"),
    "match.row_view": ("촬영 방면", "view"),
    "match.row_place": ("위도, 경도", "latitude, longitude"),
    "match.row_counts": ("세는가", "counts"),
    "match.counts_yes": ("셉니다", "yes"),
    "match.counts_no": ("앞의 기록을 셉니다", "no: the other one does"),
    "match.on_map": ("지도에서 보기: {which}", "On the map: {which}"),
    "match.who": ("판단하는 사람 (기록에 남습니다)", "Who decides (kept in the log)"),
    "match.who_needed": (
        "누가 판단하는지 적어야 결정할 수 있습니다.",
        "Say who decides: a decision without a name is not kept.",
    ),
    "match.reason": ("왜 그렇게 판단합니까 (기록에 남습니다)", "Why (kept in the log)"),
    "match.reason_needed": (
        "이유를 적어야 결정할 수 있습니다.",
        "Say why: a decision without a reason is not kept.",
    ),
    "match.same": ("같은 카메라입니다", "The same cameras"),
    "match.different": ("다른 카메라입니다", "Different cameras"),
    "match.undo": ("결정을 취소합니다", "Take the decision back"),
    "match.steward_only": (
        "결정은 자료 담당자만 할 수 있습니다.",
        "Decisions are for the data steward.",
    ),
    "match.decided": (
        "결정을 적었습니다: {a} / {b}, {said}. 이제 카메라 {cameras}대로 셉니다.",
        "Noted: {a} / {b}, {said}. {cameras} cameras count now.",
    ),
    "match.noting": (
        "결정을 적고 카메라를 다시 세고 있습니다",
        "Noting the decision, counting the cameras anew",
    ),
    "match.log": ("결정 기록 {n}건 · 최근 것부터", "{n} decisions, the last first"),
    "match.log_none": ("아직 결정이 없습니다.", "Nobody has decided anything yet."),
    "match.col_when": ("언제", "When"),
    "match.col_who": ("누가", "Who"),
    "match.col_said": ("결정", "Decision"),
    "match.col_records": ("기록", "Records"),
    "match.col_why": ("근거", "Grounds"),
    "match.col_score": ("점수", "Score"),
    "match.col_state": ("상태", "State"),
    "match.col_pair": ("짝", "Pair"),
    "match.col_held": ("묻는 까닭", "Asked because"),
    "match.record_changed": (
        "기록이 바뀌어 다시 묻습니다",
        "A record changed since: it is asked again",
    ),
    "match.trial": (
        "이 지역의 기록으로 지어낸 7개 목록({lists}행)에서, 참인 짝 {truth}개 가운데 {joined}개를 묻지 않고 합쳤고 그중 {precision}가 맞습니다"
        "(재현율 {recall}). 사람에게 {asked}번 물어 답을 얻으면 재현율은 {recall_asked}입니다.",
        "On seven lists invented from the records of this district ({lists} rows) with {truth} true pairs, {joined} were "
        "joined without asking, {precision} of them rightly (recall {recall}). After {asked} questions to a person the "
        "recall is {recall_asked}.",
    ),
}
