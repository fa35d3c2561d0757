"""The other side of transactions: numbered addresses, by whose they are; text is made when written."""

from __future__ import annotations

import numpy as np

from data.world.columns import NONE, Ints, Rng, mixed

WALLETS = 4
_FRESH = 1_000_000_000
_HOT = 2_000_000_000
_RING = 3_000_000_000
_LISTED = 4_000_000_000
HOT_WALLETS = 40
RING_SLOTS = 8
LISTED = 60


def account_code(account: Ints) -> Ints:
    """Return the code of an account as a counterparty."""
    return NONE - 1 - account


def own_wallet(account: Ints, rng: Rng) -> Ints:
    """Return one of the account's own wallets, mostly the first."""
    slot = np.minimum(rng.geometric(0.62, len(account)) - 1, WALLETS - 1)
    return account * WALLETS + slot


def fresh_address(count: int, rng: Rng) -> Ints:
    """Return addresses seen never before nor after."""
    return _FRESH + rng.integers(0, _HOT - _FRESH, count)


def hot_wallet(count: int, rng: Rng) -> Ints:
    """Return wallets of exchanges and custodians, a few of which take most of the traffic."""
    return _HOT + np.floor(HOT_WALLETS * rng.random(count) ** 2.2).astype(np.int64)


def ring_address(ring: Ints, slot: Ints) -> Ints:
    """Return one of the addresses a ring collects at."""
    return _RING + ring * RING_SLOTS + slot % RING_SLOTS


def listed_address(count: int, rng: Rng) -> Ints:
    """Return addresses on sanctions and scam lists."""
    return _LISTED + np.floor(LISTED * rng.random(count) ** 1.5).astype(np.int64)


def listed_code(number: Ints) -> Ints:
    """Return the code of a listed address."""
    return _LISTED + number


def chain_of(asset: Ints) -> Ints:
    """Return the chain an asset moves on: 0 Tron, 1 Ethereum, 2 Bitcoin, 3 Solana."""
    return np.array([0, 2, 1, 1, 3, 0])[asset]


_BASE58 = np.frombuffer(b"123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz", dtype=np.uint8)
_HEX = np.frombuffer(b"0123456789abcdef", dtype=np.uint8)
_BECH32 = np.frombuffer(b"qpzry9x8gf2tvdw0s3jn54khce6mua7l", dtype=np.uint8)
_SHAPES = ((b"T", _BASE58, 33), (b"0x", _HEX, 40), (b"bc1q", _BECH32, 38), (b"", _BASE58, 44))


def address_text(code: Ints, chain: Ints, seed: int) -> list[str]:
    """Return the text of each address on its chain: right in length and alphabet, without a checksum."""
    out = np.empty(len(code), dtype="S44")
    for number, (prefix, alphabet, length) in enumerate(_SHAPES):
        mine = chain == number
        digits = np.stack([mixed(code[mine], number, seed, place) for place in range(length)], axis=-1)
        letters = alphabet[(digits % np.uint64(len(alphabet))).astype(np.int64)]
        text = np.ascontiguousarray(letters).view(f"S{length}").ravel()
        out[mine] = np.char.add(prefix, text)
    decoded: list[str] = np.char.decode(out, "ascii").tolist()
    return decoded
