"""Take `review` for the review by hand of `small_review.py`; it needs no store."""

from __future__ import annotations

import pytest
from small_review import small_review

from dashboard.review.model import Review


@pytest.fixture
def review() -> Review:
    return small_review()
