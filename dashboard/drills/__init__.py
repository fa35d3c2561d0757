"""The parts of a training shift: past cases with the truth hidden, and how one did."""
