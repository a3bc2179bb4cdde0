"""Downloads over https: resumed where they broke off, checked, and under their final name only when whole.

With the standard library alone: all that is wanted of it is one file at a time, its redirections, and a proxy.
"""

from __future__ import annotations

import contextlib
import errno
import http.client
import ipaddress
import json
import os
import shutil
import ssl
import urllib.error
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any, Optional
from urllib.parse import urlsplit

import certifi

from ... import __version__
from ..errors import OcsiaError, because, system_reason
from ..events import Events
from .card import sha256_of
from .catalogue import RemoteFile, is_plain_name

LARGEST = 8 << 30
"""Bytes: no weights of a land-cover model come near it."""

_CHUNK = 1 << 18
_TIMEOUT = 30.0
"""Seconds without a byte after which a connection counts as broken."""
_ATTEMPTS = 5
"""In a row that bring nothing new."""
_LONGEST_WAIT = 60.0
_PASSING = {408, 425, 429, 500, 502, 503, 504}
"""HTTP answers that may be better the next time."""
_STEP = 0.002


@dataclass(frozen=True)
class Fetched:
    """A downloaded file; ``pinned``: the card names the sha256, which agrees."""

    path: Path
    size: int
    sha256: str
    pinned: bool


class _PassingError(Exception):
    """This attempt failed; another may not. ``wait``: seconds that the server asks for."""

    def __init__(self, reason: Any, wait: Optional[float] = None) -> None:
        super().__init__(str(reason))
        self.reason, self.wait = reason, wait


def download(
    remote: RemoteFile,
    folder: Path,
    events: Events,
    *,
    proxy: str = "",
    span: tuple[float, float] = (0.0, 1.0),
    loopback: bool = False,
    back_off: float = 1.0,
) -> Fetched:
    """Download one file into ``folder``; what an earlier, broken download left there is gone on with.

    Args:
        proxy: ``http://user:password@host:port``; empty: as the environment says (``HTTPS_PROXY``).
        span: what of the job's progress this download is.
        loopback: accept http from this machine, for tests.
        back_off: seconds before the second attempt; each further one waits twice as long.

    Raises:
        OcsiaError: ``download-address``, ``download-http``, ``download-no-network``, ``download-broken``,
            ``download-size``, ``download-running``, ``disk-full``, ``output-not-writable``, ``model-hash``.
        Cancelled: what was received is kept for the next time.
    """
    target = folder / remote.name
    if not is_plain_name(remote.name):
        raise OcsiaError("download-address", url=remote.url)
    _check_address(remote.url, loopback)
    with _writing(folder):
        folder.mkdir(parents=True, exist_ok=True)
    with _alone(target):
        transfer = _Transfer(remote, target, events, _opener(proxy, loopback), span)
        transfer.run(back_off)
        return transfer.finish()


class _Transfer:
    """One file on its way. ``received`` counts the bytes in the unfinished file, ``total`` those expected."""

    def __init__(
        self,
        remote: RemoteFile,
        target: Path,
        events: Events,
        opener: urllib.request.OpenerDirector,
        span: tuple[float, float],
    ) -> None:
        self._remote, self._target, self._events, self._opener, self._span = remote, target, events, opener, span
        self._part = target.with_name(target.name + ".part")
        self._notes = target.with_name(target.name + ".part.json")
        self.host = urlsplit(remote.url).hostname or ""
        self.total: Optional[int] = remote.size
        self.received = 0
        self._shown = -1.0

    def run(self, back_off: float) -> None:
        """Attempts until all is there, with longer and longer waits between those that bring nothing."""
        self._events.info("info-download", name=self._remote.name, host=self.host)
        failures, furthest = 0, 0
        while not self._complete():
            self._events.check()
            try:
                self._attempt()
                return
            except _PassingError as error:
                failures = 0 if self.received > furthest else failures + 1
                furthest = max(furthest, self.received)
                if failures >= _ATTEMPTS:
                    raise self._given_up(error) from error
                seconds = min(error.wait or back_off * 2 ** max(failures - 1, 0), _LONGEST_WAIT)
                self._events.info("info-retry", host=self.host, reason=error.reason, seconds=round(seconds, 1))
                self._events.cancel.wait(seconds)

    def finish(self) -> Fetched:
        """Check what has arrived and give it its final name."""
        found = sha256_of(self._part, self._events.check)
        if self._remote.sha256 not in (None, found):
            self._forget()
            raise OcsiaError("model-hash", path=self._target)
        size = self._part.stat().st_size
        with _writing(self._target.parent):
            os.replace(self._part, self._target)
        self._forget()
        return Fetched(self._target, size, found, self._remote.sha256 is not None)

    # -- one attempt

    def _attempt(self) -> None:
        headers = {"User-Agent": f"ocsia/{__version__}", "Accept-Encoding": "identity"}
        have, validator = self._resumable()
        if have:
            headers |= {"Range": f"bytes={have}-", "If-Range": validator}
        # The scheme was checked, and is again at each redirection.
        request = urllib.request.Request(self._remote.url, headers=headers)
        try:
            with self._opener.open(request, timeout=_TIMEOUT) as response:
                self._receive(response, self._start(response, have))
        except urllib.error.HTTPError as error:
            with error:
                self._refused(error)
        except urllib.error.URLError as error:
            if isinstance(error.reason, ssl.SSLCertVerificationError):
                raise OcsiaError("download-no-network", host=self.host, reason=str(error.reason)) from error
            # The numbers of OpenSSL's errors are not the system's.
            known = isinstance(error.reason, OSError) and not isinstance(error.reason, ssl.SSLError)
            raise _PassingError(system_reason(error.reason) if known else str(error.reason)) from error
        except (OSError, http.client.HTTPException) as error:
            raise _PassingError(str(error) or type(error).__name__) from error
        if self.total is not None and self.received < self.total:
            raise _PassingError(because("why-broke-off"))

    def _start(self, response: http.client.HTTPResponse, have: int) -> int:
        """Where the answer goes on; 0: it is the whole file, for the server has another one now or cannot resume."""
        start = 0
        if response.status == 206:
            unit, _, span = response.headers.get("Content-Range", "").partition(" ")
            if unit != "bytes" or span.split("-")[0] != str(have):
                self._forget()
                raise _PassingError("Content-Range")
            start = have
        length = response.headers.get("Content-Length")
        announced = start + int(length) if length and length.isdigit() else None
        if self._remote.size is not None and announced not in (None, self._remote.size):
            raise OcsiaError("download-size", name=self._remote.name, found=announced, wanted=self._remote.size)
        self.total = announced or self._remote.size
        if self.total is not None and self.total > LARGEST:
            raise OcsiaError("download-size", name=self._remote.name, found=self.total, wanted=LARGEST)
        if start:
            self._events.info("info-resume", done=round(start / 1e6, 1))
        return start

    def _receive(self, response: http.client.HTTPResponse, start: int) -> None:
        self._check_room(start)
        self._note(response)
        self.received = start
        with _writing(self._target.parent), open(self._part, "r+b" if start else "wb") as out:
            if start:
                out.seek(start)
                out.truncate()
            while chunk := _passing_read(response):
                self._events.check()
                self.received += len(chunk)
                if self.received > (self.total or LARGEST):
                    self._forget()
                    wanted = self.total or LARGEST
                    raise OcsiaError("download-size", name=self._remote.name, found=self.received, wanted=wanted)
                out.write(chunk)
                self._progress()

    def _refused(self, error: urllib.error.HTTPError) -> None:
        if error.code == 416:  # what we have is not a beginning of what the server has
            self._forget()
            raise _PassingError(f"HTTP {error.code}")
        if error.code in _PASSING:
            asked = error.headers.get("Retry-After", "")
            raise _PassingError(f"HTTP {error.code}", float(asked) if asked.isdigit() else None)
        if error.code < 400:  # a redirection that urllib itself refuses
            raise OcsiaError("download-address", url=error.headers.get("Location", self._remote.url))
        raise OcsiaError("download-http", url=self._remote.url, status=error.code, reason=str(error.reason))

    def _given_up(self, error: _PassingError) -> OcsiaError:
        if self.received == 0:
            return OcsiaError("download-no-network", host=self.host, reason=error.reason)
        received = round(self.received / 1e6, 1)
        return OcsiaError("download-broken", name=self._remote.name, received=received, reason=error.reason)

    def _progress(self) -> None:
        if not self.total:
            return
        low, high = self._span
        share = low + (high - low) * self.received / self.total
        if share - self._shown >= _STEP or self.received == self.total:
            self._shown = share
            self._events.progress(share)

    def _check_room(self, start: int) -> None:
        needed = (self.total or 0) - start
        free = shutil.disk_usage(self._target.parent).free
        if free < needed:
            raise _disk_full(self._target.parent, needed)

    # -- what is kept between two attempts

    def _kept(self) -> tuple[int, int, str]:
        """Bytes that an earlier attempt left, their total, and what says that they are of the same file."""
        try:
            notes = json.loads(self._notes.read_text(encoding="utf-8"))
            if notes["url"] == self._remote.url:
                return self._part.stat().st_size, int(notes["total"] or 0), str(notes["validator"])
        except (OSError, ValueError, KeyError, TypeError):
            pass
        return 0, 0, ""

    def _complete(self) -> bool:
        """Whether it was stopped after the last byte, before its final name."""
        have, total, _ = self._kept()
        return 0 < total == have

    def _resumable(self) -> tuple[int, str]:
        """Bytes that need not be asked for again; 0: none, or the server cannot say that they are of the same file."""
        have, total, validator = self._kept()
        return (have, validator) if validator and have < total else (0, "")

    def _note(self, response: http.client.HTTPResponse) -> None:
        tag = response.headers.get("ETag", "")
        validator = tag if tag.startswith('"') else response.headers.get("Last-Modified", "")
        notes = {"url": self._remote.url, "validator": validator, "total": self.total}
        with _writing(self._target.parent):
            self._notes.write_text(json.dumps(notes), encoding="utf-8")

    def _forget(self) -> None:
        self._part.unlink(missing_ok=True)
        self._notes.unlink(missing_ok=True)


def _passing_read(response: http.client.HTTPResponse) -> bytes:
    """What has arrived, at once: a slow server must not keep us from seeing that the user cancelled."""
    try:
        return response.read1(_CHUNK)
    except (OSError, http.client.HTTPException) as error:
        raise _PassingError(str(error) or type(error).__name__) from error


# -- addresses, proxies, certificates


def _check_address(url: str, loopback: bool) -> None:
    """Raises: OcsiaError: ``download-address``: neither https nor, where allowed, http on this machine."""
    try:
        parts = urlsplit(url)
        local = loopback and parts.scheme == "http" and ipaddress.ip_address(parts.hostname or "").is_loopback
    except ValueError:
        local = False
    if not local and (not url.lower().startswith("https://") or not parts.hostname):
        raise OcsiaError("download-address", url=url)


class _CheckedRedirects(urllib.request.HTTPRedirectHandler):
    """Follows redirections, which must not lead out of https."""

    def __init__(self, loopback: bool) -> None:
        self._loopback = loopback

    def redirect_request(
        self, req: urllib.request.Request, fp: IO[bytes], code: int, msg: str, headers: Any, newurl: str
    ) -> Optional[urllib.request.Request]:
        try:
            _check_address(newurl, self._loopback)
        except OcsiaError:
            fp.close()
            raise
        return super().redirect_request(req, fp, code, msg, headers, newurl)


def _opener(proxy: str, loopback: bool) -> urllib.request.OpenerDirector:
    """Only http and https; certificates that the system trusts (a town hall's proxy may have its own) or Mozilla."""
    context = ssl.create_default_context()
    context.load_verify_locations(certifi.where())
    opener = urllib.request.OpenerDirector()
    for handler in (
        urllib.request.ProxyHandler({"http": proxy, "https": proxy} if proxy else None),
        urllib.request.HTTPHandler(),
        urllib.request.HTTPSHandler(context=context),
        _CheckedRedirects(loopback),
        urllib.request.HTTPErrorProcessor(),
        urllib.request.HTTPDefaultErrorHandler(),
    ):
        opener.add_handler(handler)
    return opener


# -- the disk


@contextlib.contextmanager
def _writing(folder: Path) -> Iterator[None]:
    """Turns what the disk says into a sentence."""
    try:
        yield
    except OSError as error:
        if error.errno in (errno.ENOSPC, errno.EDQUOT):
            raise _disk_full(folder, 0) from error
        raise OcsiaError("output-not-writable", path=folder, reason=system_reason(error)) from error


def _disk_full(folder: Path, needed: int) -> OcsiaError:
    free = shutil.disk_usage(folder).free
    return OcsiaError("disk-full", folder=folder, needed=round(needed / 1e6), free=round(free / 1e6))


@contextlib.contextmanager
def _alone(target: Path) -> Iterator[None]:
    """One download of a file at a time; the system releases the lock however a process ends."""
    path = target.with_name(target.name + ".lock")
    with _writing(path.parent):
        handle = open(path, "wb")  # noqa: SIM115 - closed below
    with handle:
        try:
            _lock(handle)
        except OSError as error:
            raise OcsiaError("download-running", name=target.name) from error
        try:
            yield
        finally:
            handle.close()
            with contextlib.suppress(OSError):
                path.unlink()


def _lock(handle: IO[bytes]) -> None:
    """Raises: OSError: another process holds it."""
    if os.name == "nt":
        import msvcrt

        msvcrt.locking(handle.fileno(), msvcrt.LK_NBLCK, 1)
    else:
        import fcntl

        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
