"""What the log of the page Audit asks: which lines fit, one page of them, one line, what to choose from.

chosen = Chosen.of(state.current())
found = page(chosen)
found.rows, found.matching

A line about what the customer must not learn of is not there for who may not know, in counts and exports too:
the questions are asked of what the reader may see (`desk/reads.py`).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Any

from dashboard import ask
from dashboard.state import View
from dashboard.tables import Asked
from data.statement import Statement
from desk.actors import ROLES

ROWS_A_PAGE = 50
# Words of a search beyond these are not looked at, as the box says.
MOST_WORDS = 4
# What of a line a list shows; the rest is in the line itself.
LISTED = (
    "number",
    "done_at",
    "actor",
    "role",
    "action",
    "object_kind",
    "object_id",
    "reason",
    "approval_id",
    "recorded_at",
)
CLOCKS: Mapping[str, str] = {"data": "By the data's now", "wall": "By the wall clock"}
APPROVALS: Mapping[str, str] = {"with": "With an approval", "without": "Without one"}
# The program is a role of its own in the log.
LOG_ROLES: Mapping[str, str] = {**ROLES, "system": "the program itself"}
ROLE_MARK = "role:"
_MOST_DIGITS = 15
# Twenty pages of the list are found in one walk.
NEWEST = 20 * ROWS_A_PAGE


@dataclass(frozen=True, slots=True)
class Chosen:
    """What a person chose on the log; empty means any. `who` is a name, or `role:` and a role.

    `since` and `until` are days, the last one included; `number` is one line; `sheet` is the page, from 1.
    """

    who: str = ""
    action: str = ""
    kind: str = ""
    find: str = ""
    since: date | None = None
    until: date | None = None
    clock: str = "data"
    approval: str = ""
    sheet: int = 1

    @classmethod
    def of(cls, view: View) -> Chosen:
        """Return what the URL names; what it names wrongly is left out."""
        return cls(
            who=view.who or "",
            action=view.action or "",
            kind=view.kind or "",
            find=view.find or "",
            since=_day(view.since),
            until=_day(view.until),
            clock=view.clock if view.clock in CLOCKS and view.clock else "data",
            approval=view.status if view.status in APPROVALS and view.status else "",
            sheet=max(1, whole(view.sheet) or 1),
        )

    @property
    def is_narrowed(self) -> bool:
        """Whether anything but the page and the clock was chosen."""
        return replace(self, sheet=1, clock="data") != Chosen()


@dataclass(frozen=True, slots=True)
class Page:
    """One page of the lines that fit, the newest first, and how many fit in all."""

    rows: list[dict[str, Any]]
    matching: int

    @property
    def pages(self) -> int:
        """How many pages there are, at least one."""
        return max(1, -(-self.matching // ROWS_A_PAGE))


def whole(text: str | None) -> int | None:
    """Return the number that the URL names; None where it is none that a line could have."""
    return int(text) if text and text.isdecimal() and len(text) <= _MOST_DIGITS else None


def page(chosen: Chosen) -> Page:
    """Return the page that was chosen; the last one where there are not so many.

    The lines that fit are looked for once: their number and the newest of them come from one walk, whole
    lines are then read by their numbers. Only far down the list it takes two.
    """
    given = parameters(chosen)
    reach = NEWEST if chosen.sheet <= NEWEST // ROWS_A_PAGE else 1
    walk = _made("audit_found", f"SELECT count(*) AS matching, max(number, {reach}) AS newest FROM ({{}})")
    found = ask.answer(walk, **given).to_pylist()[0]
    matching, newest = int(found["matching"]), list(found["newest"] or ())
    before = (min(chosen.sheet, Page([], matching).pages) - 1) * ROWS_A_PAGE
    if before and reach == 1:
        numbers = "SELECT number FROM ({}) ORDER BY number DESC LIMIT $most OFFSET $before"
        far = ask.answer(_made("audit_far", numbers), **given, most=ROWS_A_PAGE, before=before)
        newest, before = far.column("number").to_pylist(), 0
    wanted = newest[before : before + ROWS_A_PAGE]
    return Page(ask.answer("audit_by_number", numbers=wanted).to_pylist(), matching)


def asked(chosen: Chosen) -> Asked:
    """Return the question for everything that fits, whole lines, for an export."""
    made = _made("audit_lines", "SELECT * FROM ({}) ORDER BY number DESC")
    return Asked("audit_lines", parameters(chosen), made)


def line(number: int) -> dict[str, Any] | None:
    """Return one line, whole; None where there is none of that number, or not for this reader."""
    given = parameters(Chosen()) | {"number": number}
    found = ask.answer("audit_lines", **given).to_pylist()
    return found[0] if found else None


def of_approval(approval_id: str) -> list[dict[str, Any]]:
    """Return the lines of one approval, the oldest first: proposed, approved, used."""
    found = page(Chosen(find=approval_id)).rows
    return [row for row in reversed(found) if row["approval_id"] == approval_id]


def choices() -> dict[str, list[str]]:
    """Return the people, roles, actions and kinds that the log names."""
    row = ask.answer("audit_choices").to_pylist()[0]
    return {name: [str(one) for one in row[name] or ()] for name in ("person", "role", "action", "kind")}


def parameters(chosen: Chosen) -> dict[str, object]:
    """Return what the question is given."""
    role = chosen.who.removeprefix(ROLE_MARK) if chosen.who.startswith(ROLE_MARK) else None
    words = chosen.find.casefold().split()[:MOST_WORDS]
    return {
        "number": None,
        "person": chosen.who if chosen.who and role is None else None,
        "role": role,
        "action": chosen.action or None,
        "kind": chosen.kind or None,
        "words": words or None,
        "since": _start(chosen.since),
        "until": _start(chosen.until + timedelta(days=1)) if chosen.until else None,
        "wall": chosen.clock == "wall",
        "approved": {"with": True, "without": False}.get(chosen.approval),
    }


def _made(name: str, around: str) -> Statement:
    base = ask.question("audit_lines")
    return Statement(name, base.sentence, around.format(f"\n{base.sql}\n"))


def _day(text: str | None) -> date | None:
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        return None


def _start(day: date | None) -> datetime | None:
    return None if day is None else datetime(day.year, day.month, day.day)
