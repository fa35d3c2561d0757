"""Scores of claims: learned from what had ended, compared with the rules, and explained."""

from __future__ import annotations

import json
from datetime import datetime, timedelta
from decimal import Decimal

import numpy as np
import pyarrow as pa
import pytest
from small_exchange import insert

from data.errors import ModelError
from data.store import Store
from scoring.claims.judging import Later, curves, judge
from scoring.claims.model import RULES, ClaimModel, read_model, told
from scoring.claims.rating import model_in_use, rate, rate_all
from scoring.claims.signals import MOST_POINTS, NAMES, points_of, signals_of

START = datetime(2025, 1, 1)
DAY = timedelta(days=1)
SCHEMA = pa.schema(
    [
        ("claim_id", pa.string()),
        ("account_id", pa.string()),
        ("event_id", pa.string()),
        ("claimed_at", pa.timestamp("us")),
        ("kind", pa.string()),
        ("amount", pa.decimal128(18, 6)),
        ("ended_at", pa.timestamp("us")),
        ("outcome", pa.string()),
    ]
)
MODEL = ClaimModel(START, 100, 20, (0.0,) * len(NAMES), (1.0,) * len(NAMES), (0.5,) * len(NAMES), -2.0)


def claimed(
    number: int, *, is_false: bool, day: float, ends: float | None = 5, **more: object
) -> dict[str, object]:
    row: dict[str, object] = {
        "claim_id": f"V{number}",
        "account_id": f"A{number}",
        "event_id": f"T{number}",
        "claimed_at": START + day * DAY,
        "kind": "missing_memo",
        "amount": Decimal(10),
        "ended_at": None if ends is None else START + (day + ends) * DAY,
        "outcome": None if ends is None else ("false_claim" if is_false else "recovered"),
    }
    return row | more


def table(rows: list[dict[str, object]]) -> pa.Table:
    return pa.Table.from_pylist(rows, schema=SCHEMA)


def moved(number: int, days: float, before: float) -> dict[str, object]:
    return {
        "event_id": f"T{number}",
        "account_id": f"A{number}",
        "occurred_at": START + (days - before) * DAY,
        "kind": "withdrawal",
        "amount": Decimal(10),
        "asset": "USDT",
        "counterparty": "hot",
        "status": "settled",
    }


def a_year(store: Store) -> pa.Table:
    """600 claims over 300 days, every fifth false: ten days after the transfer, the others after an hour."""
    rows = [claimed(n, is_false=n % 5 == 0, day=n / 2) for n in range(600)]
    with store.writing() as cursor:
        insert(cursor, "transactions", [moved(n, n / 2, 10 if n % 5 == 0 else 1 / 24) for n in range(600)])
    return table(rows)


def test_a_model_that_finds_more_than_the_rules_scores_the_claims_of_later_months(store: Store) -> None:
    claims = a_year(store)
    with store.writing() as cursor:
        scored = rate_all(cursor, claims, START + 300 * DAY)
        models = cursor.table("claim_models").order("as_of").to_arrow_table().to_pylist()
        used = model_in_use(cursor)

    # The rule that a claim after a week is suspicious finds all of them too: no gain, so the rules stay.
    assert {one.scored_by for one in scored.values()} == {RULES}
    assert used is None
    assert [one["is_used"] for one in models] == [False] * len(models)
    assert models[-1]["rule_auc"] == models[-1]["auc"] == 1.0
    assert models[-1]["because"].startswith(
        "It is not shown to be better than the rules: average precision +0.00"
    )
    # 60 claims a month, 12 of them false: the model of 1 March knows those of before 24 February.
    assert models[0]["version"] == "claims-2025-03-01"
    assert (models[0]["learned_from"], models[0]["false_claims"]) == (108, 22)


def test_what_the_rules_do_not_see_is_learned_and_used_only_once_it_is_shown(store: Store) -> None:
    # Five hours after the transfer and not one: no rule says so.
    rows = [claimed(n, is_false=n % 5 == 0, day=n / 2) for n in range(600)]
    with store.writing() as cursor:
        insert(cursor, "transactions", [moved(n, n / 2, (5 if n % 5 == 0 else 1) / 24) for n in range(600)])
        scored = rate_all(cursor, table(rows), START + 300 * DAY)
        new = claimed(900, is_false=False, day=299, ends=None)
        insert(cursor, "transactions", [moved(900, 299, 5 / 24)])
        late = rate(cursor, table([new]), table(rows))

    by_month = {f"{START + int(name[1:]) / 2 * DAY:%m}": one.scored_by for name, one in scored.items()}
    # Learned on 1 March, and judged on claims from then on: nothing is shown before some of them had ended.
    assert {by_month[month] for month in ("01", "02", "03")} == {RULES}
    assert by_month["10"] == "claims-2025-10-01"
    assert late.scored_by.startswith("claims-2025-10")
    assert late.score > 0.5
    assert json.loads(late.reasons)[0] == {
        "reason": "time to the claim",
        "points": pytest.approx(json.loads(late.reasons)[0]["points"]),
        "sentence": "Claimed 5 hours after the transfer.",
    }


def test_a_score_of_a_month_is_the_same_whatever_comes_later(store: Store) -> None:
    claims = a_year(store)
    until = claims.slice(0, 300)
    with store.writing() as cursor:
        early = rate_all(cursor, until, START + 150 * DAY)
        late = rate_all(cursor, claims, START + 300 * DAY)
    assert all(late[name] == one for name, one in early.items())


def test_points_of_reasons_add_up_to_what_the_score_is_above_its_base(store: Store) -> None:
    with store.writing() as cursor:
        rows = table([claimed(1, is_false=False, day=5)])
        insert(cursor, "transactions", [moved(1, 5, 2)])
        described = signals_of(cursor, rows, rows)
    (one,) = told(described, MODEL)
    base = 1 / (1 + np.exp(2.0))
    points = MODEL.log_odds(described.matrix)[0]
    assert one.score == pytest.approx(1 / (1 + np.exp(2.0 - points.sum())), abs=1e-9)
    given = sum(reason["points"] for reason in json.loads(one.reasons))
    assert given == pytest.approx(one.score - base, abs=0.02)


def test_the_rules_give_points_that_are_worked_out_by_hand(store: Store) -> None:
    rows = [
        claimed(1, is_false=False, day=20),
        claimed(2, is_false=False, day=20, kind="wrong_address", event_id=None),
        claimed(3, is_false=True, day=1, ends=2, account_id="A4"),
        claimed(4, is_false=False, day=20, amount=Decimal(11)),
    ]
    with store.writing() as cursor:
        insert(cursor, "transactions", [moved(1, 20, 8), moved(4, 20, 1)])
        described = signals_of(cursor, table(rows), table(rows))
    # A week late; no transfer (2) and a wrong address without one (3); no transfer; more than was sent (3),
    # a claim before (1) and that one false (3).
    assert dict(zip(described.claim_ids, points_of(described).sum(axis=1), strict=True)) == {
        "V1": 2,
        "V2": 5,
        "V3": 2,
        "V4": 7,
    }
    assert MOST_POINTS == 19


def test_curves_with_ties_are_those_of_the_hand() -> None:
    # One false above all, one tied with an honest one, two honest below: pairs won 3 + 2.5 of 6.
    score = np.array([0.9, 0.5, 0.5, 0.1, 0.1])
    is_false = np.array([True, True, False, False, False])
    auc, precision = curves(score, is_false, np.ones((1, 5)))
    assert auc[0] == pytest.approx(5.5 / 6)
    assert precision[0] == pytest.approx((1 + 2 / 3) / 2)


def test_of_too_few_false_claims_nothing_is_said() -> None:
    few = Later(np.ones(20), np.ones(20), np.arange(20) < 14, np.arange(20).astype(str))
    assert judge(few) is None


def test_a_model_of_other_signals_is_refused() -> None:
    assert read_model(START, 100, 20, MODEL.as_json()) == MODEL
    with pytest.raises(ModelError, match="learned on other signals"):
        read_model(START, 100, 20, MODEL.as_json().replace("new device", "old device"))


def test_a_store_without_claims_has_no_model(store: Store) -> None:
    with store.writing() as cursor:
        assert rate_all(cursor, table([]), START) == {}
        assert model_in_use(cursor) is None
