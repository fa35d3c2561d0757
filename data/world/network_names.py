"""Real-looking addresses for the world's networks: ranges that enrichment finds in the wanted country."""

from __future__ import annotations

import numpy as np
import pyarrow as pa

from data.networks import sample_addresses
from data.world.columns import Ints, Rng
from data.world.equipment import DATACENTRE, HOME, MOBILE, TOR, VPN, Networks
from data.world.places import PLACES

# What kind of operator the addresses come from; where a country announces none of it, any kind.
_OPERATORS = {
    HOME: "residential",
    MOBILE: "mobile",
    VPN: "datacentre",
    DATACENTRE: "datacentre",
    TOR: "datacentre",
}


def name_networks(networks: Networks, rng: Rng) -> pa.Array:
    """Return the text of every network address; a country's operators of that kind announce it."""
    place, kind = networks.place, networks.kind
    texts = np.empty(networks.count, dtype="U15")
    for number, country in enumerate(PLACES):
        for one, operator in _OPERATORS.items():
            mine: Ints = np.flatnonzero((place == number) & (kind == one))
            if len(mine):
                texts[mine] = _sample(country.alpha2, len(mine), rng, operator)
    return pa.array(texts.tolist(), pa.string())


def _sample(country: str, count: int, rng: Rng, kind: str) -> np.ndarray[tuple[int, ...], np.dtype[np.str_]]:
    try:
        return sample_addresses(country, count, rng, kind=kind)
    except ValueError:
        return sample_addresses(country, count, rng)
