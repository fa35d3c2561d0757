"""The rollups of identity checks: facts of each, error rates by the standard, and the DET curve."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pyarrow as pa
import pytest
from rolled_events import DAY, HOUR, NOW, answers, event, label, whole

from data.geography import install_geography
from data.progress import silent
from data.store import Store
from scoring.rollups import build_rollups

# Their day: three weeks before the store's now, in the third quarter of 2025.
THEN = NOW - 21 * DAY
QUARTER = date(2025, 7, 1)


def check(key: int, account: str, score: float, **known: Any) -> dict[str, Any]:
    """One scored identity check three weeks ago, allowed and not in training unless said otherwise."""
    given = {"stream": "liveness", "kind": "identity_check", "outcome": "pass", "amount": None}
    scored = {"model": "liveness", "score": score, "is_in_training": False}
    return event(key, account, THEN + timedelta(minutes=key)) | given | scored | known


def give(store: Store, **tables: list[dict[str, Any]]) -> None:
    """Write rows into their tables and build every rollup."""
    with store.writing() as cursor:
        install_geography(cursor)
        for table, rows in tables.items():
            cursor.register("given", pa.Table.from_pylist(whole(rows)))
            insert = f"INSERT INTO {table} BY NAME SELECT * FROM given"
            cursor.execute(insert)
            cursor.unregister("given")
        cursor.execute(
            "INSERT INTO spine BY NAME"
            " SELECT event_id, event_key, stream, account_id, occurred_at, outcome FROM scored"
        )
        build_rollups(cursor, NOW, silent)


def attack(key: int, account: str, typology: str, **known: Any) -> dict[str, Any]:
    """A label that confirms a check as an attack, known a day after it."""
    said = {"event_id": f"e{key}", "typology": typology, "known_at": THEN + DAY}
    return label(key, account, "confirmed", **said) | known


def test_a_check_carries_its_groups_and_where_it_was_decided(store: Store) -> None:
    media = {"source": "extracted", "fingerprint_ms": 9.0, "media_ms": 120.0}
    give(
        store,
        scored=[check(1, "ann", 0.1, device_id="d1"), check(2, "bob", 0.2, device_id="d2"),
                check(3, "cat", 0.3), check(4, "dan", 0.9, device_id="d2", occurred_at=THEN - DAY)],
        liveness_checks=[
            {"event_id": f"e{n}", "account_id": "x", "occurred_at": THEN, "purpose": "recovery", "attempt": n,
             "is_emulator": n == 3}
            for n in (1, 2, 3)
        ],
        devices=[{"device_id": "d1", "kind": "tablet", "is_emulator": False, "emulator_since": None},
                 {"device_id": "d2", "kind": "phone", "is_emulator": True, "emulator_since": THEN}],
        check_media=[media | {"event_id": "e1", "light": 59.9, "skin_tone": 41.0},
                     media | {"event_id": "e2", "light": 85.0, "skin_tone": 9.9, "problem": "faces"}],
        check_stages=[{"event_id": "e1", "cheap_score": 0.15, "stage": "media"}],
    )  # fmt: skip

    found = answers(
        store,
        "SELECT event_id, purpose, attempt, device, light, skin_tone, media, problem, stage, cheap_score,"
        " media_ms FROM check_facts ORDER BY event_id",
    )

    assert found == [
        ("e1", "recovery", 1, "tablet", "dark", "medium", "extracted", None, "media", 0.15, 120.0),
        # Known as an emulator since that day; without a row of stages the capture decided.
        ("e2", "recovery", 2, "emulator", "bright", "dark", "extracted", "faces", "capture", None, 120.0),
        # The capture kit says so; no media at all.
        ("e3", "recovery", 3, "emulator", None, None, "none", None, "no media", None, None),
        # The day before, nobody knew of the device.
        ("e4", None, None, "phone", None, None, "none", None, "no media", None, None),
    ]  # fmt: skip


def test_an_attack_carries_its_species_kind_and_ring(store: Store) -> None:
    give(
        store,
        scored=[check(n, f"a{n}", 0.5) for n in range(1, 6)] + [event(9, "a5", THEN + 2 * DAY)],
        labels=[
            attack(1, "a1", "presentation_print", incident_id="I1"),
            attack(2, "a2", "injection_emulator", incident_id="I1"),
            attack(3, "a3", "mask"),
            label(4, "a4", "false_positive", event_id="e4", typology="presentation_print"),
            label(9, "a5", "confirmed", event_id="e9", typology="synthetic_identity"),
        ],
    )

    found = answers(store, "SELECT event_id, is_attack, species, attack, ring_id FROM check_facts")

    assert found == [
        ("e1", True, "presentation_print", "presentation", "I1"),
        ("e2", True, "injection_emulator", "injection", "I1"),
        ("e3", True, "mask", None, "l3"),
        ("e4", False, None, None, None),
        # What the account did with its money names no species.
        ("e5", True, None, None, "l9"),
    ]


def test_a_check_is_ripe_when_nine_in_ten_labels_come_within_its_age(store: Store) -> None:
    # Eleven attacks known after 1, 2, ... 11 days: nine in ten after ten days.
    attacks = [check(n, f"a{n}", 0.5) for n in range(1, 12)]
    young = [check(20, "b", 0.1, occurred_at=NOW - 10 * DAY), check(21, "c", 0.1, occurred_at=NOW - 9 * DAY)]
    labels = [
        attack(n, f"a{n}", "mask", known_at=THEN + timedelta(minutes=n) + n * DAY) for n in range(1, 12)
    ]
    give(store, scored=attacks + young, labels=labels)

    found = answers(
        store, "SELECT event_id, is_ripe FROM check_facts WHERE account_id IN ('b', 'c') ORDER BY 1"
    )
    assert found == [("e20", True), ("e21", False)]


def test_where_nothing_was_ever_confirmed_silence_says_nothing(store: Store) -> None:
    give(store, scored=[check(1, "ann", 0.1, occurred_at=NOW - 90 * DAY)])

    assert answers(store, "SELECT is_ripe FROM check_facts") == [(False,)]
    assert answers(store, "SELECT count(*) FROM liveness_errors") == [(0,)]


def report(store: Store) -> None:
    """Forty honest people at 0.01 to 0.40, ten prints of one ring, ten emulators, and one nobody judged.

    Prints score 0.05, 0.10, ... 0.50, emulators 0.36 to 0.45. From 0.38 on a check is asked again, from 0.45
    on it is blocked. Emulators come from a device class of their own.
    """
    scores = {n: round(0.01 * n, 2) for n in range(1, 41)}
    scores |= {50 + n: round(0.05 * n, 2) for n in range(1, 11)}
    scores |= {70 + n: round(0.35 + 0.01 * n, 2) for n in range(1, 11)}
    rows = [
        check(
            key, f"a{key}", score,
            decision="block" if score >= 0.45 else "step_up" if score >= 0.38 else "allow",
            region="europe" if key % 2 else "cis",
            device_id=f"farm {key}" if key > 70 else None,
        )
        for key, score in scores.items()
    ]  # fmt: skip
    labels = [attack(key, f"a{key}", "presentation_print", incident_id="R") for key in range(51, 61)]
    labels += [attack(key, f"a{key}", "injection_emulator") for key in range(71, 81)]
    in_training = check(99, "z", 0.99, is_in_training=True)
    give(
        store,
        scored=[*rows, in_training, check(98, "y", 0.99, occurred_at=NOW - HOUR)],
        labels=labels,
        devices=[{"device_id": f"farm {key}", "kind": "phone", "is_emulator": True} for key in range(71, 81)],
    )


def test_error_rates_are_counted_by_species_kind_and_point(store: Store) -> None:
    report(store)

    found = answers(
        store,
        "SELECT cut, part, point, attacks, let_in, bona_fide, disturbed, worst_species, worst_apcer"
        " FROM liveness_errors WHERE cut IN ('all', 'attack') AND point IN ('retry', 'reject')"
        " ORDER BY cut, part, point DESC",
    )

    # Retry from 0.38: prints 0.40, 0.45, 0.50 are stopped, emulators 0.38 to 0.45; people 0.38, 0.39, 0.40.
    # Reject from 0.45: two prints, one emulator, nobody else.
    assert found == [
        ("all", "all", "retry", 20, 9, 40, 3, "presentation_print", 0.7),
        ("all", "all", "reject", 20, 17, 40, 0, "injection_emulator", 0.9),
        ("attack", "injection", "retry", 10, 2, 40, 3, "injection_emulator", 0.2),
        ("attack", "injection", "reject", 10, 9, 40, 0, "injection_emulator", 0.9),
        ("attack", "presentation", "retry", 10, 7, 40, 3, "presentation_print", 0.7),
        ("attack", "presentation", "reject", 10, 8, 40, 0, "presentation_print", 0.8),
    ]
    assert answers(store, "SELECT DISTINCT quarter FROM liveness_errors") == [(QUARTER,)]


def test_a_bpcer_that_too_few_people_allow_is_said_with_the_counts(store: Store) -> None:
    report(store)

    found = answers(
        store,
        "SELECT point, threshold, attacks, apcer, bona_fide, bpcer FROM liveness_errors"
        " WHERE cut = 'all' AND point LIKE 'BPCER%' ORDER BY point",
    )

    # Five in a hundred of forty people are two: fewer than the three that a threshold may stand on.
    assert found == [(f"BPCER {share} %", None, 20, None, 40, None) for share in ("0.1", "1", "5")]


def test_one_ring_of_ten_prints_is_known_less_well_than_ten_strangers(store: Store) -> None:
    report(store)

    (prints,), (strangers,) = (
        answers(store, "SELECT apcer_high - apcer_low FROM liveness_errors"
                       f" WHERE part = '{part}' AND point = 'reject'")
        for part in ("presentation_print", "injection_emulator")
    )  # fmt: skip

    assert prints[0] > 0.75
    assert strangers[0] < 0.5


def test_groups_have_their_own_people_and_attacks(store: Store) -> None:
    report(store)

    found = answers(
        store,
        "SELECT cut, part, attacks, let_in, bona_fide, disturbed FROM liveness_errors"
        " WHERE cut IN ('region', 'device') AND point = 'retry' ORDER BY cut, part",
    )

    # Emulators 0.36 and 0.37 pass. Odd keys are in Europe: people 0.39, emulators 71 (0.36), prints 51, 53,
    # 55 and 57 (0.05 to 0.35).
    assert found == [
        ("device", "emulator", 10, 2, 0, 0),
        ("device", "other", 10, 7, 40, 3),
        ("region", "cis", 10, 4, 20, 2),
        ("region", "europe", 10, 5, 20, 1),
    ]


def test_the_det_curve_reaches_from_disturbing_everybody_to_nobody(store: Store) -> None:
    report(store)

    found = answers(
        store,
        "SELECT attack, threshold, attacks, let_in, bona_fide, disturbed FROM liveness_det"
        " ORDER BY attack, threshold",
    )
    every = [row for row in found if row[0] == "all"]

    # Nobody is disturbed just above 0.40: emulators to 0.40 (five) and prints to 0.40 (eight) pass.
    assert every[0] == ("all", 0.01, 20, 0, 40, 40)
    assert every[-1] == ("all", 0.400000001, 20, 13, 40, 0)
    assert [row[3] for row in every] == sorted(row[3] for row in every)
    assert {row[0] for row in found} == {"all", "injection", "presentation"}
    assert max(row[5] for row in found if row[1] > 0.38) == 2


def test_a_store_without_checks_has_an_empty_report(store: Store) -> None:
    give(store, scored=[event(1, "ann", NOW, amount=Decimal(1))])

    counts = [
        answers(store, f"SELECT count(*) FROM {t}")
        for t in ("check_facts", "liveness_errors", "liveness_det")
    ]
    assert counts == [[(0,)]] * 3


@pytest.mark.parametrize("table", ["check_facts", "liveness_errors", "liveness_det"])
def test_every_rollup_is_built_again_from_nothing(store: Store, table: str) -> None:
    report(store)
    before = answers(store, f"FROM {table} ORDER BY ALL")
    with store.writing() as cursor:
        build_rollups(cursor, NOW, silent)

    assert before == answers(store, f"FROM {table} ORDER BY ALL")
