"""Rules across the rows of a file, applied in the database to what was staged of them (etl.across says which)."""

from __future__ import annotations

from collections.abc import Mapping

from etl.store.writes import Batch, execute, rows

# Nothing that is moved keeps its number over such a way, metres; two offices that both count from one do.
APART_M = 500


def apply_rules(batch: Batch, *, shared_by: int) -> None:
    """Give each staged row that may not stay its reason, and number twins. `shared_by`: etl.across.SHARED_BY."""
    execute(batch.connection, "load_analyze", stage="stage_row")
    execute(batch.connection, "load_rules_superseded")
    execute(batch.connection, "load_rules_shared", shared_by=str(shared_by))
    execute(batch.connection, "load_rules_once")
    execute(batch.connection, "load_rules_twins")


def keep_apart(batch: Batch, target: str, *, stage: str, key: str) -> None:
    """Give staged rows KEY_ELSEWHERE whose key is that of an object of the table `target` more than APART_M away."""
    execute(
        batch.connection, "load_rules_elsewhere", stage=stage, target=target, key=key, apart_m=str(APART_M)
    )


def tell_apart(batch: Batch, target: str, *, stage: str, key: str, zone: str) -> int:
    """Give staged events whose short number is that of an event of another day their day; return how many."""
    (found,) = rows(batch.connection, "load_rules_again", stage=stage, target=target, key=key, zone=zone)[0]
    return int(found)


def settle(batch: Batch, stage: str, *, key: str) -> int:
    """Take out of a stage what left by a rule, name its twins, and return how many rows of the file stay.

    key   the stage's column of the natural key; '' for a stage without twins
    """
    execute(batch.connection, "load_analyze", stage=stage)
    (staying,) = rows(batch.connection, "load_rules_leave", stage=stage)[0]
    if stage == "stage_camera":
        execute(batch.connection, "load_twins_camera")
    elif key:
        execute(batch.connection, "load_twins", stage=stage, key=key)
    return int(staying)


def reasons(batch: Batch) -> Mapping[str, int]:
    """Return the number of rows that left for each reason."""
    return {str(code): int(number) for code, number in rows(batch.connection, "load_reasons")}


def any_taken(batch: Batch) -> bool:
    """Say whether any row of the file was taken."""
    return bool(rows(batch.connection, "load_any_taken"))


def elsewhere(batch: Batch) -> Mapping[str, int]:
    """Return how many of the rows that were taken name another district in their address, by district."""
    return {str(name): int(number) for name, number in rows(batch.connection, "load_elsewhere")}


def addresses_apart(batch: Batch, *, apart_m: float) -> int:
    """Return how many of the rows that were taken have a road and a lot address further apart than `apart_m` metres.

    Only what the loaded entrances prove counts; the rows' raw text must be kept, and the batch dated.
    """
    return int(rows(batch.connection, "load_addresses_apart", apart_m=str(apart_m))[0][0])
