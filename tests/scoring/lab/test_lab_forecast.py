from dataclasses import replace
from datetime import datetime, timedelta

import numpy as np
from lab_dozen import dozen, now

from scoring.lab.evidence import Evidence, Span
from scoring.lab.forecast import LEVEL, ahead_of_counts, forecast, happened
from scoring.lab.past import calendar, known_shares


def test_nine_in_ten_weeks_of_poisson_streams_lie_within_the_interval() -> None:
    rng = np.random.default_rng(7)
    held = 0
    for _ in range(150):
        stream = rng.poisson(rng.uniform(5, 60), 16).astype(np.float64)
        stream, actual = stream[:15], stream[15]
        low, high = np.quantile(ahead_of_counts(stream, np.ones(15), 1, rng)[:, 0], LEVEL)
        held += low <= actual <= high
    assert 0.86 <= held / 150 <= 0.99


def test_a_week_of_which_half_is_known_foretells_as_much_as_a_whole_one() -> None:
    rng = np.random.default_rng(7)
    count, known = np.full(12, 40.0), np.ones(12)
    count[-1], known[-1] = 20.0, 0.5
    assert abs(ahead_of_counts(count, known, 1, rng).mean() - 40.0) < 1.5


def test_a_stream_of_nothing_foretells_next_to_nothing() -> None:
    drawn = ahead_of_counts(np.zeros(10), np.ones(10), 2, np.random.default_rng(7))
    assert drawn.mean() < 0.5


def many(weeks: int) -> Evidence:
    """Return the dozen's two weeks again and again, up to `weeks`, everything known a day after."""
    part = dozen()
    copies = weeks // 2
    rows = np.tile(np.arange(len(part)), copies)
    shift = np.repeat(np.arange(copies), len(part)) * np.timedelta64(14, "D")
    found = part.taken(rows)
    until = part.span.since + timedelta(weeks=weeks)
    return replace(
        found,
        at=found.at + shift,
        told_at=found.told_at + shift,
        span=Span(part.span.since, until),
        known_at=until,
    )


def test_a_steady_past_is_foretold_around_its_mean() -> None:
    # Two weeks have 4 alerts, 2 of them on crime, and 1,750 of loss caught.
    found = forecast(many(16), now(), 2)
    assert found is not None
    assert found.starts_at == datetime(2025, 10, 27)
    assert found.weeks_seen == 16
    assert 1.5 < found.by_name["alerts"][0].value < 2.5
    assert 600 < found.by_name["loss_caught"][0].value < 1150
    assert 0.5 < found.by_name["wrongful_holds"][1].value < 1.6
    assert found.by_name["alerts"][0].low <= 1
    assert found.by_name["alerts"][0].high >= 3
    assert found.past["alerts"][-2:] == (3.0, 1.0)


def test_too_short_a_past_foretells_nothing() -> None:
    assert forecast(dozen(), now(), 2) is None


def test_what_happened_is_counted_by_week_of_the_rollout() -> None:
    found = happened(dozen(), replace(now(), hold=0.2), datetime(2025, 7, 8), 1)
    # From 8 July for a week: 2, 3, 5 and 6 are held, 7 of the 14th is not; 2 and 6 are crime.
    assert found == {"alerts": (4.0,), "loss_caught": (1050.0,), "wrongful_holds": (2.0,)}


def test_half_of_the_labels_come_on_the_first_day_and_half_on_the_tenth() -> None:
    part = many(16)
    crime = np.flatnonzero(part.crime)
    told = part.at[crime] + np.where(np.arange(len(crime)) % 2, 10, 0) * np.timedelta64(1, "D")
    told_at = part.told_at.copy()
    told_at[crime] = told
    late = replace(part, told_at=told_at).known_by(part.known_at)
    share = known_shares(late, late.crime, 16)
    # Older than ten days everything is known; in the newest week, half.
    assert share[0] == 1.0
    assert 0.35 < share[-1] < 0.6
    assert share[-2] > share[-1]


def test_a_week_with_a_payday_is_busier_and_the_next_one_too() -> None:
    # One event a day, and nine more on the 25th of each month: 25 July, 25 August, 25 September, 25 October.
    days = np.datetime64("2025-07-07", "us") + np.arange(112) * np.timedelta64(1, "D")
    paydays = [day for day in days if str(day)[8:10] == "25"]
    at = np.sort(np.concatenate([days, np.repeat(paydays, 9)]))
    past = replace(many(16).taken(np.zeros(len(at), dtype=np.int64)), at=at)
    busy = calendar(past, 16, 5)
    # The weeks of 21 July and, ahead, of 24 November hold a 25th.
    assert np.flatnonzero(busy > 1.2).tolist() == [2, 7, 11, 15, 20]
    assert busy[3] < 1
