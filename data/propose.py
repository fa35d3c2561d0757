"""A first mapping for files nobody described: tables and columns guessed from names, types and values.

1. Each file's columns are sampled. 2. What the columns are decides which tables the file feeds.
3. Each column of such a table takes the best unused column of the file by its name, if its values fit.
4. Options (unit, format, words) come from the values. What is unsure says so in a comment.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path

from data.contract import EVENT_TABLES, Column, Table, table
from data.guess import Guess, epoch_unit, guess_column, is_address_number, time_format, verdict_of
from data.mapping_rules import MADE_KEYS
from data.samples import SAMPLE_ROWS, SampledColumn, SampledFile, sample_file
from data.sources import CSV_ENDINGS, JSON_ENDINGS, PARQUET_ENDINGS
from data.vocabulary import VALUE_WORDS, bare

_HEAD = """# Proposed by `watchfloor map` from the names of columns and at most {rows:,} rows of each file.
# Read every line with a "?": there it is a guess. Then: watchfloor load FILES --map THIS_FILE
synthetic = false
money_unit = "USDT"  # ? the unit of `amount`
time_zone = "UTC"  # ? of times without a zone
"""
_STREAMS = tuple(t.name for t in EVENT_TABLES)
_LIVENESS_SIGNS = {
    "framerate",
    "framejitterms",
    "sensornoise",
    "isvirtualcamera",
    "virtualcamera",
    "vendoroutcome",
}
_LOGIN_SIGNS = {"outcome", "success", "successful", "factor", "mfa", "loginresult", "authmethod"}


def propose_mapping(paths: Sequence[Path]) -> str:
    """Return the TOML text of a mapping for the files at `paths`, with comments where it is unsure.

    Raises SourceError when a file cannot be read at all.
    """
    alike: dict[tuple[str, ...], list[SampledFile]] = {}
    for path in _files(paths):
        sampled = sample_file(path)
        alike.setdefault((*sampled.columns, sampled.encoding), []).append(sampled)
    blocks = [
        _block(group[0], table(name), [s.path.name for s in group])
        for group in alike.values()
        for name in tables_fed(group[0])
    ]
    return "\n".join([_HEAD.format(rows=SAMPLE_ROWS), *blocks])


def _files(paths: Iterable[Path]) -> list[Path]:
    """Return the files themselves, and of folders those with an ending that can be read."""
    endings = (*CSV_ENDINGS, *PARQUET_ENDINGS, *JSON_ENDINGS)
    files: list[Path] = []
    for path in paths:
        inside = sorted(path.iterdir()) if path.is_dir() else []
        files += [f for f in inside if f.suffix.lower() in endings] if path.is_dir() else [path]
    return files


def tables_fed(sampled: SampledFile) -> tuple[str, ...]:
    """Answer which tables of the contract the columns of a file can fill, the main one first."""
    names = {bare(name) for name in sampled.columns}
    has = {
        name: guess_column(table("transactions").column(name), sampled, set()) is not None
        for name in ("account_id", "occurred_at", "amount", "device_id", "ip")
    }
    verdict = verdict_of(sampled)
    if not has["account_id"]:
        return _about_things(names, has)
    if names & _LIVENESS_SIGNS:
        return ("liveness_checks",)
    if has["occurred_at"] and has["amount"]:
        return ("transactions", *(("labels",) if verdict else ()))
    if has["occurred_at"] and not verdict and (names & _LOGIN_SIGNS or has["ip"]):
        return ("logins",)
    if verdict:
        return ("labels",) if has["occurred_at"] or "eventid" in names else ("accounts", "labels")
    return ("accounts",)


def _about_things(names: set[str], has: dict[str, bool]) -> tuple[str, ...]:
    if {"category", "source"} <= names:
        return ("signatures",)
    if has["device_id"]:
        return ("devices",)
    return ("networks",) if has["ip"] else ("accounts",)


def _block(sampled: SampledFile, declared: Table, names: list[str]) -> str:
    """Return the [[table]] block of files with the same columns."""
    guesses = _guesses(sampled, declared)
    lines = [
        "[[table]]",
        f'table = "{declared.name}"',
        "files = [" + ", ".join(f'"{_escaped(name)}"' for name in names) + "]",
    ]
    lines += _where(sampled, declared)
    if sampled.encoding != "utf-8":
        lines.append(f'encoding = "{sampled.encoding}"  # ? the file is not UTF-8')
    lines.append("[table.columns]")
    lines += [_line(declared.column(name), guess, sampled) for name, guess in guesses.items()]
    used = {guess.column.name for guess in guesses.values()}
    unused = [name for name in sampled.columns if name not in used]
    if unused:
        lines.append(f"# not used: {', '.join(unused)}")
    for name, guess in guesses.items():
        lines += _values(declared, name, guess)
    constants = _constants(declared, guesses)
    lines += ["[table.constants]", *constants] if constants else []
    if declared.name == "labels" and "known_at" not in guesses:
        lines.append("# ? known_at: since when is it known? A column, or one later than the event:")
        lines.append('# known_at = { column = "...", plus = "7 days" } below [table.columns]')
    missing = [c.name for c in declared.mapped if c.required and c.name not in (*guesses, *MADE_KEYS)]
    lines += [f"# ! {name} is required and no column was found" for name in missing if not constants]
    return "\n".join(lines) + "\n"


def _where(sampled: SampledFile, declared: Table) -> list[str]:
    """Return the condition that leaves only the bad among labels that share a file with their events."""
    verdict = verdict_of(sampled)
    if declared.name != "labels" or not verdict or tables_fed(sampled)[0] not in _STREAMS:
        return []
    bad = [word for word in verdict.values if VALUE_WORDS["outcome"].get(word.lower()) == "confirmed"]
    words = ", ".join(f'"{_escaped(word)}"' for word in bad or verdict.values)
    return [f'where = {{ "{_escaped(verdict.name)}" = [{words}] }}  # the other rows are no news']


def _guesses(sampled: SampledFile, declared: Table) -> dict[str, Guess]:
    """Return the best column of the file for each column of the table; none is used twice."""
    guesses: dict[str, Guess] = {}
    used: set[str] = set()
    verdict = verdict_of(sampled)
    if declared.name == "labels" and verdict:
        guesses["outcome"] = Guess(verdict, 0)
    if declared.name != "labels" and verdict:
        used.add(verdict.name)
    ordered = sorted(declared.mapped, key=lambda c: (not c.required, c.name == "event_id"))
    for column in ordered:
        found = None if column.name in guesses else guess_column(column, sampled, used | _columns(guesses))
        if found:
            guesses[column.name] = found
    if "amount" in guesses and _asset_of(sampled):
        guesses["quantity"] = guesses["amount"]
    return {c.name: guesses[c.name] for c in declared.mapped if c.name in guesses}


def _asset_of(sampled: SampledFile) -> SampledColumn | None:
    """Return the column of assets where one number counts several of them, which cannot be added up."""
    words = table("transactions").column
    if guess_column(words("quantity"), sampled, set()):
        return None
    found = guess_column(words("asset"), sampled, set())
    return found.column if found and len(found.column.values) > 1 else None


def _columns(guesses: dict[str, Guess]) -> set[str]:
    return {guess.column.name for guess in guesses.values()}


def _line(declared: Column, guess: Guess, sampled: SampledFile) -> str:
    options = [f'column = "{_escaped(guess.column.name)}"', *_options(declared, guess.column, sampled)]
    value = f'"{_escaped(guess.column.name)}"' if len(options) == 1 else "{ " + ", ".join(options) + " }"
    unsure = guess.rank > 0 or len(options) > 1
    return f"{declared.name} = {value}" + (f"  # ? for example {_example(guess.column)}" if unsure else "")


def _options(declared: Column, column: SampledColumn, sampled: SampledFile) -> list[str]:
    if declared.type == "TIMESTAMP":
        unit, form = epoch_unit(column), time_format(column)
        return [f'unit = "{unit}"'] if unit else [f'format = "{form}"'] if form else []
    if declared.name == "ip" and is_address_number(column):
        return ['unit = "number"']
    if declared.name == "amount":
        asset = _asset_of(sampled)
        if asset:
            return [f'only_where = {{ "{_escaped(asset.name)}" = "{_escaped(asset.values[0])}" }}']
    return []


def _values(declared: Table, name: str, guess: Guess) -> list[str]:
    """Return the [table.values.x] section where the file's words are not the contract's."""
    possible = declared.column(name).values
    foreign = [word for word in guess.column.values if word.lower() not in possible]
    if not possible or not foreign:
        return []
    words = VALUE_WORDS.get(_word_list(declared, name, guess.column), {})
    lines = [f"[table.values.{name}]  # possible: {', '.join(possible)}"]
    for word in foreign[:30]:
        meant = words.get(word.lower())
        lines.append(
            f'"{_escaped(word)}" = "{meant or possible[-1]}"' + ("" if meant else "  # ? unknown word")
        )
    return lines


def _word_list(declared: Table, name: str, column: SampledColumn) -> str:
    if name == "outcome" and declared.name == "logins":
        return "login_outcome"
    if name == "status" and bare(column.name) in ("iserror", "failed", "isfailed"):
        return "error_status"
    return name


def _constants(declared: Table, guesses: dict[str, Guess]) -> list[str]:
    chosen = {
        (
            "transactions",
            "kind",
        ): 'kind = "withdrawal"  # ? no column says it; or deposit, internal_transfer, trade',
        ("logins", "kind"): 'kind = "login"  # ? no column says it',
        ("signatures", "kind"): 'kind = "address"  # ? or network, device',
        ("labels", "outcome"): 'outcome = "confirmed"  # ? no column says it',
    }
    return [
        line for (name, column), line in chosen.items() if name == declared.name and column not in guesses
    ]


def _example(column: SampledColumn) -> str:
    return (column.values[0][:40].replace("\n", " ") if column.values else "nothing but empty").strip()


def _escaped(text: str) -> str:
    return (
        text.replace("\\", "\\\\")
        .replace('"', '\\"')
        .replace("\n", "\\n")
        .replace("\r", "\\r")
        .replace("\t", "\\t")
    )
