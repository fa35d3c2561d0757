"""The readable report of a pack: one PDF with a table of contents, typeset without any network.

    data = report(collected, {"pack_id": "E-1", ...})

It shows the first rows of each file and says how many there are; the plain files hold all. The same words
and numbers give the same bytes: it is dated by the data's now.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import typst

from data.home import PROJECT_ROOT
from desk.actors import ROLES
from desk.evidence.collecting import Collected
from desk.evidence.packing import Answer
from desk.evidence.parts import OBJECTS, PARTS
from desk.evidence.readme import PROVES, PROVES_NOT, told_reasons
from desk.evidence.subjects import WORDS

HERE = Path(__file__).parent
FONTS = PROJECT_ROOT / "dashboard" / "static" / "fonts"
# What a reader looks through on paper; the file holds the rest.
ROWS = 40
# Of a file: its heading, and the columns that fit on a page, in this order.
SHOWN: Mapping[str, tuple[str, tuple[str, ...]]] = {
    "members.csv": (
        "Accounts",
        ("account_id", "role", "country", "since", "until", "received", "sent", "confirmed_at"),
    ),
    "alerts.csv": (
        "Alerts",
        ("raised_at", "alert_kind", "account_id", "event_id", "severity", "amount", "score", "decision"),
    ),
    "steps.csv": ("What was done", ("done_at", "actor", "role", "action", "reason")),
    "request_steps.csv": (
        "What was done with the request",
        ("done_at", "action", "actor", "role", "reason", "status"),
    ),
    "ties.csv": ("What ties accounts", ("account_a", "account_b", "kind", "artefact", "since", "strength")),
    "key_ties.csv": (
        "What holds it together",
        ("rank", "kind", "artefact", "accounts_held", "accounts_left"),
    ),
    "transfers.csv": ("Money", ("occurred_at", "event_id", "leg", "sender", "receiver", "amount")),
    "history.csv": ("History", ("as_of", "change", "accounts", "joined", "gone", "known_bad", "score")),
    "scores.csv": (
        "Events that were stopped",
        ("occurred_at", "event_id", "account_id", "kind", "amount", "score", "decision", "truth"),
    ),
    "events.csv": (
        "Events of the accounts",
        ("occurred_at", "event_id", "account_id", "kind", "amount", "score", "decision", "reason"),
    ),
    "reasons.csv": ("Reasons", ("event_id", "rank", "reason", "points", "weight", "sentence")),
    "freezes.csv": (
        "Freezes",
        ("freeze_id", "kind", "account_id", "asset", "status", "amount", "remaining", "opened_at"),
    ),
    "freeze_steps.csv": (
        "What was done with freezes",
        ("done_at", "freeze_id", "action", "actor", "role", "reason", "approval_id"),
    ),
    "ledger.csv": (
        "Ledger",
        (
            "done_at",
            "transfer_id",
            "account_id",
            "source",
            "target",
            "amount",
            "available",
            "held",
            "ordered",
        ),
    ),
    "models.json": ("Models", ("model_version", "trained_as_of", "artefact_hash", "file_sha256")),
    "policies.json": ("Policies", ("policy_version", "created_as_of", "document_sha256")),
}
REPLAYED = ("event_id", "model_version", "score", "score_again", "decision_again", "is_bit_equal")


def report(found: Collected, said: Mapping[str, Any]) -> bytes:
    """Return the report as the bytes of a PDF."""
    made: Any = typst.compile(
        HERE / "report.typ",
        root=HERE,
        font_paths=[FONTS],
        ignore_system_fonts=True,
        format="pdf",
        timestamp=found.now.replace(tzinfo=UTC, microsecond=0),
        sys_inputs={"content": json.dumps(_content(found, said))},
    )
    return bytes(made)


def _content(found: Collected, said: Mapping[str, Any]) -> dict[str, Any]:
    subject = found.subject
    return {
        "title": f"Evidence of {WORDS[subject.kind]} {subject.object_id}",
        "dated": list(found.now.timetuple()[:6]),
        "facts": [
            ["Pack", said["pack_id"]],
            ["As of", f"{found.now:%d %B %Y, %H:%M} UTC, the last event that the store knew"],
            ["Made", f"{said['made_at'][:16].replace('T', ' ')} UTC by the wall clock"],
            ["Taken by", f"{said['exported_by']}, {ROLES.get(said['exported_as'], said['exported_as'])}"],
            ["Signed with key", said["fingerprint"]],
            ["Accounts", f"{len(subject.accounts):,}"],
            ["Software", said["software"]],
        ],
        "left_out": subject.left_out,
        "replay": found.replay_words,
        "chain": found.segment.words,
        "sections": [*_object(found), *_parts(found), *_proofs(found)],
        "proves": list(PROVES),
        "proves_not": list(PROVES_NOT),
    }


def _object(found: Collected) -> list[dict[str, Any]]:
    rows = [[name, _text(value)] for name, value in found.one.items() if value is not None]
    told = told_reasons(found)
    sections = [
        _section(f"The {WORDS[found.subject.kind]}", ["", ""], rows, len(rows), OBJECTS[found.subject.kind])
    ]
    if told:
        sections.append({**_section("The strongest reasons", [], [], 0, ""), "words": told})
    return sections


def _parts(found: Collected) -> list[dict[str, Any]]:
    sections = []
    for part in PARTS[found.subject.kind]:
        if part.name in SHOWN:
            title, wanted = SHOWN[part.name]
            sections.append(_table(title, found.answers[part.name], wanted, part.name))
    return sections


def _proofs(found: Collected) -> list[dict[str, Any]]:
    lines = found.segment.whole
    chain = [
        [_text(one[name]) for name in ("number", "recorded_at", "actor", "action", "object_id", "hash")]
        for one in lines
    ]
    custody = [
        [_text(one[name]) for name in ("recorded_at", "actor", "action", "to_whom", "how", "sha256")]
        for one in found.custody
    ]
    return [
        {
            **_table("Scores computed again", found.replay, REPLAYED, "replay.csv"),
            "words": [found.replay_words],
        },
        {
            **_section(
                "The audit log",
                ["line", "recorded", "who", "what", "of what", "hash"],
                chain,
                len(chain),
                "audit/chain.jsonl",
            ),
            "words": [found.segment.words],
        },
        {
            **_section(
                "Custody before this pack",
                ["recorded", "who", "what", "to whom", "how", "hash"],
                custody,
                len(custody),
                "custody.json",
            ),
            "words": ["The making of this pack is the last entry of custody.json."],
        },
    ]


def _table(title: str, answer: Answer, wanted: tuple[str, ...], file: str) -> dict[str, Any]:
    names = [name for name in wanted if name in answer.names]
    places = [answer.names.index(name) for name in names]
    rows = [[_text(row[place]) for place in places] for row in answer.rows[:ROWS]]
    return _section(title, [name.replace("_", " ") for name in names], rows, len(answer.rows), file)


def _section(title: str, head: list[str], rows: list[list[str]], total: int, file: str) -> dict[str, Any]:
    shown = rows[:ROWS]
    note = f"{total:,} rows" if len(shown) == total else f"The first {len(shown)} of {total:,} rows"
    return {
        "title": title,
        "head": head,
        "rows": shown,
        "note": f"{note}: {file}" if file else "",
        "words": [],
    }


def _text(value: Any) -> str:
    """Return a value as it stands on paper."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, datetime):
        return f"{value:%Y-%m-%d %H:%M}"
    if isinstance(value, Decimal):
        return f"{value:,.2f}"
    if isinstance(value, float):
        return f"{value:.9g}"
    text = str(value)
    return text if len(text) <= 160 else f"{text[:157]}..."
