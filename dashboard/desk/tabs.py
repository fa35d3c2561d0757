"""The tabs of the page Desk: by name a title and what draws it."""

from __future__ import annotations

from collections.abc import Callable

import dashboard.capacity.tab
import dashboard.channels.tab
import dashboard.drills.tab
from dashboard.desk import handover_tab, measures_tab, queue_tab
from dashboard.desk.scene import DeskScene

TABS: dict[str, tuple[str, Callable[[DeskScene], None]]] = {
    "queue": ("Queue", queue_tab.draw),
    "handover": ("Handover", handover_tab.draw),
    "measures": ("Measures", measures_tab.draw),
    "capacity": ("Capacity", dashboard.capacity.tab.draw),
    "channels": ("Channels", dashboard.channels.tab.draw),
    "training": ("Training", dashboard.drills.tab.draw),
}
