"""The user's folder of models: what ``models list``, ``fetch``, ``verify`` and ``delete`` do."""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Callable
from dataclasses import asdict, replace
from pathlib import Path
from typing import Any, Optional

from ..errors import OcsiaError, because, system_reason
from ..events import Events
from ..jobs import JOBS, ModelsJob
from ..ortho.bands import raster_roles
from ..ortho.checks import check_grid, open_raster
from .accuracy import CONFUSION_NAME, as_dict, published_accuracy
from .card import check_file, read_card, sha256_of
from .catalogue import (
    IMPORTED,
    SHIPPED,
    Entry,
    RemoteFile,
    downloads_folder,
    entries,
    find_entry,
    user_folder,
)
from .download import Fetched, download
from .fit import fitting

RECORD_NAME = "fetched.json"
"""Beside the weights: address, size and sha256 of what was downloaded."""

_WEIGHTS_SHARE = 0.95
"""Of the progress; hashing, the confusion matrix and the import are the rest."""


def run(job: ModelsJob, events: Events) -> dict[str, Any]:
    """Do what the job asks.

    Returns:
        ``MODELS``: entries as dictionaries, for ``list``, with ``misfit`` (a code and its parameters, or None) where an
        image was given; else ``MODEL``: the entry as it is now; and ``ACCURACY``, for ``show``: what is published per
        class and per group, or None.

    Raises:
        OcsiaError: ``job-invalid``, ``model-missing`` and what the actions raise.
        Cancelled: the user asked to stop.
    """
    if job.action == "list":
        return {"MODELS": _listed([e for e in entries() if job.id in ("", e.id)], job.image)}
    if job.action == "show" and job.id:
        return show(find_entry(job.id))
    actions: dict[str, Callable[[Entry], None]] = {
        "fetch": lambda entry: fetch(entry, events, proxy=job.proxy),
        "verify": lambda entry: verify(entry, events),
        "delete": lambda entry: delete(entry, events),
    }
    if job.action not in (*actions, "show"):
        raise OcsiaError("job-invalid", reason=f"action is one of list, show, {', '.join(actions)}")
    if not job.id:
        raise OcsiaError("job-invalid", reason=because("why-field-missing", name="id"))
    actions[job.action](find_entry(job.id))
    events.progress(1.0)
    left = [e for e in entries() if e.id == job.id]
    return {"MODEL": left[0].as_dict() if left else None}


def show(entry: Entry) -> dict[str, Any]:
    """One model and its published accuracy.

    Raises:
        OcsiaError: ``model-card-invalid``, ``confusion-invalid``.
    """
    card = read_card(entry.card)
    if not entry.ready:
        card = replace(card, file=downloads_folder(entry.id) / card.file.name)
    accuracy = published_accuracy(card)
    return {"MODEL": entry.as_dict(), "ACCURACY": as_dict(accuracy, card) if accuracy else None}


def fetch(entry: Entry, events: Events, *, proxy: str = "", loopback: bool = False, back_off: float = 1.0) -> None:
    """Download the weights of a model and, where one is published, its confusion matrix; then import them.

    What is here already and whole is not downloaded again.

    Args:
        loopback, back_off: as in ``download``, for tests.

    Raises:
        OcsiaError: ``model-shipped``, ``model-no-address``, and what ``download`` and the import raise.
    """
    if entry.state == SHIPPED:
        raise OcsiaError("model-shipped", model=entry.id)
    if entry.state == IMPORTED:
        events.info("info-here", model=entry.id)
        return
    if entry.weights is None:
        raise OcsiaError("model-no-address", model=entry.id)
    folder = downloads_folder(entry.id)
    options: dict[str, Any] = {"proxy": proxy, "loopback": loopback, "back_off": back_off}
    weights = folder / entry.weights.name
    recorded = _recorded(folder, entry.weights)
    # A later card may pin what an earlier one did not.
    if not weights.is_file() or recorded is None or recorded != (entry.weights.sha256 or recorded):
        _record(folder, entry.weights, download(entry.weights, folder, events, span=(0, _WEIGHTS_SHARE), **options))
    _tell(folder, entry.weights, events)
    if entry.confusion is not None and not (folder / CONFUSION_NAME).is_file():
        _fetch_confusion(entry.confusion, folder, events, options)
    _import(entry, folder, weights, events)


def verify(entry: Entry, events: Events) -> None:
    """Compare what is on this machine with what the card pins or, where it pins nothing, with what was downloaded.

    Raises:
        OcsiaError: ``model-not-here``, ``model-hash``, ``model-card-invalid``, ``model-not-onnx``.
    """
    if entry.problem:
        raise OcsiaError(entry.problem["code"], **entry.problem["params"])
    checked = False
    if entry.ready:
        card = read_card(entry.card)
        check_file(card)
        name, digest = card.file.name, card.sha256 or sha256_of(card.file, events.check)
        events.info("info-pinned" if card.sha256 else "info-not-pinned", name=name, sha256=digest)
        checked = True
    folder = downloads_folder(entry.id)
    if entry.weights and (folder / entry.weights.name).is_file():
        path = folder / entry.weights.name
        found, wanted = sha256_of(path, events.check), entry.weights.sha256
        recorded = _recorded(folder, entry.weights)
        if found != (wanted or recorded or found):
            raise OcsiaError("model-hash", path=path)
        code = "info-pinned" if wanted else "info-unchanged" if recorded else "info-not-pinned"
        events.info(code, name=path.name, sha256=found)
        checked = True
    if not checked:
        raise OcsiaError("model-not-here", model=entry.id)


def delete(entry: Entry, events: Events) -> None:
    """Remove a model from the user's folder, with what was downloaded of it; its card stays in the catalogue.

    Raises:
        OcsiaError: ``model-shipped``, ``model-not-here``, ``model-not-deleted``.
    """
    if entry.state == SHIPPED:
        raise OcsiaError("model-shipped", model=entry.id)
    folders = [f for f in (user_folder() / entry.id, downloads_folder(entry.id)) if f.is_dir()]
    if not folders:
        raise OcsiaError("model-not-here", model=entry.id)
    for folder in folders:
        try:
            if folder.is_symlink():
                folder.unlink()
            else:
                shutil.rmtree(folder)
        except OSError as error:
            raise OcsiaError("model-not-deleted", path=folder, reason=system_reason(error)) from error
    events.info("info-deleted", model=entry.id)


def _listed(models: list[Entry], image: str) -> list[dict[str, Any]]:
    if not image:
        return [e.as_dict() for e in models]
    with open_raster(image) as source:
        gsd, (_, roles) = check_grid(source, image), raster_roles(source)
    fit, others = fitting(models, roles, round(gsd, 4))
    return [{**e.as_dict(), "misfit": None} for e in fit] + [{**e.as_dict(), "misfit": why} for e, why in others]


def _fetch_confusion(remote: RemoteFile, folder: Path, events: Events, options: dict[str, Any]) -> None:
    """Without it a model works all the same: what goes wrong is a warning."""
    try:
        fetched = download(remote, folder, events, span=(_WEIGHTS_SHARE, 1), **options)
        if fetched.path.name != CONFUSION_NAME:
            os.replace(fetched.path, folder / CONFUSION_NAME)
    except OcsiaError as error:
        events.warning("warn-no-confusion", reason=because(error.code, **error.params))


def _import(entry: Entry, folder: Path, weights: Path, events: Events) -> None:
    """Turn the weights into a model, where this engine can; what was downloaded has then served its purpose."""
    job = JOBS.get("importmodel")
    if job is None:
        events.info("info-weights-only", path=weights)
        return
    from ..dispatch import run_job

    run_job(job(file=str(weights), card=str(entry.card), id=entry.id), events)  # type: ignore[call-arg]
    if (folder / CONFUSION_NAME).is_file():
        os.replace(folder / CONFUSION_NAME, user_folder() / entry.id / CONFUSION_NAME)
    shutil.rmtree(folder, ignore_errors=True)


def _tell(folder: Path, remote: RemoteFile, events: Events) -> None:
    code = "info-pinned" if remote.sha256 else "info-not-pinned"
    events.info(code, name=remote.name, sha256=_recorded(folder, remote))


def _record(folder: Path, remote: RemoteFile, fetched: Fetched) -> None:
    content = {**asdict(fetched), "path": fetched.path.name, "url": remote.url}
    unfinished = folder / (RECORD_NAME + ".part")
    unfinished.write_text(json.dumps(content, indent=1) + "\n", encoding="utf-8")
    os.replace(unfinished, folder / RECORD_NAME)


def _recorded(folder: Path, remote: RemoteFile) -> Optional[str]:
    """sha256 of the weights when they were downloaded; None: not by us, or another file."""
    try:
        content = json.loads((folder / RECORD_NAME).read_text(encoding="utf-8"))
        return str(content["sha256"]) if content["path"] == remote.name else None
    except (OSError, ValueError, KeyError, TypeError):
        return None
