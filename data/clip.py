"""A clip: the frames of one identity check, as they come from a camera, a file or a renderer."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Frame = NDArray[np.uint8]


@dataclass(frozen=True, slots=True)
class Clip:
    """Frames (n, height, width, 3), blue, green, red, 0 to 255; times (n,), milliseconds from the first.

    A photograph is a clip of one frame at time 0.
    """

    frames: Frame
    times_ms: NDArray[np.float64]

    def __len__(self) -> int:
        """How many frames."""
        return len(self.frames)
