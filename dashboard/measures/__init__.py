"""Measures: what a number counts, and whether it really changed."""
