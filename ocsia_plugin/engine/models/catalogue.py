"""Where models are found: those that the project ships, those that the user imported, or a file that the user names."""

from __future__ import annotations

import os
from dataclasses import replace
from pathlib import Path

from ...install_engine import default_folder
from ..errors import OcsiaError, because
from ..paths import data_folder
from .card import ModelCard, read_card

CARD_NAME = "card.json"


def shipped_models() -> dict[str, Path]:
    """Card of each shipped model, by id."""
    return {p.parent.name: p for p in sorted((data_folder("resources") / "models").glob(f"*/{CARD_NAME}"))}


def user_folder() -> Path:
    """Where imported models lie, a folder each: ``ocsia/models`` beside the engine, or what ``OCSIA_MODELS`` names."""
    return Path(os.environ.get("OCSIA_MODELS") or default_folder().with_name("models"))


def imported_models() -> dict[str, Path]:
    """Card of each model that the user imported, by id."""
    return {p.parent.name: p for p in sorted(user_folder().glob(f"[!.]*/{CARD_NAME}"))}


def find_model(model: str) -> ModelCard:
    """The card of a catalogue id, of a card's path, or of an ``.onnx`` file with its card beside it.

    The card of ``some.onnx`` is ``some.json`` or else ``card.json``.

    Raises:
        OcsiaError: ``model-missing``, ``model-no-card``, ``model-card-invalid``, ``model-not-onnx``.
    """
    known = {**imported_models(), **shipped_models()}
    if model in known:
        return read_card(known[model])
    path = Path(model)
    if not path.is_file():
        raise OcsiaError("model-missing", model=model, known=", ".join(known) or "-")
    if path.suffix.lower() == ".json":
        return read_card(path)
    if path.suffix.lower() != ".onnx":
        raise OcsiaError("model-not-onnx", path=path, reason=because("why-not-onnx-name"))
    for candidate in (path.with_suffix(".json"), path.with_name(CARD_NAME)):
        if candidate.is_file():
            return replace(read_card(candidate), file=path)
    raise OcsiaError("model-no-card", path=path, card=path.with_suffix(".json"))
