"""How long a run takes, and what it needs."""

from __future__ import annotations

from .mark import QT_TRANSLATE_NOOP

MESSAGES: dict[str, str] = {
    "info-estimate": QT_TRANSLATE_NOOP(
        "Engine", "Pixels to compute: {pixels} million; up to {disk} MB of disk while it runs."
    ),
    "info-estimate-time": QT_TRANSLATE_NOOP(
        "Engine", "Estimated time: about {time}, from the last run with this model on this machine."
    ),
    "info-estimate-memory": QT_TRANSLATE_NOOP("Engine", "Memory of that last run: {memory} MB."),
    "info-estimate-unknown": QT_TRANSLATE_NOOP(
        "Engine",
        "Estimated time: not known yet, because no run with this model has been measured on this machine. A long run "
        "says it when a tenth is done.",
    ),
    "info-left": QT_TRANSLATE_NOOP("Engine", "{percent} % done, about {time} left."),
    "time-seconds": QT_TRANSLATE_NOOP("Engine", "{seconds} s"),
    "time-minutes": QT_TRANSLATE_NOOP("Engine", "{minutes} min"),
    "time-hours": QT_TRANSLATE_NOOP("Engine", "{hours} h {minutes} min"),
}
