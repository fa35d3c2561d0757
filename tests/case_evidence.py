"""The evidence of a case of `opened_case.py`, with what of the store it needs."""

from __future__ import annotations

from opened_case import ANA, NOW
from small_evidence import add_features, files_of

from dashboard import owner
from dashboard.desk_records import desk_records, follow
from data.store import Store
from desk.actors import Actor
from desk.evidence.making import make, sources_of


def case_files(store: Store, case_id: str, actor: Actor = ANA) -> dict[str, bytes]:
    """Return the files of a pack that is made now."""
    add_features(store)
    follow()
    with store.cursor() as cursor:
        sources = sources_of(owner.home(), desk_records(), cursor, {})
        pack = make(sources, "case", case_id, actor, NOW)
        return files_of(sources.keeping.read(pack.name, pack.sha256))
