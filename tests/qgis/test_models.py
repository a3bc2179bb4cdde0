"""The algorithms as children of a graphical model."""

from __future__ import annotations

import pytest
from qgis.core import (
    QgsProcessingContext,
    QgsProcessingException,
    QgsProcessingModelAlgorithm,
    QgsProcessingModelChildAlgorithm,
    QgsProcessingModelChildParameterSource,
    QgsProcessingModelOutput,
    QgsProcessingModelParameter,
    QgsProcessingParameterRasterLayer,
    QgsVectorLayer,
)

Source = QgsProcessingModelChildParameterSource


@pytest.fixture()
def model(plugin):
    """Ortho-image -> predict -> vectorize -> polygons."""
    model = QgsProcessingModelAlgorithm("ortho to polygons", "tests")
    model.addModelParameter(QgsProcessingParameterRasterLayer("ortho"), QgsProcessingModelParameter("ortho"))
    predict = QgsProcessingModelChildAlgorithm("ocsia:predict")
    predict.setChildId("predict")
    predict.addParameterSources("INPUT", [Source.fromModelParameter("ortho")])
    predict.addParameterSources("MODEL", [Source.fromStaticValue("ocsia-naf15-rvb")])
    predict.addParameterSources("DEVICE", [Source.fromStaticValue("cpu")])
    vectorize = QgsProcessingModelChildAlgorithm("ocsia:vectorize")
    vectorize.setChildId("vectorize")
    vectorize.addParameterSources("INPUT", [Source.fromChildOutput("predict", "CLASSES")])
    vectorize.addParameterSources("MIN_AREA", [Source.fromStaticValue(2)])
    output = QgsProcessingModelOutput("polygons")
    output.setChildId("vectorize")
    output.setChildOutputName("OUTPUT")
    vectorize.setModelOutputs({"polygons": output})
    for child in (predict, vectorize):
        model.addChildAlgorithm(child)
    return model


def test_two_children(model, log, ortho, tmp_path):
    path = str(tmp_path / "polygons.gpkg")
    results, ok = model.run({"ortho": ortho, "vectorize:polygons": path}, QgsProcessingContext(), log)
    assert ok
    assert results["vectorize:polygons"] == path
    layer = QgsVectorLayer(path)
    assert layer.featureCount() > 0
    # No post-processor runs in a model's children: the style is in the file.
    assert layer.loadDefaultStyle()[1]
    assert layer.renderer().type() == "categorizedSymbol"


def test_an_error_of_a_child_is_the_engine_s_sentence(model, log, true_classes, tmp_path):
    path = str(tmp_path / "polygons.gpkg")
    parameters = {"ortho": true_classes, "vectorize:polygons": path}
    with pytest.raises(QgsProcessingException) as caught:
        model.run(parameters, QgsProcessingContext(), log, {}, False)
    # QGIS 3.22 says in the log what later ones put in the exception.
    assert "has 1 image band(s) (?) but the model" in "\n".join([str(caught.value), *log.errors])
    assert not list(tmp_path.iterdir())
