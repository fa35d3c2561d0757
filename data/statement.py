"""SQL that a person wrote: one statement a file, its first line a sentence that says what it answers."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path

# The statements of this room.
SQL = Path(__file__).resolve().parent / "sql"


@dataclass(frozen=True, slots=True)
class Statement:
    """One `.sql` file: its name, the sentence of its first line, and the statement itself."""

    name: str
    sentence: str
    sql: str


@cache
def read_statement(path: Path) -> Statement:
    """Read one `.sql` file. Raises ValueError when its first line is not a `-- sentence`."""
    text = path.read_text(encoding="utf-8")
    first, _, rest = text.partition("\n")
    if not first.startswith("-- ") or not rest.strip():
        raise ValueError(f"{path}: the first line must be '-- ' and a sentence, then one statement")
    return Statement(path.stem, first.removeprefix("-- ").strip(), rest.strip().rstrip(";"))
