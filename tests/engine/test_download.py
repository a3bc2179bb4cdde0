"""Downloads against a server on this machine: slow, broken, wrong, redirected; never half a file under its name."""

from __future__ import annotations

import shutil
import socket
import threading
import time
from collections import namedtuple
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from loopback import BODY, DIGEST, Handler, Server, broken_off, serving, status

from ocsia_plugin.engine.errors import Cancelled, OcsiaError
from ocsia_plugin.engine.models import download as module
from ocsia_plugin.engine.models.catalogue import RemoteFile
from ocsia_plugin.engine.models.download import download


@pytest.fixture
def server() -> Iterator[Server]:
    with serving() as server:
        yield server


@pytest.fixture
def get(server, tmp_path, recorder):
    """``get(sha256=..., size=...)``: download into ``tmp_path / "m"``; ``get.events`` hears what is said."""

    def get(events: Any = None, url: str = "", proxy: str = "", **pinned: Any) -> Any:
        get.events = events or recorder()
        remote = RemoteFile(url or server.url, "weights.pth", **pinned)
        return download(remote, get.folder, get.events, loopback=True, back_off=0.01, proxy=proxy)

    get.folder = tmp_path / "m"
    return get


def names(folder: Path) -> list[str]:
    return sorted(p.name for p in folder.iterdir()) if folder.is_dir() else []


def codes(events: Any) -> list[str]:
    return [e["code"] for e in events.events if e["event"] == "info"]


def refusal_of(get: Any, **options: Any) -> OcsiaError:
    with pytest.raises(OcsiaError) as refusal:
        get(**options)
    assert str(refusal.value)
    assert "weights.pth" not in names(get.folder)
    return refusal.value


def test_a_pinned_file_arrives_whole(get):
    fetched = get(sha256=DIGEST, size=len(BODY))
    assert fetched.path.read_bytes() == BODY
    assert (fetched.size, fetched.sha256, fetched.pinned) == (len(BODY), DIGEST, True)
    assert names(get.folder) == ["weights.pth"], "nothing else is left"
    values = [e["value"] for e in get.events.events if e["event"] == "progress"]
    assert values == sorted(values) and values[-1] == 1.0


def test_what_the_card_does_not_pin_is_hashed_all_the_same(get):
    fetched = get()
    assert (fetched.sha256, fetched.pinned) == (DIGEST, False)


def test_without_a_length_the_end_is_the_end(get, server):
    server.script = [lambda handler: handler.whole(length=False)]
    assert get().size == len(BODY)


def test_broken_off_half_way_then_resumed(get, server):
    server.script = [broken_off(500_000), broken_off(700_000)]
    assert get(sha256=DIGEST).path.read_bytes() == BODY
    ranges = [headers.get("Range") for _, headers in server.requests]
    assert ranges == [None, "bytes=500000-", "bytes=700000-"]
    assert codes(get.events).count("info-resume") == 2


def test_resumed_by_a_later_run(get, server):
    server.script = [broken_off(500_000), *[status(503)] * 5]
    assert refusal_of(get).code == "download-broken"
    assert names(get.folder) == ["weights.pth.part", "weights.pth.part.json"]
    assert get().path.read_bytes() == BODY
    assert server.requests[-1][1]["Range"] == "bytes=500000-"
    assert names(get.folder) == ["weights.pth"]


def test_another_file_under_the_same_address_starts_again(get, server):
    def other(handler: Handler) -> None:
        server.etag = '"two"'
        handler.whole()

    server.script = [broken_off(500_000), other]
    assert get(sha256=DIGEST).path.read_bytes() == BODY
    assert "info-resume" not in codes(get.events)


def test_a_server_that_cannot_resume_starts_again(get, server):
    server.script = [broken_off(500_000), lambda handler: handler.whole(resume=False)]
    assert get(sha256=DIGEST).path.read_bytes() == BODY


def test_a_server_that_always_breaks_off_is_given_up(get, server):
    server.script = [broken_off(500_000, resume=False)] * 20
    error = refusal_of(get)
    assert error.code == "download-broken" and error.params["received"] == 0.5
    assert len(server.requests) == 6, "the first brought something, five in a row nothing new"


def test_a_range_that_was_not_asked_for_is_not_appended(get, server):
    def wrong(handler: Handler) -> None:
        handler.send_response(206)
        handler.send_header("Content-Range", f"bytes 0-99/{len(BODY)}")
        handler.send_header("Content-Length", "100")
        handler.end_headers()
        handler.wfile.write(b"x" * 100)

    server.script = [broken_off(500_000), wrong]
    assert get(sha256=DIGEST).path.read_bytes() == BODY


def test_a_wrong_hash_leaves_nothing(get):
    assert refusal_of(get, sha256="0" * 64).code == "model-hash"
    assert names(get.folder) == []


def test_a_wrong_size_is_refused_before_anything_is_received(get):
    error = refusal_of(get, size=len(BODY) + 1)
    assert error.code == "download-size" and error.params["found"] == len(BODY)
    assert names(get.folder) == []


def test_more_than_the_limit_is_refused_while_it_comes(get, server, monkeypatch):
    monkeypatch.setattr(module, "LARGEST", 100_000)
    assert refusal_of(get).code == "download-size"
    server.script = [lambda handler: handler.whole(length=False)]
    assert refusal_of(get).code == "download-size"
    assert names(get.folder) == []


@pytest.mark.parametrize("code", [401, 403, 404, 410])
def test_a_refusal_is_final(get, server, code):
    server.script = [status(code)]
    error = refusal_of(get)
    assert error.code == "download-http" and error.params["status"] == code
    assert len(server.requests) == 1


def test_500_then_ok(get, server):
    server.script = [status(500), status(429, Retry_After="0"), status(503)]
    assert get(sha256=DIGEST).size == len(BODY)
    assert codes(get.events).count("info-retry") == 3


def test_the_server_says_how_long_to_wait(get, server):
    server.script = [status(429, Retry_After="1")]
    began = time.monotonic()
    get()
    assert time.monotonic() - began >= 1


def test_500_for_ever_is_given_up(get, server):
    server.script = [status(500)] * 20
    assert refusal_of(get).code == "download-no-network"
    assert len(server.requests) == 5


def test_no_network(get):
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    error = refusal_of(get, url=f"http://127.0.0.1:{port}/weights.pth")
    assert error.code == "download-no-network" and error.params["host"] == "127.0.0.1"
    assert "(the connection is refused)" in str(error)


def test_a_redirection_is_followed_and_resumed_behind(get, server):
    moved = status(302, Location=f"{server.url}?signed=1")
    server.script = [moved, broken_off(500_000), moved]
    assert get(sha256=DIGEST).size == len(BODY)
    assert server.requests[-1][0].endswith("?signed=1") and server.requests[-1][1]["Range"] == "bytes=500000-"


@pytest.mark.parametrize("location", ["http://example.org/weights.pth", "ftp://example.org/w", "file:///etc/passwd"])
def test_a_redirection_must_not_leave_https(get, server, location):
    server.script = [status(302, Location=location)]
    assert refusal_of(get).code == "download-address"


@pytest.mark.parametrize(
    "url", ["http://example.org/w.pth", "ftp://example.org/w.pth", "file:///tmp/w.pth", "https:///w", "w.pth", ""]
)
def test_only_https_is_accepted(tmp_path, url, recorder):
    with pytest.raises(OcsiaError) as refusal:
        download(RemoteFile(url, "w.pth"), tmp_path, recorder(), loopback=True)
    assert refusal.value.code == "download-address"


def test_http_on_this_machine_only_where_asked_for(server, tmp_path, recorder):
    with pytest.raises(OcsiaError) as refusal:
        download(RemoteFile(server.url, "w.pth"), tmp_path, recorder())
    assert refusal.value.code == "download-address" and server.requests == []


@pytest.mark.parametrize("name", ["../w.pth", "/tmp/w.pth", "a/b.pth", "..", ""])
def test_names_do_not_leave_the_folder(server, tmp_path, name, recorder):
    with pytest.raises(OcsiaError):
        download(RemoteFile(server.url, name), tmp_path / "m", recorder(), loopback=True)
    assert server.requests == [] and names(tmp_path) == []


def test_a_proxy_is_asked(get, server):
    assert get(url="http://127.0.0.1:9/there/weights.pth", proxy=f"http://u:p@127.0.0.1:{server.server_port}").size
    path, headers = server.requests[0]
    assert path == "http://127.0.0.1:9/there/weights.pth"
    assert headers["Proxy-Authorization"].startswith("Basic ")


def test_slow_but_steady_is_fine(get, server):
    server.script = [lambda handler: handler.whole(pause=0.02)]
    assert get(sha256=DIGEST).size == len(BODY)


def test_silence_counts_as_broken_off(get, server, monkeypatch):
    monkeypatch.setattr(module, "_TIMEOUT", 0.2)
    server.script = [lambda handler: handler.whole(upto=1 << 16, pause=5)]
    assert get(sha256=DIGEST).size == len(BODY)
    assert server.requests[-1][1]["Range"] == f"bytes={1 << 16}-"


def test_cancel_keeps_what_was_received(get, server, recorder):
    server.script = [lambda handler: handler.whole(pause=0.05)]

    def at_a_third(heard: Any, event: dict[str, Any]) -> None:
        if event["event"] == "progress" and event["value"] > 0.3:
            heard.cancel.set()

    began = time.monotonic()
    with pytest.raises(Cancelled):
        get(recorder(at_a_third))
    assert time.monotonic() - began < 2
    assert names(get.folder) == ["weights.pth.part", "weights.pth.part.json"]
    assert get(sha256=DIGEST).path.read_bytes() == BODY
    assert server.requests[-1][1].get("Range")


def test_cancel_does_not_wait_for_the_next_attempt(get, server, recorder):
    server.script = [status(429, Retry_After="50")]

    def on_retry(heard: Any, event: dict[str, Any]) -> None:
        if event.get("code") == "info-retry":
            threading.Timer(0.1, heard.cancel.set).start()

    began = time.monotonic()
    with pytest.raises(Cancelled):
        get(recorder(on_retry))
    assert time.monotonic() - began < 5


def test_stopped_between_the_last_byte_and_the_final_name(get, server, monkeypatch):
    monkeypatch.setattr(module, "sha256_of", lambda *_: (_ for _ in ()).throw(Cancelled()))
    with pytest.raises(Cancelled):
        get()
    monkeypatch.undo()
    assert get(sha256=DIGEST).path.read_bytes() == BODY
    assert len(server.requests) == 1, "nothing is asked for again"


def test_a_disk_without_room_is_said_before(get, monkeypatch):
    usage = namedtuple("usage", "total used free")
    monkeypatch.setattr(shutil, "disk_usage", lambda _: usage(10, 9, 1))
    assert refusal_of(get).code == "disk-full"


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no /dev/full here")
def test_a_disk_that_fills_up_meanwhile(get):
    get.folder.mkdir()
    (get.folder / "weights.pth.part").symlink_to("/dev/full")
    assert refusal_of(get).code == "disk-full"


def test_a_folder_that_cannot_be_made(server, tmp_path, recorder):
    (tmp_path / "m").write_text("a file")
    with pytest.raises(OcsiaError) as refusal:
        download(RemoteFile(server.url, "w.pth"), tmp_path / "m", recorder(), loopback=True)
    assert refusal.value.code == "output-not-writable"


def test_one_download_of_a_file_at_a_time(get, server, recorder):
    server.script = [lambda handler: handler.whole(pause=0.05)]
    caught: list[OcsiaError] = []

    def second(heard: Any, event: dict[str, Any]) -> None:
        if event["event"] == "progress" and not caught:
            with pytest.raises(OcsiaError) as refusal:
                download(RemoteFile(server.url, "weights.pth"), get.folder, recorder(), loopback=True)
            caught.append(refusal.value)

    assert get(recorder(second), sha256=DIGEST).size == len(BODY)
    assert caught[0].code == "download-running"
