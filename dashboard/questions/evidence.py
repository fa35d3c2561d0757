"""What the tab Evidence of the page Audit asks: the packs, who held one, and which one has a hash."""

from __future__ import annotations

from dashboard import ask
from dashboard.tables import Asked

PACKS = Asked("evidence_packs")


def custody(pack_id: str) -> Asked:
    """Return the question of who held a pack."""
    return Asked("custody_of_pack", {"pack_id": pack_id})


def known_pack(sha256: str) -> str | None:
    """Return the id of the pack that has this hash; None where none was made here that may be known of."""
    found = ask.value("pack_by_hash", sha256=sha256)
    return None if found is None else str(found)


def packs_of(kind: str, object_id: str) -> list[str]:
    """Return the ids of the packs of an object that may be known of, the newest first."""
    found = ask.answer("packs_of_object", kind=kind, object_id=object_id)
    return [str(one) for one in found.column("pack_id").to_pylist()]
