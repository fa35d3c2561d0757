"""The Fraud Detection Handbook, its published protocol, against its own random forest in the same run.

Nothing here is made for this data set: it comes in through `docs/examples/handbook.toml`, and features,
trees and settings are the product's. The forest has the handbook's own features, reproduced, whose
windows count the current event. Protocol (chapter 3): train on 7 days, wait 7 for the labels, test on
7, without customers known to be compromised by then.
"""

from __future__ import annotations

import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy.stats import t as student
from sklearn.ensemble import RandomForestClassifier
from sklearn.metrics import average_precision_score, roc_auc_score

from benchmarks.results import Figure, Result, datasets
from data.enrich import enrich
from data.home import PROJECT_ROOT, Home
from data.load import load_files
from data.mapping import read_mapping
from data.progress import silent
from data.statement import read_statement
from data.store import Store, open_store
from scoring.fitting import fit_trees
from scoring.frame import Frame
from scoring.fraud import FRAUD
from scoring.prepare import prepare

TRAIN_DAYS = DELAY_DAYS = TEST_DAYS = 7
# The published week trains from 2018-07-25; the eight test weeks are the last whole ones around it.
FIRST_TRAINING_DAYS = tuple(pd.Timestamp("2018-07-18") + pd.Timedelta(days=7 * week) for week in range(8))
PUBLISHED = pd.Timestamp("2018-07-25")
CARDS = 100
MEASURES = ("AUC", "average precision", "card precision@100")
NOT_FEATURES = ("event_id", "day", "customer", "is_fraud")


@dataclass(frozen=True, slots=True)
class Week:
    """The figures (3,) of one test week, in the order of MEASURES."""

    ours: NDArray[np.float64]
    forest: NDArray[np.float64]


def main() -> None:
    """Measure the eight weeks and write the result; says so when the data set is absent."""
    folder = datasets() / "handbook"
    if not folder.is_dir():
        print(f"handbook: not measured, {folder} is absent")
        return
    with tempfile.TemporaryDirectory() as scratch:
        ours, theirs = _frames(Path(scratch), folder / "transactions.parquet")
    weeks = [_week(ours, theirs, first) for first in FIRST_TRAINING_DAYS]
    published = weeks[FIRST_TRAINING_DAYS.index(PUBLISHED)].forest
    Result(
        "spine",
        "handbook",
        "Do our features and trees rank card fraud as well as the handbook's forest on its own?",
        tuple(_figures(weeks)),
        seed=0,
        notes=(
            f"8 weeks, the first trained from {FIRST_TRAINING_DAYS[0]:%Y-%m-%d}; Student's paired intervals.",
            f"The forest in its published week: {published.round(3).tolist()}; printed: .867/.658/.287.",
            f"{len(FRAUD.features)} features of the product, none made for this data; simulated data.",
        ),
    ).write()


def _frames(scratch: Path, file: Path) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Load the file through the product's door and return our features and the handbook's, by event."""
    home = Home(scratch / "home")
    with open_store(home.store_path) as store:
        load_files(store, [file], read_mapping(PROJECT_ROOT / "docs" / "examples" / "handbook.toml"), silent)
        enrich(store, silent)
        prepare(store, silent)
        return _read(store, "handbook_ours", file), _read(store, "handbook_theirs", file)


def _read(store: Store, name: str, file: Path) -> pd.DataFrame:
    sql = read_statement(Path(__file__).with_name(f"{name}.sql")).sql
    given: dict[str, Any] = {"since": FIRST_TRAINING_DAYS[0]}
    frame = store.cursor().execute(sql, given | ({"file": str(file)} if "$file" in sql else {})).df()
    return frame.sort_values("event_id", ignore_index=True)


def _week(ours: pd.DataFrame, theirs: pd.DataFrame, first: pd.Timestamp) -> Week:
    is_training, is_test = _split(ours, first)
    test = ours.loc[is_test, ["day", "customer", "is_fraud"]]
    ranked = fit_trees(FRAUD, _frame(ours[is_training])).decision_function(_matrix(ours[is_test]))
    columns = [name for name in theirs.columns if name not in NOT_FEATURES]
    forest = RandomForestClassifier(random_state=0).fit(
        theirs.loc[is_training, columns], theirs.loc[is_training, "is_fraud"]
    )
    voted = forest.predict_proba(theirs.loc[is_test, columns])[:, 1]
    return Week(_measure(test, ranked), _measure(test, voted))


def _split(events: pd.DataFrame, first: pd.Timestamp) -> tuple[pd.Series, pd.Series]:
    """Return which events train and which test; a customer known by then is not tested."""
    day = (events["day"] - first).dt.days
    is_training = day.between(0, TRAIN_DAYS - 1)
    known = set(events.loc[is_training & events["is_fraud"], "customer"])
    is_test = pd.Series(False, index=events.index)
    for ahead in range(TEST_DAYS):
        known |= set(events.loc[(day == TRAIN_DAYS + ahead - 1) & events["is_fraud"], "customer"])
        is_test |= (day == TRAIN_DAYS + DELAY_DAYS + ahead) & ~events["customer"].isin(known)
    return is_training, is_test


def _frame(events: pd.DataFrame) -> Frame:
    """Return the training frame as the product's fit takes it."""
    rows = len(events)
    nothing = np.full(rows, None, dtype=object)
    return Frame(
        matrix=_matrix(events),
        is_crime=events["is_fraud"].to_numpy(dtype=np.bool_),
        account=np.zeros(rows, dtype=np.int64),
        occurred_at=events["day"].to_numpy(),
        region=nothing,
        kind=nothing,
        amount=np.zeros(rows),
        typology=nothing,
    )


def _matrix(events: pd.DataFrame) -> NDArray[np.float64]:
    return events[list(FRAUD.names)].to_numpy(dtype=np.float64)


def _measure(test: pd.DataFrame, score: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return AUC, average precision and card precision@100 (mean over days, the found removed) (3,)."""
    fraud = test["is_fraud"].to_numpy()
    found: set[Any] = set()
    shares = []
    for _, day in test.assign(score=score).groupby("day"):
        cards = day[~day["customer"].isin(found)].groupby("customer")[["score", "is_fraud"]].max()
        best = cards.nlargest(CARDS, "score")
        caught = best.index[best["is_fraud"]]
        found |= set(caught)
        shares.append(len(caught) / CARDS)
    return np.array([roc_auc_score(fraud, score), average_precision_score(fraud, score), np.mean(shares)])


def _figures(weeks: list[Week]) -> list[Figure]:
    ours, forest = np.array([w.ours for w in weeks]), np.array([w.forest for w in weeks])
    figures = []
    for column, measure in enumerate(MEASURES):
        means = float(ours[:, column].mean()), float(forest[:, column].mean())
        figures.append(Figure(measure, means[0], "", baseline=means[1], baseline_name="random forest"))
        difference = ours[:, column] - forest[:, column]
        half = student.ppf(0.975, len(weeks) - 1) * difference.std(ddof=1) / np.sqrt(len(weeks))
        mean = float(difference.mean())
        figures.append(Figure(f"{measure}, ours minus forest", mean, "", mean - half, mean + half))
    return figures
