"""The proxy that the user set up in QGIS, for downloads that the engine makes."""

from __future__ import annotations

from urllib.parse import quote

from qgis.core import QgsNetworkAccessManager
from qgis.PyQt.QtNetwork import QNetworkProxy

_HTTP = (QNetworkProxy.ProxyType.HttpProxy, QNetworkProxy.ProxyType.HttpCachingProxy)


def proxy_url() -> str:
    """``http://user:password@host:port``; empty where QGIS names none, so that the environment's counts.

    To be asked in the main thread. Other kinds of proxies (SOCKS) are not handed on.
    """
    proxy = QgsNetworkAccessManager.instance().fallbackProxy()
    if proxy.type() not in _HTTP or not proxy.hostName():
        return ""
    user = quote(proxy.user(), safe="")
    if user and proxy.password():
        user += ":" + quote(proxy.password(), safe="")
    address = f"{proxy.hostName()}:{proxy.port()}" if proxy.port() else proxy.hostName()
    return f"http://{user}@{address}" if user else f"http://{address}"
