from __future__ import annotations

import re
import tomllib

import numpy as np
import pytest

from dashboard import theme
from dashboard.theme import DARK, LIGHT, PALETTES, Palette
from data.home import PROJECT_ROOT


def luminance(colour: str) -> float:
    """Relative luminance by WCAG 2.2."""
    channels = [value / 255 for value in theme.rgba(colour)[:3]]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def test_white_on_black_has_the_contrast_that_the_standard_names() -> None:
    assert contrast("#ffffff", "#000000") == pytest.approx(21.0)


@pytest.mark.parametrize("palette", PALETTES.values(), ids=PALETTES.keys())
@pytest.mark.parametrize("ink", ["text", "muted", "accent", "red", "amber", "green"])
def test_every_ink_is_readable_on_background_and_surface(palette: Palette, ink: str) -> None:
    for ground in (palette.background, palette.surface):
        assert contrast(getattr(palette, ink), ground) >= 4.5


@pytest.mark.parametrize("palette", PALETTES.values(), ids=PALETTES.keys())
def test_streamlits_own_colours_are_those_of_the_palette(palette: Palette) -> None:
    config = tomllib.loads((PROJECT_ROOT / ".streamlit" / "config.toml").read_text(encoding="utf-8"))
    told = config["theme"][palette.kind]
    assert told["backgroundColor"] == palette.background
    assert told["secondaryBackgroundColor"] == palette.surface
    assert told["textColor"] == palette.text
    assert told["linkColor"] == palette.accent
    assert told["borderColor"] == palette.border
    assert told["redColor"] == palette.red
    assert told["greenColor"] == palette.green
    assert told["orangeColor"] == palette.amber
    assert tuple(told["chartCategoricalColors"]) == palette.categories


def test_the_stylesheet_takes_every_colour_from_the_palette() -> None:
    rules = (PROJECT_ROOT / "dashboard" / "look.css").read_text(encoding="utf-8")
    assert not re.search(r"#[0-9a-fA-F]{3,8}\b(?![^{]*\{)", re.sub(r"/\*.*?\*/", "", rules, flags=re.DOTALL))
    used = set(re.findall(r"var\((--wf-[a-z-]+)\)", rules))
    assert used
    for kind in PALETTES:
        assert used <= set(re.findall(r"(--wf-[a-z-]+):", theme.stylesheet(kind)))


def test_a_ramp_goes_from_its_first_stop_to_its_last_and_halves_between() -> None:
    rows = theme.ramp(("#000000", "#ffffff"), [0.0, 0.5, 1.0, 7.0])
    assert rows.tolist() == [[0, 0, 0, 255], [128, 128, 128, 255], [255, 255, 255, 255], [255, 255, 255, 255]]


def test_what_is_not_known_takes_its_own_colour_on_a_ramp() -> None:
    rows = theme.ramp(("#000000", "#ffffff"), [np.nan], missing="#0a0b0c", alpha=100)
    assert rows.tolist() == [[10, 11, 12, 100]]


def test_a_fall_is_green_where_less_is_better_and_red_where_it_is_not() -> None:
    assert LIGHT.change(-0.3, less_is_better=True) == LIGHT.green
    assert LIGHT.change(-0.3, less_is_better=False) == LIGHT.red
    assert DARK.change(0.0, less_is_better=True) == DARK.muted
    assert DARK.change(None, less_is_better=True) == DARK.muted


def test_charts_have_margins_of_eight_pixels_and_no_tool_bar() -> None:
    for kind in PALETTES:
        margin = theme.template(kind).layout.margin
        assert (margin.l, margin.r, margin.t, margin.b) == (8, 8, 8, 8)
    assert theme.CHART_CONFIG["displayModeBar"] is False
