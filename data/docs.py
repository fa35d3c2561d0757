"""The data contract as a page: every table and column with its comment, from the declarations alone."""

from __future__ import annotations

from collections.abc import Iterable

from data.contract import CONTRACT_VERSION, EVENT_TABLES, TABLES, Column, Table
from data.mapping_rules import FILLABLE, MADE_KEYS

_HEAD = """# Data contract, version {version}

Generated from the declarations in `data/` and `scoring/` by `make docs`; change those, not this page.

Rows never change: a correction is a new row from a new file. Times are UTC without zone, money is
`DECIMAL(18,6)` in the store's one unit (more than six decimals are rounded), countries are ISO 3166-1
alpha-2. A column that is not *required* may be left out of the mapping or be empty in a row: that means
*not known*, never zero. An `event_id` is unique over {streams}; where a file has none, it is made from the
row's content and the row's number among identical ones.

A row is set aside in `rejects`, with its file, line and reason, when a required value is missing, a time
cannot be read or lies before 2009-01-03 (Bitcoin's first block) or after the wall clock, an amount is no
number, negative, not finite or above twelve digits, a word is not among those listed, a country or an
address on the network does not exist, or its id is there already with other content. Taken, known and
rejected rows of a file always add up to the rows read.
"""


def contract_markdown(tables: Iterable[Table] = TABLES) -> str:
    """Return the whole page for `tables`, those that a mapping can fill first.

    Tables of the rooms above are declared there, so whoever writes the page gives them.
    """
    declared = list(tables)
    streams = ", ".join(f"`{t.name}`" for t in EVENT_TABLES)
    parts = [_HEAD.format(version=CONTRACT_VERSION, streams=streams)]
    for title, fillable in (("What your files fill", True), ("What Watchfloor fills", False)):
        chosen = [t for t in declared if (t.name in FILLABLE) == fillable]
        if chosen:
            parts.append(f"## {title}\n")
            parts.extend(_table_markdown(t) for t in chosen)
    return "\n".join(parts)


def _table_markdown(declared: Table) -> str:
    lines = [
        f"### {declared.name}\n",
        f"{declared.comment} Key: `{declared.key}`.\n",
        "| column | type | meaning | filled by |",
        "|---|---|---|---|",
        *(_column_markdown(column) for column in declared.columns),
        "",
    ]
    return "\n".join(lines)


def _column_markdown(column: Column) -> str:
    words = f" One of: {', '.join(f'`{word}`' for word in column.values)}." if column.values else ""
    needed = "required" if column.required and column.name not in MADE_KEYS else "optional"
    filled_by = f"file, {needed}" if column.filled_by == "file" else column.filled_by
    personal = " *Personal data.*" if column.personal else ""
    meaning = (column.comment + words + personal).replace("|", "\\|")
    return f"| `{column.name}` | {column.type} | {meaning} | {filled_by} |"
