"""Sets of photographs in a folder: where they lie, what their folders' names say, and which are drawn."""

from __future__ import annotations

import re
from pathlib import Path

import numpy as np

BONA_FIDE = "bona_fide"
_HONEST = {"bonafide", "genuine", "real", "live", "client"}
_FALSE = {"attack", "spoof", "fake", "imposter", "impostor", "print", "replay", "deepfake"}
_PICTURES = {".jpg", ".jpeg", ".png", ".bmp", ".webp", ".tif", ".tiff"}


def sets_in(folder: Path) -> list[Path]:
    """Return the sets: the folders below `folder`, or itself where it holds the labels; none if absent."""
    if not folder.is_dir():
        return []
    below = sorted(path for path in folder.iterdir() if path.is_dir())
    if any(_label(path.name) is not None for path in below):
        return [folder]
    return [path for path in below if not path.name.startswith(".")]


def labelled(folder: Path) -> list[tuple[Path, str]]:
    """Return the pictures of a set in the order of their names, each with its species."""
    found = [path for path in folder.rglob("*") if path.suffix.lower() in _PICTURES]
    found.sort(key=lambda path: _in_order(str(path.relative_to(folder))))
    named = ((path, species_of(path.relative_to(folder))) for path in found)
    return [(path, name) for path, name in named if name is not None]


def drawn(pictures: list[tuple[Path, str]], most: int, seed: int) -> list[tuple[Path, str]]:
    """Return at most `most` pictures, half of them of each label where there are as many, in their order."""
    rng = np.random.default_rng(seed)
    sides = [
        [n for n, (_, species) in enumerate(pictures) if (species == BONA_FIDE) is honest]
        for honest in (True, False)
    ]
    half = most // 2
    kept: list[int] = []
    for side, other in (sides, sides[::-1]):
        room = max(half, most - len(other))
        kept += [int(n) for n in rng.permutation(side)[:room]]
    return [pictures[n] for n in sorted(kept)]


def species_of(path: Path) -> str | None:
    """Return the species that the folders of a picture say; None where they say nothing."""
    parts = path.parts[:-1]
    for depth, part in enumerate(parts):
        label = _label(part)
        if label == BONA_FIDE:
            return BONA_FIDE
        if label is not None:
            return "/".join(parts[depth + 1 :]) or label
    return None


def _label(folder: str) -> str | None:
    """Return bona_fide, or the folder's own name where it says attack; None where it says neither."""
    words = set(re.findall(r"[a-z]+", re.sub(r"bona[^a-z]?fide", "bonafide", _spaced(folder))))
    words |= {word.removesuffix("s") for word in words}
    if words & _FALSE:
        return folder.lower()
    return BONA_FIDE if words & _HONEST else None


def _spaced(folder: str) -> str:
    """Return the name with a space where small letters meet a capital: ClientRaw is two words."""
    return re.sub(r"(?<=[a-z])(?=[A-Z])", " ", folder).lower()


def _in_order(name: str) -> list[tuple[int, str]]:
    """Return what sorts file names as people do: 2 before 10."""
    return [(int(part), "") if part.isdigit() else (-1, part) for part in re.split(r"(\d+)", name)]
