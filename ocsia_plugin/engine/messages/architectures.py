"""Architectures of models: FLAIR-HUB's, and those that PyTorch makes on the spot."""

from __future__ import annotations

from .mark import QT_TRANSLATE_NOOP

MESSAGES: dict[str, str] = {
    "import-bands-hub": QT_TRANSLATE_NOOP(
        "Engine",
        "The model {path} is one of FLAIR-HUB and wants {found} band(s); which ones, the file does not say. Give it "
        "the name that IGN gave it, with _RGB_ (red, green, blue) or _IR_ (near infrared, red, green), or give a card.",
    ),
    "why-flair-hub-images": QT_TRANSLATE_NOOP(
        "Engine", "it is a model of FLAIR-HUB that sees other images than the aerial one ({names}); LC-A's do not"
    ),
    "why-flair-hub-task": QT_TRANSLATE_NOOP(
        "Engine", "it is a model of FLAIR-HUB that does not tell the land cover (AERIAL_LABEL-COSIA) but: {names}"
    ),
    "import-no-torch": QT_TRANSLATE_NOOP(
        "Engine",
        "The architecture {architecture} is made with PyTorch and segmentation-models-pytorch, which do not load in "
        "the engine's Python ({reason}). Install them there once with these three commands, then import again; torch "
        "and torchvision have to come from the same place:\n"
        '"{python}" -m ensurepip\n'
        '"{python}" -m pip install torch torchvision --index-url https://download.pytorch.org/whl/cpu\n'
        '"{python}" -m pip install onnx segmentation-models-pytorch==0.4.0',
    ),
    "import-architecture": QT_TRANSLATE_NOOP(
        "Engine",
        "The weights cannot be imported as {architecture}: {reason}. Write the decoder and the encoder as "
        "segmentation-models-pytorch names them, such as unet/resnet50 or fpn/tu-convnext_tiny.",
    ),
}
