"""The full demonstration for benchmarks: the one that WATCHFLOOR_BUILT names, or a new one."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from data.enrich import enrich
from data.home import Home
from data.load import load_files
from data.mapping import read_mapping
from data.progress import silent
from data.store import open_store
from data.world import DEFAULT_SEED, FULL_EVENTS, build_world
from scoring.run import score
from scoring.training import train


@contextmanager
def full_demonstration() -> Iterator[Home]:
    """Yield the home of a built full demonstration, which nobody has open; a new one goes away afterwards."""
    named = os.environ.get("WATCHFLOOR_BUILT")
    if named:
        yield Home(Path(named).resolve())
        return
    with tempfile.TemporaryDirectory() as scratch:
        home = Home(Path(scratch) / "demo")
        build_world(home, seed=DEFAULT_SEED, events=FULL_EVENTS, progress=silent)
        with open_store(home.store_path) as store:
            load_files(store, [home.events], read_mapping(home.events / "mapping.toml"))
            enrich(store, silent)
            train(store, home, silent)
            score(store, home, silent)
        yield home
