"""What was worked out of capacity last: from which events, by which configuration, over which weeks."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime

import duckdb

from data.facts import read_fact
from scoring.lab.evidence import Span

FACT = "capacity"


@dataclass(frozen=True, slots=True)
class Kept:
    """What was worked out: up to which event, by which configuration of channels, over which weeks."""

    watermark: datetime
    fingerprint: str
    span: Span

    def text(self) -> str:
        """Write it as the store keeps it."""
        return json.dumps(
            {
                "watermark": self.watermark.isoformat(),
                "fingerprint": self.fingerprint,
                "since": self.span.since.isoformat(),
                "until": self.span.until.isoformat(),
            }
        )


def kept_of(cursor: duckdb.DuckDBPyConnection) -> Kept | None:
    """Answer what was worked out last; None where nothing was."""
    text = read_fact(cursor, FACT)
    if text is None:
        return None
    told = json.loads(text)
    since, until, watermark = (datetime.fromisoformat(told[name]) for name in ("since", "until", "watermark"))
    return Kept(watermark, told["fingerprint"], Span(since, until))
