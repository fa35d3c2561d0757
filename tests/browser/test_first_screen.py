"""The first minute of a newcomer, as the tab showed it while the world of these tests was built."""

from __future__ import annotations

import re

import pytest
from building import Build

pytestmark = pytest.mark.browser


def test_the_first_screen_is_the_build_and_it_becomes_the_overview_by_itself(build: Build) -> None:
    first, last = build.headings
    assert first == "Building the demonstration"
    assert "organised-crime rings" in last.lower()
    # The address never changed: nobody clicked, and no parameter was left behind.
    assert re.fullmatch(r"http://127\.0\.0\.1:\d+/", build.url)


def test_the_build_shows_its_steps_in_order_with_real_counts(build: Build) -> None:
    titles = (
        "Write a made-up exchange",
        "Load files",
        "Enrich networks and devices",
        "Describe every event",
        "Train models",
        "Score, explain and decide",
        "Sum up for the pages",
    )
    for step in build.steps:
        places = [step.index(title) for title in titles]
        assert places == sorted(places)
    assert len(build.steps) > len(titles)
    counts = [int(n.replace(",", "")) for n in re.findall(r"([\d,]+) events", build.steps[-1])]
    # About the 30,000 that were asked for, the same number in each step that handles events.
    assert counts
    assert all(22_000 < count < 38_000 for count in counts)
