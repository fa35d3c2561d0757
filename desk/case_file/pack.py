"""The file of one case as a zip of plain files, with the SHA-256 of each in its manifest.

    with store.cursor() as cursor:
        data = pack(records, cursor, "C-4f0a91c2de07", actor, now)

Its case, alerts, steps and every reason; `reasons.txt` are the same words that go into notes and letters.
That it was made, and its SHA-256, is a line of the audit log. Files that people attached stay in the program:
the steps name each with its hash. What is not in it yet is what `desk/ring_evidence.py` says of its pack.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from pathlib import Path

import duckdb

from data.contract import CONTRACT_VERSION
from data.statement import read_statement
from desk.actors import EXPORT_EVIDENCE, Actor, require
from desk.audit import Entry, record
from desk.case_file.reasons import CaseReason, reasons_in_words, reasons_of, statement
from desk.cases.state import CaseError
from desk.packing import Answer, as_json, asked, rows_of, sha256, written, zipped
from desk.people import require_here
from desk.records import Records

FORMAT = "watchfloor-case-file/1"
FOLDER = Path(__file__).parent
# Alerts are of events of the same days.
REACH = timedelta(days=8)
PARTS = {"case.json": "case_of_id", "alerts.csv": "alerts_of_case", "steps.csv": "steps_of_case"}


def pack(
    records: Records, cursor: duckdb.DuckDBPyConnection, case_id: str, actor: Actor, now: datetime
) -> bytes:
    """Return the file of a case as the bytes of a zip; `now` is the data's now.

    The same store, case, actor and now give the same bytes. Raises RightError when the actor may not,
    CaseError when the store holds no such case, RecordsError when it cannot be audited; then nothing is
    handed out.
    """
    require(actor, EXPORT_EVIDENCE)
    found = _found(cursor, case_id, now)
    reasons = reasons_of(
        dict(zip(found["reasons.csv"].names, row, strict=True)) for row in found["reasons.csv"].rows
    )
    files = {name: written(name, answer, is_one=name == "case.json") for name, answer in found.items()}
    files["reasons.txt"] = _reasons(reasons)
    files["README.txt"] = _readme(case_id, actor, now).encode()
    data = zipped({**files, "manifest.json": _manifest(case_id, actor, now, files, found)})
    made = {"sha256": sha256(data), "bytes": len(data)}
    with records.writing() as connection:
        require_here(connection, actor)
        record(connection, Entry(actor, "exported_evidence", "case", case_id, now, after=made))
    return data


def _found(cursor: duckdb.DuckDBPyConnection, case_id: str, now: datetime) -> dict[str, Answer]:
    # One transaction, so that all files are of one state of the store.
    cursor.execute("BEGIN TRANSACTION")
    try:
        found = {
            name: asked(cursor, read_statement(FOLDER / f"{question}.sql"), {"case_id": case_id})
            for name, question in PARTS.items()
        }
        if not found["case.json"].rows:
            raise CaseError(f"There is no case {case_id!r}.", to_do="Choose one from the queue.")
        alerts = found["alerts.csv"]
        raised = [row[alerts.names.index("raised_at")] for row in alerts.rows]
        since = min(raised, default=now) - REACH
        found["reasons.csv"] = asked(cursor, statement(), {"case_id": case_id, "since": since, "until": now})
    finally:
        cursor.execute("ROLLBACK")
    return found


def _reasons(reasons: tuple[CaseReason, ...]) -> bytes:
    told = reasons_in_words(reasons) or ["No reason is stored for the events of this case."]
    return "".join(f"{said}\n" for said in told).encode()


def _manifest(
    case_id: str, actor: Actor, now: datetime, files: Mapping[str, bytes], found: Mapping[str, Answer]
) -> bytes:
    return as_json(
        {
            "format": FORMAT,
            "case_id": case_id,
            "as_of": f"{now.isoformat()}Z",
            "exported_by": actor.name,
            "exported_as": actor.role,
            "data_contract": CONTRACT_VERSION,
            "files": [
                {"name": name, "bytes": len(data), "sha256": sha256(data), **rows_of(found.get(name))}
                for name, data in files.items()
            ],
        }
    )


def _readme(case_id: str, actor: Actor, now: datetime) -> str:
    return "\n".join(
        [
            f"File of case {case_id}",
            "",
            f"As of {now:%d %B %Y, %H:%M:%S} UTC, the time of the last event that the store knew.",
            f"Exported by {actor.name}, {actor.role_in_words}.",
            "",
            "case.json: the case as it stands. alerts.csv: its alerts with their events. steps.csv:",
            "everything that was done with it. reasons.csv: every reason of each event; weight is in",
            "probability (0.1 are ten points) for a model, a share of the surprise for an anomaly, a",
            "probability for a ring.",
            "reasons.txt: the strongest of them in words, the same that stand in notes and letters.",
            "",
            "A score is a calibrated probability, not a finding of guilt. Times are UTC. Money is in the one",
            "unit of the store. An empty field means: not known.",
            "",
            "How to check that no file was changed: compute the SHA-256 of each file, for instance with",
            "`sha256sum`, and compare it with manifest.json. The manifest itself is not signed yet, and the",
            "segment of the audit chain is not in this pack yet: keep the SHA-256 of the whole zip apart.",
            "",
        ]
    )
