"""The sections of a review: each a question with the measures that answer it, the first on a card."""

from __future__ import annotations

from dashboard.review.model import Section

SECTIONS = (
    Section(
        "Crime",
        "Did crime fall, and do we know?",
        (
            "organised_crime",
            "incidents",
            "rings_active",
            "rings_new",
            "accounts_per_ring",
            "ring_detection_days",
            "ring_value_moved",
            "confirmed_cases",
        ),
    ),
    Section(
        "Detection",
        "What was stopped, and how well?",
        (
            "suspicious_actions",
            "alerts",
            "recall",
            "precision_at_budget",
            "false_positive_ratio",
            "value_detection",
            "accounts_restricted",
            "model_drift",
        ),
    ),
    Section(
        "Liveness",
        "Which attacks on identity checks were stopped?",
        ("deepfakes_stopped", "presentation_stopped", "injection_stopped", "liveness_drift"),
    ),
    Section(
        "Money",
        "What was frozen, and what came back?",
        (
            "money_frozen",
            "money_blocked",
            "money_released",
            "money_recovered",
            "recoveries",
            "wrongful_freezes",
            "wrongful_value",
            "hours_to_release",
            "appeals_granted",
        ),
    ),
    Section(
        "Authorities and desk",
        "How fast did we answer?",
        ("requests", "freeze_orders", "request_hours", "desk_sla", "alerts_waiting"),
    ),
)
