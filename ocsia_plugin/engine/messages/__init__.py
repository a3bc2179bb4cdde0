"""Every sentence that the engine can say, in English, under its code; one module per subject.

The engine sends codes and parameters; whoever shows them (the command line, QGIS) formats the sentence, QGIS in the
user's language.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from importlib import import_module
from typing import Any

_SUBJECTS = tuple(
    import_module(f".{name}", __name__)
    for name in (
        "architectures",
        "dalles",
        "forecast",
        "inputs",
        "layout",
        "maps",
        "models",
        "notices",
        "ocsge",
        "onnx",
        "ortho",
        "outputs",
        "pace",
        "points",
        "precision",
        "process",
        "reasons",
        "services",
        "setup",
        "speed",
        "surfaces",
        "vectors",
    )
)

MESSAGES: dict[str, str] = {code: text for subject in _SUBJECTS for code, text in subject.MESSAGES.items()}

_LARGE = 10_000
"""From here on a whole number is written as the reader writes one, in groups of three digits."""
_NAMING = frozenset({"fid", "first", "again", "number", "rc", "status"})
"""Placeholders of whole numbers that name something; they are written as they are typed."""


def _plain(value: float) -> str:
    return f"{value:.10g}" if isinstance(value, float) else str(value)


def sentence(
    code: str,
    params: Mapping[str, Any],
    translate: Callable[[str], str] = lambda text: text,
    number: Callable[[float], str] = _plain,
) -> str:
    """The sentence of a code, filled in; a parameter may be a code with parameters of its own, or a list of them.

    Args:
        code: key of ``MESSAGES``.
        params: what its placeholders stand for.
        translate: English text to the reader's language.
        number: how the reader writes a number that is not whole, or is large.

    Raises:
        KeyError: an unknown code, or a placeholder without its parameter.
    """

    def shown(value: Any, name: str = "") -> Any:
        if isinstance(value, dict):
            return sentence(value["code"], value["params"], translate, number)
        if isinstance(value, list) and all(isinstance(part, dict) for part in value):
            return translate(MESSAGES["list-separator"]).join(map(shown, value))
        large = isinstance(value, int) and abs(value) >= _LARGE and name not in _NAMING
        return number(value) if large or isinstance(value, float) else value

    return translate(MESSAGES[code]).format(**{name: shown(value, name) for name, value in params.items()})
