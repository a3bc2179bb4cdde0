"""Where models are found: those that come with the plugin, those in the user's folder, those that are known by a card.

Nothing here needs more than the standard library: QGIS lists models without starting the engine.
"""

from __future__ import annotations

import json
import os
import re
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any, Optional
from urllib.parse import unquote, urlsplit

from ...setup.places import default_folder
from ..errors import OcsiaError, because
from ..paths import data_folder
from .card import ModelCard, read_card, sha256_of_asset

CARD_NAME = "card.json"
MODEL_NAME = "model.onnx"
VARIABLE = "OCSIA_MODELS"
"""Names another folder of models than the user's: for servers."""

SHIPPED, IMPORTED, FETCHED, KNOWN, BROKEN = "shipped", "imported", "fetched", "known", "broken"
READY = (SHIPPED, IMPORTED)

_PLAIN_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,150}")


@dataclass(frozen=True)
class RemoteFile:
    """A file that can be downloaded.

    Attributes:
        name: under which it is stored.
        size, sha256: pinned by the card; None: not published.
    """

    url: str
    name: str
    size: Optional[int] = None
    sha256: Optional[str] = None


@dataclass(frozen=True)
class Entry:
    """One model of the catalogue.

    Attributes:
        state: ``shipped``, ``imported`` (both can be run), ``fetched`` (its weights are downloaded, not yet turned
            into ONNX), ``known`` (nothing but its card is here) or ``broken``.
        card: path of the card.
        weights, confusion: what can be downloaded; None: no address is published.
        mean_iou, overall: published accuracy, 0 to 1.
        learning: for learning the plugin, not for decisions.
        problem: why it is broken, as a code and its parameters.
    """

    id: str
    state: str
    card: Path
    title: str = ""
    bands: tuple[str, ...] = ()
    gsd: float = 0.0
    classes: int = 0
    licence: str = ""
    weights: Optional[RemoteFile] = None
    confusion: Optional[RemoteFile] = None
    mean_iou: Optional[float] = None
    overall: Optional[float] = None
    learning: bool = False
    problem: Optional[dict[str, Any]] = None

    @property
    def ready(self) -> bool:
        """Whether it can be run."""
        return self.state in READY

    def as_dict(self) -> dict[str, Any]:
        """For JSON."""
        return {**asdict(self), "card": str(self.card)}


def user_folder() -> Path:
    """The user's models, one folder each: ``card.json``, ``model.onnx`` and, where it is published, ``confmat.npy``."""
    named = os.environ.get(VARIABLE)
    return Path(named).expanduser() if named else default_folder().with_name("models")


def downloads_folder(model_id: str) -> Path:
    """Where the published files of a model lie until they are imported; hidden among the models."""
    return user_folder() / ".downloads" / model_id


def shipped_models() -> dict[str, Path]:
    """Card of each model that comes with the plugin, by id."""
    return {p.parent.name: p for p in sorted((data_folder("resources") / "models").glob(f"*/{CARD_NAME}"))}


def entries() -> list[Entry]:
    """All models, those that can be run first. A card that cannot be read is an entry that says so."""
    resources = data_folder("resources") / "models"
    found: dict[str, Entry] = {}
    for path in sorted(resources.glob("catalogue/*.json")):
        found[path.stem] = _entry(path.stem, KNOWN, path)
    for model_id, known in found.items():
        if known.weights and (downloads_folder(model_id) / known.weights.name).is_file():
            found[model_id] = replace(known, state=FETCHED)
    for folder in sorted(p for p in _subfolders(user_folder()) if is_plain_name(p.name)):
        if (folder / CARD_NAME).is_file() and (folder / MODEL_NAME).is_file():
            found[folder.name] = _imported(folder, found.get(folder.name))
    for model_id, path in shipped_models().items():
        found[model_id] = _entry(model_id, SHIPPED, path)
    order = [SHIPPED, IMPORTED, FETCHED, KNOWN, BROKEN]
    return sorted(found.values(), key=lambda e: (order.index(e.state), e.id))


def ready_ids() -> list[str]:
    """Ids of the models that can be run."""
    return [e.id for e in entries() if e.ready]


def find_entry(model_id: str) -> Entry:
    """The entry of an id. Raises: OcsiaError: ``model-missing``."""
    known = entries()
    for entry in known:
        if entry.id == model_id:
            return entry
    raise OcsiaError("model-missing", model=model_id, known=", ".join(e.id for e in known if e.ready) or "-")


def find_model(model: str) -> ModelCard:
    """The card of a catalogue id, of a card's path, or of an ``.onnx`` file with its card beside it.

    The card of ``some.onnx`` is ``some.json`` or else ``card.json``.

    Raises:
        OcsiaError: ``model-missing``, ``model-not-ready``, ``model-no-card``, ``model-card-invalid``,
            ``model-not-onnx``.
    """
    path = Path(model)
    if not path.is_file() or model in shipped_models():
        entry = find_entry(model)
        if entry.problem:
            raise OcsiaError(entry.problem["code"], **entry.problem["params"])
        if not entry.ready:
            raise OcsiaError("model-not-ready", model=model)
        return read_card(entry.card)
    if path.suffix.lower() == ".json":
        return read_card(path)
    if path.suffix.lower() != ".onnx":
        raise OcsiaError("model-not-onnx", path=path, reason=because("why-not-onnx-name"))
    for candidate in (path.with_suffix(".json"), path.with_name(CARD_NAME)):
        if candidate.is_file():
            return replace(read_card(candidate), file=path)
    raise OcsiaError("model-no-card", path=path, card=path.with_suffix(".json"))


def is_plain_name(name: str) -> bool:
    """Whether a model or a file may be called so: no path, nothing that a file system reads otherwise."""
    return _PLAIN_NAME.fullmatch(name) is not None


def _subfolders(folder: Path) -> list[Path]:
    try:
        return [p for p in folder.iterdir() if p.is_dir()]
    except OSError:
        return []


def _imported(folder: Path, known: Optional[Entry]) -> Entry:
    """The model in a folder of the user's. Of the catalogue's it may be one; then the addresses are known as well."""
    mine = _entry(folder.name, IMPORTED, folder / CARD_NAME)
    return replace(mine, weights=known.weights, confusion=known.confusion) if known else mine


def _entry(model_id: str, state: str, path: Path) -> Entry:
    """The entry of a card; the nomenclature is not looked up: a list has no use for it."""
    try:
        item = json.loads(path.read_text(encoding="utf-8"))
        properties, assets = item["properties"], item["assets"]
        accuracy = properties.get("ocsia:accuracy") or {}
        return Entry(
            id=model_id,
            state=state,
            card=path,
            title=properties["title"],
            bands=tuple(b if isinstance(b, str) else b["name"] for b in properties["mlm:input"][0]["bands"]),
            gsd=float(properties["gsd"]),
            classes=len(properties["mlm:output"][0]["classification:classes"]),
            licence=properties.get("license", ""),
            weights=_remote(assets.get("weights")),
            confusion=_remote(assets.get("confusion")),
            mean_iou=accuracy.get("mean_iou"),
            overall=accuracy.get("overall_accuracy"),
            learning=bool(properties.get("ocsia:notice")),
        )
    except KeyError as error:
        reason: Any = because("why-field-missing", name=error.args[0])
    except (OSError, ValueError, TypeError, AttributeError, IndexError) as error:
        reason = str(error)
    return Entry(model_id, BROKEN, path, problem=because("model-card-invalid", path=str(path), reason=reason))


def _remote(asset: Optional[dict[str, Any]]) -> Optional[RemoteFile]:
    if asset is None:
        return None
    name = unquote(urlsplit(asset["href"]).path.rsplit("/", 1)[-1])
    if not is_plain_name(name):
        raise ValueError(f"{name!r} is not the name of a file")
    return RemoteFile(asset["href"], name, asset.get("file:size"), sha256_of_asset(asset))
