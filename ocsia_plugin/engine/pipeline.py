"""Reading, computing and writing at the same time, with bounded queues in between."""

from __future__ import annotations

import queue
import threading
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import suppress
from typing import Any, Optional, TypeVar

Item = TypeVar("Item")
_END = object()


def prefetched(items: Iterable[Item], depth: int = 1) -> Iterator[Item]:
    """The same items, made by a thread of their own, at most ``depth`` ahead of their use."""
    waiting: queue.Queue[Any] = queue.Queue(depth)
    stop = threading.Event()

    def put(item: Any) -> bool:
        while not stop.is_set():
            with suppress(queue.Full):
                waiting.put(item, timeout=0.1)
                return True
        return False

    def produce() -> None:
        try:
            for item in items:
                if not put((item, None)):
                    return
            put((_END, None))
        except BaseException as error:  # it belongs to the thread that waits for the item
            put((_END, error))

    thread = threading.Thread(target=produce, name="reader", daemon=True)
    thread.start()
    try:
        while True:
            item, error = waiting.get()
            if error is not None:
                raise error
            if item is _END:
                return
            yield item
    finally:
        stop.set()
        thread.join()


class BackgroundWriter:
    """Runs calls one at a time in a thread of its own: what one of them holds is let go before the next is taken.

    A context manager: leaving it waits for the last call. An error is raised by the next call or on leaving.
    """

    def __init__(self) -> None:
        self._executor = ThreadPoolExecutor(1, thread_name_prefix="writer")
        # Its thread starts now, while there is memory for it.
        self._running: Optional[Future[None]] = self._executor.submit(lambda: None)

    def submit(self, call: Callable[..., None], *args: Any) -> None:
        """Start ``call(*args)`` when the call before it has ended."""
        if self._running is not None:
            self._running.result()
        self._running = self._executor.submit(call, *args)

    def __enter__(self) -> BackgroundWriter:
        return self

    def __exit__(self, kind: object, *_: object) -> None:
        self._executor.shutdown(wait=True, cancel_futures=kind is not None)
        if kind is None and self._running is not None:
            self._running.result()
