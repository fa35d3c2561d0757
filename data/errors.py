"""The one shape of every error that a person reads: what, where, what was possible, what to do."""

from __future__ import annotations


class WatchfloorError(Exception):
    """An error with four parts, each a sentence or empty.

    `what` happened, `where` it happened, what was `possible` there, what `to_do` next.
    """

    def __init__(self, what: str, *, where: str = "", possible: str = "", to_do: str = "") -> None:
        self.what = what
        self.where = where
        self.possible = possible
        self.to_do = to_do
        super().__init__(str(self))

    def __str__(self) -> str:
        """Join the parts that are known, one sentence a line."""
        parts = (self.what, self.where and f"Where: {self.where}")
        more = (self.possible and f"Possible: {self.possible}", self.to_do and f"What to do: {self.to_do}")
        return "\n".join(part for part in (*parts, *more) if part)


class MappingError(WatchfloorError):
    """A mapping file does not say what Watchfloor needs, or says what it cannot take."""


class SourceError(WatchfloorError):
    """A file as a whole cannot be read: empty, truncated, in another encoding, not what its name says."""


class StoreError(WatchfloorError):
    """The store cannot be opened or written: locked, damaged, made by another version, disk full."""


class ModelError(WatchfloorError):
    """A model cannot be trained, loaded or applied: too few labels, other features, other versions."""


class PolicyError(WatchfloorError):
    """A policy is missing, malformed, or does not cover a region."""
