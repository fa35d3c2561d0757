"""A small exchange with rings of which packs are made: take `Room` for everything that a pack is made from.

    room = Room.at(home, store)
    data = room.packed("ring", "R-1", ANALYST)
    files_of(data)["manifest.json"]

Features are stored for its scored events, but no model is: scores are not computed again, and packs say why.
"""

from __future__ import annotations

import csv
import io
import json
import zipfile
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import small_exchange
from evident_ring import fill_ring

from data.home import Home
from data.store import Store
from desk.actors import Actor
from desk.evidence.collecting import Sources
from desk.evidence.custody import Sealed
from desk.evidence.making import make, sources_of
from desk.projection import project
from desk.records import Records, open_records

ANALYST = Actor("Ana", "analyst")
RITA = Actor("Rita", "risk_manager")
NOW = datetime(2025, 10, 31, 23)


def add_features(store: Store) -> None:
    """Store a feature for every scored event."""
    with store.writing() as cursor:
        # Rows made by hand have no keys; those of real stores do.
        cursor.execute("UPDATE scored SET event_key = rowid WHERE event_key IS NULL")
        for model, stream in (("fraud", "<>"), ("liveness", "=")):
            cursor.execute(
                f"CREATE OR REPLACE TABLE {model}_features AS SELECT event_id, event_key, 1.0 AS amount_now "
                f"FROM scored WHERE stream {stream} 'liveness'"
            )


def fill(store: Store) -> None:
    """Write the exchange, its rings, a model and a policy into an empty store."""
    small_exchange.fill(store)
    fill_ring(store)
    with store.writing() as cursor:
        small_exchange.insert(
            cursor,
            "model_versions",
            [
                {
                    "model_version": name,
                    "model": "fraud",
                    "artefact_hash": name * 2,
                    "artefact": f"{name}.zip",
                }
                for name in ("fraud-1", "fraud-2")
            ],
        )
        small_exchange.insert(cursor, "policies", [{"policy_version": "p1", "document": '{"hold": 0.3}'}])
        # The frozen withdrawal of A1 as the scoring leaves it in the rollup.
        cursor.execute("UPDATE flagged_events SET truth = 'confirmed' WHERE event_id = 'W1'")
    add_features(store)


@dataclass(frozen=True)
class Room:
    """A filled store with its home and records."""

    home: Home
    store: Store
    records: Records

    @classmethod
    def at(cls, home: Home, store: Store) -> Room:
        """Return the room of a home, its store filled."""
        fill(store)
        return cls(home, store, open_records(home, {}))

    def make(self, kind: str, object_id: str, actor: Actor = ANALYST, **given: Any) -> tuple[Sources, Sealed]:
        """Make a pack, of what was done up to now."""
        project(self.store, self.records)
        with self.store.cursor() as cursor:
            sources = sources_of(self.home, self.records, cursor, {})
            return sources, make(sources, kind, object_id, actor, NOW, **given)

    def packed(self, kind: str, object_id: str, actor: Actor = ANALYST) -> bytes:
        """Return the bytes of a pack that is made now."""
        sources, pack = self.make(kind, object_id, actor)
        return sources.keeping.read(pack.name, pack.sha256)


def files_of(data: bytes) -> dict[str, bytes]:
    """Return the files of a zip that any program can unpack."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        assert archive.testzip() is None
        return {name: archive.read(name) for name in archive.namelist()}


def rows_of(data: bytes) -> list[dict[str, str]]:
    """Return the rows of a CSV."""
    return list(csv.DictReader(io.StringIO(data.decode())))


def manifest_of(files: dict[str, bytes]) -> dict[str, Any]:
    """Return the manifest of a pack."""
    said: dict[str, Any] = json.loads(files["manifest.json"])
    return said
