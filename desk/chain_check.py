"""Walk the audit log and name the first line that is not as it was written.

    verdict = verify(records, Anchors.of(home, os.environ))
    verdict.broken            # None, or Break(number=17, kind="edited", words="Line 17 ...")

1. Lines are numbered 1, 2, 3; each has the hash of its own content, and holds the hash of the line before.
2. The wall clock never goes back from one line to the next by more than CLOCK_STEP.
3. Each signed head names a line that is still there with the same hash: so a log that was cut off, or written
   anew as a whole, is found, and a head that was changed or taken away is found too.
4. So does each head of a copy that lies outside: who wrote log, heads and key anew did not write that one.
"""

from __future__ import annotations

from collections.abc import Generator, Sequence
from contextlib import closing
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Literal

from sqlalchemy import select

from data.progress import Progress, Step, silent
from desk.anchors import Anchors, Head
from desk.audit_lines import AUDIT_LINES, BEGINNING, Line, hash_of
from desk.records import Records

Kind = Literal[
    "edited", "removed", "inserted", "reordered", "unlinked", "clock", "anchor", "rewritten", "truncated"
]
# What a machine's clock is put right by now and then; more was done on purpose.
CLOCK_STEP = timedelta(minutes=2)
# How far a line may have been moved for its old number to be looked for.
FARTHEST_MOVE = 1_000
_ROWS_AT_ONCE = 5_000
EPOCH = datetime(1970, 1, 1)


@dataclass(frozen=True, slots=True)
class Break:
    """The first thing that is wrong: at which line, of what kind, and in words."""

    number: int
    kind: Kind
    words: str


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a walk found: how many lines, heads and heads of a copy hold, and the first break, if any."""

    lines: int
    heads: int
    broken: Break | None
    copied: int = 0

    @property
    def words(self) -> str:
        """The result in a sentence or two."""
        if self.broken is not None:
            return f"The audit log is broken at line {self.broken.number}: {self.broken.words}"
        covered = f"it agrees with {self.heads} signed {'head' if self.heads == 1 else 'heads'}"
        if self.heads == 0:
            covered = "no head was signed yet"
        if self.copied:
            covered = f"{covered}, {self.copied} of them in a copy outside"
        return (
            f"The audit log is whole: {self.lines} {'line' if self.lines == 1 else 'lines'}, and {covered}."
        )


def verify(
    records: Records, anchors: Anchors, progress: Progress = silent, copied: Sequence[Head] = ()
) -> Verdict:
    """Walk the whole log from its first line; `copied` are the heads that lie in a place outside.

    Whoever wrote log, heads and key anew, all three, is found by the copy. Raises AnchorError when heads are
    there but no key.
    """
    verdict = _verify(records, anchors.heads(), progress)
    if verdict.broken is not None or not copied:
        return verdict
    return replace(verdict, copied=len(copied), broken=_beside_copy(records, anchors, copied, verdict.lines))


def _verify(records: Records, heads: list[Head], progress: Progress) -> Verdict:
    wrong = next((head for head in heads if head.fault), None)
    if wrong is not None:
        # What a broken head says of lines is worth nothing; the chain itself is still walked.
        walked, broken = _walk(records, {}, progress)
        return Verdict(walked, 0, broken or Break(wrong.number, "anchor", wrong.fault))
    walked, broken = _walk(records, {head.number: head for head in heads}, progress)
    if broken is None and heads and heads[-1].number > walked:
        broken = Break(walked + 1, "truncated", _cut_off(heads[-1], walked))
    return Verdict(walked, len(heads), broken)


def _beside_copy(records: Records, anchors: Anchors, copied: Sequence[Head], lines: int) -> Break | None:
    """Return what the log, or its heads, differ in from the copy of the heads outside."""
    for one in copied:
        if one.fault:
            return Break(one.number, "anchor", f"In the copy outside, {one.fault}")
        if one.number > lines:
            return Break(lines + 1, "truncated", _cut_off(one, lines, of="of the copy outside, "))
        if _hash_at(records, one.number) != one.hash:
            words = (
                f"Line {one.number} is not the one that head {one.sequence} of the copy outside signed at "
                f"{one.signed_at}: log, heads and key were written anew."
            )
            return Break(one.number, "rewritten", words)
    here = {head.sequence: (head.signed_text, head.signature) for head in anchors.heads()}
    for one in copied:
        if here.get(one.sequence) != (one.signed_text, one.signature):
            words = f"Head {one.sequence} is not the one that lies in the copy outside, or is gone."
            return Break(one.number, "anchor", words)
    return None


def _hash_at(records: Records, number: int) -> str | None:
    with records.reading() as connection:
        asked = select(AUDIT_LINES.c.hash).where(AUDIT_LINES.c.number == number)
        return connection.execute(asked).scalar()


def _walk(records: Records, heads: dict[int, Head], progress: Progress) -> tuple[int, Break | None]:
    """Return how many lines hold, and what is wrong with the next one."""
    last: Line | None = None
    latest = EPOCH
    with closing(_lines(records)) as walk:
        for line in walk:
            broken = _fault(records, line, last) or _against(heads.get(line.number), line)
            broken = broken or _clock(latest, line)
            if broken is not None:
                return 0 if last is None else last.number, broken
            last, latest = line, max(latest, line.recorded_at)
            if line.number % _ROWS_AT_ONCE == 0:
                progress(Step("verify", line.number, None, "lines"))
    return 0 if last is None else last.number, None


def _lines(records: Records) -> Generator[Line, None, None]:
    with records.reading() as connection:
        streamed = connection.execution_options(stream_results=True, yield_per=_ROWS_AT_ONCE)
        with streamed.execute(select(AUDIT_LINES).order_by(AUDIT_LINES.c.number)) as found:
            yield from map(Line._make, found)


def _fault(records: Records, line: Line, last: Line | None) -> Break | None:
    """Return what is wrong with `line` as the one after `last`; None where nothing is."""
    number, previous = (1, BEGINNING) if last is None else (last.number + 1, last.hash)
    if line.number == number and line.previous_hash == previous and hash_of(line) == line.hash:
        return None
    if line.number != number:
        return Break(number, "removed", f"Line {number} is missing: the next one is {line.number}.")
    if hash_of(line) == line.hash:
        words = f"Line {number} does not follow line {number - 1}: one of the two was written anew or put in."
        return Break(number, "unlinked", words)
    before = _old_number(line)
    if before is None:
        return Break(number, "edited", f"Line {number} was edited: its content does not have its hash.")
    if before < number:
        return Break(number - 1, "inserted", f"A line was put in before line {number}, which was {before}.")
    if _is_there(records, line.previous_hash):
        return Break(number, "reordered", f"Line {number} stood as line {before}: lines changed places.")
    return Break(number, "removed", f"Line {number} was taken out: what stands there was line {before}.")


def _old_number(line: Line) -> int | None:
    """Return the number that the line had when its hash was made, where it was only moved."""
    for move in range(1, FARTHEST_MOVE):
        for number in (line.number + move, line.number - move):
            if number > 0 and hash_of(line._replace(number=number)) == line.hash:
                return number
    return None


def _is_there(records: Records, hashed: str) -> bool:
    with records.reading() as connection:
        asked = select(AUDIT_LINES.c.number).where(AUDIT_LINES.c.hash == hashed)
        return hashed == BEGINNING or connection.execute(asked).first() is not None


def _clock(latest: datetime, line: Line) -> Break | None:
    if line.recorded_at + CLOCK_STEP >= latest:
        return None
    words = (
        f"Line {line.number} was recorded at {line.recorded_at}, after a line of {latest}: the clock was set "
        "back."
    )
    return Break(line.number, "clock", words)


def _against(head: Head | None, line: Line) -> Break | None:
    if head is None or head.hash == line.hash:
        return None
    words = (
        f"Line {line.number} is not the one that head {head.sequence} signed at {head.signed_at}: the log "
        "was written anew."
    )
    return Break(line.number, "rewritten", words)


def _cut_off(head: Head, lines: int, of: str = "") -> str:
    return (
        f"Line {lines + 1} is missing: head {head.sequence}, {of}signed at {head.signed_at}, knew "
        f"{head.number} lines. The end of the log was cut off."
    )
