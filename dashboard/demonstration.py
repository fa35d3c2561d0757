"""Whether the demonstration is built, and what must go before it is built anew.

Two marks make a killed build harmless: the files of the world are whole when `events/world.json` says so,
and the store is whole when its setting `demonstration` says so. What is not marked is made again.
"""

from __future__ import annotations

import json
import shutil
from dataclasses import asdict, dataclass
from pathlib import Path

from data.contract import CONTRACT_VERSION
from data.facts import read_fact, write_fact
from data.home import Home
from data.store import Store, open_store
from data.world import DEFAULT_EVENTS, DEFAULT_SEED

# Raised when the world, the features or the models change so much that a built demonstration is out of date.
EDITION = f"3.{CONTRACT_VERSION}"


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which demonstration: the seed of its world, about how many events, and the edition of the builder."""

    seed: int = DEFAULT_SEED
    events: int = DEFAULT_EVENTS
    edition: str = EDITION

    @property
    def mark(self) -> str:
        """The text that stands for it in both marks."""
        return json.dumps(asdict(self), sort_keys=True)


def has_world(home: Home, wanted: Wanted) -> bool:
    """Answer whether the files of this very world lie there, whole."""
    mark = _world_mark(home)
    return mark.exists() and mark.read_text(encoding="utf-8") == wanted.mark


def mark_world(home: Home, wanted: Wanted) -> None:
    """Say that all files of the world are written."""
    _world_mark(home).write_text(wanted.mark, encoding="utf-8")


def clear_world(home: Home) -> None:
    """Remove the files of another world or of half a one."""
    for folder in (home.events, home.truth):
        shutil.rmtree(folder, ignore_errors=True)


def is_built(store: Store, wanted: Wanted) -> bool:
    """Answer whether the store holds this very demonstration, scored and summed up."""
    with store.cursor() as cursor:
        return read_fact(cursor, "demonstration") == wanted.mark


def mark_built(store: Store, wanted: Wanted) -> None:
    """Say that the demonstration is whole."""
    with store.writing() as cursor:
        write_fact(cursor, "demonstration", wanted.mark)


def ready_home(home: Home, wanted: Wanted) -> bool:
    """Make the home fit for the demonstration and answer whether it is built already.

    A store that holds another demonstration, or half of one, is removed with its models; it is made of
    files that are there or can be made again. Raises StoreError when another process has the store open.
    """
    if not home.store_path.exists():
        return False
    with open_store(home.store_path) as store:
        if is_built(store, wanted):
            return True
        with store.cursor() as cursor:
            is_fresh = cursor.execute("SELECT count(*) FROM files").fetchall()[0][0] == 0
    if not is_fresh:
        home.store_path.unlink(missing_ok=True)
        home.store_path.with_suffix(home.store_path.suffix + ".wal").unlink(missing_ok=True)
        shutil.rmtree(home.models, ignore_errors=True)
    return False


def _world_mark(home: Home) -> Path:
    return home.events / "world.json"
