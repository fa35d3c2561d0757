"""Threads: how many OpenMP threads the trees may use on a machine that others use too."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager

from threadpoolctl import threadpool_limits


@contextmanager
def threads_for_load() -> Iterator[None]:
    """Limit the trees to one thread while the machine has more work than its cores.

    OpenMP threads spin while they wait for each other: with two of them on two cores at a load of 6, a
    training took twice the processor time of one thread, at 11 more than six times.
    """
    # Only libraries that are loaded can be limited.
    import sklearn.ensemble  # noqa: F401, PLC0415

    cores = os.cpu_count() or 1
    # The steps before this one leave a load of up to `cores` behind themselves.
    is_busy = os.getloadavg()[0] > cores + 1
    with threadpool_limits(limits=1 if is_busy else None, user_api="openmp"):
        yield
