"""Telling single signals: which of them made a check look like an attack, the strongest of each check."""

from __future__ import annotations

from typing import Any

import numpy as np
import pyarrow as pa

from scoring.calibration import Floats
from scoring.explanations import Explained, normals_shown
from scoring.registry import InForce
from scoring.sayings import Sayings, named

# More than twenty of a hundred signals are read by nobody, and add less than a thousandth each.
MOST_SIGNALS = 20

SIGNAL_ROWS = pa.schema(
    [
        ("event_id", pa.string()),
        ("family", pa.string()),
        ("feature", pa.string()),
        ("value", pa.float64()),
        ("normal", pa.float64()),
        ("points", pa.float64()),
        ("sentence", pa.string()),
    ]
)


def signal_rows(force: InForce, matrix: Floats, explained: Explained, said: Sayings, batch: Any) -> pa.Table:
    """Answer the strongest signals of each explained row (n, features) of a model that looks in stages."""
    if not force.recipe.has_stages:
        return SIGNAL_ROWS.empty_table()
    order = np.argsort(-np.abs(explained.signal_points), axis=1, kind="stable")[:, :MOST_SIGNALS]
    row, rank = np.nonzero(np.take_along_axis(explained.signal_points, order, axis=1))
    feature = order[row, rank]
    normals = normals_shown(force.model, force.recipe.features, matrix)
    value, normal = matrix[row, feature], normals[row, feature]
    families = [one.family for one in force.recipe.features]
    return pa.table(
        {
            "event_id": batch.column("event_id").take(pa.array(row)),
            "family": named(families, feature),
            "feature": named(force.recipe.names, feature),
            "value": pa.array(value, from_pandas=True),
            "normal": pa.array(normal, from_pandas=True),
            "points": explained.signal_points[row, feature],
            "sentence": pa.array(said.sentences(feature, value, normal), pa.string()),
        },
        schema=SIGNAL_ROWS,
    )
