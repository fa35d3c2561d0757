"""Works capacity out: replays the alerts, tries every single change in every channel, and keeps the answers.

work_out(store, channels, progress)       # under a minute for a quarter of two million events
kept_experiment(cursor, kept, channels)   # again from the store, for any other setting (again.py)
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime

import duckdb
import pyarrow as pa

from data.facts import write_fact
from data.progress import Progress, Step
from data.rows import replace_rows
from data.store import Store
from desk.capacity.answers import Answer, answer_of
from desk.capacity.check import Checked, check, kinds_worked, only
from desk.capacity.desks import CapacityError, Desk, calendar, desks_of
from desk.capacity.experiment import Experiment, as_it_came, experiment_of
from desk.capacity.figures import count
from desk.capacity.grading import graded
from desk.capacity.handling import FEWEST, Handling, handling_of, read_worked
from desk.capacity.kept import FACT, Kept
from desk.capacity.past import Past, read_past, span_of, weeks_in
from desk.capacity.setting import BUDGETS, TODAY, Setting
from desk.capacity.tables import (
    CAPACITY_ALERTS,
    CAPACITY_ANSWERS,
    CAPACITY_CHECK,
    CAPACITY_DURATIONS,
    CAPACITY_HOURS,
)
from desk.cases.state import KINDS, SEVERITIES
from desk.channels.model import Channels
from scoring.lab.evidence import Integers, Span
from scoring.lab.outcomes import WEEK
from scoring.planning import watermark_of

# Seats more or fewer that are tried beforehand in each shift; others are walked when somebody asks.
SEATS_TRIED = (-1, 1)
# How many weeks before the replayed ones may say how long cases take.
MEASURED_WEEKS = 13
CHECKED_REPETITIONS = 20


def work_out(store: Store, channels: Channels, progress: Progress) -> int:
    """Work everything out and return how many settings were tried. Raises CapacityError."""
    desks = desks_of(channels)
    numbers = {desk.channel: number for number, desk in enumerate(desks)}
    with store.cursor() as cursor:
        now = watermark_of(cursor)
        span = span_of(now)
        handling = measured(cursor, span, desks, now)
        past = read_past(cursor, span, progress)
        alerts = graded(past, channels, numbers)
        kinds = kinds_worked(cursor, span)
        as_was = as_it_came(only(past, kinds), alerts, handling, desks, repetitions=CHECKED_REPETITIONS)
        checked = list(check(cursor, as_was, channels, kinds))
    answers = list(answers_of(experiment_of(past, alerts, handling, desks), progress))
    with store.writing() as cursor:
        replace_rows(cursor, CAPACITY_ALERTS, _alerts(past, alerts.channel, desks))
        replace_rows(cursor, CAPACITY_DURATIONS, _durations(handling))
        replace_rows(cursor, CAPACITY_ANSWERS, pa.Table.from_pylist(list(rows_of(answers))))
        replace_rows(cursor, CAPACITY_HOURS, pa.Table.from_pylist(list(hours_of(answers))))
        replace_rows(cursor, CAPACITY_CHECK, pa.Table.from_pylist([_checked(one) for one in checked]))
        write_fact(cursor, FACT, Kept(now, channels.fingerprint, span).text())
    return len(answers)


def measured(
    cursor: duckdb.DuckDBPyConnection, span: Span, desks: tuple[Desk, ...], until: datetime
) -> Handling:
    """Answer how the desk handled the cases it ended lately. Raises CapacityError where they are too few."""
    since = span.since - MEASURED_WEEKS * WEEK
    numbers = {desk.channel: number for number, desk in enumerate(desks)}
    worked = read_worked(cursor, since, until, numbers)
    weeks = weeks_in(Span(since, until)) + 1
    found = handling_of(worked, calendar(desks, since, weeks))
    if found is None:
        raise CapacityError(
            f"Capacity needs {FEWEST} cases that somebody ended; there are {len(worked.minutes)} since "
            f"{since:%d %B %Y}.",
            where="the desk's records",
            possible=f"{FEWEST} cases or more, of any channel and kind",
            to_do="Work the queue: each case that is disposed of says how long cases take.",
        )
    return found


def settings_of(desks: tuple[Desk, ...]) -> Iterator[Setting]:
    """Yield what is tried beforehand: today, each budget, and a seat more or fewer in each shift."""
    for desk in desks:
        yield Setting(desk.channel)
        for place in range(len(BUDGETS)):
            if place != TODAY:
                yield Setting(desk.channel, place)
        for shift in desk.shifts:
            for by in SEATS_TRIED:
                if shift.seats + by >= 0:
                    yield Setting(desk.channel, change=((shift.name, by),))


def answers_of(experiment: Experiment, progress: Progress) -> Iterator[Answer]:
    """Yield the answer of every setting; one walk of today serves all channels."""
    settings = list(settings_of(experiment.desks))
    runs = list(experiment.run_all({}, {}))
    today = {desk.channel: count(experiment, Setting(desk.channel), runs) for desk in experiment.desks}
    for number, setting in enumerate(settings):
        progress(Step("Try settings", number, len(settings), "settings"))
        before = today[setting.channel]
        yield answer_of(setting, before, before if setting.is_today else count(experiment, setting))
    progress(Step("Try settings", len(settings), len(settings), "settings"))


def _alerts(past: Past, channel: Integers, desks: tuple[Desk, ...]) -> pa.Table:
    names = [desks[number].channel if number >= 0 else None for number in channel]
    budgets = [BUDGETS[place] if place < len(BUDGETS) else None for place in past.place]
    return past.table().append_column("channel", pa.array(names)).append_column("budget", pa.array(budgets))


def _durations(handling: Handling) -> pa.Table:
    rows = [
        {"part": part, "kind": KINDS[kind], "severity": SEVERITIES[rank], "minutes": float(minutes)}
        for part, pool in (("service", handling.service), ("reaction", handling.reaction))
        for kind, rank, minutes in pool.rows()
    ]
    return pa.Table.from_pylist([{"number": number, **row} for number, row in enumerate(rows)])


def _named(setting: Setting) -> dict[str, object]:
    return {"channel": setting.channel, "budget": BUDGETS[setting.budget], "staff": setting.staff}


def rows_of(answers: list[Answer]) -> Iterator[Mapping[str, object]]:
    """Yield the rows of `capacity_answers`: every figure of every setting."""
    for answer in answers:
        for (shift, measure), figure in answer.figures.items():
            by = answer.changes.get((shift, measure))
            yield {
                **_named(answer.setting),
                "shift": shift,
                "measure": measure,
                "value": figure.value,
                "low": figure.low,
                "high": figure.high,
                "change": by.value if by else None,
                "change_low": by.low if by else None,
                "change_high": by.high if by else None,
            }


def hours_of(answers: list[Answer]) -> Iterator[Mapping[str, object]]:
    """Yield the rows of `capacity_hours`: the queue of every setting over the day."""
    for answer in answers:
        for hour in answer.hours:
            yield {
                **_named(answer.setting),
                "hour": hour.hour,
                "mean": hour.mean,
                "median": hour.median,
                "most": hour.most,
            }


def _checked(one: Checked) -> dict[str, object]:
    return {
        "channel": one.channel,
        "week": one.week,
        "measure": one.measure,
        "foretold": one.foretold.value,
        "low": one.foretold.low,
        "high": one.foretold.high,
        "happened": one.happened,
    }
