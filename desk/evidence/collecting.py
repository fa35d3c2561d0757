"""Collecting: every file of a pack but the record of its own making, all of one state of the store.

collected = collect(sources, subject, actor, now, progress)
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

import duckdb
import pyarrow as pa

from data.home import Home
from data.progress import Progress, Step
from data.statement import read_statement
from desk.anchors import Anchors
from desk.evidence.chain_segment import Segment, segment
from desk.evidence.custody import events_in
from desk.evidence.keeping import EvidenceError, Keeping
from desk.evidence.packing import Answer, asked, sha256
from desk.evidence.parts import FOLDER, NAMES_THEM, OBJECTS, PARTS, PERSONAL, Part
from desk.evidence.subjects import WORDS, Subject
from desk.records import Records
from scoring.artefact import file_hash
from scoring.replaying import replayed

# The newest events of an object's accounts; 50 accounts of a ring have some 3,000.
MOST_EVENTS = 50_000
# Half a second to score again, and 6 MB of features.
MOST_REPLAYED = 5_000
HIDDEN = "not shown to this role"
# The other side of a transfer is an account here, or an address.
_SIDES = frozenset({"sender", "receiver"})


@dataclass(frozen=True, slots=True)
class Sources:
    """What evidence is taken from: the home with its models, the records, a cursor of the store, the keys.

    `is_narrowed` says that the cursor shows no more than the role of the one who takes it may see.
    """

    home: Home
    records: Records
    cursor: duckdb.DuckDBPyConnection
    keeping: Keeping
    anchors: Anchors
    is_narrowed: bool = False


@dataclass(frozen=True, slots=True)
class Collected:
    """What was found: answers by file name, scores computed again, the audit segment, custody so far."""

    subject: Subject
    now: datetime
    answers: Mapping[str, Answer]
    replay: Answer
    segment: Segment
    custody: tuple[dict[str, Any], ...]

    @property
    def one(self) -> dict[str, Any]:
        """The object itself, by column."""
        return self.answers[OBJECTS[self.subject.kind]].as_mappings()[0]

    @property
    def is_secret(self) -> bool:
        """Whether it is about something that the customer must not learn of."""
        return self.subject.kind == "request" or bool(self.one.get("is_secret"))

    @property
    def bit_equal(self) -> int:
        """How many events had the same score again, to the last bit."""
        return sum(self.replay.column("is_bit_equal"))

    @property
    def replay_words(self) -> str:
        """What replaying came to, in a sentence."""
        events = len(self.replay.rows)
        if not events:
            return "No event of it was stopped, so none was scored again."
        same = sum(
            one == other
            for one, other in zip(
                self.replay.column("decision"), self.replay.column("decision_again"), strict=True
            )
        )
        return (
            f"{events:,} events were scored again with the stored features and the model that decided: "
            f"{self.bit_equal:,} scores are equal to the last bit, {same:,} decisions are the same."
        )


def collect(sources: Sources, subject: Subject, now: datetime, progress: Progress) -> Collected:
    """Return what a pack holds. Raises EvidenceError where there is no such object."""
    parts, given = PARTS[subject.kind], _given(subject, now)
    answers: dict[str, Answer] = {}
    # One transaction, so that all files are of one state of the store.
    sources.cursor.execute("BEGIN TRANSACTION")
    try:
        to_replay = _asked(sources, "to_replay", given)
        given |= {"keys": to_replay.column("event_key"), "replayed": to_replay.column("event_id")}
        for done, part in enumerate(parts):
            progress(Step("evidence", done, len(parts) + 1, "files", part.name))
            answers[part.name] = asked(sources.cursor, part.statement, given)
            _refuse_nothing(subject, part, answers[part.name])
            given |= _freezes(part.name, answers[part.name])
        progress(Step("evidence", len(parts), len(parts) + 1, "files", "scores again"))
        again = _replayed(sources, subject, given["keys"])
    finally:
        sources.cursor.execute("ROLLBACK")
    replay = Answer(tuple(again.column_names), [tuple(row.values()) for row in again.to_pylist()])
    found = _checked(sources, answers)
    if not sources.is_narrowed:
        found = {name: _shown(name, answer, subject) for name, answer in found.items()}
    about = {subject.object_id, *subject.cases, *given["freezes"], *given["transfers"]}
    heads = _heads(sources)
    with sources.records.reading() as connection:
        linked = segment(connection, about, heads)
        custody = tuple(events_in(connection, subject.kind, subject.object_id))
    return Collected(subject, now, found, replay, linked, custody)


def _replayed(sources: Sources, subject: Subject, keys: list[int]) -> pa.Table:
    """Score again on a cursor of its own: only scores come out, and a policy looks at known addresses."""
    plain = sources.cursor.cursor()
    try:
        return replayed(plain, sources.home.models, subject.accounts, keys)
    finally:
        plain.close()


def _given(subject: Subject, now: datetime) -> dict[str, Any]:
    return {
        "object_id": subject.object_id,
        # As `case_reasons.sql`, which the page of a case asks too, calls it.
        "case_id": subject.object_id,
        "accounts": list(subject.accounts),
        "events": list(subject.events),
        "since": subject.since,
        "until": now,
        "most": MOST_EVENTS,
        "most_replayed": MOST_REPLAYED,
        "sees_secret": subject.sees_secret,
        "freezes": [subject.object_id] if subject.kind == "freeze" else [],
        "transfers": [],
    }


def _asked(sources: Sources, question: str, given: Mapping[str, Any]) -> Answer:
    return asked(sources.cursor, read_statement(FOLDER / f"{question}.sql"), given)


def _refuse_nothing(subject: Subject, part: Part, answer: Answer) -> None:
    if part.is_one and not answer.rows:
        kind = WORDS[subject.kind]
        raise EvidenceError(f"There is no {kind} {subject.object_id!r}.", to_do=f"Choose another {kind}.")


def _freezes(name: str, answer: Answer) -> dict[str, Any]:
    """Return what later questions and the audit segment need of this answer."""
    if name == "freezes.csv":
        return {"freezes": answer.column("freeze_id")}
    return {"transfers": answer.column("transfer_id")} if name == "ledger.csv" else {}


def _heads(sources: Sources) -> list[Any]:
    """Return the signed heads, the present end of the log signed with them."""
    with sources.records.reading() as connection:
        sources.anchors.sign(connection)
    return sources.anchors.heads()


def _checked(sources: Sources, answers: Mapping[str, Answer]) -> dict[str, Answer]:
    """Return the answers, models with the hash that their file has now, policies with that of their text."""
    models, policies = answers["models.json"], answers["policies.json"]
    hashes = [_hash_of_file(sources, name) for name in models.column("artefact")]
    texts = [sha256(str(text).encode()) for text in policies.column("document")]
    return {
        **answers,
        "models.json": _wider(models, "file_sha256", hashes),
        "policies.json": _wider(policies, "document_sha256", texts),
    }


def _hash_of_file(sources: Sources, name: str | None) -> str | None:
    path = sources.home.models / (name or "")
    return file_hash(path) if path.is_file() else None


def _wider(answer: Answer, name: str, values: list[Any]) -> Answer:
    rows = [(*row, value) for row, value in zip(answer.rows, values, strict=True)]
    return Answer((*answer.names, name), rows)


def _shown(name: str, answer: Answer, subject: Subject) -> Answer:
    """Return an answer with what the role does not see put out of sight."""
    if subject.sees_personal:
        return answer
    hidden = {one for one in answer.names if one in PERSONAL}
    if name in NAMES_THEM:
        hidden |= {"sentence"} & set(answer.names)
    here = set(subject.accounts)
    places = [
        (place, answer.names[place] in _SIDES) for place, one in enumerate(answer.names) if one in hidden
    ]
    rows = [list(row) for row in answer.rows]
    for row in rows:
        for place, is_side in places:
            if row[place] is not None and not (is_side and row[place] in here):
                row[place] = HIDDEN
    return replace(answer, rows=[tuple(row) for row in rows])
