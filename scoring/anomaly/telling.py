"""Telling: judged events as rows of `anomalies` and `anomaly_reasons`, in the fraud model's words."""

from __future__ import annotations

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from scoring.anomaly.judging import REASONS, Judged
from scoring.anomaly.outgoing import Outgoing
from scoring.anomaly.past import STRONGEST
from scoring.anomaly.signals import SIGNALS
from scoring.calibration import Floats
from scoring.sayings import Sayings, named

# From here on an event's strongest reason is kept; below, nobody asks why it is usual.
TOLD_FROM = 0.9
NAMES = [feature.name for feature in SIGNALS]
# The feature that holds the own normal of each signal, or -1.
_NORMAL = np.array(
    [NAMES.index(f.normal_feature) if f.normal_feature in NAMES else -1 for f in SIGNALS], dtype=np.intp
)
DECIMALS = 9


def anomaly_rows(events: Outgoing, judged: Judged, said: Sayings) -> pa.Table:
    """Answer one row an event that could be judged, with its strongest reason where it is unusual."""
    rows = np.flatnonzero(~np.isnan(judged.score))
    group = judged.excess[rows].argmax(axis=1)
    feature, value, normal = _shown(events, judged, rows, group)
    is_told = judged.score[rows] >= TOLD_FROM
    told = np.flatnonzero(is_told)
    sentence = np.full(len(rows), None, dtype=object)
    sentence[told] = said.sentences(feature[told], value[told], normal[told])
    reason = np.array([*REASONS.names, None], dtype=object)[np.where(is_told, group, len(REASONS.names))]
    return pa.table(
        {
            "event_id": events.event_id.take(pa.array(rows)),
            "event_key": events.event_key[rows],
            "account_id": events.account.words(rows),
            "area": events.area.words(rows),
            "kind": events.kind.words(rows),
            "occurred_at": events.at[rows],
            "score": judged.score[rows],
            "surprise": np.round(judged.total[rows], DECIMALS),
            "is_alert": judged.is_alert[rows],
            "reason": pa.array(reason, pa.string()),
            "sentence": pa.array(sentence, pa.string()),
        }
    )


def reason_rows(events: Outgoing, judged: Judged, said: Sayings) -> pa.Table:
    """Answer the strongest reasons of every alert, those that surprise at all."""
    alerts = np.flatnonzero(judged.is_alert)
    order = np.argsort(-judged.excess[alerts], axis=1, kind="stable")[:, :STRONGEST]
    surprise = np.take_along_axis(judged.excess[alerts], order, axis=1)
    row, rank = np.nonzero(surprise > 0)
    rows, group, part = alerts[row], order[row, rank], surprise[row, rank]
    feature, value, normal = _shown(events, judged, rows, group)
    return pa.table(
        {
            "event_id": events.event_id.take(pa.array(rows)),
            "occurred_at": events.at[rows],
            "area": events.area.words(rows),
            "rank": (rank + 1).astype(np.int32),
            "reason": named(REASONS.names, group),
            "feature": named(NAMES, feature),
            "value": pa.array(value, from_pandas=True),
            "normal": pa.array(normal, from_pandas=True),
            "surprise": np.round(part, DECIMALS),
            "share": np.round(part / judged.total[rows], DECIMALS),
            "sentence": pa.array(said.sentences(feature, value, normal), pa.string()),
        }
    )


def _shown(
    events: Outgoing, judged: Judged, rows: NDArray[np.int64], group: NDArray[np.intp]
) -> tuple[NDArray[np.intp], Floats, Floats]:
    """Answer (n,) the leading feature of each row's reason, its value and what is normal."""
    feature = judged.among.leader[rows, group].astype(np.intp)
    own = _NORMAL[feature]
    medians = np.array(judged.among.normal).reshape(-1, len(NAMES))
    of_peers = medians[judged.among.block[rows], feature] if len(rows) else np.empty(0)
    normal = np.where(own >= 0, events.matrix[rows, own], of_peers)
    return feature, events.matrix[rows, feature], normal
