"""Aggregates: the only window functions there are, which batch SQL and an online engine both compute."""

from __future__ import annotations

from dataclasses import dataclass

from scoring.features.subjects import Entity, Rows, Window


@dataclass(frozen=True, slots=True)
class Aggregate:
    """One window function over `column` of those `rows` of the entity's past in `window`.

    `function` is count, sum, max, min or distinct. Nulls of the column do not count. Over nothing,
    count, sum and distinct are 0, max and min null; where a key of the entity is null, all are null.
    """

    entity: Entity
    function: str
    column: str
    rows: Rows
    window: Window

    @property
    def name(self) -> str:
        """Name of its column in the entity's table."""
        return f"{self.entity.name}__{self.function}_{self.column}_of_{self.rows.name}_{self.window.name}"


def count(entity: Entity, rows: Rows, window: Window) -> Aggregate:
    """How many rows, whatever they hold."""
    return Aggregate(entity, "count", "t", rows, window)


def known(entity: Entity, column: str, rows: Rows, window: Window) -> Aggregate:
    """How many rows whose `column` is known."""
    return Aggregate(entity, "count", column, rows, window)


def total(entity: Entity, column: str, rows: Rows, window: Window) -> Aggregate:
    """The exact sum of a whole-number column."""
    return Aggregate(entity, "sum", column, rows, window)


def largest(entity: Entity, column: str, rows: Rows, window: Window) -> Aggregate:
    """The largest value of a column; of `t`, the last time."""
    return Aggregate(entity, "max", column, rows, window)


def smallest(entity: Entity, column: str, rows: Rows, window: Window) -> Aggregate:
    """The smallest value of a column; of `t`, the first time."""
    return Aggregate(entity, "min", column, rows, window)


def distinct(entity: Entity, column: str, rows: Rows, window: Window) -> Aggregate:
    """How many different values of a column."""
    return Aggregate(entity, "distinct", column, rows, window)
