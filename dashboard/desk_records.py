"""The records of what people did, opened once for all sessions of this process."""

from __future__ import annotations

import os
import threading

from dashboard import owner
from data.home import Home
from desk.channels.in_force import channels_in_force
from desk.channels.tables import install_clocks
from desk.projection import is_behind, project, reach
from desk.records import Records, open_records, url_of
from desk.timed import is_untimed, time_cases

_lock = threading.Lock()
_opened: tuple[Home, str, Records] | None = None
_followed: tuple[object, ...] | None = None


def desk_records() -> Records:
    """Return the open records of the home that this process owns. Raises RecordsError."""
    global _opened
    home = owner.home()
    url = url_of(home, os.environ)
    with _lock:
        # A demonstration that is built anew begins without records: its file is gone.
        is_gone = url == url_of(home, {}) and not home.desk_path.exists()
        if _opened is None or _opened[:2] != (home, url) or is_gone:
            if _opened is not None:
                _opened[2].close()
            _opened = (home, url, open_records(home, os.environ))
        return _opened[2]


def follow() -> None:
    """Have the store hold what was done at the desk up to now, by this process or another."""
    global _followed
    records, store = desk_records(), owner.store()
    # Every rerun of every session asks: one look into the records tells that nothing was done since.
    reached = (store, records, channels_in_force().fingerprint, reach(records))
    if reached == _followed:
        return
    with store.cursor() as cursor:
        is_to_copy, is_to_time = is_behind(cursor, records), is_untimed(cursor)
    if (is_to_copy and project(store, records)) or is_to_time:
        # A case may lie in a year of which the store had told nothing.
        install_clocks(store)
        time_cases(store)
        owner.desk_changed()
    _followed = reached
