"""The review of the reviewed exchange: every block of it against what is worked out by hand."""

from __future__ import annotations

import ast

import pyarrow as pa
import pytest

from dashboard.facts import facts
from dashboard.questions.measures import WORLD, readings
from dashboard.questions.period import Period, shown_period
from dashboard.review import build, published
from dashboard.review.build import review_of
from dashboard.review.model import Flow, RecoveryLine, RequestLine, Review
from data.home import PROJECT_ROOT

pytestmark = pytest.mark.usefixtures("reviewed")


def period(text: str = "2025Q3", against: str | None = None) -> Period:
    return shown_period(text, facts(), against)


def review(text: str = "2025Q3", against: str | None = None) -> Review:
    return review_of(period(text, against))


@pytest.mark.parametrize(("text", "against"), [("2025Q3", "2025Q2"), ("2025Q2", "2025Q3")])
def test_the_parts_of_a_change_add_up_to_it_exactly(text: str, against: str) -> None:
    found = review(text, against).decomposition

    assert found is not None
    world = readings(period(text, against))["suspicious_actions"][WORLD]
    assert (found.before, found.after) == (world.previous, world.value)
    assert found.before + sum(part.value for part in found.parts) == found.after


def test_a_fall_that_another_model_explains_is_not_left_as_a_remainder() -> None:
    found = review().decomposition

    assert found is not None
    parts = {part.name: part.value for part in found.parts}
    # 262 before, 133 now. Each model flags as many in both quarters, fraud-b half of what fraud-a flags, so
    # of the fall by 130 in the CIS all is the model's. That they flag as many among 13,130 events as among
    # 13,260 is worth two, one more check stopped is worth one: the remainder. All events are 0.65 % fewer
    # (19,673 after 19,802) and the CIS has 0.3 % less of them: -1.3 and -0.7 of some 200.
    assert parts == {"Exposure": -1, "Regional mix": -1, "Model or policy": -130, "Remainder": 3}
    assert "one event in ten" in found.caveat


def test_a_place_that_the_sample_misses_does_not_undo_the_decomposition(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    asked = build.ask.answer

    def without_asia(name: str, **given: object) -> object:
        table = asked(name, **given)
        if name != "cross_flagged":
            return table
        return table.filter(pa.array([region == "cis" for region in table["region"].to_pylist()]))

    monkeypatch.setattr(build.ask, "answer", without_asia)
    found = build._decomposition(period(), readings(period()))

    assert found is not None
    assert [part.name for part in found.parts] == ["Exposure", "Regional mix", "Model or policy", "Remainder"]


def test_against_a_quarter_without_events_there_is_nothing_to_decompose() -> None:
    # A1's one trade of January stands in no day of the rollup.
    assert review("2025Q2", "2025Q1").decomposition is None


def test_a_fall_of_rings_is_no_reduction_of_crime_when_recall_fell() -> None:
    verdict = review().verdict

    # 40 rings, then 13; 15 of 28 crimes were flagged in Q2 and 15 of 54 in Q3: 54 and 28 %.
    assert verdict.headline == (
        "Fewer organised-crime rings were found in Q3 2025 than in Q2, but no reduction is shown"
    )
    assert verdict.word == "fewer found, recall fell"
    assert all(not is_said for is_said, _ in verdict.reasons)
    assert "recall" in " ".join(reason for _, reason in verdict.reasons).lower()


def test_a_rise_of_rings_is_said_to_be_one() -> None:
    verdict = review("2025Q2", "2025Q3").verdict

    assert verdict.word == "rise"
    assert all(is_said for is_said, _ in verdict.reasons)


def test_a_quarter_that_is_not_over_has_no_verdict_and_no_decomposition() -> None:
    found = review("2025Q4")

    why = "Q4 2025 is not over: the last event is of 31 October 2025."
    assert (found.verdict.word, found.verdict.reasons) == ("not comparable", ((False, why),))
    assert (found.decomposition, found.displacement, found.published) == (None, (), ())
    # Said once, not once a measure.
    assert why in found.notes


def test_the_audit_says_how_much_crime_was_flagged_and_whether_that_can_be_told() -> None:
    said = review().audit

    # 20 of 50 audited: 40 of 100 flagged events are crime; 2 of 100: 200 of 10,000 others.
    assert said[0].startswith(
        "150 events of Q3 2025 were drawn at random. Of all crime 17% was flagged, between "
    )
    # 40 of 240 crimes after 40 of 140: fewer by 12 points, and nowhere near enough was audited to say so.
    assert said[1].startswith("The audit is too small to tell whether recall changed: between ")


def test_an_audit_that_nobody_made_is_not_measured_yet() -> None:
    assert review("2025Q4").audit == ("Not measured yet: no random audit of this quarter was loaded.",)


def test_what_a_regional_measure_did_is_shown_with_its_leads_and_what_was_not_measured_is_left_out() -> None:
    (found,) = review().attributions

    assert (found.intervention, found.place, found.ratio, found.low, found.high) == (
        "strict", "Indonesia", 0.4, 0.3, 0.5,
    )  # fmt: skip
    assert found.leads == ((-8, 1.0, 0.8, 1.2), (-4, 1.1, 0.9, 1.3))


def test_money_flows_from_what_was_stopped_to_how_it_ended() -> None:
    # 130 held, of which 13 were confirmed; claims of 300, 40, 9 and 8.
    assert set(review().flows) == {
        Flow("Stopped", "Held", 1300),
        Flow("Held", "Released", 1170),
        Flow("Held", "Confirmed crime", 130),
        Flow("Claimed as mistaken", "Recovered", 340),
        Flow("Claimed as mistaken", "False claim", 9),
        Flow("Claimed as mistaken", "Claim still open", 8),
    }


def test_requests_are_listed_by_class_with_those_still_open() -> None:
    assert review().requests == (
        RequestLine("emergency", 1, 1, 0, 0, 0.5),
        RequestLine("freeze", 1, 1, 1, 0, 10),
        RequestLine("information", 2, 1, 0, 1, 2),
    )


def test_recoveries_are_listed_by_kind_of_mistake() -> None:
    assert review().recoveries == (
        RecoveryLine("missing_memo", 1, 0, 1, 0),
        RecoveryLine("wrong_asset", 1, 1, 0, 40),
        RecoveryLine("wrong_chain", 1, 1, 0, 300),
    )


def test_notes_say_why_a_figure_has_no_change() -> None:
    assert review().notes == (
        "Days to detect a ring: It may lie below zero, so the two quarters are set side by side, without "
        "a ratio.",
        "Money blocked: Nothing was counted in either quarter.",
        "Score drift (PSI), Liveness drift (PSI): It compares two windows itself, so it has no change of "
        "its own.",
    )


def test_every_measure_stands_in_one_section() -> None:
    named = [name for section in review().sections for name in section.measures]

    assert sorted(named) == sorted(readings(period()))


def test_public_figures_stand_beside_the_quarter_that_they_speak_of_and_no_other() -> None:
    assert len(review().published) == len(published.claims()) > 5
    for text, against in (("2025Q3", "2025Q1"), ("2025Q2", None), ("2025Q1", None), ("2025Q4", None)):
        assert review(text, against).published == (), (text, against)


def test_a_public_figure_is_measured_over_the_window_that_was_published() -> None:
    found = {line.figure: line for line in review().published}

    # The two checks that were stopped and were attacks, against 3,097.
    assert (found["deepfake_attempts"].measured, found["deepfake_attempts"].difference) == ("2", "-99.9 %")
    assert found["deepfake_change"].measured == "+0.0 %"
    # July and August: nine Tuesdays of ten deposits of 10.
    assert found["frozen"].measured == "900 USDT"
    # The fall of 36 % was of attempts against cases.
    trap = found["organised_crime_change"]
    assert "70,621 fraud attempts are set against 45,513 organised-crime cases" in trap.state
    assert trap.state.startswith("Not comparable as published")


def test_a_store_of_real_data_shows_no_public_figures(monkeypatch: pytest.MonkeyPatch) -> None:
    real = facts()
    assert real.is_synthetic
    monkeypatch.setattr(build, "facts", lambda: type(real)(**{
        name: getattr(real, name) for name in real.__slots__ if name != "is_synthetic"
    }, is_synthetic=False))  # fmt: skip

    assert build._review.__wrapped__("another version", period()).published == ()


def test_nothing_but_the_published_table_reads_the_published_figures() -> None:
    reading = []
    for room in ("data", "scoring", "desk", "dashboard", "pages"):
        for path in (PROJECT_ROOT / room).rglob("*.py"):
            tree = ast.parse(path.read_text(encoding="utf-8"))
            texts = {node.value for node in ast.walk(tree) if isinstance(node, ast.Constant)}
            modules = {node.module for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)}
            if "published.csv" in texts or "dashboard.review.published" in modules:
                reading.append(str(path.relative_to(PROJECT_ROOT)))

    assert sorted(reading) == ["dashboard/review/build.py", "dashboard/review/published.py"]
    assert not [p for room in ("data", "scoring", "dashboard") for p in (PROJECT_ROOT / room).rglob("*.sql")
                if "published" in p.read_text(encoding="utf-8")]  # fmt: skip
