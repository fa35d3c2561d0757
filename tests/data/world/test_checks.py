from __future__ import annotations

import duckdb
import pytest


def _rows(events: duckdb.DuckDBPyConnection, sql: str) -> list[tuple[float, ...]]:
    return events.execute(sql).fetchall()


def test_attacks_are_about_a_seventh_of_identity_checks_and_of_six_species(
    events: duckdb.DuckDBPyConnection,
) -> None:
    ((share, species),) = _rows(
        events, "SELECT avg(is_attack::INT), count(DISTINCT species) FROM true_checks"
    )
    assert 0.1 < share < 0.2
    assert species == 6


@pytest.mark.parametrize(
    "signal", ["frame_jitter_ms", "sensor_noise", "prompt_delay_ms", "media_score", "duration_seconds"]
)
def test_no_capture_signal_separates_attacks_by_itself(
    events: duckdb.DuckDBPyConnection, signal: str
) -> None:
    values = events.execute("FROM checks JOIN true_checks USING (event_id)").df()
    known = values[values[signal].notna()]
    ranks = known[signal].rank()
    fakes = known["is_attack"].sum()
    area = (ranks[known["is_attack"]].sum() - fakes * (fakes + 1) / 2) / (fakes * (len(known) - fakes))
    assert 0.2 < area < 0.85


def test_honest_people_have_virtual_cameras_too_and_sensors_are_missing(
    events: duckdb.DuckDBPyConnection,
) -> None:
    ((honest, blind, silent),) = _rows(
        events,
        "SELECT count(*) FILTER (is_virtual_camera AND NOT is_attack), "
        "count(*) FILTER (gyro_motion IS NULL), "
        "count(*) FILTER (media_score IS NULL) FROM checks JOIN true_checks USING (event_id)",
    )
    assert honest > 0
    assert blind > 0
    assert silent > 0


def test_every_new_account_is_checked_when_it_is_opened(events: duckdb.DuckDBPyConnection) -> None:
    ((missing,),) = _rows(
        events,
        "SELECT count(*) FROM accounts a "
        "WHERE a.opened_at BETWEEN '2025-01-01' AND '2025-10-29' AND NOT EXISTS "
        "(FROM checks c WHERE c.account_id = a.account_id AND c.purpose = 'onboarding')",
    )
    assert missing == 0
