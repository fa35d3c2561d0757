"""Threads: how the trees use the cores of a machine that others use too."""

from __future__ import annotations

import os
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from typing import TypeVar

from threadpoolctl import threadpool_limits

Given = TypeVar("Given")
Made = TypeVar("Made")


def on_all_cores(work: Callable[[Given], Made], given: Iterable[Given]) -> Iterator[Made]:
    """Yield what `work` makes of each of `given`, in their order, each core busy with one of them.

    Each thread gets one OpenMP thread of its own, so that none waits for another; at most one of `given`
    more than there are cores is taken ahead. An error of `work` is raised where its turn comes.
    """
    cores = os.cpu_count() or 1
    ahead: deque[Future[Made]] = deque()
    with ThreadPoolExecutor(cores, initializer=_one_thread_each) as pool:
        try:
            for one in given:
                ahead.append(pool.submit(work, one))
                if len(ahead) > cores:
                    yield ahead.popleft().result()
            while ahead:
                yield ahead.popleft().result()
        finally:
            for left in ahead:
                left.cancel()


def _one_thread_each() -> None:
    # OpenMP keeps this number for each thread that asks.
    threadpool_limits(limits=1, user_api="openmp")
