"""The one drawer behind every number: what it means, the rows it counts, the SQL, and all of it to export.

figure = Figure("USDT frozen", "4.97M", "4,967,123.5 USDT", "Value of money held or frozen in the quarter.",
                Asked("freezes_in_period", {"since": a, "until": b}))
drawer.number(figure, key="frozen")          # the number itself, to click
drawer.button(figure, key="frozen_rows")     # or a quiet "Rows" button beside it
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import streamlit as st

from dashboard import tables
from dashboard.formats import literal
from dashboard.tables import Asked


@dataclass(frozen=True, slots=True)
class Figure:
    """A number as it is shown, in full, in words, and the rows that it is made of.

    `caveats` are sentences on method, freshness and what the number does not say. `columns` is Streamlit's
    column_config for the rows.
    """

    title: str
    shown: str
    exact: str
    definition: str
    rows: Asked
    caveats: tuple[str, ...] = ()
    columns: Mapping[str, Any] = field(default_factory=dict)


def number(figure: Figure, *, key: str) -> None:
    """Draw the number at the size of a figure; a click opens its drawer."""
    if st.button(
        figure.shown, key=f"figure_{key}", type="tertiary", help=f"{figure.exact}. Click for its rows"
    ):
        show(figure)


def button(figure: Figure, *, key: str, label: str = "Rows") -> None:
    """Draw a quiet button that opens the drawer."""
    if st.button(
        label, key=f"drawer_{key}", type="tertiary", icon=":material/table_rows:", help=figure.title
    ):
        show(figure)


def show(figure: Figure) -> None:
    """Open the drawer of `figure`; one is open at a time."""
    st.dialog(figure.title, width="large", position="right")(lambda: _content(figure))()


def _content(figure: Figure) -> None:
    with st.container(key="drawer", gap="small"):
        st.markdown(f"**{figure.exact}**")
        st.markdown(figure.definition)
        tables.show(figure.rows, key="drawer_rows", columns=figure.columns, height=420)
        for caveat in figure.caveats:
            st.caption(caveat)
        with st.expander("SQL"):
            st.code(figure.rows.statement.sql, language="sql")
            if figure.rows.parameters:
                st.caption(
                    ", ".join(literal(f"${name} = {value}") for name, value in figure.rows.parameters.items())
                )
