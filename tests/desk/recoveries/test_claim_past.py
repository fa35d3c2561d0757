"""Claims of another system are taken over once, whole, with what was paid in the ledger."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from small_claims import DAY, NOW, OLGA, SmallClaims
from small_exchange import insert

from data.progress import silent
from desk.audit import lines
from desk.ledger.buckets import Balances
from desk.ledger.posting import balances
from desk.recoveries.claiming import refuse
from desk.recoveries.moving import claim
from desk.recoveries.past import Taken, take_past


def kept(name: str, outcome: str | None, **more: Any) -> dict[str, Any]:
    row = {
        "recovery_id": name,
        "account_id": "A1",
        "claimed_at": NOW - 3 * DAY,
        "kind": "wrong_chain",
        "amount": Decimal("12.345678"),
        "asset": "USDT",
        "ended_at": NOW - DAY if outcome else None,
        "outcome": outcome,
    }
    return row | more


RECOVERIES = [
    kept("V1", "recovered", event_id="T1", claimed_at=NOW - 3 * DAY),
    kept("V2", "false_claim", account_id="stranger"),
    kept("V3", "not_recoverable"),
    kept("V4", None),
    kept("V5", "recovered", amount=Decimal(0)),
]


def load(claims: SmallClaims, rows: list[dict[str, Any]]) -> None:
    with claims.store.writing() as cursor:
        cursor.execute("DELETE FROM recoveries")
        insert(cursor, "recoveries", rows)


def test_the_past_is_taken_once_in_batches_and_paid_in_the_ledger(both: SmallClaims) -> None:
    load(both, RECOVERIES)

    assert take_past(both.store, both.records, silent, at_once=2) == Taken(claims=4, ended=3, paid=1)
    assert take_past(both.store, both.records, silent) == Taken()

    ends = {
        name: (claim(both.records, name).status, claim(both.records, name).outcome)
        for name in ("V1", "V2", "V3", "V4")
    }
    assert ends == {
        "V1": ("paid", "recovered"),
        "V2": ("refused", "false_claim"),
        "V3": ("not_recoverable", "not_recoverable"),
        "V4": ("claimed", None),
    }
    assert claim(both.records, "V2").region == "unknown"
    assert claim(both.records, "V1").sent_at == NOW - 4 * DAY
    assert balances(both.records, "A1") == {"USDT": Balances(mistaken=-12_345_678, recovered=12_345_678)}
    assert len(lines(both.records, object_kind="claim")) == 7
    with both.store.cursor() as cursor:
        paid = cursor.execute("SELECT paid FROM desk_claims WHERE claim_id = 'V1'").fetchall()
        moved = cursor.execute("SELECT amount, target, done_at FROM desk_transfers").fetchall()
    assert paid == [(Decimal("12.345678"),)]
    assert moved == [(Decimal("12.345678"), "recovered", NOW - DAY)]


def test_an_end_that_arrives_later_is_taken_unless_somebody_here_acted_on_the_claim(
    claims: SmallClaims,
) -> None:
    load(claims, [kept("V1", None), kept("V2", None)])
    take_past(claims.store, claims.records, silent)
    refuse(claims.records, "V2", OLGA, "Never proved", NOW, is_false=False)
    load(claims, [kept("V1", "recovered"), kept("V2", "recovered")])

    assert take_past(claims.store, claims.records, silent) == Taken(ended=1, paid=1)
    assert claim(claims.records, "V1").status == "paid"
    assert claim(claims.records, "V2").outcome == "not_proved"


def test_a_claim_of_the_past_goes_on_at_this_desk(claims: SmallClaims) -> None:
    load(claims, [kept("V4", None, amount=Decimal(500))])
    take_past(claims.store, claims.records, silent)

    state = claims.proved(claim(claims.records, "V4"))
    assert state.status == "proved"
    assert state.scored_by == "rules"


def test_a_store_that_is_not_scored_takes_nothing(claims: SmallClaims) -> None:
    load(claims, RECOVERIES)
    with claims.store.writing() as cursor:
        cursor.execute("DELETE FROM account_risk")
    assert take_past(claims.store, claims.records, silent) == Taken()


@pytest.mark.parametrize("outcome", ["recovered", "false_claim"])
def test_a_run_that_was_cut_short_goes_on(claims: SmallClaims, outcome: str) -> None:
    rows = [kept(f"V{n}", outcome, account_id=f"A{n}") for n in range(5)]
    load(claims, rows[:2])
    take_past(claims.store, claims.records, silent)
    load(claims, rows)
    assert take_past(claims.store, claims.records, silent, at_once=1).claims == 3
