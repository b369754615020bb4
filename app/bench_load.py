"""One load in a process of its own, for `golmok bench etl`: what it took, and the most memory it ever held.

Run as `python -m app.bench_load DATABASE SOURCE FILE` with GOLMOK_DATABASE_URL set; prints one JSON object.
"""

from __future__ import annotations

import time

START = time.perf_counter()  # before the libraries, which a load pays for too

import json  # noqa: E402
import resource  # noqa: E402
import sys  # noqa: E402
from pathlib import Path  # noqa: E402

from app.peak_memory import peak_mib  # noqa: E402
from etl.cluster import given_server  # noqa: E402
from etl.db import connect  # noqa: E402
from etl.load import load  # noqa: E402
from etl.sample.national import nation  # noqa: E402
from etl.settings import settings  # noqa: E402


def main(database: str, source: str, file: str) -> None:
    """Load a file as `golmok load` does, computing nothing from it, and print what became of its rows and what it took.

    seconds   from the start of the process to the commit
    cpu_s     processor time of this process
    peak_mib  the most memory that this process held, the libraries with it
    """
    server = given_server(settings().database_url or "")
    db = connect(nation(), server, role="loader", database=database)
    result = load(db, source, Path(file))
    db.close()
    used = resource.getrusage(resource.RUSAGE_SELF)
    told = {
        "seconds": round(time.perf_counter() - START, 3),
        "cpu_s": round(used.ru_utime + used.ru_stime, 2),
        "peak_mib": peak_mib(),
        "rows_in": result.rows_in,
        **{name: getattr(result, name) for name in ("inserted", "unchanged", "quarantined", "duplicates", "outside")},
    }  # fmt: skip
    print(json.dumps(told))


if __name__ == "__main__":
    main(*sys.argv[1:])
