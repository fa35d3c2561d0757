"""Values that generated SQL needs, passed beside it and never inside it."""

from __future__ import annotations

import re
from typing import Any


class Parameters:
    """A growing set of named parameters; `add` answers the placeholder that stands for the value."""

    def __init__(self, values: dict[str, Any] | None = None) -> None:
        self.values: dict[str, Any] = dict(values or {})

    def add(self, value: Any) -> str:
        """Keep `value` and return its placeholder; the same text keeps one placeholder."""
        for name, known in self.values.items():
            if isinstance(value, str) and isinstance(known, str) and known == value:
                return f"${name}"
        name = f"v{len(self.values)}"
        self.values[name] = value
        return f"${name}"

    def used_in(self, sql: str) -> dict[str, Any]:
        """Return the values whose placeholder stands in `sql`; DuckDB refuses any other."""
        named = set(re.findall(r"\$(\w+)", sql))
        return {name: value for name, value in self.values.items() if name in named}

    def text(self, value: str) -> str:
        """Keep a text and return its placeholder, typed, so that DuckDB never guesses."""
        return f"CAST({self.add(value)} AS VARCHAR)"
