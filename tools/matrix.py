"""The QGIS tests on several versions of QGIS: the machine's own, and newer ones in Debian chroots.

    python3 -m tools.matrix                    all of ROWS
    python3 -m tools.matrix host 3.44          some of them; PYTEST_ADDOPTS goes on to pytest

A chroot is made with debootstrap in ``build/matrix`` the first time (3 to 4 GB and some minutes each), from the Debian
mirror of the machine's own apt sources, and kept. In it a copy of the working tree goes through ``make test-qgis``,
which installs QGIS, the engine and pytest as on any other Debian. Needs root, on a Debian.

Everything that runs in a chroot runs in mount and process namespaces of its own: when it ends, well or badly, the
kernel takes its mounts and what is left of its processes with it.
"""

from __future__ import annotations

import os
import re
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).resolve().parents[1]
FOLDER = ROOT / "build" / "matrix"
ROWS = {"host": "", "3.40": "bookworm", "3.44": "trixie"}
"""The version of QGIS, and the release of Debian whose backports have it."""
SOURCE = "src"
"""Where the working tree lies in a chroot. Its folders ``.engine``, ``.venv`` and ``build`` belong to the chroot."""

# $1: the chroot; $2: the test data, or nothing; then the command.
_ENTER = """
set -e
chroot=$1 data=$2; shift 2
mount -t proc proc "$chroot/proc"
mount -t devpts devpts "$chroot/dev/pts"
mount -t tmpfs tmpfs "$chroot/dev/shm"
if [ -n "$data" ]; then mount --bind -o ro "$data" "$chroot/data"; fi
exec chroot "$chroot" "$@"
"""
_NAMESPACES = ("unshare", "--mount", "--pid", "--fork", "--kill-child", "--propagation", "private")
_VERSIONS = """
import sys, numpy
from qgis.core import Qgis
print(f"{Qgis.QGIS_VERSION}, Python {sys.version.split()[0]}, numpy {numpy.__version__}")
"""
_PACKAGES = "ca-certificates,make,python3"


class Result(NamedTuple):
    """What the tests of one row came to."""

    row: str
    version: str
    summary: str
    seconds: float
    passed: bool


def mirror() -> str:
    """The address of the Debian archive among the machine's apt sources, in either of their formats.

    Raises:
        SystemExit: there is none.
    """
    command = ["apt-get", "indextargets", "--format", "$(SITE) $(RELEASE) $(REPO_URI)", "Created-By: Packages"]
    targets = subprocess.run(command, capture_output=True, text=True, check=True).stdout.splitlines()
    for address in dict.fromkeys(target.split()[-1] for target in targets):
        if re.search(r"/debian/?$", address):
            return address
    sys.exit("No Debian mirror in the apt sources of this machine: the chroots are made from one.")


def make_chroot(chroot: Path, release: str) -> None:
    """A minimal Debian that takes QGIS, and QGIS alone, from its backports; whole or not at all."""
    if chroot.exists():
        return
    if not shutil.which("debootstrap"):
        subprocess.run(["apt-get", "install", "-y", "-qq", "debootstrap"], check=True)
    address = mirror()
    part = chroot.with_name(f"{chroot.name}.part")
    shutil.rmtree(part, ignore_errors=True)
    part.parent.mkdir(parents=True, exist_ok=True)
    bootstrap = ["debootstrap", "--variant=minbase", f"--include={_PACKAGES}", release, str(part), address]
    subprocess.run([*_NAMESPACES, *bootstrap], check=True, stdout=subprocess.DEVNULL)
    apt = part / "etc" / "apt"
    suites = (release, f"{release}-backports")
    (apt / "sources.list").write_text("".join(f"deb {address} {suite} main\n" for suite in suites))
    (apt / "preferences.d" / "qgis").write_text(
        f"Package: *qgis*\nPin: release n={release}-backports\nPin-Priority: 990\n"
    )
    (part / "data").mkdir()
    shutil.copytree("/usr/local/share/ca-certificates", part / "usr/local/share/ca-certificates", dirs_exist_ok=True)
    run_in(part, "update-ca-certificates", "--fresh", stdout=subprocess.DEVNULL)
    part.rename(chroot)


def run_in(chroot: Path, *command: str, data: str = "", **options: object) -> subprocess.CompletedProcess:
    """Run a command as root in the chroot, with /proc and, read-only, the test data.

    Raises:
        subprocess.CalledProcessError: it failed, and ``check`` is not False.
    """
    ours = ("OCSIA_", "MAKE", "MFLAGS")
    environment = {name: value for name, value in os.environ.items() if not name.startswith(ours)}
    environment.update(PATH="/usr/sbin:/usr/bin:/sbin:/bin", HOME="/root", LANG="C.UTF-8", TMPDIR="/tmp")
    environment.update(DEBIAN_FRONTEND="noninteractive", QT_QPA_PLATFORM="offscreen")
    if data:
        environment["OCSIA_DATA"] = "/data"
    enter = [*_NAMESPACES, "sh", "-c", _ENTER, "sh", str(chroot), data, *command]
    return subprocess.run(enter, env=environment, **{"check": True, **options})


def copy_tree(target: Path) -> None:
    """Make ``target`` hold the files of the working tree that git knows or would take, and of others only its own.

    Files that have not changed keep their dates, so that make rebuilds what it must and nothing else.
    """
    listing = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT, capture_output=True, text=True, check=True,
    )  # fmt: skip
    wanted = {name for name in listing.stdout.split("\0") if (ROOT / name).is_file()}
    known = target / ".copied"
    before = set(known.read_text(encoding="utf-8").split("\0")) if known.exists() else set()
    for name in before - wanted - {""}:
        (target / name).unlink(missing_ok=True)
    for name in sorted(wanted):
        new, old = (ROOT / name).read_bytes(), target / name
        if not old.exists() or old.read_bytes() != new:
            old.parent.mkdir(parents=True, exist_ok=True)
            old.write_bytes(new)
        shutil.copymode(ROOT / name, old)
    known.write_text("\0".join(sorted(wanted)), encoding="utf-8")


def test_row(row: str) -> Result:
    """Run the QGIS tests of one row and report; what they print goes to ``build/matrix/<row>.log``."""
    started = time.monotonic()
    log = FOLDER / f"{row}.log"
    print(f"== QGIS {row}: {log.relative_to(ROOT)}", flush=True)
    FOLDER.mkdir(parents=True, exist_ok=True)
    code = 1
    with log.open("w", encoding="utf-8") as output:
        streams = {"stdout": output, "stderr": subprocess.STDOUT, "check": False}
        if ROWS[row]:
            chroot = FOLDER / row
            make_chroot(chroot, ROWS[row])
            copy_tree(chroot / SOURCE)
            data = os.environ.get("OCSIA_DATA", "")
            code = run_in(chroot, "make", "-C", f"/{SOURCE}", "test-qgis", data=data, **streams).returncode
        else:
            code = subprocess.run(["make", "test-qgis"], cwd=ROOT, **streams).returncode
    return Result(row, version(row), summary(log), time.monotonic() - started, code == 0)


def version(row: str) -> str:
    """The versions of QGIS, Python and numpy of a row, as they say themselves."""
    options = {"check": False, "capture_output": True, "text": True}
    command = ("/usr/bin/python3", "-c", _VERSIONS)
    done = run_in(FOLDER / row, *command, **options) if ROWS[row] else subprocess.run(command, **options)
    return done.stdout.strip() or "no QGIS"


def summary(log: Path) -> str:
    """The last line of pytest in a log."""
    last = r"^=* ?(\d+ \w+.* in \d+\.\d+s.*?) ?=*$"
    lines = re.findall(last, log.read_text(encoding="utf-8"), re.MULTILINE)
    return lines[-1] if lines else "no tests were run"


def main(rows: list[str]) -> int:
    """Run the rows, all of them where none is named; returns the exit code."""
    unknown = [row for row in rows if row not in ROWS]
    if unknown:
        sys.exit(f"No such row: {', '.join(unknown)}; there are {', '.join(ROWS)}.")
    if os.geteuid() != 0 and set(rows or ROWS) != {"host"}:
        sys.exit("The chroots need root: sudo make test-matrix.")
    # unshare does not hear SIGTERM: an exit makes subprocess kill it, and the kernel what it had started.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    results = [test_row(row) for row in rows or ROWS]
    print()
    for result in results:
        verdict = "ok  " if result.passed else "FAIL"
        print(f"{verdict} {result.row:5} {result.summary} (QGIS {result.version}; {result.seconds:.0f} s in all)")
    return 0 if all(result.passed for result in results) else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
