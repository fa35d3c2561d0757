"""The test of unknown species: each kind of attack is left out of training once, and then tried.

1. The training rows of the model in force in the newest complete quarter are read as they were known then.
2. Trees are grown on all of them, and on those without one species: its rows are dropped, also those that
   only became known later, never called bona fide.
3. Each grown model gets its own threshold, which disturbs at most one in a hundred of the same bona fide
   checks of the quarter, that no training row came from.
4. The share of the species that passes, known against unknown, is the answer.

The trees of the model in force are not used: what is compared differs in nothing but the rows left out.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from time import monotonic
from typing import Any

import duckdb
import numpy as np
import pyarrow as pa

from data.progress import Progress, Step
from data.statement import read_statement
from scoring.artefact import raw_scores
from scoring.attack_errors import Tried, threshold_at
from scoring.calibration import Bools, Floats
from scoring.clustered import clustered_share, numbered
from scoring.fitting import MOST_ROWS, fit_trees
from scoring.frame import Frame, first_row, matrix_of, pieces, read_frame, words_of
from scoring.liveness import LIVENESS
from scoring.planning import ALL_BUCKETS, RIPE_SHARE, TICK, delay_of, know_truth, quarter_starts, watermark_of
from scoring.quality import Interval
from scoring.recipe import FOLDER, Recipe
from scoring.registry import InForce
from scoring.threads import on_all_cores

BPCER = 0.01
# Seven models of some 20,000 rows take ten seconds on two cores; scoring itself takes minutes there.
BUDGET_SECONDS = 40.0
TESTED = pa.schema(
    [
        ("quarter", pa.date32()),
        ("model_version", pa.string()),
        ("species", pa.string()),
        ("attacks", pa.int64()),
        ("bpcer", pa.float64()),
        ("apcer_known", pa.float64()),
        ("known_low", pa.float64()),
        ("known_high", pa.float64()),
        ("apcer_unknown", pa.float64()),
        ("unknown_low", pa.float64()),
        ("unknown_high", pa.float64()),
    ]
)
Grow = Callable[[Frame], Any]


@dataclass(frozen=True, slots=True)
class Unseen:
    """The checks of the quarter that were not in training: features (n, f) and what they turned out to be."""

    matrix: Floats
    tried: Tried


@dataclass(frozen=True, slots=True)
class Passed:
    """What passed one grown model at its threshold: (n,) of the unseen checks, and the BPCER there."""

    is_let_in: Bools
    bpcer: float


def try_unknown_species(
    cursor: duckdb.DuckDBPyConnection,
    in_force: Sequence[InForce],
    progress: Progress,
    *,
    again: bool,
    grow: Grow | None = None,
    clock: Callable[[], float] = monotonic,
) -> pa.Table:
    """Answer the rows of `unknown_species` for the newest complete quarter; none where it cannot be tested.

    Without `again`, what the store holds of that quarter and model is answered as it is. `grow` makes trees
    of training rows, by default those of the recipe. After BUDGET_SECONDS no further species is begun: it
    stands there without shares.
    """
    found = newest_quarter(in_force, watermark_of(cursor))
    if found is None:
        return TESTED.empty_table()
    force, starts, ends = found
    stored = cursor.sql(
        "SELECT * FROM unknown_species WHERE quarter = $starts AND model_version = $model_version",
        params={"starts": starts, "model_version": force.model.model_version},
    ).to_arrow_table()
    if stored.num_rows and not again:
        return stored.cast(TESTED)
    progress(Step("unknown species", 0, 1, "quarters", f"{starts:%Y-%m-%d}"))
    frame, unseen = _training_rows(cursor, force), _unseen(cursor, force.recipe, starts, ends)
    tests = tried_on(frame, unseen, grow or partial(fit_trees, force.recipe), clock)
    place = {"quarter": starts.date(), "model_version": force.model.model_version}
    tested = pa.Table.from_pylist([place | row for row in tests], schema=TESTED)
    progress(Step("unknown species", 1, 1, "quarters"))
    return tested


def newest_quarter(
    in_force: Sequence[InForce], watermark: datetime
) -> tuple[InForce, datetime, datetime] | None:
    """Answer the newest quarter that is over, and the liveness model that scored it unseen; None: none."""
    models = [force for force in in_force if force.recipe.model == LIVENESS.model]
    starts = quarter_starts(min((force.model.window_from for force in models), default=watermark), watermark)
    for start, end in zip(starts[-2::-1], starts[:0:-1], strict=True):
        for force in models:
            is_unseen = force.model.valid_from <= start and not force.model.is_split_by_account
            if is_unseen and force.since <= start < force.until:
                return force, start, end
    return None


def _training_rows(cursor: duckdb.DuckDBPyConnection, force: InForce) -> Frame:
    """Answer the rows that grew a model's trees, each with its species as far as it is known by now."""
    model, recipe, watermark = force.model, force.recipe, watermark_of(cursor)
    for name, as_of in (("truth_now", watermark), ("truth_then", model.trained_as_of)):
        know_truth(cursor, as_of, watermark)
        copy = f"CREATE OR REPLACE TEMP TABLE {name} AS FROM truth"
        cursor.execute(copy)
    cursor.execute(read_statement(FOLDER / "truth_of_species.sql").sql)
    given = _given(model.window_from, model.unseen_from)
    span = {"streams": list(recipe.streams), "since": given["since"], "until": given["until"]}
    counted = first_row(cursor, read_statement(FOLDER / "events_and_cases.sql").sql, span)
    rows = int(counted[0]) if counted else 0
    given["keep_in_a_million"] = min(1_000_000, 1_000_000 * MOST_ROWS // max(rows, 1))
    return read_frame(cursor, recipe.rows, given, recipe.names)


def _unseen(cursor: duckdb.DuckDBPyConnection, recipe: Recipe, since: datetime, until: datetime) -> Unseen:
    """Answer the checks of [since, until) that are old enough to be judged, by what is known now."""
    watermark = watermark_of(cursor)
    know_truth(cursor, watermark, watermark)
    ripe = min(until, watermark + TICK - delay_of(cursor, recipe, RIPE_SHARE))
    parts = list(pieces(cursor, recipe.rows, _given(since, ripe)))
    crimes = "SELECT event_id, coalesce(incident_id, label_id) FROM truth WHERE outcome = 'confirmed'"
    incident: dict[str, str] = dict(cursor.execute(crimes).fetchall())
    names, species, cluster, matrix = [], [], [], [np.empty((0, len(recipe.names)))]
    for part in parts:
        names += list(words_of(part, "event_id"))
        species += list(words_of(part, "typology"))
        cluster += list(words_of(part, "account_id"))
        matrix.append(matrix_of(part, recipe.names))
    is_attack = np.array([name in incident for name in names], dtype=np.bool_)
    together = [incident.get(name, account) for name, account in zip(names, cluster, strict=True)]
    tried = Tried(is_attack, np.array(species, dtype=object), numbered(np.array(together, dtype=object)))
    return Unseen(np.concatenate(matrix), tried)


def _given(since: datetime, until: datetime) -> dict[str, Any]:
    first, last = ALL_BUCKETS
    return {
        "since": since,
        "until": until,
        "first_bucket": first,
        "last_bucket": last,
        "keep_in_a_million": 1_000_000,
        "keeps_crime": True,
    }


def tried_on(
    frame: Frame, unseen: Unseen, grow: Grow, clock: Callable[[], float]
) -> Iterator[dict[str, Any]]:
    """Yield one row a species that was in training and in the quarter, without the model's name."""
    tried = unseen.tried
    seen = set(frame.typology[frame.is_crime]) & set(tried.species[tried.is_attack])
    kinds = sorted(str(name) for name in seen if name)
    honest = int((~tried.is_attack).sum())
    if not kinds or threshold_at(np.zeros(honest), BPCER) is None:
        return
    ends = clock() + BUDGET_SECONDS
    frames = (without(frame, kind) for kind in (None, *kinds) if kind is None or clock() < ends)
    known, *unknown = (_passed(trees, unseen) for trees in on_all_cores(grow, frames))
    for kind, left_out in zip(kinds, [*unknown, *[None] * (len(kinds) - len(unknown))], strict=True):
        these = tried.is_attack & (tried.species == kind)
        row: dict[str, Any] = {"species": kind, "attacks": int(these.sum())}
        if left_out is not None:
            row["bpcer"] = max(known.bpcer, left_out.bpcer)
            row |= _share("known", known.is_let_in[these], tried.cluster[these])
            row |= _share("unknown", left_out.is_let_in[these], tried.cluster[these])
        yield row


def without(frame: Frame, species: str | None) -> Frame:
    """Answer `frame` without a species; attacks that nobody named go with it where its accounts made them."""
    if species is None:
        return frame
    is_it = frame.typology == species
    is_unnamed = frame.is_crime & np.isin(frame.account, frame.account[is_it])
    is_unnamed &= np.array([name is None for name in frame.typology], dtype=np.bool_)
    return frame.taken(np.flatnonzero(~is_it & ~is_unnamed))


def _passed(trees: Any, unseen: Unseen) -> Passed:
    raw = raw_scores(trees, unseen.matrix)
    honest = raw[~unseen.tried.is_attack]
    threshold = threshold_at(honest, BPCER)
    # There are enough of them: that was asked before the first tree grew.
    limit = np.inf if threshold is None else threshold
    return Passed(raw < limit, float((honest >= limit).mean()))


def _share(name: str, is_let_in: Bools, cluster: Any) -> dict[str, float]:
    found = clustered_share(is_let_in, cluster) or Interval(0.0, 0.0, 1.0)
    return {f"apcer_{name}": found.value, f"{name}_low": found.low, f"{name}_high": found.high}
