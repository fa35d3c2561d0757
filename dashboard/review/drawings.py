"""The pictures of the report as SVG, drawn from values: waterfall, weeks by region, flow, pre-trend.

A colour is one of the theme's CSS variables (`fill:var(--wf-accent)`), so that one picture serves the HTML
in both themes; `coloured` writes the colours of one theme in, for paper. Lengths are pixels.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from html import escape

from dashboard.cards import COLOURS, TIMES, Tone
from dashboard.formats import compact, exact
from dashboard.review.figures import signed
from dashboard.review.model import Attribution, Decomposition, Flow

WIDTH = 720
ROW = 30
# Room for the names on the left of a picture with rows.
NAMES = 200
TEXT = 12
PANEL_HEIGHT = 118
GAP = 14
# More beside each other have no room for a region's name.
MOST_PANELS = 5


@dataclass(frozen=True, slots=True)
class Panel:
    """One region in the row of small pictures: its weeks, its number and what became of it."""

    name: str
    weeks: tuple[tuple[date, float], ...]
    shown: str
    change: str
    tone: Tone


def coloured(svg: str, colours: Mapping[str, str]) -> str:
    """Return a picture with the colours of one theme written in, for readers without CSS."""
    return re.sub(r"var\((--wf-[a-z-]+)\)", lambda found: colours[found.group(1)], svg)


def waterfall(whole: Decomposition, base: str, now: str) -> str:
    """Draw how the parts lead from the number before to the number now; parts add up."""
    steps = [(base, 0.0, whole.before, exact(round(whole.before)), "accent")]
    level = whole.before
    for part in whole.parts:
        # A part is neither good nor bad: more detections may be better detection.
        steps.append((part.name, level, level + part.value, signed(part.value), "muted"))
        level += part.value
    steps.append((now, 0.0, whole.after, exact(round(whole.after)), "accent"))
    floor = axis_start(whole)
    top = max(max(first, last) for _, first, last, _, _ in steps) or 1.0
    scale = (WIDTH - NAMES - 70) / max(top - floor, 1e-9)
    body = "".join(_step(place, step, floor, scale) for place, step in enumerate(steps))
    begins = f"The axis begins at {exact(floor)}." if floor else ""
    return _svg(
        WIDTH,
        ROW * len(steps) + (16 if floor else 0),
        body + _text(NAMES, ROW * len(steps) + 10, begins, "muted"),
    )


def axis_start(whole: Decomposition) -> float:
    """Return where the axis of a waterfall begins: at zero, or nearer where the parts would be slivers."""
    levels, level = [whole.before], whole.before
    for part in whole.parts:
        level += part.value
        levels.append(level)
    spread = max(levels) - min(levels)
    if min(levels) < 3 * spread or spread == 0:
        return 0.0
    step = 10.0 ** (len(f"{spread:.0f}") - 1)
    return step * ((min(levels) - spread) // step)


def panels(found: Sequence[Panel], split: date) -> str:
    """Draw one small picture a region, all on one scale of time and each on its own of height.

    The dotted line is `split`, where the period starts; the weeks before it are grey.
    """
    columns = min(len(found), MOST_PANELS)
    width = (WIDTH - GAP * (columns - 1)) / columns
    rows = -(-len(found) // columns)
    body = "".join(
        f'<g transform="translate({(width + GAP) * (i % columns):.1f},'
        f'{(PANEL_HEIGHT + GAP) * (i // columns)})">{_panel(panel, split, width)}</g>'
        for i, panel in enumerate(found)
    )
    return _svg(WIDTH, rows * PANEL_HEIGHT + (rows - 1) * GAP, body)


def sparkline(values: Sequence[float], tone: Tone, width: int = 150, height: int = 30) -> str:
    """Draw a line through `values`, from zero to the largest."""
    colour = "var(--wf-accent)" if tone == "quiet" else COLOURS[tone]
    return _svg(width, height, _line(values, width, height, colour) if len(values) > 1 else "")


def weeks(panel: Panel, split: date, width: int = 220, height: int = 72) -> str:
    """Draw the weeks of one panel without words: what lies before `split` stands on a shade."""
    drawn = _weeks(panel.weeks, split, width, height) if len(panel.weeks) > 1 else ""
    stretched = '<svg preserveAspectRatio="none" '
    return _svg(width, height, drawn).replace("<svg ", stretched, 1)


def flow(flows: Sequence[Flow], unit: str) -> str:
    """Draw money going from state to state, from left to right; every band is as high as its amount."""
    height = 200.0
    depth = _depths(flows)
    size = {name: _amount(flows, name) for name in depth}
    layers = [[name for name in depth if depth[name] == level] for level in range(max(depth.values()) + 1)]
    most = max(sum(size[name] for name in layer) for layer in layers) or 1.0
    scale = (height - 34.0 * max(len(layer) for layer in layers)) / most
    step = (WIDTH - 190) / max(len(layers) - 1, 1)
    at: dict[str, tuple[float, float]] = {}
    for level, layer in enumerate(layers):
        y = 18.0
        for name in layer:
            at[name] = (level * step, y)
            y += size[name] * scale + 34
    body = "".join(_bands(flows, at, scale)) + "".join(_nodes(at, size, scale, unit))
    bottom = max(y + max(size[name] * scale, 28) for name, (_, y) in at.items())
    return _svg(WIDTH, bottom + 6, body)


def leads(effect: Attribution, width: int = 340, height: int = 120) -> str:
    """Draw the weeks before a measure began: each a rate ratio with its interval around 1."""
    low, high = min(0.5, *(lead[2] for lead in effect.leads)), max(1.5, *(lead[3] for lead in effect.leads))
    left, base = 34.0, height - 20.0

    def y_of(ratio: float) -> float:
        return 6 + (base - 12) * (high - ratio) / (high - low)

    step = (width - left - 10) / max(len(effect.leads), 1)
    marks = "".join(
        f'<path d="M{x:.1f},{y_of(lead[2]):.1f} V{y_of(lead[3]):.1f}" '
        f'style="stroke:var(--wf-muted);stroke-width:1.4"/>'
        f'<circle cx="{x:.1f}" cy="{y_of(lead[1]):.1f}" r="3.2" style="fill:var(--wf-accent)"/>'
        + _text(x, height - 5, str(lead[0]), "muted", "middle")
        for x, lead in ((left + step * (i + 0.5), lead) for i, lead in enumerate(effect.leads))
    )
    line = f'<path d="M{left},{y_of(1):.1f} H{width}" style="stroke:var(--wf-border);stroke-width:1.2"/>'
    return _svg(width, height, line + _text(left - 6, y_of(1) + 4, f"{TIMES}1", "muted", "end") + marks)


def _svg(width: float, height: float, body: str) -> str:
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width:g} {height:g}" width="{width:g}" '
        f'height="{height:g}" font-family="Inter, sans-serif" font-size="{TEXT}">{body}</svg>'
    )


def _text(x: float, y: float, words: str, colour: str, anchor: str = "start", weight: int = 400) -> str:
    return (
        f'<text x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}" font-weight="{weight}" '
        f'style="fill:var(--wf-{colour})">{escape(words)}</text>'
    )


def _step(place: int, step: tuple[str, float, float, str, str], floor: float, scale: float) -> str:
    name, first, last, words, colour = step
    is_total = colour == "accent"
    left = NAMES + (max(min(first, last), floor) - floor) * scale
    width = max((max(first, last) - max(min(first, last), floor)) * scale, 1.5)
    y = place * ROW
    return (
        _text(0, y + 20, name, "text", weight=600 if is_total else 400)
        + f'<rect x="{left:.1f}" y="{y + 6}" width="{width:.1f}" height="{ROW - 12}" rx="2" '
        f'style="fill:var(--wf-{colour})"/>'
        + _text(left + width + 6, y + 20, words, "text", weight=600 if is_total else 400)
    )


def _panel(panel: Panel, split: date, width: float) -> str:
    colour = {"good": "green", "bad": "red"}.get(panel.tone, "muted")
    head = (
        _text(0, 12, panel.name, "text", weight=600)
        + _text(0, 30, panel.shown, "text")
        + _text(width, 30, panel.change, colour, "end")
    )
    if len(panel.weeks) < 2:
        return head + _text(0, 80, "No whole week", "muted")
    drawn = _weeks(panel.weeks, split, width, PANEL_HEIGHT - 42)
    return f'{head}<g transform="translate(0,40)">{drawn}</g>'


def _weeks(found: Sequence[tuple[date, float]], split: date, width: float, height: float) -> str:
    # The place of the line among the weeks: how many began before the period.
    x = min(sum(day < split for day, _ in found) / (len(found) - 1), 1.0) * width
    return (
        f'<rect x="0" y="0" width="{x:.1f}" height="{height}" style="fill:var(--wf-surface)"/>'
        + _line([value for _, value in found], width, height, "var(--wf-accent)")
        + f'<path d="M{x:.1f},0 V{height}" '
        'style="stroke:var(--wf-muted);stroke-width:1;stroke-dasharray:2 3"/>'
    )


def _line(values: Sequence[float], width: float, height: float, colour: str) -> str:
    top = max(values) or 1.0
    step = width / (len(values) - 1)
    dots = " L".join(
        f"{i * step:.1f},{height - 2 - (height - 5) * value / top:.1f}" for i, value in enumerate(values)
    )
    return (
        f'<path d="M{dots} L{width:.1f},{height} L0,{height} Z" style="fill:{colour};opacity:0.12"/>'
        f'<path d="M{dots}" style="fill:none;stroke:{colour};stroke-width:1.6;stroke-linejoin:round"/>'
    )


def _amount(flows: Sequence[Flow], name: str) -> float:
    """Return what came into a state or went out of it, whichever is more."""
    out = sum(found.amount for found in flows if found.source == name)
    return max(out, sum(found.amount for found in flows if found.target == name))


def _depths(flows: Sequence[Flow]) -> dict[str, int]:
    """Return how many steps from the start every state lies, in the order in which they are named."""
    depth: dict[str, int] = {}
    for found in flows:
        depth.setdefault(found.source, 0)
        depth.setdefault(found.target, 0)
    # As many rounds as there are states reach the end of the longest way, and stop where money goes round.
    for _ in depth:
        for found in flows:
            if depth[found.target] <= depth[found.source] < len(depth) - 1:
                depth[found.target] = depth[found.source] + 1
    return depth


def _bands(flows: Sequence[Flow], at: Mapping[str, tuple[float, float]], scale: float) -> Iterator[str]:
    out, into = ({name: y for name, (_, y) in at.items()} for _ in range(2))
    for found in flows:
        x0, x1 = at[found.source][0] + 10, at[found.target][0]
        y0, y1, thick = out[found.source], into[found.target], max(found.amount * scale, 0.8)
        middle = (x0 + x1) / 2
        out[found.source] += found.amount * scale
        into[found.target] += found.amount * scale
        yield (
            f'<path d="M{x0:.1f},{y0:.1f} C{middle:.1f},{y0:.1f} {middle:.1f},{y1:.1f} {x1:.1f},{y1:.1f} '
            f"V{y1 + thick:.1f} C{middle:.1f},{y1 + thick:.1f} {middle:.1f},{y0 + thick:.1f} "
            f'{x0:.1f},{y0 + thick:.1f} Z" style="fill:var(--wf-accent);opacity:0.28"/>'
        )


def _nodes(
    at: Mapping[str, tuple[float, float]], size: Mapping[str, float], scale: float, unit: str
) -> Iterator[str]:
    last = max(x for x, _ in at.values())
    for name, (x, y) in at.items():
        yield (
            f'<rect x="{x:.1f}" y="{y:.1f}" width="10" height="{max(size[name] * scale, 1.5):.1f}" rx="2" '
            f'style="fill:var(--wf-accent)"/>'
        )
        is_last = x == last
        amount = f"{compact(size[name])} {unit}"
        # Beside the last ones is room; the bands of the others begin there, so their words stand above.
        yield _text(x + 16, y + 10, name, "text", weight=600) if is_last else _named(x, y - 6, name, amount)
        if is_last:
            yield _text(x + 16, y + 25, amount, "muted")


def _named(x: float, y: float, name: str, amount: str) -> str:
    return (
        f'<text x="{x:.1f}" y="{y:.1f}" style="fill:var(--wf-text)"><tspan font-weight="600">{escape(name)}'
        f'</tspan> <tspan style="fill:var(--wf-muted)">{escape(amount)}</tspan></text>'
    )
