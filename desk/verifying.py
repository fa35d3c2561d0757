"""What `watchfloor verify` looks at, all of it: the chain, its heads, the copy of them, the rows, the queue.

    proved = verify_all(records, home, os.environ)
    proved.is_whole, proved.words

Each finding is a sentence that says it is whole, or names the first thing that is not. What was found last is
kept beside the heads, so that the page says when that was.
"""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import datetime

from data.home import Home
from data.progress import Progress, silent
from desk.agreement import find_disagreement
from desk.anchor_place import copied_heads, outcome_of, place_of
from desk.anchors import Anchors
from desk.audit_lines import AUDIT_LINES
from desk.cases.reading import queue_in_words
from desk.chain_check import verify
from desk.ledger.against_audit import Audited, first_difference
from desk.ledger.proof import prove
from desk.records import Records
from desk.recoveries.steps_table import CLAIM_STEPS
from desk.requests.steps_table import REQUEST_STEPS

KEPT = "verified.json"
AGREES = "People and approvals are what the log says was done."
STEPS_AGREE = "Requests and claims are what the log says was done."
_LINE = AUDIT_LINES.c
# Others write of requests and claims too: lines of steps are known by the hash of their row.
_STEPS = tuple(
    Audited(table, name, (_LINE.object_kind == kind) & _LINE.after.contains('"hash"'))
    for table, name, kind in ((REQUEST_STEPS, "request_id", "request"), (CLAIM_STEPS, "claim_id", "claim"))
)


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that was looked at: its name, whether it is whole, and the result in words."""

    name: str
    is_whole: bool
    words: str


@dataclass(frozen=True, slots=True)
class Proved:
    """All findings, when they were made by the wall clock (naive UTC), and how many lines and heads hold."""

    verified_at: datetime
    lines: int
    heads: int
    findings: tuple[Finding, ...]

    @property
    def is_whole(self) -> bool:
        """Whether nothing is broken."""
        return all(finding.is_whole for finding in self.findings)

    @property
    def words(self) -> str:
        """Every finding, a sentence a line."""
        return "\n".join(finding.words for finding in self.findings)


def verify_all(
    records: Records, home: Home, environment: Mapping[str, str], progress: Progress = silent
) -> Proved:
    """Look at everything, keep what was found, and return it. Raises AnchorError where the key is gone."""
    anchors = Anchors.of(home, environment, records.clock)
    place = place_of(environment)
    verdict = verify(records, anchors, progress, copied_heads(place))
    findings = [Finding("log", is_whole=verdict.broken is None, words=verdict.words)]
    if place is not None:
        sent = outcome_of(anchors, place)
        words = f"Heads are sent to {place.name}: {sent.sequence} of {len(anchors.paths())} are there."
        # That a place does not answer breaks nothing; it is said.
        findings.append(Finding("place", is_whole=True, words=f"{words} {sent.fault}".strip()))
    found = find_disagreement(records, progress)
    findings.append(Finding("rows", is_whole=found is None, words=AGREES if found is None else found.words))
    steps = _broken_step(records)
    findings.append(Finding("steps", is_whole=steps is None, words=STEPS_AGREE if steps is None else steps))
    ledger = prove(records, records.clock())
    findings.append(Finding("ledger", is_whole=ledger.broken is None, words=ledger.words))
    differs, words = queue_in_words(records)
    findings.append(Finding("queue", is_whole=not differs, words=words))
    proved = Proved(records.clock(), verdict.lines, verdict.heads, tuple(findings))
    _keep(anchors, proved)
    return proved


def _broken_step(records: Records) -> str | None:
    """Return what is wrong with the first step of a request or claim that is not as the log knows it."""
    with records.reading() as connection:
        for audited in _STEPS:
            broken = first_difference(connection, audited, lambda _row, _hash: None)
            if broken is not None:
                return f"The log does not bear out what is in {broken.table} at {broken.row}: {broken.words}"
    return None


def last_proved(anchors: Anchors) -> Proved | None:
    """Return what was found last on this machine; None where nobody has looked yet."""
    try:
        said = json.loads((anchors.folder / KEPT).read_text(encoding="utf-8"))
        findings = tuple(Finding(**finding) for finding in said["findings"])
        at = datetime.fromisoformat(said["verified_at"])
        return Proved(at, int(said["lines"]), int(said["heads"]), findings)
    except (OSError, ValueError, TypeError, KeyError):
        return None


def _keep(anchors: Anchors, proved: Proved) -> None:
    anchors.folder.mkdir(parents=True, exist_ok=True)
    said = asdict(proved) | {"verified_at": proved.verified_at.isoformat()}
    draft = anchors.folder / f".{KEPT}.{os.getpid()}"
    draft.write_text(json.dumps(said), encoding="utf-8")
    draft.replace(anchors.folder / KEPT)
