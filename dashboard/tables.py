"""A table on a screen: its first rows at once, its true number of rows, and the whole of it to take away.

tables.show(Asked("riskiest_accounts", {"region": "cis"}), key="riskiest",
            columns={"score": st.column_config.ProgressColumn("Score", min_value=0, max_value=1)},
            on_pick=lambda row: state.go_later("accounts", account=str(row["account_id"])))
"""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Any

import pyarrow as pa
import streamlit as st

from dashboard import ask, reader, refused
from dashboard.columns import columns as known_columns
from dashboard.facts import facts
from dashboard.formats import counted, exact
from data.export import export_query
from data.statement import Statement
from desk.actors import RightError

# What a person scrolls through; the rest is in the export, and the caption says how much that is.
ROWS_SHOWN = 500
ROW_HEIGHT = 30
# All events of a large store, as a file.
EXPORT_SECONDS = 300.0

Row = Mapping[str, object]
MIME = {"csv": "text/csv", "parquet": "application/vnd.apache.parquet"}


@dataclass(frozen=True, slots=True)
class Asked:
    """A question with its parameters: everything that a table, a drawer or an export needs.

    `made` is the statement where it is generated, else the `.sql` file of that name is asked.
    """

    name: str
    parameters: Mapping[str, object] = field(default_factory=dict)
    made: Statement | None = None

    @property
    def statement(self) -> Statement:
        """The statement behind it."""
        return self.made or ask.question(self.name)


def show(
    asked: Asked,
    *,
    key: str,
    columns: Mapping[str, Any] | None = None,
    order: Sequence[str] | None = None,
    limit: int = ROWS_SHOWN,
    height: int | None = None,
    on_pick: Callable[[Row], None] | None = None,
    alt: str | None = None,
    empty: str = "No rows for this choice. Choose another period or region.",
) -> pa.Table:
    """Draw the first `limit` rows of an answer with its export, and return those rows.

    `columns` is Streamlit's column_config, by default the one look of `dashboard.columns`. `on_pick` is
    called once when a row is clicked, in a callback: it may change the view (`state.change`) or leave the
    page (`state.go_later`). `alt` is read aloud.
    """
    try:
        shown, total = ask.first(asked.statement, limit, **asked.parameters)
    except RightError as error:
        refused.draw(error)
        return pa.table({})
    if total == 0:
        st.caption(empty)
        return shown
    pixels = min(ROW_HEIGHT * (shown.num_rows + 1) + 3, height or 420)
    look = columns or known_columns(facts().money_unit)
    options: dict[str, Any] = {"on_select": "ignore"}
    if on_pick is not None:
        options = {"on_select": lambda: _picked(key, shown, on_pick), "selection_mode": "single-cell"}
    st.dataframe(
        shown,
        key=key,
        hide_index=True,
        row_height=ROW_HEIGHT,
        height=pixels,
        placeholder="\u2013",
        # Streamlit copies the whole of what it is given, at 10 ms for all columns that there are.
        column_config={name: look[name] for name in order or shown.column_names if name in look},
        column_order=order,
        alt=alt or f"{asked.statement.sentence} {exact(total)} rows.",
        **options,
    )
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        count = (
            f"{exact(total)} {'row' if total == 1 else 'rows'}"
            if total <= limit
            else f"First {exact(limit)} of {exact(total)} rows"
        )
        st.caption(count, width="stretch")
        downloads(asked, key=key, total=total)
    return shown


def downloads(asked: Asked, *, key: str, total: int) -> None:
    """Draw the two buttons that export the whole answer, however much of it is on the screen."""
    for ending in ("csv", "parquet"):
        st.download_button(
            "CSV" if ending == "csv" else "Parquet",
            # Made in a thread that knows no session: as whoever it is drawn for.
            data=reader.bound(partial(exported, asked, ending)),
            file_name=f"{asked.name}.{ending}",
            mime=MIME[ending],
            key=f"{key}_{ending}",
            on_click="ignore",
            type="tertiary",
            icon=":material/download:",
            help=f"All {exact(total)} rows",
        )


def downloads_of(asked: Asked, *, key: str) -> None:
    """Draw, below a chart, how many rows its answer has, and their export."""
    total = ask.how_many(asked.statement, **asked.parameters)
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        st.caption(counted(total, "row"), width="stretch")
        downloads(asked, key=key, total=total)


def exported(asked: Asked, ending: str) -> bytes:
    """Return the whole answer as the bytes of a CSV or Parquet file."""
    with tempfile.TemporaryDirectory(prefix="watchfloor-") as folder:
        path = Path(folder) / f"{asked.name}.{ending}"
        with ask.cursor(asked.name, EXPORT_SECONDS, asked.statement.sql) as cursor:
            export_query(cursor, reader.worded(asked.statement.sql), dict(asked.parameters), path)
        return path.read_bytes()


def _picked(key: str, shown: pa.Table, on_pick: Callable[[Row], None]) -> None:
    # A click anywhere in the row counts, so that no column of check boxes is needed.
    chosen = st.session_state[key].selection.cells
    if chosen:
        on_pick(shown.slice(chosen[0][0], 1).to_pylist()[0])
