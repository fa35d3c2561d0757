"""`python -m benchmarks NAME` runs one benchmark, `all` runs every one."""

from __future__ import annotations

import importlib
import sys
from pathlib import Path

# Measures nothing: it writes the README's pictures.
_NOT_BARS = {"__main__", "screenshots"}


def names() -> list[str]:
    """Return the names of all benchmarks: the modules here that have a `main`."""
    modules = [path for path in Path(__file__).parent.glob("*.py") if path.stem not in _NOT_BARS]
    return sorted(path.stem for path in modules if "\ndef main()" in path.read_text(encoding="utf-8"))


def main() -> None:
    """Run the benchmark named on the command line, or all. Raises SystemExit on an unknown name."""
    chosen = sys.argv[1] if len(sys.argv) > 1 else "all"
    if chosen != "all" and chosen not in names():
        raise SystemExit(f"no benchmark {chosen!r}; there are {', '.join(names())}, or all")
    for name in names() if chosen == "all" else [chosen]:
        importlib.import_module(f"benchmarks.{name}").main()


if __name__ == "__main__":
    main()
