"""The tables of the store that hold what was worked out of capacity: alerts, answers, the check."""

from __future__ import annotations

from data.contract import Column, Table


def worked_out(name: str, kind: str, comment: str) -> Column:
    """Return a column that the job `capacity` fills."""
    return Column(name, kind, comment, filled_by="capacity")


CAPACITY_ALERTS = Table(
    "capacity_alerts",
    "Alerts of the replayed weeks as they came, those of other budgets, and crime that no budget reaches.",
    "event, kind",
    (
        worked_out("event", "VARCHAR", "The event, or the alert where it is of no event."),
        worked_out("channel", "VARCHAR", "The regional channel that takes it."),
        worked_out("came_at", "TIMESTAMP", "When it came, UTC."),
        worked_out("region", "VARCHAR", "Region of the account."),
        worked_out("kind", "VARCHAR", "fraud, identity, anomaly, ring or sanction."),
        worked_out("account", "VARCHAR", "The account, or the ring."),
        worked_out("score", "DOUBLE", "Probability; null where there is none."),
        worked_out("amount", "DOUBLE", "Money of the event, in the store's unit; null: none."),
        worked_out("event_kind", "VARCHAR", "Kind of the event."),
        worked_out("decision", "VARCHAR", "What was decided, or would have been: hold."),
        worked_out("severity", "VARCHAR", "As intake graded it; null where it was no alert."),
        worked_out("loss", "DOUBLE", "What may be lost, as intake said; null where it was no alert."),
        worked_out("place", "BIGINT", "The first alert budget at which it is one, by its place in the list."),
        worked_out("budget", "DOUBLE", "That budget, a multiple of today's; null: at none."),
        worked_out("crime", "BOOLEAN", "Known as crime by now."),
        worked_out("is_ripe", "BOOLEAN", "Old enough that silence means honest."),
        worked_out("value", "DOUBLE", "Money of crime that was about to leave; 0: no loss."),
    ),
    loadable=False,
)
CAPACITY_DURATIONS = Table(
    "capacity_durations",
    "What was measured at the desk: minutes before a free seat reacted, and minutes in hand.",
    "number",
    (
        worked_out("number", "BIGINT", "Number of the row."),
        worked_out("part", "VARCHAR", "service: in hand; reaction: before, though a seat was free."),
        worked_out("kind", "VARCHAR", "Kind of the case."),
        worked_out("severity", "VARCHAR", "Its severity."),
        worked_out("minutes", "DOUBLE", "How long it was."),
    ),
    loadable=False,
)
CAPACITY_ANSWERS = Table(
    "capacity_answers",
    "What other alert budgets and staff come to: one figure of one shift under one setting, beside today.",
    "channel, budget, staff, shift, measure",
    (
        worked_out("channel", "VARCHAR", "The channel in which something is changed."),
        worked_out("budget", "DOUBLE", "Its alert budget, a multiple of today's."),
        worked_out("staff", "VARCHAR", "Seats more or fewer by shift, like late+1; empty: as today."),
        worked_out("shift", "VARCHAR", "The shift in which cases came, out of hours, or all."),
        worked_out("measure", "VARCHAR", "What is counted."),
        worked_out("value", "DOUBLE", "A week's mean, or a share; of waits and queues the median."),
        worked_out("low", "DOUBLE", "Its lower end: 5 %; of waits and queues 10 %."),
        worked_out("high", "DOUBLE", "Its upper end: 95 %; of waits and queues 90 %."),
        worked_out("change", "DOUBLE", "Against today; null where none is said."),
        worked_out("change_low", "DOUBLE", "The lower end of the change."),
        worked_out("change_high", "DOUBLE", "The upper end of the change."),
    ),
    loadable=False,
)
CAPACITY_HOURS = Table(
    "capacity_hours",
    "Cases that wait at each local hour of the day under one setting.",
    "channel, budget, staff, hour",
    (
        worked_out("channel", "VARCHAR", "The channel."),
        worked_out("budget", "DOUBLE", "Its alert budget, a multiple of today's."),
        worked_out("staff", "VARCHAR", "Seats more or fewer by shift."),
        worked_out("hour", "INTEGER", "Local hour of the day, 0 to 23."),
        worked_out("mean", "DOUBLE", "Cases that wait, on average."),
        worked_out("median", "DOUBLE", "Cases that wait, the median."),
        worked_out("most", "DOUBLE", "Nine days in ten no more than these."),
    ),
    loadable=False,
)
CAPACITY_CHECK = Table(
    "capacity_check",
    "What the simulation says of today's thresholds and staff, beside what happened in the same weeks.",
    "channel, week, measure",
    (
        worked_out("channel", "VARCHAR", "The channel."),
        worked_out("week", "TIMESTAMP", "Monday of the week, UTC."),
        worked_out(
            "measure",
            "VARCHAR",
            "cases, unlooked, late_share of those looked at, or wait: median minutes to it.",
        ),
        worked_out("foretold", "DOUBLE", "The mean of the repetitions."),
        worked_out("low", "DOUBLE", "5 % of the repetitions are lower."),
        worked_out("high", "DOUBLE", "95 % of them are lower."),
        worked_out("happened", "DOUBLE", "What happened; null where the desk has no record of it."),
    ),
    loadable=False,
)
CAPACITY_TABLES = (CAPACITY_ALERTS, CAPACITY_DURATIONS, CAPACITY_ANSWERS, CAPACITY_HOURS, CAPACITY_CHECK)
