"""Domains made to look like a known one: the same to the eye, a slip of the finger apart, or around it.

    resembled("cyber-po1ice.ke.example", ["cyber-police.ke.example"])     # the one it resembles

1. What the eye takes for the same is made the same: letters of other alphabets, 0 and o, rn and m.
2. Then a domain at most two letters from a known one resembles it (edit distance with swapped neighbours).
3. So does one that carries a whole known domain within it, or writes its dots as hyphens.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from functools import lru_cache

# What is taken for a Latin letter at a glance: Unicode's confusables that domains are forged with.
_SAME = str.maketrans(
    "\u0430\u0435\u043e\u0440\u0441\u0443\u0445\u0456\u0458\u0455\u0501\u04bb\u03bf\u03b1\u03c1\u03bd\u03b9\u0131"
    "0135",
    "aeopcyxijsdhoapviioles",
)
_PAIRS = (("rn", "m"), ("vv", "w"), ("cl", "d"))
# So far two domains may be apart; of a shorter one, half of it could be changed.
FAR = 2
_SHORT = 8


def domain_of(contact: str | None) -> str | None:
    """Return the domain of a mail address in small letters, readable where it is written in punycode."""
    if not contact or "@" not in contact:
        return None
    written = contact.rpartition("@")[2].strip().strip(".").lower()
    return ".".join(_readable(label) for label in written.split(".")) or None


def _readable(label: str) -> str:
    if not label.startswith("xn--"):
        return label
    try:
        return label[4:].encode("ascii").decode("punycode")
    except UnicodeError:
        return label


def is_within(domain: str, known: str) -> bool:
    """Answer whether a domain is a known one or lies below it."""
    return domain == known or domain.endswith(f".{known}")


def resembled(domain: str, known: Iterable[str]) -> str | None:
    """Return the known domain that `domain` is made to look like; None where it is one, or resembles none."""
    listed = list(known)
    if any(is_within(domain, each) for each in listed):
        return None
    seen = as_seen(domain)
    return next((each for each in listed if _resembles(seen, each)), None)


def _resembles(seen: str, known: str) -> bool:
    target = as_seen(known)
    if seen == target or target.replace(".", "-") in seen.replace(".", "-"):
        return True
    return len(known) >= _SHORT and distance(seen, target, FAR) <= FAR


@lru_cache(maxsize=4096)
def as_seen(domain: str) -> str:
    """Return a domain as the eye takes it."""
    flat = unicodedata.normalize("NFKD", domain.casefold()).translate(_SAME)
    flat = "".join(sign for sign in flat if not unicodedata.combining(sign))
    for pair, one in _PAIRS:
        flat = flat.replace(pair, one)
    return flat


def distance(one: str, other: str, most: int) -> int:
    """Return how many letters to change, put in, leave out or swap with a neighbour; `most` + 1: more.

    Optimal string alignment (Damerau 1964), a row of the table at a time.
    """
    if abs(len(one) - len(other)) > most:
        return most + 1
    before: list[int] = []
    row = list(range(len(other) + 1))
    for i, a in enumerate(one, 1):
        earlier, before, row = before, row, [i]
        for j, b in enumerate(other, 1):
            cost = min(before[j] + 1, row[j - 1] + 1, before[j - 1] + (a != b))
            if i > 1 and j > 1 and a == other[j - 2] and one[i - 2] == b:
                cost = min(cost, earlier[j - 2] + 1)
            row.append(cost)
        if min(row) > most:
            return most + 1
    return row[-1]
