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
from data.world import DEFAULT_EVENTS, DEFAULT_SEED, FULL_EVENTS

# Raised when the world, the features or the models change so much that a built demonstration is out of date.
EDITION = f"9.{CONTRACT_VERSION}"


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which demonstration: the seed of its world, about how many events, and the edition of the builder."""

    seed: int = DEFAULT_SEED
    events: int = DEFAULT_EVENTS
    edition: str = EDITION

    @property
    def is_full(self) -> bool:
        """Whether it has the size at which its levels are calibrated to the public figures."""
        return self.events >= FULL_EVENTS

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


def built(store: Store) -> Wanted | None:
    """Return which demonstration of this edition the store holds, whole; None when it holds none."""
    with store.cursor() as cursor:
        mark = read_fact(cursor, "demonstration")
    wanted = Wanted(**json.loads(mark)) if mark else None
    return wanted if wanted and wanted.edition == EDITION else None


def at_scale(scale: float) -> int:
    """Return about how many events a world of a part of the full size has."""
    return max(2_000, round(FULL_EVENTS * scale))


def mark_built(store: Store, wanted: Wanted) -> None:
    """Say that the demonstration is whole."""
    with store.writing() as cursor:
        write_fact(cursor, "demonstration", wanted.mark)


def has_learned(store: Store) -> bool:
    """Answer whether challengers were asked for in the store, made or not."""
    with store.cursor() as cursor:
        return bool(cursor.execute("SELECT count(*) FROM retrainings").fetchall()[0][0])


def present(home: Home) -> Wanted | None:
    """Return the demonstration that lies in the home, whole and of this edition; None where there is none.

    Raises StoreError when another process has the store open.
    """
    if not home.store_path.exists():
        return None
    with open_store(home.store_path) as store:
        return built(store)


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
        is_empty = is_fresh(store)
    if not is_empty:
        clear_store(home)
    return False


def is_fresh(store: Store) -> bool:
    """Answer whether nothing was ever loaded into the store."""
    with store.cursor() as cursor:
        return bool(cursor.execute("SELECT count(*) FROM files").fetchall()[0][0] == 0)


def clear_store(home: Home) -> None:
    """Remove the store, which must be closed, its models, and what people did in it."""
    home.store_path.unlink(missing_ok=True)
    home.store_path.with_suffix(home.store_path.suffix + ".wal").unlink(missing_ok=True)
    shutil.rmtree(home.models, ignore_errors=True)
    # Cases are about rings and accounts of the world that goes; SQLite keeps two files beside its own.
    for path in home.path.glob(f"{home.desk_path.name}*"):
        path.unlink(missing_ok=True)
    # Signed heads of an audit log that is gone would say that it was cut off.
    shutil.rmtree(home.path / "anchors", ignore_errors=True)


def _world_mark(home: Home) -> Path:
    return home.events / "world.json"
