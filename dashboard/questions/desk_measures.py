"""What the desk is measured by, over a period against its base, with every change's interval.

    found = readings(DeskWindow(period, now, region))
    found["desk_first_look"].shown            # median minutes; .change, .weeks, .rows
    parts_asked(actor, window, "severity")    # a table by part of a cut

The person who disposed of a case is named to lead roles only: whoever asks by analyst, or for rows that name
one, needs the right SUPERVISE, here and not on the page.
"""

from __future__ import annotations

from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

import numpy as np

from dashboard import ask, reader
from dashboard.measures.change import Change, Week, change_between, dispersion
from dashboard.measures.combined import given
from dashboard.measures.desk import asking
from dashboard.measures.desk.declared import BY_NAME, DESK_MEASURES, OPENED
from dashboard.measures.desk.desk_measure import FEWEST, DeskMeasure
from dashboard.measures.desk.shares import Difference, Share, difference, share_of
from dashboard.measures.sums import change_of_medians
from dashboard.questions.period import Period
from dashboard.tables import Asked
from desk.actors import SUPERVISE, Actor, require

# The interval of a median is drawn by chance, the same on every page.
SEED = 20_250_101
Row = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class DeskWindow:
    """Whose work is measured: a period with its base, at the product's now, of a region and a channel."""

    period: Period
    now: datetime
    region: str | None = None
    channel: str | None = None

    @property
    def asked(self) -> dict[str, object]:
        """The parameters of the period."""
        return self._of(self.period.starts, self.period.ends)

    @property
    def base_asked(self) -> dict[str, object]:
        """The parameters of the period compared with."""
        return self._of(self.period.base_starts, self.period.base_ends)

    def _of(self, starts: datetime, ends: datetime) -> dict[str, object]:
        place = {"region": self.region, "channel": self.channel}
        return {"starts": starts, "ends": ends, "now": self.now, **place}


@dataclass(frozen=True, slots=True)
class Number:
    """What a measure came to in one window: what it counts, its whole, its rows, and what is shown.

    `shown` is None where there is nothing to divide by, or so few that a middle would be chance;
    `most` is the 90th percentile of a middle.
    """

    counted: float
    of_all: float
    rows: int
    shown: float | None
    most: float | None


@dataclass(frozen=True, slots=True)
class DeskReading:
    """A measure over a period and its base, with the whole weeks of both and what changed.

    `change` is a ratio with its interval, `points` the same of a share; both None where `refusal` says why.
    """

    measure: DeskMeasure
    now: Number
    before: Number
    weeks: tuple[tuple[date, float], ...]
    change: Change | None
    points: Difference | None
    share: Share | None
    refusal: str | None


NOTHING = Number(0.0, 0.0, 0, None, None)


def readings(window: DeskWindow) -> Mapping[str, DeskReading]:
    """Return every measure of the desk by name."""
    # At once, for planning so large a statement takes one core as long as answering it takes two.
    with ThreadPoolExecutor(2) as both:
        after, before = both.map(reader.bound(_weekly), (window.asked, window.base_asked))
    return {measure.name: _reading(measure, window, after, before) for measure in DESK_MEASURES}


def rows_asked(
    actor: Actor, window: DeskWindow, measure: DeskMeasure, cut: str = "channel", part: str | None = None
) -> Asked:
    """Return the question for the rows behind a measure; whoever leads sees the analyst of each.

    Raises RightError for a part by analyst to whom does not lead.
    """
    _require(actor, cut)
    statement = asking.listed(measure, cut, shows_people=actor.may(SUPERVISE))
    return Asked(statement.name, given(statement, {**window.asked, "part": part}), statement)


def parts_asked(actor: Actor, window: DeskWindow, cut: str) -> Asked:
    """Return the question for the table by part of a cut; by analyst it raises RightError."""
    _require(actor, cut)
    statement = asking.parts(cut)
    return Asked(statement.name, given(statement, {**window.asked, "fewest": FEWEST}), statement)


def cuts_of(actor: Actor) -> list[str]:
    """Return the cuts that the actor may ask for."""
    return [name for name, cut in asking.CUTS.items() if not cut.is_of_people or actor.may(SUPERVISE)]


def _require(actor: Actor, cut: str) -> None:
    if asking.CUTS[cut].is_of_people:
        require(actor, SUPERVISE)


def _weekly(asked: Mapping[str, object]) -> dict[str, dict[date | None, Row]]:
    """Return the rows of each measure by week; None for the whole window."""
    statement = asking.by_week(DESK_MEASURES)
    found: dict[str, dict[date | None, Row]] = {measure.name: {} for measure in DESK_MEASURES}
    for row in ask.answer(statement, **given(statement, asked)).to_pylist():
        found[row["measure"]][row["week"]] = row
    return found


def _reading(
    measure: DeskMeasure,
    window: DeskWindow,
    after: Mapping[str, Mapping[date | None, Row]],
    before: Mapping[str, Mapping[date | None, Row]],
) -> DeskReading:
    now, then = (_number(measure, found[measure.name].get(None)) for found in (after, before))
    period = window.period
    refusal = period.refusal or _too_few(measure, now, then)
    lately = _weeks(measure, after, period.starts, period.ends)
    earlier = _weeks(measure, before, period.base_starts, period.base_ends)
    is_share = measure.unit == "share"
    shares = (_share(measure, then, earlier), _share(measure, now, lately))
    change = None
    if refusal is None and not is_share:
        change = _of_middles(measure, window) if measure.is_middle else change_between(earlier, lately)
    return DeskReading(
        measure,
        now,
        then,
        _drawn(measure, before[measure.name], period.base_starts, period.base_ends)
        + _drawn(measure, after[measure.name], period.starts, period.ends),
        change,
        difference(*shares) if refusal is None else None,
        shares[1],
        refusal,
    )


def _number(measure: DeskMeasure, row: Row | None) -> Number:
    if row is None:
        return NOTHING
    counted, of_all = float(row["counted"] or 0), float(row["of_all"] or 0)
    if measure.is_middle:
        is_told = row["rows"] >= FEWEST
        middle, most = (row[name] if is_told else None for name in ("middle", "most"))
        return Number(counted, of_all, row["rows"], middle, most)
    if measure.kind == "count":
        return Number(counted, of_all, row["rows"], counted, None)
    return Number(counted, of_all, row["rows"], counted / of_all if of_all else None, None)


def _too_few(measure: DeskMeasure, now: Number, then: Number) -> str | None:
    if measure.is_middle:
        if min(now.rows, then.rows) < FEWEST:
            return f"Fewer than {FEWEST} cases in one of the quarters: a middle of so few says nothing."
        return None
    if measure.kind == "count":
        return None
    return (
        "There is nothing to divide by in one of the quarters." if not (now.of_all and then.of_all) else None
    )


def _weeks(
    measure: DeskMeasure, found: Mapping[str, Mapping[date | None, Row]], starts: datetime, ends: datetime
) -> tuple[Week, ...]:
    """Return a measure's weeks, each with its whole: a count's the cases opened that week."""
    own = found[measure.name]
    if measure.kind != "count":
        return tuple(
            Week(round(_of(own, week, "counted")), _of(own, week, "of_all"))
            for week in own
            if week is not None
        )
    if measure is OPENED:
        return tuple(
            Week(round(_of(own, week, "counted")), _days(week, starts, ends))
            for week in _mondays(starts, ends)
        )
    opened = found[OPENED.name]
    return tuple(
        Week(round(_of(own, week, "counted")), _of(opened, week, "counted"))
        for week in _mondays(starts, ends)
    )


def _mondays(starts: datetime, ends: datetime) -> list[date]:
    first = starts.date() - timedelta(days=starts.weekday())
    return [first + timedelta(days=7 * n) for n in range(-(-(ends.date() - first).days // 7))]


def _days(monday: date, starts: datetime, ends: datetime) -> float:
    since, until = max(monday, starts.date()), min(monday + timedelta(days=7), ends.date())
    return float((until - since).days)


def _of(weeks: Mapping[date | None, Row], week: date, name: str) -> float:
    return float(weeks[week][name] or 0) if week in weeks else 0.0


def _share(measure: DeskMeasure, number: Number, weeks: tuple[Week, ...]) -> Share | None:
    """Return a share with its interval, widened by what its misses scatter over the weeks; else None."""
    if measure.unit != "share":
        return None
    misses = [Week(round(week.exposure) - week.count, week.exposure) for week in weeks]
    return share_of(number.counted, number.of_all, dispersion(misses))


def _of_middles(measure: DeskMeasure, window: DeskWindow) -> Change | None:
    statement = asking.values(measure)
    earlier, lately = (
        np.asarray(ask.answer(statement, **given(statement, asked)).column(0), dtype=np.float64)
        for asked in (window.base_asked, window.asked)
    )
    return change_of_medians(earlier, lately, SEED)


def _drawn(
    measure: DeskMeasure, weeks: Mapping[date | None, Row], starts: datetime, ends: datetime
) -> tuple[tuple[date, float], ...]:
    """Return what a line shows of a window: its whole weeks, none of a stock, and no middle of few."""
    found = []
    for week, row in weeks.items():
        if week is None or measure.kind == "stock":
            continue
        number = _number(measure, row)
        is_whole = starts.date() <= week and week + timedelta(days=7) <= ends.date()
        if is_whole and number.shown is not None:
            found.append((week, number.shown))
    return tuple(sorted(found))


def named(name: str | None) -> DeskMeasure:
    """Return the measure called `name`, else the first one."""
    return BY_NAME.get(name or "", DESK_MEASURES[0])
