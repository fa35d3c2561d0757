"""The generated pages of `docs/`: each comes from the declarations it describes, and a test compares them."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from dashboard import command_page
from dashboard.exporting import DECLARED
from dashboard.questions.measures import MEASURES, Measure
from data.docs import contract_markdown
from data.home import PROJECT_ROOT
from data.statement import read_statement
from scoring.features.docs import features_page

FOLDER = PROJECT_ROOT / "docs"
QUERIES = Path(__file__).with_name("queries")
CHANGE = """\
A change between quarters is a rate ratio with its 95 % interval: the exact conditional one for two
counts, stretched by what the weeks scatter more than Poisson counts would
(`dashboard/measures/change.py`). Where the interval holds 1, no change is shown. A quarter that is not
over, or whose predecessor is not whole, is refused as not comparable, with the reason.
"""


def measures_page() -> str:
    """Return the page of measures, Markdown."""
    weeks = read_statement(QUERIES / "measure_weeks.sql").sentence
    return "\n".join(
        [
            "# Measures",
            "",
            "Generated from `dashboard/questions/measures.py` by `make docs`; a test compares the two.",
            "",
            CHANGE,
            f"All are read by `measure_weeks.sql`: {weeks}",
            "",
            *(_section(measure) for measure in MEASURES),
        ]
    )


def _section(measure: Measure) -> str:
    rows = read_statement(QUERIES / f"rows_{measure.name}.sql")
    good = "less" if measure.is_less_better else "more"
    return "\n".join(
        [
            f"## {measure.title.format(unit='Money')}",
            "",
            measure.definition,
            "",
            f"- Unit: {measure.unit}",
            f"- Exposure: {measure.exposure or 'none, it is a stock at an instant'}",
            f"- Good: {good}",
            f"- Rows: `rows_{measure.name}.sql`: {rows.sentence}",
            "",
        ]
    )


PAGES: dict[str, Callable[[], str]] = {
    "cli.md": command_page.command_page,
    "data-contract.md": lambda: contract_markdown(DECLARED),
    "features.md": features_page,
    "measures.md": measures_page,
}


def main() -> None:
    """Write every generated page anew."""
    for name, page in PAGES.items():
        (FOLDER / name).write_text(page(), encoding="utf-8")


if __name__ == "__main__":
    main()
