"""Who may move money: people with an approval that this transaction has used up; the program, little.

1. A person's transfer names an approval that was used in the same transaction, for the right that the way
   needs, of the same object and amount; no other transfer, now or ever, names the same one.
2. The program holds what policy stops, gives a hold back once its hour is over and nobody confirmed it, and
   writes down what an earlier system did before there was a ledger. It needs no approval and takes none.

The table refuses the same once more, whoever writes (`refuse_unapproved`), but for the one transaction, which
a database does not know.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING

from sqlalchemy import Connection, Table, select

from desk.actors import FREEZE, RECOVER, RELEASE, SEIZE, SYSTEM
from desk.append_only import refuse_rows
from desk.approval_events import APPROVAL_EVENTS
from desk.freezes.runs_table import open_past
from desk.freezes.steps import FREEZES_NOW
from desk.ledger.buckets import LedgerError
from desk.money import in_words
from desk.transactional import used_here

if TYPE_CHECKING:
    from desk.ledger.posting import Transfer

Way = tuple[str, str]
# Which dangerous action a way is: to loosen is to give back, also where an order ends and a hold stays.
RIGHT_OF: Mapping[Way, str] = {
    ("available", "held"): FREEZE.name,
    ("available", "ordered"): FREEZE.name,
    ("held", "ordered"): FREEZE.name,
    ("ordered", "held"): RELEASE.name,
    ("held", "released"): RELEASE.name,
    ("ordered", "released"): RELEASE.name,
    ("seized", "released"): RELEASE.name,
    ("held", "seized"): SEIZE.name,
    ("ordered", "seized"): SEIZE.name,
    ("mistaken", "recovered"): RECOVER.name,
}
# What the program does by itself: policy's holds, their lapse, and what was done before there was a ledger.
PROGRAM_WAYS: frozenset[tuple[str, str, str]] = frozenset(
    {
        ("freeze", "available", "held"),
        ("freeze", "held", "released"),
        ("freeze", "available", "ordered"),
        ("recovery", "mistaken", "recovered"),
    }
)


def require_permitted(connection: Connection, transfers: Sequence[Transfer]) -> None:
    """Refuse transfers that nobody approved, or of which something else was. Raises LedgerError."""
    approved = [transfer for transfer in transfers if transfer.actor != SYSTEM or transfer.approval_id]
    _require_program(connection, [transfer for transfer in transfers if transfer.actor == SYSTEM])
    used = _used(connection, [transfer.approval_id for transfer in approved if transfer.approval_id])
    spent: set[str] = set()
    for transfer in approved:
        name = transfer.approval_id
        if name is None or name not in used_here(connection):
            raise _refused(transfer, "Nobody approved it in this transaction.")
        if used.get(name) != (_right(transfer), transfer.object_id, transfer.amount_micro) or name in spent:
            raise _refused(transfer, f"{name} was approved for something else.")
        spent.add(name)


def _require_program(connection: Connection, transfers: Sequence[Transfer]) -> None:
    for transfer in transfers:
        if transfer.approval_id is not None:
            raise _refused(transfer, "The program uses no approval: a person carries out what was approved.")
        if (transfer.object_kind, transfer.source, transfer.target) not in PROGRAM_WAYS:
            raise _refused(transfer, "The program does not move money so by itself.")
    given_back = [transfer for transfer in transfers if transfer.target == "released"]
    past = open_past(connection) if given_back else None
    for transfer in given_back:
        is_past = past is not None and transfer.at <= past
        if not is_past and not _is_over(connection, transfer):
            raise _refused(transfer, "Its hour is not over: only people give it back before.")


def _is_over(connection: Connection, transfer: Transfer) -> bool:
    """Answer whether a transfer is of a provisional hold that nobody confirmed in time."""
    holds = FREEZES_NOW.c
    asked = select(holds.freeze_id).where(
        holds.freeze_id == transfer.object_id,
        holds.status == "provisional",
        holds.expires_at <= transfer.at,
    )
    return connection.execute(asked).first() is not None


def _right(transfer: Transfer) -> str | None:
    return RIGHT_OF.get((transfer.source, transfer.target))


def _used(connection: Connection, names: Iterable[str]) -> dict[str, tuple[str, str, int | None]]:
    """Return of approvals that were used up: the action, its object and its amount."""
    event_ = APPROVAL_EVENTS.c
    asked = select(event_.approval_id, event_.action, event_.object_id, event_.amount_micro).where(
        event_.approval_id.in_(list(names)), event_.step == "used"
    )
    return {
        row.approval_id: (row.action, row.object_id, row.amount_micro) for row in connection.execute(asked)
    }


def _refused(transfer: Transfer, why: str) -> LedgerError:
    return LedgerError(
        why,
        where=(
            f"{in_words(transfer.amount_micro)} in {transfer.asset} of {transfer.account_id}, "
            f"{transfer.source} to {transfer.target}, {transfer.object_kind} {transfer.object_id}"
        ),
        possible="a transfer whose approval was used up in the same transaction, for this object and amount",
        to_do="Propose it, have another person approve it, and carry it out. Nothing was moved.",
    )


def refuse_unapproved(transfers: Table) -> None:
    """Have the table of transfers refuse whoever moves money without an approval that was used up for it."""
    rights = " ".join(
        f"WHEN NEW.source = '{source}' AND NEW.target = '{target}' THEN '{right}'"
        for (source, target), right in RIGHT_OF.items()
    )
    ways = " OR ".join(
        f"NEW.object_kind = '{kind}' AND NEW.source = '{source}' AND NEW.target = '{target}'"
        for kind, source, target in sorted(PROGRAM_WAYS)
    )
    is_program = f"NEW.actor = '{SYSTEM.name}' AND NEW.role = '{SYSTEM.role}' AND ({ways})"
    is_not_used = (
        "NOT EXISTS (SELECT 1 FROM approval_events AS used WHERE used.approval_id = NEW.approval_id "
        "AND used.step = 'used' AND used.object_id = NEW.object_id "
        f"AND used.amount_micro = NEW.amount_micro AND used.action = CASE {rights} END)"
    )
    words = f"{transfers.name} moves no money that nobody approved"
    refuse_rows(transfers, "program", f"NEW.approval_id IS NULL AND NOT ({is_program})", words)
    refuse_rows(transfers, "approval", f"NEW.approval_id IS NOT NULL AND {is_not_used}", words)
