"""The engine of rings on a large graph: seconds and memory of a full build, and of one more day.

A process of its own draws the graph, forgets its peak of memory, and builds: ties with their strengths by
rarity, strengths learned and all ties weighed again, pairs kept, communities, scores by a model learned in
the run. Then one more day of 1 % new ties. Another process rebuilds all from nothing, and a third does what
a baseline does: the pairs by a merge of pandas, and connected components, without strengths or scores.
`WATCHFLOOR_BENCH_ACCOUNTS` changes the size (default 1,000,000 accounts, three ties each).
"""

from __future__ import annotations

import os
import time
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, field, fields
from multiprocessing import get_context
from pathlib import Path
from typing import Any, TypeVar

import numpy as np
import pandas as pd
import psutil
from scipy.sparse import coo_matrix
from scipy.sparse.csgraph import connected_components
from sklearn.metrics import adjusted_rand_score

from benchmarks.results import Figure, Result
from benchmarks.ring_graph_world import DAYS, FIRST_DAY, Graph, draw
from scoring.rings.evidence import Evidence
from scoring.rings.graph import Communities
from scoring.rings.kinds import KINDS, MICROSECONDS_A_DAY
from scoring.rings.score import ALARM, Scorer, describe, fit_scorer
from scoring.rings.strength import Strengths
from scoring.rings.ties import Floats, Ints, Ties, ends_of, pairs_of

ACCOUNTS = int(os.environ.get("WATCHFLOOR_BENCH_ACCOUNTS", "1000000"))
TIES_EACH = 3
SEED = 17
# A shared thing makes a new tie when either end is new, so fewer new uses than ties.
_NEW_USES, _NEW_DIRECT = 0.007, 0.01
_BAR_SECONDS, _BAR_GIB, _BAR_DAY = 120.0, 6.0, 10.0
T = TypeVar("T")


@dataclass(slots=True)
class Steps:
    """Seconds of wall and of processor, and peak bytes of the process, by step."""

    wall: dict[str, float] = field(default_factory=dict)
    processor: dict[str, float] = field(default_factory=dict)
    peak: dict[str, int] = field(default_factory=dict)

    def timed(self, name: str, work: Callable[[], T]) -> T:
        """Do `work`, write down what it took, and answer what it answers."""
        Path("/proc/self/clear_refs").write_text("5", encoding="ascii")
        began, used = time.perf_counter(), _processor()
        answer = work()
        self.wall[name], self.processor[name] = time.perf_counter() - began, _processor() - used
        self.peak[name] = _peak_bytes()
        print(f"  {name}: {self.wall[name]:.1f} s, {self.peak[name] / 2**30:.2f} GiB", flush=True)
        return answer


@dataclass(slots=True)
class Built:
    """What the building process found, to compare with."""

    steps: Steps
    ties: int
    new_ties: int
    kept: int
    communities: int
    alarmed: int
    before: int
    label: Ints
    strengths: Strengths
    against_planted: float


def main() -> None:
    """Draw, build, add a day, rebuild, compare, and write the result."""
    load = os.getloadavg()[0]
    built: Built = _apart(_build, None)
    rebuilt, learned = _apart(_rebuild, built.strengths)
    plain: Steps = _apart(_plain, None)
    full = ("ties by rarity", "strengths learned", "pairs kept", "communities", "scores")
    day = tuple(name for name in built.steps.wall if name.startswith("one more day"))
    same, anew = rand(built.label, rebuilt), rand(built.label, learned)
    seconds = sum(built.steps.wall[name] for name in full)
    figures = (
        Figure(
            "full build, communities and scores",
            seconds,
            "s",
            baseline=sum(plain.wall.values()),
            baseline_name=_PLAIN,
        ),
        Figure("the same, processor", sum(built.steps.processor[name] for name in full), "s"),
        Figure("peak memory", _peak(built.steps), "GiB", None, None, _peak(plain), _PLAIN),
        Figure("memory before the build: accounts, uses, direct ties", built.before / 2**30, "GiB"),
        Figure("one more day", sum(built.steps.wall[name] for name in day), "s"),
        Figure("one more day, processor", sum(built.steps.processor[name] for name in day), "s"),
        Figure("adjusted Rand index against a rebuild", same, "index"),
        Figure("the same, strengths learned again in the rebuild", anew, "index"),
        *(Figure(f"{name}, wall", taken, "s") for name, taken in built.steps.wall.items()),
        *(Figure(f"{name}, peak memory", most / 2**30, "GiB") for name, most in built.steps.peak.items()),
        *(Figure(f"{_PLAIN}: {name}, wall", taken, "s") for name, taken in plain.wall.items()),
        Figure("ties", built.ties, "ties"),
        Figure("new ties of the day", built.new_ties, "ties"),
        Figure("pairs kept", built.kept, "pairs"),
        Figure("communities", built.communities, "communities"),
        Figure("alarmed communities", built.alarmed, "communities"),
        Figure("Rand index of alarmed communities against planted rings", built.against_planted, "index"),
    )
    Result(
        "rings",
        "graph",
        f"How long do rings among {ACCOUNTS:,} accounts and {TIES_EACH * ACCOUNTS:,} ties take, and a day?",
        figures,
        SEED,
        (
            f"Bars: {_BAR_SECONDS:.0f} s and {_BAR_GIB:.0f} GiB on two cores, {_BAR_DAY:.0f} s for the day, "
            "index .99.",
            "The rebuild takes in everything in one step, by the strengths in force and by new ones.",
            f"Baseline, {_PLAIN}: no strengths, no cut of pairs, no communities, no scores.",
            f"Load average of the shared machine when it began: {load:.1f}.",
        ),
    ).write()


_PLAIN = "pandas merge and connected components"


def _build(_: Any) -> Built:
    """Build all but the last day, then add it."""
    graph = draw(ACCOUNTS, TIES_EACH * ACCOUNTS, SEED)
    base, day = _parted(graph)
    steps, communities = Steps(), Communities()
    before = psutil.Process().memory_info().rss
    at = (FIRST_DAY + DAYS) * MICROSECONDS_A_DAY
    evidence = Evidence(graph.people.opened, graph.people.country)
    steps.timed("ties by rarity", lambda: evidence.add(*base))
    steps.timed("strengths learned", lambda: evidence.learn(graph.confirmed.by(at)))
    kept = steps.timed("pairs kept", lambda: evidence.kept(at))
    accounts, community = steps.timed("communities", lambda: communities.of(kept[0]))
    scorer, score = steps.timed("scores", lambda: _scored(graph, accounts, community, kept, at, None))
    planted = _planted(graph, accounts, community, score)
    ties, alarmed = len(evidence.ties), int((score >= ALARM).sum())
    later = at + MICROSECONDS_A_DAY
    steps.timed("one more day: ties", lambda: evidence.add(*day))
    again = steps.timed("one more day: pairs kept", lambda: evidence.kept(later))
    accounts, community = steps.timed("one more day: communities", lambda: communities.of(again[0]))
    steps.timed("one more day: scores", lambda: _scored(graph, accounts, community, again, later, scorer))
    return Built(
        steps,
        ties,
        len(evidence.ties) - ties,
        len(kept[0].pair),
        len(score),
        alarmed,
        before,
        _labels(accounts, community),
        evidence.strengths,
        planted,
    )


def _rebuild(strengths: Strengths) -> tuple[Ints, Ints]:
    """Answer communities of everything taken in at once: by given strengths, and by new ones."""
    graph = draw(ACCOUNTS, TIES_EACH * ACCOUNTS, SEED)
    later = (FIRST_DAY + DAYS + 1) * MICROSECONDS_A_DAY
    found = []
    for learns in (False, True):
        evidence = Evidence(graph.people.opened, graph.people.country)
        if not learns:
            evidence.strengths = strengths
        evidence.add(graph.uses, graph.direct)
        if learns:
            evidence.learn(graph.confirmed.by(later))
        found.append(_labels(*Communities().of(evidence.kept(later)[0])))
    return found[0], found[1]


def _plain(_: Any) -> Steps:
    """Answer what the baseline takes: pairs of accounts by pandas, and components by scipy."""
    graph = draw(ACCOUNTS, TIES_EACH * ACCOUNTS, SEED)
    base, _ = _parted(graph)
    steps = Steps()
    pairs = steps.timed("projection by pandas", lambda: _projected(*base))
    steps.timed("connected components", lambda: _components(pairs))
    return steps


def _projected(uses: Any, direct: Ties) -> Ints:
    """Answer the pairs of accounts by a merge of uses with themselves, without hubs."""
    used = pd.DataFrame({"thing": uses.thing, "kind": uses.kind, "account": uses.account})
    most = np.array([kind.most for kind in KINDS])[used["kind"]]
    used = used[used.groupby("thing")["account"].transform("size") <= most]
    both = used.merge(used, on="thing")
    both = both[both["account_x"] < both["account_y"]]
    shared = pairs_of(both["account_x"].to_numpy(), both["account_y"].to_numpy())
    return np.unique(np.concatenate([shared, direct.pair]))


def _components(pairs: Ints) -> Ints:
    one, other = ends_of(pairs)
    graph = coo_matrix((np.ones(len(one)), (one, other)), shape=(ACCOUNTS, ACCOUNTS))
    component: Ints = connected_components(graph, directed=False)[1]
    return component


def _parted(graph: Graph) -> tuple[tuple[Any, Ties], tuple[Any, Ties]]:
    """Answer what is known before the last day, and what that day brings, at random."""
    rng = np.random.default_rng(SEED)
    is_new_use = rng.random(len(graph.uses.thing)) < _NEW_USES
    is_new_tie = rng.random(len(graph.direct)) < _NEW_DIRECT
    parts = []
    for use, tie in ((~is_new_use, ~is_new_tie), (is_new_use, is_new_tie)):
        columns = (getattr(graph.uses, one.name)[use] for one in fields(graph.uses))
        parts.append((type(graph.uses)(*columns), graph.direct.where(tie)))
    return parts[0], parts[1]


def _scored(
    graph: Graph, accounts: Ints, community: Ints, kept: Any, at: int, scorer: Scorer | None
) -> tuple[Scorer, Floats]:
    """Describe and score communities, by a model learned from the confirmed ones when none is given."""
    described = describe(accounts, community, kept[0], kept[1], graph.people, at)
    if scorer is None:
        is_ring = 2 * described.known_bad >= described.accounts
        scorer = fit_scorer(described.features, is_ring)
    return scorer, scorer.score(described.features)


def _labels(accounts: Ints, community: Ints) -> Ints:
    """Answer the community of every account; who is in none has a number of its own."""
    label = np.arange(ACCOUNTS, dtype=np.int64) + ACCOUNTS
    label[accounts] = community
    return label


def _planted(graph: Graph, accounts: Ints, community: Ints, score: Floats) -> float:
    """Answer the Rand index of alarmed communities and planted rings over the accounts of either."""
    is_alarmed = score[community] >= ALARM
    found = _labels(accounts[is_alarmed], community[is_alarmed])
    rows = (graph.ring >= 0) | (found < ACCOUNTS)
    true = np.where(graph.ring >= 0, graph.ring, np.arange(ACCOUNTS) + ACCOUNTS)
    return float(adjusted_rand_score(true[rows], found[rows]))


def rand(one: Ints, other: Ints) -> float:
    """Answer the adjusted Rand index over the accounts that are in a community of either."""
    rows = (one < ACCOUNTS) | (other < ACCOUNTS)
    return float(adjusted_rand_score(one[rows], other[rows]))


def _apart(work: Callable[[Any], T], given: Any) -> T:
    """Run `work` in a fresh process, so that its memory is its own."""
    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as pool:
        return pool.submit(work, given).result()


def _peak(steps: Steps) -> float:
    return max(steps.peak.values()) / 2**30


def _processor() -> float:
    used = psutil.Process().cpu_times()
    return float(used.user + used.system)


def _peak_bytes() -> int:
    """Return the most memory this process held since the peak was forgotten."""
    lines = Path("/proc/self/status").read_text(encoding="ascii").splitlines()
    return next(int(line.split()[1]) * 1024 for line in lines if line.startswith("VmHWM"))


if __name__ == "__main__":
    main()
