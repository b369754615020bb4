"""One load in a process of its own, for `golmok bench etl`: what it took, and the most memory it ever held.

Run as `python -m app.bench_load DATABASE DISTRICT_FILE SOURCE FILE` with GOLMOK_DATABASE_URL set; prints one JSON object.
"""

from __future__ import annotations

import json
import resource
import sys
import time
from pathlib import Path

from etl.cluster import given_server
from etl.db import connect
from etl.load import load
from etl.settings import read_district, settings


def main(database: str, district_file: str, *job: str) -> None:
    """Load a file as `golmok load` does (`job`: its source and path), computing nothing from it, and print what it took.

    seconds   of the load alone, from the file's first byte to the commit
    peak_mib  the most memory that this process held, the libraries with it (VmHWM)
    """
    (source, file), start = job, time.perf_counter()
    server = given_server(settings().database_url or "")
    db = connect(read_district(Path(district_file)), server, role="loader", database=database)
    result = load(db, source, Path(file))
    db.close()
    told = {
        "seconds": round(time.perf_counter() - start, 3),
        "peak_mib": round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024, 1),
        "rows_in": result.rows_in,
        **{name: getattr(result, name) for name in ("inserted", "unchanged", "quarantined", "duplicates", "outside")},
    }  # fmt: skip
    print(json.dumps(told))


if __name__ == "__main__":
    main(*sys.argv[1:])
