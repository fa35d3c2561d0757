"""Replays, durations and figures on a week that can be worked by hand."""

from __future__ import annotations

from datetime import datetime, timedelta

import numpy as np
import pyarrow as pa
import pytest

from data.facts import write_fact
from data.progress import silent
from data.store import Store
from desk.capacity.again import kept_experiment
from desk.capacity.answers import OUT_OF_HOURS, Answer, answer_of
from desk.capacity.check import CHECKED, check, only
from desk.capacity.desks import CapacityError, Desk, Shift, calendar
from desk.capacity.experiment import Experiment, Graded, as_it_came, experiment_of
from desk.capacity.figures import count
from desk.capacity.grading import graded
from desk.capacity.handling import Handling, Worked, found_a_seat, handling_of, pool_of
from desk.capacity.kept import FACT, Kept, kept_of
from desk.capacity.past import COLUMNS, Past, past_of, span_of
from desk.capacity.setting import BUDGETS, NEVER, TODAY, Setting, read_staff
from desk.capacity.working import settings_of, work_out
from desk.channels.reading import standard
from scoring.lab.evidence import Span

MONDAY = datetime(2025, 7, 7)
NAN = float("nan")
# At, account, first budget, crime, value. Half past eight on Monday is in the day shift, 20:00 is not.
ROWS = (
    (MONDAY + timedelta(hours=8, minutes=30), "A1", 0, False, 0.0),
    (MONDAY + timedelta(hours=8, minutes=40), "A2", TODAY, True, 500.0),
    (MONDAY + timedelta(hours=20), "A3", TODAY, False, 0.0),
    (MONDAY + timedelta(days=1, hours=9), "A4", BUDGETS.index(2.0), False, 0.0),
    (MONDAY + timedelta(days=2, hours=9), "A5", NEVER, True, 900.0),
)
DESKS = (Desk("cis", "UTC", (Shift("day", 8, 16, 1),)),)


def past() -> Past:
    rows = [
        {
            "came_at": at, "region": "cis", "kind": "fraud", "account": account, "event": f"e{number}",
            "score": 0.5, "amount": 100.0, "event_kind": "withdrawal", "decision": "hold", "severity": "high",
            "loss": 100.0, "place": place, "crime": crime, "is_ripe": True, "value": value,
        }
        for number, (at, account, place, crime, value) in enumerate(ROWS)
    ]  # fmt: skip
    return past_of(pa.Table.from_pylist(rows), Span(MONDAY, MONDAY + timedelta(days=7)))


def grades() -> Graded:
    n = len(ROWS)
    return Graded(
        channel=np.zeros(n, np.int64),
        kind=np.zeros(n, np.int64),
        rank=np.ones(n, np.int64),
        loss=np.full(n, 100.0),
        subject=np.arange(n),
        ends=np.full((n, 4), 120.0),
        looks=np.full((n, 4), 25.0),
    )


def handling() -> Handling:
    """Every case takes 40 minutes, and nobody hesitates."""
    one = np.zeros(1, np.int64)
    return Handling(pool_of(one, one, np.array([40.0])), pool_of(one, one, np.array([0.0])))


@pytest.fixture(scope="module")
def experiment() -> Experiment:
    return as_it_came(past(), grades(), handling(), DESKS)


def answered(experiment: Experiment, setting: Setting) -> Answer:
    return answer_of(setting, count(experiment, Setting("cis")), count(experiment, setting))


def test_today_is_worked_by_hand(experiment: Experiment) -> None:
    """A1 is begun at 08:30, A2 waits half an hour for the one seat, A3 waits from 20:00 to 08:00."""
    today = answered(experiment, Setting("cis"))

    assert today.figure("cases").value == 3
    assert today.figure("cases", "day").value == 2
    assert today.figure("late_looks", "day").value == 1
    assert today.figure("late_looks", OUT_OF_HOURS).value == 1
    # A2 ends 70 minutes after it came, within two hours; A3 does not.
    assert today.figure("late_ends").value == 1
    assert today.figure("breaches").value == 2
    assert today.figure("chance").value == pytest.approx(2 / 3)
    # The seat works three times 40 minutes of 7 shifts of 8 hours.
    assert today.figure("busy", "day").value == pytest.approx(120 / (7 * 480))
    assert today.figure("wait").value == pytest.approx(30)
    assert today.change("breaches").value == 0


def test_money_and_customers_are_worked_by_hand(experiment: Experiment) -> None:
    today = answered(experiment, Setting("cis"))

    assert today.figure("missed").value == 900
    # A1 waits 40 minutes, A3 twelve hours and 40 minutes; both are innocent.
    assert today.figure("wrongful").value == 2
    assert today.figure("wrongful_hours").value == pytest.approx(40 / 60 + 12 + 40 / 60)
    assert today.figure("loss_left").value == 0


def test_one_more_seat_takes_the_breach_of_the_day_shift_away(experiment: Experiment) -> None:
    more = answered(experiment, Setting("cis", change=(("day", 1),)))

    assert more.figure("breaches", "day").value == 0
    assert more.change("breaches").value == -1
    # The one out of hours stays: nobody sits then.
    assert more.figure("breaches", OUT_OF_HOURS).value == 1


def test_nobody_at_all_loses_what_a_hold_of_three_days_kept(experiment: Experiment) -> None:
    nobody = answered(experiment, Setting("cis", change=(("day", -1),)))

    assert nobody.figure("loss_left").value == 500
    assert nobody.figure("chance").value == 1
    assert nobody.figure("busy", "day").value == 0
    assert nobody.hours[12].most == 3


def test_twice_the_budget_brings_one_more_case_and_half_of_it_takes_two_away(experiment: Experiment) -> None:
    twice = answered(experiment, Setting("cis", BUDGETS.index(2.0)))
    half = answered(experiment, Setting("cis", BUDGETS.index(0.5)))

    assert (twice.change("cases").value, twice.change("wrongful").value) == (1, 1)
    assert (half.figure("cases").value, half.figure("missed").value) == (1, 1400)


def test_the_queue_of_the_evening_waits_for_the_morning(experiment: Experiment) -> None:
    hours = answered(experiment, Setting("cis")).hours

    # One night of seven: on average a seventh of a case, the median none.
    assert hours[23].mean == pytest.approx(1 / 7)
    assert (hours[23].median, hours[10].mean) == (0, 0)


def test_the_same_seed_gives_the_same_weeks_and_settings_share_them() -> None:
    one, two = (experiment_of(past(), grades(), handling(), DESKS, seed=3, repetitions=2) for _ in range(2))

    assert answered(one, Setting("cis")).figures == answered(two, Setting("cis")).figures


def test_the_weeks_replayed_are_thirteen_whole_ones_whose_truth_is_known() -> None:
    # 31 October less 30 days is a Wednesday, 1 October; its week began on 29 September.
    span = span_of(datetime(2025, 10, 31, 23))

    assert (span.since, span.until) == (datetime(2025, 6, 30), datetime(2025, 9, 29))


def test_a_setting_is_read_back_from_its_word() -> None:
    setting = Setting("cis", change=(("late", 2), ("early", -1), ("night", 0)))

    assert setting.staff == "early-1,late+2"
    assert read_staff(setting.staff) == (("early", -1), ("late", 2))
    assert read_staff("late+x,,+1") == ()


def test_what_was_no_alert_is_graded_by_intakes_rules() -> None:
    rows = (
        past()
        .table()
        .set_column(COLUMNS.index("severity"), "severity", pa.array([None] * len(ROWS), pa.string()))
    )
    amounts = pa.array([60_000.0, 10_000.0, 2_000.0, 100.0, NAN])
    rows = rows.set_column(COLUMNS.index("amount"), "amount", amounts)
    rows = rows.set_column(COLUMNS.index("loss"), "loss", pa.array([NAN] * len(ROWS)))
    found = graded(past_of(rows, past().span), standard(), {"cis": 0})

    # Each may lose half of its amount: 30,000, 5,000, 1,000, 50; the median amount stands in: 3,000.
    assert found.rank.tolist() == [0, 1, 2, 3, 2]
    assert found.loss[4] == 3_000


def test_service_levels_in_working_hours_run_while_the_desk_is_open() -> None:
    found = graded(past(), standard(), {"cis": 0})

    # Low: 480 minutes of the desk in Almaty, 08 to 22 local, from 13:30 local on; the rest runs always.
    assert found.looks[0].tolist() == [15, 60, 240, 480]
    # 20:00 UTC is 01:00 there: it opens at 08:00, and eight hours later are 15 hours from now.
    assert found.looks[2, 3] == 15 * 60


def test_few_measured_cases_of_a_kind_take_the_durations_of_their_severity() -> None:
    kinds, ranks = np.zeros(40, np.int64), np.array([1] * 35 + [2] * 5)
    pool = pool_of(kinds, ranks, np.array([10.0] * 35 + [90.0] * 5))
    one = np.array([1.0 - 1e-9])

    assert pool.drawn(np.array([0]), np.array([1]), one)[0] == 10
    assert pool.drawn(np.array([3]), np.array([1]), one)[0] == 10
    # Five of that severity are too few: all are asked.
    assert pool.drawn(np.array([0]), np.array([2]), one)[0] == 90
    assert pool.drawn(np.array([0]), np.array([2]), one * 0.5)[0] == 10


def worked(minutes: list[int]) -> Worked:
    n = len(minutes)
    opened = np.array([MONDAY + timedelta(hours=9, minutes=at) for at in minutes], dtype="datetime64[us]")
    return Worked(
        np.zeros(n, np.int64), np.zeros(n, np.int64), np.zeros(n, np.int64),
        opened, opened + np.timedelta64(10, "m"), np.full(n, 30.0),
    )  # fmt: skip


def test_a_case_that_comes_while_the_one_seat_is_taken_says_nothing_of_the_reaction() -> None:
    found = found_a_seat(worked([0, 20, 60]), calendar(DESKS, MONDAY, 1))

    assert found.tolist() == [True, False, True]


def test_too_few_worked_cases_are_no_handling() -> None:
    calm = calendar(DESKS, MONDAY, 1)

    assert handling_of(worked(list(range(59))), calm) is None
    assert handling_of(worked(list(range(60))), calm) is not None


def test_the_settings_tried_beforehand_change_one_thing_each() -> None:
    settings = list(settings_of(DESKS))

    assert len(settings) == 1 + (len(BUDGETS) - 1) + 2
    assert [one.staff for one in settings if one.change] == ["day-1", "day+1"]


def test_a_desk_without_history_is_told_how_much_is_needed(store: Store) -> None:
    with store.writing() as cursor:
        cursor.execute("INSERT INTO spine (event_id, occurred_at) VALUES ('e', TIMESTAMP '2025-10-31 23:00')")

    with pytest.raises(CapacityError, match="Capacity needs 60 cases that somebody ended; there are 0 since"):
        work_out(store, standard(), silent)


def test_the_check_sets_what_happened_beside_what_is_foretold(store: Store) -> None:
    with store.writing() as cursor:
        cursor.execute(
            "INSERT INTO desk_cases (case_id, channel, kind, severity, opened_at, first_look_at, status) "
            "SELECT id, 'cis', 'fraud', 'high', opened::TIMESTAMP, looked::TIMESTAMP, status FROM (VALUES "
            "('C-1', '2025-07-07 08:30', '2025-07-07 10:00', 'closed'),"
            "('C-2', '2025-07-07 08:40', '2025-07-07 08:50', 'closed'),"
            "('C-3', '2025-07-08 08:40', NULL, 'lapsed')) AS t (id, opened, looked, status)"
        )
    made = as_it_came(only(past(), ["fraud"]), grades(), handling(), DESKS)
    with store.cursor() as cursor:
        found = {one.measure: one for one in check(cursor, made, standard(), ["fraud"])}

    assert tuple(found) == CHECKED
    assert (found["cases"].foretold.value, found["cases"].happened) == (3, 3)
    assert (found["unlooked"].foretold.value, found["unlooked"].happened) == (0, 1)
    # The service level of high is an hour: one of the two that were looked at was late.
    assert found["late_share"].happened == 0.5
    assert found["wait"].happened == 50
    assert found["cases"].is_held
    assert not found["unlooked"].is_held


def test_the_experiment_comes_back_from_the_store_as_it_was(store: Store) -> None:
    with store.writing() as cursor:
        cursor.register("rows_given", past().table())
        cursor.execute("INSERT INTO capacity_alerts BY NAME FROM rows_given")
        cursor.execute(
            "INSERT INTO capacity_durations SELECT n, p, 'fraud', 'high', 40 FROM "
            "(VALUES (0, 'service'), (1, 'reaction')) AS t (n, p)"
        )
    span = past().span
    kept = Kept(datetime(2025, 10, 31), "f", span)
    with store.writing() as cursor:
        write_fact(cursor, FACT, kept.text())
        assert kept_of(cursor) == kept
        made = kept_experiment(cursor, kept, standard())

    assert made.past.event.tolist() == ["e0", "e1", "e2", "e3", "e4"]
    assert made.past.table().equals(past().table())
    assert made.drawn[0].came.service[:1].tolist() == [40]
