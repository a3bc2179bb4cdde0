"""Requests to a web service through QGIS's network (its proxy, certificates and credentials), with good manners.

Few at a time, at a bounded rate, again after a pause that doubles where the service is busy or the connection breaks.
"""

from __future__ import annotations

import base64
import re
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Optional, TypeVar

from qgis.core import QgsApplication, QgsNetworkAccessManager
from qgis.PyQt import sip
from qgis.PyQt.QtCore import QDateTime, QEventLoop, Qt, QTimer, QUrl
from qgis.PyQt.QtNetwork import QAbstractNetworkCache, QNetworkCacheMetaData, QNetworkReply, QNetworkRequest

from ...engine.errors import OcsiaError, because
from .uri import ServiceUri

Result = TypeVar("Result")

PER_SECOND = 20.0
"""Requests to one service; the Géoplateforme blocks who passes 40."""
ATTEMPTS = 6
PAUSE_SECONDS = 1.0
"""Before the second attempt; it doubles with each further one."""
TIMEOUT_SECONDS = 60.0
_LONGEST_PAUSE = 60.0
_TOO_MANY_SECONDS = 5.0
"""How long the Géoplateforme blocks those who asked too much."""
_TICK_MS = 100
_LARGEST_ANSWER = 256 << 20
_BUSY = (408, 429, 500, 502, 503, 504)
"""What may be otherwise a moment later."""
ABSENT = (404, 410)
_SAID_LENGTH = 300


@dataclass(frozen=True)
class Answer:
    """What a service answered.

    Attributes:
        status: of HTTP; 200 where the protocol has none; 0: there was no answer.
        kind: its content type, in lower case, without parameters.
        reason: why there was no answer.
        retry_after: seconds that the service asks to wait; None: it does not say.
    """

    status: int
    kind: str
    body: bytes
    reason: str = ""
    retry_after: Optional[float] = None

    @property
    def said(self) -> str:
        """What a person can read of it: the text of an XML exception, of a page, or nothing."""
        if not self.body or b"\0" in self.body[:512]:
            return ""
        text = self.body[:20_000].decode("utf-8", "replace")
        exception = re.search(r"<(?:\w+:)?(?:ServiceException|ExceptionText)\b[^>]*>(.*?)</", text, re.S)
        if exception:
            text = exception[1]
        text = re.sub(r"<!\[CDATA\[|\]\]>", "", text)
        text = re.sub(r"<(style|script)\b.*?</\1>|<[^>]*>", " ", text, flags=re.S | re.I)
        return " ".join(text.split())[:_SAID_LENGTH]


class Stopped(Exception):
    """The run is over; nobody wants the answer any more."""


class Unusable(Exception):
    """An answer that is not what was asked for, but may be when asked again; the error says what to tell then."""

    def __init__(self, error: OcsiaError) -> None:
        super().__init__(str(error))
        self.error = error


class Fetcher:
    """Fetches from one service; its methods may be called from several threads.

    Args:
        uri: the layer's source, for its credentials and headers.
        layer: what QGIS calls the layer, for messages.
        stop: ends every wait when set.
        tell: is called with (host, reason, seconds) before each new attempt.
    """

    def __init__(
        self,
        uri: ServiceUri,
        layer: str,
        stop: threading.Event,
        tell: Callable[[str, object, float], None] = lambda *_: None,
    ) -> None:
        self.uri, self.layer = uri, layer
        self._stop, self._tell = stop, tell
        self._lock = threading.Lock()
        self._next = 0.0
        self.requests = 0

    def get(self, url: str, use: Callable[[Answer], Result], *, tile: bool = False) -> Result:
        """What ``use`` makes of the answer to ``url``.

        Args:
            tile: let ``use`` see the answers 404 and 410, because tiles where there is no image are not there; and
                have QGIS keep the answer in its own cache, as it keeps the tiles of its canvas: several windows are
                made of it, some of them in a later run. That cache is small, but it has to hold no more than the
                windows that were being made, and the edges of those before them.
            use: raises ``Unusable`` for an answer that is worth asking for again, ``OcsiaError`` for one that is not.

        Raises:
            OcsiaError: ``service-network``, ``service-http``, ``service-authentication``, or what ``use`` says.
            Stopped: ``stop`` was set.
        """
        for attempt in range(1, ATTEMPTS + 1):
            self._take_turn()
            answer = self._exchange(self._request(url, keep=tile, afresh=attempt > 1))
            try:
                self._check(answer, absent=tile)
                return use(answer)
            except Unusable as unusable:
                if attempt == ATTEMPTS:
                    raise unusable.error from unusable
                asked = answer.retry_after
                if asked is None:
                    asked = _TOO_MANY_SECONDS if answer.status == 429 else 0.0
                pause = max(asked, PAUSE_SECONDS * 2 ** (attempt - 1))
                self._pause(min(pause, _LONGEST_PAUSE), answer)
        raise AssertionError("unreachable")

    def error(self, code: str, **params: Any) -> OcsiaError:
        """A refusal that names the layer and the host."""
        return OcsiaError(code, layer=self.layer, host=self.uri.host, **params)

    def _check(self, answer: Answer, absent: bool) -> None:
        if answer.status == 0:
            raise Unusable(self.error("service-network", reason=answer.reason))
        if answer.status >= 400:
            said = answer.said or because("why-service-silent")
            error = self.error("service-http", status=answer.status, said=said)
            if answer.status in _BUSY:
                raise Unusable(error)
            if not (absent and answer.status in ABSENT):
                raise error

    def _take_turn(self) -> None:
        """Wait for this request's place in the rhythm of all threads."""
        with self._lock:
            now = time.monotonic()
            turn = max(self._next, now)
            self._next = turn + 1 / PER_SECOND
            self.requests += 1
        if self._stop.wait(turn - now):
            raise Stopped

    def _pause(self, seconds: float, answer: Answer) -> None:
        """Wait before another attempt; where the service says that it is too much, everyone waits."""
        reason: object = answer.reason or f"HTTP {answer.status}"
        self._tell(self.uri.host, reason, seconds)
        if answer.status == 429:
            with self._lock:
                self._next = max(self._next, time.monotonic() + seconds)
        if self._stop.wait(seconds):
            raise Stopped

    def _exchange(self, request: QNetworkRequest) -> Answer:
        # Not QgsBlockingNetworkRequest: it puts all that it fetches into QGIS's cache, and knows no limit to its size.
        # The loop comes first: it gives a thread that Python started what Qt's timers need.
        loop = QEventLoop()
        # Direct: by default the signals of a thread's manager wait for the main thread, which may wait for us.
        network = QgsNetworkAccessManager.instance(Qt.ConnectionType.DirectConnection)
        reply = network.get(request)
        try:
            late = self._awaited(reply, loop)
            if self._stop.is_set():
                raise Stopped
            _date(network.cache(), request.url())
            return _answer(reply, late)
        finally:
            _delete(reply)

    def _awaited(self, reply: QNetworkReply, loop: QEventLoop) -> bool:
        """Wait until a reply has ended or has to; returns whether it took too long."""
        deadline = time.monotonic() + TIMEOUT_SECONDS
        late = False
        tick = QTimer()
        tick.timeout.connect(loop.quit)
        tick.start(_TICK_MS)
        reply.finished.connect(loop.quit)
        while not reply.isFinished():
            loop.exec()
            late = not reply.isFinished() and time.monotonic() > deadline
            if late or self._stop.is_set() or reply.bytesAvailable() > _LARGEST_ANSWER:
                reply.abort()
                break
        tick.stop()
        return late

    def _request(self, url: str, keep: bool, afresh: bool) -> QNetworkRequest:
        """A request with the layer's headers and credentials.

        Args:
            keep: in QGIS's own cache. What is a window already is not kept twice.
            afresh: not from that cache: what it gave cannot be used.

        Raises:
            OcsiaError: ``service-authentication``.
        """
        request = QNetworkRequest(QUrl(url))
        control = QNetworkRequest.CacheLoadControl
        load = control.PreferCache if keep and not afresh else control.AlwaysNetwork
        request.setAttribute(QNetworkRequest.Attribute.CacheLoadControlAttribute, load)
        request.setAttribute(QNetworkRequest.Attribute.CacheSaveControlAttribute, keep)
        for name, value in self.uri.headers.items():
            request.setRawHeader(name.encode(), value.encode())
        user = self.uri.get("username")
        if user:
            secret = base64.b64encode(f"{user}:{self.uri.get('password')}".encode())
            request.setRawHeader(b"Authorization", b"Basic " + secret)
        chosen = self.uri.get("authcfg")
        if chosen:
            known, request = QgsApplication.authManager().updateNetworkRequest(request, chosen, "wms")
            if not known:
                raise self.error("service-authentication", config=chosen)
        return request


def _delete(reply: QNetworkReply) -> None:
    """Delete a reply so that PyQt does not take a later one for it.

    An object of PyQt's in the main thread is told of the end of every QObject that C++ has made and Python has seen
    (``PyQtMonitor``). Of what ends in another thread it hears when the main loop turns next, and by the address alone.
    By then a new reply often lies there, which PyQt then takes for deleted, or both threads are at its list at once,
    and QGIS crashes. Hence nobody is told.
    """
    reply.disconnect()
    sip.delete(reply)


def _date(cache: Optional[QAbstractNetworkCache], url: QUrl) -> None:
    """Give what QGIS's cache keeps of an answer a day to live, where the service does not say how long it is good: Qt
    would never use it. QGIS's canvas does the same."""
    kept = cache.metaData(url) if cache is not None else QNetworkCacheMetaData()
    if kept.isValid() and not kept.expirationDate().isValid():
        kept.setExpirationDate(QDateTime.currentDateTime().addDays(1))
        cache.updateMetaData(kept)


def _answer(reply: QNetworkReply, late: bool) -> Answer:
    attribute = QNetworkRequest.Attribute.HttpStatusCodeAttribute
    failed = reply.error() != QNetworkReply.NetworkError.NoError
    status = int(reply.attribute(attribute) or 0)
    if status == 0 and not failed:
        status = 200  # a file
    if failed and status < 400:
        status = 0  # it broke off after it had begun well
    kind = str(reply.header(QNetworkRequest.KnownHeaders.ContentTypeHeader) or "").split(";")[0].strip().lower()
    wait = bytes(reply.rawHeader(b"Retry-After")).decode("ascii", "replace")
    reason = ""
    if status == 0:
        reason = f"> {TIMEOUT_SECONDS:.0f} s" if late else _bare(reply.errorString())
    return Answer(status, kind, bytes(reply.readAll()), reason, float(wait) if wait.isdigit() else None)


def _bare(text: str) -> str:
    """Qt's reason without the address, which may hold a key."""
    return re.sub(r"\S*://\S*", "...", text)
