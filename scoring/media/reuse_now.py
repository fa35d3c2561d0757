"""Re-use of media asked for one check, while its customer waits: what `media_reuse` would say of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import numpy as np

from scoring.media.reuse import LOCKSTEP_MICROSECONDS, RADII, STRONG, Checks
from scoring.media.search import BYTES, PrintIndex

_BEGINNING = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class MediaReuse:
    """One row of `media_reuse`, in its columns but for the key; None where a row has null."""

    face_accounts: int | None
    background_accounts: int | None
    video_accounts: int | None
    document_accounts: int | None
    nearest_bits: int | None
    since_media_seconds: float | None
    lockstep_accounts: int


class ReuseNow:
    """All prints of a store in memory, by kind, with whose they are and when they came.

    32 bytes a print in the index and two numbers beside it; `benchmarks/reuse.py` measures an answer over a
    million. Many may ask at once; who adds waits for them.
    """

    def __init__(self, checks: Checks) -> None:
        """Hold `checks`, as `read_checks` reads them from a store."""
        self._numbers = {name: number for number, name in enumerate(checks.account_ids)}
        self._indexes = {kind: PrintIndex() for kind in RADII}
        self._accounts: dict[str, list[int]] = {}
        self._times: dict[str, list[int]] = {}
        for kind, (rows, prints) in checks.prints.items():
            self._accounts[kind] = checks.account[rows].tolist()
            self._times[kind] = checks.t[rows].tolist()
            self._indexes[kind].add(prints)

    def add(self, account_id: str, prints: Mapping[str, bytes], at: datetime) -> None:
        """Take a check into the memory: its prints by kind, at a UTC time without zone."""
        number = self._numbers.setdefault(account_id, len(self._numbers))
        for kind, print_ in prints.items():
            # Its meaning stands before it can be found.
            self._accounts[kind].append(number)
            self._times[kind].append(_microseconds(at))
            self._indexes[kind].add(np.frombuffer(print_, np.uint8).reshape(1, BYTES))

    def ask(self, account_id: str, prints: Mapping[str, bytes], at: datetime) -> MediaReuse | None:
        """Return where the media of a check came before `at` under other accounts; None: it has no print."""
        if not prints:
            return None
        me, now = self._numbers.get(account_id, -1), _microseconds(at)
        accounts: dict[str, set[int]] = {}
        in_step: set[int] = set()
        nearest: list[int] = []
        newest: list[int] = []
        for kind, print_ in prints.items():
            near = self._indexes[kind].near(np.frombuffer(print_, np.uint8).reshape(1, BYTES), RADII[kind])
            whose, when = self._accounts[kind], self._times[kind]
            past = [
                (whose[row], when[row], bits)
                for row, bits in zip(near.row.tolist(), near.distance.tolist(), strict=True)
                if when[row] < now and whose[row] != me
            ]
            accounts[kind] = {account for account, _, _ in past}
            in_step |= {account for account, t, _ in past if now - t <= LOCKSTEP_MICROSECONDS}
            if kind in STRONG:
                nearest += [bits for _, _, bits in past]
                newest += [t for _, t, _ in past]
        counts = {kind: len(found) for kind, found in accounts.items()}
        return MediaReuse(
            face_accounts=counts.get("face"),
            background_accounts=counts.get("background"),
            video_accounts=counts.get("video"),
            document_accounts=counts.get("document"),
            nearest_bits=min(nearest, default=None),
            since_media_seconds=(now - max(newest)) / 1_000_000 if newest else None,
            lockstep_accounts=len(in_step),
        )


def _microseconds(at: datetime) -> int:
    return (at.replace(tzinfo=UTC) - _BEGINNING) // timedelta(microseconds=1)
