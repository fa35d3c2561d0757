"""The demonstration world: a seeded, made-up exchange with normal life and crime."""

from data.world.build import DEFAULT_EVENTS, DEFAULT_SEED, FULL_EVENTS, build_world

__all__ = ["DEFAULT_EVENTS", "DEFAULT_SEED", "FULL_EVENTS", "build_world"]
