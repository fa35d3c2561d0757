"""What Liveness and the page of one check ask, over the checks by hand (`small_liveness.py`)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path

import pytest
import small_exchange
import small_liveness
from small_exchange import insert
from small_liveness import QUARTER

from dashboard import ask, owner
from dashboard.facts import facts
from dashboard.questions import check_words, checks, clusters, liveness, liveness_errors
from dashboard.questions.checks import After, Membership
from dashboard.questions.liveness import WeekOfAttacks
from dashboard.questions.period import Period, shown_period
from dashboard.tables import Asked
from data.home import Home

pytestmark = pytest.mark.usefixtures("checked")


@pytest.fixture(scope="module")
def checked(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Home]:
    folder = Home(tmp_path_factory.mktemp("checked"))
    store = owner.become(folder).store
    small_exchange.fill(store)
    small_liveness.fill_liveness(store)
    with store.writing() as cursor:
        insert(cursor, "files", [{"file_id": 7, "path": "/loads/checks.csv", "is_synthetic": False}])
        insert(
            cursor,
            "liveness_checks",
            [
                {"event_id": "F1", "account_id": "A1", "occurred_at": AT, "file_id": 7, "media_path": "f1.avi"},
                {"event_id": "P1", "account_id": "C-1", "occurred_at": AT, "media_path": "/far/p1.avi"},
            ],
        )
    yield folder
    owner.resign()


AT = datetime(2025, 8, 1, 12)


@pytest.fixture
def period() -> Period:
    return shown_period("2025Q3", facts())


def events_of(asked: Asked) -> list[str]:
    return [str(name) for name in ask.answer(asked.name, **asked.parameters).column("event_id").to_pylist()]


def test_checks_are_counted_by_what_decided_them(period: Period) -> None:
    counts = liveness.check_counts(period, None)
    # On capture C1, C2, C3; media read for C4, P1, P2, F1 and F2; C5 had none.
    assert (counts.checks, counts.on_capture, counts.on_media, counts.no_media) == (9, 3, 5, 1)
    assert (counts.attacks, counts.stopped, counts.injections, counts.honest) == (4, 3, 2, 5)
    assert counts.without_media == pytest.approx(4 / 9)


def test_a_region_without_checks_has_no_share(period: Period) -> None:
    counts = liveness.check_counts(period, "oceania")
    assert counts.checks == 0
    assert counts.without_media is None
    assert liveness.check_latency(period, "oceania") == ()


def test_latency_is_that_of_the_road_each_check_took(period: Period) -> None:
    found = {way.way: way for way in liveness.check_latency(period, None)}
    # 10, 20, 30 and 40 ms of fingerprints; C4 took 100 more; C5 has no time.
    assert found["cheap stage only"].p50 == 25
    assert found["two stages"].p50 == 25
    assert found["always all media"].p50 == 125
    assert {way.checks for way in found.values()} == {4}
    # Between 30 and 140, 85 % of the way.
    assert found["two stages"].p95 == pytest.approx(30 + 0.85 * 110)
    assert events_of(liveness.timed_asked(period, None))[0] == "C4"


def test_attacks_are_counted_in_the_week_that_begins_on_monday(period: Period) -> None:
    found = liveness.attack_weeks(period, "south_east_asia")
    assert found == (
        WeekOfAttacks(date(2025, 7, 7), "presentation", "presentation_print", 1, 1),
        WeekOfAttacks(date(2025, 7, 14), "presentation", "presentation_print", 1, 1),
        WeekOfAttacks(date(2025, 7, 28), "injection", "injection_face_swap", 1, 1),
    )


def test_weeks_that_the_period_cuts_are_left_out(period: Period) -> None:
    asked = liveness.weeks_asked(period, None)
    # 1 April and 30 September 2025 are Tuesdays.
    assert asked.parameters["starts"] == datetime(2025, 4, 7)
    assert asked.parameters["ends"] == datetime(2025, 9, 29)


def test_the_region_with_most_attacks_comes_first(period: Period) -> None:
    asked = liveness.regions_asked(period)
    rows = ask.answer(asked.name, **asked.parameters).to_pylist()
    assert [(r["region"], r["attacks"], r["injections"]) for r in rows] == [("south_east_asia", 3, 1), ("cis", 1, 1)]
    assert rows[0]["disturbed_share"] == pytest.approx(1 / 5)
    assert rows[1]["stopped_share"] == 0
    assert rows[1]["disturbed_share"] is None


def test_the_rows_behind_the_cards_are_the_errors_themselves(period: Period) -> None:
    assert events_of(liveness.disturbed_asked(period, None)) == ["C5"]
    assert events_of(liveness.let_in_asked(period, None, "injection_face_swap")) == ["F1"]
    assert events_of(liveness.let_in_asked(period, "south_east_asia", None)) == []
    assert events_of(liveness.without_media_asked(period, None)) == ["C5", "C3", "C2", "C1"]


@pytest.mark.parametrize(
    ("chosen", "ordering", "expected"),
    [
        ({"decision": "block"}, "riskiest", ["F2", "P2", "P1"]),
        ({"decision": "block"}, "newest", ["F2", "P2", "P1"]),
        ({"species": "injection_face_swap"}, "newest", ["F2", "F1"]),
        ({"stage": "no media"}, "riskiest", ["C5"]),
        ({}, "newest", ["F2", "F1", "P2", "C5", "C4", "C3", "C2", "P1", "C1"]),
    ],
)
def test_the_list_of_checks_is_filtered_and_ordered(
    period: Period, chosen: dict[str, str], ordering: str, expected: list[str]
) -> None:
    wanted = {"decision": None, "species": None, "stage": None, **chosen}
    assert events_of(liveness.checks_asked(period, None, **wanted, ordering=ordering)) == expected


def test_errors_are_those_of_the_place_and_the_point() -> None:
    everywhere = liveness_errors.felt(QUARTER, None, "retry")
    there = liveness_errors.felt(QUARTER, "cis", "retry")
    assert everywhere is not None
    assert there is not None
    assert (everywhere.disturbed, everywhere.bona_fide, everywhere.worst_apcer) == (1, 5, 0.5)
    assert (there.bpcer, there.worst_apcer) == (None, 1.0)
    assert liveness_errors.felt(QUARTER, "oceania", "retry") is None
    assert liveness_errors.felt(date(2025, 4, 1), None, "retry") is None


def test_the_point_that_disturbs_most_is_offered_first_and_cuts_leave_out_species() -> None:
    assert liveness_errors.operating_points(QUARTER) == ["retry", "BPCER 1 %"]
    assert liveness_errors.cuts(QUARTER) == ["device", "region", "skin_tone"]


def test_the_slider_starts_where_at_most_one_in_a_hundred_is_disturbed() -> None:
    curve = liveness_errors.det_curve(QUARTER)
    offered = liveness_errors.thresholds(curve)
    assert offered == [0.1, 0.25, 0.5]
    assert liveness_errors.first_threshold(curve, offered) == 0.5
    assert liveness_errors.first_threshold((), ()) is None


def test_a_long_curve_offers_as_many_steps_as_a_slider_has_from_end_to_end() -> None:
    point = liveness_errors.det_curve(QUARTER)[0]
    fields = {name: getattr(point, name) for name in point.__dataclass_fields__}
    many = [liveness_errors.DetPoint(**{**fields, "threshold": n / 1000}) for n in range(1000)]
    offered = liveness_errors.thresholds(many)
    assert len(offered) == liveness_errors.STEPS
    assert (offered[0], offered[-1]) == (0.0, 0.999)


def test_a_threshold_between_two_points_does_what_the_lower_one_does() -> None:
    found = liveness_errors.at_threshold(liveness_errors.det_curve(QUARTER), 0.3)
    assert {(p.attack, p.threshold, p.let_in, p.disturbed) for p in found} == {
        ("all", 0.25, 1, 1),
        ("presentation", 0.25, 0, 1),
        ("injection", 0.25, 1, 1),
    }


def test_a_cluster_counts_only_what_those_moved_who_came_in(period: Period) -> None:
    (cluster,) = clusters.media_clusters(period, None)
    assert (cluster.cluster_id, cluster.accounts, cluster.came_in, cluster.checks) == ("K1", 2, 1, 2)
    # A2 moved 40, but none of its checks passed.
    assert (cluster.moved_out, cluster.stopped_out) == (250.0, 900.0)
    assert (cluster.kinds, cluster.species_seen, cluster.regions) == ("face", "face swap", "CIS, South-East Asia")


def test_a_cluster_is_found_in_each_of_its_regions_and_nowhere_else(period: Period) -> None:
    assert [one.cluster_id for one in clusters.media_clusters(period, "cis")] == ["K1"]
    assert clusters.media_clusters(period, "oceania") == ()
    assert clusters.media_clusters(shown_period("2025Q2", facts()), None) == ()


def test_a_cluster_is_drawn_where_and_when_its_checks_were_made(period: Period) -> None:
    marks = clusters.cluster_marks(clusters.media_clusters(period, None))
    assert [(mark.event_id, mark.decision) for mark in marks] == [("F1", "allow"), ("F2", "block")]
    places = clusters.cluster_countries(period, None, "K1")
    assert [(place.country, place.checks) for place in places] == [("ID", 1), ("RU", 1)]


def test_a_check_knows_its_decision_and_where_its_pictures_lie() -> None:
    swap, photo, other = checks.check("F1"), checks.check("P1"), checks.check("C1")
    assert swap is not None
    assert photo is not None
    assert other is not None
    assert (swap.decision, swap.species) == ("allow", "injection_face_swap")
    # Beside the file that was loaded, absolute, and none.
    assert swap.pictures == Path("/loads/f1.avi")
    assert photo.pictures == Path("/far/p1.avi")
    assert other.pictures is None
    assert checks.check("nobody") is None


def test_a_check_says_whose_signals_stand_for_its_own() -> None:
    found = checks.check("F2")
    assert found is not None
    assert (found.media, found.drawn_from, found.base_probability) == ("drawn", "P1", 0.05)


def test_groups_of_signals_lead_from_base_to_score_with_the_weak_ones_together() -> None:
    steps = checks.steps_by_group(checks.signals("F2"), 0.05, 0.97)
    assert [(step.label, round(step.points, 9)) for step in steps] == [
        ("Capture", -0.1),
        ("Media", 0.7),
        ("Re-use", 0.25),
        ("Weaker signals", 0.07),
    ]
    assert 0.05 + sum(step.points for step in steps) == pytest.approx(0.97)


@pytest.mark.parametrize(("check", "other"), [("F1", "F2"), ("F2", "F1")])
def test_near_duplicates_are_found_from_both_sides(check: str, other: str) -> None:
    (found,) = checks.duplicates(check)
    assert (found.event_id, found.same, found.distance) == (other, "face", 12)


def test_what_an_account_did_after_a_check_is_summed_from_its_events() -> None:
    found = checks.check("F1")
    assert found is not None
    # Four trades and a frozen withdrawal of 900 after 1 August, and the sign-in that is the last event.
    assert checks.after(found) == After(6, small_exchange.NOW, 0.0, 0.0, 900.0)
    assert events_of(checks.after_asked(found))[:2] == ["S1", "W1"]


def test_a_check_knows_the_cluster_that_it_hangs_together_with() -> None:
    assert checks.membership("F2") == Membership("K1", 2, 2, 1, 250.0, 900.0)
    assert checks.membership("C1") is None


def test_the_newest_rejected_check_is_shown_first_and_else_the_riskiest() -> None:
    assert checks.newest_rejected(None) == "L1"
    assert checks.newest_rejected("cis") == "F1"
    assert checks.newest_rejected("oceania") is None


def test_names_of_the_store_are_said_in_the_words_of_checks() -> None:
    assert check_words.decision("block") == "Reject"
    assert check_words.species_with_attack("injection_face_swap") == "Face swap (injection)"
    # A user's own species, and one without a side.
    assert check_words.species_with_attack("presentation_latex_mask") == "Latex mask (presentation)"
    assert check_words.species("mask") == "Mask"
    assert check_words.problem("truncated") == "The file is cut off or damaged."
    assert check_words.problem("odd_code") == "Its media could not be measured: odd code."
