from __future__ import annotations

import os
import subprocess
import sys
import threading
import time
from pathlib import Path

import duckdb
import pytest

from data.contract import TABLES
from data.errors import StoreError
from data.home import PROJECT_ROOT
from data.store import Store, memory_store, open_store

ENVIRONMENT = {**os.environ, "PYTHONPATH": str(PROJECT_ROOT)}
HOLD = """
import sys
from pathlib import Path
from data.store import open_store
store = open_store(Path(sys.argv[1]))
print("open", flush=True)
sys.stdin.read()
"""
# A file system of 6 MB in a mount namespace of its own: the real border, not an imitation of it.
FILL = """
import sys
from pathlib import Path
from data.errors import StoreError
from data.store import open_store
store = open_store(Path(sys.argv[1]) / "store.duckdb")
with store.writing() as cursor:
    cursor.execute("INSERT INTO accounts (account_id) VALUES ('before')")
try:
    with store.writing() as cursor:
        cursor.execute("INSERT INTO accounts (account_id) SELECT md5(i::VARCHAR) FROM range(1000000) AS n(i)")
except StoreError as error:
    print(error.what)
try:
    print(store.cursor().execute("SELECT count(*) FROM accounts").fetchone()[0])
except Exception:
    # DuckDB closes a database whose log could not be written; what was committed is in the file.
    store.close()
    store = open_store(Path(sys.argv[1]) / "store.duckdb")
    print(store.cursor().execute("SELECT count(*) FROM accounts").fetchone()[0])
"""


def test_a_new_store_has_every_table_of_the_contract_with_its_comments(tmp_path: Path) -> None:
    with open_store(tmp_path / "home" / "store.duckdb") as store:
        found = dict(store.cursor().execute("SELECT table_name, comment FROM duckdb_tables()").fetchall())
        assert {table.name: table.comment for table in TABLES}.items() <= found.items()
        uncommented = (
            "SELECT table_name, column_name FROM duckdb_columns() WHERE NOT internal AND comment IS NULL"
        )
        assert store.cursor().execute(uncommented).fetchall() == []


def test_what_was_written_is_there_when_the_store_is_opened_again(tmp_path: Path) -> None:
    path = tmp_path / "store.duckdb"
    with open_store(path) as store, store.writing() as cursor:
        cursor.execute("INSERT INTO accounts (account_id) VALUES ('ann')")
    with open_store(path) as store:
        assert store.cursor().execute("SELECT account_id FROM accounts").fetchall() == [("ann",)]


def _write_and_fail(store: Store) -> None:
    with store.writing() as cursor:
        cursor.execute("INSERT INTO accounts (account_id) VALUES ('ann')")
        cursor.execute("SELECT CAST('x' AS INTEGER)")


def test_an_error_while_writing_leaves_nothing_behind() -> None:
    with memory_store() as store:
        with pytest.raises(duckdb.ConversionException):
            _write_and_fail(store)
        assert store.cursor().execute("SELECT count(*) FROM accounts").fetchone() == (0,)


def test_readers_see_nothing_of_a_transaction_before_it_is_whole() -> None:
    with memory_store() as store:
        with store.writing() as cursor:
            cursor.execute("INSERT INTO accounts (account_id) VALUES ('ann')")
            assert store.cursor().execute("SELECT count(*) FROM accounts").fetchone() == (0,)
        assert store.cursor().execute("SELECT count(*) FROM accounts").fetchone() == (1,)


def test_a_store_that_another_process_has_open_says_so(tmp_path: Path) -> None:
    path = tmp_path / "store.duckdb"
    command = [sys.executable, "-c", HOLD, str(path)]
    with subprocess.Popen(
        command, env=ENVIRONMENT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as other:
        assert other.stdout is not None
        assert other.stdout.readline() == "open\n"
        with pytest.raises(StoreError) as caught:
            open_store(path)
        other.communicate("")
    assert caught.value.what == "Another process has the store open."
    assert caught.value.where == str(path)
    assert "one process at a time opens a store" in caught.value.possible
    assert caught.value.to_do.startswith("Close that process, or let it do the work. DuckDB says: IO Error")
    open_store(path).close()


@pytest.mark.parametrize("damage", ["text", "half", "middle"])
def test_a_damaged_store_says_so_and_is_left_as_it_is(tmp_path: Path, damage: str) -> None:
    path = tmp_path / "store.duckdb"
    open_store(path).close()
    whole = path.read_bytes()
    broken = {
        "text": b"account_id,amount\n" * 1000,
        "half": whole[: len(whole) // 2],
        "middle": whole[:4096] + bytes(len(whole) - 4096),
    }[damage]
    path.write_bytes(broken)
    with pytest.raises(StoreError) as caught:
        open_store(path)
    assert caught.value.what == "The store's file is damaged, or is not a DuckDB database."
    assert caught.value.where == str(path)
    assert "move it away, and load your files again" in caught.value.to_do
    assert path.read_bytes() == broken


def test_a_store_of_another_version_is_refused_with_the_way_out(tmp_path: Path) -> None:
    path = tmp_path / "store.duckdb"
    with open_store(path) as store, store.writing() as cursor:
        cursor.execute("UPDATE settings SET value = '0' WHERE name = 'contract_version'")
    with pytest.raises(StoreError) as caught:
        open_store(path)
    assert caught.value.what == "The store was made for version 0 of the data contract."
    assert caught.value.possible == "version 1"
    assert "export its tables" in caught.value.to_do


def test_a_store_that_cannot_be_written_says_so_instead_of_calling_it_damaged(tmp_path: Path) -> None:
    no_folder = tmp_path / "file"
    no_folder.touch()
    no_file = tmp_path / "store.duckdb"
    no_file.mkdir()
    for path, said in ((no_folder / "store.duckdb", "File exists"), (no_file, "Is a directory")):
        with pytest.raises(StoreError) as caught:
            open_store(path)
        assert caught.value.what == "The store cannot be opened for writing."
        assert caught.value.where == str(path)
        assert "may write to" in caught.value.possible
        assert "set WATCHFLOOR_HOME to another folder" in caught.value.to_do
        assert said in caught.value.to_do


def test_a_table_that_another_version_made_is_refused_and_named(tmp_path: Path) -> None:
    path = tmp_path / "store.duckdb"
    with open_store(path) as store, store.writing() as cursor:
        cursor.execute("ALTER TABLE accounts DROP COLUMN referrer_id")
        cursor.execute("ALTER TABLE accounts ADD COLUMN colour VARCHAR")
    with pytest.raises(StoreError) as caught:
        open_store(path)
    assert caught.value.what == (
        "The store was made by another version of Watchfloor: its table accounts differs in "
        "colour, referrer_id."
    )
    assert caught.value.where == str(path)
    assert caught.value.possible.startswith("account_id, opened_at, kyc_country")
    assert "load your files into a new home (WATCHFLOOR_HOME)" in caught.value.to_do


class _FailingCommit:
    """A cursor whose commit fails with DuckDB's `message`; everything else is the real cursor's."""

    def __init__(self, cursor: duckdb.DuckDBPyConnection, message: str) -> None:
        self._cursor, self._message = cursor, message

    def execute(self, sql: str, *parameters: object) -> duckdb.DuckDBPyConnection:
        if sql == "COMMIT":
            raise duckdb.IOException(self._message)
        return self._cursor.execute(sql, *parameters)

    def close(self) -> None:
        self._cursor.close()


def test_a_full_disk_says_so_and_leaves_nothing_half_done(monkeypatch: pytest.MonkeyPatch) -> None:
    with memory_store() as store:
        real = store.cursor
        said = 'IO Error: Could not write file "store.duckdb.wal": No space left on device'
        monkeypatch.setattr(store, "cursor", lambda: _FailingCommit(real(), said))
        with pytest.raises(StoreError) as caught, store.writing() as cursor:
            cursor.execute("INSERT INTO accounts (account_id) VALUES ('ann')")
        assert str(caught.value) == (
            "The disk is full.\n"
            "Where: .\n"
            "Possible: what was committed before is safe; this step left nothing half done\n"
            "What to do: Free space, or set WATCHFLOOR_HOME to a folder on another disk, "
            "then run the same command again."
        )
        assert real().execute("SELECT count(*) FROM accounts").fetchone() == (0,)


def test_a_folder_that_takes_no_journal_says_so_and_leaves_nothing_half_done(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    with memory_store() as store:
        real = store.cursor
        said = f'Failed to commit: Cannot open file "{store.path}.wal": Operation not permitted'
        monkeypatch.setattr(store, "cursor", lambda: _FailingCommit(real(), said))
        with pytest.raises(StoreError) as caught, store.writing() as cursor:
            cursor.execute("INSERT INTO accounts (account_id) VALUES ('ann')")
        assert caught.value.what == "The store cannot be opened for writing."
        assert caught.value.to_do.endswith(f"The system says: {said}")
        assert real().execute("SELECT count(*) FROM accounts").fetchone() == (0,)


def _can_mount() -> bool:
    probe = [
        "unshare",
        "--mount",
        "--map-root-user",
        "mount",
        "-t",
        "tmpfs",
        "-o",
        "size=1m",
        "tmpfs",
        "/mnt",
    ]
    try:
        return subprocess.run(probe, capture_output=True, check=False).returncode == 0
    except FileNotFoundError:
        return False


# Where the machine allows no mount of its own, the test above is what there is.
if _can_mount():

    def test_a_disk_that_is_really_full_keeps_what_was_committed_before(tmp_path: Path) -> None:
        script = 'mount -t tmpfs -o size=6m tmpfs "$1" && exec "$2" -c "$3" "$1"'
        inner = ["sh", "-c", script, "sh", str(tmp_path), sys.executable, FILL]
        command = ["unshare", "--mount", "--map-root-user", *inner]
        done = subprocess.run(command, env=ENVIRONMENT, capture_output=True, text=True, check=False)
        assert done.stdout.splitlines() == ["The disk is full.", "1"], done.stderr


def test_a_closed_store_is_closed_for_all(store: Store) -> None:
    cursor = store.cursor()
    store.close()
    with pytest.raises(duckdb.Error):
        store.cursor()
    cursor.close()


def test_a_question_that_is_still_asked_does_not_keep_a_store_from_closing(store: Store) -> None:
    cursor = store.cursor()
    told: list[str] = []
    started = threading.Event()

    def ask() -> None:
        started.set()
        try:
            cursor.execute(
                "SELECT count(*) FROM range(10000000) a, range(9000) b WHERE a.range & b.range = 7"
            )
        except duckdb.Error as error:
            told.append(str(error))

    asking = threading.Thread(target=ask)
    asking.start()
    started.wait()
    # The query takes minutes; that it has begun by now makes the test sharper, not right.
    time.sleep(0.3)
    store.close()
    asking.join(30)
    assert len(told) == 1
