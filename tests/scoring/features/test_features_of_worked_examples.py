"""Features of small stories, worked out by hand."""

from __future__ import annotations

import math
from decimal import Decimal
from typing import Any

import pytest
from small_world import Row, at, features_of, fill, numbered

from data.progress import Step
from data.store import Store
from scoring.features import FRAUD_FEATURES, LIVENESS_FEATURES, build_features


def sent(when: str, amount: str | None = "100", account: str = "ann", **more: Any) -> Row:
    value = None if amount is None else Decimal(amount)
    return {"account_id": account, "occurred_at": at(when), "kind": "withdrawal", "amount": value, **more}


def got(when: str, amount: str = "100", account: str = "ann", **more: Any) -> Row:
    return sent(when, amount, account, **{"kind": "deposit", **more})


def last(store: Store, *rows: Row, **tables: list[Row]) -> dict[str, float | None]:
    """Store the transactions in order and answer the features of the last."""
    numbered(list(rows))
    fill(store, transactions=list(rows), **tables)
    return features_of(store)[f"e{len(rows)}"]


def test_a_window_of_a_day_holds_its_first_instant_and_not_its_last(store: Store) -> None:
    row = last(
        store,
        sent("03-01 11:59:59.999999"),
        sent("03-01 12:00"),
        sent("03-02 11:59:59.999999"),
        sent("03-02 12:00"),
        sent("03-02 12:00"),
    )
    assert row["account_count_transactions_24h"] == 2
    assert row["account_count_transactions_7d"] == 3


def test_money_that_comes_in_and_leaves_within_hours_passes_through(store: Store) -> None:
    row = last(store, got("03-01 08:00", "1000"), sent("03-01 09:00", "350"), sent("03-01 10:00", "600"))
    assert row["account_pass_through_money_out_24h"] == pytest.approx(0.95)
    assert row["account_since_last_money_in"] == 7_200


def test_a_deposit_that_failed_never_came_in(store: Store) -> None:
    row = last(store, got("03-01 08:00", "1000", status="failed"), sent("03-01 09:00"))
    assert row["account_sum_money_in_24h"] == 0
    assert row["account_pass_through_money_out_24h"] is None


def test_the_normal_amount_is_the_geometric_mean_of_the_own_past(store: Store) -> None:
    row = last(store, sent("03-01 10:00", "100"), sent("03-02 10:00", "400"), sent("03-03 10:00", "1640"))
    # sqrt(100 * 400) = 200; logarithms are held in thousandths.
    assert row["account_typical_money_out_30d"] == pytest.approx(200, rel=1e-3)
    assert row["account_times_typical_money_out_30d"] == pytest.approx(8.2, rel=1e-3)
    # Logs 4.605 and 5.991: mean 5.298, scatter 0.961; spread sqrt((0.961 + 2) / 4) = 0.860; ln 1640 = 7.402.
    assert row["account_deviation_of_money_out_30d"] == pytest.approx(2.446, abs=2e-3)
    assert row["account_times_largest_money_out_30d"] == pytest.approx(4.1)


def test_money_back_to_its_sender_is_seen_on_the_pair(store: Store) -> None:
    row = last(store, got("03-01 10:00", counterparty="x"), sent("03-02 10:00", counterparty="x"))
    assert row["account_counterparty_count_money_in_30d"] == 1
    assert row["account_counterparty_is_first_of_events"] == 0


def test_a_label_counts_from_the_time_it_became_known_and_not_at_that_instant(store: Store) -> None:
    rows = [sent("03-01 10:00", account="bob", counterparty="x")]
    rows += [sent(when, counterparty="x") for when in ("03-05 09:00", "03-08 10:00", "03-08 10:00:00.000001")]
    numbered(rows)
    label = {"label_id": "l", "event_id": "e1", "account_id": "bob", "outcome": "confirmed"}
    fill(store, transactions=rows, labels=[{**label, "known_at": at("03-08 10:00")}])
    found = features_of(store)
    known = [found[f"e{number}"]["counterparty_count_confirmed_24h"] for number in (2, 3, 4)]
    assert known == [0, 0, 1]
    # One confirmed among three earlier events, pulled to 1 % with the weight of ten: 1.1 / 13.
    assert found["e4"]["counterparty_share_confirmed"] == pytest.approx(1.1 / 13)
    assert found["e4"]["account_count_confirmed"] == 0


def test_a_label_that_claims_to_be_known_before_its_event_is_never_seen_by_it(store: Store) -> None:
    label = {"label_id": "l", "event_id": "e1", "account_id": "ann", "outcome": "confirmed"}
    row = last(store, sent("03-02 10:00"), labels=[{**label, "known_at": at("03-01 00:00")}])
    assert row["account_count_confirmed"] == 0


def test_two_labels_of_one_event_count_once(store: Store) -> None:
    labels = [
        {"label_id": n, "event_id": "e1", "account_id": "ann", "outcome": "confirmed", "known_at": at(known)}
        for n, known in (("a", "03-02 00:00"), ("b", "03-03 00:00"))
    ]
    row = last(store, sent("03-01 10:00"), sent("03-04 10:00"), labels=labels)
    assert row["account_count_confirmed"] == 1


def test_an_address_counts_as_listed_only_after_its_listing(store: Store) -> None:
    match = {
        "entity_kind": "counterparty",
        "entity": "x",
        "signature_id": "s",
        "listed_at": at("03-02 00:00"),
    }
    rows = [sent(when, counterparty="x") for when in ("03-01 10:00", "03-02 00:00", "03-03 10:00")]
    numbered(rows)
    fill(store, transactions=rows, signature_matches=[match])
    found = features_of(store)
    assert [found[f"e{n}"]["event_is_listed_counterparty"] for n in (1, 2, 3)] == [0, 0, 1]
    # By the third, both earlier dealings are with an address listed by then.
    assert [found[f"e{n}"]["account_count_listed_dealings"] for n in (1, 2, 3)] == [0, 0, 2]


def test_a_counterparty_is_one_hop_from_a_listed_address_through_another_customer(store: Store) -> None:
    match = {"entity_kind": "counterparty", "entity": "bad", "signature_id": "s", "listed_at": None}
    row = last(
        store,
        sent("03-01 10:00", account="bob", counterparty="bad"),
        sent("03-02 10:00", account="bob", counterparty="x"),
        sent("03-03 10:00", account="ann", counterparty="bad"),
        sent("03-04 10:00", account="ann", counterparty="x"),
        sent("03-05 10:00", account="ann", counterparty="x"),
        signature_matches=[match],
    )
    # bob is tainted and used x; ann is too, but does not count against herself.
    assert row["counterparty_count_others_tainted_users"] == 1


def test_a_counterparty_is_one_hop_away_only_from_when_its_customer_was_tainted(store: Store) -> None:
    match = {"entity_kind": "counterparty", "entity": "bad", "signature_id": "s", "listed_at": None}
    rows = [
        sent("03-01 10:00", account="bob", counterparty="x"),
        sent("03-02 10:00", account="ann", counterparty="x"),
        sent("03-03 10:00", account="bob", counterparty="bad"),
        sent("03-03 10:00", account="ann", counterparty="x"),
        sent("03-04 10:00", account="ann", counterparty="x"),
    ]
    numbered(rows)
    fill(store, transactions=rows, signature_matches=[match])
    found = features_of(store)
    assert [found[f"e{n}"]["counterparty_count_others_tainted_users"] for n in (2, 4, 5)] == [0, 0, 1]


def test_a_label_of_the_whole_account_counts_for_the_account_alone(store: Store) -> None:
    label = {"label_id": "l", "event_id": None, "account_id": "ann", "outcome": "confirmed"}
    row = last(
        store,
        sent("03-01 10:00", counterparty="x"),
        sent("03-03 10:00", counterparty="x"),
        labels=[{**label, "known_at": at("03-02 00:00")}],
    )
    assert row["account_count_confirmed"] == 1
    assert row["counterparty_count_confirmed"] == 0


def test_a_device_knows_how_many_customers_used_it(store: Store) -> None:
    rows = [sent("03-01 10:00", account=name, device_id="phone") for name in ("ann", "bob", "cid")]
    row = last(store, *rows, sent("03-01 11:00", account="dan", device_id="phone"))
    assert row["device_distinct_customers_of_events_24h"] == 3
    assert row["account_device_is_first_of_events"] == 1
    assert row["device_since_first_events"] == 3_600


def test_two_events_at_one_instant_are_both_the_first_on_a_device(store: Store) -> None:
    rows = [sent("03-01 10:00", device_id="phone"), sent("03-01 10:00", device_id="phone")]
    numbered(rows)
    fill(store, transactions=rows)
    found = features_of(store)
    assert [found[name]["account_device_is_first_of_events"] for name in ("e1", "e2")] == [1, 1]
    assert [found[name]["device_since_first_events"] for name in ("e1", "e2")] == [None, None]


def test_an_event_without_device_counterparty_or_network_says_so_with_nulls(store: Store) -> None:
    row = last(store, sent("03-01 10:00"), sent("03-02 10:00"))
    unknown = ("device_count_events_24h", "ip_count_events_1h", "counterparty_count_transactions_7d")
    assert [row[name] for name in unknown] == [None, None, None]
    assert row["account_device_is_first_of_events"] is None


def test_a_customer_cannot_be_in_jakarta_and_two_hours_later_in_berlin(store: Store) -> None:
    networks = [{"ip": "1", "country": "ID"}, {"ip": "2", "country": "DE"}]
    row = last(store, sent("03-01 10:00", ip="1"), sent("03-01 12:00", ip="2"), networks=networks)
    speed = row["account_travel_speed_between_events_30d"]
    # Indonesia and Germany are about 11,000 km apart.
    assert speed is not None
    assert math.isclose(speed, 5_500, rel_tol=0.1)
    assert row["account_country_is_first_of_events"] == 1


def test_amounts_just_under_a_limit_are_counted(store: Store) -> None:
    amounts = ("899.999999", "900", "999.999999", "1000", "9500", "2800", "2699", "10")
    rows = [sent(f"03-01 10:0{n}", amount) for n, amount in enumerate(amounts)]
    assert last(store, *rows)["account_count_amounts_under_limits_24h"] == 4


def test_failed_sign_ins_and_changes_of_credentials_are_remembered(store: Store) -> None:
    money = [sent("03-01 10:00")]
    signs = [
        {"account_id": "ann", "occurred_at": at("03-01 09:30"), "kind": "login", "outcome": "failure"},
        {"account_id": "ann", "occurred_at": at("03-01 09:31"), "kind": "login", "outcome": "locked"},
        {"account_id": "ann", "occurred_at": at("03-01 09:57"), "kind": "password_change"},
    ]
    numbered(money, signs)
    fill(store, transactions=money, logins=signs)
    row = features_of(store)["e1"]
    assert row["account_count_failed_logins_1h"] == 2
    assert row["account_since_last_password_changes"] == 180
    assert row["account_since_last_factor_changes"] is None


def test_a_silence_longer_than_ninety_days_is_ninety_days(store: Store) -> None:
    row = last(store, sent("03-01 10:00"), sent("10-01 10:00"))
    assert row["account_since_last_transactions"] == 90 * 86_400
    assert row["account_since_first_events"] == 90 * 86_400


def test_identity_checks_have_features_of_their_own(store: Store) -> None:
    checks = [
        {"account_id": name, "occurred_at": at(when), "device_id": "phone", "vendor_outcome": "fail"}
        for name, when in (("ann", "03-01 10:00"), ("bob", "03-01 10:20"), ("bob", "03-01 10:40"))
    ]
    checks[2] |= {"media_score": 0.75, "is_virtual_camera": True}
    numbered(checks)
    fill(store, liveness_checks=checks)
    row = features_of(store, "liveness_features")["e3"]
    assert (row["event_media_score"], row["event_is_virtual_camera"]) == (0.75, 1)
    assert row["device_distinct_customers_of_identity_checks_24h"] == 2
    assert row["device_count_identity_checks_1h"] == 2
    assert row["account_count_failed_checks_24h"] == 1
    assert features_of(store) == {}


def test_the_tables_hold_one_double_a_feature_in_the_order_of_declaration_and_of_arrival(
    store: Store,
) -> None:
    rows = [sent("03-03 10:00"), sent("03-01 10:00"), sent("03-02 10:00")]
    numbered(rows)
    fill(store, transactions=rows)
    features_of(store)
    cursor = store.cursor()
    for table, declared in (("fraud_features", FRAUD_FEATURES), ("liveness_features", LIVENESS_FEATURES)):
        schema = cursor.table(table)
        assert schema.columns == ["event_id", "event_key", *(feature.name for feature in declared)]
        assert [str(kind) for kind in schema.types] == ["VARCHAR", "BIGINT", *["DOUBLE"] * len(declared)]
    assert cursor.table("fraud_features").project("event_key").fetchall() == [(1,), (2,), (3,)]
    cursor.close()


def test_each_step_is_told_to_its_end(store: Store) -> None:
    fill(store, transactions=[sent("03-01 10:00", event_id="e", ingest_seq=1)])
    features_of(store)
    told: list[Step] = []
    build_features(store, told.append)
    names = list(dict.fromkeys(step.name for step in told))
    assert names[0] == "features: what happened"
    assert names[-2:] == ["features: fraud_features", "features: liveness_features"]
    assert {step.name for step in told if step.done == step.total} == set(names)
