"""Making a pack: collected, described, sealed with a signature, kept, audited; or nothing of it.

    with store.cursor() as cursor:
        pack = make(Sources.of(home, records, cursor, os.environ), "ring", "R-0f3a91c2", actor, now)
    pack.sha256, sources.keeping.folder / pack.name

The custody record in the pack ends with its collecting; that it was sealed, with the hash of the pack, is the
next entry, kept in the records and in the audit log, and the hash stands in a side file beside the pack.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from importlib.metadata import version
from typing import Any

import duckdb
from sqlalchemy import Connection

from data.contract import CONTRACT_VERSION
from data.home import Home
from data.progress import Progress, Step, silent
from desk.actors import Actor
from desk.anchors import KEY_VARIABLE, Anchors
from desk.audit import Entry, record
from desk.canonical import digest
from desk.evidence.chain_segment import as_lines
from desk.evidence.collecting import Collected, Sources, collect
from desk.evidence.custody import Custody, Sealed, append_in, events_in, sealed_of
from desk.evidence.keeping import Keeping
from desk.evidence.packing import Packed, as_json, packed, sealed, sha256, written
from desk.evidence.parts import PARTS, Part
from desk.evidence.readme import readme, told_reasons
from desk.evidence.report import report
from desk.evidence.subjects import subject_of
from desk.evidence.verifier import NAME, verifier
from desk.evidence.verify_pack import CHAIN, CUSTODY, HEADS, fingerprint
from desk.people import require_here
from desk.records import Records
from desk.signing_keys import signing_key

REPLAY = Part("replay.csv", "to_replay", ())


def sources_of(
    home: Home,
    records: Records,
    cursor: duckdb.DuckDBPyConnection,
    environment: Mapping[str, str],
    *,
    is_narrowed: bool = False,
) -> Sources:
    """Return what evidence is taken from; `is_narrowed`: the cursor shows what its taker may see."""
    return Sources(
        home, records, cursor, Keeping.of(home, environment), Anchors.of(home, environment), is_narrowed
    )


def make(
    sources: Sources,
    kind: str,
    object_id: str,
    actor: Actor,
    now: datetime,
    why: str = "",
    progress: Progress = silent,
) -> Sealed:
    """Make and keep the evidence of a case, ring, request or freeze; `now` is the data's now.

    Raises RightError when the actor may not, EvidenceError where there is no such object or the pack cannot
    be kept, RecordsError when it cannot be audited; then nothing is handed out.
    """
    subject = subject_of(sources.cursor, kind, object_id, actor)
    # Before the work, and once more with what is written.
    with sources.records.reading() as connection:
        require_here(connection, actor)
    found = collect(sources, subject, now, progress)
    made_at = sources.records.clock()
    pack_id = f"E-{digest(f'{kind} {object_id} {actor.name} {made_at.isoformat()}')[:12]}"
    said = _said(sources, found, actor, pack_id, made_at)
    progress(Step("evidence", len(PARTS[kind]) + 1, len(PARTS[kind]) + 1, "files", "report.pdf"))
    files = _files(found, said)
    collected = Custody(
        kind,
        object_id,
        pack_id,
        "collected",
        actor,
        now,
        actor.name,
        "Copied from the store by Watchfloor",
        why.strip(),
        is_secret=found.is_secret,
    )
    name = f"evidence-{kind}-{re.sub(r'[^A-Za-z0-9_-]', '_', object_id)}-{pack_id}.zip"
    try:
        with sources.records.writing() as connection:
            require_here(connection, actor)
            return _seal(connection, sources, collected, files, said, name)
    except BaseException:
        # What was not audited is not handed out.
        sources.keeping.drop(name)
        raise


def _seal(
    connection: Connection,
    sources: Sources,
    collected: Custody,
    files: Sequence[Packed],
    said: Mapping[str, Any],
    name: str,
) -> Sealed:
    """Append both entries of custody, sign and keep the pack, and have it audited, in one transaction."""
    append_in(connection, collected)
    custody = events_in(connection, collected.object_kind, collected.object_id)
    data = sealed([*files, packed(CUSTODY, as_json(custody))], said, sources.keeping.key())
    sources.keeping.keep(name, data)
    done = replace(
        collected,
        action="sealed",
        how="Signed, and kept beside the store",
        pack_name=name,
        pack_bytes=len(data),
        sha256=sha256(data),
    )
    entry = append_in(connection, done)
    after = {
        "pack_id": done.pack_id,
        "sha256": done.sha256,
        "bytes": done.pack_bytes,
        "key": said["fingerprint"],
        "scored_again": said["replay"]["events"],
        "bit_equal": said["replay"]["bit_equal"],
    }
    line = Entry(done.actor, "exported_evidence", done.object_kind, done.object_id, done.at, after=after)
    record(connection, line)
    return sealed_of({**entry, "at": done.at})


def _said(
    sources: Sources, found: Collected, actor: Actor, pack_id: str, made_at: datetime
) -> dict[str, Any]:
    """Return what the manifest says of the whole pack."""
    public = sources.keeping.key().public_key().public_bytes_raw()
    # Signing the head of the log made that key, where there was none.
    audit = signing_key(sources.anchors.key_path, KEY_VARIABLE, is_made=True).public_key()
    return {
        "pack_id": pack_id,
        "kind": found.subject.kind,
        "object_id": found.subject.object_id,
        "as_of": f"{found.now.isoformat()}Z",
        "made_at": f"{made_at.isoformat()}Z",
        "exported_by": actor.name,
        "exported_as": actor.role,
        "left_out": found.subject.left_out,
        "software": f"watchfloor {version('watchfloor')}",
        "data_contract": CONTRACT_VERSION,
        "model_versions": found.answers["models.json"].column("model_version"),
        "policy_versions": found.answers["policies.json"].column("policy_version"),
        "replay": {"events": len(found.replay.rows), "bit_equal": found.bit_equal},
        "rows": {name: len(answer.rows) for name, answer in found.answers.items()},
        "public_key": public.hex(),
        "fingerprint": fingerprint(public),
        "audit_key": audit.public_bytes_raw().hex(),
    }


def _files(found: Collected, said: Mapping[str, Any]) -> list[Packed]:
    """Return every file of a pack but its custody, packed."""
    told = told_reasons(found)
    contents = {
        "README.txt": readme(found, said).encode(),
        "report.pdf": report(found, said),
        NAME: verifier(),
        **{
            part.name: written(part.name, found.answers[part.name], is_one=part.is_one)
            for part in PARTS[found.subject.kind]
        },
        **({"reasons.txt": "".join(f"{one}\n" for one in told).encode()} if told else {}),
        REPLAY.name: written(REPLAY.name, found.replay),
        CHAIN: as_lines(found.segment.lines),
        HEADS: as_lines(found.segment.heads),
    }
    return [packed(name, content) for name, content in contents.items()]
