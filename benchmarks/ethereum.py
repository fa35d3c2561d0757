"""Real Ethereum accounts: does the product tell phishing and scam accounts from the others?

The folder comes in through `docs/examples/ethereum.toml`; there is no device, address on the network or
country, and the labels have no times, so the truth is split by account: four folds, each account scored
by trees that saw none of its events. An account's score is the mean over its events, at most fifty
drawn at random.

Trap (datasets/README.md): benign accounts begin in 2017 or earlier, 91 % of the illicit ones later.
No feature carries absolute time, and the figures are repeated for accounts that begin by 2017.
"""

from __future__ import annotations

import tempfile
from datetime import datetime, timedelta
from pathlib import Path

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from sklearn.metrics import average_precision_score, roc_auc_score

from benchmarks.results import Figure, Result, datasets
from data.enrich import enrich
from data.home import PROJECT_ROOT, Home
from data.load import load_files
from data.mapping import read_mapping
from data.progress import silent
from data.store import Store, open_store
from scoring.fitting import SEED, fit_trees, thinned
from scoring.frame import Frame, read_frame
from scoring.fraud import FRAUD
from scoring.planning import know_truth, watermark_of
from scoring.prepare import prepare

FOLDS = 4
LAST_OVERLAPPING_YEAR = 2017
REPETITIONS = 500
BEST = 100


def main() -> None:
    """Measure and write the result; says so when the data set is absent."""
    folder = datasets() / "ethereum"
    if not folder.is_dir():
        print(f"ethereum: not measured, {folder} is absent")
        return
    with tempfile.TemporaryDirectory() as scratch:
        accounts = _scored_accounts(Home(Path(scratch) / "home"), folder)
    overlapping = accounts[accounts["first_year"] <= LAST_OVERLAPPING_YEAR]
    Result(
        "spine",
        "ethereum",
        "Does the product tell real phishing and scam accounts from others, split by account?",
        (*_figures(accounts, "all"), *_figures(overlapping, "begun by 2017")),
        seed=SEED,
        notes=(
            f"{len(accounts):,} accounts, {int(accounts['is_illicit'].sum()):,} illicit; begun by 2017: "
            f"{len(overlapping):,}, {int(overlapping['is_illicit'].sum()):,} illicit.",
            "Baselines are those of chance; intervals by bootstrap over accounts.",
        ),
    ).write()


def _scored_accounts(home: Home, folder: Path) -> pd.DataFrame:
    """Return one row an account with events: is_illicit, first_year, score of the fold that never saw it."""
    with open_store(home.store_path) as store:
        mapping = read_mapping(PROJECT_ROOT / "docs" / "examples" / "ethereum.toml")
        load_files(store, [folder / "transfers.parquet", folder / "labels.csv"], mapping, silent)
        enrich(store, silent)
        prepare(store, silent)
        frame = _frame(store)
    thin = thinned(frame)
    accounts = pd.DataFrame(
        {
            "account": thin.account,
            "is_illicit": thin.is_crime,
            "score": _out_of_fold(thin),
        }
    )
    first = pd.Series(frame.occurred_at).groupby(frame.account).min().dt.year.rename("first_year")
    by_account = accounts.groupby("account").agg(is_illicit=("is_illicit", "max"), score=("score", "mean"))
    return by_account.join(first)


def _frame(store: Store) -> Frame:
    cursor = store.cursor()
    now = watermark_of(cursor)
    know_truth(cursor, now, now)
    everything = {
        "since": datetime(2000, 1, 1),
        "until": now + timedelta(days=1),
        "first_bucket": 0,
        "last_bucket": 99,
        "keep_in_a_million": 1_000_000,
    }
    return read_frame(cursor, FRAUD.rows, everything, FRAUD.names)


def _out_of_fold(frame: Frame) -> NDArray[np.float64]:
    """Return (n,) raw scores, each by trees grown on the accounts of the other folds."""
    fold = np.random.default_rng(SEED).integers(0, FOLDS, frame.account.max() + 1)[frame.account]
    score = np.empty(len(frame))
    for number in range(FOLDS):
        trees = fit_trees(FRAUD, frame.taken(np.flatnonzero(fold != number)))
        score[fold == number] = trees.decision_function(frame.matrix[fold == number])
    return score


def _figures(accounts: pd.DataFrame, which: str) -> list[Figure]:
    truth, score = accounts["is_illicit"].to_numpy(), accounts["score"].to_numpy()
    chance = float(truth.mean())
    random = np.random.default_rng(SEED)
    draws = [random.integers(0, len(truth), len(truth)) for _ in range(REPETITIONS)]
    figures = []
    for name, measure, by_chance in (
        ("AUC", roc_auc_score, 0.5),
        ("average precision", average_precision_score, chance),
        ("precision at 100", _precision_at_best, chance),
    ):
        low, high = np.quantile([measure(truth[d], score[d]) for d in draws], [0.025, 0.975])
        value = float(measure(truth, score))
        figures.append(Figure(f"{name}, {which}", value, "", float(low), float(high), by_chance, "chance"))
    return figures


def _precision_at_best(truth: NDArray[np.bool_], score: NDArray[np.float64]) -> float:
    return float(truth[np.argsort(-score, kind="stable")[:BEST]].mean())
