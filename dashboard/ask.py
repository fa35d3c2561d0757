"""How a page asks: a named question (one `.sql` file) with parameters, answered by the store and remembered.

    table = ask.answer("top_accounts", region="cis", limit=50)       # pyarrow.Table
    number = ask.value("events_in_period", since=a, until=b)         # first column of the only row
    ask.question("top_accounts").sentence                            # what it answers, for the drawer

Questions lie in `dashboard/queries/*.sql` and `dashboard/measures/**/*.sql`. Answers are kept until the
store's version changes, which every finished job does, those about the desk until its copy grows; tables
are immutable, so sessions share them where their roles read the same (`dashboard/reader.py`).
"""

from __future__ import annotations

import re
import threading
from collections import OrderedDict
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from functools import cache
from pathlib import Path

import duckdb
import pyarrow as pa

from dashboard import owner, reader
from data.errors import WatchfloorError
from data.statement import Statement, read_statement

FOLDERS = (Path(__file__).parent / "queries", Path(__file__).parent / "measures")
Scalar = object
# A page that waits longer than this has asked the wrong question; 10 million events aggregate in 0.2 s.
TIMEOUT_SECONDS = 20.0
# Answers are small (a rollup or one page of rows); this bounds what a day of browsing keeps.
KEPT_BYTES = 256 * 1024 * 1024
# What is copied from the desk, and the views of the store over it.
_OF_DESK = re.compile(r"desk_|\b(freezes|releases)\b")


class QuestionError(WatchfloorError):
    """A question that is not there, took too long, or does not fit the store."""


@cache
def questions() -> Mapping[str, Path]:
    """Return every named question with its file."""
    found = [path for folder in FOLDERS if folder.is_dir() for path in sorted(folder.rglob("*.sql"))]
    return {path.stem: path for path in found}


def question(name: str) -> Statement:
    """Return the question called `name`. Raises QuestionError with the nearest names there are."""
    path = questions().get(name)
    if path is None:
        raise QuestionError(
            f"There is no question called {name!r}.",
            possible=", ".join(sorted(questions())) or "none yet",
            to_do="Choose one of these, or a table of the data contract.",
        )
    return read_statement(path)


def answer(name: str | Statement, /, **parameters: Scalar) -> pa.Table:
    """Return the answer to a question, from memory when the store has not changed since.

    `name` is the file's stem, or a Statement. Only parameters that the SQL names may be given. Raises
    QuestionError when it takes longer than TIMEOUT_SECONDS or does not fit the store.
    """
    statement = question(name) if isinstance(name, str) else name
    key = (*_version(statement), statement.name, statement.sql, _key(parameters))
    kept = _answers.get(key)
    if kept is None:
        kept = run(statement, parameters)
        _answers.put(key, kept)
    return kept


def first(name: str | Statement, limit: int, /, **parameters: Scalar) -> tuple[pa.Table, int]:
    """Return the first `limit` rows of an answer and how many rows the whole of it has."""
    statement = question(name) if isinstance(name, str) else name
    whole = (*_version(statement), statement.name, statement.sql, _key(parameters))
    kept = _answers.get((*whole, limit))
    if kept is not None:
        return kept, int(kept.schema.metadata[b"rows"])
    with cursor(statement.name, sql=statement.sql) as connection:
        relation = connection.sql(reader.worded(statement.sql), params=parameters or None)
        table = relation.limit(limit).to_arrow_table()
        counted = relation.count("*").fetchall() if table.num_rows == limit else []
    total = int(counted[0][0]) if counted else table.num_rows
    table = table.replace_schema_metadata({b"rows": str(total).encode()})
    _answers.put((*whole, limit), table)
    _answers.put((*whole, "counted"), table.slice(0, 0))
    return table, total


def how_many(name: str | Statement, /, **parameters: Scalar) -> int:
    """Return how many rows an answer has, without asking again where it or its first rows were."""
    statement = question(name) if isinstance(name, str) else name
    whole = (*_version(statement), statement.name, statement.sql, _key(parameters))
    kept = _answers.get(whole)
    if kept is not None:
        return int(kept.num_rows)
    counted = _answers.get((*whole, "counted"))
    return (
        int(counted.schema.metadata[b"rows"]) if counted is not None else first(statement, 1, **parameters)[1]
    )


def value(name: str | Statement, /, **parameters: Scalar) -> object:
    """Return the first column of the first row of an answer; None when it has no rows."""
    table = answer(name, **parameters)
    return table.column(0)[0].as_py() if table.num_rows else None


def run(
    statement: Statement, parameters: Mapping[str, Scalar], *, seconds: float = TIMEOUT_SECONDS
) -> pa.Table:
    """Ask the store now, on a cursor of its own, and stop after `seconds`."""
    with cursor(statement.name, seconds, statement.sql) as connection:
        return connection.sql(reader.worded(statement.sql), params=dict(parameters) or None).to_arrow_table()


@contextmanager
def cursor(
    what: str, seconds: float = TIMEOUT_SECONDS, sql: str | None = None
) -> Iterator[duckdb.DuckDBPyConnection]:
    """Yield a cursor that sees what may be read here, and is interrupted after `seconds`.

    `sql` is what alone will be asked on it, where that is known. DuckDB's errors become a QuestionError, and
    RightError where the role may not read a table.
    """
    connection = owner.store().cursor()
    one = reader.narrow(connection, sql)
    timer = threading.Timer(seconds, connection.interrupt)
    timer.daemon = True
    timer.start()
    try:
        yield connection
    except duckdb.CatalogException as error:
        reader.refuse(one, error)
        raise _unanswered(what, error) from error
    except duckdb.InterruptException as error:
        raise QuestionError(
            f"The question {what!r} took longer than {seconds:g} seconds and was stopped.",
            to_do="Choose a shorter period or one region.",
        ) from error
    except duckdb.Error as error:
        raise _unanswered(what, error) from error
    finally:
        timer.cancel()
        connection.close()


def _unanswered(what: str, error: duckdb.Error) -> QuestionError:
    # The first line is what is wrong; those below could hold a row's values.
    said = str(error).splitlines()[0]
    return QuestionError(
        f"The question {what!r} could not be answered.",
        where=str(owner.store().path),
        to_do=f"Run `watchfloor score`, which writes what the pages read. DuckDB says: {said}",
    )


def _version(statement: Statement) -> tuple[object, ...]:
    """Return what an answer is kept under: the store's version, and the desk's where the desk is asked."""
    is_of_desk = _OF_DESK.search(statement.sql) is not None
    return (*reader.key(statement.sql), owner.desk_version() if is_of_desk else 0)


class _Answers:
    """The answers kept, least recently used first out."""

    def __init__(self) -> None:
        self._tables: OrderedDict[object, pa.Table] = OrderedDict()
        self._bytes = 0
        self._lock = threading.Lock()

    def get(self, key: object) -> pa.Table | None:
        with self._lock:
            table = self._tables.get(key)
            if table is not None:
                self._tables.move_to_end(key)
            return table

    def put(self, key: object, table: pa.Table) -> None:
        with self._lock:
            if key in self._tables:
                return
            self._tables[key] = table
            self._bytes += table.nbytes
            while self._bytes > KEPT_BYTES and len(self._tables) > 1:
                _, dropped = self._tables.popitem(last=False)
                self._bytes -= dropped.nbytes


_answers = _Answers()


def _key(parameters: Mapping[str, Scalar]) -> tuple[tuple[str, object], ...]:
    """Return the parameters in one order, with lists made hashable."""
    return tuple(
        (name, tuple(given) if isinstance(given, list) else given)
        for name, given in sorted(parameters.items())
    )
