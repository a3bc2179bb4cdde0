"""What the source of a QGIS layer of the provider ``wms`` says."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import unquote, urlsplit

_HEADER = "http-header:"


@dataclass(frozen=True)
class ServiceUri:
    """The parameters of a layer's source; a name may stand several times (``layers``, ``styles``)."""

    values: dict[str, list[str]]

    @classmethod
    def read(cls, source: str) -> ServiceUri:
        """Take apart ``name=value&name=value``, whose values are percent-encoded."""
        values: dict[str, list[str]] = {}
        for part in source.split("&"):
            name, _, value = part.partition("=")
            # Not parse_qs: a plus sign is one here.
            values.setdefault(unquote(name), []).append(unquote(value))
        return cls(values)

    def get(self, name: str, default: str = "") -> str:
        """The first value of ``name``."""
        return self.values.get(name, [default])[0]

    @property
    def kind(self) -> str:
        """``xyz``, ``wmts`` or ``wms``; empty: something else of that provider (MBTiles, Mapbox styles)."""
        if not self.get("url"):
            return ""
        if self.get("type"):
            return "xyz" if self.get("type") == "xyz" else ""
        return "wmts" if self.get("tileMatrixSet") else "wms"

    @property
    def url(self) -> str:
        """The service's address; for ``xyz`` the template of a tile's."""
        return self.get("url")

    @property
    def host(self) -> str:
        """Who serves it, for messages: no path and no query, which may hold a key."""
        return urlsplit(self.url).hostname or urlsplit(self.url).path

    @property
    def headers(self) -> dict[str, str]:
        """Headers that the user gave the layer."""
        named = {n[len(_HEADER) :]: v[0] for n, v in self.values.items() if n.startswith(_HEADER)}
        referer = self.get("referer")
        return {**({"referer": referer} if referer else {}), **named}
