"""Every sentence that the engine can say, in English, under its code.

The engine sends codes and parameters; whoever shows them (the command line, QGIS) formats the sentence, QGIS in the
user's language: the marker below lets the translation tools find the texts.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any


def QT_TRANSLATE_NOOP(_context: str, text: str) -> str:
    """Mark ``text`` for translation."""
    return text


MESSAGES: dict[str, str] = {
    # -- input rasters
    "raster-missing": QT_TRANSLATE_NOOP(
        "Engine", "The raster {path} does not exist. Check the path, or choose another layer."
    ),
    "raster-unreadable": QT_TRANSLATE_NOOP(
        "Engine",
        "{path} cannot be read as a raster ({reason}). Choose a GeoTIFF, JPEG 2000, VRT or another raster format.",
    ),
    "raster-no-crs": QT_TRANSLATE_NOOP(
        "Engine",
        "{path} has no coordinate reference system. Assign one (Raster > Projections > Assign projection), "
        "then run again.",
    ),
    "raster-crs-degrees": QT_TRANSLATE_NOOP(
        "Engine",
        "{path} is in degrees ({crs}). Reproject it to a CRS in metres (Raster > Projections > Warp), "
        "for example EPSG:2154 in metropolitan France.",
    ),
    "raster-crs-mercator": QT_TRANSLATE_NOOP(
        "Engine",
        "{path} is in Web Mercator ({crs}), whose surfaces are wrong by a factor of about two in France. "
        "Reproject it to a CRS in metres, for example EPSG:2154 in metropolitan France.",
    ),
    "raster-crs-units": QT_TRANSLATE_NOOP(
        "Engine", "{path} is in {crs}, whose unit is not the metre. Reproject it to a projected CRS in metres."
    ),
    "raster-rotated": QT_TRANSLATE_NOOP(
        "Engine",
        "{path} is rotated or sheared with respect to its CRS. Straighten it first "
        "(Raster > Projections > Warp), then run again.",
    ),
    "raster-bands": QT_TRANSLATE_NOOP(
        "Engine",
        "{path} has {found} image band(s) ({roles}) but the model {model} wants {wanted} ({bands}). {advice}",
    ),
    "raster-dtype": QT_TRANSLATE_NOOP(
        "Engine",
        "{path} holds {dtype} values whose range is not known; the model wants bytes (0 to 255). "
        "Convert it with its true range first (Raster > Conversion > Translate, with -ot Byte -scale).",
    ),
    "raster-gsd": QT_TRANSLATE_NOOP(
        "Engine",
        "The pixels of {path} measure {gsd} m. The models work on images of 0.2 to 0.5 m and nothing outside "
        "0.1 to 1 m makes sense. Choose a suitable ortho-image.",
    ),
    "raster-empty": QT_TRANSLATE_NOOP("Engine", "{path} holds no valid pixel in the area asked for."),
    "not-probabilities": QT_TRANSLATE_NOOP(
        "Engine",
        "{path} does not look like class probabilities ({reason}). Choose the probabilities that 'Predict land "
        "cover' writes: one band of bytes per class.",
    ),
    "not-classes": QT_TRANSLATE_NOOP(
        "Engine",
        "{path} does not look like a class raster ({reason}). Choose the classes that 'Predict land cover' or "
        "'Most probable class' write: one band of bytes.",
    ),
    "nomenclature-unknown": QT_TRANSLATE_NOOP(
        "Engine",
        "{path} does not say which nomenclature its classes belong to. Name it in the advanced parameters "
        "('Nomenclature of the raster', NOMENCLATURE): {known}.",
    ),
    "nomenclature-missing": QT_TRANSLATE_NOOP(
        "Engine", "There is no nomenclature '{id}'. Choose one of: {known}."
    ),
    "nomenclature-in-file": QT_TRANSLATE_NOOP(
        "Engine",
        "{path} itself says that its classes are those of {nomenclature}, counted from 1. Leave the advanced "
        "parameters 'Nomenclature of the raster' and 'First class' as they are by default.",
    ),
    "base-unknown": QT_TRANSLATE_NOOP(
        "Engine",
        "Nothing in {path} says whether its classes are counted from 0 or from 1: its values ({values}) fit "
        "{nomenclature} both ways. Set the advanced parameter 'First class' (BASE) to 0 if the value 0 is the class "
        "'{first}', or to 1 if the value 1 is.",
    ),
    "values-misfit": QT_TRANSLATE_NOOP(
        "Engine",
        "{path} holds values ({values}) that do not fit {nomenclature}, counted neither from 0 nor from 1. Name the "
        "right 'Nomenclature of the raster' (NOMENCLATURE: {known}), or set 'First class' (BASE) to keep the values "
        "that do not fit.",
    ),
    "mapping-none": QT_TRANSLATE_NOOP(
        "Engine",
        "No rule is known that turns {source} into {target}. Choose one of: {known}.",
    ),
    "mapping-splits": QT_TRANSLATE_NOOP(
        "Engine",
        "{source} cannot be delivered as {target}: the class '{name}' would have to be split ({into}), and nothing "
        "says which pixel is which. Leave the 'Nomenclature of the results' (NOMENCLATURE) empty, or choose another.",
    ),
    "mapping-lacks": QT_TRANSLATE_NOOP(
        "Engine",
        "{source} cannot be delivered as {target}, which has nothing for the class '{name}'. Leave the "
        "'Nomenclature of the results' (NOMENCLATURE) empty, or choose another.",
    ),
    # -- where
    "extent-outside": QT_TRANSLATE_NOOP(
        "Engine", "The extent asked for does not touch {path}. Choose an extent over the raster."
    ),
    "mask-empty": QT_TRANSLATE_NOOP(
        "Engine", "The mask has no polygon. Choose a polygon layer, or clear its selection and filter."
    ),
    "mask-outside": QT_TRANSLATE_NOOP(
        "Engine", "The mask does not touch {path}. Choose a mask over the raster."
    ),
    "zones-empty": QT_TRANSLATE_NOOP(
        "Engine", "The layer of zones has no polygon. Choose a polygon layer, or clear its selection and filter."
    ),
    "zones-outside": QT_TRANSLATE_NOOP(
        "Engine", "None of the zones touches {path}. Choose zones over the raster."
    ),
    "geometry-invalid": QT_TRANSLATE_NOOP(
        "Engine",
        "{count} geometries of the layer '{layer}' are invalid (first: feature {fid}, {reason}). "
        "Repair them first (Vector geometry > Fix geometries).",
    ),
    "vector-unreadable": QT_TRANSLATE_NOOP("Engine", "{path} cannot be read as a vector layer ({reason})."),
    # -- models
    "model-missing": QT_TRANSLATE_NOOP(
        "Engine", "There is no model {model}. Known models: {known}. A path to an .onnx file works too."
    ),
    "model-not-onnx": QT_TRANSLATE_NOOP(
        "Engine", "{path} is not a usable ONNX model ({reason}). Choose an .onnx file, or download it again."
    ),
    "model-no-card": QT_TRANSLATE_NOOP(
        "Engine", "{path} has no card beside it (expected {card}). A model needs its card to be run."
    ),
    "model-card-invalid": QT_TRANSLATE_NOOP("Engine", "The model card {path} is not valid: {reason}."),
    "model-card-mismatch": QT_TRANSLATE_NOOP(
        "Engine",
        "The model {path} does not fit its card: {what} is {found} in the file and {wanted} in the card. "
        "Restore the card that came with the model.",
    ),
    "model-hash": QT_TRANSLATE_NOOP(
        "Engine", "The file {path} is not the one that its card describes (sha256 differs). Download it again."
    ),
    "model-not-ready": QT_TRANSLATE_NOOP(
        "Engine",
        "The model {model} is known, but it is not installed. Download it in Settings > Options > OCS-IA (or with "
        "the command: models fetch {model}), then run again.",
    ),
    "model-shipped": QT_TRANSLATE_NOOP(
        "Engine", "The model {model} comes with the plugin: it can be neither downloaded nor deleted."
    ),
    "model-no-address": QT_TRANSLATE_NOOP(
        "Engine", "No address is published for the weights of {model}. Get the file from IGN, then import it."
    ),
    "model-not-here": QT_TRANSLATE_NOOP("Engine", "Nothing of the model {model} is on this machine."),
    "model-not-deleted": QT_TRANSLATE_NOOP(
        "Engine", "{path} cannot be deleted ({reason}). Close what uses it, then delete it again."
    ),
    "confusion-invalid": QT_TRANSLATE_NOOP(
        "Engine",
        "{path} is not a confusion matrix of the model ({reason}). Remove it, or download the model again.",
    ),
    # -- downloads
    "download-address": QT_TRANSLATE_NOOP(
        "Engine", "The address {url} is not accepted: models are downloaded over https only."
    ),
    "download-http": QT_TRANSLATE_NOOP(
        "Engine",
        "{url} cannot be downloaded: the server answers {status} ({reason}). Try again later, or get the file "
        "another way and import it.",
    ),
    "download-no-network": QT_TRANSLATE_NOOP(
        "Engine", "{host} cannot be reached ({reason}). Check the network and the proxy, then try again."
    ),
    "download-broken": QT_TRANSLATE_NOOP(
        "Engine",
        "The download of {name} broke off after {received} MB ({reason}). Try again: what was received is kept and "
        "gone on with where the server allows it.",
    ),
    "download-size": QT_TRANSLATE_NOOP(
        "Engine",
        "{name} has {found} bytes where {wanted} were expected: it is not the published file. Try again later.",
    ),
    "download-running": QT_TRANSLATE_NOOP("Engine", "{name} is being downloaded already. Wait until it is done."),
    # -- importing a model
    "import-format": QT_TRANSLATE_NOOP(
        "Engine", "{path} is not a file of a model. Choose one whose name ends in one of: {known}"
    ),
    "import-id": QT_TRANSLATE_NOOP(
        "Engine", "'{id}' cannot be the name of a model. Choose one with letters or digits."
    ),
    "import-exists": QT_TRANSLATE_NOOP(
        "Engine",
        "There is another model named {id} already ({path}). Give this one another name, or delete that folder.",
    ),
    "import-bands": QT_TRANSLATE_NOOP(
        "Engine",
        "The model {path} wants {found} band(s); which ones, the file does not say, and only 3 (RVB), 4 (RVBI) and 5 "
        "(RVBIE) go without saying. Give a card that names them.",
    ),
    "import-classes": QT_TRANSLATE_NOOP(
        "Engine",
        "The model {path} has {count} outputs and the file does not say which classes they are, or not those asked "
        "for. Name a nomenclature that fits ({known}), or give a card.",
    ),
    "import-one-output": QT_TRANSLATE_NOOP(
        "Engine", "The model {path} has a single output, for one class against the rest. Give it as an .onnx file."
    ),
    "import-normalisation": QT_TRANSLATE_NOOP(
        "Engine",
        "{path} does not say how the images that it was trained with were normalised. Give a card that does or, if the "
        "weights are those of FLAIR-INC, name the nomenclature (flair15 or flair12).",
    ),
    "import-no-probabilities": QT_TRANSLATE_NOOP(
        "Engine",
        "The model made from {path} does not return probabilities. Its weights are damaged: download it again.",
    ),
    "checkpoint-unreadable": QT_TRANSLATE_NOOP(
        "Engine", "{path} cannot be read as the weights of a model: {reason}."
    ),
    "checkpoint-forbidden": QT_TRANSLATE_NOOP(
        "Engine",
        "{path} asks to run {name}, which weights have no need of: nothing of it was run, and the file is refused. It "
        "may be malicious, or hold a whole PyTorch object; ask its author for the state_dict alone.",
    ),
    "checkpoint-unknown": QT_TRANSLATE_NOOP(
        "Engine",
        "{path} holds no architecture known here: {reason}. Known are the U-Net, FPN and DeepLabV3 of FLAIR-INC and "
        "the models of odeon. Ask for the model as an .onnx file.",
    ),
    "checkpoint-mismatch": QT_TRANSLATE_NOOP(
        "Engine",
        "{path} looks like {architecture} but is not quite that: {reason}. Download it again, or ask its author.",
    ),
    # -- outputs
    "output-none": QT_TRANSLATE_NOOP("Engine", "No output was asked for. Choose at least one output."),
    "output-not-writable": QT_TRANSLATE_NOOP(
        "Engine", "{path} cannot be written ({reason}). Choose another folder or file name."
    ),
    "output-is-input": QT_TRANSLATE_NOOP(
        "Engine", "{path} is both an input and an output. Choose another name for the output."
    ),
    "output-twice": QT_TRANSLATE_NOOP("Engine", "{path} was asked for twice. Give each output its own name."),
    "disk-full": QT_TRANSLATE_NOOP(
        "Engine",
        "The disk of {folder} is full or nearly so (about {needed} MB needed, {free} MB free). "
        "Make room or choose another disk, then run again.",
    ),
    "disk-filled": QT_TRANSLATE_NOOP(
        "Engine",
        "The disk of {folder} filled up during the work ({free} MB free). Make room or choose another disk, then run "
        "again.",
    ),
    "shapefile-too-large": QT_TRANSLATE_NOOP(
        "Engine", "The result passes the 2 GB limit of the Shapefile format. Write a GeoPackage (.gpkg) instead."
    ),
    "vector-format": QT_TRANSLATE_NOOP(
        "Engine", "{path}: only GeoPackage (.gpkg) and Shapefile (.shp) can be written."
    ),
    # -- parameters
    "groups-syntax": QT_TRANSLATE_NOOP(
        "Engine",
        "The groups '{text}' cannot be read: {reason}. Write them as: ligneux=8+10+11; bati=1",
    ),
    "job-invalid": QT_TRANSLATE_NOOP("Engine", "The job cannot be read: {reason}."),
    "resolution-range": QT_TRANSLATE_NOOP(
        "Engine", "A resolution of {value} m makes no sense for these models: choose one from {low} to {high} m."
    ),
    "device-unavailable": QT_TRANSLATE_NOOP(
        "Engine", "No GPU can be used by this engine ({reason}). Choose 'auto' or 'cpu' as device."
    ),
    # -- the process itself
    "engine-missing": QT_TRANSLATE_NOOP(
        "Engine",
        "The OCS-IA engine is not installed. Install it with this command in a terminal (Python 3.10 to 3.13): "
        "{command} - or name the Python of an existing installation in Settings > Options > OCS-IA (or in the "
        "variable OCSIA_ENGINE_PYTHON).",
    ),
    "engine-broken": QT_TRANSLATE_NOOP(
        "Engine",
        "The OCS-IA engine at {python} does not start ({reason}). Install it again, or name another Python in "
        "Settings > Options > OCS-IA.",
    ),
    "engine-died": QT_TRANSLATE_NOOP(
        "Engine", "The engine stopped unexpectedly (code {rc}). The last lines of its log: {log}"
    ),
    "out-of-memory": QT_TRANSLATE_NOOP(
        "Engine", "Memory ran out. Close other programs, or choose a smaller tile in the advanced parameters."
    ),
    "internal": QT_TRANSLATE_NOOP(
        "Engine", "Something unexpected happened in the engine: {reason}. The log has the details; please report it."
    ),
    # -- information
    "info-engine": QT_TRANSLATE_NOOP("Engine", "OCS-IA engine {version}, Python {python}"),
    "info-model": QT_TRANSLATE_NOOP("Engine", "Model: {name} ({id}), bands {bands}, {gsd} m"),
    "info-device": QT_TRANSLATE_NOOP("Engine", "Device: {device} ({provider}), {threads} threads"),
    "info-grid": QT_TRANSLATE_NOOP("Engine", "Output: {width} x {height} pixels of {gsd} m, {crs}"),
    "info-tile": QT_TRANSLATE_NOOP("Engine", "Tile: {tile} pixels, halo {halo}, {count} tiles"),
    "info-resampled": QT_TRANSLATE_NOOP(
        "Engine", "The image is resampled from {found} m to the {wanted} m of the model ({method})."
    ),
    "info-extra-bands": QT_TRANSLATE_NOOP(
        "Engine", "The model uses bands {used} of {path}; the others are not read."
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
    # -- between QGIS and the engine
    "layer-not-file": QT_TRANSLATE_NOOP(
        "Engine",
        "The layer '{layer}' ({provider}) is not a file on this machine. This version reads raster files only: "
        "export the layer first (right click > Export > Save As), then choose the file.",
    ),
    "vector-transform": QT_TRANSLATE_NOOP(
        "Engine",
        "Feature {fid} of the layer '{layer}' cannot be transformed to {crs} ({reason}). Check the layer's CRS.",
    ),
    "engine-python-missing": QT_TRANSLATE_NOOP(
        "Engine",
        "The OCS-IA engine is not installed: the Python named for it, {python}, does not exist. Correct it in "
        "Settings > Options > OCS-IA (or in the variable OCSIA_ENGINE_PYTHON), or clear it and install the engine with "
        "this command in a terminal: {command}",
    ),
    "warn-geometry-repaired": QT_TRANSLATE_NOOP(
        "Engine",
        "{count} geometries of the layer '{layer}' were invalid and have been repaired for this run (first: feature "
        "{fid}, {reason}). Check them if their exact outline matters.",
    ),
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
    "why-folder": QT_TRANSLATE_NOOP("Engine", "it is a folder"),
    "why-no-folder": QT_TRANSLATE_NOOP("Engine", "the folder does not exist"),
    "why-no-file": QT_TRANSLATE_NOOP("Engine", "the file does not exist"),
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
    "why-flair-hub": QT_TRANSLATE_NOOP("Engine", "it is a model of FLAIR-HUB, whose weights cannot be converted yet"),
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
    "why-no-cuda": QT_TRANSLATE_NOOP("Engine", "CUDA or its driver could not be loaded"),
}


def sentence(
    code: str,
    params: Mapping[str, Any],
    translate: Callable[[str], str] = lambda text: text,
    number: Callable[[float], str] = lambda value: f"{value:.10g}",
) -> str:
    """The sentence of a code, filled in; a parameter may be a code with parameters of its own.

    Args:
        code: key of ``MESSAGES``.
        params: what its placeholders stand for.
        translate: English text to the reader's language.
        number: how the reader writes a number that is not whole.

    Raises:
        KeyError: an unknown code, or a placeholder without its parameter.
    """

    def shown(value: Any) -> Any:
        if isinstance(value, dict):
            return sentence(value["code"], value["params"], translate, number)
        return number(value) if isinstance(value, float) else value

    return translate(MESSAGES[code]).format(**{name: shown(value) for name, value in params.items()})
