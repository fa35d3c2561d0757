"""A store of 3,000 withdrawals to train and score: what tests of training, scoring and deciding share."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import numpy as np
import pyarrow as pa

from data.home import Home
from data.progress import silent
from data.store import Store
from scoring.fraud import FRAUD
from scoring.recipe import Recipe
from scoring.run import score
from scoring.training import train

START = datetime(2025, 1, 1)
DAYS = 200
EVENTS = 3_000
# A tenth of the trees: the tests ask what happens, not how well.
RECIPES: tuple[Recipe, ...] = (replace(FRAUD, trees=replace(FRAUD.trees, rounds=25), fewest_cases=30),)


def fill(store: Store) -> None:
    """Withdrawals of 150 accounts over 200 days; those over 5,000 are crime, known a week later."""
    rng = np.random.default_rng(9)
    is_crime = rng.random(EVENTS) < 0.05
    days = np.sort(rng.random(EVENTS)) * DAYS
    times = [START + timedelta(days=float(day)) for day in days]
    amounts = np.where(is_crime, rng.uniform(5_000, 9_000, EVENTS), rng.lognormal(4.0, 1.0, EVENTS))
    accounts = [f"a{n}" for n in rng.integers(0, 150, EVENTS)]
    transactions = {
        "event_id": [f"e{i:05}" for i in range(EVENTS)],
        "account_id": accounts,
        "occurred_at": times,
        "kind": ["withdrawal"] * EVENTS,
        "amount": amounts.round(2),
        "device_id": [f"d-{account}" for account in accounts],
        "status": ["settled"] * EVENTS,
        "ingest_seq": list(range(1, EVENTS + 1)),
    }
    crimes = np.flatnonzero(is_crime)
    labels = {
        "label_id": [f"l{i}" for i in crimes],
        "event_id": [f"e{i:05}" for i in crimes],
        "account_id": [accounts[i] for i in crimes],
        "outcome": ["confirmed"] * len(crimes),
        "known_at": [times[i] + timedelta(days=7) for i in crimes],
        "ingest_seq": [10_000 + int(i) for i in crimes],
    }
    with store.writing() as cursor:
        for table, columns in (("transactions", transactions), ("labels", labels)):
            cursor.register(f"{table}_given", pa.table(columns))
            cursor.execute(
                {
                    "transactions": "INSERT INTO transactions BY NAME SELECT * FROM transactions_given",
                    "labels": "INSERT INTO labels BY NAME SELECT * FROM labels_given",
                }[table]
            )


def rows(store: Store, sql: str) -> list[tuple[Any, ...]]:
    cursor = store.cursor()
    try:
        return cursor.execute(sql).fetchall()
    finally:
        cursor.close()


def trained_and_scored(store: Store, home: Home) -> list[str]:
    fill(store)
    versions = train(store, home, silent, recipes=RECIPES)
    assert score(store, home, silent, recipes=RECIPES) == EVENTS
    return versions
