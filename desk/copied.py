"""Columns of the store that the owner fills from the desk's records."""

from __future__ import annotations

from data.contract import Column

MONEY = "DECIMAL(18,6)"


def copied(name: str, kind: str, comment: str, personal: str = "") -> Column:
    """Return a column that the owner fills from the desk."""
    return Column(name, kind, comment, filled_by="desk", personal=personal)


# As `desk.transactional.acted` begins the tables of the records.
ACTED = (
    copied("number", "BIGINT", "Number of the step in the records."),
    copied("done_at", "TIMESTAMP", "The data's now when it was done, UTC."),
    copied("recorded_at", "TIMESTAMP", "The wall clock when it was done, UTC."),
    copied("actor", "VARCHAR", "Who did it."),
    copied("role", "VARCHAR", "In which role."),
)
