"""Rings of the full demonstration against its truth: who stands together, when it was known, who by mistake.

The demonstration is built as `watchfloor demo` does it. Baselines on the same store: components over shared
devices, and the fraud model alone (accounts with an event that it held, froze or blocked, grouped by direct
transfers between them; it reads ring features like every other).
"""

from __future__ import annotations

from functools import partial
from typing import Any

import numpy as np
import pandas as pd

from benchmarks.built import full_demonstration
from benchmarks.results import Figure, Result
from benchmarks.ring_alarms import at_first_alarm, delays, detections, false_rings, innocents_in, median_of
from benchmarks.ring_baselines import MOST_ON_A_DEVICE, by_devices, by_fraud_model, reachable
from benchmarks.ring_measures import (
    FEWEST_ACCOUNTS,
    NONE,
    Agreement,
    Flags,
    Floats,
    Ints,
    TrueRings,
    agreement,
    bootstrapped,
    counts,
    share,
)
from benchmarks.ring_truth import COLLUDING, World, asked, last_groups, read_world
from data.home import Home
from data.store import Store, open_store
from data.world import DEFAULT_SEED
from scoring.quality import Interval, proportion

_MEASURES = {
    "pairwise precision": "precision",
    "pairwise recall": "recall",
    "adjusted Rand index": "adjusted_rand",
}
_DEVICES, _MODEL = "components on shared devices", "the fraud model alone"
_GROUPED_HONEST, _SINGLE_HONEST = ("family", "campus"), ("market_maker", "payroll_sender", "vpn_user")
_WITHIN_DAYS = 7.0
_NOTES = (
    "A pair is true when both accounts committed crimes of one true ring. Recall is of rings with at least "
    f"{FEWEST_ACCOUNTS} accounts, victims included; a grouped pair of a true ring of two is right.",
    "Found at the end: the alarmed ring that an account was last in; stays before its alarm are left out.",
    "At first alarm: the ring's accounts on that day, against those that had committed a crime of the ring "
    "before it; each alarm counts by itself, with the true ring that most of its accounts belong to.",
    "Colluding: mule, scatter_gather, round_trip, bonus_abuse, structuring, synthetic_identity; pairs of "
    "victims of one other true ring count neither for nor against. Of one typology, only pairs that touch an "
    "account of it count.",
    f"Baselines: connected components over devices that 2 to {MOST_ON_A_DEVICE} accounts used; and accounts "
    "with an event that the fraud model held, froze or blocked, as components over direct transfers between "
    "such accounts.",
    "Reachable recall: pairs of a true ring in one component over its crime events alone (device, address "
    "that hides nobody, other side of a deposit or withdrawal, direct transfer); rings hide the rest, though "
    "what their accounts did besides may still tell.",
    "Detected: an alarmed ring holds two accounts and half of them. A ring that is never detected counts as "
    "infinitely late in medians over all rings.",
    "Intervals: bootstrap over true rings, Wilson for shares.",
)


def main() -> None:
    """Measure the full demonstration and write the result."""
    with full_demonstration() as home, open_store(home.store_path) as store:
        report(store, home).write()


def report(store: Store, home: Home) -> Result:
    """Measure the rings of a built demonstration against its truth."""
    world = read_world(store, home)
    size = world.truth.size
    rings = (
        f"{len(size):,} true rings, {int((size >= FEWEST_ACCOUNTS).sum()):,} of them with at least "
        f"{FEWEST_ACCOUNTS} accounts; {world.found['ring_id'].nunique():,} alarmed rings."
    )
    devices, model = by_devices(store, world), by_fraud_model(store, world)
    figures = [
        *at_the_end(world, devices, model),
        *at_the_alarm(world),
        *in_time(store, home, world),
        *by_mistake(world, {_DEVICES: devices, _MODEL: model}),
        *in_reach(store, home, world),
    ]
    question = "Are the rings of the demonstration found, whole, in time, and without families and campuses?"
    return Result("rings", "quality", question, tuple(figures), DEFAULT_SEED, (rings, *_NOTES))


def at_the_end(world: World, devices: Ints, model: Ints) -> list[Figure]:
    """Answer agreement of the last rings with the truth, beside both baselines."""
    found = last_groups(world)
    figures: list[Figure] = []
    for words, wanted, is_whole in _scopes(world, world.truth):
        measure = partial(agreement, world.truth, wanted=wanted, is_whole=is_whole)
        figures += _figures(f"at the end, {words}", measure(group=found), measure(group=devices), _DEVICES)
        if is_whole:
            figures += _figures(f"at the end, {words}, {_MODEL}", measure(group=model))
    everything = counts(
        world.truth.of(world.truth.size >= FEWEST_ACCOUNTS), found, _all(world), is_whole=True
    )
    strict = bootstrapped(
        lambda w: share(w @ everything.right, w @ everything.grouped), len(everything.right)
    )
    return [
        *figures,
        _figure("pairwise precision at the end, all rings, true rings of two count as wrong", strict),
    ]


def at_the_alarm(world: World) -> list[Figure]:
    """Answer agreement of rings as they stood on the day of their first alarm."""
    truth, group = at_first_alarm(world)
    figures: list[Figure] = []
    for words, wanted, is_whole in _scopes(world, truth):
        figures += _figures(f"at first alarm, {words}", agreement(truth, group, wanted, is_whole=is_whole))
    ever, group = at_first_alarm(world, by_then=False)
    found = agreement(ever, group, np.ones(len(ever.typology), dtype=np.bool_))
    words = "pairwise precision at first alarm, all rings, crimes to come count too"
    return [*figures, _figure(words, found.precision)]


def in_time(store: Store, home: Home, world: World) -> list[Figure]:
    """Answer which rings were detected, and how long after their third crime."""
    third = asked(store, "ring_third_crimes", truth=str(home.truth / "events.parquet"))
    third = third.set_index(world.ring_ids.get_indexer(pd.Index(third["ring_id"])))
    detected = detections(world)
    figures: list[Figure] = []
    names = {"all rings": None, "colluding": COLLUDING} | {
        name: (name,) for name in sorted(set(detected["typology"]))
    }
    for words, chosen in names.items():
        mine = detected if chosen is None else detected[detected["typology"].isin(chosen)]
        hits = int(mine["detected_at"].notna().sum())
        figures.append(_figure(f"true rings detected, {words}", proportion(hits, len(mine))))
        touched = int((mine["share"] > 0).sum())
        figures.append(_figure(f"true rings with two accounts held, {words}", proportion(touched, len(mine))))
        # A third incident is rare: of single typologies there are too few.
        for crime in ("incident", "event") if chosen is None or len(chosen) > 1 else ("event",):
            figures += _delays(f"third {crime}, {words}", delays(mine, third[f"third_{crime}_at"]))
    return figures


def _delays(words: str, days: Any) -> list[Figure]:
    """Answer medians of detected and of all rings, and how many were detected soon; nothing of no ring."""
    if not len(days):
        return []
    figures = []
    middle, ever = median_of(days), days[np.isfinite(days)]
    if np.isfinite([middle.value, middle.low, middle.high]).all():
        figures.append(_figure(f"median from {words}, to alarm, of all rings", middle, "days"))
    if len(ever):
        figures.append(_figure(f"median from {words}, to alarm, of detected rings", median_of(ever), "days"))
    soon = proportion(int((days <= _WITHIN_DAYS).sum()), len(days))
    figures.append(_figure(f"rings detected within {_WITHIN_DAYS:.0f} days of {words}", soon))
    figures.append(Figure(f"rings with a {words}", float(len(days)), "rings"))
    return figures


def by_mistake(world: World, baselines: dict[str, Ints]) -> list[Figure]:
    """Answer which families and campuses stand in a ring by mistake, and single honest customers."""
    figures: list[Figure] = []
    groups = {name: _stays_of(group) for name, group in baselines.items()}
    for kind in _GROUPED_HONEST:
        beside = false_rings(world, groups[_DEVICES], kind).value
        found = false_rings(world, world.found, kind)
        words = f"{kind}: two innocents in one ring"
        figures.append(_figure(words, found, "share", beside, _DEVICES))
        figures.append(_figure(f"{words}, {_MODEL}", false_rings(world, groups[_MODEL], kind)))
    for kind in (*_GROUPED_HONEST, *_SINGLE_HONEST, "none"):
        beside = innocents_in(world, groups[_DEVICES], kind).value
        words = f"{kind}: innocent accounts in a ring"
        figures.append(_figure(words, innocents_in(world, world.found, kind), "share", beside, _DEVICES))
    return figures


def in_reach(store: Store, home: Home, world: World) -> list[Figure]:
    """Answer the recall that a program could reach that saw the crimes of each ring and nothing else."""
    part = reachable(store, home, world)
    rows = pd.DataFrame({"ring": world.truth.ring, "part": part}).groupby(["ring", "part"]).size()
    pairs = (rows * (rows - 1) / 2).groupby("ring").sum().reindex(range(len(world.ring_ids))).to_numpy()
    size = world.truth.size.astype(np.float64)
    true = np.where(size >= FEWEST_ACCOUNTS, size * (size - 1) / 2, 0.0)
    reached = np.where(size >= FEWEST_ACCOUNTS, pairs, 0.0)
    figures = []
    for words, wanted, _ in _scopes(world, world.truth):
        found = bootstrapped(
            partial(_recall, np.where(wanted, reached, 0.0), np.where(wanted, true, 0.0)), len(true)
        )
        figures.append(_figure(f"reachable recall, {words}", found))
    return figures


def _recall(reached: Floats, true: Floats, weight: Floats) -> float:
    return share(weight @ reached, weight @ true)


def _scopes(world: World, truth: TrueRings) -> list[tuple[str, Flags, bool]]:
    """Answer what is measured: words, which rings are wanted, and whether all groups count."""
    typology = truth.typology.astype(str)
    large = world.truth.size >= FEWEST_ACCOUNTS
    names = sorted(set(world.truth.typology[large].tolist()))
    return [
        ("all rings", np.ones(len(typology), dtype=np.bool_), True),
        ("colluding", np.isin(typology, COLLUDING), True),
        *((name, typology == name, False) for name in names),
    ]


def _all(world: World) -> Flags:
    return np.ones(len(world.truth.typology), dtype=np.bool_)


def _stays_of(group: Ints) -> pd.DataFrame:
    account = np.flatnonzero(group != NONE)
    return pd.DataFrame({"account": account, "group": group[account]})


def _figures(words: str, found: Agreement, beside: Agreement | None = None, name: str = "") -> list[Figure]:
    return [
        _figure(
            f"{said} {words}",
            getattr(found, part),
            "index" if part == "adjusted_rand" else "share",
            getattr(beside, part).value if beside else None,
            name,
        )
        for said, part in _MEASURES.items()
    ]


def _figure(
    words: str, found: Interval, unit: str = "share", baseline: float | None = None, name: str = ""
) -> Figure:
    return Figure(words, found.value, unit, found.low, found.high, baseline, name)


if __name__ == "__main__":
    main()
