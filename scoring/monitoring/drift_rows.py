"""Rows of drift: the comparisons of all subjects of a model as the tables that pages read."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

import numpy as np
import pyarrow as pa

from scoring.calibration import Bools, Floats
from scoring.monitoring.drift import Compared
from scoring.monitoring.shifts import Counts, Shift, adjusted

# One false alarm in a hundred of those raised, whatever their number.
FALSE_DISCOVERY = 0.01
LeftOut = frozenset[tuple[str, str]]


def drift_table(found: Sequence[Compared], left_out: LeftOut = frozenset()) -> pa.Table:
    """Answer one row of `monitor_drift` for each subject, area and week with enough events.

    `found` are all comparisons of one model: the p-values of one calendar week are adjusted together.
    `left_out` names the (kind, subject) that raise no alarm.
    """
    wider = [one.dispersion for one in found]
    slow = [one.from_reference(own) for one, own in zip(found, wider, strict=True)]
    sudden = [one.from_newest(own) for one, own in zip(found, wider, strict=True)]
    told = zip(found, wider, slow, _adjusted(found, slow), sudden, _adjusted(found, sudden), strict=True)
    rows = pa.concat_tables([_rows(*each) for each in told])
    pairs = zip(rows.column("kind").to_pylist(), rows.column("subject").to_pylist(), strict=True)
    return rows.append_column("is_left_out", pa.array([pair in left_out for pair in pairs], pa.bool_()))


def parts_table(found: Sequence[Compared]) -> pa.Table:
    """Answer one row of `monitor_parts` for each subject and area."""
    return pa.concat_tables([_parts(one) for one in found])


def _adjusted(found: Sequence[Compared], shifts: Sequence[Shift]) -> list[Floats]:
    answer = [np.full(shift.p_value.shape, np.nan) for shift in shifts]
    mondays = sorted({one.first_week + timedelta(weeks=w) for one in found for w in range(_weeks(one))})
    for monday in mondays:
        at = [(monday - one.first_week).days // 7 for one in found]
        there = [place for place, week in enumerate(at) if 0 <= week < _weeks(found[place])]
        together = adjusted(np.concatenate([shifts[place].p_value[:, at[place]] for place in there]))
        for place in there:
            rows = len(shifts[place].p_value)
            answer[place][:, at[place]], together = together[:rows], together[rows:]
    return answer


def _weeks(one: Compared) -> int:
    return int(one.weeks.shape[1])


def _rows(
    one: Compared, wider: Floats, slow: Shift, p_slow: Floats, sudden: Shift, p_sudden: Floats
) -> pa.Table:
    row, week = np.nonzero(~np.isnan(slow.psi))
    psi, limit, p = (values[row, week] for values in (slow.psi, slow.limit, p_slow))
    newest, newest_limit, newest_p = (values[row, week] for values in (sudden.psi, sudden.limit, p_sudden))
    mondays = np.array([one.first_week + timedelta(weeks=int(w)) for w in range(_weeks(one))], dtype="M8[D]")
    return pa.table(
        {
            **_names(one, row),
            "week": pa.array(mondays[week]),
            "events": slow.events[row, week],
            "before": slow.before[row, week],
            "psi": psi.round(5),
            "psi_limit": limit.round(5),
            "p_adjusted": p,
            "dispersion": wider[row].round(3),
            "is_moved": (psi > limit) & (p < FALSE_DISCOVERY),
            "psi_newest": pa.array(newest.round(5), from_pandas=True),
            "newest_limit": pa.array(newest_limit.round(5), from_pandas=True),
            "is_sudden": (newest > newest_limit) & (newest_p < FALSE_DISCOVERY),
            "parts": _lists(one.weeks[row, week], one.used[row]),
        }
    )


def _names(one: Compared, row: Counts) -> dict[str, pa.Array]:
    size = len(row)
    subjects = np.array(one.subjects, dtype=object)
    areas = np.array(one.served.areas, dtype=object)
    return {
        "model": pa.array([one.served.model] * size, pa.string()),
        "model_version": pa.array([one.served.model_version] * size, pa.string()),
        "area": pa.array(areas[row // len(subjects)], pa.string()),
        "subject": pa.array(subjects[row % len(subjects)], pa.string()),
        "kind": pa.array([one.kind] * size, pa.string()),
    }


def _parts(one: Compared) -> pa.Table:
    row = np.arange(len(one.reference))
    used = [[label for label, is_used in zip(*pair, strict=False) if is_used] for pair in _labelled(one)]
    before = _lists(one.reference.sum(axis=1), one.used)
    return pa.table({**_names(one, row), "labels": pa.array(used, pa.list_(pa.string())), "before": before})


def _labelled(one: Compared) -> list[tuple[list[str], list[bool]]]:
    return [(labels, used.tolist()) for labels, used in zip(one.labels, one.used, strict=True)]


def _lists(counts: Counts, used: Bools) -> pa.Array:
    """Answer one list a row of the counts (n, k) of the parts that are `used` (n, k)."""
    offsets = np.concatenate([[0], np.cumsum(used.sum(axis=1))]).astype(np.int32)
    return pa.ListArray.from_arrays(pa.array(offsets), pa.array(counts[used].astype(np.int32)))
