"""The tabs of the page Requests: by name a title and what draws it."""

from __future__ import annotations

from collections.abc import Callable

from dashboard.desk.scene import DeskScene
from dashboard.requests import queue_tab, request_tab, transparency_tab

TABS: dict[str, tuple[str, Callable[[DeskScene], None]]] = {
    "queue": ("Queue", queue_tab.draw),
    "request": ("Request", request_tab.draw),
    "transparency": ("Transparency", transparency_tab.draw),
}
