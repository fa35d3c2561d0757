"""Lists that the demonstration's exchange subscribes to: bad addresses, VPN and Tor networks, bad devices.

Some entries are old, some come only after the crimes that made them known, some are mistaken.
"""

from __future__ import annotations

import numpy as np
import pyarrow as pa

from data.world.calendar import DAY, END, START
from data.world.columns import NONE, Ints, Rng, full
from data.world.counterparties import LISTED, RING_SLOTS, address_text, listed_code, ring_address
from data.world.crime import chosen
from data.world.equipment import TOR, VPN
from data.world.history import History
from data.world.incidents import HIDEOUTS
from data.world.names import device_ids
from data.world.writing import times, words

CATEGORIES = ("sanctioned", "scam", "phishing", "vpn", "tor_exit", "fraud_device")
_SOURCES = (
    "Made-up sanctions list",
    "Made-up scam list",
    "Made-up network list",
    "Made-up device consortium",
)
# How much of what rings use ever comes on a list, and how many days after their first crime.
RING_ADDRESSES_LISTED = 0.16
RING_DEVICES_LISTED = 0.12
LISTED_DAYS_AFTER = 24.0
SERVERS_LISTED = 0.7


def signature_table(history: History, ips: pa.Array, seed: int, rng: Rng) -> pa.Table:
    """Return all signatures as the contract's columns, by kind."""
    blocks = (_addresses(history, seed, rng), _networks(history, ips, rng), _devices(history, rng))
    return pa.concat_tables(blocks)


def _block(kind: str, value: pa.Array, category: Ints, source: Ints, listed_at: Ints) -> pa.Table:
    return pa.table(
        {
            "kind": pa.array([kind] * len(category), pa.string()),
            "value": value,
            "category": words(CATEGORIES, category),
            "source": words(_SOURCES, source),
            "listed_at": times(listed_at).take(pa.array(np.arange(len(listed_at)), mask=listed_at == NONE)),
        }
    )


def _addresses(history: History, seed: int, rng: Rng) -> pa.Table:
    """List the known bad addresses (a part from before, the rest through the year) and some of the rings'."""
    bad = listed_code(np.arange(LISTED))
    through = START + (rng.random(LISTED) * (END - START)).astype(np.int64)
    since = np.where(rng.random(LISTED) < 0.5, NONE, through)
    first = _first_crimes(history)
    ring = np.flatnonzero(chosen(len(first), RING_ADDRESSES_LISTED, rng))
    code = ring_address(ring, rng.integers(0, RING_SLOTS // 2, len(ring)))
    late = first[ring] + (rng.exponential(LISTED_DAYS_AFTER, len(ring)) * DAY).astype(np.int64)
    known = late < END
    code, since = np.r_[bad, code[known]], np.r_[since, late[known]]
    category = np.r_[np.where(rng.random(LISTED) < 0.4, 0, 1), rng.integers(1, 3, int(known.sum()))]
    text = pa.array(address_text(code, full(len(code), 0), seed), pa.string())
    return _block("address", text, category, np.where(category == 0, 0, 1), since)


def _networks(history: History, ips: pa.Array, rng: Rng) -> pa.Table:
    """List most VPN servers and Tor exits, each as a network of one address."""
    kind = history.scene.own.networks.kind
    server = np.flatnonzero(((kind == VPN) & chosen(len(kind), SERVERS_LISTED, rng)) | (kind == TOR))
    text = pa.array([f"{ip}/32" for ip in ips.take(pa.array(server)).to_pylist()], pa.string())
    category = np.where(kind[server] == VPN, CATEGORIES.index("vpn"), CATEGORIES.index("tor_exit"))
    return _block("network", text, category, full(len(server), 2), full(len(server), NONE))


def _devices(history: History, rng: Rng) -> pa.Table:
    """List the fingerprints of some rings, after their first crime."""
    first = _first_crimes(history)
    ring = np.flatnonzero(chosen(len(first), RING_DEVICES_LISTED, rng))
    late = first[ring] + (rng.exponential(LISTED_DAYS_AFTER, len(ring)) * DAY).astype(np.int64)
    known = late < END
    category = full(int(known.sum()), CATEGORIES.index("fraud_device"))
    return _block(
        "device",
        device_ids(history.hideouts.device[ring[known] * HIDEOUTS, 0]),
        category,
        full(len(category), 3),
        late[known],
    )


def _first_crimes(history: History) -> Ints:
    rings = int(history.incidents.ring.max(initial=-1)) + 1
    return history.incidents.at[np.searchsorted(history.incidents.ring, np.arange(rings))]
