"""The records of what people did, opened once for all sessions of this process."""

from __future__ import annotations

import os
from functools import lru_cache

from dashboard import owner
from data.home import Home
from desk.records import Records, open_records, url_of


def desk_records() -> Records:
    """Return the open records of the home that this process owns. Raises RecordsError."""
    home = owner.home()
    url = url_of(home, os.environ)
    if url.startswith("sqlite") and not home.desk_path.exists():
        # A demonstration that is built anew begins without records.
        _opened.cache_clear()
    return _opened(home, url)


@lru_cache(maxsize=2)
def _opened(home: Home, _url: str) -> Records:
    return open_records(home, os.environ)
