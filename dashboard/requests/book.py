"""The book of authorities of the home that this process owns."""

from __future__ import annotations

from dashboard import owner
from desk.requests.book import Book, book_of


def book() -> Book:
    """Return it, read again when its file has changed. Raises BookError."""
    return book_of(owner.home())
