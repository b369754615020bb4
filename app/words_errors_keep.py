"""Sentences for named errors about backups and what they restore, by class name; `app.words_errors` takes them in."""

from __future__ import annotations

CODES: dict[str, int] = {
    "ArchiveRefused": 3,
    "ArchiveBroken": 3,
    "ArchiveNewer": 3,
    "DumpFailed": 1,
    "RestoreFailed": 1,
    "StillAtWork": 4,
}

TABLE: dict[str, tuple[str, str]] = {
    "error.ArchiveRefused": (
        "이 백업 파일은 쓸 수 없습니다. 지금 상태는 그대로입니다: {detail}",
        "This backup cannot be taken here; what stands now is unchanged: {detail}",
    ),
    "error.ArchiveBroken": (
        "백업 파일이 잘렸거나 바뀌었습니다. 지금 상태는 그대로이니 다른 백업 파일로 다시 실행하십시오: {detail}",
        "The backup is cut or was changed; what stands now is unchanged, try another file: {detail}",
    ),
    "error.ArchiveNewer": (
        "더 새로운 판의 프로그램이 만든 백업입니다. 프로그램을 올린 뒤 다시 실행하십시오. 지금 상태는 그대로입니다: {detail}",
        "The backup was made by newer software: bring this one up to date, then repeat. What stands now is unchanged: {detail}",
    ),
    "error.DumpFailed": (
        "백업이나 되돌리기를 끝내지 못했습니다. 지금 상태는 그대로입니다: {detail}",
        "The backup or the way back was not finished; what stands now is unchanged: {detail}",
    ),
    "error.RestoreFailed": (
        "되돌린 내용이 백업과 달라 쓰지 않았습니다. 지금 상태는 그대로입니다: {detail}",
        "What was read is not what the backup says, so it was not taken; what stands now is unchanged: {detail}",
    ),
    "error.StillAtWork": (
        "다른 작업이 끝나지 않아 되돌릴 수 없습니다. 저장된 내용은 그대로이니 잠시 뒤 다시 실행하십시오: {detail}",
        "Another command is at work, so nothing was put back and nothing changed; repeat it in a while: {detail}",
    ),
}
