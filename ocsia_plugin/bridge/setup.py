"""The installation of the engine from QGIS: with its proxy, its authorities and its log."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from qgis.core import Qgis, QgsApplication, QgsMessageLog, QgsProcessingException, QgsProcessingFeedback

from ..engine.errors import Cancelled, OcsiaError
from ..engine.events import Events
from ..setup.install import Request, install, remove
from ..setup.places import default_folder
from .environment import child_environment
from .eventloop import turn
from .messages import LOG_TAG, refusal, sentence
from .proxy import proxy_url

_PROXY = ("HTTPS_PROXY", "HTTP_PROXY")


def setup_environment(environment: Mapping[str, str], proxy: str) -> dict[str, str]:
    """Variables for pip and uv: with QGIS's proxy, where it names one, instead of the system's."""
    if not proxy:
        return dict(environment)
    kept = {name: value for name, value in environment.items() if name.upper() not in _PROXY}
    return {**kept, **{spelling: proxy for name in _PROXY for spelling in (name, name.lower())}}


def request(variant: str, python: str = "", wheels: str = "") -> Request:
    """An installation in the user's data folder. To be asked in the main thread, as QGIS's network settings are."""
    return Request(
        default_folder(),
        variant,
        python,
        wheels,
        setup_environment(child_environment(), proxy_url()),
        _authorities(),
    )


def run_setup(wanted: Request, feedback: QgsProcessingFeedback) -> str:
    """Install; returns the engine's Python, empty where the user cancelled.

    Raises:
        QgsProcessingException: with a sentence that says what was wrong and what to do.
    """
    return _refusing(lambda: install(wanted, _Listener(feedback)))


def run_removal() -> None:
    """Remove the engine from the user's data folder. Raises: QgsProcessingException: it is in use."""
    _refusing(lambda: remove(default_folder()))


def _refusing(action: Callable[[], Any]) -> Any:
    try:
        return action()
    except Cancelled:
        return ""
    except OcsiaError as error:
        raise refusal(error.code, **error.params) from error
    except QgsProcessingException:
        raise
    except Exception as error:
        raise refusal("setup-failed", reason=f"{type(error).__name__}: {error}") from error


def _authorities() -> str:
    """The authorities that QGIS trusts, as PEM: the system's and those that the user added."""
    manager = QgsApplication.authManager()
    if manager is None or manager.isDisabled():
        return ""
    return bytes(manager.trustedCaCertsPemText() or b"").decode("ascii", "replace")


class _Listener(Events):
    """Hands on what the installation says to a feedback, and what pip says to QGIS's log."""

    def __init__(self, feedback: QgsProcessingFeedback) -> None:
        super().__init__()
        self._feedback = feedback

    def check(self) -> None:
        turn()
        if self._feedback.isCanceled():
            raise Cancelled

    def emit(self, event: str, **content: Any) -> None:
        if event == "progress":
            self._feedback.setProgress(100 * content["value"])
        elif event == "log":
            QgsMessageLog.logMessage(content["text"], LOG_TAG, Qgis.MessageLevel.Info)
            self._feedback.pushConsoleInfo(content["text"])
        elif event == "info":
            self._feedback.pushInfo(sentence(content["code"], content["params"]))
        elif event == "warning":
            self._feedback.pushWarning(sentence(content["code"], content["params"]))
