"""`python -m dashboard`, the same as `watchfloor`."""

from dashboard.cli import main

main()
