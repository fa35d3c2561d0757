"""The file that is handed to an authority or a customer: the kinds of data that are given, and nothing else.

    data = package(cursor, state, now)       # the bytes of a zip; the same state and store give the same

It holds no score, no alert, no case, no freeze and no request: what the program thinks of a customer, and
that anybody asked, is not part of any kind of data.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path

import duckdb

from data.statement import read_statement
from desk.evidence.packing import Answer, as_json, asked, sha256, written
from desk.requests.state import RequestState

FORMAT = "watchfloor request package 1"
# The first time that a zip can hold; a real one would differ each time, and so would the hash.
_ZIP_TIME = (1980, 1, 1, 0, 0, 0)
FOLDER = Path(__file__).with_name("handed")


def package(cursor: duckdb.DuckDBPyConnection, state: RequestState, now: datetime) -> bytes:
    """Return the zip of the scope that a request is given, one CSV file a kind, with a manifest of hashes."""
    answers = {f"{kind}.csv": _answer(cursor, kind, state, now) for kind in state.scope_given}
    files = {name: written(name, answer) for name, answer in answers.items()}
    return _zipped({**files, "manifest.json": _manifest(state, now, files, answers)})


def _answer(cursor: duckdb.DuckDBPyConnection, kind: str, state: RequestState, now: datetime) -> Answer:
    statement = read_statement(FOLDER / f"{kind}.sql")
    given = {"accounts": list(state.account_ids), "since": state.since, "until": state.until or now}
    return asked(cursor, statement, given)


def _manifest(
    state: RequestState, now: datetime, files: dict[str, bytes], answers: dict[str, Answer]
) -> bytes:
    return as_json(
        {
            "format": FORMAT,
            "request_id": state.request_id,
            "reference": state.reference,
            "to": state.agency or "the customer",
            "accounts": list(state.account_ids),
            "given": list(state.scope_given),
            "is_narrowed": state.is_narrowed,
            "since": state.since,
            "until": state.until or now,
            "as_of": f"{now.isoformat()}Z",
            "files": [
                {"name": name, "bytes": len(data), "sha256": sha256(data), "rows": len(answers[name].rows)}
                for name, data in files.items()
            ],
        }
    )


def _zipped(files: Mapping[str, bytes]) -> bytes:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED, compresslevel=6) as archive:
        for name, data in files.items():
            entry = zipfile.ZipInfo(name, _ZIP_TIME)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.create_system = 3  # Unix, on every system that packs
            archive.writestr(entry, data)
    return held.getvalue()
