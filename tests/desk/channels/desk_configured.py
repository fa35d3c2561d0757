"""Small configurations of channels for tests: the standard with own parts, and cases to time by them."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Any

from desk.cases.state import CaseState
from desk.channels.model import Channels
from desk.channels.reading import read_channels

OPENED = datetime(2025, 10, 31, 12)


def configured(folder: Path, own: str) -> Channels:
    """Return the standard channels with the parts that the TOML `own` replaces."""
    path = folder / "desk.toml"
    path.write_text(own, encoding="utf-8")
    return read_channels(path)


def case(case_id: str = "C-1", **parts: Any) -> CaseState:
    """Return an open high case of fraud in Europe with 100 of money at stake, other than `parts` say."""
    state = CaseState(
        case_id, 1, "account", f"A-{case_id}", ("europe",), "europe", "fraud", "high", 100_000_000, 1, OPENED
    )
    return replace(state, **parts)
