"""The written empty state of Models and policy: what it needs, and what to do."""

from __future__ import annotations

import streamlit as st


def draw() -> None:
    """Draw what a store without transactions and sign-ins lacks."""
    st.markdown(
        "Areas, their models and their policy are those of the fraud model, which scores transactions and "
        "sign-ins. Load some (`watchfloor load`, tables `transactions` and `logins`), then run `watchfloor "
        "train` and `watchfloor score`. How identity checks are decided stands on the page Liveness."
    )
