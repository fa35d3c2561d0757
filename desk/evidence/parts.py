"""The files of a pack that are answers of the store: which each kind of object has, and what is asked.

A part's columns are explained by the tables that it comes from; `PERSONAL` names those that some roles do
not see, in a pack as anywhere.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from data.contract import Table
from data.statement import Statement, read_statement
from desk.money_tables import DESK_FREEZE_STEPS, DESK_FREEZES, DESK_TRANSFERS
from desk.projection_tables import DESK_ALERTS, DESK_CASES, DESK_STEPS
from desk.requests.tables import DESK_REQUEST_STEPS, DESK_REQUESTS
from scoring.contract import ANOMALY_TABLES, FLAGGED_EVENTS, MODEL_VERSIONS, POLICIES, REASONS, SCORED
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

FOLDER = Path(__file__).parent
# Fingerprints of devices, addresses on the network, payout addresses; what ties two accounts is one of them.
PERSONAL = frozenset({"device_id", "ip", "counterparty", "artefact", "sender", "receiver", "entity"})
# Sentences about ties name what ties.
NAMES_THEM = frozenset({"ring.json", "ties.csv", "key_ties.csv", "history.csv"})
# The columns of the models' files name themselves.
FEATURES = ("features_fraud.csv", "features_liveness.csv")


@dataclass(frozen=True, slots=True)
class Part:
    """One file of a pack: its name, the question that fills it, and where its columns are declared."""

    name: str
    question: str
    tables: tuple[Table, ...]

    @property
    def statement(self) -> Statement:
        """The question."""
        folder = FOLDER.parent / "case_file" if self.question == "case_reasons" else FOLDER
        return read_statement(folder / f"{self.question}.sql")

    @property
    def is_one(self) -> bool:
        """Whether it is the object itself: one row."""
        return self.name in OBJECTS.values()


# The file of the object itself.
OBJECTS: Mapping[str, str] = {
    "case": "case.json",
    "ring": "ring.json",
    "freeze": "freeze.json",
    "request": "request.json",
}
_RING = (
    Part("ring.json", "ring", (RINGS,)),
    Part("members.csv", "members", (RING_MEMBERS,)),
    Part("ties.csv", "ties", (RING_TIES,)),
    Part("transfers.csv", "transfers", (RING_TRANSFERS,)),
    Part("patterns.csv", "patterns", (RING_PATTERNS,)),
    Part("key_ties.csv", "key_ties", (RING_KEY_TIES,)),
    Part("history.csv", "history", (RING_HISTORY,)),
    Part("scores.csv", "scores", (FLAGGED_EVENTS, SCORED)),
    Part("reasons.csv", "reasons", (REASONS,)),
    Part("ring_models.json", "ring_models", (RING_MODELS,)),
)
_CASE = (
    Part("case.json", "case_of_id", (DESK_CASES,)),
    Part("alerts.csv", "alerts_of_case", (DESK_ALERTS, SCORED)),
    Part("steps.csv", "steps_of_case", (DESK_STEPS, DESK_CASES)),
    Part("reasons.csv", "case_reasons", (REASONS, *ANOMALY_TABLES)),
)
_FREEZE = (
    Part("freeze.json", "freeze_of_id", (DESK_FREEZES,)),
    Part("reasons.csv", "reasons_of_replayed", (REASONS,)),
)
_REQUEST = (
    Part("request.json", "request_of_id", (DESK_REQUESTS,)),
    Part("request_steps.csv", "steps_of_request", (DESK_REQUEST_STEPS, DESK_REQUESTS)),
    Part("reasons.csv", "reasons_of_replayed", (REASONS,)),
)
_ALL = (
    Part("events.csv", "events", (SCORED,)),
    Part("features_fraud.csv", "features_fraud", ()),
    Part("features_liveness.csv", "features_liveness", ()),
    Part("freezes.csv", "freezes_of_accounts", (DESK_FREEZES,)),
    Part("freeze_steps.csv", "steps_of_freezes", (DESK_FREEZE_STEPS, DESK_FREEZES)),
    Part("ledger.csv", "ledger_of_freezes", (DESK_TRANSFERS,)),
    Part("models.json", "models", (MODEL_VERSIONS,)),
    Part("policies.json", "policies", (POLICIES,)),
)
PARTS: Mapping[str, tuple[Part, ...]] = {
    "case": (*_CASE, *_ALL),
    "ring": (*_RING, *_ALL),
    "request": (*_REQUEST, *_ALL),
    # Of a freeze its own steps and transfers, not those of others of the same account.
    "freeze": (*_FREEZE, *(part for part in _ALL if part.name != "freezes.csv")),
}
# What is in words of its own: `case_reasons` has columns of three sources.
MEANINGS: Mapping[str, str] = {
    "source": "model, anomaly or ring.",
    "weight": "Probability points of a model, share of the surprise of an anomaly, probability of a ring.",
    "alert_kind": "Kind of the alert: what raised it.",
    "alert_id": "The alert.",
    "file_sha256": "SHA-256 of the model's file when the pack was made; empty: the file was not there.",
    "document_sha256": "SHA-256 of the policy's text.",
}


def meaning(part: Part, name: str) -> str:
    """Return what a column of a part means."""
    if part.name in FEATURES:
        return "A feature, as docs/features.md has it."
    comments = {column.name: column.comment for table in part.tables for column in table.columns}
    return comments.get(name) or MEANINGS[name]
