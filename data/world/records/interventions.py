"""The dated regional measures that crime reacts to, as the exchange wrote them down."""

from __future__ import annotations

import numpy as np
import pyarrow as pa

from data.geography import countries
from data.world.columns import Rng
from data.world.reactions import MEASURES, starts
from data.world.records.known import Known
from data.world.writing import times


def intervention_table(_known: Known, _rng: Rng) -> pa.Table:
    """Return the measures as the contract's columns; nothing of them is drawn."""
    region_of = {country.alpha2: country.region for country in countries()}
    return pa.table(
        {
            "intervention_id": [m.name for m in MEASURES],
            "title": [m.title for m in MEASURES],
            "kind": [m.kind for m in MEASURES],
            "region": [region_of.get(m.area, m.area) for m in MEASURES],
            "country": pa.array([m.area if m.area in region_of else None for m in MEASURES], pa.string()),
            "starts_at": times(np.array([starts(m) for m in MEASURES], dtype=np.int64)),
        }
    )
