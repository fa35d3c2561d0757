"""`python -m benchmarks NAME` runs one benchmark, `all` runs every one."""

from __future__ import annotations

import importlib
import sys
from pathlib import Path

_NOT_BARS = {"__init__", "__main__", "results", "screenshots", "events"}


def names() -> list[str]:
    """Return the names of all benchmarks: the modules here that have a `main`."""
    return sorted(p.stem for p in Path(__file__).parent.glob("*.py") if p.stem not in _NOT_BARS)


def main() -> None:
    """Run the benchmark named on the command line, or all. Raises SystemExit on an unknown name."""
    chosen = sys.argv[1] if len(sys.argv) > 1 else "all"
    if chosen != "all" and chosen not in names():
        raise SystemExit(f"no benchmark {chosen!r}; there are {', '.join(names())}, or all")
    for name in names() if chosen == "all" else [chosen]:
        importlib.import_module(f"benchmarks.{name}").main()


if __name__ == "__main__":
    main()
