"""Information and warnings of a run."""

from __future__ import annotations

from .mark import QT_TRANSLATE_NOOP

MESSAGES: dict[str, str] = {
    # -- information
    "info-engine": QT_TRANSLATE_NOOP("Engine", "OCS-IA engine {version}, Python {python}"),
    "info-model": QT_TRANSLATE_NOOP("Engine", "Model: {name} ({id}), bands {bands}, {gsd} m"),
    "info-device": QT_TRANSLATE_NOOP("Engine", "Device: {device} ({provider}), {threads} threads"),
    "info-unneeded": QT_TRANSLATE_NOOP("Engine", "Not looked at: {names}. The model {id} uses the bands {bands}."),
    "info-grid": QT_TRANSLATE_NOOP("Engine", "Output: {width} x {height} pixels of {gsd} m, {crs}"),
    "info-tile": QT_TRANSLATE_NOOP("Engine", "Tile: {tile} pixels, halo {halo}, {count} tiles"),
    "info-resampled": QT_TRANSLATE_NOOP(
        "Engine", "{path} is resampled from {found} m to {wanted} m ({method})."
    ),
    "info-extra-bands": QT_TRANSLATE_NOOP(
        "Engine", "Bands read of {path}: {used}; the others are left aside."
    ),
    "info-architecture": QT_TRANSLATE_NOOP("Engine", "Recognised: {architecture}, {bands} bands, {classes} outputs"),
    "info-imported": QT_TRANSLATE_NOOP("Engine", "Imported: {id} ({folder}). This name can now be given as model."),
    "info-written": QT_TRANSLATE_NOOP("Engine", "Written: {path}"),
    "info-polygons": QT_TRANSLATE_NOOP("Engine", "{count} polygons, {area} m²"),
    "info-areal-scale": QT_TRANSLATE_NOOP(
        "Engine",
        "Surfaces are on the ellipsoid: the projected surfaces of {crs} are divided by its areal scale, "
        "{low} to {high} here.",
    ),
    "info-delivered": QT_TRANSLATE_NOOP(
        "Engine", "The classes of {source} are delivered as {target}: probabilities are added up."
    ),
    "info-ignored": QT_TRANSLATE_NOOP(
        "Engine",
        "{target} has no place for {names}: the probabilities of the other classes are scaled up to the whole.",
    ),
    "info-recognised": QT_TRANSLATE_NOOP(
        "Engine", "The classes of {path} are read as {nomenclature}, counted from {base} ({why})."
    ),
    "info-learning-model": QT_TRANSLATE_NOOP(
        "Engine", "This model is for learning the plugin, not for decisions."
    ),
    "info-accuracy": QT_TRANSLATE_NOOP(
        "Engine", "Published accuracy of the model: {overall} % of the pixels of its test set"
    ),
    "info-no-accuracy": QT_TRANSLATE_NOOP("Engine", "No statistic of this model's accuracy is published."),
    "info-download": QT_TRANSLATE_NOOP("Engine", "Downloading {name} from {host}"),
    "info-resume": QT_TRANSLATE_NOOP("Engine", "Going on after the {done} MB that are here already"),
    "info-retry": QT_TRANSLATE_NOOP("Engine", "{host}: {reason}. Next attempt in {seconds} s"),
    "info-pinned": QT_TRANSLATE_NOOP("Engine", "{name}: the file that the card describes (sha256 {sha256})"),
    "info-not-pinned": QT_TRANSLATE_NOOP(
        "Engine", "{name}: sha256 {sha256}, recorded; the card does not pin it, so nothing says which file it should be"
    ),
    "info-unchanged": QT_TRANSLATE_NOOP(
        "Engine", "{name}: unchanged since its download (sha256 {sha256}); the card does not pin it"
    ),
    "info-here": QT_TRANSLATE_NOOP("Engine", "The model {model} is on this machine already."),
    "info-weights-only": QT_TRANSLATE_NOOP(
        "Engine", "The weights lie at {path}. This engine cannot import them yet: they have to be turned into ONNX."
    ),
    "info-deleted": QT_TRANSLATE_NOOP("Engine", "The model {model} has been deleted from this machine."),
    # -- warnings
    "warn-no-confusion": QT_TRANSLATE_NOOP(
        "Engine", "The confusion matrix could not be downloaded: {reason} No statistic per class will be known."
    ),
    "warn-gsd": QT_TRANSLATE_NOOP(
        "Engine",
        "The pixels of the image measure {gsd} m; the models are made for 0.2 to 0.5 m. Expect a poorer result.",
    ),
    "warn-resolution": QT_TRANSLATE_NOOP(
        "Engine", "The model was trained at {wanted} m and runs at {found} m as asked. Expect a poorer result."
    ),
    "warn-device": QT_TRANSLATE_NOOP("Engine", "No GPU can be used ({reason}); the CPU does the work."),
    "warn-nomenclature-assumed": QT_TRANSLATE_NOOP(
        "Engine",
        "{path} does not say which nomenclature its {count} bands belong to: they are read as {nomenclature}, in the "
        "order of IGN's predictions. If they are not, name theirs in the advanced parameters.",
    ),
    "warn-base-nodata": QT_TRANSLATE_NOOP(
        "Engine",
        "{path} declares the value 0 as no data. Counted from 0, its class '{first}' cannot be told from it and stays "
        "without data.",
    ),
    "warn-base-codes": QT_TRANSLATE_NOOP(
        "Engine",
        "The values of {path} ({values}) are read as codes of {nomenclature}, as in IGN's annotations, which count "
        "from 1. If a network wrote them that counts from 0, set the advanced parameter 'First class' (BASE) to 0.",
    ),
    "warn-import-assumed": QT_TRANSLATE_NOOP(
        "Engine",
        "{path} does not say who trained it with which data: the bands, the normalisation and the classes "
        "({nomenclature}) of IGN's models of this kind are assumed. If it was trained otherwise, give a card.",
    ),
    "warn-codes-outside": QT_TRANSLATE_NOOP(
        "Engine", "{path} holds codes that the nomenclature {nomenclature} does not have: {codes}."
    ),
    "warn-no-pixel-zones": QT_TRANSLATE_NOOP(
        "Engine", "{count} zone(s) hold no valid pixel of the raster; their surfaces are empty."
    ),
    "warn-no-interval": QT_TRANSLATE_NOOP(
        "Engine", "These surfaces come without a confidence interval: nothing here says how far they may be wrong."
    ),
}
