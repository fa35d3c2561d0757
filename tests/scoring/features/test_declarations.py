"""What must hold of every declaration, and of the page that is made from them."""

from __future__ import annotations

import re
from collections import Counter

from data.media_signals import SIGNALS
from scoring.features import FRAUD_FEATURES, LIVENESS_FEATURES
from scoring.features import reasons as named
from scoring.features.subjects import ENTITIES, MONTH, WEEK, WINDOWS
from scoring.regional.kinds import KINDS

BOTH = (*FRAUD_FEATURES, *LIVENESS_FEATURES)
# The groups of media signals are declared with the signals.
REASONS = {value for name, value in vars(named).items() if name.isupper()} | {s.reason for s in SIGNALS}


def test_names_are_unique_and_fit_for_columns() -> None:
    for features in (FRAUD_FEATURES, LIVENESS_FEATURES):
        assert [n for n, count in Counter(f.name for f in features).items() if count > 1] == []
    assert [f.name for f in BOTH if not re.fullmatch(r"[a-z][a-z0-9_]*", f.name)] == []


def test_the_fraud_features_cover_the_four_families_and_rings() -> None:
    families = Counter(f.family for f in FRAUD_FEATURES)
    assert families.pop("ring") == 7
    assert set(families) == {"transaction", "behaviour", "device_network", "signature"}
    assert len(FRAUD_FEATURES) >= 40
    assert min(families.values()) >= 10


def test_every_reason_is_one_of_the_named_groups_and_each_group_is_used() -> None:
    of_challengers = {f.reason for kind in KINDS.values() for f in kind.features}
    assert {f.reason for f in BOTH} | of_challengers == REASONS


def test_every_feature_has_a_sentence_without_gaps() -> None:
    assert [f.name for f in BOTH if not f.sentence.endswith(".") or "{" in f.sentence] == []


def test_an_own_normal_is_itself_a_feature_of_the_same_model() -> None:
    names = {f.name for f in FRAUD_FEATURES}
    own = {f.normal_feature for f in FRAUD_FEATURES if f.normal == "own"}
    assert own
    assert own <= names


def test_no_feature_holds_a_time_or_an_age_without_an_end() -> None:
    raw_times = [f.name for f in BOTH if re.search(r"(?<!- )\bt\b", re.sub(r"t - \w+", "", f.formula))]
    assert raw_times == []
    ages = [f for f in BOTH if f.unit == "seconds" and f.aggregates]
    assert ages
    assert all("least(" in f.formula and "7776000.0" in f.formula for f in ages)


def test_every_window_reaches_back_from_before_the_event() -> None:
    assert {w.length for w in WINDOWS} == {None, 3_600_000_000, 86_400_000_000, WEEK.length, MONTH.length}
    assert MONTH.length == 30 * 86_400_000_000


def test_every_entity_is_used() -> None:
    assert {a.entity for f in BOTH for a in f.aggregates} == set(ENTITIES)
