"""Random acts on money by anybody, honest or not, and what must hold after them, whatever came of each.

    played = Played(records, "H1")
    for act in acts: played.play(act)         # a refusal writes nothing
    played.differs(), faults(records)         # "" against the plain model, [] where the rule held

The model knows only what each call that succeeded should have moved: no table, no approval, no database.
"""

from __future__ import annotations

import itertools
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from sqlalchemy import select

from data.errors import WatchfloorError
from desk.actors import SYSTEM, Actor
from desk.acts import Approval
from desk.approval_events import APPROVAL_EVENTS
from desk.approvals import approval_of, approve, reject, use, withdraw
from desk.freezes.acting import (
    Asked,
    ask_order,
    ask_order_end,
    ask_release,
    ask_seizure,
    carry_out,
    confirm,
    drop_undone,
    lapse,
    request_freeze,
    review,
)
from desk.freezes.appeals import decide_appeal, file_appeal
from desk.freezes.placing.found import Stop
from desk.freezes.placing.lives import life_of
from desk.freezes.state import PROVISIONAL_LIFE
from desk.freezes.writing import Done, found, move_out, stop, write
from desk.ledger.posting import Transfer, balances, post
from desk.ledger.proof import prove
from desk.ledger.transfers_table import LEDGER_TRANSFERS
from desk.people import DEMONSTRATION
from desk.records import Records
from desk.recoveries.paying import Payment, ask_payment, lapse_payments, pay
from desk.recoveries.state import ClaimState
from desk.recoveries.steps import Step, append_steps

NOW = datetime(2025, 10, 31, 23)
MILLION = 1_000_000
ACTORS = tuple(Actor(name, role) for name, role in DEMONSTRATION.items())
# In the role of another, not here at all, and under the name of the program.
LIARS = (
    Actor("Rita Riskdemo", "desk_lead"),
    Actor("Ada Admindemo", "risk_manager"),
    Actor("Eve", "desk_lead"),
    Actor("Watchfloor", "risk_manager"),
)
HONEST = (
    *("hold",) * 3, *("request",) * 4, "order", *("release",) * 4, *("seize",) * 2, *("take_over",) * 2,
    "end_order", "end_order", "approve", "reject", "withdraw", "carry_out", "confirm", "review", "appeal",
    "decide", "lapse", "drop", *("ask_payment",) * 2, "pay", *("finish",) * 12,
)  # fmt: skip
CHECKERS = tuple(actor for actor in ACTORS if actor.role in ("risk_manager", "desk_lead"))
# Names of what is planted: the process counts, so that two threads never plant the same.
_numbers = itertools.count()
ATTACKS = ("raw", "other_amount", "stop_alone", "back_alone", "back_as_program")
VERBS = (*HONEST, *ATTACKS)


@dataclass(frozen=True, slots=True)
class Act:
    """One act: what, by whom, on which of what there is, how much in whole units, after how many hours."""

    verb: str
    actor: Actor
    place: int
    amount: int
    hours: int


@dataclass
class Played:
    """A history on accounts of its own; `breaches` are attacks that were not refused."""

    records: Records
    name: str
    now: datetime = NOW
    freezes: list[str] = field(default_factory=list)
    approvals: list[str] = field(default_factory=list)
    lies: Counter[str] = field(default_factory=Counter)
    of_freeze: dict[str, Counter[str]] = field(default_factory=dict)
    provisional: dict[str, datetime] = field(default_factory=dict)
    breaches: list[str] = field(default_factory=list)
    carried: list[str] = field(default_factory=list)
    refused: int = 0

    @property
    def account(self) -> str:
        """Whose money it is about."""
        return f"A-{self.name}"

    def play(self, act: Act) -> bool:
        """Play one act and say whether it was done; a refusal writes nothing."""
        self.now += timedelta(hours=act.hours)
        micro = act.amount * MILLION
        try:
            if act.verb in ATTACKS:
                _ATTACKS[act.verb](self, act, micro)
                self.breaches.append(f"{act.verb} by {act.actor.name}, {act.actor.role}")
            else:
                _PLAYS[act.verb](self, act, micro)
        except WatchfloorError:
            self.refused += 1
            return False
        return True

    def freeze(self, act: Act) -> str:
        """Return the freeze that an act is about, the newest being 0; F-none where there is none."""
        return self.freezes[-1 - act.place % len(self.freezes)] if self.freezes else "F-none"

    def approval(self, act: Act) -> str:
        """Return the approval that an act is about."""
        return self.approvals[-1 - act.place % len(self.approvals)] if self.approvals else "A-none"

    def move(self, freeze_id: str, source: str, target: str, micro: int) -> None:
        """Have the model follow what should have moved."""
        self.lies.update({target: micro})
        self.lies.subtract({source: micro})
        there = self.of_freeze.setdefault(freeze_id, Counter())
        there.update({target: micro})
        there.subtract({source: micro})

    def differs(self) -> str:
        """Return where the ledger is not what the model says; nothing where they agree."""
        there = balances(self.records, self.account).get("USDT")
        wrong = {
            name: (expected, getattr(there, name, 0))
            for name, expected in self.lies.items()
            if getattr(there, name, 0) != expected
        }
        return f"{self.account}: {wrong}" if wrong or (there and there.total) else ""


def _hold(played: Played, _act: Act, micro: int) -> None:
    freeze_id = f"F-{played.name}-{next(_numbers)}"
    event = Stop(
        freeze_id, played.account, "USDT", "cis", "KZ", micro, played.now, "hold", None, None, None, None
    )
    (step,) = life_of(event, freeze_id, None, ())
    with played.records.writing() as connection:
        write(connection, None, step.state, Done("held", SYSTEM, "Policy held it.", played.now))
    played.freezes.append(freeze_id)
    played.provisional[freeze_id] = played.now + PROVISIONAL_LIFE
    played.move(freeze_id, "available", "held", micro)


def _request(played: Played, act: Act, micro: int, kind: str = "internal") -> None:
    asked = Asked(played.account, "USDT", micro, "cis", "KZ", kind=kind)
    state, approval = request_freeze(played.records, asked, act.actor, "Because", played.now)
    played.freezes.append(state.freeze_id)
    played.approvals.append(approval.approval_id)


def _ask(played: Played, act: Act, micro: int, ask: Callable[..., Approval], **more: str) -> None:
    amount = None if act.amount == 1 else micro
    approval = ask(played.records, played.freeze(act), amount, act.actor, "Because", played.now, **more)
    played.approvals.append(approval.approval_id)


def _carry_out(played: Played, act: Act, _micro: int) -> None:
    name = played.approval(act)
    what = approval_of(played.records, name).act
    state = carry_out(played.records, name, act.actor, played.now)
    played.carried.append(name)
    amount, there = what.amount_micro or 0, played.of_freeze.setdefault(what.object_id, Counter())
    to, kind = what.details.get("to"), what.details["kind"]
    if what.action == "freeze":
        way = ("held", "ordered") if to else ("available", "ordered" if kind == "order" else "held")
    elif what.action == "release":
        way = ("ordered", "held") if to else ("ordered" if kind == "order" else "held", "released")
    else:
        way = ("ordered" if there["ordered"] >= amount else "held", "seized")
    played.move(what.object_id, *way, amount)
    if state.status != "provisional":
        played.provisional.pop(what.object_id, None)


def _finish(played: Played, act: Act, micro: int) -> None:
    """Have another person approve what was asked for last, and carry it out."""
    name = played.approval(replace(act, place=0))
    approve(played.records, name, CHECKERS[act.place % len(CHECKERS)], "Seen", played.now)
    is_claim = approval_of(played.records, name).act.action == "recover"
    (_pay if is_claim else _carry_out)(played, replace(act, place=0), micro)


def _confirm(played: Played, act: Act, _micro: int) -> None:
    confirm(played.records, played.freeze(act), act.actor, "Because", played.now)
    played.provisional.pop(played.freeze(act), None)


def _lapse(played: Played, _act: Act, _micro: int) -> None:
    lapse(played.records, played.now)
    for freeze_id in [name for name, ends in played.provisional.items() if ends <= played.now]:
        del played.provisional[freeze_id]
        played.move(freeze_id, "held", "released", played.of_freeze[freeze_id]["held"])


def _ask_payment(played: Played, act: Act, micro: int) -> None:
    claim_id = f"M-{played.name}-{next(_numbers)}"
    state = ClaimState(
        claim_id, 1, "missing_memo", played.account, "USDT", "cis", "KZ", "proved", 9 * MILLION, played.now,
        event_id=claim_id, payable_micro=9 * MILLION, holder="exchange", is_recoverable=True, proof=claim_id,
        proved_at=played.now,
    )  # fmt: skip
    with played.records.writing() as connection:
        append_steps(connection, [Step(None, state, "claimed", SYSTEM, "Planted", played.now)])
    asked = ask_payment(played.records, claim_id, Payment(micro), act.actor, "Because", played.now)
    played.approvals.append(asked.approval_id)


def _pay(played: Played, act: Act, _micro: int) -> None:
    name = played.approval(act)
    paid = pay(played.records, name, act.actor, played.now)
    played.carried.append(name)
    played.move(paid.claim_id, "mistaken", "recovered", paid.paid_micro)


def _drop(played: Played, _act: Act, _micro: int) -> None:
    drop_undone(played.records, played.now)
    lapse_payments(played.records, played.now)


_PLAYS: Mapping[str, Callable[[Played, Act, int], object]] = {
    "hold": _hold,
    "request": _request,
    "order": lambda played, act, micro: _request(played, act, micro, "order"),
    "release": lambda played, act, micro: _ask(played, act, micro, ask_release),
    "seize": lambda played, act, micro: _ask(played, act, micro, ask_seizure, to_whom="Police"),
    "take_over": lambda played, act, micro: _ask(played, act, micro, ask_order, request_id="Q1"),
    "end_order": lambda played, act, micro: _ask(played, act, micro, ask_order_end),
    "approve": lambda played, act, _: approve(
        played.records, played.approval(act), act.actor, "Seen", played.now
    ),
    "reject": lambda played, act, _: reject(
        played.records, played.approval(act), act.actor, "No", played.now
    ),
    "withdraw": lambda played, act, _: withdraw(
        played.records, played.approval(act), act.actor, "No", played.now
    ),
    "carry_out": _carry_out,
    "finish": _finish,
    "confirm": _confirm,
    "review": lambda played, act, _: review(
        played.records, played.freeze(act), act.actor, "Still", played.now
    ),
    "appeal": lambda played, act, _: file_appeal(
        played.records, played.freeze(act), act.actor, "Mine", played.now
    ),
    "decide": lambda played, act, _: decide_appeal(
        played.records, played.freeze(act), act.actor, "Why", played.now, is_granted=act.amount > 2
    ),
    "lapse": _lapse,
    "drop": _drop,
    "ask_payment": _ask_payment,
    "pay": _pay,
}


def _transfer(played: Played, act: Act, micro: int) -> Transfer:
    """A transfer that an attacker makes up: of an approval that is there, or of none."""
    ways = (("available", "held"), ("held", "released"), ("held", "seized"), ("mistaken", "recovered"))
    return Transfer(
        played.account,
        "USDT",
        *ways[act.place % 4],
        micro,
        "freeze",
        played.freeze(act),
        act.actor,
        played.now,
        "Because I say so",
        played.approval(act) if act.amount % 2 else None,
    )


def _raw(played: Played, act: Act, micro: int) -> None:
    with played.records.writing() as connection:
        post(connection, [_transfer(played, act, micro)])


def _other_amount(played: Played, act: Act, _micro: int) -> None:
    name = played.approval(act)
    what = approval_of(played.records, name).act
    plain = _transfer(played, act, (what.amount_micro or 0) + 1)
    more = replace(plain, object_id=what.object_id, approval_id=name)
    with played.records.writing() as connection:
        use(connection, name, what, act.actor, played.now)
        post(connection, [more])


def _stop_alone(played: Played, act: Act, _micro: int) -> None:
    with played.records.writing() as connection:
        done = Done("applied", act.actor, "Alone", played.now)
        stop(connection, found(connection, played.freeze(act)), done, played.now)


def _back_alone(played: Played, act: Act, micro: int) -> None:
    with played.records.writing() as connection:
        done = Done("released", act.actor, "Alone", played.now)
        move_out(connection, found(connection, played.freeze(act)), micro, "released", done)


def _back_as_program(played: Played, act: Act, micro: int) -> None:
    with played.records.writing() as connection:
        # An hour before the hold was placed: never over.
        done = Done("lapsed", SYSTEM, "Nobody confirmed it.", NOW - timedelta(hours=1))
        move_out(connection, found(connection, played.freeze(act)), micro, "released", done)


_ATTACKS: Mapping[str, Callable[[Played, Act, int], object]] = {
    "raw": _raw,
    "other_amount": _other_amount,
    "stop_alone": _stop_alone,
    "back_alone": _back_alone,
    "back_as_program": _back_as_program,
}


def faults(records: Records) -> list[str]:
    """Return what is wrong with the money of these records, in words; nothing where the rule held."""
    verdict = prove(records, NOW)
    wrong = [verdict.words] if verdict.broken else []
    moved, event = LEDGER_TRANSFERS.c, APPROVAL_EVENTS.c
    with records.reading() as connection:
        people = select(moved.approval_id).where(moved.role != SYSTEM.role)
        by_people = connection.execute(people).scalars().all()
        money = event.action.in_(("freeze", "release", "seize", "recover"))
        used = select(event.approval_id, event.maker, event.checker).where(event.step == "used", money)
        acts = connection.execute(used).all()
    twice = [name for name, times in Counter(by_people).items() if times > 1 or name is None]
    if twice:
        wrong.append(f"approvals moved money twice, or were none: {twice[:3]}")
    if sorted(by_people) != sorted(act.approval_id for act in acts):
        wrong.append(f"{len(by_people)} transfers of people, {len(acts)} approvals used")
    wrong += [f"{act.maker} checked their own {act.approval_id}" for act in acts if act.maker == act.checker]
    return wrong
