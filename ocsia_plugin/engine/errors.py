"""What can go wrong, as a code and its parameters: the side that shows it owns the sentence."""

from __future__ import annotations

from typing import Any

from .messages import sentence


class OcsiaError(Exception):
    """A refusal that the user can act upon; ``code`` is a key of ``messages.MESSAGES``."""

    def __init__(self, code: str, **params: Any) -> None:
        self.code = code
        self.params = params
        super().__init__(sentence(code, params))


def because(code: str, **params: Any) -> dict[str, Any]:
    """A parameter that is itself a sentence: it crosses as a code, like the message that it is part of."""
    return {"code": code, "params": params}


class Cancelled(Exception):
    """The user asked to stop. Nothing is left behind."""
