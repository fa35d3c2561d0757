"""The owner: the one process that has the store open, hosts the pages and runs the jobs.

    owner.become(home)       # at the start of `watchfloor open` and `demo`: opens the store, starts the jobs
    owner.store()            # from any page or question; `.cursor()` for each use
    owner.version()          # changes after every job: what was computed before may be out of date
    owner.job()              # the job that runs or ran last, for the build screen

Outside `watchfloor open` (tests, `streamlit run`) the first use opens the store of the home that
WATCHFLOOR_STORE names, else the user's own.
"""

from __future__ import annotations

import atexit
import gc
import itertools
import os
import threading
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from dashboard.jobs import Job, Runner
from data.home import Home, own_home
from data.store import Store, open_store
from desk.channels.in_force import use_channels
from desk.channels.tables import install_clocks
from desk.freezes_view import install_freezes
from desk.projection_tables import DESK_TABLES
from desk.timed import time_cases
from scoring.contract import SCORING_TABLES
from scoring.rollups import renew_rollups

# The machine this is built for has two cores; DuckDB would take all that it sees, shared ones too.
DUCKDB_THREADS = 2


@dataclass
class Owner:
    """What the owning process holds."""

    home: Home
    store: Store
    runner: Runner
    version: str

    def start_over(self, clear: Callable[[], None]) -> None:
        """Close the store, have `clear` remove it, and open an empty one: only for a demonstration.

        For the job that builds another one; whoever is asking is interrupted and shown the build.
        """
        with _lock:
            self.store.close()
            clear()
            self.store = _opened(self.home)
        bump()

    def submit(self, job: Job) -> Job:
        """Queue a job behind those that wait."""
        return self.runner.submit(job)


_versions = itertools.count(1)
_desk_version = 0
_lock = threading.RLock()
_owner: Owner | None = None


def become(home: Home) -> Owner:
    """Open the store of `home` and start taking jobs; the process owns it until `resign()`.

    Raises StoreError when another process has it. Raises RuntimeError when this process owns another home.
    """
    global _owner
    with _lock:
        if _owner is not None:
            if _owner.home != home:
                raise RuntimeError(f"this process owns {_owner.home.path}, not {home.path}")
            return _owner
        _owner = Owner(home, _opened(home), Runner(_after_job), _next_version(home))
        atexit.register(resign)
        return _owner


def _opened(home: Home) -> Store:
    """Open the store of a home with everything that pages read."""
    store = open_store(home.store_path)
    set_threads(store)
    renew_rollups(store)
    # Pages of a store that was never scored read empty tables, not missing ones.
    store.create((*SCORING_TABLES, *DESK_TABLES))
    install_freezes(store)
    use_channels(home)
    install_clocks(store)
    time_cases(store)
    return store


def resign() -> None:
    """Close the store and forget it; for the end of the process and for tests."""
    global _owner
    with _lock:
        leaving, _owner = _owner, None
    # Outside the lock, which the end of the last job needs.
    if leaving is not None:
        leaving.runner.close()
        leaving.store.close()
        # Undo settle(): what is frozen could not be freed at the end; DuckDB would call it leaked.
        gc.unfreeze()


def current() -> Owner:
    """Return the owner of this process, becoming it when nobody has."""
    with _lock:
        return _owner or become(chosen_home())


def store() -> Store:
    """Return the open store."""
    return current().store


def home() -> Home:
    """Return the home that the store lies in."""
    return current().home


def version() -> str:
    """Return the version of the store's content as far as this process knows."""
    return current().version


def job() -> Job | None:
    """Return the job that runs or ran last; None when there was none."""
    return current().runner.current


def bump() -> None:
    """Say that the store's content changed, so that no kept answer is used again."""
    with _lock:
        if _owner is not None:
            _owner.version = _next_version(_owner.home)


def desk_version() -> int:
    """Return a number that changes when something of the desk was copied into the store."""
    return _desk_version


def desk_changed() -> None:
    """Say that the store's copy of the desk grew: kept answers about the desk are out of date."""
    global _desk_version
    with _lock:
        _desk_version = next(_versions)


def after_each_job(call: Callable[[], None]) -> None:
    """Have `call` done when a job is over and the store's version has changed, before the next job begins."""
    global _afterwards
    _afterwards = call


def _after_job() -> None:
    bump()
    _afterwards()


def settle() -> None:
    """Move everything that lives by now out of the garbage collector's way.

    Streamlit collects after every rerun, and looks through all that was not moved: 30-45 ms of a core at each
    click where caches and the modules of pages came after the last call, 3-5 ms where they did not.
    """
    # What was moved before and has died since is garbage as well.
    gc.unfreeze()
    gc.collect()
    gc.freeze()


# A job brings modules and leaves garbage.
_afterwards: Callable[[], None] = settle


def set_threads(opened: Store) -> None:
    """Bound DuckDB's threads in this process."""
    with opened.cursor() as cursor:
        cursor.execute("SET threads = $threads", {"threads": DUCKDB_THREADS})


def chosen_home() -> Home:
    """Return the home that WATCHFLOOR_STORE names, else the user's own."""
    named = os.environ.get("WATCHFLOOR_STORE")
    return Home(Path(named).expanduser().resolve()) if named else own_home()


def _next_version(home: Home) -> str:
    return f"{home.path}#{next(_versions)}"
