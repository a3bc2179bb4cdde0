"""What a model may run on: how devices are called, and how many cores this process may use."""

from __future__ import annotations

import os

TENSORRT_PROVIDER = "TensorrtExecutionProvider"
GPU_PROVIDER = "CUDAExecutionProvider"
CPU_PROVIDER = "CPUExecutionProvider"


def available_cores() -> int:
    """Cores that this process may use, which a container or ``taskset`` makes fewer than the machine's."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def threads_of(processes: int) -> int:
    """Threads of each of so many processes that share this machine."""
    return max(available_cores() // processes, 1)


def device_name(provider: str, threads: int) -> str:
    """How a device is called where its pace is noted."""
    return f"{provider}/{threads}"


def likely_devices(asked: str, processes: int = 1) -> tuple[str, ...]:
    """Names of the devices that ``auto``, ``cpu`` or ``gpu`` may turn out to be on this machine, the fastest first."""
    providers = {"cpu": (CPU_PROVIDER,), "gpu": (GPU_PROVIDER,)}.get(asked, (GPU_PROVIDER, CPU_PROVIDER))
    return tuple(device_name(provider, threads_of(processes)) for provider in providers)
