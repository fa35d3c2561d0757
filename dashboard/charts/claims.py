"""Claims of mistaken transfers as bars: what came back in each quarter by kind, and how old open ones are."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from dashboard import theme
from dashboard.charts.figure import Chart, figure_of, named_rows
from dashboard.formats import counted, money
from dashboard.questions.recoveries import OfAge, OfQuarter


def recovered_chart(
    found: Sequence[OfQuarter], kinds: Mapping[str, str], unit: str, palette: theme.Palette, height: int = 260
) -> Chart:
    """Draw one bar a quarter, of what came back by kind."""
    quarters = sorted({one.quarter for one in found})
    by_cell = {(one.quarter, one.claim_kind): one for one in found}
    named = [_name(quarter) for quarter in quarters]
    traces = []
    for place, (kind, words) in enumerate(kinds.items()):
        cells = [by_cell.get((quarter, kind)) for quarter in quarters]
        traces.append(
            {
                "type": "bar",
                "name": words,
                "x": named,
                "y": [float(cell.recovered) if cell else 0 for cell in cells],
                "customdata": [
                    [f"{counted(cell.claims, 'claim')} of {cell.ended:,} that ended" if cell else "none"]
                    for cell in cells
                ],
                "marker": {"color": palette.categories[place % len(palette.categories)]},
                "hovertemplate": f"<b>%{{y:,.0f}} {unit}</b> {words}<br>%{{customdata[0]}}<extra></extra>",
            }
        )
    figure = figure_of(
        traces,
        palette,
        height,
        x={"type": "category"},
        y={"rangemode": "tozero", "tickformat": "~s", "nticks": 5},
        barmode="stack",
        showlegend=True,
    )
    sums = {quarter: sum(one.recovered for one in found if one.quarter == quarter) for quarter in quarters}
    told = "; ".join(f"{_name(quarter)}: {money(amount, unit)}" for quarter, amount in sums.items())
    return Chart(figure, f"Value that came back by quarter. {told}.")


def open_by_age_chart(
    found: Sequence[OfAge], ages: Mapping[str, str], unit: str, palette: theme.Palette, height: int = 260
) -> Chart:
    """Draw one bar an age of `ages`, in their order; a point's own name is the age."""
    by_age = {one.age: one for one in found}
    shown = [by_age.get(age) for age in ages]
    said = [f"{counted(one.claims, 'claim')}, {money(one.amount, unit)}" if one else "none" for one in shown]
    trace = {
        "type": "bar",
        "orientation": "h",
        "y": list(range(len(shown))),
        "x": [one.claims if one else 0 for one in shown],
        "customdata": [[age, words] for age, words in zip(ages, said, strict=True)],
        "text": [str(one.claims) if one else "" for one in shown],
        "textposition": "outside",
        "cliponaxis": False,
        "marker": {"color": palette.accent},
        "hovertemplate": "%{customdata[1]}<extra></extra>",
    }
    figure = figure_of(
        [trace],
        palette,
        height,
        # Room for the number behind the longest bar.
        x={"range": [0, 1.15 * max((one.claims for one in found), default=1)], "visible": False},
        y=named_rows(list(ages.values())),
    )
    told = "; ".join(f"{words}: {text}" for words, text in zip(ages.values(), said, strict=True))
    return Chart(figure, f"Open claims by age. {told}.")


def _name(quarter: date) -> str:
    return f"Q{(quarter.month + 2) // 3} {quarter.year}"
