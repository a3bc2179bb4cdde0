"""The demo's questions to IGN's Géoplateforme, which tests do not ask."""

from __future__ import annotations

from urllib.parse import parse_qs, urlsplit

import pytest

from tools import live

ANSWER = {"features": [{"properties": {"label": "Saint-Clar", "x": 525912.4, "y": 6312790.6}}]}


def test_the_question_where_a_commune_is():
    url = urlsplit(live.geocoder_url("L'Isle-Jourdain & Cie"))
    assert (url.scheme, url.netloc, url.path) == ("https", "data.geopf.fr", "/geocodage/search")
    asked = parse_qs(url.query)
    assert asked["q"] == ["L'Isle-Jourdain & Cie"]
    assert asked["type"] == ["municipality"]


def test_the_place_and_what_lies_around():
    place = live.place_of(ANSWER)
    assert place == live.Place("Saint-Clar", 525912.4, 6312790.6)
    assert live.extent(place) == "525662,526162,6312541,6313041 [EPSG:2154]"


@pytest.mark.parametrize(
    "answer",
    [{}, {"features": []}, {"features": [{"properties": {"label": "Cayenne", "x": 354000.0, "y": 545000.0}}]}],
)
def test_a_place_that_is_not_in_lambert_93(answer):
    with pytest.raises(LookupError):
        live.place_of(answer)


def test_the_layer():
    source = live.layer(live.RVB)
    assert source == (
        "wms://crs=EPSG:2154&format=image/png&layers=HR.ORTHOIMAGERY.ORTHOPHOTOS&styles="
        "&url=https://data.geopf.fr/wms-r"
    )
