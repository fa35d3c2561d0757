"""Networks that money moves on, and how their addresses and hashes are written.

    fault_of_address("tron", "TQ...")      # what is wrong with it in words; empty where nothing is

A shape says length and letters (BIP-173, EIP-55, and the networks' own pages). Where a network writes a
checksum into its addresses (Base58Check), `fits_checksum` says whether it fits: a mistyped one does not.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import sha256

_BASE58 = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz"
_HEX64 = "[0-9a-f]{64}"


@dataclass(frozen=True, slots=True)
class Network:
    """One network: its name, how a person says it, the shape of its addresses and hashes, and of a memo."""

    name: str
    title: str
    address: str
    address_words: str
    tx_hash: str
    tx_hash_words: str
    has_memo: bool = False
    has_checksum: bool = False


_EVM = (
    "0x[0-9a-fA-F]{40}",
    "0x and 40 hexadecimal digits",
    f"(?i:0x{_HEX64})",
    "0x and 64 hexadecimal digits",
)
_SHA = (f"(?i:{_HEX64})", "64 hexadecimal digits")
NETWORKS: Mapping[str, Network] = {
    network.name: network
    for network in (
        Network(
            "tron", "Tron", f"T[{_BASE58}]{{33}}", "T and 33 letters and digits", *_SHA, has_checksum=True
        ),
        Network("ethereum", "Ethereum", *_EVM),
        Network("bnb_chain", "BNB Chain", *_EVM),
        Network("polygon", "Polygon", *_EVM),
        Network("arbitrum", "Arbitrum", *_EVM),
        Network(
            "bitcoin",
            "Bitcoin",
            f"(bc1[02-9ac-hj-np-z]{{11,71}}|[13][{_BASE58}]{{25,34}})",
            "bc1 and 11 to 71 small letters and digits, or 1 or 3 and 25 to 34 letters and digits",
            *_SHA,
            has_checksum=True,
        ),
        Network(
            "solana",
            "Solana",
            f"[{_BASE58}]{{32,44}}",
            "32 to 44 letters and digits",
            f"[{_BASE58}]{{64,90}}",
            "64 to 90 letters and digits",
        ),
        Network(
            "xrp",
            "XRP Ledger",
            f"r[{_BASE58}]{{24,34}}",
            "r and 24 to 34 letters and digits",
            *_SHA,
            has_memo=True,
        ),
        Network(
            "ton", "TON", "[EUk0][Qf][A-Za-z0-9_-]{46}", "48 letters, digits, - and _", *_SHA, has_memo=True
        ),
        Network("stellar", "Stellar", "G[A-Z2-7]{55}", "G and 55 capitals and digits", *_SHA, has_memo=True),
    )
}


def fault_of_address(network: str, address: str) -> str:
    """Say what is wrong with an address on a network; empty where nothing is, or the network is not known."""
    known = NETWORKS.get(network)
    if known is None or re.fullmatch(known.address, address):
        return ""
    return f"{address!r} is no address of {known.title}: that is {known.address_words}."


def fault_of_hash(network: str, tx_hash: str) -> str:
    """Say what is wrong with the hash of a transfer; empty where nothing is, or the network is not known."""
    known = NETWORKS.get(network)
    if known is None or re.fullmatch(known.tx_hash, tx_hash):
        return ""
    return f"{tx_hash!r} is no transfer of {known.title}: that is {known.tx_hash_words}."


def fits_checksum(network: str, address: str) -> bool | None:
    """Answer whether the checksum in a Base58Check address fits; None where it has none of that kind."""
    known = NETWORKS.get(network)
    if known is None or not known.has_checksum or address.startswith("bc1"):
        return None
    if fault_of_address(network, address):
        return False
    number = 0
    for letter in address:
        number = number * 58 + _BASE58.index(letter)
    # One byte of version, twenty of the key's hash, four of the checksum.
    if number >= 1 << 200:
        return False
    held = number.to_bytes(25, "big")
    return sha256(sha256(held[:-4]).digest()).digest()[:4] == held[-4:]
