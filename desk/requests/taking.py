"""Taking the file of a request out of the program: its hash is checked, and the audit log says who took it.

data = take(records, folder, "Q-1", actor, now)       # what was approved, byte for byte
"""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from desk.actors import DISCLOSE, Actor, require
from desk.audit import Entry, record
from desk.evidence.packing import sha256
from desk.people import require_here
from desk.records import Records
from desk.requests.reading import found
from desk.requests.state import RequestError, RequestState

# Below a store's home.
FOLDER = "requests"


def take(records: Records, folder: Path, request_id: str, actor: Actor, now: datetime) -> bytes:
    """Return the file that was made of a request, once the audit log holds that the actor took it.

    Raises RightError for who may not hand data over, RequestError where no file was made, it is gone, or it
    is not the one that was approved.
    """
    require(actor, DISCLOSE)
    with records.writing() as connection:
        require_here(connection, actor)
        state = found(connection, request_id, actor)
        data = _read(state, folder / file_name(state))
        took = {"sha256": state.package_hash, "bytes": len(data), "to": state.agency or state.contact}
        record(connection, Entry(actor, "took_package", "request", request_id, now, after=took))
    return data


def file_name(state: RequestState) -> str:
    """Return the name of the file of a request: what is only kept is named so."""
    kept = "-kept" if state.outcome == "kept" else ""
    return f"{state.request_id}{kept}.zip"


def _read(state: RequestState, path: Path) -> bytes:
    if state.package_hash is None:
        raise RequestError(
            f"No file was made of {state.request_id}.", to_do="Ask for its data to be handed over."
        )
    if not path.exists():
        raise RequestError(
            f"The file of {state.request_id} is not where it was written.",
            where=str(path),
            to_do="Bring it back from a copy of the store's home; nothing else is handed over.",
        )
    data = path.read_bytes()
    if sha256(data) != state.package_hash:
        raise RequestError(
            f"The file of {state.request_id} is not the one that was approved: its hash is another.",
            where=str(path),
            possible=state.package_hash,
            to_do="Bring the right one back from a copy; somebody changed this one.",
        )
    return data
