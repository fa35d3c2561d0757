"""The evidence of one ring as a zip of plain files, with the SHA-256 of each in its manifest.

    with store.cursor() as cursor:
        data = pack(records, cursor, "R-0f3a91c2", actor, now)

The same store, ring, actor and now give the same bytes: rows are sorted, times in the zip are fixed, and the
wall clock is not in it. That it was made, and its SHA-256, is a line of the audit log of `records`. What is
not in it yet: a signature, the segment of the audit chain, and a verifier.
Those come with issue 8, and README.txt of each pack says so.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import duckdb

from data.contract import CONTRACT_VERSION, Table
from data.progress import Progress, Step, silent
from data.statement import Statement, read_statement
from desk.actors import EXPORT_EVIDENCE, Actor, require
from desk.audit import Entry, record
from desk.cases.state import CaseError
from desk.packing import Answer, as_json, asked, rows_of, sha256, written, zipped
from desk.records import Records
from scoring.contract import FLAGGED_EVENTS, MODEL_VERSIONS, POLICIES, REASONS, SCORED
from scoring.rings.tables import (
    RING_HISTORY,
    RING_KEY_TIES,
    RING_MEMBERS,
    RING_MODELS,
    RING_PATTERNS,
    RING_TIES,
    RING_TRANSFERS,
    RINGS,
)

FOLDER = Path(__file__).with_name("evidence")
FORMAT = "watchfloor-ring-evidence/1"


@dataclass(frozen=True, slots=True)
class Part:
    """One file of the pack: its name, the question that fills it, and where its columns are declared."""

    name: str
    question: str
    tables: tuple[Table, ...]

    @property
    def statement(self) -> Statement:
        """The question."""
        return read_statement(FOLDER / f"{self.question}.sql")


PARTS = (
    Part("ring.json", "ring", (RINGS,)),
    Part("members.csv", "members", (RING_MEMBERS,)),
    Part("ties.csv", "ties", (RING_TIES,)),
    Part("transfers.csv", "transfers", (RING_TRANSFERS,)),
    Part("patterns.csv", "patterns", (RING_PATTERNS,)),
    Part("key_ties.csv", "key_ties", (RING_KEY_TIES,)),
    Part("history.csv", "history", (RING_HISTORY,)),
    Part("scores.csv", "scores", (FLAGGED_EVENTS, SCORED)),
    Part("reasons.csv", "reasons", (REASONS,)),
    Part("models.json", "models", (MODEL_VERSIONS,)),
    Part("policies.json", "policies", (POLICIES,)),
    Part("ring_models.json", "ring_models", (RING_MODELS,)),
)


def pack(
    records: Records,
    cursor: duckdb.DuckDBPyConnection,
    ring_id: str,
    actor: Actor,
    now: datetime,
    progress: Progress = silent,
) -> bytes:
    """Return the evidence of a ring as the bytes of a zip; `now` is the data's now.

    Raises RightError when the actor may not, CaseError when there is no such ring, RecordsError when it
    cannot be audited; then nothing is handed out.
    """
    require(actor, EXPORT_EVIDENCE)
    found: dict[str, Answer] = {}
    # One transaction, so that all files are of one state of the store.
    cursor.execute("BEGIN TRANSACTION")
    try:
        for done, part in enumerate(PARTS):
            progress(Step("evidence", done, len(PARTS), "files", part.name))
            found[part.name] = asked(cursor, part.statement, {"ring_id": ring_id})
            if not found["ring.json"].rows:
                raise CaseError(
                    f"There is no ring {ring_id!r}.",
                    possible="the rings that ever raised an alarm",
                    to_do="Choose one from the page Rings.",
                )
    finally:
        cursor.execute("ROLLBACK")
    progress(Step("evidence", len(PARTS), len(PARTS), "files"))
    files = {name: written(name, answer, is_one=name == "ring.json") for name, answer in found.items()}
    files["README.txt"] = _readme(ring_id, actor, now, found).encode()
    data = zipped({**files, "manifest.json": _manifest(ring_id, actor, now, files, found)})
    made = {"sha256": sha256(data), "bytes": len(data)}
    with records.writing() as connection:
        record(connection, Entry(actor, "exported_evidence", "ring", ring_id, now, after=made))
    return data


def _manifest(
    ring_id: str,
    actor: Actor,
    now: datetime,
    files: Mapping[str, bytes],
    found: Mapping[str, Answer],
) -> bytes:
    return as_json(
        {
            "format": FORMAT,
            "ring_id": ring_id,
            "as_of": f"{now.isoformat()}Z",
            "exported_by": actor.name,
            "exported_as": actor.role,
            "data_contract": CONTRACT_VERSION,
            "model_versions": _column(found["models.json"], "model_version"),
            "policy_versions": _column(found["policies.json"], "policy_version"),
            "files": [
                {"name": name, "bytes": len(data), "sha256": sha256(data), **rows_of(found.get(name))}
                for name, data in files.items()
            ],
        }
    )


def _column(answer: Answer, name: str) -> list[str]:
    place = answer.names.index(name)
    return [str(row[place]) for row in answer.rows]


def _readme(ring_id: str, actor: Actor, now: datetime, found: Mapping[str, Answer]) -> str:
    """Return the words that come with the files: what they are, how to check them, what each column means."""
    ring = dict(zip(found["ring.json"].names, found["ring.json"].rows[0], strict=True))
    lines = [
        f"Evidence of ring {ring_id}",
        "",
        f"As of {now:%d %B %Y, %H:%M:%S} UTC, the time of the last event that the store knew.",
        f"Exported by {actor.name}, {actor.role_in_words}.",
        f"In one sentence: {(ring['sentence'] or 'no sentence was kept').rstrip('.')}.",
        "",
        "A ring is a set of accounts that a program believes to act together. Its score is a calibrated",
        "probability, not a finding of guilt. Times are UTC. Money is in the one unit of the store. An empty",
        "field means: not known.",
        "",
        "How to check that no file was changed: compute the SHA-256 of each file, for instance with",
        "`sha256sum`, and compare it with manifest.json. The manifest itself is not signed yet, and the",
        "segment of the audit chain is not in this pack yet: keep the SHA-256 of the whole zip apart.",
        "",
    ]
    for part in PARTS:
        answer = found[part.name]
        lines += [f"{part.name}: {part.statement.sentence} Rows: {len(answer.rows)}."]
        lines += [f"  {name}: {_meaning(part, name)}" for name in answer.names]
        lines.append("")
    return "\n".join(lines)


def _meaning(part: Part, name: str) -> str:
    comments = {column.name: column.comment for table in part.tables for column in table.columns}
    return comments[name]
