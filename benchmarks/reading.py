"""What does it cost that a role reads tokens and not values? The slowest questions of the pages, both ways.

Every page is drawn once as desk lead, who reads the tables themselves; the slowest questions that it asked
are then answered again, as desk lead (the baseline) and as risk manager, who reads views with tokens.
"""

from __future__ import annotations

import os
import time
from collections.abc import Mapping
from statistics import median
from unittest import mock

from streamlit.testing.v1 import AppTest

from benchmarks.results import Figure, Result
from dashboard import ask, owner, reader, warm
from data.home import PROJECT_ROOT, demo_home
from data.statement import Statement
from desk.actors import ROLE_VARIABLE, Actor
from desk.reads import reader_of

SLOWEST = 20
TIMES = 3
PAGES = (
    "overview", "regions", "accounts", "explanations", "liveness", "rings", "ring", "desk", "case", "check",
    "models", "review", "freezes",
)  # fmt: skip


def main() -> None:
    """Measure, and write the result. Raises SystemExit where the demonstration is not built."""
    os.environ.setdefault("WATCHFLOOR_STORE", str(demo_home().path))
    if not owner.chosen_home().store_path.exists():
        raise SystemExit("build the demonstration first, or name its folder in WATCHFLOOR_STORE")
    warm.import_pages()
    os.environ[ROLE_VARIABLE] = "desk_lead"
    asked = _asked()
    slowest = sorted(asked.values(), key=lambda each: -each[2])[:SLOWEST]
    began = time.perf_counter()
    with reader.reading_as(reader_of(Actor("Somebody", "risk_manager"))), ask.cursor("views") as cursor:
        cursor.execute("SELECT 1")
    made = time.perf_counter() - began
    figures = []
    for statement, parameters, _ in slowest:
        whole, masked = (_seconds(role, statement, parameters) for role in ("desk_lead", "risk_manager"))
        figures.append(
            Figure(statement.name, masked * 1e3, "ms", baseline=whole * 1e3, baseline_name="whole")
        )
    total = sum(each.value for each in figures)
    base = sum(each.baseline or 0.0 for each in figures)
    Result(
        "money",
        "reading",
        f"How long do the {SLOWEST} slowest questions take with tokens, against the tables themselves?",
        (
            Figure("all of them", total, "ms", baseline=base, baseline_name="whole"),
            Figure("making the views of a role", made * 1e3, "ms"),
            *figures,
        ),
        seed=0,
        notes=(f"The median of {TIMES}; {len(asked)} questions of {len(PAGES)} pages.",),
    ).write()


def _asked() -> dict[str, tuple[Statement, Mapping[str, object], float]]:
    """Return every question that the pages ask, with how long each took."""
    found: dict[str, tuple[Statement, Mapping[str, object], float]] = {}
    answer = ask.answer

    def timed(name: str | Statement, /, **parameters: object) -> object:
        statement = ask.question(name) if isinstance(name, str) else name
        began = time.perf_counter()
        table = answer(name, **parameters)
        key = f"{statement.sql} {sorted(parameters.items(), key=lambda pair: pair[0])!r}"
        found.setdefault(key, (statement, parameters, time.perf_counter() - began))
        return table

    with mock.patch.object(ask, "answer", timed):
        for page in PAGES:
            AppTest.from_file(str(PROJECT_ROOT / "pages" / f"{page}.py"), default_timeout=300).run()
    return found


def _seconds(role: str, statement: Statement, parameters: Mapping[str, object]) -> float:
    taken = []
    with reader.reading_as(reader_of(Actor("Somebody", role))):
        for _ in range(TIMES):
            began = time.perf_counter()
            ask.run(statement, parameters, seconds=300)
            taken.append(time.perf_counter() - began)
    return median(taken)


if __name__ == "__main__":
    main()
