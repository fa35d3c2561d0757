"""Rollups of the quarterly review: confirmed events, audits, bins of scores, effects of regional measures."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

import pyarrow as pa
import pytest
from rolled_events import DAY, HOUR, NOW, answers, whole

from data.progress import silent
from data.store import Store
from scoring.attributed import know_attributions
from scoring.rollups import build_rollups

MONDAY = date(2025, 1, 6)
WEEKS = 30
# The first Monday on which the measure held: fifteen whole weeks lie before it.
STARTS = datetime(2025, 4, 21)
END = datetime(2025, 8, 4)


def give(store: Store, table: str, rows: list[dict[str, Any]]) -> None:
    with store.writing() as cursor:
        given = cursor.from_arrow(pa.Table.from_pylist(whole(rows)))
        given.create_view("given_rows")
        cursor.execute(f"INSERT INTO {table} BY NAME SELECT * FROM given_rows")
        cursor.execute("DROP VIEW given_rows")


def test_confirmed_events_are_those_of_crimes_that_are_known_by_now(rolled: Store) -> None:
    found = answers(
        rolled,
        "SELECT event_id, account_id, incident_id, typology, known_at, device_id, counterparty, decision,"
        " score FROM confirmed_events",
    )

    # That of e6 becomes known in an hour; eve's label names no event and she has none.
    assert found == [
        ("e1", "ann", "i1", "mule", NOW - HOUR, "phone", None, "block", 0.9),
        ("e5", "bob", "i1", "mule", NOW - HOUR, None, "0xbad", "step_up", 0.3),
    ]


def test_a_crime_that_nobody_dated_is_known_since_the_last_event(rolling: Store) -> None:
    give(rolling, "labels", [
        {"label_id": "l9", "event_id": "e3", "account_id": "ann", "outcome": "confirmed", "typology": "scam"}
    ])  # fmt: skip
    with rolling.writing() as cursor:
        build_rollups(cursor, NOW, silent)

    found = answers(
        rolling, "SELECT incident_id, decision, known_at FROM confirmed_events WHERE event_id = 'e3'"
    )
    assert found == [("l9", "allow", NOW)]


def test_a_crime_of_one_account_is_a_ring_of_its_own_without_a_tie(rolling: Store) -> None:
    give(rolling, "labels", [
        {"label_id": "l9", "event_id": "e8", "account_id": "dan", "outcome": "confirmed", "typology": "scam"}
    ])  # fmt: skip
    with rolling.writing() as cursor:
        build_rollups(cursor, NOW, silent)

    found = answers(
        rolling, "SELECT ring_id, ring_accounts, tie_kinds FROM incidents WHERE incident_id = 'l9'"
    )
    assert found == [("l9", 1, 0)]


def test_an_audit_is_joined_with_what_was_decided_once_it_was_looked_at(rolling: Store) -> None:
    drawn = {"stratum": "low", "probability": 0.5, "drawn_at": NOW - DAY, "outcome": "confirmed"}
    give(rolling, "audits", [
        drawn | {"audit_id": "a1", "event_id": "e3", "reviewed_at": NOW},
        drawn | {"audit_id": "a2", "event_id": "e7", "reviewed_at": NOW - HOUR, "outcome": "false_positive"},
        drawn | {"audit_id": "a3", "event_id": "e4", "reviewed_at": NOW + HOUR},
        drawn | {"audit_id": "a4", "event_id": "not loaded", "reviewed_at": NOW},
    ])  # fmt: skip
    with rolling.writing() as cursor:
        build_rollups(cursor, NOW, silent)

    found = answers(
        rolling, "SELECT event_id, region, decision, outcome, probability, reviewed_at FROM audited_events"
    )
    assert found == [
        ("e3", "cis", "allow", "confirmed", 0.5, NOW),
        ("e7", "europe", "step_up", "false_positive", 0.5, NOW - HOUR),
    ]


def test_scores_are_counted_in_bins_of_half_a_unit_of_log_odds(rolled: Store) -> None:
    found = answers(rolled, "SELECT day, region, bin, events FROM score_bins")

    # 2 (ln(p / (1 - p)) + 8), whole: 0.01 gives 6, 0.2 13, 0.3 14, 0.4 15, 0.5 16, 0.8 18; 0.9 gives 20,
    # which the last bin takes.
    assert sorted(found) == [
        (date(2025, 6, 21), "cis", 19, 1),
        (date(2025, 7, 22), "cis", 14, 1),
        (date(2025, 7, 28), "cis", 15, 1),
        (date(2025, 7, 29), "cis", 13, 1),
        (date(2025, 7, 29), "cis", 14, 1),
        (date(2025, 7, 30), "europe", 16, 1),
        (date(2025, 7, 30), "europe", 18, 1),
        (date(2025, 7, 31), "europe", 6, 1),
    ]


def panel(store: Store, treated: dict[str, tuple[str | None, str | None]]) -> None:
    """18 and 22 incidents by turns in each of four places, half of that where a measure holds.

    `treated` has region and country by the measure's id. Neighbouring places take turns the other way round,
    since counts that a model fits exactly have no scatter to learn an interval from.
    """
    places = [("asia", "ID"), ("asia", "TH"), ("cis", "KZ"), ("europe", "DE")]
    days, crimes = [], []
    for number in range(WEEKS):
        week = MONDAY + timedelta(weeks=number)
        for place, (region, country) in enumerate(places):
            has = any(country == c or (c is None and region == r) for r, c in treated.values())
            usual = 18 if (number + place) % 2 else 22
            count = usual // 2 if has and week >= STARTS.date() else usual
            where = {"region": region, "country": country}
            days.append(where | {"day": week, "events": 1000, "settled": 1000})
            happened = datetime.combine(week, datetime.min.time())
            crimes += [
                where
                | {
                    "incident_id": f"{country}{number}-{n}",
                    "occurred_at": happened,
                    "known_at": happened + 3 * DAY,
                }
                for n in range(count)
            ]
    give(store, "daily", days)
    give(store, "incidents", crimes)
    give(store, "interventions", [
        {"intervention_id": name, "title": name, "region": region, "country": country, "starts_at": STARTS}
        for name, (region, country) in treated.items()
    ])  # fmt: skip


def effects(store: Store) -> dict[str, dict[str, Any]]:
    with store.writing() as cursor:
        know_attributions(cursor, END)
        rows = cursor.sql("FROM found_attributions").to_arrow_table().to_pylist()
    return {row["intervention_id"]: row for row in rows}


def test_a_measure_that_halved_incidents_is_found_to_have_halved_them(store: Store) -> None:
    panel(store, {"strict": (None, "ID")})

    (found,) = effects(store).values()

    assert (found["place"], found["starts_at"]) == ("ID", STARTS)
    # Every other place stays at twenty a week on average, so twenty were to be expected.
    assert found["ratio"] == pytest.approx(0.5, abs=0.02)
    assert found["low"] < found["ratio"] < found["high"] < 1
    assert found["verdict"].startswith("With the measure incidents fell by ")
    # Asia without Indonesia, the CIS and Europe.
    assert "against 3 regions without it" in found["verdict"]
    # Before its start nothing moved.
    assert all(ratio == pytest.approx(1, abs=0.2) for ratio in found["lead_ratios"])


def test_a_place_under_another_measure_is_no_control(store: Store) -> None:
    panel(store, {"first": (None, "ID"), "second": ("cis", None)})

    found = effects(store)

    assert {name: row["place"] for name, row in found.items()} == {"first": "ID", "second": "cis"}
    for row in found.values():
        assert row["ratio"] == pytest.approx(0.5, abs=0.03)
        assert "against 2 regions without it" in row["verdict"]


def test_a_measure_taken_everywhere_has_nobody_to_be_compared_with(store: Store) -> None:
    panel(store, {"everywhere": (None, None)})

    assert effects(store) == {}


def test_a_measure_that_cannot_be_measured_says_why(store: Store) -> None:
    panel(store, {"asia": ("asia", None), "cis": ("cis", None), "europe": ("europe", None)})

    for row in effects(store).values():
        assert row["ratio"] is None
        assert row["verdict"].startswith("Not measured: ")


def test_what_became_known_a_month_late_is_not_counted_so_that_young_weeks_are_no_fall(store: Store) -> None:
    panel(store, {"strict": (None, "ID")})
    with store.writing() as cursor:
        # Some two of the twenty of every week in Europe come out only after forty days.
        cursor.execute(
            "UPDATE incidents SET known_at = occurred_at + INTERVAL 40 DAY"
            " WHERE country = 'DE' AND incident_id LIKE '%5'"
        )

    (found,) = effects(store).values()

    # Some two of twenty are gone in every week of Europe alike: the comparison is the same.
    assert found["ratio"] == pytest.approx(0.5, abs=0.03)
