"""Advice and reasons that stand inside other sentences."""

from __future__ import annotations

from .mark import QT_TRANSLATE_NOOP

MESSAGES: dict[str, str] = {
    # -- advice inside other sentences
    "advice-bands": QT_TRANSLATE_NOOP("Engine", "Choose a raster with these bands, or another model."),
    "advice-models-ready": QT_TRANSLATE_NOOP("Engine", "Choose a model that fits this raster: {ready}."),
    "advice-models-fetch": QT_TRANSLATE_NOOP(
        "Engine", "Download a model that fits this raster: {to_fetch}; or choose a raster with these bands."
    ),
    "advice-models-both": QT_TRANSLATE_NOOP(
        "Engine", "Choose a model that fits this raster: {ready}; or download one: {to_fetch}."
    ),
    # -- reasons inside other sentences
    "list-separator": QT_TRANSLATE_NOOP("Engine", "; "),
    "why-folder": QT_TRANSLATE_NOOP("Engine", "it is a folder"),
    "why-no-folder": QT_TRANSLATE_NOOP("Engine", "the folder does not exist"),
    "why-no-file": QT_TRANSLATE_NOOP("Engine", "the file does not exist"),
    "why-denied": QT_TRANSLATE_NOOP("Engine", "access is denied"),
    "why-read-only": QT_TRANSLATE_NOOP("Engine", "the disk can only be read"),
    "why-no-room": QT_TRANSLATE_NOOP("Engine", "the disk is full"),
    "why-name-long": QT_TRANSLATE_NOOP("Engine", "the name is too long"),
    "why-refused": QT_TRANSLATE_NOOP("Engine", "the connection is refused"),
    "why-no-answer": QT_TRANSLATE_NOOP("Engine", "there is no answer"),
    "why-no-network": QT_TRANSLATE_NOOP("Engine", "there is no network"),
    "why-no-host": QT_TRANSLATE_NOOP("Engine", "no address is known for this name"),
    "why-not-onnx": QT_TRANSLATE_NOOP("Engine", "it is damaged, or of another format"),
    "why-no-transformation": QT_TRANSLATE_NOOP("Engine", "it lies where that CRS is not defined"),
    "why-unknown-format": QT_TRANSLATE_NOOP("Engine", "its format is not known"),
    "why-no-layer": QT_TRANSLATE_NOOP("Engine", "it holds no vector layer"),
    "why-several-rasters": QT_TRANSLATE_NOOP("Engine", "it holds several rasters, or none; choose one of them"),
    "why-single-band": QT_TRANSLATE_NOOP("Engine", "it has a single band"),
    "why-band-count": QT_TRANSLATE_NOOP("Engine", "it has {count} band(s)"),
    "why-bands-classes": QT_TRANSLATE_NOOP("Engine", "it has {count} bands for {classes} classes"),
    "why-bands-nomenclature": QT_TRANSLATE_NOOP("Engine", "{count} bands fit no nomenclature"),
    "why-bands-ambiguous": QT_TRANSLATE_NOOP(
        "Engine",
        "nothing says which nomenclature its {count} bands belong to ({known}): name it in the advanced parameters",
    ),
    "why-not-bytes": QT_TRANSLATE_NOOP("Engine", "its values are {dtype}, not bytes"),
    "why-not-onnx-name": QT_TRANSLATE_NOOP("Engine", "its name does not end in .onnx"),
    "why-field-missing": QT_TRANSLATE_NOOP("Engine", "'{name}' is missing"),
    "why-not-tif": QT_TRANSLATE_NOOP("Engine", "rasters are written as GeoTIFF: the name must end in .tif"),
    "why-group-no-name": QT_TRANSLATE_NOOP("Engine", "'{part}' has no name"),
    "why-group-unknown": QT_TRANSLATE_NOOP("Engine", "'{name}' has no classes and is not a known group ({known})"),
    "why-group-codes": QT_TRANSLATE_NOOP("Engine", "'{text}' is not a list of codes such as 8+10+11"),
    "why-class-unknown": QT_TRANSLATE_NOOP("Engine", "there is no class {value}"),
    "why-class-twice": QT_TRANSLATE_NOOP("Engine", "a class stands twice ({name})"),
    "why-name-twice": QT_TRANSLATE_NOOP("Engine", "the name '{name}' stands twice"),
    "why-asked": QT_TRANSLATE_NOOP("Engine", "as asked"),
    "why-colours": QT_TRANSLATE_NOOP("Engine", "its colour table is that of this nomenclature"),
    "why-zero-nodata": QT_TRANSLATE_NOOP("Engine", "it declares 0 as no data"),
    "why-zero-valid": QT_TRANSLATE_NOOP("Engine", "it declares no data otherwise than by the value 0"),
    "why-codes": QT_TRANSLATE_NOOP("Engine", "its values are codes of this nomenclature"),
    "why-values": QT_TRANSLATE_NOOP("Engine", "its values do not fit the other way"),
    "why-lfs-pointer": QT_TRANSLATE_NOOP(
        "Engine", "it is the reference of a file (Git LFS) and not the file; download the file itself"
    ),
    "why-legacy-torch": QT_TRANSLATE_NOOP(
        "Engine", "it has the format of PyTorch before 1.6; ask its author to save it with a later version"
    ),
    "why-not-torch": QT_TRANSLATE_NOOP("Engine", "it is not a file of PyTorch"),
    "why-torchscript": QT_TRANSLATE_NOOP("Engine", "it is a TorchScript program; ask its author for the state_dict"),
    "why-truncated": QT_TRANSLATE_NOOP("Engine", "the file is incomplete; download it again"),
    "why-damaged": QT_TRANSLATE_NOOP("Engine", "the file is damaged ({detail}); download it again"),
    "why-no-tensors": QT_TRANSLATE_NOOP("Engine", "it holds no tensors by name"),
    "why-keys-seen": QT_TRANSLATE_NOOP("Engine", "it has {count} tensors, such as {keys}"),
    "why-tensor-missing": QT_TRANSLATE_NOOP("Engine", "{count} tensor(s) are missing, such as {name}"),
    "why-tensor-unknown": QT_TRANSLATE_NOOP("Engine", "the tensor {name} has no place in it"),
    "why-tensor-shape": QT_TRANSLATE_NOOP("Engine", "the tensor {name} measures {found} and not {wanted}"),
    "why-tensor-values": QT_TRANSLATE_NOOP("Engine", "the tensor {name} holds values that are not finite numbers"),
    "why-alias-differs": QT_TRANSLATE_NOOP("Engine", "the tensor {name} is not the same as {target}"),
    "what-bands": QT_TRANSLATE_NOOP("Engine", "the number of bands"),
    "what-classes": QT_TRANSLATE_NOOP("Engine", "the number of classes"),
    "why-no-gpu-build": QT_TRANSLATE_NOOP("Engine", "the engine has ONNX Runtime without GPU support"),
    "why-bands-missing": QT_TRANSLATE_NOOP(
        "Engine", "the image lacks {bands} (R: red, V: green, B: blue, I: near infrared, E: height above ground)"
    ),
    "why-gsd-far": QT_TRANSLATE_NOOP(
        "Engine", "it was trained on pixels of {wanted} m, too far from the {found} m of the image"
    ),
    "why-broke-off": QT_TRANSLATE_NOOP("Engine", "the connection broke off"),
    "why-no-cuda": QT_TRANSLATE_NOOP(
        "Engine", "CUDA could not be loaded: the NVIDIA driver is missing, or too old for this engine"
    ),
}
