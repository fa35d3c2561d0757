"""Signals: the fraud features that surprise is taken from, and which of their two ends is the strange one.

Nothing that labels, lists of known bad or rings found from labels say is among them: an anomaly must be able
to show what the fraud model was never taught. The strange end follows from what a feature measures.
"""

from __future__ import annotations

from scoring.features import FRAUD_FEATURES, Feature
from scoring.features import reasons as named

# What was learned from labels, or bought: lists of known bad, and rings, whose ties are weighed by labels.
_LEARNED_FAMILIES = ("signature", "ring")
# Events are compared with others of their kind only, so that their kind tells nothing.
_NO_SIGNAL = (named.KIND,)
# Measured in something else than seconds, and stranger the less of it there is.
_STRANGE_WHEN_LITTLE = (
    "event_factor_strength",
    "account_hours_share_of_account_events_30d",
    "account_counterparty_count_transactions_30d",
)


def is_strange_when_little(feature: Feature) -> bool:
    """Answer whether low values of a feature are the strange ones.

    So it is for times since something: what is new or has just happened is stranger than what is old.
    Activity after silence is the other way round.
    """
    if feature.risk:
        return feature.risk < 0
    if feature.reason == named.SILENCE:
        return False
    return feature.unit == "seconds" or feature.name in _STRANGE_WHEN_LITTLE


SIGNALS: tuple[Feature, ...] = tuple(
    feature
    for feature in FRAUD_FEATURES
    if feature.family not in _LEARNED_FAMILIES and feature.reason not in _NO_SIGNAL
)
