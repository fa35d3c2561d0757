"""Planning: which models the labels allow, each with the events it may learn from.

1. A label that was not known at that instant does not exist.
2. Events younger than most labels' delay are left out: their silence is not innocence yet.
3. The older part grows the trees, the newer part calibrates and measures them.
4. Where the truth is said of accounts, without times, there is one model as of the store's last event,
   split by account.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import duckdb

from data.errors import ModelError
from data.statement import read_statement
from scoring.frame import first_row
from scoring.recipe import FOLDER, Recipe

# Rows are old enough for training when four in five labels of crime come within their age. A higher
# share costs more of the newest crime than it removes of false innocence.
DELAY_SHARE = 0.8
# Checks are judged, and silence counts as bona fide, when nine in ten labels come within their age: a rate of
# errors may be published, so it waits longer than training does.
RIPE_SHARE = 0.9
# But the wait never takes more than this part of the history there is.
LONGEST_WAIT_SHARE = 0.34
# Trees grow on the events up to the time by which three quarters of the cases had happened.
GROWING_SHARE = 0.75
GROWING_BUCKETS = (0, 74)
HELD_OUT_BUCKETS = (75, 99)
ALL_BUCKETS = (0, 99)
# A week has every day and hour of customers' habits in it.
FEWEST_UNSEEN = timedelta(days=7)
TICK = timedelta(microseconds=1)


@dataclass(frozen=True, slots=True)
class Plan:
    """Which events one model is grown on and held out from, and from when it scores.

    Trees grow on [window_from, cut), the held-out slice is [cut, window_to); by account both are the
    whole window, of different accounts. `delay` is what DELAY_SHARE of the labels took to come.
    """

    recipe: Recipe
    as_of: datetime
    window_from: datetime
    cut: datetime
    window_to: datetime
    is_by_account: bool
    cases: int
    delay: timedelta

    @property
    def is_regrown(self) -> bool:
        """Whether the newest events, too young for training, leave enough that is unseen for thresholds."""
        waited = self.as_of - self.window_to
        return self.recipe.is_regrown and not self.is_by_account and waited >= FEWEST_UNSEEN

    @property
    def unseen_from(self) -> datetime:
        """Since when no event is seen by the trees; by account, nothing tells by time."""
        return self.window_to if self.is_regrown else self.cut

    def growing(self, keep_in_a_million: int) -> dict[str, Any]:
        """Answer the parameters of the recipe's rows for growing trees."""
        buckets = GROWING_BUCKETS if self.is_by_account else ALL_BUCKETS
        until = self.window_to if self.is_by_account else self.cut
        return _given(self.window_from, until, buckets, keep_in_a_million)

    def held_out(self, keep_in_a_million: int, *, keeps_crime: bool) -> dict[str, Any]:
        """Answer the parameters of the recipe's rows for calibrating and measuring.

        Only without `keeps_crime` is the rate of crime the natural one.
        """
        buckets = HELD_OUT_BUCKETS if self.is_by_account else ALL_BUCKETS
        since = self.window_from if self.is_by_account else self.cut
        return _given(since, self.window_to, buckets, keep_in_a_million) | {"keeps_crime": keeps_crime}


def _given(since: datetime, until: datetime, buckets: tuple[int, int], keep: int) -> dict[str, Any]:
    first, last = buckets
    return {
        "since": since,
        "until": until,
        "first_bucket": first,
        "last_bucket": last,
        "keep_in_a_million": keep,
        "keeps_crime": True,
    }


@dataclass(frozen=True, slots=True)
class Supply:
    """The cases of crime known at an instant among the events before another."""

    cases: int
    accounts: int
    is_account_truth: bool
    delay: timedelta
    cut: datetime | None


def know_truth(cursor: duckdb.DuckDBPyConnection, as_of: datetime, watermark: datetime) -> None:
    """Write the temporary table `truth` of `cursor`: what was known of each event at `as_of`."""
    given = {"as_of": as_of, "watermark": watermark}
    cursor.execute(read_statement(FOLDER / "truth.sql").sql, given)


def watermark_of(cursor: duckdb.DuckDBPyConnection) -> datetime:
    """Answer the time of the store's last event, which is the product's now."""
    found = first_row(cursor, "SELECT max(occurred_at) FROM spine")
    if found is None or found[0] is None:
        raise ValueError("the spine holds no event")
    watermark: datetime = found[0]
    return watermark


def make_plans(cursor: duckdb.DuckDBPyConnection, recipe: Recipe, as_of: datetime | None) -> list[Plan]:
    """Answer the plans of all models that the labels allow, oldest first.

    Raises ModelError, with the counts and what to do, when they allow none.
    """
    first, watermark = _span(cursor, recipe)
    if first is None or watermark is None:
        raise _no_events(recipe)
    starts = [as_of] if as_of else quarter_starts(first, watermark)
    made = [_plan(cursor, recipe, start, first, watermark) for start in starts]
    plans = [plan for plan in made if isinstance(plan, Plan)]
    if plans:
        return plans
    final = made[-1] if as_of and made else _plan(cursor, recipe, watermark, first, watermark)
    if isinstance(final, Plan):
        return [final]
    raise _too_few(recipe, final, as_of or watermark)


def quarter_starts(first: datetime, watermark: datetime) -> list[datetime]:
    """Answer the starts of calendar quarters after `first` and not after `watermark`."""
    starts = [
        datetime(year, month, 1) for year in range(first.year, watermark.year + 1) for month in (1, 4, 7, 10)
    ]
    return [start for start in starts if first < start <= watermark]


def _plan(
    cursor: duckdb.DuckDBPyConnection, recipe: Recipe, as_of: datetime, first: datetime, watermark: datetime
) -> Plan | Supply:
    """Answer the plan of one instant, or the supply that was too small for it."""
    know_truth(cursor, as_of, watermark)
    known = _supply(cursor, recipe, as_of + TICK)
    if known.is_account_truth:
        if known.accounts < recipe.fewest_cases:
            return known
        end = as_of + TICK
        return Plan(recipe, as_of, first, end, end, True, known.cases, timedelta(0))
    wait = min(known.delay, LONGEST_WAIT_SHARE * (as_of - first))
    window_to = as_of - wait
    old_enough = _supply(cursor, recipe, window_to)
    if old_enough.cases < recipe.fewest_cases or old_enough.cut is None:
        return old_enough
    return Plan(recipe, as_of, first, old_enough.cut, window_to, False, old_enough.cases, known.delay)


def delay_of(cursor: duckdb.DuckDBPyConnection, recipe: Recipe, share: float) -> timedelta:
    """Answer within which time that share of the labels in `truth` came after their event."""
    return _supply(cursor, recipe, watermark_of(cursor) + TICK, share).delay


def _supply(
    cursor: duckdb.DuckDBPyConnection, recipe: Recipe, until: datetime, share: float = DELAY_SHARE
) -> Supply:
    found = first_row(
        cursor,
        read_statement(FOLDER / "supply.sql").sql,
        {
            "streams": list(recipe.streams),
            "until": until,
            "delay_share": share,
            "cut_share": GROWING_SHARE,
        },
    )
    cases, accounts, is_account_truth, seconds, cut = found or (0, 0, False, 0.0, None)
    return Supply(cases, accounts, is_account_truth, timedelta(seconds=seconds), cut)


def _span(cursor: duckdb.DuckDBPyConnection, recipe: Recipe) -> tuple[datetime | None, datetime | None]:
    """Answer the recipe's first event and the store's last of any stream, its watermark."""
    statement = read_statement(FOLDER / "span.sql")
    found = first_row(cursor, statement.sql, {"streams": list(recipe.streams)})
    return (found[0], found[1]) if found else (None, None)


def _no_events(recipe: Recipe) -> ModelError:
    return ModelError(
        f"There are no events for the {recipe.model} model.",
        where=f"streams: {', '.join(recipe.streams)}",
        possible="any number of them",
        to_do="Load files of those streams first, or do without this model.",
    )


def _too_few(recipe: Recipe, supply: Supply, as_of: datetime) -> ModelError:
    return ModelError(
        f"There are too few labels for the {recipe.model} model: {supply.cases} confirmed events of "
        f"{supply.accounts} accounts.",
        where=f"labels known by {as_of:%Y-%m-%d %H:%M} of events old enough to judge",
        possible=f"{recipe.fewest_cases} or more with outcome 'confirmed'",
        to_do="Load more labels (map your own words to 'confirmed' in the mapping file), then train again.",
    )
