"""Placing: what policy stopped and no freeze covers becomes a freeze, each stop exactly once.

    place(store, records, progress)        # Placed(freezes=1523, orders=347, live=601)

Batches are transactions, all of an account is in one of them, in the order of time: a run that was killed
goes on where it stopped, and one after a complete one adds nothing.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy import Connection, func, select

from data.progress import Progress
from data.progress import Step as Report
from data.store import Store
from desk.freezes.moved import transfer_of
from desk.freezes.placing.found import Found, Order, Stop, find
from desk.freezes.placing.lives import life_of, order_of
from desk.freezes.runs_table import begin, write_run
from desk.freezes.steps import FREEZE_STEPS, Step, append_steps, freeze_id_of
from desk.ledger.posting import post
from desk.projection import project
from desk.records import Records
from desk.transactional import AT_ONCE, take_turn

STEP = "holds"
# Some two seconds of writing on a quiet machine: others who write wait no longer for their turn.
STOPS_AT_ONCE = 4_000
Placing = Stop | Order


@dataclass(frozen=True, slots=True)
class Placed:
    """What a placing came to: stops of policy and orders that are new, and those that hold money now."""

    freezes: int = 0
    orders: int = 0
    live: int = 0


def place(store: Store, records: Records, progress: Progress, at_once: int = STOPS_AT_ONCE) -> Placed:
    """Take new stops and executed orders into the ledger, and say what that came to.

    The store holds the freezes as they stand afterwards. Raises RecordsError as the records do.
    """
    progress(Report(STEP, 0, None, "holds", "Read what was stopped"))
    project(store, records)
    with store.cursor() as cursor:
        found = find(cursor)
    if found is None:
        return Placed()
    with records.writing() as connection:
        until, is_past = begin(connection, found.now)
    total = len(found.stops) + len(found.orders)
    placed, done = Placed(), 0
    for batch in _batches([*found.stops, *found.orders], at_once):
        with records.writing() as connection:
            took = _take(connection, batch, found, until if is_past else None)
        placed = Placed(placed.freezes + took.freezes, placed.orders + took.orders, placed.live + took.live)
        done += len(batch)
        progress(Report(STEP, done, total, "holds", "Write the ledger"))
    _finish(records, found.now, placed, is_past=is_past)
    project(store, records)
    progress(Report(STEP, total, total, "holds"))
    return placed


def _finish(records: Records, now: datetime, placed: Placed, *, is_past: bool) -> None:
    if is_past or placed.freezes or placed.orders:
        with records.writing() as connection:
            take_turn(connection)
            what = "ended" if is_past else "placed"
            write_run(connection, what, now, placed.freezes + placed.orders)


def _batches(found: Sequence[Placing], at_once: int) -> Iterator[list[Placing]]:
    """Yield what was found in batches of about `at_once`; no account is in two of them."""
    of_account: dict[str, list[Placing]] = defaultdict(list)
    for each in found:
        of_account[each.account_id].append(each)
    batch: list[Placing] = []
    for placings in of_account.values():
        batch += placings
        if len(batch) >= at_once:
            yield sorted(batch, key=_when)
            batch = []
    if batch:
        yield sorted(batch, key=_when)


def _when(placing: Placing) -> tuple[datetime, str]:
    if isinstance(placing, Stop):
        return placing.placed_at, placing.event_id
    return placing.answered_at, placing.request_id


def _take(connection: Connection, batch: Sequence[Placing], found: Found, until: datetime | None) -> Placed:
    """Take one batch in, within a transaction; what another process took in meanwhile is left."""
    take_turn(connection)
    known = _known(connection, batch)
    new = [each for each in batch if _name(each) not in known]
    next_id = _numbering(connection, {each.account_id for each in new})
    lives = []
    for each in new:
        freeze_id = next_id(each.account_id)
        if isinstance(each, Stop):
            lives.append(life_of(each, freeze_id, until, found.appeals.get(each.event_id, ())))
        else:
            lives.append(order_of(each, freeze_id, found.unit, found.now))
    _write(connection, lives)
    return Placed(
        sum(isinstance(each, Stop) for each in new),
        sum(isinstance(each, Order) for each in new),
        sum(life[-1].state.is_stopped for life in lives),
    )


def _write(connection: Connection, lives: Iterable[Sequence[Step]]) -> None:
    """Write the steps of many freezes with their transfers, in the order of time."""
    ordered = sorted(
        ((step.at, order, step) for order, life in enumerate(lives) for step in life),
        key=lambda each: (each[0], each[1], each[2].state.version),
    )
    steps = [step for _, _, step in ordered]
    moves = {place: moved for place, step in enumerate(steps) if (moved := transfer_of(step)) is not None}
    ids = dict(zip(moves, post(connection, list(moves.values())), strict=True))
    append_steps(connection, [replace(step, transfer_id=ids.get(place)) for place, step in enumerate(steps)])


def _name(placing: Placing) -> tuple[str, str]:
    if isinstance(placing, Stop):
        return "event", placing.event_id
    return "request", placing.request_id


def _known(connection: Connection, batch: Sequence[Placing]) -> set[tuple[str, str]]:
    """Return which of these a freeze covers already."""
    there: set[tuple[str, str]] = set()
    steps = FREEZE_STEPS.c
    for kind, column, wanted in (
        ("event", steps.event_id, steps.kind != "order"),
        ("request", steps.request_id, steps.version > 0),
    ):
        names = [name for its_kind, name in map(_name, batch) if its_kind == kind]
        for start in range(0, len(names), AT_ONCE):
            asked = select(column).where(wanted, column.in_(names[start : start + AT_ONCE]))
            there |= {(kind, name) for name in connection.execute(asked.distinct()).scalars()}
    return there


def _numbering(connection: Connection, accounts: Iterable[str]) -> Callable[[str], str]:
    """Return what gives an account's next freeze its id, beginning after those that there are."""
    earlier: dict[str, int] = defaultdict(int)
    named, steps = sorted(accounts), FREEZE_STEPS.c
    for start in range(0, len(named), AT_ONCE):
        asked = select(steps.account_id, func.count()).where(
            steps.account_id.in_(named[start : start + AT_ONCE]), steps.version == 1
        )
        counted = connection.execute(asked.group_by(steps.account_id))
        earlier.update((row[0], row[1]) for row in counted)

    def next_id(account_id: str) -> str:
        made = freeze_id_of(account_id, earlier[account_id])
        earlier[account_id] += 1
        return made

    return next_id
