"""The page docs/features.md, made from the declarations of features."""

from __future__ import annotations

from collections.abc import Iterable

from scoring.features import FRAUD_FEATURES, LIVENESS_FEATURES, Feature
from scoring.features.subjects import EVER

_UNITS = {
    "money": "the store's unit of money",
    "count": "count",
    "seconds": "seconds",
    "times": "times",
    "share": "share",
    "yes_no": "1 yes, 0 no",
    "deviations": "standard deviations",
    "km_per_hour": "km/h",
    "number": "number",
}
_RISKS = {1: "more is never safer", -1: "more is never riskier", 0: ""}
_FAMILIES = {
    "transaction": "Transaction pattern",
    "behaviour": "Behaviour against the own past",
    "device_network": "Device and network",
    "signature": "Signatures and records",
    "ring": "Ring around the account",
    "capture": "Capture",
    "media": "Media",
    "re_use": "Re-use of media",
    "context": "Context",
}
_INTRODUCTION = """\
# Features

Made from the declarations in `scoring/features/` by `make docs`; do not edit.

Every feature looks at `[t - w, t)`: never at its own event, at another of the same instant, or at
anything that became known later. Labels count from the time they became known, listings from their date.
Empty cells of the feature tables mean *not known*; a count of nothing is 0. Ages end at 90 days (of an
account: at 365), so that no feature carries the calendar.
"""


def features_page() -> str:
    """Answer the whole page as Markdown."""
    parts = [_INTRODUCTION]
    for title, features in (("Fraud", FRAUD_FEATURES), ("Liveness", LIVENESS_FEATURES)):
        parts.append(f"## {title}: {len(features)} features\n")
        for family in dict.fromkeys(feature.family for feature in features):
            parts.append(f"### {_FAMILIES[family]}\n")
            parts.append(_table(feature for feature in features if feature.family == family))
    return "\n".join(parts)


def _table(features: Iterable[Feature]) -> str:
    head = "| name | what it measures | reason group | window | unit | normal | direction |\n"
    return head + "|---|---|---|---|---|---|---|\n" + "".join(_line(feature) for feature in features)


def _line(feature: Feature) -> str:
    window = "" if feature.window is EVER else feature.window.name
    normal = f"own: `{feature.normal_feature}`" if feature.normal_feature else "population"
    cells = (f"`{feature.name}`", feature.sentence, feature.reason, window, _UNITS[feature.unit], normal)
    return f"| {' | '.join((*cells, _RISKS[feature.risk]))} |\n"
