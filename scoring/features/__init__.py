"""The features of an event, declared once: `FRAUD_FEATURES`, `LIVENESS_FEATURES`, and what builds them."""

from __future__ import annotations

from data.progress import Progress
from data.store import Store
from scoring.features import behaviour, device_network, liveness, ring, signature, transaction
from scoring.features.build import build_tables
from scoring.features.declaration import Feature

FRAUD_FEATURES: tuple[Feature, ...] = (
    *transaction.FEATURES,
    *behaviour.FEATURES,
    *device_network.FEATURES,
    *signature.FEATURES,
    *ring.FEATURES,
)
LIVENESS_FEATURES: tuple[Feature, ...] = liveness.FEATURES


def build_features(store: Store, progress: Progress) -> None:
    """Write the tables `fraud_features` (transactions, logins) and `liveness_features` (identity checks).

    Needs `spine`. Columns: event_id VARCHAR, event_key BIGINT, one DOUBLE a feature; null: not known.
    """
    build_tables(store, FRAUD_FEATURES, LIVENESS_FEATURES, progress)


__all__ = ["FRAUD_FEATURES", "LIVENESS_FEATURES", "Feature", "build_features"]
