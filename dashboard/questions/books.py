"""The version of what measures rest on: the store's, the reader's, and that of the desk's books of money."""

from __future__ import annotations

from dashboard import ask, reader


def version() -> str:
    """Return under what the answers about measures are kept: money that moved changes them at once."""
    return f"{reader.version()} {ask.value('books_version')}"
