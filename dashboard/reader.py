"""As whom the store is asked: whoever acts in this session, the program itself, or a sum that names nobody.

    reader()                     # what may be read here and now
    with as_program(): ...       # jobs and what every visitor sees, whoever they are
    with summing(): ...          # a measure: counts requests that are no secret, lists none
    bound(call)                  # `call` as this reader, in whatever thread it is called

Streamlit calls what a download needs in a thread without a session: there, and wherever nobody is known,
nothing is read but what everybody may. The main thread without a session is a command or a test.
"""

from __future__ import annotations

import re
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import wraps
from typing import Any, ParamSpec, TypeVar

import duckdb

from dashboard import owner
from data.store import Store
from desk.actors import Actor, Right, RightError
from desk.masking import ATTACHED, Readers, key_in
from desk.reads import EVERYTHING, READS, Reader, reader_of, readers_in_words
from desk.reads import summing as reader_of_sums

P = ParamSpec("P")
T = TypeVar("T")
# A question whose own names hide tables of the store reads these as `main.desk_steps`.
_BELOW = re.compile(r"\bmain\.")
NOBODY = Reader(frozenset())
# Sessions of which it is remembered who acts in the present run.
MOST_SESSIONS = 1_000

_told: ContextVar[Reader | None] = ContextVar("reader", default=None)
_acting: dict[str, tuple[object, object, Reader]] = {}
_who: tuple[Callable[[], Actor], Callable[[], object]] | None = None
_made: tuple[Store, Readers] | None = None
_lock = threading.Lock()


def reader() -> Reader:
    """Return what may be read by whoever asks here and now."""
    told = _told.get()
    if told is not None:
        return told
    context = _session()
    if context is not None:
        return _of_session(context)
    return EVERYTHING if threading.current_thread() is threading.main_thread() else NOBODY


def known_by(who: Callable[[], Actor], choice: Callable[[], object]) -> None:
    """Say how to find who acts in a session, and what that was chosen by; until then it is nobody."""
    global _who
    _who = (who, choice)


def _session() -> Any:
    """Return Streamlit's session of this thread; None where there is none.

    A command that draws nothing does not load Streamlit.
    """
    runner = sys.modules.get("streamlit.runtime.scriptrunner")
    return None if runner is None else runner.get_script_run_ctx(suppress_warning=True)


def _of_session(context: Any) -> Reader:
    """Return the reader that the person of a session is, looked up once a run and for each choice."""
    if _who is None:
        return NOBODY
    who, choice = _who
    kept = _acting.get(context.session_id)
    chosen = choice()
    # Streamlit makes this mapping anew for each run, and it is held here: no other can be the same.
    if kept is None or kept[0] is not context.cursors or kept[1] != chosen:
        with as_program():
            found = reader_of(who())
        if len(_acting) > MOST_SESSIONS:
            _acting.clear()
        kept = _acting[context.session_id] = (context.cursors, chosen, found)
    return kept[2]


@contextmanager
def reading_as(one: Reader) -> Iterator[None]:
    """Ask as `one` for a while."""
    token = _told.set(one)
    try:
        yield
    finally:
        _told.reset(token)


@contextmanager
def as_program() -> Iterator[None]:
    """Ask as the program for a while: only for what is told to everybody, or for work that draws nothing."""
    with reading_as(EVERYTHING):
        yield


@contextmanager
def summing() -> Iterator[None]:
    """Ask for sums for a while, which tell of no single request; secret ones are left out of them too."""
    with reading_as(reader_of_sums(reader())):
        yield


def seeing(right: Right) -> Reader:
    """Return what whoever asks may read, and what `right` shows, for one question of which that was asked."""
    return Reader(reader().rights | {right.name})


def bound(call: Callable[P, T]) -> Callable[P, T]:
    """Return `call` asking as whoever asks now, in any thread."""
    one = reader()

    @wraps(call)
    def asked(*args: P.args, **kwargs: P.kwargs) -> T:
        with reading_as(one):
            return call(*args, **kwargs)

    return asked


def version() -> str:
    """Return the version of what this reader sees: answers are shared among those who may read the same."""
    return f"{owner.version()} {reader().name}"


def narrow(cursor: duckdb.DuckDBPyConnection, sql: str | None = None) -> Reader:
    """Have `cursor` see what may be read here and now, and nothing else; return the reader.

    With `sql` it is left alone where the answer to that is the same for this reader as for the program.
    """
    one = reader()
    if sql is None or not _needed(sql) <= one.rights:
        narrow_to(cursor, one)
    return one


def worded(sql: str) -> str:
    """Return `sql` as it is asked here and now: the tables below its own names are those of the reader."""
    one = reader()
    return sql if _needed(sql) <= one.rights else _BELOW.sub(f"{ATTACHED}.{one.name}.", sql)


def key(sql: str) -> tuple[object, ...]:
    """Return what the answer to `sql` depends on: the store, and the rights that matter to it."""
    return (owner.version(), reader().rights & _needed(sql))


def _needed(sql: str) -> frozenset[str]:
    return _readers().needed(sql, owner.version())


def narrow_to(cursor: duckdb.DuckDBPyConnection, one: Reader) -> None:
    """Have `cursor` see what `one` may read, and nothing else."""
    _readers().narrow(cursor, one, owner.version(), owner.desk_version())


def cursor_of(actor: Actor) -> duckdb.DuckDBPyConnection:
    """Return a cursor of the store on which `actor` reads: for a file that somebody takes away."""
    cursor = owner.store().cursor()
    narrow_to(cursor, reader_of(actor))
    return cursor


def refuse(one: Reader, error: duckdb.CatalogException) -> None:
    """Raise RightError where `error` is that a table is not there for `one`, though the store has it."""
    named = [name for name in READS if f"name {name} does not exist" in str(error) and not one.reads(name)]
    if named:
        raise RightError(
            f"This needs {named[0].replace('_', ' ')}, which your role may not read.",
            possible=f"{readers_in_words(READS[named[0]].right)} may",
            to_do="Ask one of these roles.",
        ) from error


def _readers() -> Readers:
    global _made
    store = owner.store()
    with _lock:
        if _made is None or _made[0] is not store:
            _made = (store, Readers(store, key_in(owner.home().path)))
        return _made[1]
