"""From a line of the log to the page of what it is about."""

from __future__ import annotations

from collections.abc import Mapping

# Kind of object in the log: the page, and what of the address names the thing.
PAGES: Mapping[str, tuple[str, str]] = {
    "case": ("case", "case"),
    "account": ("accounts", "account"),
    "event": ("explanations", "event"),
    "check": ("check", "check"),
    "ring": ("ring", "ring"),
    "freeze": ("freezes", "freeze"),
    "request": ("requests", "request"),
    "claim": ("freezes", "claim"),
    "recovery": ("freezes", "claim"),
    "model": ("models", "version"),
    "drill": ("desk", "drill"),
}
# Dangerous actions are kinds too, in the lines of their approvals: what they are about.
_OF_ACTIONS: Mapping[str, str] = {
    "freeze": "freeze",
    "release": "freeze",
    "seize": "freeze",
    "promote_model": "model",
    "disclose": "request",
    "recover": "claim",
    "erase": "account",
}


def page_of(kind: str, object_id: str) -> tuple[str, dict[str, str]] | None:
    """Return the page of a thing and what its address says; None where it has no page of its own."""
    found = PAGES.get(_OF_ACTIONS.get(kind, kind))
    return None if found is None or not object_id else (found[0], {found[1]: object_id})
