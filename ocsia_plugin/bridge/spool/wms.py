"""A WMS: which requests it takes, and pictures or heights from its answers."""

from __future__ import annotations

import xml.etree.ElementTree as ET
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Optional
from urllib.parse import quote, urlsplit

from osgeo import gdal
from qgis.core import QgsCoordinateReferenceSystem

from ...engine.errors import because
from .capabilities import document
from .fetch import Answer, Fetcher, Unusable
from .grid import Bounds
from .pixels import Undecodable, decoded, heights, picture

_HEIGHT_FORMATS = ("image/x-bil;bits=32", "image/geotiff", "image/tiff", "image/geotiff;bits=32")
"""In the order of preference; the Géoplateforme's 32-bit floats without a header come first."""
_PICTURE_FORMATS = ("image/png", "image/geotiff", "image/tiff", "image/jpeg")
_LARGEST_REQUEST = 2048


@dataclass(frozen=True)
class Offer:
    """What a service says of itself.

    Attributes:
        version: of the protocol.
        url: where GetMap requests go.
        formats: content types of its images.
        crs: the CRS that it takes for the layers.
        largest: width and height of a request in pixels, at most.
        attribution: whom it asks to name.
    """

    version: str
    url: str
    formats: tuple[str, ...]
    crs: frozenset[str]
    largest: int
    attribution: str


class GetMap:
    """Windows of a WMS layer, in a CRS of its own choice.

    Args:
        fetcher: of the service.
        crs: wanted for the windows.
        as_heights: elevations in metres instead of a picture.

    Attributes:
        crs: in which the service is asked: the one wanted, else the layer's own.
        attribution: whom the service asks to name.

    Raises:
        OcsiaError: ``service-*``.
        Stopped: the user cancelled.
    """

    def __init__(self, fetcher: Fetcher, crs: QgsCoordinateReferenceSystem, as_heights: bool) -> None:
        self._fetcher, self._heights = fetcher, as_heights
        uri = fetcher.uri
        self._layers = [name for name in uri.values.get("layers", []) if name]
        if not self._layers:
            raise fetcher.error("service-layer", reason="layers")
        offer = fetcher.get(_with_query(uri.url, {"SERVICE": "WMS", "REQUEST": "GetCapabilities"}), self._offer)
        own = QgsCoordinateReferenceSystem(uri.get("crs", "EPSG:4326"))
        # A service that does not list the CRS of its layers (few do not) is taken at the layer's word.
        self.crs = crs if crs.authid() in offer.crs else own
        self._version, self._url = offer.version, offer.url
        if uri.get("IgnoreGetMapUrl"):
            self._url = uri.url
        self._format = self._chosen_format(offer.formats)
        self.largest = min(offer.largest, _LARGEST_REQUEST)
        self.attribution = offer.attribution

    def read(self, bounds: Bounds, width: int, height: int) -> gdal.Dataset:
        """The layer in ``bounds`` of ``crs``: a raster in memory, bytes R, V, B, alpha or one band of float32.

        Raises:
            OcsiaError: ``service-*``.
            Stopped: the user cancelled.
        """
        return self._fetcher.get(
            self.map_url(bounds, width, height), lambda answer: self._pixels(answer, bounds, width, height)
        )

    def map_url(self, bounds: Bounds, width: int, height: int) -> str:
        """The request for a map."""
        crs_name = "CRS" if self._version >= "1.3" else "SRS"
        xmin, ymin, xmax, ymax = bounds
        box = (ymin, xmin, ymax, xmax) if self._north_first() else bounds
        uri = self._fetcher.uri
        styles = uri.values.get("styles", [""] * len(self._layers))
        query = {
            "SERVICE": "WMS",
            "VERSION": self._version,
            "REQUEST": "GetMap",
            "LAYERS": ",".join(self._layers),
            "STYLES": ",".join(styles),
            crs_name: self.crs.authid(),
            "BBOX": ",".join(f"{v:.6f}".rstrip("0").rstrip(".") for v in box),
            "WIDTH": str(width),
            "HEIGHT": str(height),
            "FORMAT": self._format,
        }
        if not self._heights and "jpeg" not in self._format:
            query["TRANSPARENT"] = "TRUE"
        return _with_query(self._url, query)

    def _north_first(self) -> bool:
        """WMS 1.3.0 writes coordinates in the order of the CRS's own axes."""
        uri = self._fetcher.uri
        if self._version < "1.3" or uri.get("IgnoreAxisOrientation") == "1":
            return False
        return self.crs.hasAxisInverted() != (uri.get("InvertAxisOrientation") == "1")

    def _chosen_format(self, offered: tuple[str, ...]) -> str:
        """As the user chose it in QGIS where that will do: JPEG is a fraction of PNG to fetch."""
        chosen = self._fetcher.uri.get("format")
        if not self._heights:
            return chosen or next((f for f in _PICTURE_FORMATS if f in offered), "image/png")
        known = {f.replace(" ", "").lower(): f for f in offered}
        for wanted in _HEIGHT_FORMATS:
            if wanted in known:
                return known[wanted]
        raise self._fetcher.error("service-no-heights", formats=", ".join(offered) or "?")

    def _pixels(self, answer: Answer, bounds: Bounds, width: int, height: int) -> gdal.Dataset:
        error = self._fetcher.error
        if _is_text(answer):
            raise error("service-exception", said=answer.said or because("why-service-silent"))
        if "x-bil" in self._format and len(answer.body) == 4 * width * height:
            return heights(answer.body, bounds, width, height, self.crs)
        try:
            image = decoded(answer.body)
            if (image.RasterXSize, image.RasterYSize) != (width, height):
                found = f"{image.RasterXSize} x {image.RasterYSize}"
                raise error("service-size", found=found, wanted=f"{width} x {height}")
            make = heights if self._heights else picture
            return make(image, bounds, width, height, self.crs)
        except Undecodable as reason:
            # Half an image is what is left of a connection that broke off.
            unusable = error("service-unusable", kind=answer.kind or "?", reason=str(reason))
            raise Unusable(unusable) from reason

    def _offer(self, answer: Answer) -> Offer:
        return read_offer(document(self._fetcher, answer), self._fetcher.uri.url, self._layers)


def read_offer(root: ET.Element, url: str, layers: Iterable[str]) -> Offer:
    """What a capabilities document (without namespaces) says of some of its layers."""
    request = root.find("Capability/Request/GetMap")
    href = _attribute(request.find("DCPType/HTTP/Get/OnlineResource"), "href") if request is not None else ""
    formats = tuple(e.text.strip() for e in request.findall("Format") if e.text) if request is not None else ()
    chains = list(_chains(root.find("Capability/Layer"), ()))
    crs: Optional[frozenset[str]] = None
    attribution = ""
    for name in layers:
        chain = next((c for c in chains if (c[-1].findtext("Name") or "").strip() == name), ())
        listed = [e.text or "" for layer in chain for tag in ("CRS", "SRS") for e in layer.findall(tag)]
        own = frozenset(" ".join(listed).split())
        crs = own if crs is None else crs & own
        titles = [layer.findtext("Attribution/Title") or "" for layer in reversed(chain)]
        attribution = attribution or next((t.strip() for t in titles if t.strip()), "")
    limits = [root.findtext(f"Service/{name}") or "" for name in ("MaxWidth", "MaxHeight")]
    largest = min((int(v) for v in limits if v.strip().isdigit() and int(v)), default=_LARGEST_REQUEST)
    return Offer(
        root.get("version") or "1.1.1",
        href if _same_host(href, url) else url,
        formats,
        crs or frozenset(),
        largest,
        attribution or (root.findtext("Service/Title") or "").strip(),
    )


def _chains(layer: Optional[ET.Element], above: tuple[ET.Element, ...]) -> Iterable[tuple[ET.Element, ...]]:
    """Each layer with those that it inherits from, from the root."""
    if layer is None:
        return
    chain = (*above, layer)
    yield chain
    for child in layer.findall("Layer"):
        yield from _chains(child, chain)


def _attribute(element: Optional[ET.Element], name: str) -> str:
    return element.get(name, "") if element is not None else ""


def _same_host(href: str, url: str) -> bool:
    """Whether the address in a capabilities document can be believed: behind a proxy it often is a private one."""
    a, b = urlsplit(href), urlsplit(url)
    return bool(href) and (a.scheme, a.netloc) == (b.scheme, b.netloc)


def _is_text(answer: Answer) -> bool:
    return "xml" in answer.kind or "html" in answer.kind or answer.body[:200].lstrip()[:1] in (b"<", b"{")


def _with_query(url: str, query: dict[str, str]) -> str:
    """``url`` with ``query`` in the place of parameters of the same names."""
    base, _, old = url.partition("?")
    kept = [part for part in old.split("&") if part and part.split("=")[0].upper() not in query]
    return base + "?" + "&".join([*kept, *(f"{name}={quote(value, safe=',:/')}" for name, value in query.items())])
