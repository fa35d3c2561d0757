"""The book of authorities: who they are, from which domains they write, under which number they answer.

    book = book_of(home)                                  # <home>/authorities.toml, else the shipped one
    book.find("Cybercrime Directorate (Kenya, made up)", "KE")

The number to call back is the book's own: a forged request brings a number of its own.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Any

from data.errors import WatchfloorError
from data.home import Home
from desk.requests.state import CLASSES

OWN_FILE = "authorities.toml"
STANDARD = Path(__file__).with_name("authorities.toml")
DEMONSTRATION = Path(__file__).with_name("authorities_demonstration.toml")
# For a customer there is no number: whoever writes from within the account is asked there.
IN_THE_ACCOUNT = "in the account"
_PARTS = ("name", "country", "kind", "domains", "number", "contacts")


class BookError(WatchfloorError):
    """The book of authorities cannot be read, or says what cannot be."""


@dataclass(frozen=True, slots=True)
class Authority:
    """One authority: its name, country (ISO alpha-2), kind, domains, number, and contacts that are known."""

    name: str
    country: str
    kind: str
    domains: tuple[str, ...]
    number: str
    contacts: tuple[str, ...] = ()


@dataclass(frozen=True)
class Book:
    """All authorities that are known, and what a request of each class may rest on, by country or `any`."""

    authorities: tuple[Authority, ...] = ()
    legal_bases: Mapping[str, Mapping[str, tuple[str, ...]]] = field(default_factory=dict)

    @cached_property
    def _by_name(self) -> dict[tuple[str, str], Authority]:
        return {(each.country, _key(each.name)): each for each in self.authorities}

    @cached_property
    def domains(self) -> dict[str, tuple[Authority, ...]]:
        """Who writes from each domain."""
        found: dict[str, tuple[Authority, ...]] = {}
        for each in self.authorities:
            for domain in each.domains:
                found[domain] = (*found.get(domain, ()), each)
        return found

    def find(self, name: str | None, country: str | None) -> Authority | None:
        """Return the authority of that name in that country; None where the book does not know it."""
        return self._by_name.get((country or "", _key(name or "")))

    def bases(self, request_class: str, country: str | None) -> tuple[str, ...]:
        """Return what a request of that class may rest on in that country, beside what holds anywhere."""
        own = self.legal_bases.get(country or "", {}).get(request_class, ())
        return (*own, *self.legal_bases.get("any", {}).get(request_class, ()))


def book_of(home: Home) -> Book:
    """Return a home's own book, the shipped one where it has none. Raises BookError."""
    path = home.path / OWN_FILE
    return read_book(path if path.exists() else STANDARD)


def read_book(path: Path) -> Book:
    """Return the book that the file at `path` says, read again when it has changed. Raises BookError."""
    told = path.stat()
    return _read(path, told.st_mtime_ns, told.st_size)


def write_book(home: Home) -> bool:
    """Put the demonstration's authorities beside its store, for its user to change; False where a book is."""
    path = home.path / OWN_FILE
    if path.exists():
        return False
    path.write_text(DEMONSTRATION.read_text(encoding="utf-8"), encoding="utf-8")
    return True


@lru_cache(maxsize=8)
def _read(path: Path, _changed: int, _size: int) -> Book:
    try:
        document = tomllib.loads(path.read_text(encoding="utf-8"))
    except (UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise BookError(
            f"The book of authorities is not TOML: {error}.",
            where=str(path),
            possible="authorities = [...] and [legal_bases.any], as in the shipped file",
            to_do="Correct that line.",
        ) from error
    listed = [
        _authority(row, f"{path}: row {n + 1}") for n, row in enumerate(document.get("authorities", ()))
    ]
    bases = {
        country: {name: tuple(map(_key, given)) for name, given in classes.items()}
        for country, classes in document.get("legal_bases", {}).items()
    }
    for country, classes in bases.items():
        _refuse_unknown(classes, CLASSES, f"{path}: legal_bases.{country}")
    return Book(tuple(listed), bases)


def _authority(row: Mapping[str, Any], where: str) -> Authority:
    _refuse_unknown(row, _PARTS, where)
    missing = [name for name in ("name", "country", "kind", "domains", "number") if not row.get(name)]
    if missing:
        raise BookError(
            f"An authority needs {missing[0]}.", where=where, possible=", ".join(_PARTS), to_do="Name it."
        )
    return Authority(
        str(row["name"]),
        str(row["country"]),
        str(row["kind"]),
        tuple(str(domain).lower() for domain in row["domains"]),
        str(row["number"]),
        tuple(str(contact).lower() for contact in row.get("contacts", ())),
    )


def _refuse_unknown(given: Mapping[str, Any], possible: tuple[str, ...], where: str) -> None:
    if unknown := [name for name in given if name not in possible]:
        raise BookError(
            f"{unknown[0]!r} means nothing here.",
            where=where,
            possible=", ".join(possible),
            to_do="Correct it.",
        )


def _key(text: str) -> str:
    return " ".join(text.casefold().split())
