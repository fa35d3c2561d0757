"""The page of a ring at full size: server time of opening rings one after the other, each a first time.

The server's time is that of the page's script, on a process that has done what it does after every job
(`dashboard/warm.py`). The baseline of the same run is to find the same ring's movements in all events instead
of in the tables that scoring left.
"""

from __future__ import annotations

import statistics
import time
from collections.abc import Iterator
from pathlib import Path

from streamlit.testing.v1 import AppTest

from benchmarks.built import full_demonstration
from benchmarks.results import Figure, Result
from dashboard import owner, warm
from data.home import PROJECT_ROOT, Home
from data.statement import read_statement
from data.world import DEFAULT_SEED

RINGS = 60
_MOVEMENTS = Path(__file__).parents[1] / "scoring" / "rings" / "transfers_of_rings.sql"


def main() -> None:
    """Measure on the full demonstration and write the result."""
    with full_demonstration() as home:
        figures = list(_measured(home))
    question = "How long does the server take to open the page of a ring?"
    Result("rings", "page", question, tuple(figures), DEFAULT_SEED).write()


def _measured(home: Home) -> Iterator[Figure]:
    owner.become(home)
    try:
        warm.ask_all()
        owner.settle()
        rings = _largest()
        anew = statistics.median(_searched(ring) for ring in rings[:5])
        list(_openings("ring.py", rings[:1]))
        first = sorted(_openings("ring.py", rings[1:]))
        yield Figure("ring opened first, median", statistics.median(first), "s", None, None, anew, "search")
        slowest = first[int(0.95 * len(first))]
        yield Figure("ring opened first, 95th percentile", slowest, "s", None, None, anew, "search")
        again = statistics.median(_openings("ring.py", rings[1:]))
        yield Figure("ring opened again, median", again, "s", None, None, anew, "search")
        listed = sorted(_openings("rings.py", [None] * 20))
        yield Figure("Rings, 95th percentile", listed[int(0.95 * len(listed))], "s")
    finally:
        owner.resign()


def _largest() -> list[str]:
    with owner.store().cursor() as cursor:
        found = cursor.execute(
            "SELECT ring_id FROM ring_members GROUP BY ring_id ORDER BY count(*) DESC, ring_id LIMIT $rings",
            {"rings": RINGS},
        ).fetchall()
    return [ring_id for (ring_id,) in found]


def _searched(ring_id: str) -> float:
    with owner.store().cursor() as cursor:
        cursor.execute(
            "CREATE OR REPLACE TEMP TABLE found_stays AS SELECT * FROM ring_members WHERE ring_id = $ring",
            {"ring": ring_id},
        ).fetchall()
        started = time.perf_counter()
        cursor.execute(read_statement(_MOVEMENTS).sql).fetchall()
        return time.perf_counter() - started


def _openings(page: str, rings: list[str] | list[None]) -> Iterator[float]:
    app = AppTest.from_file(str(PROJECT_ROOT / "pages" / page), default_timeout=120)
    for ring in rings:
        if ring is not None:
            app.query_params["ring"] = ring
        started = time.perf_counter()
        app.run()
        assert not app.exception, app.exception
        yield time.perf_counter() - started


if __name__ == "__main__":
    main()
