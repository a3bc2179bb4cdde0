"""Where models are found: the catalogue that the project ships, or a file that the user names."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from ..errors import OcsiaError, because
from ..paths import data_folder
from .card import ModelCard, read_card

CARD_NAME = "card.json"


def shipped_models() -> dict[str, Path]:
    """Card of each shipped model, by id."""
    return {p.parent.name: p for p in sorted((data_folder("resources") / "models").glob(f"*/{CARD_NAME}"))}


def find_model(model: str) -> ModelCard:
    """The card of a catalogue id, of a card's path, or of an ``.onnx`` file with its card beside it.

    The card of ``some.onnx`` is ``some.json`` or else ``card.json``.

    Raises:
        OcsiaError: ``model-missing``, ``model-no-card``, ``model-card-invalid``, ``model-not-onnx``.
    """
    shipped = shipped_models()
    if model in shipped:
        return read_card(shipped[model])
    path = Path(model)
    if not path.is_file():
        raise OcsiaError("model-missing", model=model, known=", ".join(shipped) or "-")
    if path.suffix.lower() == ".json":
        return read_card(path)
    if path.suffix.lower() != ".onnx":
        raise OcsiaError("model-not-onnx", path=path, reason=because("why-not-onnx-name"))
    for candidate in (path.with_suffix(".json"), path.with_name(CARD_NAME)):
        if candidate.is_file():
            return replace(read_card(candidate), file=path)
    raise OcsiaError("model-no-card", path=path, card=path.with_suffix(".json"))
