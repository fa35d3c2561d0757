"""Who acts in the policy lab."""

from __future__ import annotations

import os

from desk.actors import Actor, local_actor


def actor() -> Actor:
    """Return the person at the screen."""
    return local_actor(os.environ)
