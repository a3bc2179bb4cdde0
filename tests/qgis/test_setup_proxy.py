"""The installation behind a proxy: one that asks for a password, and one that reads along with its own authority."""

from __future__ import annotations

import os
import shutil
import socketserver
import ssl
import subprocess
import threading

import pytest
from qgis.core import QgsApplication, QgsNetworkAccessManager, QgsProcessingException
from qgis.PyQt.QtNetwork import QNetworkProxy, QSslCertificate

INDEX = "index.example"
"""A host that no name server knows: what is said of it has come from the proxy."""


class Proxy(socketserver.ThreadingTCPServer):
    """Lets nobody through; with a ``context``, opens what goes through it and answers in the place of the index.

    Attributes:
        asked: the hosts that it was to connect to.
        told: the credentials that came along.
    """

    daemon_threads = True
    context: ssl.SSLContext | None = None

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.asked: list[str] = []
        self.told: list[str] = []

    def handle_error(self, request: object, address: object) -> None:
        """A client that does not trust it hangs up."""


class _Handler(socketserver.StreamRequestHandler):
    server: Proxy

    def handle(self) -> None:
        head = self._head()
        self.server.asked.append(head[0].split()[1])
        self.server.told += [line for line in head if line.lower().startswith("proxy-authorization")]
        if self.server.context is None:
            self.wfile.write(b"HTTP/1.1 407 Proxy Authentication Required\r\nContent-Length: 0\r\n\r\n")
            return
        self.wfile.write(b"HTTP/1.1 200 Connection established\r\n\r\n")
        with self.server.context.wrap_socket(self.request, server_side=True) as secure:
            self.rfile = secure.makefile("rb")
            self._head()
            secure.sendall(b"HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\nConnection: close\r\n\r\n")

    def _head(self) -> list[str]:
        lines = iter(lambda: self.rfile.readline().decode("latin-1").strip(), "")
        return list(lines)


@pytest.fixture()
def proxy(plugin, tmp_path, monkeypatch):
    """It runs, QGIS is set to it, and pip to an index beyond it; there is no uv."""
    for name in os.environ.keys() & {"REQUESTS_CA_BUNDLE", "CURL_CA_BUNDLE", "SSL_CERT_FILE", "SSL_CERT_DIR"}:
        monkeypatch.delenv(name)
    for name in [n for n in os.environ if n.startswith("PIP_") or n.lower().endswith("_proxy")]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("PIP_CONFIG_FILE", os.devnull)
    monkeypatch.setenv("PIP_INDEX_URL", f"https://{INDEX}/simple")
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "données"))
    path = [p for p in os.environ["PATH"].split(os.pathsep) if not os.path.exists(os.path.join(p, "uv"))]
    monkeypatch.setenv("PATH", os.pathsep.join(path))
    manager = QgsNetworkAccessManager.instance()
    before = manager.fallbackProxy()
    with Proxy() as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
        thread.start()
        kind, port = QNetworkProxy.ProxyType.HttpProxy, server.server_address[1]
        manager.setFallbackProxyAndExcludes(QNetworkProxy(kind, "127.0.0.1", port, "mairie", "é:1"), [], [])
        try:
            yield server
        finally:
            manager.setFallbackProxyAndExcludes(before, [], [])
            server.shutdown()
            thread.join()


def test_a_proxy_that_refuses(run, proxy):
    with pytest.raises(QgsProcessingException, match=r"The proxy refuses the download.*407"):
        run("setup")
    assert set(proxy.asked) == {f"{INDEX}:443"}
    assert proxy.told and all("Basic" in line for line in proxy.told)


@pytest.mark.skipif(shutil.which("openssl") is None, reason="openssl makes the authority")
def test_a_proxy_that_reads_along_is_trusted_when_qgis_trusts_its_authority(run, proxy, tmp_path):
    key, authority = tmp_path / "key.pem", tmp_path / "authority.pem"
    command = ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", "/CN=Mairie"]
    options = ["-addext", f"subjectAltName=DNS:{INDEX}", "-keyout", str(key), "-out", str(authority)]
    subprocess.run([*command, *options], check=True, capture_output=True)
    proxy.context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    proxy.context.load_cert_chain(authority, key)
    with pytest.raises(QgsProcessingException, match="The certificate of the package index is not trusted"):
        run("setup")

    manager = QgsApplication.authManager()
    certificate = QSslCertificate(authority.read_bytes())
    assert manager.storeCertAuthority(certificate)
    try:
        manager.rebuildCaCertsCache()
        manager.rebuildTrustedCaCertsCache()
        # It comes as far as the index now, which has nothing.
        with pytest.raises(QgsProcessingException, match="The package index has no build"):
            run("setup")
    finally:
        manager.removeCertAuthority(certificate)
