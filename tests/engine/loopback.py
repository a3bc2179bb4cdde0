"""A server on this machine that does to a download what networks do."""

from __future__ import annotations

import hashlib
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, Optional

BODY = bytes(range(256)) * 4096  # 1 MB
DIGEST = hashlib.sha256(BODY).hexdigest()


class Server(ThreadingHTTPServer):
    """Serves ``BODY``; ``script`` holds what to do at each request instead, ``requests`` the headers of each."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.script: list[Callable[[Handler], None]] = []
        self.requests: list[tuple[str, dict[str, str]]] = []
        self.etag = '"one"'
        self.stopping = threading.Event()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_port}/IGNF/model/resolve/main/weights.pth"

    def handle_error(self, request: Any, address: Any) -> None:
        """A client that went away is what some tests are about."""


class Handler(BaseHTTPRequestHandler):
    server: Server

    def do_GET(self) -> None:
        self.server.requests.append((self.path, dict(self.headers)))
        (self.server.script.pop(0) if self.server.script else Handler.whole)(self)

    def whole(self, upto: Optional[int] = None, pause: float = 0.0, resume: bool = True, length: bool = True) -> None:
        """The file or, when asked and known to be the same, its end; cut off at ``upto``."""
        start, wanted = 0, self.headers.get("Range")
        if resume and wanted and self.headers.get("If-Range") == self.server.etag:
            start = int(wanted.removeprefix("bytes=").rstrip("-"))
            self.send_response(206)
            self.send_header("Content-Range", f"bytes {start}-{len(BODY) - 1}/{len(BODY)}")
        else:
            self.send_response(200)
        if length:
            self.send_header("Content-Length", str(len(BODY) - start))
        self.send_header("ETag", self.server.etag)
        self.end_headers()
        step = 1 << 16
        for at in range(start, len(BODY) if upto is None else upto, step):
            self.wfile.write(BODY[at : min(at + step, upto or len(BODY))])
            self.wfile.flush()
            if pause and self.server.stopping.wait(pause):
                return

    def log_message(self, *_: object) -> None:
        pass


def status(code: int, **headers: str) -> Callable[[Handler], None]:
    def answer(handler: Handler) -> None:
        handler.send_response(code)
        for name, value in headers.items():
            handler.send_header(name.replace("_", "-"), value)
        handler.send_header("Content-Length", "0")
        handler.end_headers()

    return answer


def broken_off(at: int, **options: Any) -> Callable[[Handler], None]:
    return lambda handler: handler.whole(upto=at, **options)


@contextmanager
def serving() -> Iterator[Server]:
    """A server, for as long as the test takes."""
    server = Server()
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    try:
        yield server
    finally:
        server.stopping.set()
        server.shutdown()
        thread.join()
        server.server_close()
