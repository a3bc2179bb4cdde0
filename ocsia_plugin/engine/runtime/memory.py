"""The memory that a process may still take: what the system says, and the limits set on the process."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Optional

_CGROUPS = (
    ("memory.max", "memory.current"),
    ("memory/memory.limit_in_bytes", "memory/memory.usage_in_bytes"),
)
"""Limit and use of a container, of cgroups version 2 and 1."""


def available_memory() -> Optional[int]:
    """Bytes that this process may still take without swapping or a refusal; None where the system does not say.

    The least of what the machine has left, what the container has left and what ``ulimit -v`` leaves.
    """
    known = [value for value in _bounds() if value is not None]
    return max(min(known), 0) if known else None


def memory_for(device: str, processes: int = 1) -> Optional[int]:
    """What ``processes`` of one machine may each take on a device; None: not known, as on a GPU, which is tried."""
    memory = None if device == "gpu" else available_memory()
    return memory // processes if memory is not None else None


def _bounds() -> Iterator[Optional[int]]:
    if sys.platform == "win32":
        yield _of_windows()
    elif sys.platform == "darwin":
        yield _of_macos()
    else:
        yield _of_linux()
        yield _of_container(Path("/sys/fs/cgroup"))
        yield _of_address_space()


def _of_linux() -> Optional[int]:
    with suppress(OSError, ValueError, IndexError):
        for line in Path("/proc/meminfo").read_text(encoding="ascii").splitlines():
            if line.startswith("MemAvailable:"):
                return 1024 * int(line.split()[1])
    return None


def _of_container(root: Path) -> Optional[int]:
    for limit, used in _CGROUPS:
        with suppress(OSError, ValueError):  # no such file, or "max": no limit
            return int((root / limit).read_text()) - int((root / used).read_text())
    return None


def _of_address_space() -> Optional[int]:
    import resource

    limit, _ = resource.getrlimit(resource.RLIMIT_AS)
    if limit == resource.RLIM_INFINITY:
        return None
    with suppress(OSError, ValueError, IndexError):
        pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[0])
        return limit - pages * os.sysconf("SC_PAGE_SIZE")
    return limit


def _of_macos() -> Optional[int]:
    """Half of the memory: the system compresses and drops what programs leave unused, and does not say how much."""
    with suppress(OSError, ValueError):
        return os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") // 2
    return None


def _of_windows() -> Optional[int]:
    import ctypes

    class Status(ctypes.Structure):
        """MEMORYSTATUSEX of the Windows API."""

        _fields_ = [
            ("length", ctypes.c_ulong),
            ("load", ctypes.c_ulong),
            *((name, ctypes.c_ulonglong) for name in ("total", "available", "total_page", "available_page")),
            *((name, ctypes.c_ulonglong) for name in ("total_virtual", "available_virtual", "extended")),
        ]

    status = Status(length=ctypes.sizeof(Status))
    if not ctypes.windll.kernel32.GlobalMemoryStatusEx(ctypes.byref(status)):  # type: ignore[attr-defined]
        return None
    return min(status.available, status.available_page)
