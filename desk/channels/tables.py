"""The configuration of channels in the store, so that SQL reads clocks and local hours.

    install_clocks(store)     # tables, views and macros, as the configuration in force says

Questions read `desk_clocks` (a view of all cases), `desk_clocks_at($now)` (how live ones stand),
`desk_standing_at($now)` (the same from kept instants, for lists of them) and `local_at(channel, moment)`.
Hours are there for the years of the store's events and two more; a case that lies beyond has them written
again when it is copied.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from functools import lru_cache
from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa

from data.contract import Table
from data.facts import read_fact, write_fact
from data.rows import replace_rows
from data.statement import read_statement
from data.store import Store
from desk.cases.state import KINDS, SEVERITIES
from desk.channels.configured import (
    DESK_CHANNELS,
    DESK_HOURS,
    DESK_LEVELS,
    DESK_OFFSETS,
    DESK_THRESHOLDS,
)
from desk.channels.hours import calendar_of
from desk.channels.in_force import channels_in_force
from desk.channels.model import Channel, Channels

# The clock of requests compares instants that the records hold (desk/requests/clocks.py).
_REQUEST_CLOCK = Path(__file__).parents[1] / "requests" / "request_clock.sql"
WRITTEN = "desk_channels_written"
_MACROS = ("clock_state", "clock_rows", "clocks_of_all", "clocks_of_live", "clocks_of_standing", "local_at")


def install_clocks(store: Store) -> bool:
    """Write the configuration in force into the store, and answer whether it was another than before.

    Needs the tables of `desk.projection_tables`.
    """
    config = channels_in_force()
    with store.writing("desk") as cursor:
        for name in _MACROS:
            cursor.execute(read_statement(Path(__file__).with_name(f"{name}.sql")).sql)
        cursor.execute(read_statement(_REQUEST_CLOCK).sql)
        first, last = _years(cursor)
        written = f"{config.fingerprint} {first}-{last}"
        if read_fact(cursor, WRITTEN) == written:
            return False
        for table, rows in _rows(config, first, last).items():
            replace_rows(cursor, table, pa.Table.from_pylist(rows))
        write_fact(cursor, WRITTEN, written)
    return True


def _years(cursor: duckdb.DuckDBPyConnection) -> tuple[int, int]:
    """Return the first and last year of what the store tells, or this year without anything."""
    asked = read_statement(Path(__file__).with_name("years_told.sql")).sql
    first, last = cursor.execute(asked).fetchall()[0]
    this_year = datetime.now(UTC).year
    return (first or this_year) - 1, (last or this_year) + 2


def _rows(config: Channels, first: int, last: int) -> dict[Table, list[dict[str, Any]]]:
    listed = list(config.channels.values())
    limits = config.thresholds
    return {
        DESK_CHANNELS: [
            {"channel": each.slug, "title": each.title, "zone": each.zone, "position": place}
            for place, each in enumerate(listed)
        ],
        DESK_LEVELS: [_level(config, each.slug, k, s) for each in listed for k in KINDS for s in SEVERITIES],
        DESK_HOURS: [row for each in listed for row in _hours(each, first, last)],
        DESK_OFFSETS: [row for each in listed for row in offsets(each, first, last)],
        DESK_THRESHOLDS: [
            {
                "at_risk_used": limits.at_risk_used,
                "due_soon_left": limits.due_soon_left,
                "due_soon_minutes": limits.due_soon_minutes,
            }
        ],
    }


def _level(config: Channels, channel: str, kind: str, severity: str) -> dict[str, Any]:
    level = config.level(channel, kind, severity)
    return {
        "channel": channel,
        "kind": kind,
        "severity": severity,
        "first_minutes": level.first_look_minutes,
        "minutes": level.minutes,
        "counts": level.counts,
    }


def _hours(channel: Channel, first: int, last: int) -> list[dict[str, Any]]:
    calendar = calendar_of(channel, first, last)
    return [
        {
            "channel": channel.slug,
            "since_at": datetime(1970, 1, 1) + timedelta(microseconds=since),
            "until_at": datetime(1970, 1, 1) + timedelta(microseconds=until),
            "counted_before": before,
        }
        for since, until, before in zip(calendar.since, calendar.until, calendar.before, strict=True)
    ]


@lru_cache(maxsize=64)
def offsets(channel: Channel, first: int, last: int) -> list[dict[str, Any]]:
    """Return the distances of a channel's local time from UTC over some years, one row a change.

    Zones change at a full quarter of an hour, which is how finely this looks, where a day differs at all.
    """
    zone, quarter = channel.zone_info, timedelta(minutes=15)

    def ahead(moment: datetime) -> int:
        found = moment.replace(tzinfo=UTC).astimezone(zone).utcoffset() or timedelta()
        return round(found.total_seconds() / 60)

    moment, end = datetime(first, 1, 1), datetime(last + 1, 1, 1)
    found = [{"channel": channel.slug, "since_at": datetime(1900, 1, 1), "offset_minutes": ahead(moment)}]
    while moment < end:
        following = moment + timedelta(days=1)
        if ahead(following) != found[-1]["offset_minutes"]:
            while ahead(moment) == found[-1]["offset_minutes"]:
                moment += quarter
            found.append({"channel": channel.slug, "since_at": moment, "offset_minutes": ahead(moment)})
        moment = following
    return found
