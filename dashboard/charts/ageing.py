"""Stopped money by how long it has been, as bars: what nobody has looked at in time stands out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from dashboard import theme
from dashboard.charts.figure import Chart, figure_of, named_rows
from dashboard.formats import counted, money
from dashboard.questions.freezes import Aged


def ageing_chart(
    found: Sequence[Aged], ages: Mapping[str, str], unit: str, palette: theme.Palette, height: int = 250
) -> Chart:
    """Draw one bar an age of `ages`, in their order; a point's own name is the age."""
    by_age = {one.age: one for one in found}
    shown = [by_age.get(age) for age in ages]
    parts = (
        ("in time", palette.accent, [one.stopped - one.overdue_value if one else 0 for one in shown]),
        ("overdue", palette.red, [one.overdue_value if one else 0 for one in shown]),
    )
    said = [
        f"{money(one.stopped, unit)}, {counted(one.freezes, 'freeze')}, {one.overdue:,} overdue"
        if one
        else "none"
        for one in shown
    ]
    traces = [
        {
            "type": "bar",
            "orientation": "h",
            "name": name,
            "y": list(range(len(shown))),
            "x": [float(value) for value in values],
            "customdata": [[age, words] for age, words in zip(ages, said, strict=True)],
            "marker": {"color": colour},
            "hovertemplate": "%{customdata[1]}<extra></extra>",
        }
        for name, colour, values in parts
    ]
    figure = figure_of(
        traces,
        palette,
        height,
        x={"tickformat": "~s", "rangemode": "tozero", "nticks": 5, "ticksuffix": ""},
        y=named_rows(list(ages.values())),
        barmode="stack",
        showlegend=True,
    )
    told = "; ".join(f"{words}: {text}" for words, text in zip(ages.values(), said, strict=True))
    return Chart(figure, f"Money stopped now by age. {told}.")
