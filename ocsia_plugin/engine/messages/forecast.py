"""What dialogs say of a run before it is asked for."""

from __future__ import annotations

from .mark import QT_TRANSLATE_NOOP

MESSAGES: dict[str, str] = {
    "forecast-measured": QT_TRANSLATE_NOOP("Engine", "About {time} on the {device}, up to {disk} of disk."),
    "forecast-all": QT_TRANSLATE_NOOP(
        "Engine", "About {time} on the {device}, {memory} of memory, up to {disk} of disk."
    ),
    "forecast-unmeasured": QT_TRANSLATE_NOOP(
        "Engine", "Up to {disk} of disk. A preview will tell the time: this model has not been run on this machine."
    ),
    "forecast-steps": QT_TRANSLATE_NOOP("Engine", "{needs} That is for the prediction; the other steps come on top."),
    "forecast-no-image": QT_TRANSLATE_NOOP("Engine", "Choose an ortho-image: the time that it takes is shown here."),
    "forecast-no-area": QT_TRANSLATE_NOOP(
        "Engine", "With a mask or an extent, the time and the room on the disk are shown here."
    ),
    "forecast-replaced": QT_TRANSLATE_NOOP("Engine", "There already, and to be replaced: {names}."),
    "device-cpu": QT_TRANSLATE_NOOP("Engine", "processor"),
    "device-gpu": QT_TRANSLATE_NOOP("Engine", "graphics card"),
    "size-megabytes": QT_TRANSLATE_NOOP("Engine", "{size} MB"),
    "size-gigabytes": QT_TRANSLATE_NOOP("Engine", "{size} GB"),
    "warn-replaced": QT_TRANSLATE_NOOP("Engine", "{path} exists; it will be replaced when this run has ended well."),
}
