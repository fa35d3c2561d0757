"""What every part of the page of one ring is drawn from: the ring, its accounts, the day shown."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from dashboard import theme
from dashboard.facts import Facts
from dashboard.questions import ring as questions
from dashboard.questions.ring import Member, Ring
from dashboard.state import View


@dataclass(frozen=True, slots=True)
class RingView:
    """One drawing of a ring's page, as the ring stood at the start of the day `as_of`."""

    known: Facts
    view: View
    ring: Ring
    everyone: tuple[Member, ...]
    days: tuple[date, ...]
    as_of: datetime
    palette: theme.Palette

    @property
    def ring_id(self) -> str:
        """The ring's name."""
        return self.ring.ring_id

    @property
    def unit(self) -> str:
        """The store's unit of money."""
        return self.known.money_unit

    @property
    def members(self) -> tuple[Member, ...]:
        """The accounts that were in the ring on the day shown."""
        return tuple(one for one in self.everyone if one.is_in)

    @property
    def others(self) -> tuple[Member, ...]:
        """The accounts that had left on the day shown, or were to come, each once."""
        inside = {one.account_id for one in self.members}
        return tuple({one.account_id: one for one in self.everyone if one.account_id not in inside}.values())

    @property
    def accounts(self) -> int:
        """How many accounts were ever in the ring."""
        return len({one.account_id for one in self.everyone})


def ring_view(known: Facts, view: View, ring_id: str) -> RingView | None:
    """Ask what every part of the page needs; None when there is no such ring."""
    found = questions.ring(ring_id)
    if found is None:
        return None
    days = questions.days(found)
    as_of = questions.day_shown(view.as_of, days)
    everyone = questions.members(ring_id, as_of)
    return RingView(known, view, found, everyone, days, as_of, theme.current())
