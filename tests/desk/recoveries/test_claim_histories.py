"""Random histories: whatever anybody tries, a claim pays at most once and never more than claimed."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from contextlib import suppress
from datetime import timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from small_claims import LENA, NOW, OLGA, RITA, SENDER, SmallClaims, fill_claims
from sqlalchemy import func, select

from data.errors import WatchfloorError
from data.home import Home
from data.store import Store
from desk.actors import Actor
from desk.approvals import approve, reject, withdraw
from desk.ledger.posting import balances
from desk.ledger.transfers_table import LEDGER_TRANSFERS
from desk.people import DEMONSTRATION, found
from desk.records import open_records
from desk.recoveries.claiming import refuse
from desk.recoveries.moving import claim
from desk.recoveries.paying import Payment, ask_payment, lapse_payments, pay
from desk.recoveries.proving import Entered, challenge, enter_proof, lapse_challenges

WHO = st.sampled_from((OLGA, LENA, RITA))
VERB = st.sampled_from(
    ("check", "challenge", "prove", "ask", "approve", "pay", "pay", "reject", "withdraw", "lapse", "refuse")
)
STEP = st.tuples(
    VERB, WHO, st.sampled_from((1, 499_999_999, 500_000_000, 500_000_001)), st.sampled_from((0, 0, 1, 80))
)
# The way to a payment, so that most histories come that far before anything goes astray.
WAY = [("check", OLGA, 1, 0), ("challenge", OLGA, 1, 0), ("prove", OLGA, 1, 0), ("ask", OLGA, 500_000_000, 0)]
_hashes = itertools.count(1)


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory, emptied: Store) -> Iterator[SmallClaims]:
    opened = open_records(Home(tmp_path_factory.mktemp("claims")), {})
    found(opened, DEMONSTRATION, NOW)
    yield SmallClaims(opened, emptied)
    opened.close()


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.integers(0, len(WAY)), st.lists(STEP, max_size=9))
def test_a_claim_pays_at_most_once_and_never_more_than_claimed(
    kept: SmallClaims, along: int, steps: list[tuple[str, Actor, int, int]]
) -> None:
    fill_claims(kept.store)
    before = balances(kept.records, "A1")
    state = kept.taken(event_id=None, tx_hash=f"{next(_hashes):064x}")
    asked: list[str] = []
    at = NOW
    for verb, who, amount, hours in [*WAY[:along], *steps]:
        at += timedelta(hours=hours)
        with suppress(WatchfloorError):
            _do(SmallClaims(kept.records, kept.store, at), state.claim_id, verb, who, amount, asked)

    after = claim(kept.records, state.claim_id)
    moved = LEDGER_TRANSFERS.c
    with kept.records.reading() as connection:
        counted = select(func.count(), func.coalesce(func.sum(moved.amount_micro), 0))
        transfers, paid = connection.execute(counted.where(moved.object_id == state.claim_id)).one()
    assert transfers == (after.status == "paid")
    assert paid == after.paid_micro <= state.amount_micro
    now = balances(kept.records, "A1")
    recovered = {asset: one.recovered for asset, one in now.items()}
    assert all(one.total == 0 for one in now.values())
    earlier = before["USDT"].recovered if before else 0
    assert recovered.get("USDT", 0) - earlier == paid


def _do(kept: SmallClaims, claim_id: str, verb: str, who: Actor, amount: int, asked: list[str]) -> None:
    records, state, at = kept.records, claim(kept.records, claim_id), kept.at
    newest = asked[-1] if asked else "A-none"
    if verb == "check":
        kept.checked(state)
    elif verb == "challenge":
        challenge(records, claim_id, SENDER, who, "Ask", at)
    elif verb == "prove":
        entered = Entered(f"{next(_hashes):064x}", SENDER, state.challenge_micro or 0, at)
        enter_proof(records, claim_id, entered, who, "Seen", at)
    elif verb == "ask":
        asked.append(ask_payment(records, claim_id, Payment(amount), who, "Proved", at).approval_id)
    elif verb == "approve":
        approve(records, newest, who, "", at)
    elif verb == "pay":
        pay(records, asked[amount % len(asked)] if asked else newest, who, at)
    elif verb == "reject":
        reject(records, newest, who, "No", at)
    elif verb == "withdraw":
        withdraw(records, newest, who, "Mine", at)
    elif verb == "lapse":
        lapse_challenges(records, at)
        lapse_payments(records, at)
    else:
        refuse(records, claim_id, who, "False", at, is_false=True)
