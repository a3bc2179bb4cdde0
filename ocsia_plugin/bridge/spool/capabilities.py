"""What a service says of itself, as XML."""

from __future__ import annotations

import xml.etree.ElementTree as ET

from .fetch import Answer, Fetcher, Unusable


def document(fetcher: Fetcher, answer: Answer) -> ET.Element:
    """The document of an answer, without namespaces.

    Raises:
        OcsiaError: ``service-exception``: it is a refusal.
        Unusable: it is no XML, or more than a service has reason to say.
    """
    try:
        if b"<!ENTITY" in answer.body:  # expands to any size
            raise ET.ParseError("<!ENTITY")
        root = ET.fromstring(answer.body)  # entities were refused above  # nosec B314
    except ET.ParseError as reason:
        error = fetcher.error("service-unusable", kind=answer.kind or "?", reason=str(reason))
        raise Unusable(error) from reason
    strip_namespaces(root)
    if "Exception" in root.tag:
        raise fetcher.error("service-exception", said=answer.said)
    return root


def strip_namespaces(root: ET.Element) -> None:
    """Names of elements and attributes as they are written in the standards, without what services put before them."""
    for element in root.iter():
        element.tag = element.tag.split("}")[-1]
        for name in list(element.attrib):
            element.attrib[name.split("}")[-1]] = element.attrib.pop(name)
