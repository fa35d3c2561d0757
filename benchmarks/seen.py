"""Everything that a page sends to the browser, as texts: what a search for personal data has to look through.

with watching() as seen:
    AppTest.from_file(...).run()
seen.texts          # every text of every message, cells of tables among them
seen.asked          # every question whose rows and export the page offers
"""

from __future__ import annotations

import logging
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import wraps
from typing import Any
from unittest import mock

import pyarrow as pa
import pyarrow.compute as pc
from streamlit.testing.v1 import local_script_runner

from dashboard import drawer, tables
from dashboard.tables import Asked

# A word as identifiers are: fingerprints, addresses of networks and of payouts.
_WORD = re.compile(r"[A-Za-z0-9:][A-Za-z0-9_.:\-]*")
# The least that is looked for as a part of a text and not as a word.
_LEAST = 12


@dataclass
class Seen:
    """What was sent and offered so far."""

    texts: list[str] = field(default_factory=list)
    asked: dict[str, Asked] = field(default_factory=dict)

    def offer(self, asked: Asked) -> None:
        """Remember a question whose rows can be opened and taken away."""
        self.asked.setdefault(f"{asked.statement.sql} {sorted(asked.parameters.items())!r}", asked)


class _Log(logging.Handler):
    def __init__(self, seen: Seen) -> None:
        super().__init__()
        self._seen = seen

    def emit(self, record: logging.LogRecord) -> None:
        self._seen.texts.append(self.format(record))


@contextmanager
def watching() -> Iterator[Seen]:
    """Yield what pages send, offer and log meanwhile."""
    seen = Seen()
    parse = vars(local_script_runner)["parse_tree_from_messages"]

    def parsed(messages: Any) -> Any:
        for message in messages:
            seen.texts.extend(texts_of(message))
        return parse(messages)

    log = _Log(seen)
    logging.getLogger().addHandler(log)
    try:
        with (
            mock.patch.object(local_script_runner, "parse_tree_from_messages", parsed),
            _offering(seen, tables, "downloads", lambda given: given),
            _all_of_drawer(seen),
        ):
            yield seen
    finally:
        logging.getLogger().removeHandler(log)


@contextmanager
def _all_of_drawer(seen: Seen) -> Iterator[None]:
    def rows(figure: Any) -> Asked:
        found: Asked = figure.rows
        return found

    with (
        _offering(seen, drawer, "number", rows),
        _offering(seen, drawer, "button", rows),
        _offering(seen, drawer, "show", rows),
    ):
        yield


@contextmanager
def _offering(seen: Seen, room: Any, name: str, asked_of: Callable[[Any], Asked]) -> Iterator[None]:
    real = getattr(room, name)

    @wraps(real)
    def offered(given: Any, *args: Any, **kwargs: Any) -> Any:
        seen.offer(asked_of(given))
        return real(given, *args, **kwargs)

    with mock.patch.object(room, name, offered):
        yield


def texts_of(message: Any) -> Iterator[str]:
    """Yield every text of a message of Streamlit; tables are read cell by cell."""
    for _, value in message.ListFields():
        for each in value if _is_many(value) else [value]:
            if hasattr(each, "ListFields"):
                yield from texts_of(each)
            elif isinstance(each, str):
                yield each
            elif isinstance(each, bytes):
                yield from _texts_of_bytes(each)


def _is_many(value: object) -> bool:
    return isinstance(value, Sequence) and not isinstance(value, str | bytes)


def _texts_of_bytes(content: bytes) -> Iterable[str]:
    try:
        return texts_of_table(pa.ipc.open_stream(content).read_all())
    except (pa.ArrowInvalid, OSError):
        return [content.decode("utf-8", "ignore")]


def texts_of_table(table: pa.Table) -> list[str]:
    """Return the different cells of a table, as text."""
    found: list[str] = []
    for column in table.columns:
        kind = column.type
        if not (pa.types.is_floating(kind) or pa.types.is_integer(kind) or pa.types.is_temporal(kind)):
            is_text = pa.types.is_string(kind) or pa.types.is_large_string(kind)
            plain = column if is_text else pa.array([str(one) for one in column.to_pylist()], pa.string())
            found.extend(text for text in pc.unique(plain).to_pylist() if text)
    return found


def found_in(texts: Iterable[str], values: frozenset[str]) -> set[str]:
    """Return the values that occur in `texts`: whole, as a word in any letters, or long ones as a part."""
    small = {value.casefold(): value for value in values}
    long = [value for value in values if " " in value and len(value) >= _LEAST]
    hits: set[str] = set()
    for text in texts:
        if text in values:
            hits.add(text)
        for word in _WORD.findall(text.casefold()):
            known = small.get(word) or small.get(word.rstrip(".:-_"))
            if known is not None:
                hits.add(known)
        hits.update(value for value in long if value in text)
    return hits
