"""Which line of a text file a record stands on, also where quoted values contain line breaks.

1. A line break ends a record when the number of quotes before it is even (RFC 4180: a quote inside a
   value is doubled, so it never changes the parity).
2. The bytes between two such breaks are a record, unless they are blank.
3. Readers number records; the line of a record is the number of line breaks before its first byte.
4. Everything is columns of numpy; a file is only walked when something in it was rejected.
"""

from __future__ import annotations

import csv
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

_NEWLINE, _RETURN, _QUOTE = 10, 13, 34
# Blank records consist of these alone: space, tab, carriage return.
_BLANKS = b" \t\r\n"


@dataclass(frozen=True, slots=True)
class Records:
    """The records of one text file: offset of each first byte, of its end, and its line (from 1)."""

    starts: NDArray[np.int64]
    ends: NDArray[np.int64]
    lines: NDArray[np.int64]
    content: NDArray[np.uint8]

    def text(self, index: int) -> str:
        """Return record `index` as it stands in the file, at most 2,000 characters of it."""
        data = self.content[self.starts[index] : min(self.ends[index], self.starts[index] + 8_000)]
        return data.tobytes().decode("utf-8", errors="replace").rstrip("\r\n")[:2_000]

    def at_byte(self, offsets: NDArray[np.int64]) -> NDArray[np.int64]:
        """Return the index of the record that each byte offset lies in, or the next one between records."""
        return np.searchsorted(self.ends, offsets, side="right")


def records_of(path: Path, *, has_quotes: bool) -> Records:
    """Find the records of the UTF-8 file at `path`; without quotes every line is one."""
    content = np.memmap(path, dtype=np.uint8, mode="r")
    breaks = np.flatnonzero(content == _NEWLINE).astype(np.int64)
    line_of_break = np.arange(1, len(breaks) + 1, dtype=np.int64)
    if has_quotes:
        quotes = np.flatnonzero(content == _QUOTE).astype(np.int64)
        is_end = np.searchsorted(quotes, breaks) % 2 == 0
        breaks, line_of_break = breaks[is_end], line_of_break[is_end]
    starts = np.concatenate([[0], breaks + 1]).astype(np.int64)
    lines = np.concatenate([[0], line_of_break]).astype(np.int64) + 1
    ends = np.concatenate([breaks + 1, [len(content)]]).astype(np.int64)
    kept = _not_blank(content, starts, ends)
    return Records(starts[kept], ends[kept], lines[kept], content)


def read_lines_of(path: Path, delimiter: str, width: int) -> NDArray[np.int64]:
    """Return the line of each record with `width` values, read one by one.

    Slower than `records_of`, and right also where a quote stands in the middle of a value, which no rule
    of quotes allows and readers take as it is.
    """
    found, before = [], 0
    # A value longer than the reader's limit ends the list; the caller compares its length.
    with path.open(encoding="utf-8-sig", newline="") as file, suppress(csv.Error):
        reader = csv.reader(file, delimiter=delimiter)
        for values in reader:
            if len(values) == width:
                found.append(before + 1)
            before = reader.line_num
    return np.array(found, dtype=np.int64)


def ends_inside_quotes(path: Path, offset: int) -> bool:
    """Answer whether the line at `offset` opens a quote that it does not close, with more lines after it."""
    content = np.memmap(path, dtype=np.uint8, mode="r")
    start = offset
    while start < len(content) - 1 and content[start] in (_NEWLINE, _RETURN):
        start += 1
    with path.open("rb") as file:
        file.seek(start)
        is_open = file.readline().count(_QUOTE) % 2 == 1
        return is_open and any(line.strip(_BLANKS) for line in file)


def lines_at(path: Path, offsets: list[int]) -> tuple[list[int], list[str]]:
    """Return the line on which each byte offset lies (after line breaks at it), and the text of that line."""
    content = np.memmap(path, dtype=np.uint8, mode="r")
    breaks = np.flatnonzero(content == _NEWLINE)
    lines, texts = [], []
    for offset in offsets:
        start = offset
        while start < len(content) - 1 and content[start] in (_NEWLINE, _RETURN):
            start += 1
        line = int(np.searchsorted(breaks, start))
        end = int(breaks[line]) if line < len(breaks) else len(content)
        lines.append(line + 1)
        texts.append(
            content[start : min(end, start + 2_000)].tobytes().decode("utf-8", errors="replace").strip()
        )
    return lines, texts


def _not_blank(
    content: NDArray[np.uint8], starts: NDArray[np.int64], ends: NDArray[np.int64]
) -> NDArray[np.bool_]:
    """Answer for each record whether it holds anything but blanks, by a running count of other bytes."""
    kept = ends - starts > 2
    # Only short records and those that begin with a blank can be blank: look into those alone.
    first = content[np.minimum(starts, max(len(content) - 1, 0))] if len(content) else np.zeros(len(starts))
    doubtful = np.flatnonzero(~kept | np.isin(first, np.frombuffer(_BLANKS, dtype=np.uint8)))
    for index in doubtful:
        kept[index] = bool(content[starts[index] : ends[index]].tobytes().strip(_BLANKS))
    return kept
