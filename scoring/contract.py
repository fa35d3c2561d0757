"""What scoring adds to the store: the spine of all events, their features, scores, reasons and rollups.

Everything here is computed when events are scored; pages only read it. Feature columns are generated
from their declarations (`scoring/features`), so the tables of features are declared there.
"""

from __future__ import annotations

from scoring.anomaly.tables import ANOMALY_TABLES
from scoring.areas import AREAS
from scoring.claims.tables import CLAIM_MODELS
from scoring.event_tables import CROSS_SCORED, EXPLANATIONS, MODEL_VERSIONS, POLICIES, REASONS, SCORED, SPINE
from scoring.liveness_tables import (
    CHECK_FACTS,
    CHECK_SIGNALS,
    CHECK_STAGES,
    CLUSTER_ACCOUNTS,
    LIVENESS_DET,
    LIVENESS_ERRORS,
    MEDIA_CLUSTERS,
    MEDIA_MATCHES,
    MEDIA_REUSE,
    UNKNOWN_SPECIES,
)
from scoring.monitoring.tables import MONITORING_TABLES
from scoring.policy_tables import POLICY_ACTS, ROLLOUTS
from scoring.regional.tables import REGIONAL_TABLES
from scoring.review_tables import ATTRIBUTIONS, AUDITED_EVENTS, SCORE_BINS
from scoring.rings.tables import RING_TABLES
from scoring.rollup_tables import (
    ACCOUNT_PROFILES,
    ACCOUNT_RISK,
    CONFIRMED_EVENTS,
    CORRIDORS,
    DAILY,
    ENTITY_RISK,
    EVENT_ACCOUNTS,
    FLAGGED_EVENTS,
    INCIDENTS,
    ROLLUPS,
    SAMPLED_REASONS,
    TIES_BY_ACCOUNT,
    TIES_BY_ENTITY,
)

SCORING_TABLES = (
    SPINE,
    AREAS,
    SCORED,
    EXPLANATIONS,
    REASONS,
    MODEL_VERSIONS,
    POLICIES,
    POLICY_ACTS,
    ROLLOUTS,
    CROSS_SCORED,
    CHECK_STAGES,
    CHECK_SIGNALS,
    UNKNOWN_SPECIES,
    MEDIA_MATCHES,
    MEDIA_REUSE,
    *RING_TABLES,
    *REGIONAL_TABLES,
    *ANOMALY_TABLES,
    *ROLLUPS,
    *MONITORING_TABLES,
    CLAIM_MODELS,
)

__all__ = [
    "ACCOUNT_PROFILES",
    "ACCOUNT_RISK",
    "ANOMALY_TABLES",
    "AREAS",
    "ATTRIBUTIONS",
    "AUDITED_EVENTS",
    "CHECK_FACTS",
    "CHECK_SIGNALS",
    "CHECK_STAGES",
    "CLAIM_MODELS",
    "CLUSTER_ACCOUNTS",
    "CONFIRMED_EVENTS",
    "CORRIDORS",
    "CROSS_SCORED",
    "DAILY",
    "ENTITY_RISK",
    "EVENT_ACCOUNTS",
    "EXPLANATIONS",
    "FLAGGED_EVENTS",
    "INCIDENTS",
    "LIVENESS_DET",
    "LIVENESS_ERRORS",
    "MEDIA_CLUSTERS",
    "MEDIA_MATCHES",
    "MEDIA_REUSE",
    "MODEL_VERSIONS",
    "MONITORING_TABLES",
    "POLICIES",
    "POLICY_ACTS",
    "REASONS",
    "REGIONAL_TABLES",
    "RING_TABLES",
    "ROLLOUTS",
    "ROLLUPS",
    "SAMPLED_REASONS",
    "SCORED",
    "SCORE_BINS",
    "SCORING_TABLES",
    "SPINE",
    "TIES_BY_ACCOUNT",
    "TIES_BY_ENTITY",
    "UNKNOWN_SPECIES",
]
