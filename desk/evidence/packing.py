"""The writer of evidence: answers as CSV and JSON, files as a zip of which every byte is accounted for.

    found = {"steps.csv": asked(cursor, statement, {"case_id": "C-1"})}
    files = {name: written(name, answer) for name, answer in found.items()}
    data = sealed(files, {"pack_id": "E-1", ...}, key)

The zip is laid out by `verify_pack.layout`, which the verifier compares it with: headers, times and the
order of files follow from the signed manifest, and the manifest holds the hash of what each is packed as.
"""

from __future__ import annotations

import csv
import io
import json
import re
import zlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import duckdb
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from data.statement import Statement
from desk.evidence import verify_pack
from desk.evidence.verify_pack import sha256

# Half a second for 10 MB; more effort saves a few per cent.
LEVEL = 6
_NAMED = re.compile(r"\$(\w+)")


@dataclass(frozen=True, slots=True)
class Answer:
    """The rows of one part with the names of their columns."""

    names: tuple[str, ...]
    rows: Sequence[tuple[Any, ...]]

    def column(self, name: str) -> list[Any]:
        """Return the values of a column."""
        place = self.names.index(name)
        return [row[place] for row in self.rows]

    def as_mappings(self) -> list[dict[str, Any]]:
        """Return the rows as mappings of name to value."""
        return [dict(zip(self.names, row, strict=True)) for row in self.rows]


@dataclass(frozen=True, slots=True)
class Packed:
    """A file as it lies in the zip: what the manifest says of it, and its packed bytes."""

    entry: Mapping[str, Any]
    data: bytes


def asked(
    cursor: duckdb.DuckDBPyConnection, statement: Statement, parameters: Mapping[str, object]
) -> Answer:
    """Answer a question of the pack; of `parameters` it takes those that its SQL names."""
    given = {name: parameters[name] for name in set(_NAMED.findall(statement.sql))}
    cursor.execute(statement.sql, given)
    names = tuple(part[0] for part in cursor.description or ())
    return Answer(names, cursor.fetchall())


def written(name: str, answer: Answer, *, is_one: bool = False) -> bytes:
    """Return an answer as the bytes of a file, by its ending; `is_one`: its only row as one object."""
    if name.endswith(".json"):
        found = answer.as_mappings()
        return as_json(found[0] if is_one else found)
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(answer.names)
    writer.writerows([_text(value) for value in row] for row in answer.rows)
    return text.getvalue().encode()


def _text(value: object) -> object:
    """Return a value as it stands in a CSV: times as ISO 8601, nothing for what is not known."""
    return value.isoformat(sep=" ") if isinstance(value, datetime) else value


def as_json(value: object) -> bytes:
    """Return a value as readable JSON; what JSON does not know as text."""
    return (json.dumps(value, indent=2, ensure_ascii=False, default=str) + "\n").encode()


def packed(name: str, content: bytes) -> Packed:
    """Return a file as it lies in the zip."""
    compressor = zlib.compressobj(LEVEL, zlib.DEFLATED, -15)
    data = compressor.compress(content) + compressor.flush()
    return Packed(verify_pack.described(name, content, data), data)


def sealed(files: Sequence[Packed], said: Mapping[str, Any], key: Ed25519PrivateKey) -> bytes:
    """Return a whole pack as the bytes of a zip: its manifest, the signature of that, the files."""
    entries = [dict(one.entry) for one in files]
    listed = {"format": verify_pack.FORMAT, **said, "files": entries}
    # ASCII, so that its end is found in a damaged zip too.
    manifest = (json.dumps(listed, indent=1, ensure_ascii=True, default=str) + "\n").encode()
    signature = (key.sign(manifest).hex() + "\n").encode()
    held = {
        verify_pack.MANIFEST: manifest,
        verify_pack.SIGNATURE: signature,
        **{str(one.entry["name"]): one.data for one in files},
    }
    parts = verify_pack.layout(manifest, signature, entries)
    return b"".join(held[what] if isinstance(wanted, dict) else wanted for what, wanted in parts)


__all__ = ["Answer", "Packed", "as_json", "asked", "packed", "sealed", "sha256", "written"]
