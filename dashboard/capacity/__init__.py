"""The parts of capacity planning: what other thresholds or other staff would do to the queue."""
