"""Where generated things lie: one folder a store, below `var/` or `WATCHFLOOR_HOME`."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

PROJECT_ROOT = Path(__file__).resolve().parent.parent


@dataclass(frozen=True, slots=True)
class Home:
    """The folder of one store with its models and, for a demonstration, its files and truth."""

    path: Path

    @property
    def store_path(self) -> Path:
        """The DuckDB file."""
        return self.path / "watchfloor.duckdb"

    @property
    def desk_path(self) -> Path:
        """What people did, in SQLite."""
        return self.path / "desk.sqlite"

    @property
    def models(self) -> Path:
        """Model artefacts, one file each."""
        return self.path / "models"

    @property
    def events(self) -> Path:
        """The files of a demonstration world, loaded through the same door as a user's."""
        return self.path / "events"

    @property
    def truth(self) -> Path:
        """What really happened in a demonstration world; read by benchmarks only."""
        return self.path / "truth"


def root() -> Path:
    """Answer the folder of all generated things: `WATCHFLOOR_HOME`, or `var/` in the project."""
    chosen = os.environ.get("WATCHFLOOR_HOME")
    return Path(chosen).expanduser().resolve() if chosen else PROJECT_ROOT / "var"


def own_home() -> Home:
    """Answer the home of the user's own data."""
    return Home(root() / "store")


def demo_home() -> Home:
    """Answer the home of the demonstration world, which never mixes with the user's."""
    return Home(root() / "demo")
