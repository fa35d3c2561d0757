"""The world's files: event streams as Parquet, accounts and signatures as CSV.

Nothing in them is a time of writing, so the same seed gives the same bytes.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.csv as pa_csv
import pyarrow.parquet as pq

from data.world.calendar import DAY, MONTH_STARTS, START
from data.world.checks import VENDOR_OUTCOMES, Capture
from data.world.columns import (
    ASSETS,
    FACTORS,
    KINDS,
    LOGIN_KINDS,
    NONE,
    OUTCOMES,
    PURPOSES,
    STATUSES,
    Checks,
    Flags,
    Ints,
    Logins,
    Transactions,
)
from data.world.counterparties import address_text, chain_of
from data.world.names import account_ids, device_ids, event_ids
from data.world.places import PLACES
from data.world.population import Population
from data.world.user_agents import USER_AGENTS

MEDIA = "media"  # folder of the clips, beside the file of checks
QUARTERS = (("2025q1", 0, 3), ("2025q2", 3, 6), ("2025q3", 6, 9), ("2025q4", 9, 10))


@dataclass(frozen=True, slots=True)
class Names:
    """Texts of numbered things: every address on the network, each device's agent, the day's prices."""

    seed: int
    ips: pa.Array
    agents: Ints
    prices: npt.NDArray[np.float64]


def words(values: tuple[str, ...], number: Ints) -> pa.Array:
    """Return the word of each number, null for NONE."""
    return pa.array(values, pa.string()).take(pa.array(number, mask=number < 0))


def times(at: Ints) -> pa.Array:
    """Return microseconds since 1970 as timestamps without zone."""
    return pa.array(at).cast(pa.timestamp("us"))


def money(micro: Ints) -> pa.Array:
    """Return millionths as DECIMAL(18,6)."""
    # A decimal128 is 16 bytes, low half first; the high half repeats the sign.
    halves = np.stack([micro, micro >> 63], axis=1)
    return pa.Array.from_buffers(pa.decimal128(18, 6), len(micro), [None, pa.py_buffer(halves.tobytes())])


def transaction_table(moved: Transactions, names: Names) -> pa.Table:
    """Return the transactions as the contract's columns."""
    day = (moved.at - START) // DAY
    quantity = np.round(moved.micro / 1e6 / names.prices[day, moved.asset], 8)
    return pa.table(
        {
            "event_id": event_ids(0, np.arange(len(moved.at))),
            "account_id": account_ids(moved.account),
            "occurred_at": times(moved.at),
            "kind": words(KINDS, moved.kind),
            "amount": money(moved.micro),
            "asset": words(ASSETS, moved.asset),
            "quantity": pa.array(quantity),
            "counterparty": counterparty_texts(moved, names.seed),
            **_client(moved.device, moved.ip, names),
            "status": words(STATUSES, moved.status),
        }
    )


def counterparty_texts(moved: Transactions, seed: int) -> pa.Array:
    """Return the other side of each transaction: an account's id, an address, or null for a trade."""
    code = moved.counterparty
    is_account = code < NONE
    is_address = code > NONE
    pairs = np.stack([code[is_address], chain_of(moved.asset[is_address])], axis=1)
    unique, back = np.unique(pairs, axis=0, return_inverse=True)
    addresses = pa.array(address_text(unique[:, 0], unique[:, 1], seed), pa.string()).take(
        pa.array(back.ravel())
    )
    texts = pa.concat_arrays([addresses, account_ids(NONE - 1 - code[is_account])])
    place = np.full(len(code), NONE, dtype=np.int64)
    place[is_address] = np.arange(is_address.sum())
    place[is_account] = is_address.sum() + np.arange(is_account.sum())
    return texts.take(pa.array(place, mask=place < 0))


def _client(device: Ints, ip: Ints, names: Names) -> dict[str, pa.Array]:
    return {
        "device_id": device_ids(device),
        "ip": names.ips.take(pa.array(ip)),
        "user_agent": words(USER_AGENTS, names.agents[device]),
    }


def login_table(signed: Logins, names: Names) -> pa.Table:
    """Return the sign-ins as the contract's columns."""
    return pa.table(
        {
            "event_id": event_ids(1, np.arange(len(signed.at))),
            "account_id": account_ids(signed.account),
            "occurred_at": times(signed.at),
            "kind": words(LOGIN_KINDS, signed.kind),
            "outcome": words(OUTCOMES, signed.outcome),
            "factor": words(FACTORS, signed.factor),
            **_client(signed.device, signed.ip, names),
        }
    )


def check_table(checks: Checks, seen: Capture, is_rendered: Flags, names: Names) -> pa.Table:
    """Return the identity checks as the contract's columns; only rendered ones have pictures of their own."""
    ids = event_ids(2, np.arange(len(checks.at)))
    return pa.table(
        {
            "event_id": ids,
            "account_id": account_ids(checks.account),
            "occurred_at": times(checks.at),
            "purpose": words(PURPOSES, checks.purpose),
            "vendor_outcome": words(VENDOR_OUTCOMES, seen.vendor_outcome),
            **_client(checks.device, checks.ip, names),
            "is_virtual_camera": pa.array(seen.is_virtual_camera),
            "is_emulator": pa.array(seen.is_emulator),
            "frame_jitter_ms": _measured(seen.frame_jitter_ms),
            "sensor_noise": _measured(seen.sensor_noise),
            "frame_rate": _measured(seen.frame_rate),
            "frame_height": pa.array(seen.frame_height.astype(np.int32)),
            "attempt": pa.array(checks.attempt.astype(np.int32)),
            "duration_seconds": _measured(seen.duration_seconds),
            "prompts_obeyed": _measured(seen.prompts_obeyed),
            "prompt_delay_ms": _measured(seen.prompt_delay_ms),
            "gyro_motion": _measured(seen.gyro_motion),
            "media_score": _measured(seen.media_score),
            "media_path": media_paths(ids, is_rendered),
            "document_path": pa.nulls(len(checks.at), pa.string()),
        }
    )


def media_paths(ids: pa.Array, is_rendered: Flags) -> pa.Array:
    """Return where each rendered check's clip lies, beside the file of checks; null for the others."""
    paths = pc.binary_join_element_wise(MEDIA, pc.binary_join_element_wise(ids, "avi", "."), "/")
    return pc.if_else(pa.array(is_rendered), paths, pa.scalar(None, pa.string()))


def _measured(values: npt.NDArray[np.float64]) -> pa.Array:
    return pa.array(np.round(values, 4), mask=np.isnan(values))


def account_table(people: Population) -> pa.Table:
    """Return the accounts as the contract's columns."""
    inviter = np.maximum(people.referrer, 0)
    referrer = account_ids(inviter).take(pa.array(np.arange(people.count), mask=people.referrer < 0))
    return pa.table(
        {
            "account_id": account_ids(np.arange(people.count)),
            "opened_at": times(people.opened_at),
            "kyc_country": words(tuple(place.alpha2 for place in PLACES), people.place),
            "customer_type": words(("individual", "business"), people.is_business),
            "referrer_id": referrer,
        }
    )


def write_parquet(table: pa.Table, path: Path) -> None:
    """Write a table as one Parquet file."""
    pq.write_table(table, path, compression="zstd")


def write_by_quarter(table: pa.Table, at: Ints, folder: Path, name: str) -> None:
    """Write a stream sorted by time as one Parquet file a quarter, as exports of a real system come."""
    for quarter, first, last in QUARTERS:
        low, high = np.searchsorted(at, (MONTH_STARTS[first], MONTH_STARTS[last]))
        write_parquet(table.slice(int(low), int(high - low)), folder / f"{name}-{quarter}.parquet")


def write_csv(table: pa.Table, path: Path) -> None:
    """Write a table as CSV with a header."""
    pa_csv.write_csv(table, path)
