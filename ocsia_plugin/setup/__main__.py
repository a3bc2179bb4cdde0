"""The installation from a terminal."""

from __future__ import annotations

import argparse
import os
import sys
from pathlib import Path
from typing import Any

from ..engine.errors import Cancelled, OcsiaError
from ..engine.events import Events
from ..engine.messages import sentence
from .install import Request, install, remove
from .machine import PYTHONS, find_uv
from .places import VARIANTS, default_folder


class _Printer(Events):
    """Prints what is said, and what pip says."""

    def emit(self, event: str, **content: Any) -> None:
        if event == "log":
            print(f"    {content['text']}", flush=True)
        elif event in ("info", "warning"):
            print(sentence(content["code"], content["params"]), flush=True)


def _own() -> str:
    """The Python that runs this, where it will do and there is no ``uv``; else empty: one is looked for."""
    suits = PYTHONS[0] <= sys.version_info[:2] < PYTHONS[1] and not find_uv(os.environ)
    return sys.executable if suits else ""


def main() -> int:
    """Install, or remove, as the command line says; returns the exit code."""
    parser = argparse.ArgumentParser("install_engine.py", description="Installs, renews or removes OCS-IA's engine.")
    parser.add_argument("folder", nargs="?", type=Path, default=default_folder(), help="default: %(default)s")
    parser.add_argument("--variant", choices=VARIANTS, default="cpu", help="gpu: for NVIDIA's cards (CUDA)")
    parser.add_argument("--python", default="", help="make the environment with this Python, 3.10 to 3.13")
    parser.add_argument("--wheels", default="", help="install from this folder of wheels, without a network")
    parser.add_argument("--remove", action="store_true", help="remove the engine")
    given = parser.parse_args()
    try:
        if given.remove:
            remove(given.folder)
        else:
            install(Request(given.folder, given.variant, given.python or _own(), given.wheels), _Printer())
    except OcsiaError as error:
        print(error, file=sys.stderr)
        return 1
    except (Cancelled, KeyboardInterrupt):
        return 3
    return 0


if __name__ == "__main__":
    sys.exit(main())
