"""A mapping says what a user's files hold: which column of which file is which column of the contract.

It is a small TOML file; `watchfloor map FILES` proposes one, and `docs/examples/` has two that work.
"""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

from data.errors import MappingError
from data.mapping_rules import mapping_from_document
from data.mapping_types import ColumnSource, Mapping, TableMapping
from data.propose import propose_mapping

__all__ = ["ColumnSource", "Mapping", "TableMapping", "parse_mapping", "propose_mapping", "read_mapping"]


def read_mapping(path: Path) -> Mapping:
    """Read and check the mapping file at `path`. Raises MappingError with what is wrong and possible."""
    try:
        text = path.read_text(encoding="utf-8")
    except FileNotFoundError as error:
        raise MappingError(
            "There is no such mapping file.",
            where=str(path),
            to_do="Give the path of a mapping, or let `watchfloor map FILES` propose one.",
        ) from error
    except OSError as error:
        raise MappingError(
            f"The mapping file cannot be read: {error.strerror}.",
            where=str(path),
            possible="a TOML file",
            to_do="Give the path of a mapping, or let `watchfloor map FILES` propose one.",
        ) from error
    except UnicodeDecodeError as error:
        raise MappingError(
            f"The mapping is not UTF-8: byte {error.start} cannot be read.",
            where=str(path),
            possible="TOML is always UTF-8",
            to_do="Save the file as UTF-8.",
        ) from error
    return parse_mapping(text, where=str(path))


def parse_mapping(text: str, *, where: str = "the mapping") -> Mapping:
    """Parse and check the TOML `text`; `where` names it in errors. Raises MappingError."""
    try:
        document: dict[str, Any] = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise MappingError(
            f"The mapping is not TOML: {error}.",
            where=where,
            possible='lines such as account_id = "customer", below [[table]] and [table.columns]',
            to_do="Correct that line; docs/examples/ has mappings that work.",
        ) from error
    return mapping_from_document(document, where)
