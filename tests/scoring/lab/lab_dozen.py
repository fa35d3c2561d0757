"""Twelve events of two weeks in the CIS, each chosen so that what policies do with them can be said by hand.

    row  account  when           kind        amount  score  crime  knows its address since
    0    A0       Mon 7 July     withdrawal     100   .05          10 days
    1    A1       Mon 7 July     withdrawal     200   .20          10 days
    2    A2       Tue 8 July     withdrawal    1000   .60   yes    10 days
    3    A3       Tue 8 July     withdrawal     300   .60          10 days
    4    A4       Wed 9 July     withdrawal     500   .05   yes    10 days
    5    A1       Thu 10 July    login                .30
    6    A5       Thu 10 July    transfer        50   .95   yes
    7    A0       Mon 14 July    withdrawal     400   .05          0 (first time)
    8    A4       Tue 15 July    withdrawal     700   .20   yes    10 days
    9    A3       Tue 15 July    deposit        900   .70
    10   A6       Wed 16 July    withdrawal      80   .05          2 hours
    11   A1       Thu 17 July    trade           60   .15

The policy in force asks for one more factor from .1, holds from .5 and blocks from .9.
"""

from __future__ import annotations

from datetime import datetime, timedelta

import numpy as np

from scoring.lab.draft import Draft
from scoring.lab.evidence import Evidence, Span
from scoring.policy import Occasion, Policy, policy_of
from scoring.verification import Signs

SPAN = Span(datetime(2025, 7, 7), datetime(2025, 7, 21))
LADDER = {"step_up": 0.1, "hold": 0.5, "block": 0.9}
DAYS = [0, 0, 1, 1, 2, 3, 3, 7, 8, 8, 9, 10]
ACCOUNTS = [0, 1, 2, 3, 4, 1, 5, 0, 4, 3, 6, 1]
SCORES = [0.05, 0.2, 0.6, 0.6, 0.05, 0.3, 0.95, 0.05, 0.2, 0.7, 0.05, 0.15]
AMOUNTS = [100, 200, 1000, 300, 500, np.nan, 50, 400, 700, 900, 80, 60]
KINDS = ["withdrawal"] * 5 + ["login", "internal_transfer"] + ["withdrawal"] * 2
KINDS += ["deposit", "withdrawal", "trade"]
CRIMES = [2, 4, 6, 8]
LONG = timedelta(days=10).total_seconds()
SINCE = [LONG] * 5 + [np.nan, np.nan, 0.0, LONG, np.nan, 7200.0, np.nan]


def policy() -> Policy:
    """Return the policy in force: no exploration, no rules."""
    return policy_of(
        {
            "model": "fraud",
            "model_version": "fraud-x",
            "as_of": "2025-07-01T00:00:00",
            "budget": {"hold": 0.008},
            "default": LADDER,
            "regions": {"cis": {"thresholds": LADDER}},
            "freeze": {"kinds": [], "amount_from": None, "or_known_bad": False},
        }
    )


def dozen(known_at: datetime = datetime(2025, 10, 1)) -> Evidence:
    """Return the twelve events as known at `known_at`; every crime became known a day after it happened."""
    rows = len(DAYS)
    at = np.array([SPAN.since + timedelta(days=day, hours=12) for day in DAYS], dtype="datetime64[us]")
    words = np.full(rows, None, dtype=object)
    kind, area = np.array(KINDS, dtype=object), np.full(rows, "cis", dtype=object)
    amount = np.array(AMOUNTS, dtype=np.float64)
    signs = Signs(area, kind, amount, np.array(SINCE), np.full(rows, np.nan), words)
    is_crime = np.isin(np.arange(rows), CRIMES)
    told_at = np.where(is_crime, at + np.timedelta64(1, "D"), np.datetime64("NaT", "us"))
    score = np.array(SCORES)
    return Evidence(
        area="cis",
        span=SPAN,
        known_at=known_at,
        policies=(policy(),),
        key=np.arange(rows),
        occasion=Occasion(score, area, kind, amount, np.zeros(rows, dtype=bool), signs, np.ones(rows)),
        at=at,
        account=np.array(ACCOUNTS),
        policy=np.zeros(rows, dtype=np.int64),
        served=(score[:, None] >= list(LADDER.values())).sum(axis=1).astype(np.int8),
        crime=is_crime,
        told_at=told_at,
    )


def now() -> Draft:
    """Return the draft that changes nothing."""
    return Draft.of(policy(), "cis")
