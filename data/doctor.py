"""What is missing or odd in a store, and what to do about it: the answer of `watchfloor doctor`."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Literal

from data.statement import SQL, read_statement
from data.store import Store

Weight = Literal["missing", "odd", "note"]


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing to know of a store.

    `weight`: something is missing that the product needs, something is odd, or it is good to know.
    """

    name: str
    weight: Weight
    what: str
    to_do: str


def diagnose(store: Store, clock: datetime | None = None) -> list[Finding]:
    """Answer every finding, the missing first; empty where all is well.

    `clock` is the wall clock in naive UTC, against which label times lie in the future.
    """
    now = clock or datetime.now(UTC).replace(tzinfo=None)
    counts = _rows(store, "doctor_counts")[0]
    found = [
        *_events(counts),
        *_labels(counts, _rows(store, "doctor_labels", {"clock": now})[0]),
        *(finding for row in _rows(store, "doctor_rejects") for finding in _rejects(row)),
        *(finding for row in _rows(store, "doctor_events") for finding in _stream(row)),
        *(finding for row in _rows(store, "doctor_gaps") for finding in _gap(row)),
        *_repeats(_rows(store, "doctor_repeats")[0]),
        *_scoring(
            counts, {row["table_name"]: row["estimated_size"] for row in _rows(store, "doctor_tables")}
        ),
    ]
    order = ("missing", "odd", "note")
    return sorted(found, key=lambda finding: order.index(finding.weight))


def _rows(store: Store, name: str, parameters: dict[str, Any] | None = None) -> list[dict[str, Any]]:
    statement = read_statement(SQL / f"{name}.sql").sql
    cursor = store.cursor().execute(statement, parameters or {})
    columns = [description[0] for description in cursor.description or []]
    return [dict(zip(columns, row, strict=True)) for row in cursor.fetchall()]


def _number_of_events(counts: dict[str, Any]) -> int:
    return int(counts["transactions"] + counts["logins"] + counts["liveness_checks"])


def _events(counts: dict[str, Any]) -> list[Finding]:
    if not _number_of_events(counts):
        return [
            Finding(
                "no_events",
                "missing",
                "The store has no events.",
                "Load some: `watchfloor map FILES` proposes a mapping, "
                "`watchfloor load FILES --map mapping.toml` loads; "
                "or see a demonstration with `watchfloor demo`.",
            )
        ]
    missing = [name for name in ("transactions", "logins", "liveness_checks") if not counts[name]]
    found = [
        Finding(
            f"no_{name}",
            "note",
            f"The store has no {name.replace('_', ' ')}.",
            "Load them if you have them; what rests on them is shown as not known.",
        )
        for name in missing
    ]
    if counts["files_without_rows"]:
        found.append(
            Finding(
                "files_without_rows",
                "odd",
                f"{counts['files_without_rows']:,} loaded files have no row, only a header.",
                "Check the export that wrote them, and where = in the mapping.",
            )
        )
    return found


def _labels(counts: dict[str, Any], row: dict[str, Any]) -> list[Finding]:
    if not _number_of_events(counts):
        return []
    if not counts["labels"]:
        return [
            Finding(
                "no_labels",
                "missing",
                "The store has no labels, so no model can be trained and nothing measured.",
                "Load a file with account_id (or event_id), outcome and known_at into the table labels.",
            )
        ]
    told: tuple[tuple[str, Weight, int, str, str], ...] = (
        ("labels_without_known_at", "odd", row["without_known_at"], "labels lack the time when known",
         "Map known_at: without it one model is trained as of the last event, whatever the delay."),
        ("labels_known_in_future", "odd", row["known_in_future"], "labels become known after the wall clock",
         "Check known_at, its plus and time_zone; these labels are not used before that time."),
        ("labels_known_later", "note", row["known_later"], "labels became known after the last event",
         "Nothing: they do not exist yet at the store's now. Load newer events to use them."),
        ("labels_known_before", "odd", row["known_before"], "labels were known before the event happened",
         "Check occurred_at and known_at of these labels, and their time_zone."),
        ("labels_of_unknown_events", "odd", row["unknown_events"], "labels name an event that is not here",
         "Load the files that hold those events, or check that event_id is mapped from the same column."),
        ("labels_of_unknown_accounts", "odd", row["unknown_accounts"], "labels name an account without event",
         "Load that account's events, or check account_id in the mapping."),
    )  # fmt: skip
    found = [
        Finding(name, weight, f"{number:,} of {row['labels']:,} {what}.", to_do)
        for name, weight, number, what, to_do in told
        if number
    ]
    if not row["confirmed"]:
        found.append(
            Finding(
                "no_confirmed_labels",
                "missing",
                f"None of {row['labels']:,} labels is confirmed crime, so there is nothing to learn from.",
                "Name the file's word for it below [table.values.outcome].",
            )
        )
    return found


def _rejects(row: dict[str, Any]) -> list[Finding]:
    return [
        Finding(
            "rejects",
            "odd",
            f"{row['rows']:,} rows meant for {row['table_name']} were rejected for {row['column_name']}. "
            f"The first: {row['example']}",
            "Correct the mapping or the file and load it again; "
            "`watchfloor export rejects --to rejects.csv` has all of them, whole.",
        )
    ]


def _stream(row: dict[str, Any]) -> list[Finding]:
    stream, events = row["stream"], row["events"]
    told: tuple[tuple[str, Weight, int, str, str], ...] = (
        ("events_without_device", "note", row["without_device"], f"{stream} have no device",
         "Map device_id if the file has it; device features are not known there."),
        ("events_without_ip", "note", row["without_ip"], f"{stream} have no address on the network",
         "Map ip if the file has it; countries and networks are not known there."),
        ("events_without_amount", "note", row["without_amount"], f"{stream} have no amount",
         "Map amount in the store's unit; sums leave these events out."),
    )  # fmt: skip
    found = [
        Finding(name, weight, f"{number:,} of {events:,} {what}.", to_do)
        for name, weight, number, what, to_do in told
        if number
    ]
    unknown: tuple[tuple[str, Weight, int, str, str], ...] = (
        ("unknown_accounts", "note", row["unknown_accounts"], "accounts",
         "Load accounts with their country and opening time; without them both are not known."),
        ("unknown_devices", "odd", row["unknown_devices"], "devices",
         "Load any of the files again: every load ends with enriching what is new."),
        ("unknown_networks", "odd", row["unknown_networks"], "addresses on the network",
         "Load any of the files again: every load ends with enriching what is new."),
    )  # fmt: skip
    return found + [
        Finding(name, weight, f"{number:,} {what} in {stream} are described by no row.", to_do)
        for name, weight, number, what, to_do in unknown
        if number
    ]


def _gap(row: dict[str, Any]) -> list[Finding]:
    return [
        Finding(
            "gaps",
            "odd",
            f"{row['stream']} have {row['gaps']:,} gap{'s' if row['gaps'] > 1 else ''} of whole days; "
            f"the longest, {row['longest']:,} days, "
            f"lies between {row['last_day_before']} and {row['first_day_after']}.",
            "Check whether a file is missing; trends over the gap compare nothing with something.",
        )
    ]


def _repeats(row: dict[str, Any]) -> list[Finding]:
    if not row["repeats"]:
        return []
    return [
        Finding(
            "repeated_transactions",
            "odd",
            f"{row['repeats']:,} transactions repeat another in everything but their id ({row['example']}).",
            "Check whether the same rows were exported twice under new ids.",
        )
    ]


def _scoring(counts: dict[str, Any], sizes: dict[str, int]) -> list[Finding]:
    if not _number_of_events(counts):
        return []
    found = []
    if not sizes.get("model_versions"):
        found.append(Finding("no_model", "missing", "The store has no model.", "Run `watchfloor train`."))
    if not sizes.get("scored"):
        found.append(Finding("not_scored", "missing", "No event is scored.", "Run `watchfloor score`."))
    elif sizes["scored"] < _number_of_events(counts):
        waiting = _number_of_events(counts) - sizes["scored"]
        what = f"{waiting:,} of {_number_of_events(counts):,} events are not scored."
        found.append(Finding("not_all_scored", "missing", what, "Run `watchfloor score`."))
    return found
