"""The spine: what happened, of all three streams, in one shape and in the order of time."""

from __future__ import annotations

from pathlib import Path

from data.contract import comment_statements
from data.geography import install_geography
from data.progress import Progress, Step
from data.statement import read_statement
from data.store import Store
from scoring.contract import SPINE

STATEMENT = Path(__file__).with_name("spine.sql")


def build_spine(store: Store, progress: Progress) -> int:
    """Write the table `spine` anew from all events in `store` and answer how many there are.

    An event whose account, device or network is not known stands there all the same, with nulls.
    """
    progress(Step("spine", 0, None, "events"))
    with store.writing() as cursor:
        install_geography(cursor)
        cursor.execute(read_statement(STATEMENT).sql)
        for comment in comment_statements(SPINE):
            cursor.execute(comment)
        found = cursor.execute("SELECT count(*) FROM spine").fetchone()
    events = int(found[0]) if found else 0
    progress(Step("spine", events, events, "events"))
    return events
