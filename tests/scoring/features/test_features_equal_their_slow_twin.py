"""Random events with ties, edges of windows, nulls and late labels: the SQL against plain Python."""

from __future__ import annotations

from dataclasses import asdict
from datetime import datetime, timedelta
from decimal import Decimal

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from slow_twin import Twin, World
from small_world import START, Row, features_of, fill, numbered

from data.store import memory_store
from scoring.features import FRAUD_FEATURES, LIVENESS_FEATURES, Feature

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
TICK = timedelta(microseconds=1)
# Sums of these meet the edges of all windows from both sides, and each other at one instant.
STEPS = (
    timedelta(0),
    TICK,
    HOUR,
    HOUR - TICK,
    HOUR + TICK,
    DAY,
    DAY - TICK,
    7 * DAY,
    7 * DAY + TICK,
    30 * DAY,
)
AMOUNTS = (None, "0", "0.000001", "100", "949.999999", "999.99", "1000", "2700", "12345.678901", "87000")

times = st.lists(st.sampled_from(STEPS), min_size=0, max_size=3).map(lambda steps: sum(steps, START))
accounts = st.sampled_from(["ann", "bob", "cid"])
device = st.sampled_from([None, "phone", "laptop"])
address = st.sampled_from([None, "10.0.0.1", "10.0.0.2", "2001:db8::1"])
amounts = st.sampled_from(AMOUNTS).map(lambda text: None if text is None else Decimal(text))
maybe = st.sampled_from([None, True, False])
common = {"account_id": accounts, "occurred_at": times, "device_id": device, "ip": address}

transactions = st.fixed_dictionaries(
    common
    | {
        "kind": st.sampled_from(["deposit", "withdrawal", "internal_transfer", "trade"]),
        "amount": amounts,
        "asset": st.sampled_from([None, "BTC"]),
        "counterparty": st.sampled_from([None, "x", "y", "ann"]),
        "status": st.sampled_from([None, "settled", "failed"]),
    }
)
logins = st.fixed_dictionaries(
    common
    | {
        "kind": st.sampled_from(["login", "password_change", "factor_change"]),
        "outcome": st.sampled_from([None, "success", "failure", "locked"]),
        "factor": st.sampled_from([None, "password", "sms", "totp", "passkey"]),
    }
)
checks = st.fixed_dictionaries(
    common
    | {
        "vendor_outcome": st.sampled_from([None, "pass", "fail"]),
        "purpose": st.sampled_from([None, "onboarding", "recovery"]),
        "is_virtual_camera": maybe,
        "is_emulator": maybe,
        "media_score": st.sampled_from([None, 0.25]),
        "attempt": st.sampled_from([None, 2]),
    }
)
known_accounts = st.lists(
    st.fixed_dictionaries(
        {
            "account_id": accounts,
            "opened_at": st.sampled_from([None, START - 400 * DAY, START - DAY, START + DAY]),
            "kyc_country": st.sampled_from([None, "ID", "DE"]),
        }
    ),
    unique_by=lambda row: row["account_id"],
)
known_networks = st.lists(
    st.fixed_dictionaries(
        {
            "ip": st.sampled_from(["10.0.0.1", "10.0.0.2", "2001:db8::1"]),
            "country": st.sampled_from([None, "ID", "DE", "BR", "ZZ"]),
            "kind": st.sampled_from([None, "tor", "vpn", "datacentre", "mobile"]),
        }
    ),
    unique_by=lambda row: row["ip"],
)
known_devices = st.lists(
    st.fixed_dictionaries({"device_id": st.just("phone"), "is_emulator": maybe, "is_rooted": maybe}),
    max_size=1,
)
labels = st.fixed_dictionaries(
    {
        "event": st.none() | st.integers(0, 11),
        "account_id": accounts,
        "outcome": st.sampled_from(["confirmed", "false_positive", "inconclusive"]),
        "known_at": st.none() | times,
    }
)
matches = st.fixed_dictionaries(
    {
        "entity_kind": st.sampled_from(["counterparty", "device", "ip"]),
        "entity": st.sampled_from(["x", "y", "phone", "10.0.0.1"]),
        "network_kind": st.sampled_from([None, None, None, "tor"]),
        "listed_at": st.none() | times,
        "signature_id": st.just("s"),
    }
)
snapshots = st.lists(
    st.fixed_dictionaries(
        {
            "account_id": accounts,
            "as_of": times,
            "ring_id": st.just("R-1"),
            "ring_score": st.sampled_from([0.25, 0.875]),
            "ring_accounts": st.integers(3, 5),
            "ring_known_bad": st.integers(0, 2),
            "ring_strength": st.just(3.5),
            "ring_young_share": st.sampled_from([0.0, 0.5]),
        }
    )
    | st.fixed_dictionaries({"account_id": accounts, "as_of": times, "ring_id": st.none()}),
    max_size=4,
    unique_by=lambda row: (row["account_id"], row["as_of"]),
)


@st.composite
def worlds(draw: st.DrawFn) -> World:
    money, signs, faces = (
        draw(st.lists(rows, max_size=size)) for rows, size in ((transactions, 14), (logins, 6), (checks, 4))
    )
    numbered(money, signs, faces)
    events = [*money, *signs, *faces]
    return World(
        money,
        signs,
        faces,
        draw(known_accounts),
        draw(known_networks),
        draw(known_devices),
        [_label(n, row, events) for n, row in enumerate(draw(st.lists(labels, max_size=6)))],
        draw(st.lists(matches, max_size=3)),
        draw(snapshots),
    )


def _label(number: int, row: Row, events: list[Row]) -> Row:
    meant = row.pop("event")
    label = {**row, "label_id": f"l{number}", "event_id": None}
    if meant is None or not events:
        return label
    event = events[meant % len(events)]
    return {**label, "event_id": event["event_id"], "account_id": event["account_id"]}


@settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck), print_blob=True)
@given(worlds())
def test_every_feature_of_every_event_is_what_plain_python_sees_before_that_instant(world: World) -> None:
    with memory_store() as store:
        fill(store, **asdict(world))
        tables = {name: features_of(store, name) for name in ("fraud_features", "liveness_features")}
    twin = Twin(world)
    for event in twin.events:
        liveness = event["stream"] == "liveness"
        declared = LIVENESS_FEATURES if liveness else FRAUD_FEATURES
        row = tables["liveness_features" if liveness else "fraud_features"][event["event_id"]]
        assert _differences(row, twin, event, declared) == {}
    assert sum(len(rows) for rows in tables.values()) == len(twin.events)


def _differences(
    row: Row, twin: Twin, event: Row, declared: tuple[Feature, ...]
) -> dict[str, tuple[float | None, float | None]]:
    found = {}
    for feature in declared:
        expected, fast = twin.value(event, feature), row[feature.name]
        if expected is None or fast is None:
            same = expected is fast
        else:
            same = fast == pytest.approx(float(expected), rel=1e-9, abs=1e-12)
        if not same:
            found[feature.name] = (fast, None if expected is None else float(expected))
    return found


def test_the_twin_itself_counts_a_row_at_the_start_of_the_window_and_none_at_the_instant() -> None:
    rows = [_withdrawal(START), _withdrawal(START + DAY), _withdrawal(START + DAY)]
    numbered(rows)
    twin = Twin(World(transactions=rows))
    count = next(f for f in FRAUD_FEATURES if f.name == "account_count_transactions_24h")
    assert [twin.value(event, count) for event in twin.events] == [0, 1, 1]


def _withdrawal(when: datetime) -> Row:
    return {"account_id": "ann", "occurred_at": when, "kind": "withdrawal", "amount": Decimal(10)}
