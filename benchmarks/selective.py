"""What it is worth to know that blocked events hide their outcome: bias of figures, and of a model.

On a full demonstration the labels of blocked events are hidden, unless the desk looked at them or one in
twenty, drawn at random, was held instead. Blocks are those of the policy, and, as a harder case, those of a
policy that would block all that it holds. The truth is the world's own.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import Any

import duckdb
import numpy as np
from numpy.typing import NDArray

from benchmarks.built import full_demonstration
from benchmarks.results import Figure, Result
from data.home import Home
from data.statement import read_statement
from data.store import Store, open_store
from data.world import DEFAULT_SEED
from scoring.areas import write_areas
from scoring.artefact import raw_scores
from scoring.calibration import Bools, Floats
from scoring.contract import SCORING_TABLES
from scoring.fitting import fit_trees
from scoring.frame import Frame, Words, empty_frame, matrix_of, pieces, words_of
from scoring.fraud import FRAUD
from scoring.planning import know_truth, make_plans, watermark_of
from scoring.policy import EXPLORED_SHARE
from scoring.quality import Interval, Judged, average_precision, proportion
from scoring.selective.measuring import prevalence, weighed
from scoring.selective.selecting import MOST_COPIES

FOLDER = Path(__file__).parent
DRAWS = 1_000
# Of the explored that a model learns from; each draw is a training.
FITTED_DRAWS = 1
POLICIES = {"blocks": ("block",), "blocks and holds": ("hold", "block")}
LEARNED_AT, JUDGED_UNTIL = datetime(2025, 7, 1), datetime(2025, 10, 1)
LEARNED_ROWS, JUDGED_ROWS = 30_000, 60_000
NAIVE = ("silence taken for innocence", "silence taken for crime", "only what the desk looked at")


@dataclass(frozen=True, slots=True)
class World:
    """Would-be blocks, (n,) each: where, what they are, what the desk said; and the counts around them."""

    area: Words
    is_crime: Bools
    is_confirmed: Bools
    is_cleared: Bools
    events: int
    passed_crime: int

    @property
    def crime_share(self) -> float:
        """The true share of all events that are crime."""
        return (self.passed_crime + int(self.is_crime.sum())) / self.events

    def naive(self) -> tuple[Interval, ...]:
        """Answer the precision in each of the NAIVE ways, without exploration."""
        n, confirmed = len(self.is_crime), int(self.is_confirmed.sum())
        cleared = int(self.is_cleared.sum())
        return (
            proportion(confirmed, n),
            proportion(n - cleared, n),
            proportion(confirmed, confirmed + cleared),
        )

    def of_area(self, area: str, events: int, passed_crime: int) -> World:
        """Answer the part of one area."""
        here = self.area == area
        return World(
            self.area[here],
            self.is_crime[here],
            self.is_confirmed[here],
            self.is_cleared[here],
            events,
            passed_crime,
        )


@dataclass(frozen=True, slots=True)
class Rows:
    """Events to learn from or to judge, (n,) each, with features (n, f)."""

    matrix: Floats
    is_known: Bools
    is_crime: Bools
    is_desk: Bools
    decision: Words
    account: NDArray[np.int64]


def main() -> None:
    """Measure on the full demonstration and write the result."""
    with full_demonstration() as home, open_store(home.store_path) as store:
        report(store, home).write()


def report(store: Store, home: Home) -> Result:
    """Measure both biases under both policies."""
    store.create(SCORING_TABLES)
    with store.writing() as cursor:
        write_areas(cursor)
    truth = str(home.truth / "events.parquet")
    figures: list[Figure] = []
    notes: list[str] = []
    with store.cursor() as cursor:
        for name, blocking in POLICIES.items():
            world, areas = worlds(cursor, blocking, truth)
            notes.append(
                f"{name}: {len(world.is_crime):,} would-be blocks in {world.events:,} events, about "
                f"{EXPLORED_SHARE * len(world.is_crime):.0f} explored, "
                f"{int((world.is_confirmed | world.is_cleared).sum()):,} looked at by the desk."
            )
            figures += _measured(name, world)
            figures += _by_area(name, areas)
        figures += _learned(cursor, truth)
    notes += [
        f"{DRAWS:,} draws of the explored; each is judged rightly. Labels of events that were not blocked "
        "are taken as complete in the prevalence.",
        f"Models: the recipe of fraud as of {LEARNED_AT:%Y-%m-%d}, {LEARNED_ROWS:,} innocent rows and all "
        f"crime known then, judged on {JUDGED_ROWS:,} events of the quarter after, drawn at random; "
        f"explored rows count {MOST_COPIES} times; draws: {FITTED_DRAWS}.",
    ]
    question = "How wrong are figures and models that ignore that blocked events hide their outcome?"
    return Result("models", "selective", question, tuple(figures), DEFAULT_SEED, tuple(notes))


def worlds(
    cursor: duckdb.DuckDBPyConnection, blocking: tuple[str, ...], truth: str
) -> tuple[World, dict[str, World]]:
    """Answer the would-be blocks of a policy that blocks at `blocking`: all, and by area."""
    table = cursor.sql(
        read_statement(FOLDER / "selective_blocks.sql").sql, params={"truth": truth}
    ).to_arrow_table()
    rows = table.combine_chunks().to_batches()[0]
    desk = words_of(rows, "desk")
    taken = np.isin(words_of(rows, "decision").astype(str), blocking)
    supply = cursor.execute(
        read_statement(FOLDER / "selective_supply.sql").sql, {"truth": truth, "blocking": list(blocking)}
    ).fetchall()
    world = World(
        words_of(rows, "area")[taken],
        _flags(rows, "is_crime")[taken],
        (desk == "confirmed")[taken],
        (desk == "false_positive")[taken],
        sum(events for _, events, _ in supply),
        sum(crime for _, _, crime in supply),
    )
    return world, {area: world.of_area(area, events, crime) for area, events, crime in supply}


def explored_estimates(world: World, draws: int, seed: int) -> list[Interval]:
    """Answer the corrected precision of each draw; a draw without any explored event answers 0 to 1."""
    rng = np.random.default_rng(seed)
    found = []
    for _ in range(draws):
        drawn = rng.random(len(world.is_crime)) < EXPLORED_SHARE
        found.append(weighed(world.is_crime[drawn], np.full(int(drawn.sum()), EXPLORED_SHARE)).precision)
    return found


def _measured(name: str, world: World) -> list[Figure]:
    """Answer bias and coverage of precision and prevalence, corrected and naive."""
    true = float(world.is_crime.mean())
    draws = explored_estimates(world, DRAWS, seed=1)
    shares = [prevalence(world.passed_crime, len(world.is_crime), world.events, draw) for draw in draws]
    figures = [Figure(f"{name}: true precision", round(true, 5), "share")]
    figures += _biases(f"{name}: precision", true, draws, world.naive(), 100.0, "points")
    naive = tuple(
        prevalence(world.passed_crime, len(world.is_crime), world.events, share) for share in world.naive()
    )
    figures += [Figure(f"{name}: true prevalence", round(world.crime_share, 6), "share")]
    share = 100 / world.crime_share
    return figures + _biases(f"{name}: prevalence", world.crime_share, shares, naive, share, "% of it")


def _biases(
    name: str, true: float, draws: list[Interval], naive: tuple[Interval, ...], scale: float, unit: str
) -> list[Figure]:
    values = np.array([draw.value for draw in draws])
    spread = np.quantile(values - true, [0.025, 0.975]) * scale
    bias = round(float(values.mean() - true) * scale, 3)
    held = float(np.mean([draw.low <= true <= draw.high for draw in draws]))
    ignoring = round((naive[0].value - true) * scale, 3)
    return [
        Figure(
            f"{name}, bias corrected",
            bias,
            unit,
            round(spread[0], 3),
            round(spread[1], 3),
            ignoring,
            NAIVE[0],
        ),
        Figure(f"{name}, intervals that hold the truth", round(held, 3), "share of draws"),
        *(
            Figure(f"{name}, bias of {way}", round((found.value - true) * scale, 3), unit)
            for way, found in zip(NAIVE, naive, strict=True)
        ),
    ]


def _by_area(name: str, areas: dict[str, World]) -> list[Figure]:
    """Answer how often the interval of one area holds its truth, and how wrong silence as innocence is."""
    figures = []
    for area, world in areas.items():
        if not len(world.is_crime):
            continue
        true = float(world.is_crime.mean())
        draws = explored_estimates(world, DRAWS, seed=2)
        judged = [draw for draw in draws if (draw.low, draw.high) != (0.0, 1.0)]
        held = float(np.mean([draw.low <= true <= draw.high for draw in judged]))
        bias = float(np.mean([draw.value for draw in judged])) - true
        naive = world.naive()[0].value - true
        figures += [
            Figure(f"{name}, {area}: bias corrected", round(100 * bias, 2), "points", None, None,
                   round(100 * naive, 2), NAIVE[0]),
            Figure(f"{name}, {area}: intervals that hold the truth", round(held, 3), "share of draws"),
        ]  # fmt: skip
    return figures


def _learned(cursor: duckdb.DuckDBPyConnection, truth: str) -> list[Figure]:
    """Answer the average precision of models that ignore, and that correct, what blocks have hidden."""
    plan = make_plans(cursor, FRAUD, LEARNED_AT)[0]
    know_truth(cursor, LEARNED_AT, watermark_of(cursor))
    learned = _rows(cursor, truth, plan.window_from, plan.window_to, LEARNED_ROWS, keeps_flagged=True)
    judged = _rows(cursor, truth, LEARNED_AT, JUDGED_UNTIL, JUDGED_ROWS, keeps_flagged=False)
    figures = [
        _figure("all labels known", _judge(learned.is_known, np.ones(len(learned.account)), learned, judged))
    ]
    for name, blocking in POLICIES.items():
        is_blocked = np.isin(learned.decision.astype(str), blocking)
        is_hidden = is_blocked & ~learned.is_desk
        once = np.ones(len(is_hidden), dtype=np.int64)
        ignored = _judge(learned.is_known & ~is_hidden, once, learned, judged)
        figures += [
            _figure(f"{name}: {NAIVE[0]}", ignored),
            _figure(f"{name}: {NAIVE[1]}", _judge(learned.is_known | is_hidden, once, learned, judged)),
            _figure(
                f"{name}: left out", _judge(learned.is_known, np.where(is_hidden, 0, 1), learned, judged)
            ),
        ]
        found = []
        for seed in range(FITTED_DRAWS):
            drawn = is_blocked & (np.random.default_rng(seed).random(len(is_blocked)) < EXPLORED_SHARE)
            copies = np.where(drawn, MOST_COPIES, np.where(is_hidden, 0, 1))
            # What a person judged is known as it is.
            known = np.where(drawn, learned.is_crime, learned.is_known)
            found.append(_judge(known, copies, learned, judged))
        middle = sorted(found, key=lambda one: one.value)[len(found) // 2]
        figures.append(replace(_figure(f"{name}: corrected", middle), baseline=round(ignored.value, 4),
                               baseline_name=NAIVE[0]))  # fmt: skip
    return figures


def _figure(name: str, found: Interval) -> Figure:
    return Figure(
        f"model, {name}",
        round(found.value, 4),
        "average precision",
        round(found.low, 4),
        round(found.high, 4),
    )


def _judge(known: Bools, copies: NDArray[Any], learned: Rows, judged: Rows) -> Interval:
    """Fit on rows of which `known` (n,) is taken for crime, each in `copies`; answer average precision."""
    frame = _frame(learned, known).taken(np.repeat(np.arange(len(known)), copies.astype(np.int64)))
    trees = fit_trees(FRAUD, frame)
    score = raw_scores(trees, judged.matrix)
    return average_precision(Judged(score, judged.is_crime, judged.account, np.full(len(score), np.nan)))


def _frame(rows: Rows, known: Bools) -> Frame:
    n = len(known)
    words = np.full(n, None, dtype=object)
    return replace(
        empty_frame(rows.matrix.shape[1]),
        matrix=rows.matrix,
        is_crime=known.astype(np.bool_),
        account=rows.account,
        occurred_at=np.zeros(n, dtype="datetime64[us]"),
        region=words,
        kind=words,
        amount=np.zeros(n),
        typology=words,
    )


def _rows(
    cursor: duckdb.DuckDBPyConnection,
    truth: str,
    since: datetime,
    until: datetime,
    wanted: int,
    *,
    keeps_flagged: bool,
) -> Rows:
    between = [since, until]
    there = cursor.execute(
        "SELECT count(*) FROM spine WHERE stream <> 'liveness' AND occurred_at >= ? AND occurred_at < ?",
        between,
    ).fetchall()[0][0]
    given = {
        "truth": truth,
        "since": since,
        "until": until,
        "as_of": LEARNED_AT,
        "keeps_flagged": keeps_flagged,
        "keep_in_a_million": min(1_000_000, 1_000_000 * wanted // max(there, 1)),
    }
    parts = list(pieces(cursor, FOLDER / "selective_rows.sql", given))
    account = np.concatenate([words_of(part, "account_id") for part in parts]).astype(str)
    return Rows(
        np.concatenate([matrix_of(part, FRAUD.names) for part in parts]),
        np.concatenate([_flags(part, "is_known") for part in parts]),
        np.concatenate([_flags(part, "is_crime") for part in parts]),
        np.concatenate([_flags(part, "is_desk") for part in parts]),
        np.concatenate([words_of(part, "decision") for part in parts]),
        np.unique(account, return_inverse=True)[1].astype(np.int64),
    )


def _flags(rows: Any, name: str) -> Bools:
    flags: Bools = rows.column(name).to_numpy(zero_copy_only=False).astype(np.bool_)
    return flags
