"""The parts of the page Models and policy."""
