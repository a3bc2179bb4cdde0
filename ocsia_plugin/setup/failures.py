"""Why an installation failed, from what pip or uv said: the sentence that names what to do about it."""

from __future__ import annotations

import errno
import re
from collections.abc import Sequence

from ..engine.errors import OcsiaError, system_reason

_SIGNS: tuple[tuple[str, str], ...] = (
    ("setup-disk", r"no space left on device|errno 28\b|winerror 112\b|not enough space on the disk|os error 112\b"),
    ("setup-hash", r"do not match the hashes|hash mismatch|hashes are required"),
    (
        "setup-blocked",
        r"winerror 1260\b|winerror 4551\b|blocked by group policy|application control policy|os error 1260\b",
    ),
    ("setup-certificate", r"certificate.verify.failed|self.signed certificate|unknownissuer|invalid peer certificate"),
    ("setup-proxy", r"proxy authentication required|cannot connect to proxy|tunnel connection failed|proxyerror"),
    (
        "setup-network",
        r"failed to establish a new connection|name or service not known|name resolution|getaddrinfo failed|"
        r"connection refused|network is unreachable|connecttimeout|readtimeout|timed out|dns error|"
        r"error sending request|failed to fetch|connection reset|no route to host|network was disabled",
    ),
    ("setup-denied", r"permission denied|access is denied|winerror 5\b|errno 13\b|os error (5|13)\b"),
    (
        "setup-no-wheel",
        r"could not find a version|no matching distribution|no solution found|not found in the provided package "
        r"locations|no wheels|has no usable wheels",
    ),
)
"""In the order in which they are looked for: without a network pip says both that and that it found no version."""


_SHOWN = 160
_OBJECT = re.compile(r"<[^<>]* object at 0x[0-9a-f]+>(: )?")
_IN_PASSING = ("setup-network", "setup-proxy", "setup-certificate")
"""Their reason stands inside a warning; the error that follows from it says less."""


def explain(log: Sequence[str], folder: str, wheels: str) -> OcsiaError:
    """The refusal that fits the ``log`` of a failed pip, uv or venv."""
    reason = _error(log)
    for code, sign in _SIGNS:
        if code == "setup-network" and wheels:
            continue  # a folder of wheels asks for no network: something else is said, too
        found = next(filter(None, (re.search(sign, line, re.IGNORECASE) for line in log)), None)
        if found is None:
            continue
        if code == "setup-no-wheel" and wheels:
            return OcsiaError("setup-wheels", folder=wheels, reason=reason)
        if code in _IN_PASSING:
            said = _OBJECT.sub("", found.string)
            reason = said[re.search(sign, said, re.IGNORECASE).start() :].split("')")[0][:_SHOWN]
        return OcsiaError(code, folder=folder, reason=reason)
    return OcsiaError("setup-failed", reason=reason)


def explain_os(error: OSError, folder: str) -> OcsiaError:
    """The refusal that fits an error of the system."""
    reason = system_reason(error)
    if getattr(error, "winerror", None) in (1260, 4551):
        return OcsiaError("setup-blocked", folder=folder, reason=reason)
    if error.errno in (errno.ENOSPC, errno.EDQUOT):
        return OcsiaError("setup-disk", folder=folder, reason=reason)
    if isinstance(error, PermissionError) or error.errno == errno.EROFS:
        return OcsiaError("setup-denied", folder=folder, reason=reason)
    return OcsiaError("setup-failed", reason=str(error))


def _error(log: Sequence[str]) -> str:
    """The first line that calls itself an error, else the last one."""
    errors = (line.strip() for line in log if re.match(r"\s*(error|erreur)\b", line, re.IGNORECASE))
    return next(errors, log[-1].strip() if log else "?")
