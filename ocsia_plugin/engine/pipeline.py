"""Reading, computing and writing at the same time, with bounded queues in between."""

from __future__ import annotations

import queue
import threading
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import suppress
from typing import Any, TypeVar

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
    """Runs calls one after the other in a thread of its own, at most ``depth`` of them waiting.

    A context manager: leaving it waits for the last call. The first error is raised by the next call or on leaving.
    """

    def __init__(self, depth: int = 1) -> None:
        self._executor = ThreadPoolExecutor(1, thread_name_prefix="writer")
        self._waiting: queue.Queue[Future[None]] = queue.Queue()
        self._depth = depth

    def submit(self, call: Callable[..., None], *args: Any) -> None:
        """Queue ``call(*args)``; waits while too many are queued."""
        while self._waiting.qsize() >= self._depth:
            self._waiting.get().result()
        self._waiting.put(self._executor.submit(call, *args))

    def __enter__(self) -> BackgroundWriter:
        return self

    def __exit__(self, kind: object, *_: object) -> None:
        self._executor.shutdown(wait=True, cancel_futures=kind is not None)
        if kind is None:
            while not self._waiting.empty():
                self._waiting.get().result()
