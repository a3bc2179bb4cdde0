"""How long a run will take and what it needs: from what the last one with the same model took on this machine."""

from __future__ import annotations

import contextlib
import json
import math
import os
import sys
import time
from collections.abc import Callable, Iterable
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, Optional

from .errors import because
from .events import Events
from .models.card import ModelCard
from .models.catalogue import user_folder
from .runtime.devices import CPU_PROVIDER

_FILE = ".pace.json"
_LEAST_PIXELS = 1_000_000
"""A run of fewer pixels says too little: its time is that of starting. A preview has as many."""

_OUTWEIGHED = 0.1
"""A run of less than this share of the pixels of the noted one says less than that one did."""

_MARKS = (0.1, 0.25, 0.5, 0.75)
"""Shares of the work after which the time left is said."""

_LEAST_SECONDS = 30.0
"""A run that has been going on, or has left, for less is none to talk about."""


@dataclass(frozen=True)
class Pace:
    """What a run took.

    Attributes:
        seconds: per million pixels of the result, reading and writing included.
        memory: largest resident memory of the engine in MB; None: the system does not say.
        pixels: of its result.
    """

    seconds: float
    memory: Optional[int] = None
    pixels: int = 0


@dataclass(frozen=True)
class Needs:
    """What a run will take.

    Attributes:
        pixels: of the result that have to be computed.
        disk: bytes, at most, while it runs.
        seconds: None: no run with the model has been measured on this machine.
        memory: in MB, of the last such run; None: not known.
        device: on which that one ran, as ``devices.device_name`` calls it.
    """

    pixels: int
    disk: float
    seconds: Optional[float] = None
    memory: Optional[int] = None
    device: str = ""

    def told(self) -> dict[str, Any]:
        """All of it in one sentence, for dialogs, as a code with parameters."""
        disk = size(self.disk / 1e6)
        if self.seconds is None:
            return because("forecast-unmeasured", disk=disk)
        device = because("device-cpu" if self.device.startswith(CPU_PROVIDER) else "device-gpu")
        told = {"time": duration(self.seconds), "device": device, "disk": disk}
        if not self.memory:
            return because("forecast-measured", **told)
        return because("forecast-all", **told, memory=size(self.memory))


def needs(card: ModelCard, devices: Iterable[str], pixels: int, disk: float, processes: int = 1) -> Needs:
    """What a run of ``pixels`` will take, by the first of ``devices`` of which something is known.

    Args:
        processes: that share the work, each of them on such a device.
    """
    for device in devices:
        pace = known_pace(card, device)
        if pace is not None:
            memory = pace.memory * processes if pace.memory else None
            return Needs(pixels, disk, pace.seconds * pixels / 1e6 / processes, memory, device)
    return Needs(pixels, disk)


def known_pace(card: ModelCard, device: str) -> Optional[Pace]:
    """That of the last run of a model on a device (provider and threads); None: there was none."""
    found = _read().get(_key(card, device))
    seconds = found.get("seconds") if isinstance(found, dict) else None
    if not isinstance(seconds, (int, float)) or seconds <= 0:
        return None
    return Pace(seconds, found.get("memory"), found.get("pixels") or 0)


def remember(card: ModelCard, device: str, pixels: int, seconds: float) -> None:
    """Note what a run took, unless it says little. Where it cannot be written, nothing is."""
    known = known_pace(card, device)
    if pixels < max(_LEAST_PIXELS, _OUTWEIGHED * known.pixels if known else 0):
        return
    taken = Pace(round(1e6 * seconds / pixels, 4), peak_memory(), pixels)
    content = {**_read(), _key(card, device): asdict(taken)}
    path = _path()
    unfinished = path.with_name(f"{_FILE}.{os.getpid()}")
    with contextlib.suppress(OSError):
        path.parent.mkdir(parents=True, exist_ok=True)
        unfinished.write_text(json.dumps(content, indent=1, sort_keys=True), encoding="utf-8")
        os.replace(unfinished, path)


def announce(wanted: Needs, events: Events) -> None:
    """Say what the run will need, before it begins."""
    # Of a small image as well something is left: not "0 million".
    millions = float(f"{wanted.pixels / 1e6:.3g}")
    events.info("info-estimate", pixels=millions, disk=math.ceil(wanted.disk / 1e6))
    if wanted.seconds is None:
        events.info("info-estimate-unknown")
        return
    events.info("info-estimate-time", time=duration(wanted.seconds))
    if wanted.memory:
        events.info("info-estimate-memory", memory=wanted.memory)


class Remaining:
    """Says in the log, seldom, how long a run will go on.

    Args:
        events: of the run; clock: seconds.
    """

    def __init__(self, events: Events, clock: Callable[[], float] = time.monotonic) -> None:
        self._events, self._clock, self._began = events, clock, clock()
        self._marks = list(_MARKS)

    @property
    def seconds(self) -> float:
        """Since the beginning."""
        return self._clock() - self._began

    def at(self, share: float) -> None:
        """``share`` of the work (0..1) is done."""
        if self._marks and self._marks[0] <= share < 1:
            self.say(share)

    def say(self, share: float) -> None:
        """As ``at``, but whether or not it is time to say it again; short times are not talked about."""
        left = self.seconds * (1 - share) / share
        while self._marks and share >= self._marks[0]:
            self._marks.pop(0)
        if self.seconds >= _LEAST_SECONDS and left >= _LEAST_SECONDS:
            self._events.info("info-left", percent=round(100 * share), time=duration(left))


def duration(seconds: float) -> dict[str, Any]:
    """A time as people say it, as a code with parameters."""
    if seconds < 60:
        return because("time-seconds", seconds=max(10, 10 * round(seconds / 10)))
    minutes = max(1, round(seconds / 60))
    if minutes < 90:
        return because("time-minutes", minutes=minutes)
    hours, rest = divmod(5 * round(minutes / 5), 60)
    return because("time-hours", hours=hours, minutes=f"{rest:02}")


def size(megabytes: float) -> dict[str, Any]:
    """A size as people say it, as a code with parameters."""
    if megabytes < 10_000:
        return because("size-megabytes", size=max(1, round(megabytes)))
    return because("size-gigabytes", size=round(megabytes / 1000))


def peak_memory() -> Optional[int]:
    """Largest resident memory of this process in MB; None where the system does not say."""
    try:
        import resource
    except ImportError:  # Windows
        return None
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return round(peak * (1 if sys.platform == "darwin" else 1024) / 1e6)  # bytes there, KiB elsewhere


def _key(card: ModelCard, device: str) -> str:
    return f"{card.id} {(card.sha256 or '')[:12]} {device}"


def _path() -> Path:
    return user_folder() / _FILE


def _read() -> dict[str, Any]:
    try:
        content = json.loads(_path().read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return content if isinstance(content, dict) else {}
