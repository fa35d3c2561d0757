"""How a measurement is kept: one JSON a bar, with its baseline, seed, commit and machine."""

from __future__ import annotations

import json
import os
import platform
import subprocess
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime
from pathlib import Path

import psutil

RESULTS = Path(__file__).parent / "results"


@dataclass(frozen=True, slots=True)
class Figure:
    """One measured figure with its unit, its 95 % interval where it has one, and the baseline beside it."""

    name: str
    value: float
    unit: str
    low: float | None = None
    high: float | None = None
    baseline: float | None = None
    baseline_name: str = ""

    @property
    def ratio(self) -> float | None:
        """The figure over its baseline."""
        return self.value / self.baseline if self.baseline else None


@dataclass(frozen=True, slots=True)
class Result:
    """What one benchmark found."""

    area: str
    bar: str
    question: str
    figures: tuple[Figure, ...]
    seed: int
    notes: tuple[str, ...] = field(default=())

    def write(self) -> Path:
        """Write `benchmarks/results/<area>-<bar>.json` and print the figures."""
        path = RESULTS / f"{self.area}-{self.bar}.json"
        path.parent.mkdir(exist_ok=True)
        content = {
            "question": self.question,
            "figures": [asdict(f) | {"ratio": f.ratio} for f in self.figures],
            "notes": self.notes,
            "seed": self.seed,
            "commit": _commit(),
            "measured_at": datetime.now(UTC).isoformat(timespec="seconds"),
            "machine": _machine(),
        }
        path.write_text(json.dumps(content, indent=1) + "\n", encoding="utf-8")
        _show(self)
        return path


def datasets() -> Path:
    """Return the folder of real data, `WATCHFLOOR_DATASETS` or `../shared/datasets`; it may be absent."""
    return Path(os.environ.get("WATCHFLOOR_DATASETS", Path(__file__).parents[2] / "shared" / "datasets"))


def _commit() -> str:
    answer = subprocess.run(
        ["git", "rev-parse", "--short", "HEAD"],
        capture_output=True,
        text=True,
        check=False,
        cwd=RESULTS.parent,
    )
    return answer.stdout.strip() or "unknown"


def _machine() -> dict[str, str | int]:
    return {
        "cores": os.cpu_count() or 0,
        "memory_gib": round(psutil.virtual_memory().total / 2**30),
        "python": platform.python_version(),
        "system": platform.platform(),
    }


def _show(result: Result) -> None:
    print(f"\n{result.area}-{result.bar}: {result.question}")
    for f in result.figures:
        interval = f" [{f.low:.4g}, {f.high:.4g}]" if f.low is not None and f.high is not None else ""
        beside = f"  against {f.baseline:.4g} {f.baseline_name} (ratio {f.ratio:.3g})" if f.baseline else ""
        print(f"  {f.name}: {f.value:.4g} {f.unit}{interval}{beside}")
    for note in result.notes:
        print(f"  note: {note}")
