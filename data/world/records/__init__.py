"""What people did about the world's crime: records of other systems, as CSV files for the user's own door."""

from __future__ import annotations

from pathlib import Path

from data.world.given_up import made
from data.world.history import part_rng
from data.world.records import appeals, audits, cases, desk_work, interventions, recoveries, requests
from data.world.records.known import Known
from data.world.writing import write_csv

_TABLES = {
    "requests": requests.request_table,
    "cases": cases.case_table,
    "recoveries": recoveries.recovery_table,
    "appeals": appeals.appeal_table,
    "audits": audits.audit_table,
    "interventions": interventions.intervention_table,
    "desk_work": desk_work.work_table,
}


def write_records(folder: Path, known: Known) -> None:
    """Write one file a table; nothing in them lies after the end of the window."""
    for name, make in _TABLES.items():
        table = make(known, part_rng(known.seed, name))
        has_events = "event_id" in table.column_names
        write_csv(made(table, known.history.checks) if has_events else table, folder / f"{name}.csv")
