"""The tabs of the page Audit: by name a title and what draws it."""

from __future__ import annotations

from collections.abc import Callable

from dashboard.audit import administration_tab, evidence_tab, log_tab, proof_tab
from dashboard.desk.scene import DeskScene

TABS: dict[str, tuple[str, Callable[[DeskScene], None]]] = {
    "log": ("Log", log_tab.draw),
    "proof": ("Proof", proof_tab.draw),
    "evidence": ("Evidence", evidence_tab.draw),
    "administration": ("Administration", administration_tab.draw),
}
