"""Who looks: instants are written in the zone of the viewer's browser."""

from __future__ import annotations

from datetime import datetime

import streamlit as st

from dashboard.formats import local_time


def local(instant: datetime | None) -> str:
    """Write a naive UTC instant in the viewer's zone and name it; that it is not known for None."""
    return local_time(instant, st.context.timezone)
