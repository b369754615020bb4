"""What is said while files and lines that come in are followed."""

from __future__ import annotations

TABLE: dict[str, tuple[str, str]] = {
    "follow.ready": (
        "{where}: 들어오는 대로 올립니다. 끝내려면 Ctrl-C를 누르십시오.",
        "{where}: what comes in is loaded as it comes. Ctrl-C ends it.",
    ),
    "follow.stream": ("표준 입력", "standard input"),
    "follow.took": ("{at}  {name}: {n}행 ({counts})", "{at}  {name}: rows {n} ({counts})"),
    "follow.refused": ("  ! 거부 {n}행, {code}: {why}", "  ! refused {n}, {code}: {why}"),
    "follow.file_refused": (
        "  ! {file}: 파일을 올리지 않았습니다. {why}",
        "  ! {file}: the file was not loaded. {why}",
    ),
    "follow.away": (
        "  ! 데이터베이스를 쓸 수 없어 기다립니다. 그동안 들어온 것은 연결되면 올립니다. ({why})",
        "  ! The database cannot be used; waiting for it. What comes in meanwhile is loaded when it is back. ({why})",
    ),
    "follow.waits": (
        "다른 적재가 끝나기를 기다립니다: {who}",
        "Another load is at work, waiting for it: {who}",
    ),
    "follow.ended": (
        "마쳤습니다. 올린 것은 그대로 남습니다. 읽은 행 {n}: {counts}.",
        "Ended; what was loaded stays. Rows read {n}: {counts}.",
    ),
    "form.feed": ("실시간으로 들어온 것", "Feed: lines as they came in"),
}
