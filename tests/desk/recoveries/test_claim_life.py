"""A claim from its intake to its end, on both databases."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from small_claims import ANA, AUDE, DAY, HASH, LENA, NOW, OLGA, RITA, SENDER, WALLET, SmallClaims, deposited
from sqlalchemy import text
from sqlalchemy.exc import DatabaseError

from desk.actors import RightError
from desk.approvals import ApprovalError, approve
from desk.audit import lines
from desk.ledger.buckets import Balances
from desk.ledger.posting import balances
from desk.recoveries.claiming import end_not_recoverable, look_at, refuse, withdraw
from desk.recoveries.moving import claim
from desk.recoveries.paying import Payment, ask_payment, lapse_payments, pay
from desk.recoveries.proving import Entered, challenge, enter_proof, lapse_challenges, match_proofs
from desk.recoveries.rules import HOLDERS, RULES, rule_for
from desk.recoveries.state import KINDS, PROOF_LIFE, ClaimError


def test_a_claim_goes_from_the_customers_letter_to_the_ledger(both: SmallClaims) -> None:
    state = both.proved()
    approval = both.approved(state, fee=2_000_000)
    paid = pay(both.records, approval, RITA, NOW)

    assert (paid.status, paid.outcome, paid.paid_micro, paid.fee_micro) == (
        "paid",
        "recovered",
        500_000_000,
        2_000_000,
    )
    assert balances(both.records, "A1") == {"USDT": Balances(mistaken=-500_000_000, recovered=500_000_000)}
    done = [
        line.action for line in reversed(lines(both.records, object_id=state.claim_id, object_kind="claim"))
    ]
    assert done == ["claimed", "checked", "challenged", "proved", "payment_asked", "paid"]


def test_an_approval_pays_once(both: SmallClaims) -> None:
    approval = both.approved(both.proved())
    pay(both.records, approval, LENA, NOW)

    with pytest.raises(ClaimError, match="is paid"):
        pay(both.records, approval, LENA, NOW)
    assert balances(both.records, "A1")["USDT"].recovered == 500_000_000


def test_the_maker_never_approves_and_nothing_is_paid_unapproved(both: SmallClaims) -> None:
    state = both.proved()
    asked = ask_payment(both.records, state.claim_id, Payment(state.amount_micro), RITA, "Proved", NOW)

    with pytest.raises(ApprovalError, match="somebody else must decide"):
        approve(both.records, asked.approval_id, RITA, "", NOW)
    with pytest.raises(ApprovalError, match="Nobody has approved it yet"):
        pay(both.records, asked.approval_id, LENA, NOW)
    assert balances(both.records, "A1") == {}
    assert claim(both.records, state.claim_id).status == "waiting_approval"


def test_an_approval_that_was_not_given_is_asked_for_again(both: SmallClaims) -> None:
    state = both.proved()
    ask_payment(both.records, state.claim_id, Payment(state.amount_micro), OLGA, "Proved", NOW)
    with pytest.raises(ClaimError, match="asks for it already"):
        ask_payment(both.records, state.claim_id, Payment(1), OLGA, "Proved", NOW)

    assert lapse_payments(both.records, NOW) == 0
    assert lapse_payments(both.records, NOW + 4 * DAY) == 1
    assert claim(both.records, state.claim_id).status == "proved"


def test_no_more_than_was_claimed_is_asked_for(claims: SmallClaims) -> None:
    state = claims.proved()
    for micro, fee in ((0, 0), (500_000_001, 0), (500_000_000, 500_000_000), (5, -1)):
        with pytest.raises(ClaimError, match="Name another"):
            ask_payment(claims.records, state.claim_id, Payment(micro, fee), OLGA, "Proved", NOW)


def test_the_database_itself_refuses_a_second_payment_and_a_second_use_of_a_proof(both: SmallClaims) -> None:
    state = both.proved()
    pay(both.records, both.approved(state), RITA, NOW)
    names = "at, recorded_at, actor, role, reason, details, claim_id, kind, account_id, asset, region, status"
    more = "amount_micro, claimed_at, fee_micro, paid_micro, ended_at, outcome, proof"
    again = (
        f"INSERT INTO claim_steps (action, version, {names}, {more}) "
        f"SELECT 'paid', version + 1, {names}, {more} FROM claim_steps WHERE action = 'paid'"
    )
    for statement in (
        again,
        again.replace("'paid', version", "'proved', version"),
        "UPDATE claim_steps SET paid_micro = 1",
        "DELETE FROM claim_steps",
    ):
        with (
            pytest.raises(DatabaseError, match=r"(?i)unique|append-only"),
            both.records.writing() as connection,
        ):
            connection.execute(text(statement))


def test_a_deposit_of_the_very_amount_from_the_address_in_time_proves_control(both: SmallClaims) -> None:
    state = both.challenged(both.checked(both.taken()))
    asked = state.challenge_micro or 0
    assert 1_000_000 <= asked < 5_000_000
    deposited(both.store, "A1", asked - 1, SENDER, NOW + DAY, "near")
    deposited(both.store, "A1", asked, WALLET, NOW + DAY, "elsewhere")
    deposited(both.store, "A2", asked, SENDER, NOW + DAY, "other")
    deposited(both.store, "A1", asked, SENDER, NOW - DAY, "early")
    deposited(both.store, "A1", asked, SENDER, NOW + PROOF_LIFE, "late")
    assert match_proofs(both.records, both.store, NOW + 2 * DAY) == 0

    deposited(both.store, "A1", asked, SENDER, NOW + DAY, "D1")
    assert match_proofs(both.records, both.store, NOW + 2 * DAY) == 1
    found = claim(both.records, state.claim_id)
    assert (found.status, found.proof, found.proved_at) == ("proved", "D1", NOW + DAY)
    assert match_proofs(both.records, both.store, NOW + 2 * DAY) == 0


def test_one_deposit_proves_one_claim_only(claims: SmallClaims) -> None:
    first = claims.challenged(claims.checked(claims.taken()))
    deposited(claims.store, "A1", first.challenge_micro or 0, SENDER, NOW, "D1")
    match_proofs(claims.records, claims.store, NOW)
    second = claims.checked(claims.taken(event_id=None, tx_hash="cd" * 32))
    amount = (first.challenge_micro or 0) - 1_000_000
    challenge(claims.records, second.claim_id, SENDER, OLGA, "Ask", NOW, draw=lambda _: amount)

    assert match_proofs(claims.records, claims.store, NOW) == 0
    assert claim(claims.records, second.claim_id).status == "proving"


def test_two_customers_are_never_asked_for_the_same_amount(claims: SmallClaims) -> None:
    drawn = iter([7, 1, 7, 8, 2])
    for number, expected in ((1, 1_000_007), (2, 1_000_008)):
        state = claims.checked(claims.taken(event_id=None, tx_hash=f"{number:064x}"))
        after = challenge(claims.records, state.claim_id, None, OLGA, "Ask", NOW, draw=lambda _: next(drawn))
        assert after.challenge_micro == expected


def test_a_proof_by_hand_must_be_what_was_asked(claims: SmallClaims) -> None:
    state = claims.challenged(claims.checked(claims.taken()))
    entered = Entered(HASH, SENDER, state.challenge_micro or 0, NOW)
    for changed, told in (
        (replace(entered, amount_micro=1), "was asked"),
        (replace(entered, sender=WALLET), "not from"),
        (replace(entered, sent_at=NOW - DAY), "between the challenge and its deadline"),
        (replace(entered, sent_at=NOW + DAY), "in the future"),
        (replace(entered, tx_hash=" "), "The hash is missing"),
        (replace(entered, tx_hash="zz"), "is no transfer of Tron"),
    ):
        with pytest.raises(ClaimError, match=told):
            enter_proof(claims.records, state.claim_id, changed, OLGA, "Seen", NOW)


def test_a_hash_that_proved_once_proves_no_other_claim(both: SmallClaims) -> None:
    both.proved()
    with pytest.raises(ClaimError, match="good for one use"):
        both.proved(both.taken("A2", micro=80_000_000, event_id="T2", network=None))


def test_a_challenge_ends_at_its_deadline_and_is_asked_anew(both: SmallClaims) -> None:
    state = both.challenged(both.checked(both.taken()))
    assert lapse_challenges(both.records, NOW + PROOF_LIFE - timedelta(seconds=1)) == 0
    assert lapse_challenges(both.records, NOW + PROOF_LIFE) == 1
    assert claim(both.records, state.claim_id).status == "recoverable"
    assert both.challenged(state).status == "proving"


def test_what_is_not_so_is_kept_with_its_checks_and_can_only_be_refused(claims: SmallClaims) -> None:
    others = claims.taken("A2", micro=500_000_000)
    more = claims.taken(micro=600_000_000, event_id="T2")
    declined = claims.taken(micro=40_000_000, event_id="T3")
    nowhere = claims.taken(event_id="T9")

    bad = {
        state.claim_id: {
            one.name for one in look_at(claims.records, claims.store, state).checks if one.is_good is False
        }
        for state in (others, more, declined, nowhere)
    }
    assert list(bad.values()) == [{"owner"}, {"owner", "amount"}, {"status"}, {"transaction"}]
    with pytest.raises(ClaimError, match="It is of another account"):
        claims.checked(others)
    ended = refuse(claims.records, others.claim_id, OLGA, "Not theirs", NOW, is_false=True)
    assert (ended.status, ended.outcome, ended.ended_at) == ("refused", "false_claim", NOW)
    assert (
        refuse(claims.records, more.claim_id, OLGA, "No proof", NOW, is_false=False).outcome == "not_proved"
    )


def test_the_same_transfer_is_claimed_once_while_somebody_works_on_it(both: SmallClaims) -> None:
    first = both.taken()
    with pytest.raises(ClaimError, match=f"{first.claim_id} claims the same transfer"):
        both.taken()
    withdraw(both.records, first.claim_id, OLGA, "Found it", NOW)
    again = both.taken()
    assert again.claim_id != first.claim_id
    pay(both.records, both.approved(both.proved(again)), RITA, NOW)
    with pytest.raises(ClaimError, match="and is paid"):
        both.taken()


def test_what_cannot_be_is_refused_when_it_is_typed_in(claims: SmallClaims) -> None:
    wrong: list[tuple[dict[str, Any], str]] = [
        ({"account": "A9"}, "There is no account 'A9'"),
        ({"micro": 0}, "of more than nothing"),
        ({"kind": "lost"}, "There is no kind 'lost'"),
        ({"event_id": " "}, "Neither a transaction, nor a hash, nor an address"),
        ({"network": "moon"}, "There is no network 'moon'"),
        ({"target": "0x12"}, "'0x12' is no address of Tron"),
        ({"tx_hash": "12"}, "'12' is no transfer of Tron"),
        ({"sent_at": NOW + DAY}, "lies in the future"),
    ]
    for claimed, told in wrong:
        with pytest.raises(ClaimError, match=told):
            claims.taken(**claimed)


def test_the_rules_say_for_every_kind_and_holder_whether_it_can_be_got_back() -> None:
    found = {(kind, holder): rule_for(kind, holder).is_recoverable for kind in KINDS for holder in HOLDERS}

    assert {holder for (_, holder), answer in found.items() if answer} == {"exchange", "other_service"}
    assert {holder for (_, holder), answer in found.items() if answer is None} == {"unknown"}
    assert all(rule.because.endswith(".") and rule.to_do for rule in RULES)
    assert rule_for("missing_memo", "exchange").because.startswith("The money lies at our own address")


def test_what_cannot_be_got_back_ends_so_and_only_where_a_rule_says_it(claims: SmallClaims) -> None:
    state = claims.checked(claims.taken(), "unknown")
    with pytest.raises(ClaimError, match="Nothing says that"):
        end_not_recoverable(claims.records, state.claim_id, OLGA, "Tired", NOW)
    claims.checked(state, "contract")
    ended = end_not_recoverable(claims.records, state.claim_id, OLGA, "It is a contract", NOW)
    assert (ended.status, ended.outcome) == ("not_recoverable", "not_recoverable")
    assert ended.recoverable_because == rule_for("wrong_chain", "contract").because


def test_who_may_not_work_claims_does_nothing_with_them(claims: SmallClaims) -> None:
    state = claims.proved()
    for actor in (ANA, AUDE):
        with pytest.raises(RightError):
            refuse(claims.records, state.claim_id, actor, "No", NOW, is_false=True)
        with pytest.raises(RightError):
            ask_payment(claims.records, state.claim_id, Payment(1), actor, "Yes", NOW)
    assert claim(claims.records, state.claim_id) == state
