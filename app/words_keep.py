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
    "progress.Hash": ("상태 해시 계산", "Hash of the state"),
}
