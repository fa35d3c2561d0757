"""The walk kept between builds, so that a day's new events cost a day's work and not the whole history's.

What is kept is how everything stood at the start of the last day, when the day before was complete. It is
taken up again only where nothing from before that instant has changed: events, labels, accounts, matches of
liveness, this package and its libraries. Else the walk begins anew; the result is the same.
"""

from __future__ import annotations

import hashlib
import pickle
from dataclasses import dataclass
from pathlib import Path

import duckdb
import joblib
import numpy as np
import sklearn

from data.statement import read_statement
from scoring.rings.history import Walk
from scoring.rings.kinds import MICROSECONDS_A_DAY
from scoring.rings.sources import Sources

_FOLDER = Path(__file__).parent
_BROKEN = (
    OSError,
    EOFError,
    pickle.UnpicklingError,
    AttributeError,
    ImportError,
    KeyError,
    ValueError,
    TypeError,
)


@dataclass(frozen=True, slots=True)
class Kept:
    """A walk without its sources, its next day, the accounts that had come, and what it was made of."""

    walk: Walk
    day: int
    accounts: int
    made_of: str


def take_up(path: Path, sources: Sources, cursor: duckdb.DuckDBPyConnection) -> tuple[Walk, int]:
    """Answer a walk over `sources` and its next day: the one kept at `path`, or a new one."""
    first = sources.first_day + 1
    try:
        kept = joblib.load(path)
    except _BROKEN:
        return Walk(sources), first
    if not isinstance(kept, Kept) or kept.walk.log.accounts > len(sources.account_ids):
        return Walk(sources), first
    if kept.made_of != _made_of(cursor, sources, kept.day, kept.accounts):
        return Walk(sources), first
    kept.walk.go_on(sources, kept.day)
    return kept.walk, kept.day


def keep(path: Path, walk: Walk, day: int, cursor: duckdb.DuckDBPyConnection) -> None:
    """Keep at `path` how `walk` stands before it takes `day`."""
    sources = walk.sources
    accounts = _accounts_before(sources, day)
    made_of = _made_of(cursor, sources, day, accounts)
    beside = path.with_suffix(".part")
    joblib.dump(Kept(walk.without_sources(), day, accounts, made_of), beside)
    beside.replace(path)


def _accounts_before(sources: Sources, day: int) -> int:
    """Answer how many accounts had come before `day`: those numbered below it."""
    return int(np.searchsorted(sources.came, (day - 1) * MICROSECONDS_A_DAY))


def _made_of(cursor: duckdb.DuckDBPyConnection, sources: Sources, day: int, accounts: int) -> str:
    # The walk has taken the evidence of the days before the one before `day`.
    until = (day - 1) * MICROSECONDS_A_DAY
    ((past,),) = cursor.execute(read_statement(_FOLDER / "past.sql").sql, {"until": until}).fetchall()
    made = hashlib.sha256(repr((past, sources.account_ids[:accounts], sklearn.__version__)).encode())
    for file in sorted((*_FOLDER.glob("*.py"), *_FOLDER.glob("*.sql"))):
        made.update(file.read_bytes())
    return made.hexdigest()
