"""Rings at their first alarm, how long after the third crime it came, and who stands in one by mistake."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd

from benchmarks.ring_measures import FEWEST_ACCOUNTS, NONE, Ints, TrueRings
from benchmarks.ring_truth import World
from scoring.quality import REPETITIONS, Interval, proportion

_DAY = np.timedelta64(1, "D")
# A ring counts as held by an alarmed ring that has so many of its accounts, and half of them.
_FEWEST_HELD = 2


def at_first_alarm(world: World, *, by_then: bool = True) -> tuple[TrueRings, Ints]:
    """Answer the truth and the groups of all first alarms, each alarm a little world of its own.

    It holds the ring's accounts on that day and those of the true ring that most of them belong to. With
    `by_then` the truth knows only accounts that had committed a crime of the ring before that day.
    """
    truth = pd.DataFrame(
        {
            "account": world.truth.account,
            "ring": world.truth.ring,
            "crimes": world.truth.crimes,
            "first_at": world.first_at,
        }
    )
    of_account, of_ring = truth.groupby("account").indices, truth.groupby("ring").indices
    parts: list[pd.DataFrame] = []
    groups: list[Ints] = []
    begin = 0
    for number in range(int(world.found["group"].max()) + 1 if len(world.found) else 0):
        stays = world.found[world.found["group"] == number]
        at = stays["alarmed_at"].iloc[0]
        stands = (stays["since"] <= at) & (stays["until"].isna() | (stays["until"] > at))
        members = stays.loc[stands, "account"].unique()
        local = _around(truth, of_account, of_ring, members, at if by_then else None)
        people = np.unique(np.concatenate([members, local["account"].to_numpy()]))
        groups.append(np.where(np.isin(people, members), number, NONE))
        parts.append(local.assign(account=begin + np.searchsorted(people, local["account"]), alarm=number))
        begin += len(people)
    together = pd.concat(parts, ignore_index=True)
    copies: Ints = together.groupby(["alarm", "ring"]).ngroup().to_numpy().astype(np.int64)
    typology = np.empty(int(copies.max(initial=NONE)) + 1, dtype=np.object_)
    typology[copies] = world.truth.typology[together["ring"].to_numpy()]
    account, crimes = together["account"].to_numpy(), together["crimes"].to_numpy()
    return TrueRings(begin, account, copies, crimes, typology), np.concatenate(groups)


def _around(truth: pd.DataFrame, of_account: Any, of_ring: Any, members: Ints, at: Any) -> pd.DataFrame:
    """Answer the truth about `members` before `at`, and about the rest of the ring that most belong to."""
    rows = [of_account[account] for account in members if account in of_account]
    if not rows:
        return truth.iloc[:0]
    entries = np.concatenate(rows)
    most = truth["ring"].iloc[entries].mode().iloc[0]
    entries = np.unique(np.concatenate([entries, of_ring[most]]))
    local = truth.iloc[entries]
    return local if at is None else local[local["first_at"] < at]


def detections(world: World) -> pd.DataFrame:
    """Answer one row a true ring with enough accounts: typology, share held, and detected_at.

    The alarmed ring that ever held most of its accounts counts; detected_at is the first day on which that
    was alarmed and held two of them, NaT where none held two and half of them.
    """
    truth = pd.DataFrame({"account": world.truth.account, "ring": world.truth.ring})
    size = world.truth.size
    held = truth[size[truth["ring"]] >= FEWEST_ACCOUNTS].merge(world.found, on="account")
    first = held.groupby(["ring", "group", "account"], as_index=False)[["since", "alarmed_at"]].min()
    first = first.sort_values(["ring", "group", "since"], kind="stable")
    of_both = first.groupby(["ring", "group"])
    counted = of_both.agg(held=("account", "size"), alarmed_at=("alarmed_at", "min")).reset_index()
    second = of_both.nth(_FEWEST_HELD - 1)[["ring", "group", "since"]]
    counted = counted.merge(second, on=["ring", "group"])
    counted["detected_at"] = counted[["since", "alarmed_at"]].max(axis=1)
    order = counted.sort_values(["held", "detected_at"], ascending=[False, True], kind="stable")
    best = order.drop_duplicates("ring").set_index("ring")
    rings = np.flatnonzero(size >= FEWEST_ACCOUNTS)
    answer = pd.DataFrame({"typology": world.truth.typology[rings]}, index=rings)
    answer["share"] = (best["held"] / size[best.index]).reindex(rings).fillna(0.0)
    answer["detected_at"] = best["detected_at"].reindex(rings).where(answer["share"] >= 1 / 2)
    return answer


def delays(detected: pd.DataFrame, third_at: pd.Series[Any]) -> np.ndarray[Any, Any]:
    """Answer days from the third crime to detection of each ring that had one, infinite if undetected."""
    known = detected.assign(third_at=third_at.reindex(detected.index)).dropna(subset=["third_at"])
    days = (known["detected_at"] - known["third_at"]).to_numpy() / _DAY
    return np.where(np.isnan(days), np.inf, days)


def median_of(days: np.ndarray[Any, Any], seed: int = 1) -> Interval:
    """Answer the median with its interval by bootstrap over rings; NaN of none, infinite where half are."""
    if not len(days):
        return Interval(np.nan, np.nan, np.nan)
    rng = np.random.default_rng(seed)
    draws = [_middle(rng.choice(days, len(days))) for _ in range(REPETITIONS)]
    low, high = np.quantile(np.array(draws), [0.025, 0.975], method="nearest")
    return Interval(_middle(days), float(low), float(high))


def _middle(days: np.ndarray[Any, Any]) -> float:
    return float(np.quantile(days, 0.5, method="lower"))


def false_rings(world: World, stays: pd.DataFrame, kind: str) -> Interval:
    """Answer the share of families (or campuses) of which two innocents stand in one group of `stays`.

    `stays` has group and account; counted are families of at least two innocents.
    """
    people = world.people
    mine = people[(people["hard_negative"] == kind) & people["is_innocent"] & people["group_number"].notna()]
    counts = mine.groupby("group_number").size()
    inside = mine.assign(account=mine.index).merge(
        stays[["group", "account"]].drop_duplicates(), on="account"
    )
    together = inside.groupby(["group_number", "group"]).size()
    hit = together[together >= _FEWEST_HELD].reset_index()["group_number"].nunique()
    return proportion(int(hit), int((counts >= _FEWEST_HELD).sum()))


def innocents_in(world: World, stays: pd.DataFrame, kind: str) -> Interval:
    """Answer the share of innocent accounts of one `kind` of honest customers that stand in a group."""
    people = world.people
    mine = np.flatnonzero((people["hard_negative"] == kind) & people["is_innocent"])
    return proportion(int(np.isin(mine, stays["account"]).sum()), len(mine))
