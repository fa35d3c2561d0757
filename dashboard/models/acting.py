"""Who acts on this page: the person of the header, else the one person of local mode."""

from __future__ import annotations

import os

from desk.actors import Actor, local_actor


def acting() -> Actor:
    """Return who acts. Raises ActorError when the role that the environment names is not there."""
    return local_actor(os.environ)
