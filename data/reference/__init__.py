"""Reference data that ships with Watchfloor, and the scripts that made it from public packages.

What each file is, its source, date and licence: `docs/reference-data.md`.
"""
