"""How well the request desk's score tells forged requests from genuine ones, before and after a call back.

Made-up requests of ten worlds, whose truth the store never sees. The score is that of the desk
(`desk/requests/checks.py`), by the demonstration's book; the baseline is one check alone: whether the mail
came from a domain that the book knows for that authority.
"""

from __future__ import annotations

import tempfile
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.parquet as pq

from benchmarks.results import Figure, Result
from data.store import Store, open_store
from data.world.build import known_of
from data.world.history import make_history, part_rng
from data.world.records.papers import write_papers
from data.world.records.requests import request_table
from desk.requests.book import DEMONSTRATION, Book, read_book
from desk.requests.checks import weigh
from desk.requests.past import Past, begun, called, read_past

SEEDS = range(4597, 4607)
EVENTS = 6_000
NOW = datetime(2025, 11, 1)
FALSE_ALARMS = (0.01, 0.05)


@dataclass(frozen=True, slots=True)
class Weighed:
    """One request: how it is forged (None: genuine), its scores, and what its domain and checks say."""

    request_class: str
    forgery: str | None
    before: float
    after: float
    is_known_domain: bool
    missing: tuple[str, ...]


def main() -> None:
    """Weigh the requests of all worlds and write what came of it."""
    book = read_book(DEMONSTRATION)
    weighed = [each for seed in SEEDS for each in _of_world(seed, book)]
    Result(
        "requests",
        "authenticity",
        "How well does the score tell forged requests from genuine ones?",
        tuple(figures(weighed)),
        SEEDS[0],
        (f"{len(weighed)} requests of {len(SEEDS)} worlds; the truth is the world's own, not a desk's.",),
    ).write()


def figures(weighed: list[Weighed]) -> list[Figure]:
    """Return the figures of what was weighed."""
    forged = np.array([each.forgery is not None for each in weighed])
    before, after = (np.array([1 - getattr(each, name) for each in weighed]) for name in ("before", "after"))
    domain = np.array([float(not each.is_known_domain) for each in weighed])
    urgent = np.array([each.request_class == "emergency" for each in weighed])
    told = [
        Figure("forged requests", float(forged.sum()), "requests"),
        _auc("AUC before a call back", before, domain, forged),
        _auc("AUC before a call back, emergencies", before[urgent], domain[urgent], forged[urgent]),
        Figure("AUC after the earlier desk's call back", auc(after, forged), ""),
    ]
    for share in FALSE_ALARMS:
        limit = float(np.quantile(before[~forged], 1 - share))
        caught = before > limit
        told.append(
            Figure(f"forged found at {share:.0%} false alarms", float(caught[forged].mean()), "share")
        )
        for kind in sorted({each.forgery for each in weighed if each.forgery}):
            of_kind = np.array([each.forgery == kind for each in weighed])
            told.append(Figure(f"{kind} found at {share:.0%}", float(caught[of_kind].mean()), "share"))
    return [*told, *_rule(weighed)]


def _rule(weighed: list[Weighed]) -> list[Figure]:
    """Return what the required checks stop, apart from the call back, which is tried on each."""
    passed = [set(each.missing) <= {"call_back"} for each in weighed]
    found = {}
    for is_forged in (True, False):
        pairs = zip(weighed, passed, strict=True)
        of_it = [is_passed for each, is_passed in pairs if (each.forgery is not None) == is_forged]
        found[is_forged] = float(np.mean(of_it))
    unasked = [each.missing == () for each in weighed if each.forgery is not None]
    return [
        Figure("forged that only a call back stops", found[True], "share"),
        Figure("genuine that need nothing but a call back", found[False], "share"),
        Figure("forged that pass every required check without a call back", float(np.mean(unasked)), "share"),
    ]


def auc(suspicion: npt.NDArray[np.float64], forged: npt.NDArray[np.bool_]) -> float:
    """Return the chance that a forged request looks more forged than a genuine one; ties count half."""
    high, low = suspicion[forged][:, None], suspicion[~forged][None, :]
    return float(((high > low) + 0.5 * (high == low)).mean())


def _auc(
    name: str,
    suspicion: npt.NDArray[np.float64],
    domain: npt.NDArray[np.float64],
    forged: npt.NDArray[np.bool_],
) -> Figure:
    baseline = auc(domain, forged)
    return Figure(name, auc(suspicion, forged), "", baseline=baseline, baseline_name="the domain alone")


def _of_world(seed: int, book: Book) -> list[Weighed]:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        known = known_of(make_history(seed, EVENTS), seed)
        write_papers(folder, folder, known)
        truth = pq.read_table(folder / "requests.parquet").to_pylist()
        with open_store(folder / "store.duckdb") as store:
            _fill(store, folder, request_table(known, part_rng(seed, "requests")))
            forgery = {row["request_id"]: row["forgery"] for row in truth}
            return [
                _weighed(each, forgery[each.request_id], book)
                for each in read_past(store, NOW)
                if each.row["asker"] == "authority"
            ]


def _fill(store: Store, folder: Path, requests: pa.Table) -> None:
    with store.writing() as cursor:
        cursor.register("given", requests)
        cursor.execute("INSERT INTO requests BY NAME SELECT *, 1 AS ingest_seq, 1 AS file_id FROM given")
        cursor.execute(
            "INSERT INTO request_papers BY NAME SELECT *, 1 AS ingest_seq, 1 AS file_id FROM read_csv($path)",
            {"path": str(folder / "request_papers.csv")},
        )
        cursor.unregister("given")


def _weighed(past: Past, forgery: str | None, book: Book) -> Weighed:
    state = begun(past.row, NOW)
    # What the desk would see that takes it in today, with nothing of what followed.
    before = weigh(replace(state, called_at=None), book, past.seen)
    after = weigh(called(state, past.row, book), book, past.seen) if past.row["called_at"] else before
    known = next(check for check in before.checks if check.name == "domain")
    return Weighed(
        str(past.row["request_class"]),
        forgery,
        before.score,
        after.score,
        known.is_passed is not False,
        before.missing,
    )


if __name__ == "__main__":
    main()
