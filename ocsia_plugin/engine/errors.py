"""What can go wrong, as a code and its parameters: the side that shows it owns the sentence."""

from __future__ import annotations

import errno
import os
import socket
from typing import Any, Union

from .messages import sentence

_SYSTEM = {
    errno.EACCES: "why-denied",
    errno.EPERM: "why-denied",
    errno.EROFS: "why-read-only",
    errno.ENOSPC: "why-no-room",
    errno.EDQUOT: "why-no-room",
    errno.ENAMETOOLONG: "why-name-long",
    errno.ECONNREFUSED: "why-refused",
    errno.ETIMEDOUT: "why-no-answer",
    errno.ENETUNREACH: "why-no-network",
}


class OcsiaError(Exception):
    """A refusal that the user can act upon; ``code`` is a key of ``messages.MESSAGES``."""

    def __init__(self, code: str, **params: Any) -> None:
        self.code = code
        self.params = params
        super().__init__(sentence(code, params))


def because(code: str, **params: Any) -> dict[str, Any]:
    """A parameter that is itself a sentence: it crosses as a code, like the message that it is part of."""
    return {"code": code, "params": params}


def system_reason(error: OSError) -> Union[str, dict[str, Any]]:
    """Why the system refused, for a sentence. Windows says it in its user's language, the others in English."""
    if isinstance(error, socket.gaierror):
        return because("why-no-host")
    code = _SYSTEM.get(error.errno or 0) if os.name != "nt" else None
    return because(code) if code else error.strerror or str(error)


class Cancelled(Exception):
    """The user asked to stop. Nothing is left behind."""
