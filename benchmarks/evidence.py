"""Evidence: how long does a pack of a large ring take from start to finish, and is every tampering named?

The pack is made by a process that has made none before, so that loading models is in it, then once more. The
home that WATCHFLOOR_BENCH_HOME names is written to: name a copy. The baseline is the files alone, as a zip.
"""

from __future__ import annotations

import os
import random
import tempfile
import time
import zipfile
from collections import Counter
from dataclasses import replace
from pathlib import Path

from benchmarks.evidence_tampering import files_of, tamperings
from benchmarks.results import Figure, Result
from dashboard import owner
from dashboard.desk_records import desk_records, follow
from dashboard.facts import last_event
from dashboard.reader import cursor_of
from data.home import Home, demo_home
from desk.actors import Actor
from desk.evidence.keeping import Keeping
from desk.evidence.making import make, sources_of
from desk.evidence.verify_pack import check_zip

TAMPERINGS = int(os.environ.get("WATCHFLOOR_BENCH_TAMPERINGS", "1000"))
BAR_SECONDS = 10
ANA = Actor("Ana Analystdemo", "analyst")
SEED = 8
ACCOUNTS = 50


def main() -> None:
    """Make the pack, tamper with it, and write the result."""
    named = os.environ.get("WATCHFLOOR_BENCH_HOME")
    home = Home(Path(named)) if named else demo_home()
    owner.become(home)
    follow()
    with tempfile.TemporaryDirectory() as scratch:
        ring, accounts, joined = _largest()
        worked = time.process_time()
        cold, _, _ = _made(home, ring, Path(scratch))
        worked = time.process_time() - worked
        # The third, so that the log and the custody in it have a past to tamper with.
        _made(home, ring, Path(scratch))
        warm, data, key = _made(home, ring, Path(scratch))
        plain = _zipped(data, Path(scratch))
        began = time.perf_counter()
        manifest, faults = check_zip(data, key)
        checked = time.perf_counter() - began
        if faults:
            raise RuntimeError(f"the pack is not whole as it was made: {faults[0]}")
        found = _tampered(data, key)
    again = manifest["replay"]
    Result(
        "money",
        "evidence",
        f"Is a pack of a ring of {accounts} accounts made in under {BAR_SECONDS} s, and is tampering named?",
        (
            Figure(
                "a pack, first of its process", cold, "s", baseline=BAR_SECONDS, baseline_name="s, the bar"
            ),
            Figure("processor time of it", worked, "s"),
            Figure("a pack, models read before", warm, "s", baseline=plain, baseline_name="s, plain zip"),
            Figure("its check by the verifier", checked, "s"),
            Figure("size", len(data) / 1e6, "MB"),
            Figure("events scored again", again["events"], "events"),
            Figure("of these equal to the last bit", again["bit_equal"], "events"),
            Figure("tamperings", found["all"], "packs"),
            Figure("found", found["found"], "packs", baseline=found["all"], baseline_name="tamperings"),
            Figure("named", found["named"], "packs", baseline=found["all"], baseline_name="tamperings"),
        ),
        seed=SEED,
        notes=(
            f"Ring {ring}; {joined} rings in one; {manifest['rows']['events.csv']:,} events of its accounts",
        ),
    ).write()


def _largest() -> tuple[str, int, int]:
    """Join the largest rings of the copy under one name until they have ACCOUNTS, and return it.

    No ring of the made-up exchange is that large: name, accounts, and how many rings it was made of.
    """
    asked = (
        "SELECT ring_id, list(DISTINCT account_id) AS accounts FROM ring_members "
        "GROUP BY ring_id ORDER BY len(accounts) DESC, ring_id"
    )
    with owner.store().writing() as cursor:
        rings = cursor.execute(asked).fetchall()
        accounts: set[str] = set()
        joined: list[str] = []
        while len(accounts) < ACCOUNTS and rings:
            ring, members = rings.pop(0)
            joined.append(ring)
            accounts |= set(members)
        for table in ("ring_members", "ring_ties", "ring_transfers", "ring_patterns"):
            for ring in joined[1:]:
                cursor.execute(f"UPDATE {table} SET ring_id = $1 WHERE ring_id = $2", [joined[0], ring])
    return joined[0], len(accounts), len(joined)


def _made(home: Home, ring: str, scratch: Path) -> tuple[float, bytes, str]:
    began = time.perf_counter()
    follow()
    with cursor_of(ANA) as cursor:
        sources = sources_of(home, desk_records(), cursor, os.environ)
        keeping = Keeping(scratch / "evidence", scratch / "evidence.key")
        pack = make(replace(sources, keeping=keeping), "ring", ring, ANA, last_event())
    seconds = time.perf_counter() - began
    return seconds, keeping.read(pack.name, pack.sha256), keeping.fingerprint()


def _zipped(data: bytes, scratch: Path) -> float:
    """Return the seconds that a plain zip of the same files takes."""
    files = files_of(data)
    began = time.perf_counter()
    with zipfile.ZipFile(scratch / "plain.zip", "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return time.perf_counter() - began


def _tampered(data: bytes, key: str) -> Counter[str]:
    found: Counter[str] = Counter()
    for what, changed, named in tamperings(data, random.Random(SEED), TAMPERINGS):
        faults = check_zip(changed, key)[1]
        is_named = any(named in f"{fault.where} {fault.words}" for fault in faults)
        found.update({"all": 1, "found": int(bool(faults)), "named": int(is_named)})
        if not is_named:
            print(f"{what}: {named!r} was not named, but {faults[:3]}")
    return found


if __name__ == "__main__":
    main()
