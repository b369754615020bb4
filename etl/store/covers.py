"""Covers of siting kept from one plan to the next, a scope each: which pose sees which point."""

from __future__ import annotations

import zlib
from collections.abc import Iterator, Mapping

import numpy as np
from numpy.typing import NDArray

from etl.db import Database
from etl.store.queries import query, rows, run

Arrays = dict[str, NDArray[np.signedinteger]]

# Numbers in a piece: a few megabytes, however large the city.
_PIECE = 1_000_000
# Zlib's quickest: half the size in a tenth of the time of its best.
_LEVEL = 1


def kept_cover(db: Database, scope: str, inputs_hash: str) -> Arrays | None:
    """Return the arrays kept for a scope, by name, None where none are or they rest on other inputs.

    db  opened as loader
    """
    with db.arrow() as connection, connection.cursor() as cursor:
        cursor.execute(query("kept_cover"), [scope, inputs_hash])
        table = cursor.fetch_arrow_table()
        connection.commit()
    pieces: dict[str, list[NDArray[np.signedinteger]]] = {}
    told = (table.column(name).to_pylist() for name in ("name", "kind", "numbers"))
    for name, kind, numbers in zip(*told, strict=True):
        pieces.setdefault(name, []).append(np.frombuffer(zlib.decompress(numbers), dtype=f"<{kind}"))
    return {name: np.concatenate(each) for name, each in pieces.items()} or None


def keep_cover(
    db: Database, scope: str, arrays: Mapping[str, NDArray[np.signedinteger]], *, inputs_hash: str
) -> None:
    """Keep the arrays of a scope, each of one dimension and of whole numbers, in place of what was kept for it."""
    pieces = list(_pieces(arrays))
    names, parts, kinds, numbers = (list(each) for each in zip(*pieces, strict=True))
    columns = {"names": names, "parts": parts, "kinds": kinds, "numbers": numbers}
    with db.engine.begin() as connection:
        run(connection, "forget_kept_cover", {"scope": scope})
        run(connection, "insert_kept_cover", {"scope": scope, "inputs_hash": inputs_hash, **columns})


def kept_scopes(db: Database) -> list[str]:
    """Return the scopes that a cover is kept for, also one that is out of date. `db` opened as loader."""
    with db.engine.connect() as connection:
        return [str(row["scope"]) for row in rows(connection, "kept_cover_scopes")]


def private_inputs(db: Database) -> str:
    """Return the digest of all that says what is private: lots, sensitive places, buildings and their use."""
    with db.engine.connect() as connection:
        return str(run(connection, "private_inputs").scalar())


def _pieces(arrays: Mapping[str, NDArray[np.signedinteger]]) -> Iterator[tuple[str, int, str, bytes]]:
    for name, array in arrays.items():
        kind = f"i{array.dtype.itemsize}"
        plain = np.ascontiguousarray(array, dtype=f"<{kind}")
        # An array without numbers has a piece too: it was kept, and is not missing.
        for part, start in enumerate(range(0, max(len(plain), 1), _PIECE)):
            yield name, part, kind, zlib.compress(plain[start : start + _PIECE].tobytes(), _LEVEL)
