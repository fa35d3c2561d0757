"""What a shift of a channel leaves to the next one, asked of the store."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from dashboard import ask
from dashboard.measures.combined import given
from dashboard.questions.channels import forecast
from dashboard.tables import Asked
from desk.channels.model import Channel
from desk.handover.shifts import ShiftWindow
from desk.handover.snapshot import Open, Snapshot, Standing

# As many as a person takes in; the whole list is behind the number, and in its export.
SHOWN = 10


@dataclass(frozen=True, slots=True)
class Asking:
    """Which shift of which channel, at the product's now; `wall` is the wall clock, for who holds what."""

    channel: Channel
    shift: ShiftWindow
    now: datetime
    wall: datetime

    def asked(self, name: str, **more: object) -> Asked:
        """Return a question about it."""
        told = {
            "channel": self.channel.slug,
            "starts": self.shift.starts,
            "ends": self.shift.ends,
            "now": self.now,
            "wall": self.wall,
            **more,
        }
        return Asked(name, given(ask.question(name), told))


def snapshot(asking: Asking, unit: str) -> Snapshot:
    """Answer what a shift leaves, at the product's now; money in `unit`."""
    changes = _rows(changes_asked(asking))
    oldest, most = (_first(standing_asked(asking, which)) for which in ("oldest", "most_to_lose"))
    paused, paused_in_all = _some(standing_asked(asking, "paused"))
    soon, soon_in_all = _some(standing_asked(asking, "soon"))
    breached, breached_in_all = _some(breached_asked(asking))
    return Snapshot(
        channel=asking.channel,
        shift=asking.shift,
        now=asking.now,
        unit=unit,
        changed={row["action"]: row["cases"] for row in changes if row["action"] != "disposed"},
        closed={row["outcome"]: row["cases"] for row in changes if row["action"] == "disposed"},
        open=[
            Open(row["severity"], row["cases"], row["paused"], row["breached"])
            for row in _rows(asking.asked("shift_open"))
        ],
        oldest=oldest,
        most_to_lose=most,
        hands={row["who"]: row["cases"] for row in _rows(asking.asked("shift_hands"))},
        paused=paused,
        paused_in_all=paused_in_all,
        soon=soon,
        soon_in_all=soon_in_all,
        breached=breached,
        breached_in_all=breached_in_all,
        expected=forecast(asking.now).get(asking.channel.slug),
    )


def changes_asked(asking: Asking) -> Asked:
    """Return the question of what was done in the shift."""
    return asking.asked("shift_changes")


def standing_asked(asking: Asking, which: str) -> Asked:
    """Return the question of the channel's open cases: all, soon, paused, oldest or most_to_lose first."""
    return asking.asked("shift_standing", which=which)


def breached_asked(asking: Asking) -> Asked:
    """Return the question of the cases whose time ran out in the shift."""
    return asking.asked("shift_breached")


def _rows(asked: Asked) -> list[Mapping[str, Any]]:
    rows: list[Mapping[str, Any]] = ask.answer(asked.name, **asked.parameters).to_pylist()
    return rows


def _some(asked: Asked) -> tuple[list[Standing], int]:
    rows, in_all = ask.first(asked.name, SHOWN, **asked.parameters)
    return [_standing(row) for row in rows.to_pylist()], in_all


def _first(asked: Asked) -> Standing | None:
    rows, _ = ask.first(asked.name, 1, **asked.parameters)
    return next((_standing(row) for row in rows.to_pylist()), None)


def _standing(row: Mapping[str, Any]) -> Standing:
    return Standing(
        row["case_id"],
        row["kind"],
        row["severity"],
        row["opened_at"],
        row["due_at"],
        row["minutes_left"],
        row["expected_loss"],
        row["who"],
        row["paused_until"],
    )
