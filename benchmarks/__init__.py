"""Measurements of speed and quality, each with a baseline of the same run and a committed result."""
