"""Identity checks of the full demonstration: what is stopped, what comes in, who waits and for how long.

Three views of the same checks: the product's measures (what became known), the standard's error rates on
checks that no model had seen, and the world's own truth, which no label reaches. The baselines are the same
checks decided by the kit's own answer, and media read for everyone.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np

from benchmarks.built import full_demonstration
from benchmarks.results import Figure, Result
from dashboard import owner
from dashboard.facts import facts
from dashboard.questions.measures import WORLD, readings
from dashboard.questions.period import shown_period
from data.home import Home
from data.statement import read_statement
from data.store import open_store
from data.world import DEFAULT_SEED
from scoring.quality import proportion

QUARTER, STARTS, ENDS = "2025Q3", "2025-07-01", "2025-10-01"
PUBLISHED, PUBLISHED_CHANGE = 3_097.0, 15.0


def main() -> None:
    """Measure the liveness bars on the full demonstration and write them."""
    with full_demonstration() as home:
        figures = [*measured(home), *standard(home), *truth(home), *waits(home)]
    question = "Are attacks on identity checks stopped without slowing the honest?"
    Result("liveness", "checks", question, tuple(figures), DEFAULT_SEED).write()


def measured(home: Home) -> list[Figure]:
    """Answer attacks stopped and their change, by the product's own measure."""
    owner.become(home)
    try:
        reading = readings(shown_period(QUARTER, facts()))["deepfakes_stopped"][WORLD]
    finally:
        owner.resign()
    stopped = Figure("attacks stopped", reading.value, "checks", None, None, PUBLISHED, "published")
    if not reading.previous:
        return [stopped]
    # The public figure compares counts; the interval of the rate is on the page.
    percent = 100 * (reading.value / reading.previous - 1)
    return [
        stopped,
        Figure(
            "change of counts on the quarter before", percent, "%", None, None, PUBLISHED_CHANGE, "published"
        ),
    ]


def standard(home: Home) -> list[Figure]:
    """Answer the error rates that the Liveness page shows for the quarter."""
    rows = _asked(home, "liveness_of_quarter", {"quarter": STARTS})
    figures = []
    for row in rows:
        name = f"{row['cut']} {row['part']} at {row['point']}"
        if row["apcer"] is not None:
            figures.append(Figure(f"APCER {name}", row["apcer"], "", row["apcer_low"], row["apcer_high"]))
        if row["cut"] == "all" and row["bpcer"] is not None:
            figures.append(Figure(f"BPCER {name}", row["bpcer"], "", row["bpcer_low"], row["bpcer_high"]))
    return figures


def truth(home: Home) -> list[Figure]:
    """Answer who passed by the world's truth, beside what the capture kit alone would have passed."""
    checks = home.truth / "checks.parquet"
    rows = _asked(home, "liveness_truth", {"checks": str(checks), "starts": STARTS, "ends": ENDS})
    figures = []
    for row in rows:
        wrong = proportion(row["wrong"], row["checks"])
        by_kit = row["wrong_by_kit"] / row["checks"]
        name = f"true APCER {row['species']}" if row["species"] else "true BPCER"
        figures.append(Figure(name, wrong.value, "", wrong.low, wrong.high, by_kit, "the kit's own answer"))
    return figures


def waits(home: Home) -> list[Figure]:
    """Answer how long honest people wait for their pictures in two stages, against pictures of everyone."""
    rows = _asked(home, "liveness_waits", {"starts": STARTS, "ends": ENDS})
    first = np.array([row["fingerprint_ms"] for row in rows])
    media = np.array([row["media_ms"] for row in rows])
    is_read = np.array([row["stage"] == "media" for row in rows])
    staged, always = first + np.where(is_read, media, 0.0), first + media
    figures = [Figure("honest checks whose pictures are read", float(is_read.mean()), "share")]
    figures += [
        Figure(
            f"p{share} of honest checks, two stages",
            float(np.percentile(staged, share)),
            "ms",
            baseline=float(np.percentile(always, share)),
            baseline_name="pictures of everyone",
        )
        for share in (50, 95, 99)
    ]
    cheap = float(np.median(first))
    median = float(np.median(staged))
    figures.append(Figure("median honest check", median, "ms", None, None, cheap, "the first stage alone"))
    return figures


def _asked(home: Home, name: str, given: dict[str, Any]) -> list[dict[str, Any]]:
    sql = read_statement(Path(__file__).with_name(f"{name}.sql")).sql
    with open_store(home.store_path) as store, store.cursor() as cursor:
        rows: list[dict[str, Any]] = cursor.sql(sql, params=given).to_arrow_table().to_pylist()
    return rows


if __name__ == "__main__":
    main()
