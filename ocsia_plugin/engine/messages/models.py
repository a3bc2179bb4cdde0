"""Refusals of models, their downloads and their import."""

from __future__ import annotations

from .mark import QT_TRANSLATE_NOOP

MESSAGES: dict[str, str] = {
    # -- models
    "model-missing": QT_TRANSLATE_NOOP(
        "Engine", "There is no model {model}. Known models: {known}. A path to an .onnx file works too."
    ),
    "model-not-onnx": QT_TRANSLATE_NOOP(
        "Engine", "{path} is not a usable ONNX model ({reason}). Choose an .onnx file, or download it again."
    ),
    "model-no-card": QT_TRANSLATE_NOOP(
        "Engine",
        "{path} has no card beside it (expected {card}). Import it once ('Import a model', or the command "
        "importmodel), then give the name that it gets.",
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
    "import-shipped": QT_TRANSLATE_NOOP(
        "Engine", "{id} is the name of a model that comes with the plugin. Give this one another name."
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
        "Engine",
        "The model {path} has a single output, for one class against the rest. Name that class (CLASSES, such as "
        "road), or give a card.",
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
        "{path} holds no architecture known here: {reason}. Known are those of FLAIR-INC, of FLAIR-HUB's aerial models "
        "and of odeon. If it is another one of segmentation-models-pytorch, name it (ARCHITECTURE, such as "
        "unet/resnet50); otherwise ask for the model as an .onnx file.",
    ),
    "checkpoint-mismatch": QT_TRANSLATE_NOOP(
        "Engine",
        "{path} looks like {architecture} but is not quite that: {reason}. Download it again or, if it is another "
        "architecture of segmentation-models-pytorch, name it (ARCHITECTURE, such as unet/resnet50).",
    ),
}
