"""What a file's columns look like: their names, types and some values, for proposals."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from data.encodings import check_utf8
from data.errors import SourceError
from data.sources import kind_of, open_source, quoted
from data.store import memory_store

# Enough rows to see the words of a column; a proposal says that it saw no more.
SAMPLE_ROWS = 5_000
# A column with more different values than this is no list of words.
MOST_WORDS = 12


@dataclass(frozen=True, slots=True)
class SampledColumn:
    """One column of a file: its type in DuckDB, and its values in the sample, the most frequent first."""

    name: str
    type: str
    values: tuple[str, ...]
    is_unique: bool

    @property
    def words(self) -> tuple[str, ...]:
        """The values where they are few enough to be words; else nothing."""
        return self.values if len(self.values) <= MOST_WORDS else ()


@dataclass(frozen=True, slots=True)
class SampledFile:
    """One file: its columns by name, and the encoding it can be read in."""

    path: Path
    columns: dict[str, SampledColumn]
    encoding: str


def sample_file(path: Path) -> SampledFile:
    """Read the beginning of the file at `path`. Raises SourceError when it cannot be read at all."""
    encoding = _encoding(path)
    with memory_store() as store:
        cursor = store.cursor()
        with open_source(cursor, path, encoding=encoding) as source:
            limit = {"limit": SAMPLE_ROWS}
            create = f"CREATE TEMP TABLE sample AS SELECT * FROM ({source.sql}) AS source LIMIT $limit"
            cursor.execute(create, {**source.parameters, **limit})
            columns = {}
            for name, kind in source.columns.items():
                counts = _counts_statement(name)
                rows = cursor.execute(counts).fetchall()
                columns[name] = SampledColumn(
                    name, kind, tuple(row[0] for row in rows), all(r[1] == 1 for r in rows)
                )
    return SampledFile(path, columns, encoding)


def _counts_statement(name: str) -> str:
    text = f"nullif(trim(CAST({quoted(name)} AS VARCHAR)), '')"
    return (
        f"SELECT {text}, count(*) FROM sample WHERE {text} IS NOT NULL "
        "GROUP BY 1 ORDER BY 2 DESC, 1 LIMIT 500"
    )


def _encoding(path: Path) -> str:
    """Return utf-8, or the likeliest encoding of a text that is not."""
    if not path.is_file() or kind_of(path) == "parquet":
        return "utf-8"
    try:
        check_utf8(path)
    except SourceError as error:
        return "utf-16" if "utf-16" in error.to_do else "windows-1252"
    return "utf-8"
