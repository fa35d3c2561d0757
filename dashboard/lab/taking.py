"""The whole result as a file: totals, weeks, the front and the forecast, one row a figure."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator

from dashboard.lab.scene import LabScene
from dashboard.questions.lab import Found

HEAD = ("part", "of", "figure", "present", "draft", "difference", "low", "high")


def as_csv(scene: LabScene, answer: Found) -> bytes:
    """Return the whole result as CSV, numbers in full; intervals are of the difference or the forecast."""
    text = io.StringIO()
    written = csv.writer(text, lineterminator="\n")
    written.writerow(HEAD)
    written.writerows(_rows(scene, answer))
    return text.getvalue().encode()


def _rows(scene: LabScene, answer: Found) -> Iterator[tuple[object, ...]]:
    tested = answer.backtest
    yield (
        "trial",
        scene.trial.area,
        scene.trial.words,
        scene.present.text(),
        answer.draft.text(),
        "",
        "",
        "",
    )
    for name, one in tested.totals.items():
        gap = one.difference
        yield ("total", scene.trial.words, name, one.present, one.draft, gap.value, gap.low, gap.high)
    for name, weeks in tested.weekly.items():
        for week, one in zip(tested.weeks, weeks, strict=True):
            gap = one.difference
            yield ("week", week.date(), name, one.present, one.draft, gap.value, gap.low, gap.high)
    for figure, now, then in (
        ("service_level", tested.present_desk.service_level, tested.draft_desk.service_level),
        ("shifts_over_capacity", tested.present_desk.over, tested.draft_desk.over),
    ):
        yield ("desk", scene.trial.words, figure, now, then, then - now, "", "")
    for point in answer.points:
        for name in ("alerts", "loss_caught", "loss_stopped", "wrongful_holds", "disturbed"):
            yield ("front", point.name, name, "", getattr(point, name), "", "", "")
    if answer.forecast is not None:
        for name, foretold in answer.forecast.by_name.items():
            for place, told in enumerate(foretold):
                yield ("forecast", place + 1, name, "", told.value, "", told.low, told.high)
