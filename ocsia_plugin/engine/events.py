"""What a job says while it runs: the same calls whether they end as JSON lines, as log lines or in a test's list."""

from __future__ import annotations

import threading
from typing import Any

from .errors import Cancelled


class Events:
    """Receives what a job reports; the base class keeps silent. Subclasses override ``emit``.

    ``cancel`` may be set from another thread; the job asks ``check`` between two blocks.
    """

    def __init__(self) -> None:
        self.cancel = threading.Event()

    def emit(self, event: str, **content: Any) -> None:
        """One event: ``progress`` (value), ``info``/``warning`` (code, params), ``product`` (path, product)."""

    def check(self) -> None:
        """Raise ``Cancelled`` when the user asked to stop."""
        if self.cancel.is_set():
            raise Cancelled

    def progress(self, fraction: float) -> None:
        """Share of the work done, 0 to 1; a good moment to stop."""
        self.check()
        self.emit("progress", value=round(min(max(fraction, 0.0), 1.0), 4))

    def info(self, code: str, **params: Any) -> None:
        """A line for the log; ``code`` is a key of ``messages.MESSAGES``."""
        self.emit("info", code=code, params=params)

    def warning(self, code: str, **params: Any) -> None:
        """A line that the user should not miss."""
        self.emit("warning", code=code, params=params)

    def product(self, path: str, product: str) -> None:
        """A finished file: ``probabilities``, ``classes``, ``confidence``, ``polygons``, ``zones`` or ``table``."""
        self.emit("product", path=str(path), product=product)
