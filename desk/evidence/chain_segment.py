"""The segment of the audit log in a pack: the lines about its object, what links them, the signed heads.

Lines about the object are whole, so that whoever has the pack computes the hash of each. Lines between them
are about other people: they are sealed, as number and hash, which show that the lines of the object stand
where they say, and can be compared with the log itself (`compare`). Where more than MOST_BETWEEN lie between
two lines, a new run begins.
"""

from __future__ import annotations

import json
from bisect import bisect_left
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, select

from desk.actors import RIGHTS
from desk.anchors import Head
from desk.audit_lines import AUDIT_LINES, Line
from desk.canonical import canonical
from desk.records import Records
from desk.transactional import AT_ONCE

# Heads are signed every 25 lines; further apart than four of them a link would be a list of hashes only.
MOST_BETWEEN = 100
# By what kinds of object the log knows what a pack is about; approvals stand under the right they are for.
KINDS = ("case", "ring", "freeze", "request", "transfer", "recovery", *RIGHTS)


@dataclass(frozen=True, slots=True)
class Segment:
    """Lines of the log for a pack: about its object whole, between them sealed, and the heads on them."""

    lines: tuple[dict[str, Any], ...]
    heads: tuple[dict[str, Any], ...]

    @property
    def whole(self) -> list[dict[str, Any]]:
        """The lines about the object."""
        return [line for line in self.lines if "action" in line]

    @property
    def runs(self) -> int:
        """How many stretches without a gap there are."""
        numbers = [line["number"] for line in self.lines]
        return sum(n == 0 or number != numbers[n - 1] + 1 for n, number in enumerate(numbers))

    @property
    def words(self) -> str:
        """What it is, in a sentence."""
        whole = len(self.whole)
        return (
            f"{whole} {'line' if whole == 1 else 'lines'} of the audit log about it, whole, with "
            f"{len(self.lines) - whole} lines between them as number and hash, in {self.runs} "
            f"{'run' if self.runs == 1 else 'runs'}; {len(self.heads)} signed heads cover them."
        )


def segment(connection: Connection, about: Collection[str], heads: Sequence[Head]) -> Segment:
    """Return the lines about objects called `about`, with what links them."""
    own = {line.number: line for line in _about(connection, about)}
    signed = {head.number: head for head in heads if not head.fault}
    wanted = _linked(sorted(own), sorted(signed))
    hashes = dict(_hashes(connection, [number for number in wanted if number not in own]))
    lines = [
        _whole(own[number]) if number in own else {"number": number, "hash": hashes[number]}
        for number in wanted
        if number in own or number in hashes
    ]
    held = set(wanted) | _next(sorted(own), sorted(signed))
    return Segment(tuple(lines), tuple(_head(signed[one]) for one in sorted(held & set(signed))))


def compare(records: Records, lines: Sequence[dict[str, Any]]) -> int | None:
    """Return the number of the first line of a pack that the log of `records` does not have so; None."""
    with records.reading() as connection:
        known = dict(_hashes(connection, [int(line["number"]) for line in lines]))
    return next((int(line["number"]) for line in lines if known.get(line["number"]) != line["hash"]), None)


def as_lines(rows: Sequence[dict[str, Any]]) -> bytes:
    """Return rows as JSON, one a line, each written as its hash is computed."""
    return "".join(f"{canonical(row)}\n" for row in rows).encode()


def _about(connection: Connection, about: Collection[str]) -> Iterator[Line]:
    named, lines = sorted(about), AUDIT_LINES.c
    for start in range(0, len(named), AT_ONCE):
        some = named[start : start + AT_ONCE]
        asked = select(AUDIT_LINES).where(lines.object_kind.in_(KINDS), lines.object_id.in_(some))
        yield from map(Line._make, connection.execute(asked))


def _linked(own: Sequence[int], signed: Sequence[int]) -> list[int]:
    """Return the numbers of the object's lines, of those between near ones, and up to each next head."""
    wanted: set[int] = set(own)
    ahead = iter(signed)
    head = next(ahead, None)
    for place, number in enumerate(own):
        while head is not None and head < number:
            head = next(ahead, None)
        following = own[place + 1] if place + 1 < len(own) else None
        for end in (following, head):
            if end is not None and end - number <= MOST_BETWEEN + 1:
                wanted.update(range(number, end + 1))
    return sorted(wanted)


def _next(own: Sequence[int], signed: Sequence[int]) -> set[int]:
    """Return for each line of the object the first signed one that is not before it."""
    places = (bisect_left(signed, number) for number in own)
    return {signed[place] for place in places if place < len(signed)}


def _hashes(connection: Connection, numbers: Sequence[int]) -> Iterator[tuple[int, str]]:
    lines = AUDIT_LINES.c
    for start in range(0, len(numbers), AT_ONCE):
        some = numbers[start : start + AT_ONCE]
        asked = select(lines.number, lines.hash).where(lines.number.in_(some))
        yield from ((row.number, row.hash) for row in connection.execute(asked))


def _whole(line: Line) -> dict[str, Any]:
    times = {name: getattr(line, name).isoformat(timespec="microseconds") for name in ("at", "recorded_at")}
    return {**line._asdict(), **times}


def _head(head: Head) -> dict[str, Any]:
    return {**json.loads(head.signed_text), "signature": head.signature}
