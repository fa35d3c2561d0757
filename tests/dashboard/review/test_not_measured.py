"""What the review says of a store where no records were loaded: not measured, never zero."""

from __future__ import annotations

import pytest

from dashboard.facts import facts
from dashboard.measures.declared import MEASURES
from dashboard.questions.measures import WORLD, readings
from dashboard.questions.period import shown_period
from dashboard.review.build import review_of

pytestmark = pytest.mark.usefixtures("exchange")
NEEDY = [measure for measure in MEASURES if measure.needs]


def test_a_measure_of_records_that_were_not_loaded_is_not_measured_yet() -> None:
    found = readings(shown_period("2025Q3", facts()))

    assert {measure.needs for measure in NEEDY} == {"requests", "recoveries", "appeals", "cases"}
    for measure in NEEDY:
        reading = found[measure.name][WORLD]
        assert not reading.is_measured
        assert reading.refusal == f"Not measured yet: no file of {measure.needs} was loaded."
        assert reading.change is None


def test_a_measure_of_events_is_measured_without_any_record() -> None:
    found = readings(shown_period("2025Q3", facts()))

    assert all(found[m.name][WORLD].is_measured for m in MEASURES if not m.needs)


def test_the_review_says_each_reason_once() -> None:
    review = review_of(shown_period("2025Q3", facts()))

    requests = [note for note in review.notes if note.endswith("no file of requests was loaded.")]
    assert requests == [
        "Requests answered, Freeze orders executed, Hours to answer: "
        "Not measured yet: no file of requests was loaded."
    ]
    assert review.audit == ("Not measured yet: no random audit of this quarter was loaded.",)
    assert (review.attributions, review.requests, review.recoveries, review.published) == ((), (), (), ())


def test_the_decomposition_without_cross_scores_says_that_the_model_is_in_the_remainder() -> None:
    found = review_of(shown_period("2025Q3", facts())).decomposition

    assert found is not None
    assert [part.name for part in found.parts] == [
        "Exposure",
        "Regional mix",
        "Remainder, model or policy in it",
    ]
    assert (found.before, found.after) == (260, 130)
    assert sum(part.value for part in found.parts) == -130


def test_the_verdict_of_a_fall_is_no_reduction_while_recall_is_not_known() -> None:
    verdict = review_of(shown_period("2025Q3", facts())).verdict

    assert verdict.headline.startswith("Fewer organised-crime rings were found in Q3 2025 than in Q2")
    # The word is withheld, each reason does not hold.
    assert verdict.word == "no change shown"
    assert verdict.reasons[0] == (
        False,
        "Recall was not measured in both windows, so a fall may be crime that went unseen.",
    )
    assert not any(is_said for is_said, _ in verdict.reasons)
