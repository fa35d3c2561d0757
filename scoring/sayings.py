"""Sayings: the sentences of features with their values, each worded once however often it is told."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from scoring.calibration import Floats
from scoring.explanations import sentence_of
from scoring.features import Feature


class Sayings:
    """The sentences of one recipe's features, each worded once: most reasons repeat another's values."""

    def __init__(self, features: Sequence[Feature]) -> None:
        """Start with nothing said."""
        self._features = features
        self._said: dict[tuple[int, int, int], str] = {}

    def sentences(self, feature: NDArray[np.intp], value: Floats, normal: Floats) -> list[str]:
        """Answer one sentence for each (n,) of the features at hand with its value and what is normal."""
        answer: list[str] = []
        # By their bits, since a number that is not known equals nothing, not even itself.
        keys = zip(feature.tolist(), _bits(value), _bits(normal), strict=True)
        for row, key in enumerate(keys):
            said = self._said.get(key)
            if said is None:
                said = sentence_of(self._features[key[0]], float(value[row]), float(normal[row]))
                self._said[key] = said
            answer.append(said)
        return answer


def _bits(numbers: Floats) -> list[int]:
    bits: list[int] = np.ascontiguousarray(numbers, dtype=np.float64).view(np.int64).tolist()
    return bits


def named(names: Sequence[str], position: NDArray[np.intp]) -> pa.Array:
    """Answer the name at each position, as Arrow words."""
    return pa.array(names, pa.string()).take(pa.array(position))
