"""The parts of the page Rings and of the page of one ring."""
