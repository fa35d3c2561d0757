"""The parts of the page Liveness and of the page of one identity check."""
