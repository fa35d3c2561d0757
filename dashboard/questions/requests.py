"""What the page Requests asks: which requests fit, how their clocks stand, and the numbers above them.

chosen = Chosen.of(state.current())                 # filters and order as the URL has them
asked(chosen, Moment(now, region, period))          # the rows, for a table, a drawer or an export
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import pyarrow as pa

from dashboard import ask, reader
from dashboard.questions.period import Period
from dashboard.state import View
from dashboard.tables import Asked
from desk.requests.state import ASKERS, CLASSES, ENDED, LIVE, OUTCOMES

# What an answer within the shift must beat; the headline counts what falls due in it.
SOON = timedelta(hours=4)
# Of fewer requests nothing is published: one could tell who is meant. As many as most public reports take.
FEWEST = 5
# Words of a search beyond these are not looked at, as the box says.
MOST_WORDS = 4
ORDERS: Mapping[str, str] = {
    "urgent": "Emergencies first",
    "due": "Due time",
    "doubt": "Least authentic",
    "newest": "Newest first",
    "oldest": "Oldest first",
}
CLOCKS: Mapping[str, str] = {
    "breached": "Breached",
    "at_risk": "At risk",
    "on_time": "On time",
    "answered_late": "Answered late",
    "answered_in_time": "Answered in time",
}
ASKED_BY: Mapping[str, str] = {"authority": "Authorities", "user": "Users"}
STATUS_WORDS: Mapping[str, str] = {
    "live": "Open",
    "received": "Received",
    "checking": "Being checked",
    "verified": "Verified",
    "doubtful": "Doubtful",
    "answering": "Being answered",
    "waiting_approval": "Waits for a second person",
    "ended": "Ended",
    "data_given": "Data given",
    "partly_given": "Partly given",
    "no_data": "No data here",
    "helped": "Helped",
    "kept": "Data kept",
    "executed": "Order executed",
    "refused": "Refused",
    "withdrawn": "Withdrawn",
    "all": "All",
}
# What a status of the list means for the table: the statuses there, and the outcome.
_MEANT: Mapping[str, tuple[list[str] | None, str | None]] = {
    "live": (list(LIVE), None),
    "ended": (list(ENDED), None),
    "all": (None, None),
    **{name: ([name], None) for name in LIVE},
    # What somebody doubts, and what the checks make more likely forged than genuine.
    "doubtful": (list(LIVE), None),
    **{name: (None, name) for name in OUTCOMES},
}
_APART = re.compile(r"[\s,;|]+")


@dataclass(frozen=True, slots=True)
class Moment:
    """Where one stands: the data's now (naive UTC), the region of the header, the period of the header."""

    now: datetime
    region: str | None
    period: Period


@dataclass(frozen=True, slots=True)
class Chosen:
    """What a person chose on the queue of requests; empty means any."""

    asker: str = "authority"
    kind: tuple[str, ...] = ()
    clock: tuple[str, ...] = ()
    status: str = "live"
    country: str = ""
    agency: str = ""
    find: str = ""
    order: str = "urgent"

    @classmethod
    def of(cls, view: View) -> Chosen:
        """Return what the URL names; what it names wrongly is left out."""
        return cls(
            asker=_of(view.asker, ASKERS, "authority"),
            kind=_several(view.kind, CLASSES),
            clock=_several(view.clock, CLOCKS),
            status=_of(view.status, STATUS_WORDS, "live"),
            country=view.country or "",
            agency=view.agency or "",
            find=view.find or "",
            order=_of(view.order, ORDERS, "urgent"),
        )

    @property
    def is_narrowed(self) -> bool:
        """Whether anything but the asker and the order was chosen."""
        return self != Chosen(asker=self.asker, order=self.order)


@dataclass(frozen=True, slots=True)
class Counts:
    """The numbers of the headline; hours are None where nothing was answered."""

    open: int
    due_soon: int
    breached: int
    doubtful: int
    answered: int
    median_hours: float | None
    base_median_hours: float | None


@dataclass(frozen=True, slots=True)
class Pasted:
    """An account that somebody wrote down: whether it is here, and where it is at home."""

    account_id: str
    is_here: bool
    region: str | None
    country: str | None


def _of(named: str | None, known: Sequence[str] | Mapping[str, str], standard: str) -> str:
    return named if named is not None and named in known else standard


def _several(named: str | None, known: Sequence[str] | Mapping[str, str]) -> tuple[str, ...]:
    return tuple(one for one in (named or "").split(",") if one in known)


def asked(chosen: Chosen, moment: Moment, **more: object) -> Asked:
    """Return the question of all requests that fit; `more` sets parameters of the question directly."""
    statuses, outcome = _MEANT[chosen.status]
    words = [*chosen.find.casefold().split()[:MOST_WORDS], *[None] * MOST_WORDS]
    parameters: dict[str, object] = {
        "now": moment.now,
        "region": moment.region,
        "asker": chosen.asker,
        "class": list(chosen.kind) or None,
        "clock": list(chosen.clock) or None,
        "status": statuses,
        "outcome": outcome,
        "country": chosen.country or None,
        "agency_kind": chosen.agency or None,
        "doubtful": chosen.status == "doubtful",
        "due_by": None,
        "received_from": None,
        "received_before": None,
        "answered_from": None,
        "answered_before": None,
        "order": chosen.order,
        **{f"word_{number + 1}": words[number] for number in range(MOST_WORDS)},
    }
    return Asked("request_queue", parameters | more)


def most_urgent(chosen: Chosen, moment: Moment, *, but: str | None = None) -> Mapping[str, Any] | None:
    """Answer which open request comes first of those chosen, other than `but`; None when none waits."""
    question = asked(chosen, moment)
    found = ask.first(question.statement, 50, **question.parameters)[0]
    rows = [row for row in found.to_pylist() if row["hours_left"] is not None and row["request_id"] != but]
    return rows[0] if rows else None


def counts(asker: str, moment: Moment) -> Counts:
    """Answer the numbers of the headline, of authorities or of users."""
    period = moment.period
    row = ask.answer(
        "request_counts",
        now=moment.now,
        due_by=moment.now + SOON,
        region=moment.region,
        asker=asker,
        starts=period.starts,
        ends=period.ends,
        base_starts=period.base_starts,
        base_ends=period.base_ends,
    ).to_pylist()[0]
    return Counts(**row)


def clocks(asker: str, moment: Moment) -> tuple[Mapping[str, Any], ...]:
    """Answer how many open requests of each class are breached, at risk and on time."""
    found = ask.answer("request_clocks", now=moment.now, region=moment.region, asker=asker)
    return tuple(found.to_pylist())


def choices(asker: str) -> Mapping[str, tuple[str, ...]]:
    """Answer which countries and kinds of authorities there are to choose from, most requests first."""
    found: dict[str, list[str]] = {"country": [], "agency_kind": []}
    for row in ask.answer("request_choices", asker=asker).to_pylist():
        found[row["name"]].append(row["word"])
    return {name: tuple(words) for name, words in found.items()}


def transparency_asked(period: Period) -> Asked:
    """Return the question of what may be published of a quarter."""
    return Asked("request_transparency", {**period.between, "fewest": FEWEST})


@reader.summing()
def transparency(period: Period) -> pa.Table:
    """Answer what may be published of a quarter, one row a cell."""
    question = transparency_asked(period)
    return ask.answer(question.statement, **question.parameters)


def quarters_asked() -> Asked:
    """Return the question of what may be published of each quarter."""
    return Asked("request_quarters", {"fewest": FEWEST})


def accounts_pasted(text: str) -> tuple[Pasted, ...]:
    """Answer which accounts of a pasted text are here; each once, in the order of the text."""
    named = list(dict.fromkeys(filter(None, _APART.split(text))))
    if not named:
        return ()
    return tuple(Pasted(**row) for row in ask.answer("accounts_pasted", accounts=named).to_pylist())
