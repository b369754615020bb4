"""What the commands that keep a district's state say: hash, backup, restore."""

from __future__ import annotations

TABLE: dict[str, tuple[str, str]] = {
    "line.col_table": ("테이블", "table"),
    "line.col_hash": ("해시(SHA-256)", "hash (SHA-256)"),
    "keep.left_out": (
        "계산하여 다시 만들 수 있어 해시에 넣지 않은 테이블: {names}",
        "Not in the hash, as it can be computed again: {names}",
    ),
    "keep.hash": ("{district} 전체 해시: {hash}", "The hash of all of {district}: {hash}"),
    "line.col_database": ("데이터베이스", "database"),
    "line.col_size": ("크기", "size"),
    "keep.written": (
        "백업 파일을 만들었습니다: {file} ({size}, {rows}행). 접근 기록에 남겼습니다.",
        "The backup is written: {file} ({size}, {rows} rows). The access log tells of it.",
    ),
    "keep.way_back": ("되돌리려면: golmok restore {file}", "The way back: golmok restore {file}"),
    "keep.restored": (
        "{district} 지역을 {day} {clock} 백업의 상태로 되돌렸습니다: {rows}행.",
        "{district} stands as it was backed up on {day}, {clock}: {rows} rows.",
    ),
    "keep.same_hash": (
        "되돌린 상태의 해시가 백업과 같습니다: {hash}",
        "The hash of what stands now is that of the backup: {hash}",
    ),
    "keep.same_rows": (
        "모든 테이블의 행 수가 백업과 같습니다. 다른 판의 프로그램이 만든 백업이라 해시는 비교할 수 없습니다.",
        "Every table has as many rows as in the backup. It was made by another version, so the hashes cannot be compared.",
    ),
    "keep.upgraded": (
        "백업의 스키마({schema})를 지금 판으로 올렸습니다.",
        "Its schema ({schema}) was brought up to this version.",
    ),
    "keep.kept": (
        "이전 상태는 {name}에 그대로 있습니다. 확인한 뒤 지우려면: golmok kept --drop {name}",
        "What stood here before is kept as {name}. Once you have looked: golmok kept --drop {name}",
    ),
    "keep.dropped": ("지웠습니다: {name}", "Deleted: {name}"),
    "keep.none_kept": ("남겨 둔 이전 데이터베이스가 없습니다.", "No database of before is kept."),
    "progress.Write": ("쓰기", "Write"),
    "progress.Backup": ("백업", "Backup"),
    "progress.Check": ("백업 파일 확인", "Check the file"),
    "progress.Restore": ("되돌리기", "Restore"),
    "progress.Hash": ("상태 해시 계산", "Hash of the state"),
}
