"""What an action changed: the parts of before and after side by side, those that differ first."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Part:
    """One named part of a thing, as it was and as it is, in words; empty where it was not there."""

    name: str
    before: str
    after: str

    @property
    def is_changed(self) -> bool:
        """Whether the two differ."""
        return self.before != self.after


def difference(before: str | None, after: str | None) -> list[Part]:
    """Return every part of two JSON texts, those that differ first, each in the order of its name.

    A part within a part is named by both: `models.fraud-2025`. What is no JSON object is one part.
    """
    was, is_now = _parts(before), _parts(after)
    found = [Part(name, was.get(name, ""), is_now.get(name, "")) for name in sorted({*was, *is_now})]
    return sorted(found, key=lambda part: not part.is_changed)


def _parts(text: str | None) -> dict[str, str]:
    if not text:
        return {}
    try:
        said = json.loads(text)
    except ValueError:
        return {"": text}
    return _flat(said) if isinstance(said, dict) else {"": _words(said)}


def _flat(said: dict[str, Any], within: str = "") -> dict[str, str]:
    found: dict[str, str] = {}
    for name, value in said.items():
        full = f"{within}{name}"
        if isinstance(value, dict) and value:
            found |= _flat(value, f"{full}.")
        else:
            found[full] = _words(value)
    return found


def _words(value: object) -> str:
    if value is None:
        return "nothing"
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
