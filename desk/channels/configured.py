"""The tables of the store that hold the configuration of channels, so that SQL can read it."""

from __future__ import annotations

from data.contract import Table
from desk.copied import copied

DESK_CHANNELS = Table(
    "desk_channels",
    "Regional channels as the desk's configuration names them.",
    "channel",
    (
        copied("channel", "VARCHAR", "The channel: a region's slug, or unknown."),
        copied("title", "VARCHAR", "Its name on the screen."),
        copied("zone", "VARCHAR", "Its IANA time zone."),
        copied("position", "INTEGER", "Its place in the list."),
    ),
    loadable=False,
)
DESK_LEVELS = Table(
    "desk_levels",
    "Service levels of each channel, kind and severity.",
    "channel, kind, severity",
    (
        copied("channel", "VARCHAR", "The channel."),
        copied("kind", "VARCHAR", "fraud, identity, anomaly, ring or sanction."),
        copied("severity", "VARCHAR", "critical, high, medium or low."),
        copied("first_minutes", "BIGINT", "Minutes to the first look."),
        copied("minutes", "BIGINT", "Minutes to the end."),
        copied("counts", "VARCHAR", "always, or working hours: of the channel."),
    ),
    loadable=False,
)
DESK_HOURS = Table(
    "desk_hours",
    "When the desk of each channel works, one row an interval.",
    "channel, since_at",
    (
        copied("channel", "VARCHAR", "The channel."),
        copied("since_at", "TIMESTAMP", "When it opens, UTC."),
        copied("until_at", "TIMESTAMP", "When it closes, UTC."),
        copied("counted_before", "BIGINT", "Working microseconds of the channel before this interval."),
    ),
    loadable=False,
)
DESK_OFFSETS = Table(
    "desk_offsets",
    "How far each channel's local time is from UTC, one row a change of its clocks.",
    "channel, since_at",
    (
        copied("channel", "VARCHAR", "The channel."),
        copied("since_at", "TIMESTAMP", "From when on, UTC."),
        copied("offset_minutes", "INTEGER", "Minutes that local time is ahead of UTC."),
    ),
    loadable=False,
)
DESK_THRESHOLDS = Table(
    "desk_thresholds",
    "When a clock is at risk and due soon, one row.",
    "at_risk_used",
    (
        copied("at_risk_used", "DOUBLE", "Share of the time that is used."),
        copied("due_soon_left", "DOUBLE", "Share of the time that is left."),
        copied("due_soon_minutes", "BIGINT", "Or so many minutes are left."),
    ),
    loadable=False,
)
CHANNEL_TABLES = (DESK_CHANNELS, DESK_LEVELS, DESK_HOURS, DESK_OFFSETS, DESK_THRESHOLDS)
