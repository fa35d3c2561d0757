"""Text files in the encoding they were written in: checked whole, and brought to UTF-8 where needed."""

from __future__ import annotations

import codecs
from pathlib import Path

from data.errors import SourceError

# Large enough that Python's decoder, not the loop, does the work: about 1 GB a second on UTF-8.
_CHUNK_BYTES = 8 * 1024 * 1024


def check_utf8(path: Path) -> None:
    """Read the whole file at `path` as UTF-8. Raises SourceError with the byte and line that is not."""
    _decode(path, "utf-8", None)


def write_utf8(path: Path, encoding: str, target: Path) -> None:
    """Write the file at `path`, which is in `encoding`, to `target` in UTF-8 with the same lines.

    Raises SourceError with the byte and line that `encoding` cannot read.
    """
    _decode(path, encoding, target)


def _decode(path: Path, encoding: str, target: Path | None) -> None:
    decoder = codecs.getincrementaldecoder(encoding)(errors="strict")
    lines, offset = 1, 0
    out = target.open("wb") if target else None
    try:
        with path.open("rb") as file:
            while True:
                chunk = file.read(_CHUNK_BYTES)
                held = len(decoder.getstate()[0])
                try:
                    text = decoder.decode(chunk, final=not chunk)
                except UnicodeDecodeError as error:
                    raise _unreadable(path, encoding, offset - held, lines, error) from error
                except UnicodeError as error:
                    # What a codec says of the text as a whole: UTF-16 without a byte order mark.
                    raise SourceError(
                        f"The file is not {encoding}: {error}.",
                        where=str(path),
                        possible=f"text in {encoding}, as the mapping says",
                        to_do="Set encoding = to what wrote the file (utf-16-le, utf-8, windows-1252), "
                        "in its [[table]]; nothing was loaded from it.",
                    ) from error
                if out:
                    out.write(text.encode("utf-8"))
                lines += text.count("\n")
                offset += len(chunk)
                if not chunk:
                    return
    finally:
        if out:
            out.close()


def _unreadable(path: Path, encoding: str, base: int, lines: int, error: UnicodeDecodeError) -> SourceError:
    """Return the error that names the byte: `base` is the offset of `error.object` in the file."""
    line = lines + error.object[: error.start].decode(encoding, errors="replace").count("\n")
    with path.open("rb") as file:
        first = file.read(2)
    hint = "utf-16" if first in (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE) else "windows-1252"
    byte = error.object[error.start] if error.start < len(error.object) else 0
    return SourceError(
        f"Byte {base + error.start} (line {line}) is 0x{byte:02X}, which is not {encoding}.",
        where=str(path),
        possible=f"text in {encoding}, as the mapping says or by default",
        to_do=f'Set encoding = "{hint}", or whatever wrote the file, in its [[table]]; '
        "nothing was loaded from it.",
    )
