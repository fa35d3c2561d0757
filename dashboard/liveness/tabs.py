"""The tabs of Liveness: one question each, at most seven blocks."""

from __future__ import annotations

from collections.abc import Mapping

from dashboard.liveness.attacks_tab import attacks
from dashboard.liveness.checks_tab import checks
from dashboard.liveness.errors_tab import errors
from dashboard.liveness.reuse_tab import reuse
from dashboard.liveness.scene import Tab

TABS: Mapping[str, tuple[str, Tab]] = {
    "attacks": ("Attacks", attacks),
    "errors": ("Errors", errors),
    "reuse": ("Re-used media", reuse),
    "checks": ("Checks", checks),
}
