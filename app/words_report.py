"""What the page Report, its command and the stamp of an internal report say, in Korean and English."""

from __future__ import annotations

TABLE: dict[str, tuple[str, str]] = {
    "page.report": ("보고서", "Report"),
    "report.title": ("위원회 보고서", "The committee's report"),
    # on the document
    "report.stamp": (
        "내부판 · {who} · {day} · 목적: {purpose}",
        "Internal edition · {who} · {day} · for: {purpose}",
    ),
    "report.map_places": ("사각지대와 시야", "Gaps and views"),
    "report.map_places_note": (
        "사각지대 {known}곳 가운데 위험이 큰 {shown}곳과 카메라 시야입니다(시야 경계는 1 m 안에서 단순화). 내부판입니다. 이 파일을 밖으로 보내지 마십시오.",
        "The {shown} riskiest of {known} gaps, and the cameras' views (outlines simplified to within 1 m). Internal: not "
        "to be passed on.",
    ),
    "report.contents": ("차례", "Contents"),
    # the form
    "report.make": ("새 보고서", "A new report"),
    "report.since": ("첫날", "First day"),
    "report.until": ("마지막 날", "Last day"),
    "report.lang": ("보고서 언어", "Language of the report"),
    "report.form": ("형식", "Form"),
    "report.edition": ("판", "Edition"),
    "report.who": ("받는 사람", "Who takes it"),
    "report.purpose": ("목적", "What for"),
    "report.internal_note": (
        "내부판에는 사각지대의 위치가 들어 있습니다. 이름, 날짜, 목적이 쪽마다 찍히고 접근 기록에 남습니다.",
        "The internal edition holds the places of gaps. Name, date and purpose stand on each page and in the access log.",
    ),
    "report.go": ("보고서 만들기", "Make the report"),
    "report.takes": (
        "가시 범위가 산출되어 있어 보통 10~20초 걸립니다.",
        "Coverage is computed for both ends of the period: some 10 to 20 seconds.",
    ),
    "report.takes_longer": (
        "이 기간의 가시 범위를 아직 산출하지 않았습니다. 보고서를 만들면 먼저 산출하며, 몇 분 걸릴 수 있습니다.",
        "Coverage has not been computed for this period. Making the report computes it first, which may take minutes.",
    ),
    "report.period_wrong": (
        "마지막 날이 첫날보다 앞섭니다.",
        "The last day lies before the first.",
    ),
    "report.edition_committee": ("위원회판", "committee"),
    "report.edition_internal": ("내부판", "internal"),
    "report.form_pdf": ("PDF", "PDF"),
    "report.form_html": ("HTML(지도 포함)", "HTML, with maps"),
    "report.lang_ko": ("한국어", "Korean"),
    "report.lang_en": ("영어", "English"),
    "report.starting": ("시작하는 중", "Starting"),
    # the list
    "report.older": ("보관된 보고서 {n}건", "{n} kept reports"),
    "report.older_one": ("보관된 보고서 1건", "1 kept report"),
    "report.none": (
        "아직 만든 보고서가 없습니다. 만든 보고서는 여기에 보관됩니다.",
        "No report has been made yet. Each one that is made is kept here.",
    ),
    "report.pick": ("행을 고르면 그 보고서를 읽습니다.", "Select a row to read that report."),
    "report.col_no": ("번호", "No."),
    "report.col_made": ("만든 날", "Made on"),
    "report.col_period": ("대상 기간", "Period"),
    "report.col_what": ("종류", "Kind"),
    "report.col_who": ("만든 사람", "By"),
    "report.col_sha": ("SHA-256", "SHA-256"),
    "report.period": ("{since} ~ {until}", "{since} to {until}"),
    # reading
    "report.pick_first": (
        "새 보고서를 만들거나 보관된 보고서를 고르십시오.",
        "Make a report, or select one that is kept.",
    ),
    "report.not_there": (
        "{id}번 보고서가 없거나 다른 역할의 것입니다.",
        "There is no report no. {id}, or it is open to other roles.",
    ),
    "report.head": ("{period} · {edition} · {language}", "{period} · {edition} · {language}"),
    "report.made": (
        "{id}번 · {made} · 만든 사람 {who} · {size} · SHA-256 {sha}",
        "no. {id} · made on {made} by {who} · {size} · SHA-256 {sha}",
    ),
    "report.new": ("보고서를 만들어 보관했습니다.", "The report is made and kept."),
    "report.known": (
        "같은 자료로 만든 보고서가 이미 보관되어 있어 그것을 보입니다.",
        "The same data made this report before: here it is, one and the same.",
    ),
    "report.download": ("내려받기 ({form}, {size})", "Download ({form}, {size})"),
    "report.read": ("보고서 본문", "The report"),
    "report.open_internal": ("내부판 열기", "Open the internal edition"),
    "report.open_note": (
        "내부판입니다. 열거나 내려받으면 이름과 목적이 접근 기록에 남습니다. 문서에는 처음 만든 사람이 찍혀 있습니다.",
        "This is an internal edition. Opening it leaves your name and purpose in the access log; the document bears who "
        "made it first.",
    ),
    "report.not_same": (
        "이 컴퓨터의 프로그램으로는 처음과 다른 문서가 됩니다(SHA-256이 다름). 수치는 보관된 그대로입니다.",
        "Today's software sets another document from these figures (another SHA-256). The figures are as they were kept.",
    ),
    # computing anew
    "report.recompute": ("지금 자료로 다시 계산", "Recompute from today's data"),
    "report.recompute_help": (
        "같은 기간과 판으로 오늘의 데이터베이스에서 다시 계산해 보관된 수치와 비교합니다.",
        "Computes the same period and edition from today's database and compares with the kept figures.",
    ),
    "report.same": (
        "다시 계산해도 같은 문서입니다: 바이트까지 같습니다(SHA-256 {sha}).",
        "Recomputed, it is the same document, byte for byte (SHA-256 {sha}).",
    ),
    "report.same_figures": (
        "수치는 모두 같고 문서의 바이트만 다릅니다.",
        "All figures are the same; only the document's bytes differ.",
    ),
    "report.differs": ("{n}개 수치가 보관된 것과 다릅니다.", "{n} figures are not what was kept."),
    "report.differs_one": ("1개 수치가 보관된 것과 다릅니다.", "1 figure is not what was kept."),
    "report.why": ("달라진 까닭", "Why"),
    "report.why_nothing": (
        "그 뒤 달라진 자료나 판본을 찾지 못했습니다.",
        "No data and no version is found to have changed since.",
    ),
    "report.why_load": (
        "그 뒤 올린 자료: {source} {file} ({day})",
        "Loaded since: {source} {file} ({day})",
    ),
    "report.why_version": (
        "{name}: {then} → {now}",
        "{name}: {then} → {now}",
    ),
    "report.why_mark": (
        "{name}: {then}건 → {now}건",
        "{name}: {then} → {now} rows",
    ),
    "mark.camera_states": ("카메라 대장의 상태", "States in the camera registry"),
    "mark.evidence": ("카메라 방향의 증거", "Evidence of where cameras look"),
    "mark.evidence_withdrawn": ("철회된 증거", "Evidence taken back"),
    "mark.presets": ("회전 카메라의 프리셋", "Presets of turning cameras"),
    "mark.loads_done": ("올린 자료", "Loads"),
    "report.col_figure": ("수치", "Figure"),
    "report.col_then": ("보관된 값", "Kept"),
    "report.col_now": ("지금 값", "Now"),
    "report.more": ("그 밖에 {n}개", "{n} more"),
    "progress.Document": ("문서 만들기", "Document"),
    # the command
    "line.report_kept": ("{id}번으로 보관했습니다.", "Kept as no. {id}."),
    "line.report_known": ("{id}번으로 이미 보관되어 있습니다.", "Kept already as no. {id}."),
}
