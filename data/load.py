"""A user's files into the store: whole or not at all, once, and every row accounted for.

Each pair of file and table is one transaction: rows are staged, checked, judged against what is known,
taken, and what could not be taken is set aside in `rejects`. A load that was killed runs again and skips
the pairs that were finished, because `files` knows them by their content.
"""

from __future__ import annotations

import hashlib
import tempfile
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from pathlib import Path

import duckdb

from data.contract import SIGNATURES, Table, table
from data.duplicates import counted, number_repeats
from data.errors import SourceError, StoreError, WatchfloorError
from data.events import Checked, checked_rows
from data.facts import write_fact
from data.geography import countries
from data.listed import complete_signatures
from data.mapping_types import Mapping, TableMapping
from data.progress import Progress, Step, silent
from data.rejects import malformed_csv
from data.sources import Source, open_source, truncated
from data.spelling import spell_addresses
from data.statement import SQL, read_statement
from data.store import Store
from data.taking import Arrival, LoadResult, take_staged, taken_before


def load_files(
    store: Store,
    paths: Sequence[Path],
    mapping: Mapping,
    progress: Progress = silent,
    clock: datetime | None = None,
) -> list[LoadResult]:
    """Load every file (of folders, those that the mapping names) into its tables; answer one result a pair.

    `clock` is the wall clock in naive UTC, after which nothing can have happened. A file that cannot be
    read is a result with an error, and the others go on. Raises StoreError for what concerns the store:
    a full disk, another money unit, synthetic data beside real.
    """
    now = clock or datetime.now(UTC).replace(tzinfo=None)
    _agree(store, mapping)
    results: list[LoadResult] = []
    pairs = _pairs(paths, mapping, results)
    for number, (path, wanted) in enumerate(pairs):
        progress(Step("Load files", number, len(pairs), "files", f"{path.name} into {wanted.table}"))
        results.append(_load_pair(store, path, wanted, mapping, progress, now))
    progress(Step("Load files", len(pairs), len(pairs), "files"))
    return results


def _pairs(
    paths: Sequence[Path], mapping: Mapping, results: list[LoadResult]
) -> list[tuple[Path, TableMapping]]:
    """Return what to load into what; files and globs that lead nowhere go to `results` as errors."""
    files = [f for path in paths for f in (_inside(path, mapping) if path.is_dir() else [path])]
    lost = (path for path in files if not mapping.tables_of(path))
    results.extend(LoadResult(path, "", error=_matched_by_none(path, mapping)) for path in lost)
    for wanted in mapping.tables:
        # A single file of a larger mapping is a normal load; a folder without a promised file is not.
        if any(path.is_dir() for path in paths) and not any(wanted.matches(path) for path in files):
            globs = ", ".join(wanted.files)
            error = SourceError(
                f"No file matches {globs}.",
                where=", ".join(str(path) for path in paths),
                possible=", ".join(path.name for path in files)
                or "the folder has no file that the mapping names",
                to_do=f"Correct files = of the table {wanted.table}, or give the folder that holds them.",
            )
            results.append(LoadResult(Path(globs), wanted.table, error=error))
    return [(path, wanted) for path in files for wanted in mapping.tables_of(path)]


def _inside(folder: Path, mapping: Mapping) -> list[Path]:
    return [path for path in sorted(folder.iterdir()) if path.is_file() and mapping.tables_of(path)]


def _matched_by_none(path: Path, mapping: Mapping) -> SourceError:
    return SourceError(
        "The mapping has no table for this file.",
        where=str(path),
        possible="file names that match " + ", ".join(glob for t in mapping.tables for glob in t.files),
        to_do="Add its name to files = of a [[table]]; nothing was loaded from it.",
    )


def _load_pair(
    store: Store, path: Path, wanted: TableMapping, mapping: Mapping, progress: Progress, now: datetime
) -> LoadResult:
    """Load one file into one table in one transaction."""
    name = f"Load {path.name} into {wanted.table}"
    progress(Step(name, 0, None))
    try:
        content_hash = _content_hash(path, wanted)
        result = taken_before(store.cursor(), path, content_hash, wanted.table)
        if result is None:
            arrival = Arrival(content_hash, mapping.is_synthetic, now)
            with (
                store.writing() as cursor,
                open_source(cursor, path, encoding=wanted.encoding, delimiter=wanted.delimiter) as source,
            ):
                result = _take(cursor, source, wanted, arrival, progress)
    except StoreError:
        raise
    except WatchfloorError as error:
        return LoadResult(path, wanted.table, error=error)
    except (duckdb.Error, OSError) as error:
        if "No space left" in str(error):
            raise _no_room(path, error) from error
        return LoadResult(path, wanted.table, error=_unreadable(path, error))
    progress(Step(name, result.rows_read, result.rows_read, detail=result.in_words))
    return result


def _take(
    cursor: duckdb.DuckDBPyConnection,
    source: Source,
    wanted: TableMapping,
    arrival: Arrival,
    progress: Progress,
) -> LoadResult:
    """Stage and check the rows of `source`, and take them; the caller's transaction makes it one step."""
    declared = table(wanted.table)
    checked = checked_rows(source, declared, wanted, arrival.loaded_at)
    _stage(cursor, source, declared, checked)
    staged = counted(cursor, "SELECT count(*) FROM staged")
    progress(Step(f"Load {source.path.name} into {wanted.table}", 0, staged, detail="read and checked"))
    malformed = malformed_csv(cursor, source)
    return take_staged(cursor, source, declared, checked.columns, malformed, arrival)


def _stage(cursor: duckdb.DuckDBPyConnection, source: Source, declared: Table, checked: Checked) -> None:
    """Fill the temporary table `staged` with the checked rows. Raises SourceError."""
    _install_country_words(cursor)
    statement = f"CREATE TEMP TABLE staged AS {checked.sql}"
    try:
        cursor.execute(statement, checked.parameters)
    except duckdb.Error as error:
        if source.kind == "parquet" and "No space left" not in str(error):
            raise truncated(source.path, str(error).splitlines()[0]) from error
        raise
    if "ip" in checked.columns:
        spell_addresses(cursor)
    for name in checked.zoned:
        _one_kind_of_time(cursor, source, name)
    if declared is SIGNATURES:
        complete_signatures(cursor)
    elif checked.is_key_made:
        cursor.execute(number_repeats(declared.key))


def _one_kind_of_time(cursor: duckdb.DuckDBPyConnection, source: Source, name: str) -> None:
    """Raise SourceError when a column has times with and without a zone and the mapping names none."""
    query = f"SELECT min(record) FILTER (offset_{name}), min(record) FILTER (NOT offset_{name}) FROM staged"
    row = cursor.execute(query).fetchone()
    if row and row[0] is not None and row[1] is not None:
        raise SourceError(
            f"{name} mixes times with a zone (row {row[0]}) and times without one (row {row[1]}).",
            where=str(source.path),
            possible="one kind in a column, or time_zone in the mapping: how times without zone are meant",
            to_do='Set time_zone = "UTC", or where they were written, in the [[table]]; '
            "nothing was loaded from it.",
        )


def _install_country_words(cursor: duckdb.DuckDBPyConnection) -> None:
    words = {word: country.alpha2 for country in countries() for word in (country.alpha2, country.alpha3)}
    statement = read_statement(SQL / "country_words.sql").sql
    cursor.execute(statement, {"words": list(words), "codes": list(words.values())})


def _content_hash(path: Path, wanted: TableMapping) -> str:
    """Return the SHA-256 of the file, the table and the mapping. Raises SourceError when it is absent."""
    try:
        with path.open("rb") as file:
            digest = hashlib.file_digest(file, "sha256")
    except OSError as error:
        raise _unreadable(path, error) from error
    digest.update(wanted.identity.encode())
    return digest.hexdigest()


def _unreadable(path: Path, error: Exception) -> SourceError:
    return SourceError(
        f"The file cannot be read: {str(error).splitlines()[0]}",
        where=str(path),
        to_do="Check that it is there, whole, and readable; nothing was loaded from it.",
    )


def _no_room(path: Path, error: Exception) -> StoreError:
    """Return the error for a full disk outside the store: a copy of the file in UTF-8 found no room."""
    return StoreError(
        "The disk is full.",
        where=f"{tempfile.gettempdir()}, while reading {path}",
        possible="room for a copy of a file that is not UTF-8; nothing of it was loaded",
        to_do=f"Free space, or set TMPDIR to a folder on another disk. The system says: {error}",
    )


def _agree(store: Store, mapping: Mapping) -> None:
    """Set the store's money unit at the first load. Raises StoreError when a later one disagrees."""
    with store.writing() as cursor:
        facts = read_statement(SQL / "store_facts.sql").sql
        unit, files, synthetic = cursor.execute(facts).fetchone() or ("", 0, 0)
        if files and unit != mapping.money_unit:
            raise _disagree(store, f"counts money in {unit}, and the mapping in {mapping.money_unit}")
        if files and bool(synthetic) != mapping.is_synthetic:
            raise _disagree(
                store, f"holds {'synthetic' if synthetic else 'real'} data, and the mapping says the opposite"
            )
        write_fact(cursor, "money_unit", mapping.money_unit)


def _disagree(store: Store, what: str) -> StoreError:
    return StoreError(
        f"The store {what}.",
        where=str(store.path),
        possible="one unit of money and one kind of data in a store",
        to_do="Correct the mapping, or load these files into another home (WATCHFLOOR_HOME).",
    )


def summary(results: Iterable[LoadResult]) -> str:
    """Return the counts of all `results` in one sentence, and the files that failed, one a line."""
    done = list(results)
    taken, known = sum(r.rows_taken for r in done), sum(r.rows_known for r in done)
    rejected, failed = sum(r.rows_rejected for r in done), [r for r in done if r.error]
    told = f"{taken:,} rows taken, {known:,} already known, {rejected:,} rejected"
    told += f"; {len(failed)} of {len(done)} files failed." if failed else "."
    return "\n".join([told, *(f"{r.path}: {r.error}" for r in failed)])
