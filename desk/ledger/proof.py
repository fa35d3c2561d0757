"""The proof of the ledger: it adds up, nothing in it was changed, and what is frozen is what it holds.

    verdict = prove(records, now)
    verdict.broken                  # None, or the first thing that is wrong, with its row and in words
    prove_nightly(records, now)     # the same once a night, kept in `ledger_proofs`

1. Each transfer has its line of the audit log with the hash of its row, in the same order; so has each step
   of a freeze. The log itself is walked by `desk/chain_check.py`.
2. The balances of each transfer follow from those before it, and add up to zero.
3. Each step of a freeze moved in the ledger what it says, and no transfer of a freeze is without its step.
4. Where nobody approved, the program did it: a hold of policy, its lapse, or the past before the ledger.
5. What is held and ordered in the ledger is what freezes hold, account by account.
"""

from __future__ import annotations

import hashlib
from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import BigInteger, Connection, Table, and_, column, func, insert, select, table

from desk.actors import SYSTEM
from desk.audit import Entry, record
from desk.audit_lines import AUDIT_LINES
from desk.freezes.moved import way_of
from desk.freezes.runs_table import FREEZE_RUNS
from desk.freezes.state import FreezeState
from desk.freezes.steps import FREEZE_STEPS, STATE_NAMES
from desk.ledger.against_audit import Audited, Break, Kind, first_difference
from desk.ledger.buckets import BUCKETS, Balances, LedgerError
from desk.ledger.proofs_table import LEDGER_PROOFS
from desk.ledger.transfers_table import LEDGER_TRANSFERS
from desk.money import in_words
from desk.records import Records
from desk.transactional import clock_of, take_turn

_LINE = AUDIT_LINES.c
_TRANSFERS = Audited(
    LEDGER_TRANSFERS, "transfer_id", and_(_LINE.object_kind == "transfer", _LINE.action == "moved")
)
# An approval to freeze is about a freeze too; its lines are its own steps.
_OF_APPROVALS = ("proposed", "approved", "rejected", "withdrawn", "used")
_STEPS = Audited(
    FREEZE_STEPS, "freeze_id", and_(_LINE.object_kind == "freeze", _LINE.action.not_in(_OF_APPROVALS))
)
_STOPPED = ("held", "ordered")
_ENTRIES = table("ledger_entries", column("amount_micro", BigInteger))
Values = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class LedgerVerdict:
    """What a proof found: how much of the ledger holds, its balances in millionths, and the first break.

    `at` is the data's now; `entries_sum_micro` is zero; `hash` is over all transfers in their order.
    """

    at: datetime
    transfers: int
    accounts: int
    freezes: int
    entries_sum_micro: int
    balances: Balances
    hash: str
    broken: Break | None

    @property
    def words(self) -> str:
        """The result in a sentence or two."""
        if self.broken is not None:
            return f"The ledger is broken in {self.broken.table} at {self.broken.row}: {self.broken.words}"
        stopped = ", ".join(f"{in_words(getattr(self.balances, name))} {name}" for name in _STOPPED)
        return (
            f"The ledger is whole: {self.transfers:,} transfers of {self.accounts:,} accounts and assets add "
            f"up to zero and agree with {self.freezes:,} freezes; {stopped}."
        )


@dataclass
class _Walk:
    """What a walk has seen so far."""

    at: datetime
    began: datetime | None
    entries_sum: int
    standing: dict[tuple[str, str], tuple[int, Balances]] = field(default_factory=dict)
    # Of transfers of freezes that no step was met for yet.
    moved: dict[str, tuple[str, str, str, int]] = field(default_factory=dict)
    states: dict[str, FreezeState] = field(default_factory=dict)
    transfers: int = 0
    running: Any = field(default_factory=hashlib.sha256)

    def transfer(self, row: Values, hashed: str) -> Break | None:
        """Take one transfer; it must follow from the one before of the same account and asset."""
        key = row["account_id"], row["asset"]
        version, before = self.standing.get(key, (0, Balances()))
        after = Balances(*(row[f"{name}_micro"] for name in BUCKETS))
        try:
            expected = before.moved(row["source"], row["target"], row["amount_micro"])
        except LedgerError as error:
            return _broken(LEDGER_TRANSFERS, row["transfer_id"], "sum", error.what)
        if row["version"] != version + 1 or after != expected or after.total != 0:
            words = f"{row['transfer_id']} does not follow from the balances of {' in '.join(key)} before it."
            return _broken(LEDGER_TRANSFERS, row["transfer_id"], "sum", words)
        self.standing[key] = row["version"], after
        if row["object_kind"] == "freeze":
            way = row["source"], row["target"]
            self.moved[row["transfer_id"]] = (row["object_id"], *way, row["amount_micro"])
        self.transfers += 1
        self.running.update(hashed.encode())
        return None

    def step(self, row: Values, _hashed: str) -> Break | None:
        """Take one step of a freeze; the ledger must have moved what it says."""
        state = FreezeState(**{name: row[name] for name in STATE_NAMES})
        before = self.states.get(state.freeze_id)
        self.states[state.freeze_id] = state
        if state.version != (before.version + 1 if before else 1):
            words = f"Step {state.version} of {state.freeze_id} does not follow the one before."
            return _broken(FREEZE_STEPS, state.freeze_id, "steps", words)
        way = way_of(before, state)
        moved = self.moved.pop(row["transfer_id"], None) if row["transfer_id"] else None
        if moved != (None if way is None else (state.freeze_id, *way)):
            words = f"Step {state.version} of {state.freeze_id} is not what the ledger moved."
            return _broken(FREEZE_STEPS, state.freeze_id, "steps", words)
        if way is not None and not row["approval_id"] and not self._is_programs_own(before, row):
            words = f"Step {state.version} of {state.freeze_id} moved money that nobody approved."
            return _broken(FREEZE_STEPS, state.freeze_id, "unapproved", words)
        return None

    def _is_programs_own(self, before: FreezeState | None, row: Values) -> bool:
        if (row["actor"], row["role"]) != (SYSTEM.name, SYSTEM.role):
            return False
        if row["action"] == "lapsed":
            ends = before.expires_at if before else None
            return ends is not None and ends <= row["at"]
        if row["action"] == "held":
            return bool(row["kind"] == "policy")
        if row["action"] == "released":
            return self.began is not None and row["at"] <= self.began
        return bool(row["action"] == "ordered" and row["kind"] == "order" and before is None)

    def ended(self) -> Break | None:
        """Hold what is frozen against what the ledger holds, account by account."""
        if self.entries_sum:
            words = f"All entries add up to {in_words(self.entries_sum)}, not to zero."
            return _broken(LEDGER_TRANSFERS, "ledger_entries", "sum", words)
        if self.moved:
            name, (freeze_id, *_) = next(iter(self.moved.items()))
            return _broken(LEDGER_TRANSFERS, name, "steps", f"{name} is of no step of {freeze_id}.")
        frozen: dict[tuple[str, str], Counter[str]] = defaultdict(Counter)
        for state in self.states.values():
            key = state.account_id, state.asset
            frozen[key].update(held=state.held_micro, ordered=state.ordered_micro)
        for key in sorted({*self.standing, *frozen}):
            there = self.standing.get(key, (0, Balances()))[1]
            for name in _STOPPED:
                if getattr(there, name) != frozen[key][name]:
                    words = (
                        f"{in_words(getattr(there, name))} is {name} in the ledger, "
                        f"{in_words(frozen[key][name])} in freezes."
                    )
                    return _broken(FREEZE_STEPS, " in ".join(key), "steps", words)
        return None

    def verdict(self, broken: Break | None) -> LedgerVerdict:
        """Return what was found."""
        sums = (sum(getattr(one, name) for _, one in self.standing.values()) for name in BUCKETS)
        frozen = sum(state.placed_at is not None for state in self.states.values())
        return LedgerVerdict(
            self.at,
            self.transfers,
            len(self.standing),
            frozen,
            self.entries_sum,
            Balances(*sums),
            self.running.hexdigest(),
            broken,
        )


def _broken(where: Table, row: str, kind: Kind, words: str) -> Break:
    return Break(where.name, row, kind, words)


def prove(records: Records, now: datetime) -> LedgerVerdict:
    """Walk the whole ledger and every freeze, and say what was found; nothing is written.

    `now` is the data's now, which the verdict names.
    """
    with records.reading() as connection:
        began = select(func.min(FREEZE_RUNS.c.at)).where(FREEZE_RUNS.c.what == "began")
        entries = select(func.sum(_ENTRIES.c.amount_micro))
        walk = _Walk(now, connection.execute(began).scalar(), int(connection.execute(entries).scalar() or 0))
        broken = first_difference(connection, _TRANSFERS, walk.transfer)
        broken = broken or first_difference(connection, _STEPS, walk.step) or walk.ended()
        return walk.verdict(broken)


def prove_nightly(records: Records, now: datetime) -> LedgerVerdict | None:
    """Prove the ledger and keep the verdict, once a data's day and night; None where that is done already."""
    night = records.clock().date()
    proofs = LEDGER_PROOFS.c
    asked = select(proofs.number).where(proofs.day == now.date(), proofs.night == night)
    with records.reading() as connection:
        if connection.execute(asked).first() is not None:
            return None
    verdict = prove(records, now)
    with records.writing() as connection:
        take_turn(connection)
        # Another process may have been first.
        if connection.execute(asked).first() is None:
            _keep(connection, verdict, now)
    return verdict


def _keep(connection: Connection, verdict: LedgerVerdict, now: datetime) -> None:
    recorded_at = clock_of(connection)()
    row = {
        "at": now,
        "recorded_at": recorded_at,
        "actor": SYSTEM.name,
        "role": SYSTEM.role,
        "day": now.date(),
        "night": recorded_at.date(),
        "is_whole": verdict.broken is None,
        "transfers": verdict.transfers,
        "accounts": verdict.accounts,
        "freezes": verdict.freezes,
        "entries_sum_micro": verdict.entries_sum_micro,
        **{f"{name}_micro": getattr(verdict.balances, name) for name in BUCKETS},
        "hash": verdict.hash,
        "words": verdict.words,
    }
    connection.execute(insert(LEDGER_PROOFS).values(row))
    after = {"is_whole": verdict.broken is None, "transfers": verdict.transfers, "hash": verdict.hash}
    entry = Entry(SYSTEM, "proved", "ledger", f"{now:%Y-%m-%d}", now, after=after, reason=verdict.words)
    record(connection, entry)
