"""Processes that work for this one: Ctrl-C is left to it, and they end when it does, however that ends."""

from __future__ import annotations

import os
import signal
import threading
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable
    from concurrent.futures import ProcessPoolExecutor


def process_pool(count: int, prepare: Callable[..., None], *given: Any) -> ProcessPoolExecutor:
    """Return a pool of so many processes; each calls ``prepare(*given)`` before its first task."""
    from concurrent.futures import ProcessPoolExecutor  # noqa: PLC0415 - slow to import, as is the next
    from multiprocessing import get_context  # noqa: PLC0415

    initargs = (prepare, *given)
    return ProcessPoolExecutor(count, mp_context=get_context("spawn"), initializer=_begin, initargs=initargs)


def _begin(prepare: Callable[..., None], *given: Any) -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_end_with_parent, daemon=True).start()
    prepare(*given)


def _end_with_parent() -> None:
    from multiprocessing import parent_process  # noqa: PLC0415 - slow to import

    parent = parent_process()
    if parent:
        parent.join()
        os._exit(1)
