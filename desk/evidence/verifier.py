"""The verifier as it travels in a pack: one file that needs nothing but Python's standard library."""

from __future__ import annotations

from functools import cache
from pathlib import Path

FOLDER = Path(__file__).parent
NAME = "verify_pack.py"
_IMPORT = "from desk.evidence.ed25519 import is_signed\n"


@cache
def verifier() -> bytes:
    """Return `verify_pack.py` with the signature check in the place of its import."""
    own, borrowed = ((FOLDER / name).read_text(encoding="utf-8") for name in (NAME, "ed25519.py"))
    # What stands before the first constant is its docstring and imports, which the verifier has itself.
    check = borrowed[borrowed.index("P = 2**255") :]
    if own.count(_IMPORT) != 1:
        raise RuntimeError(f"{NAME} imports the signature check by one line: {_IMPORT}")
    return own.replace(_IMPORT, f"# Ed25519, as RFC 8032, 5.1 has it.\n{check}").encode()
