"""Runs one job in the engine's process, from QGIS: events become feedback, errors become exceptions."""

from __future__ import annotations

import json
import os
import shutil
import uuid
from collections import deque
from dataclasses import replace
from pathlib import Path
from typing import Any, Optional

from qgis.core import Qgis, QgsMessageLog, QgsProcessingException, QgsProcessingFeedback

from ..engine.jobs import Job
from .child import Child
from .environment import locate_engine
from .eventloop import turn
from .messages import LOG_TAG, language, refusal, sentence
from .spool.spooler import Spooling

_POLL_SECONDS = 0.1
_FAREWELL_SECONDS = 5.0
"""How long the child may take to leave after it said that the job is done."""
_LOG_LINES = 8
PASSING = "ocsia-"
"""How the temporary folders of algorithms begin."""


def run_job(
    job: Job, feedback: QgsProcessingFeedback, spooling: Optional[Spooling] = None
) -> Optional[dict[str, Any]]:
    """Run ``job`` and return the engine's results; None where the user cancelled.

    Args:
        spooling: lays down the windows that the engine asks for; None: all of its rasters are files.

    The job gets an id of its own and the language of QGIS. Whatever happens, the child is gone at the end, and unless
    the job succeeded so are its unfinished files.

    Raises:
        QgsProcessingException: with a sentence that says what was wrong and what to do.
    """
    if feedback.isCanceled():
        return None
    engine = locate_engine()
    if not engine.ok:
        raise refusal(engine.problem, **engine.params)
    job = replace(_absolute(job), job_id=uuid.uuid4().hex[:12], lang=language())
    listener = _Listener(feedback, spooling)
    try:
        child = Child(engine.python)
    except OSError as error:
        raise refusal("engine-broken", python=engine.python, reason=error) from error
    code = None
    try:
        child.send(job.to_json())
        _listen(child, listener)
    finally:
        done = listener.results is not None
        code = child.stop(_FAREWELL_SECONDS) if done or child.silent else child.stop()
        if not done:
            _remove_state(job)
    if done:
        return listener.results
    if feedback.isCanceled():
        return None
    raise listener.failure(engine.python, code)


def _listen(child: Child, listener: _Listener) -> None:
    """Hear the child out: until it is done, falls silent, or the user cancels."""
    while listener.results is None and not child.silent and not listener.feedback.isCanceled():
        line = child.next_line(_POLL_SECONDS)
        if line is not None:
            listener.hear(*line)
        listener.pass_on_news()
        turn()


class _Listener:
    """Turns what the child says into progress, log lines and, in the end, results or a reason."""

    def __init__(self, feedback: QgsProcessingFeedback, spooling: Optional[Spooling]) -> None:
        self.feedback, self._spooling = feedback, spooling
        self.results: Optional[dict[str, Any]] = None
        self._error: Optional[QgsProcessingException] = None
        self._spoke = False
        self._log: deque[str] = deque(maxlen=_LOG_LINES)

    def hear(self, stream: str, text: str) -> None:
        """One line: an event on ``stdout``; anything else goes to QGIS's log."""
        event = _event(text) if stream == "stdout" else None
        if event is None:
            if text.strip():
                self._log.append(text)
                QgsMessageLog.logMessage(text, LOG_TAG, Qgis.MessageLevel.Info)
            return
        self._spoke = True
        kind = event["event"]
        if kind == "progress":
            self.feedback.setProgress(100 * event["value"])
        elif kind == "info":
            self.feedback.pushInfo(sentence(event["code"], _shown(event.get("params"))))
        elif kind == "warning":
            self.feedback.pushWarning(sentence(event["code"], _shown(event.get("params"))))
        elif kind == "product" and not _is_passing(event["path"]):
            self.feedback.pushInfo(sentence("info-written", {"path": event["path"]}))
        elif kind == "need" and self._spooling is not None:
            self._spooling.need(event["spool"], event["windows"])
        elif kind == "error":
            better = self._spooling.explanation(event["code"]) if self._spooling is not None else None
            code, params = (better.code, better.params) if better else (event["code"], event.get("params", {}))
            self._error = refusal(code, **_shown(params))
        elif kind == "done":
            self.results = event.get("results") or {}

    def pass_on_news(self) -> None:
        """What the spooling has to say, in the thread that feedback belongs to."""
        for text in self._spooling.news() if self._spooling is not None else ():
            self.feedback.pushInfo(text)

    def failure(self, python: str, code: int) -> QgsProcessingException:
        """Why there are no results: the child's own reason, else what is known of its end."""
        if self._error is not None:
            return self._error
        if not self._spoke:
            # Nothing at all was said: it is the interpreter or its libraries that do not work.
            return refusal("engine-broken", python=python, reason=self._log[-1] if self._log else f"code {code}")
        return refusal("engine-died", rc=code, log="\n" + "\n".join(self._log))


def _is_passing(path: str) -> bool:
    """Whether a product lies in a temporary folder of an algorithm, which makes something else of it."""
    return os.path.basename(os.path.dirname(path)).startswith(PASSING)


def _shown(params: Optional[dict[str, Any]]) -> dict[str, Any]:
    """Parameters of a sentence, where a copy of a layer is called by its name: nobody finds it in its folder."""
    return {
        name: os.path.splitext(os.path.basename(value))[0] if isinstance(value, str) and _is_passing(value) else value
        for name, value in (params or {}).items()
    }


def _event(text: str) -> Optional[dict[str, Any]]:
    try:
        event = json.loads(text)
    except ValueError:
        return None
    return event if isinstance(event, dict) and "event" in event else None


def _absolute(job: Job) -> Job:
    """The job with absolute paths: the child works in a folder of its own, not in QGIS's."""
    paths = {name: getattr(job, name) for name in job.writes}
    for name in ("model", "file", "card", "tiles"):
        given = getattr(job, name, None)
        if given and os.path.exists(given):
            paths[name] = given
    return replace(job, **{name: os.path.abspath(path) for name, path in paths.items() if path})


def _remove_state(job: Job) -> None:
    """Remove the folders of unfinished state: a child that was killed could not do it."""
    for name in job.writes:
        path = getattr(job, name)
        if path:
            shutil.rmtree(Path(path).parent / f".ocsia-{job.job_id}", ignore_errors=True)
