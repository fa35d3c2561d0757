"""Proof of control: who can send a small amount that nobody else knows from an address, holds its key.

    state = challenge(records, claim_id, "TQ...", actor, "Sent there by hand", now)
    match_proofs(records, store, now)         # a deposit of exactly that amount, from there, in time
    enter_proof(records, claim_id, Entered(tx_hash, "TQ...", state.challenge_micro, sent_at), actor, why, now)

The amount is drawn anew for each challenge and asked of nobody else at the same time; it is good for one use
and until PROOF_LIFE is over by the data's now. A deposit or a hash proves one claim and never another.
"""

from __future__ import annotations

import secrets
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy import Connection, func, select

from data.chains import fault_of_address, fault_of_hash
from data.store import Store
from desk.actors import SYSTEM, Actor
from desk.money import MICRO, in_words
from desk.records import Records
from desk.recoveries.finding import proofs
from desk.recoveries.moving import Done, found, moved, to_act_on, words
from desk.recoveries.state import PROOF_LIFE, ClaimError, ClaimState
from desk.recoveries.steps import state_of
from desk.recoveries.steps_table import CLAIM_STEPS, CLAIMS_NOW
from desk.transactional import take_turn

# Between 1 and 5 of the store's unit: small for a customer, above the dust that networks refuse, and with six
# decimals one in four million to be guessed.
LEAST_MICRO, SPREAD_MICRO = MICRO, 4 * MICRO
Draw = Callable[[int], int]


@dataclass(frozen=True, slots=True)
class Entered:
    """A small transfer that a person saw on its network: hash, sender, amount in millionths, and when."""

    tx_hash: str
    sender: str
    amount_micro: int
    sent_at: datetime


def challenge(
    records: Records,
    claim_id: str,
    sender: str | None,
    actor: Actor,
    reason: str,
    now: datetime,
    draw: Draw = secrets.randbelow,
) -> ClaimState:
    """Ask the customer for a small transfer from `sender` (None: any address of the account's own deposits).

    A new challenge takes the place of the one before. Raises ClaimError where the claim is not so far.
    """
    words(reason)
    sender = (sender or "").strip() or None
    with records.writing() as connection:
        before = to_act_on(connection, claim_id, actor, ("recoverable", "proving"))
        fault = fault_of_address(before.network or "", sender or "") if sender else ""
        if fault:
            raise ClaimError(fault, to_do="Name an address of that network. Nothing was asked.")
        amount = _amount(connection, draw)
        after = replace(
            before,
            status="proving",
            challenge_micro=amount,
            challenge_from=sender,
            challenge_memo=f"WF{draw(10**8):08}",
            challenge_at=now,
            challenge_until=now + PROOF_LIFE,
        )
        return moved(connection, before, after, Done("challenged", actor, reason, now))


def match_proofs(records: Records, store: Store, now: datetime) -> int:
    """Find the deposits that prove control, and return how many claims that were; the program's own act."""
    with records.reading() as connection:
        asked = select(CLAIMS_NOW).where(CLAIMS_NOW.c.status == "proving")
        waiting = [state_of(row) for row in connection.execute(asked.order_by(CLAIMS_NOW.c.claim_id))]
    with store.cursor() as cursor:
        seen = proofs(cursor, waiting)
    if not seen:
        return 0
    known = {one.claim_id: one.version for one in waiting}
    matched = 0
    with records.writing() as connection:
        take_turn(connection)
        for claim_id, event_id, proved_at in seen:
            before = found(connection, claim_id)
            if before.version != known[claim_id] or _is_used(connection, event_id):
                continue
            done = Done("proved", SYSTEM, f"The deposit {event_id} came as asked.", now)
            _prove(connection, before, event_id, proved_at, done)
            matched += 1
    return matched


def enter_proof(
    records: Records, claim_id: str, entered: Entered, actor: Actor, reason: str, now: datetime
) -> ClaimState:
    """Take a proof that a person saw on its network. Raises ClaimError where it is not what was asked."""
    words(reason)
    tx_hash = entered.tx_hash.strip()
    with records.writing() as connection:
        before = to_act_on(connection, claim_id, actor, ("proving",))
        wrong = _faults(before, replace(entered, tx_hash=tx_hash, sender=entered.sender.strip()), now)
        if not wrong and _is_used(connection, tx_hash):
            wrong = [f"{tx_hash} has proved or is claimed already: it is good for one use."]
        if wrong:
            raise ClaimError(" ".join(wrong), where=claim_id, to_do="Look again. Nothing was proved.")
        done = Done("proved", actor, reason, now, {"by_hand": True, "sender": entered.sender.strip()})
        return _prove(connection, before, tx_hash, entered.sent_at, done)


def lapse_challenges(records: Records, now: datetime) -> int:
    """End every challenge whose time is over and return how many those were; the program's own act."""
    over = select(CLAIMS_NOW).where(CLAIMS_NOW.c.status == "proving", CLAIMS_NOW.c.challenge_until <= now)
    with records.writing() as connection:
        take_turn(connection)
        late = [state_of(row) for row in connection.execute(over.order_by(CLAIMS_NOW.c.claim_id))]
        for before in late:
            done = Done("challenge_over", SYSTEM, "Nothing came in time.", now)
            moved(connection, before, replace(before, status="recoverable"), done)
    return len(late)


def _prove(
    connection: Connection, before: ClaimState, proof: str, proved_at: datetime, done: Done
) -> ClaimState:
    return moved(connection, before, replace(before, status="proved", proof=proof, proved_at=proved_at), done)


def _amount(connection: Connection, draw: Draw) -> int:
    """Draw an amount that is asked of nobody now."""
    asked = select(CLAIMS_NOW.c.challenge_micro).where(CLAIMS_NOW.c.status == "proving")
    taken = set(connection.execute(asked).scalars())
    while (amount := LEAST_MICRO + draw(SPREAD_MICRO)) in taken:
        pass
    return amount


def _faults(state: ClaimState, entered: Entered, now: datetime) -> list[str]:
    asked = state.challenge_micro or 0
    starts, ends = state.challenge_at or now, state.challenge_until or now
    wrong = [
        (not entered.tx_hash, "The hash is missing."),
        (
            entered.amount_micro != asked,
            f"{in_words(entered.amount_micro)} came, {in_words(asked)} was asked.",
        ),
        (
            state.challenge_from is not None and entered.sender != state.challenge_from,
            f"It came from {entered.sender}, not from {state.challenge_from}.",
        ),
        (not starts <= entered.sent_at < ends, "It was not sent between the challenge and its deadline."),
        (now >= ends, "The deadline is over: ask anew."),
        (entered.sent_at > now, "It lies in the future."),
    ]
    faults = [said for is_wrong, said in wrong if is_wrong]
    fault = fault_of_hash(state.network or "", entered.tx_hash) if entered.tx_hash else ""
    return [*faults, fault] if fault else faults


def _is_used(connection: Connection, proof: str) -> bool:
    """Answer whether an event or hash proved a claim already, or is what a claim is about."""
    steps = CLAIM_STEPS.c
    asked = select(func.count()).where(
        (steps.proof == proof) | (steps.event_id == proof) | (steps.tx_hash == proof)
    )
    return bool(connection.execute(asked).scalar_one())
