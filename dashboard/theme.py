"""The one look: every colour of the screens, the plotly template and the map's ramps, light and dark.

No other Python file names a colour. The colours that Streamlit itself needs are repeated in
`.streamlit/config.toml`, and a test compares the two.

    palette = theme.current()                 # of the viewer's theme, light or dark
    figure.update_layout(template=theme.template(palette.kind))
    theme.ramp(palette.diverging, share)      # rgba rows for pydeck, share in 0..1
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Literal

import numpy as np
import numpy.typing as npt
import plotly.graph_objects as go
import streamlit as st

Kind = Literal["light", "dark"]
Stops = tuple[str, ...]

FONT = "Inter, sans-serif"
# Small print inside charts and captions; a variant of the text size, not a fourth size of prose.
CHART_TEXT = 12

# Charts draw without Plotly's tool bar, and scale with their card.
CHART_CONFIG: Mapping[str, Any] = {
    "displayModeBar": False,
    "responsive": True,
    "topojsonURL": "app/static/topojson/",
}


@dataclass(frozen=True, slots=True)
class Palette:
    """All colours of one theme, as `#rrggbb`."""

    kind: Kind
    background: str
    surface: str
    border: str
    text: str
    muted: str
    accent: str
    accent_soft: str
    red: str
    amber: str
    green: str
    land: str
    categories: Stops
    sequential: Stops
    diverging: Stops

    @property
    def decisions(self) -> Mapping[str, str]:
        """The colour of each decision, from allow to freeze."""
        return {
            "allow": self.green,
            "step_up": self.muted,
            "hold": self.amber,
            "block": self.red,
            "freeze": self.red,
        }

    def change(self, value: float | None, *, less_is_better: bool) -> str:
        """Return the colour of a change: what is good for the measure is green, never a sign as such."""
        if value is None or value == 0:
            return self.muted
        return self.green if (value < 0) == less_is_better else self.red


LIGHT = Palette(
    kind="light",
    background="#ffffff",
    surface="#f4f7f8",
    border="#dbe2e7",
    text="#14202b",
    muted="#566472",
    accent="#0f766e",
    accent_soft="#d9efec",
    red="#b42318",
    amber="#b54708",
    green="#067647",
    land="#e3e9ed",
    categories=("#0f766e", "#566472", "#5b7fa6", "#8a6fb0", "#b08a4f", "#4f9d8c"),
    sequential=("#e8f4f2", "#a8d8d1", "#5fb3a9", "#1f8a80", "#0b544e"),
    diverging=("#0b6b63", "#7fc4bb", "#e3e9ed", "#eba79f", "#b42318"),
)
DARK = Palette(
    kind="dark",
    background="#0e1419",
    surface="#161e25",
    border="#28343e",
    text="#e6edf2",
    muted="#9aa8b5",
    accent="#2dd4bf",
    accent_soft="#133b39",
    red="#f97066",
    amber="#fdb022",
    green="#47cd89",
    land="#24303a",
    categories=("#2dd4bf", "#9aa8b5", "#7ea6d1", "#b39bd6", "#d3b27c", "#7cc4b4"),
    sequential=("#153a3a", "#1d5c59", "#23857d", "#2bb3a5", "#7ff0e0"),
    diverging=("#2dd4bf", "#1f766d", "#2c3944", "#96453f", "#f97066"),
)
PALETTES: Mapping[Kind, Palette] = {"light": LIGHT, "dark": DARK}


def current() -> Palette:
    """Return the palette of the theme that the viewer sees; light where Streamlit does not know."""
    return DARK if st.context.theme.type == "dark" else LIGHT


@cache
def stylesheet(kind: Kind) -> str:
    """Return the CSS of the whole product with one theme's colours as variables, in a style element."""
    declared = "".join(f"{name}:{colour};" for name, colour in variables(kind).items())
    rules = Path(__file__).with_name("look.css").read_text(encoding="utf-8")
    return f"<style>:root{{{declared}}}\n{rules}</style>"


def variables(kind: Kind) -> Mapping[str, str]:
    """Return the names and colours of one theme's CSS variables."""
    names = (
        "background",
        "surface",
        "border",
        "text",
        "muted",
        "accent",
        "accent_soft",
        "red",
        "amber",
        "green",
    )
    return {f"--wf-{name.replace('_', '-')}": getattr(PALETTES[kind], name) for name in names}


def rgba(colour: str, alpha: int = 255) -> tuple[int, int, int, int]:
    """Return `#rrggbb` as red, green, blue and alpha, 0 to 255, as pydeck wants them."""
    return (int(colour[1:3], 16), int(colour[3:5], 16), int(colour[5:7], 16), alpha)


def translucent(colour: str, share: float) -> str:
    """Return `#rrggbb` as CSS with the opacity `share`, 0 to 1, for bands and areas."""
    red, green, blue, _ = rgba(colour)
    return f"rgba({red},{green},{blue},{share:g})"


def ramp(
    stops: Stops, share: npt.ArrayLike, *, missing: str | None = None, alpha: int = 255
) -> npt.NDArray[np.uint8]:
    """Return colours on the line through `stops`: shape (n, 4), for `share` (n,) in 0..1, clipped.

    NaN takes the colour `missing`, or the middle stop.
    """
    position = np.atleast_1d(np.asarray(share, dtype=float))
    known = np.where(np.isnan(position), 0.5, np.clip(position, 0.0, 1.0))
    anchors = np.linspace(0.0, 1.0, len(stops))
    channels = np.array([rgba(stop)[:3] for stop in stops], dtype=float)
    mixed = np.stack([np.interp(known, anchors, channels[:, c]) for c in range(3)], axis=1)
    if missing is not None:
        mixed[np.isnan(position)] = rgba(missing)[:3]
    opacity = np.full((len(known), 1), alpha, dtype=float)
    rows: npt.NDArray[np.uint8] = np.rint(np.concatenate([mixed, opacity], axis=1)).astype(np.uint8)
    return rows


@cache
def template(kind: Kind) -> go.layout.Template:
    """Return the plotly template of one theme: transparent, 8 px margins, quiet grid, no title."""
    palette = PALETTES[kind]
    axis = {
        "gridcolor": palette.border,
        "linecolor": palette.border,
        "zerolinecolor": palette.border,
        "tickfont": {"color": palette.muted, "size": CHART_TEXT},
        "title": {"font": {"color": palette.muted, "size": CHART_TEXT}},
        "automargin": True,
    }
    return go.layout.Template(
        layout={
            "font": {"family": FONT, "size": CHART_TEXT, "color": palette.text},
            "paper_bgcolor": "rgba(0,0,0,0)",
            "plot_bgcolor": "rgba(0,0,0,0)",
            "colorway": list(palette.categories),
            "margin": {"l": 8, "r": 8, "t": 8, "b": 8},
            "xaxis": {**axis, "showgrid": False},
            "yaxis": axis,
            "legend": {
                "orientation": "h",
                "y": 1.0,
                "yanchor": "bottom",
                "x": 0.0,
                "font": {"color": palette.muted},
            },
            "hoverlabel": {
                "bgcolor": palette.surface,
                "bordercolor": palette.border,
                "font": {"family": FONT, "color": palette.text, "size": CHART_TEXT},
            },
            "hovermode": "closest",
            "colorscale": {
                "sequential": scale(palette.sequential),
                "diverging": scale(palette.diverging),
            },
        }
    )


def scale(stops: Stops) -> list[tuple[float, str]]:
    """Return `stops` as a plotly colour scale."""
    return [(i / (len(stops) - 1), stop) for i, stop in enumerate(stops)]
