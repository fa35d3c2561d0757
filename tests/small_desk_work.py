"""A quarter of a small desk by hand, done through the desk's own moves, for the tests of its measures.

    fill_desk(store, home)      # K1 to K7 of the third quarter of 2025, B1 of the second, some for the clocks

All are of kind fraud and severity high: a first look within 60 minutes, an end within 12 hours. Alerts are
the events that a case holds.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from small_cases import ANA, BEN, LEE, MISTAKEN, SmallDesk, Wall, confirmed

from data.home import Home
from data.store import Store
from desk.actors import SYSTEM, Actor
from desk.cases.acting import Doing, do
from desk.cases.endings import Dispose, Reopen, Review
from desk.cases.moves import Move, Pause, Resume, Take
from desk.cases.reading import case
from desk.cases.steps import Step, append_steps
from desk.channels.tables import install_clocks
from desk.intake.turns import lapsed
from desk.projection import project
from desk.records import open_records
from desk.timed import time_cases
from desk.transactional import take_turn

MONDAY = datetime(2025, 7, 7)
# Instants at which the clocks of Europe change, a leap day of India, each with its local weekday and hour.
ODD_HOURS = (
    ("europe", datetime(2025, 3, 30, 0, 30), (7, 1)),
    # 02:30 is skipped.
    ("europe", datetime(2025, 3, 30, 1, 30), (7, 3)),
    # 02:30 comes twice.
    ("europe", datetime(2025, 10, 26, 0, 30), (7, 2)),
    ("europe", datetime(2025, 10, 26, 1, 30), (7, 2)),
    # 29 February 2024 is a Thursday; India is 5:30 ahead: 23:45, and a quarter past midnight of 1 March.
    ("south_asia", datetime(2024, 2, 29, 18, 15), (4, 23)),
    ("south_asia", datetime(2024, 2, 29, 18, 45), (5, 0)),
)


class Work(SmallDesk):
    """A desk on which a test says when everything is done."""

    def case(self, name: str, channel: str, at: datetime, alerts: int) -> str:
        """Open a case of an account with as many alerts."""
        self.at = at
        return self.opened(name, channel=channel, events=[f"{name}-{n}" for n in range(alerts)])

    def move(self, case_id: str, move: Move, actor: Actor, at: datetime, *, is_drawn: bool = False) -> None:
        """Act on a case at an instant; a disposition is drawn for a second look where the test says so."""
        doing = Doing(case_id, move, actor, "Because", at)
        do(self.records, doing, lambda: 0.0 if is_drawn else 1.0)

    def by_program(self, case_id: str, action: str, at: datetime, changed: Mapping[str, Any]) -> None:
        """Have the program do something that no move does."""
        before = case(self.records, case_id)
        after = lapsed(before, at) if action == "lapsed" else replace(before, version=before.version + 1)
        step = Step(replace(after, **changed), action, SYSTEM, "By rule", at, {"outcome": "confirmed"})
        with self.records.writing() as connection:
            take_turn(connection)
            append_steps(connection, [step])


def hours(count: float, since: datetime = MONDAY) -> datetime:
    """Return the instant so many hours after Monday 7 July 2025, midnight UTC."""
    return since + timedelta(hours=count)


def fill_desk(store: Store, home: Home) -> dict[str, str]:
    """Work through the quarter, copy it into the store, and return the ids of the cases by name."""
    opened = open_records(home, {}, clock=Wall())
    work = Work(opened)
    named = _third_quarter(work) | {"B1": _second_quarter(work)}
    for number, (channel, at, _) in enumerate(ODD_HOURS):
        work.case(f"D{number}", channel, at, 1)
    project(store, opened)
    install_clocks(store)
    time_cases(store)
    opened.close()
    return named


def _second_quarter(work: Work) -> str:
    at = datetime(2025, 6, 2, 9)
    only = work.case("B1", "cis", at, 2)
    work.move(only, Take(), ANA, at + timedelta(minutes=10))
    work.move(only, confirmed(), ANA, at + timedelta(hours=1))
    return only


def _third_quarter(work: Work) -> dict[str, str]:
    found = {
        "K1": work.case("K1", "cis", hours(8), 3),
        "K2": work.case("K2", "cis", hours(9), 1),
        "K3": work.case("K3", "south_asia", hours(18) + timedelta(minutes=40), 2),
        "K4": work.case("K4", "south_asia", hours(34), 1),
        "K5": work.case("K5", "europe", hours(24), 1),
        "K6": work.case("K6", "europe", hours(51), 2),
        "K7": work.case("K7", "europe", hours(52), 4),
    }
    # 30 minutes to the first look, two hours to the end.
    work.move(found["K1"], Take(), ANA, hours(8.5))
    work.move(found["K1"], confirmed(), ANA, hours(10))
    # 90 minutes and 24 hours: late twice.
    work.move(found["K2"], Take(), ANA, hours(10.5))
    work.move(found["K2"], MISTAKEN, ANA, hours(33))
    # 20 minutes; four hours, of which two paused; another person agrees.
    work.move(found["K3"], Take(), BEN, hours(19))
    work.move(found["K3"], Pause(), BEN, hours(19.5))
    work.move(found["K3"], Resume(), BEN, hours(21.5))
    work.move(
        found["K3"],
        confirmed("takeover"),
        BEN,
        hours(22) + timedelta(minutes=40),
        is_drawn=True,
    )
    work.move(found["K3"], Review("confirmed", "takeover"), ANA, hours(60))
    # 50 minutes, two hours; opened again after two days, and closed an hour later: three hours in all.
    work.move(found["K4"], Take(), BEN, hours(34) + timedelta(minutes=50))
    work.move(found["K4"], Dispose("inconclusive"), BEN, hours(36))
    work.move(found["K4"], Reopen(), LEE, hours(84))
    work.move(found["K4"], MISTAKEN, BEN, hours(85), is_drawn=True)
    # Nobody looks; it lapses after a week, and a customer tells what it was.
    work.by_program(found["K5"], "lapsed", hours(24 * 8), {})
    work.by_program(found["K5"], "told", hours(24 * 13), {"outcome": "confirmed", "typology": "mule"})
    # Goes on in K7, which is looked at after 30 minutes and still open.
    work.at = hours(52)
    work.merge(found["K6"], found["K7"])
    work.move(found["K7"], Take(), ANA, hours(52.5))
    return found
