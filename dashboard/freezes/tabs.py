"""The tabs of the page Freezes: by name a title and what draws it."""

from __future__ import annotations

from collections.abc import Callable

import dashboard.recoveries.tab
from dashboard.desk.scene import DeskScene
from dashboard.freezes import account_tab, approvals_tab, open_tab, totals_tab

TABS: dict[str, tuple[str, Callable[[DeskScene], None]]] = {
    "totals": ("Totals", totals_tab.draw),
    "open": ("Open freezes", open_tab.draw),
    "approvals": ("Approvals", approvals_tab.draw),
    "account": ("Account", account_tab.draw),
    "recoveries": ("Recoveries", dashboard.recoveries.tab.draw),
}
