"""The generated pages of `docs/`: each comes from the declarations it describes, and a test compares them."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from dashboard import command_page
from dashboard.exporting import DECLARED
from dashboard.measures.combined import exposure_statement, rows_statement
from dashboard.measures.declared import MEASURES
from dashboard.measures.desk.declared import DESK_MEASURES
from dashboard.measures.desk.desk_measure import KINDS as DESK_KINDS
from dashboard.measures.desk.desk_measure import DeskMeasure
from dashboard.measures.measure import Measure
from data.docs import contract_markdown
from data.home import PROJECT_ROOT
from desk.actors import RIGHTS, ROLES, SEE_PERSONAL, SEE_SECRET, Actor, Right
from desk.reads import READS, Read, reader_of
from scoring.features.docs import features_page

FOLDER = PROJECT_ROOT / "docs"
INTRODUCTION = """\
Each number of the executive pages is a measure with a contract. Two figures are compared only where unit,
definition and its version, population and window rule are the same (`dashboard/measures/comparable.py`);
otherwise the comparison is refused and says which differ. A quarter that is not over, or a base that is not
whole, is refused too.

One question a measure lists what it counts, `dashboard/measures/rows/rows_<id>.sql`: the number on a page
is the sum of its column `counted` (for a share, over that of `of_all`), so that the rows behind a number
always add up to it. `dashboard/measures/combined.py` asks all of them at once.

A change is a ratio with its 95 % interval; where the interval holds 1, no change is shown. Its method
depends on what is counted:

- count, ratio: the exact conditional interval of two rates, stretched by what the weeks scatter more than
  Poisson counts would (`dashboard/measures/change.py`);
- sum, and shares of value: a bootstrap over accounts (`dashboard/measures/sums.py`);
- median: a bootstrap of the two medians (`dashboard/measures/sums.py`);
- stock: as a count, at the end of each window;
- drift: none, it compares two windows itself.

Organised crime everywhere is an index of regions (`dashboard/measures/crime_index.py`). A matured measure is
counted as it was known equally long after each window's end.
"""
DESK_INTRODUCTION = """\
# Measures of the desk

What a 24-hour desk is measured by, read from its own steps; see [the desk's measures](desk-measures.md).
"""
KINDS = {
    "count": "how many",
    "sum": "how much in all",
    "ratio": "part of a whole",
    "median": "the middle one",
    "stock": "how many there are at one instant",
    "drift": "how far two distributions are apart",
}
GOOD = {"less": "less is better", "more": "more is better", "neither": "neither more nor less is better"}


def measures_page() -> str:
    """Return the page of measures, Markdown."""
    return "\n".join(
        [
            "# Measures",
            "",
            "Generated from `dashboard/measures/declared.py` by `make docs`; a test compares the two.",
            "",
            INTRODUCTION,
            *(_section(measure) for measure in MEASURES),
            DESK_INTRODUCTION,
            *(_desk_section(measure) for measure in DESK_MEASURES),
        ]
    )


def _section(measure: Measure) -> str:
    rows = rows_statement(measure)
    exposure = "none"
    if measure.exposure:
        exposure = f"{measure.exposure}: {exposure_statement(measure.exposure).sentence}"
    lines = [
        f"## {measure.title.format(unit='Money')}",
        "",
        measure.definition,
        "",
        f"- Id: `{measure.name}`, version {measure.version}",
        f"- Unit: {measure.unit}",
        f"- Kind: {measure.kind}, {KINDS[measure.kind]}",
        f"- Population: {measure.population}",
        f"- Exposure: {exposure}",
        f"- Window rule: {measure.window_rule}",
        f"- Owner: {measure.owner}",
        f"- Good: {GOOD[measure.good]}",
        f"- Counted as known equally long after each window's end: {'yes' if measure.is_matured else 'no'}",
        f"- Needs: {f'records in `{measure.needs}`' if measure.needs else 'scored events only'}",
        f"- Rows: `rows/{rows.name}.sql`: {rows.sentence}",
        "",
    ]
    return "\n".join(lines)


def _desk_section(measure: DeskMeasure) -> str:
    rows = measure.rows
    lines = [
        f"## {measure.title}",
        "",
        measure.definition,
        "",
        f"- Id: `{measure.name}`, version {measure.version}",
        f"- Unit: {measure.unit}",
        f"- Kind: {measure.kind}, {DESK_KINDS[measure.kind]}",
        f"- Population: {measure.population}",
        f"- Window rule: {measure.window_rule}",
        f"- Owner: {measure.owner}",
        f"- Good: {GOOD[measure.good]}",
        f"- Rows: `desk/rows/{rows.name}.sql`: {rows.sentence}",
        "",
    ]
    return "\n".join(lines)


def rights_page() -> str:
    """Return the page of roles and rights, Markdown."""
    roles = list(ROLES)
    rows = []
    for right in RIGHTS.values():
        held = (_held(role, right) for role in roles)
        rows.append(f"| {right.words} | {' | '.join(held)} |")
    return "\n".join(
        [
            "# Rights",
            "",
            "Generated from `desk/actors.py` by `make docs`; a test compares the two.",
            "",
            "*does*: may do it. *proposes* and *approves*: it takes two people, whoever they are; see",
            "[two people](audit.md). Nobody has a right that does not stand here.",
            "",
            f"| to | {' | '.join(ROLES[role] for role in roles)} |",
            f"|{'---|' * (len(roles) + 1)}",
            *rows,
            "",
            *_reads(roles),
        ]
    )


def _reads(roles: Sequence[str]) -> list[str]:
    """Return what each role reads of the tables that not everybody reads whole, Markdown."""
    shown = [read for read in READS.values() if read.right or read.secret or read.personal]
    return [
        "## Reads",
        "",
        "From `desk/reads.py`; see [privacy](privacy.md). *all*: as it is. *tokens*: personal columns are",
        "masked. *not secret*: rows that are secret are not there. Empty: the table is not there. Everybody",
        "reads all of every other table.",
        "",
        f"| table | {' | '.join(ROLES[role] for role in roles)} |",
        f"|{'---|' * (len(roles) + 1)}",
        *(f"| `{read.name}` | {' | '.join(_read_by(read, role) for role in roles)} |" for read in shown),
        "",
    ]


def _read_by(read: Read, role: str) -> str:
    reader = reader_of(Actor("somebody", role))
    if not reader.may(read.right):
        return ""
    parts = []
    if read.personal and not reader.may(SEE_PERSONAL):
        parts.append("tokens")
    if read.secret and not reader.may(SEE_SECRET):
        parts.append("not secret")
    return ", ".join(parts) or "all"


def _held(role: str, right: Right) -> str:
    if not right.is_dangerous:
        return "does" if role in right.holders else ""
    steps = (("proposes", right.holders), ("approves", right.checkers))
    return ", ".join(word for word, roles in steps if role in roles)


PAGES: dict[str, Callable[[], str]] = {
    "cli.md": command_page.command_page,
    "data-contract.md": lambda: contract_markdown(DECLARED),
    "features.md": features_page,
    "measures.md": measures_page,
    "rights.md": rights_page,
}


def main() -> None:
    """Write every generated page anew."""
    for name, page in PAGES.items():
        (FOLDER / name).write_text(page(), encoding="utf-8")


if __name__ == "__main__":
    main()
