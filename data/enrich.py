"""Enrichment: what is known of every network address and device that the events name, without the network.

1. Every address gets its number (`ip_numbers`), which also marks it as seen.
2. Numbers are looked up among the ranges of the reference, or of an `.mmdb` that the user brings.
3. Addresses, counterparties and devices are matched with signatures (`signature_matches`).
4. Networks take their kind from a signature, else from words in their operator's name; devices are
   described by their user agents.

Only what is new is worked on, in one transaction, and a second run changes nothing. Rows of a user's own
file hold; enriched rows have no `file_id`.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import duckdb

from data.addresses import register_unseen
from data.devices import fill_devices
from data.facts import read_fact, write_fact
from data.geography import install_geography
from data.mmdb import SCHEMA, look_up, name_of
from data.networks import RANGES_DATE, RANGES_V4, RANGES_V6, operators
from data.progress import Progress, Step
from data.statement import SQL, read_statement
from data.store import Store

_STEP = "Enrich"


@dataclass(frozen=True, slots=True)
class Enriched:
    """What one run added: rows of addresses, networks, signature matches and devices that are new."""

    addresses: int
    networks: int
    matches: int
    devices: int


def enrich(store: Store, progress: Progress, mmdb: Path | None = None) -> Enriched:
    """Fill `countries`, `regions`, `networks`, `signature_matches` and `devices` for everything seen.

    Run it after every load and every import of signatures, before scoring. With another `mmdb` than the
    last time all enriched networks are looked up again; without one they stay as they are. Raises
    SourceError when the `mmdb` cannot be read; then nothing is changed.
    """
    with store.writing() as cursor:
        progress(Step(_STEP, 0, 4, "steps", "countries and regions"))
        install_geography(cursor)
        progress(Step(_STEP, 1, 4, "steps", "network addresses"))
        addresses = register_unseen(cursor)
        networks = _fill_networks(cursor, mmdb)
        progress(Step(_STEP, 2, 4, "steps", "signatures"))
        matches = _match_signatures(cursor)
        progress(Step(_STEP, 3, 4, "steps", "devices"))
        devices = fill_devices(cursor)
    done = Enriched(addresses, networks, matches, devices)
    progress(Step(_STEP, 4, 4, "steps", _in_words(done)))
    return done


def _fill_networks(cursor: duckdb.DuckDBPyConnection, mmdb: Path | None) -> int:
    before = _count(cursor, "count_networks")
    source = f"mmdb {name_of(mmdb)}" if mmdb else f"reference {RANGES_DATE}"
    known = read_fact(cursor, "networks_source")
    if source != known and (mmdb or known is None or known.startswith("reference")):
        cursor.execute(_sql("clear_enriched_networks"))
        write_fact(cursor, "networks_source", source)
    cursor.execute(_sql("yield_networks"))
    missing = [ip for (ip,) in cursor.execute(_sql("missing_networks")).fetchall()]
    if missing:
        cursor.register("known_operators", operators())
        cursor.register("brought_networks", look_up(mmdb, missing) if mmdb else SCHEMA.empty_table())
        cursor.execute(_sql("fill_networks"), {"ranges_v4": str(RANGES_V4), "ranges_v6": str(RANGES_V6)})
        cursor.unregister("known_operators")
        cursor.unregister("brought_networks")
    return _count(cursor, "count_networks") - before


def _match_signatures(cursor: duckdb.DuckDBPyConnection) -> int:
    before = _count(cursor, "count_signature_matches")
    state = ", ".join(str(value) for value in cursor.execute(_sql("newest_signature")).fetchall()[0])
    is_all = state != read_fact(cursor, "signatures_matched")
    if is_all:
        cursor.execute(_sql("clear_signature_matches"))
        write_fact(cursor, "signatures_matched", state)
    cursor.execute(_sql("match_networks"), {"is_all": is_all})
    cursor.execute(_sql("match_names"))
    cursor.execute(_sql("kinds_from_signatures"))
    return _count(cursor, "count_signature_matches") - before


def _in_words(done: Enriched) -> str:
    return f"new: {done.networks:,} networks, {done.devices:,} devices, {done.matches:,} signature matches"


def _count(cursor: duckdb.DuckDBPyConnection, name: str) -> int:
    counted = cursor.execute(_sql(name)).fetchone()
    return int(counted[0]) if counted else 0


def _sql(name: str) -> str:
    return read_statement(SQL / f"{name}.sql").sql
