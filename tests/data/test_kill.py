from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import duckdb
from loading import CLOCK, counts, rows, transactions

from data.home import PROJECT_ROOT
from data.load import load_files
from data.mapping import parse_mapping
from data.progress import silent
from data.store import open_store

ROWS = 20_000
# The child kills itself while the second file is staged, checked and partly written: at the latest moment
# before the commit, when everything is in the transaction and nothing of it may remain.
CHILD = """
import os, signal, sys
from datetime import datetime
from pathlib import Path
import data.load, data.taking
from data.mapping import parse_mapping
from data.progress import silent
from data.store import open_store

remember = data.taking._remember
def remember_and_die(cursor, result, *others):
    remember(cursor, result, *others)
    if result.path.name == "t2.parquet":
        os.kill(os.getpid(), signal.SIGKILL)
data.taking._remember = remember_and_die
store = open_store(Path(sys.argv[1]))
mapping = parse_mapping(Path(sys.argv[3]).read_text())
data.load.load_files(store, [Path(sys.argv[2])], mapping, silent, datetime(2026, 1, 1))
"""


def write_rows(path: Path, first: int) -> None:
    duckdb.connect().execute(
        "COPY (SELECT i AS id, 'ann' AS account, TIMESTAMP '2025-03-01' AS at, 1.0 AS amount "
        "FROM range($first, $last) AS numbers(i)) TO $path",
        {"first": first, "last": first + ROWS, "path": str(path)},
    )


def test_a_load_killed_in_the_middle_leaves_whole_files_only_and_goes_on_where_it_stopped(
    tmp_path: Path,
) -> None:
    events = tmp_path / "events"
    events.mkdir()
    for number in (1, 2, 3):
        write_rows(events / f"t{number}.parquet", number * ROWS)
    mapping = tmp_path / "mapping.toml"
    mapping.write_text(transactions())
    database = tmp_path / "store.duckdb"
    environment = {**os.environ, "PYTHONPATH": str(PROJECT_ROOT)}
    command = [sys.executable, "-c", CHILD, str(database), str(events), str(mapping)]
    killed = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    assert killed.returncode == -signal.SIGKILL, killed.stderr

    with open_store(database) as store:
        assert rows(store, "SELECT count(*) FROM transactions") == [(ROWS,)]
        assert rows(store, "SELECT path, rows_taken FROM files") == [(str(events / "t1.parquet"), ROWS)]
        again = load_files(store, [events], parse_mapping(transactions()), silent, CLOCK)
        assert [counts(r) for r in again] == [(ROWS, 0, ROWS, 0), (ROWS, ROWS, 0, 0), (ROWS, ROWS, 0, 0)]
        assert [r.is_skipped for r in again] == [True, False, False]
        assert rows(store, "SELECT count(*), count(DISTINCT event_id) FROM transactions") == [
            (3 * ROWS, 3 * ROWS)
        ]
