"""Write the graphical models of ``resources/processing-models``, with the QGIS whose format they are to have.

    .venv/qgis/bin/python -m tools.make_models            write them
    .venv/qgis/bin/python -m tools.make_models FOLDER     write them elsewhere

Run it with the oldest QGIS that the plugin supports (3.22): later ones read what it writes. A model is a list of steps;
a step is an algorithm, where its parameters come from, and which of its outputs the user gets.
"""

from __future__ import annotations

import os
import re
import sys
import unicodedata
import xml.etree.ElementTree as ET
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
if str(ROOT) not in sys.path:  # run as a script as well as with -m
    sys.path.insert(0, str(ROOT))

from tools.i18n import unbroken  # noqa: E402

FOLDER = ROOT / "resources" / "processing-models"
GROUP = ("Modèles prêts à l'emploi", "models")
BUNDLED_MODEL = "ocsia-naf15-rvb"
MODEL_WIDGET = "ocsia.ocsia_plugin.gui.model_widget.ModelWidgetWrapper"


@dataclass(frozen=True)
class Input:
    """A parameter of the model, by its kind: ``raster``, ``polygons``, ``points``, ``model``, ``text``, ``number``."""

    name: str
    title: str
    kind: str
    help: str
    default: Any = None
    optional: bool = False


@dataclass(frozen=True)
class From:
    """An output of an earlier step."""

    step: str
    output: str


@dataclass(frozen=True)
class Ask:
    """The value of a parameter of the model."""

    name: str


@dataclass(frozen=True)
class Step:
    """An algorithm.

    Attributes:
        values: by name of its parameter: an ``Ask``, a ``From``, or the value itself.
        outputs: title by name of each output that the user gets; those with a ``?`` at the end only on request, which
            QGIS does not make for later steps either where the user does not ask for them.
    """

    id: str
    title: str
    algorithm: str
    values: dict[str, Any]
    outputs: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Model:
    """What a file holds."""

    file: str
    title: str
    help: str
    inputs: Sequence[Input]
    steps: Sequence[Step]


_ORTHO = Input(
    "ORTHO",
    "Ortho-image",
    "raster",
    "Un fichier raster avec les bandes que veut le modèle (rouge, vert, bleu pour celui qui accompagne l'extension), "
    "dans un SCR en mètres.",
)
_IRC = Input(
    "IRC",
    "Ortho-image IRC",
    "raster",
    "Facultatif : l'ortho infrarouge du même endroit, pour les modèles qui s'en servent (RVBI, RVBIE).",
    optional=True,
)
_MNS = Input(
    "MNS",
    "Modèle de surface (MNS)",
    "raster",
    "Facultatif : l'altitude du dessus, avec le MNT, pour les modèles qui voient les hauteurs (RVBIE).",
    optional=True,
)
_MNT = Input("MNT", "Modèle de terrain (MNT)", "raster", "Facultatif : l'altitude du sol, avec le MNS.", optional=True)
_MORE_BANDS = {"IRC": Ask("IRC"), "MNS": Ask("MNS"), "MNT": Ask("MNT")}
_MODEL = Input(
    "MODELE",
    "Modèle",
    "model",
    "Nom d'un modèle présent sur cette machine. Celui qui accompagne l'extension sert à l'apprendre, pas à décider.",
    BUNDLED_MODEL,
)
_COMMUNE = Input(
    "COMMUNE",
    "Commune, ou autres zones",
    "polygons",
    "Polygones de la zone d'étude. Les surfaces sont données pour chacun ; rien n'est prédit en dehors.",
)
_POINTS = Input(
    "POINTS",
    "Points interprétés",
    "points",
    "Facultatif : les points de « Points à interpréter », une fois interprétés, donnent un intervalle à chaque "
    "surface.",
    optional=True,
)
_SMALLEST = Input(
    "SURFACE_MIN",
    "Plus petite surface (m²)",
    "number",
    "Les régions plus petites rejoignent leur voisine.",
    10.0,
)


def _group_model(file: str, title: str, about: str, group: str, label: str) -> Model:
    """Ortho-image and zones to the map, the polygons and the surfaces of one group of classes."""
    return Model(
        file,
        title,
        about,
        [_ORTHO, _COMMUNE, _MODEL, _SMALLEST, _POINTS, _IRC, _MNS, _MNT],
        [
            Step(
                "prediction",
                "Prédire",
                "ocsia:predict",
                {"INPUT": Ask("ORTHO"), "MODEL": Ask("MODELE"), "MASK": Ask("COMMUNE"), **_MORE_BANDS},
            ),
            Step(
                "carte",
                "Classe la plus probable",
                "ocsia:argmax",
                {"INPUT": From("prediction", "PROBABILITIES"), "GROUPS": group},
                {"OUTPUT": "Carte"},
            ),
            Step(
                "polygones",
                "Vectoriser",
                "ocsia:vectorize",
                {"INPUT": From("carte", "OUTPUT"), "MIN_AREA": Ask("SURFACE_MIN"), "CLASSES": group},
                {"OUTPUT": label},
            ),
            Step(
                "surfaces",
                "Surfaces par zone",
                "ocsia:surfaces",
                {
                    "INPUT": From("prediction", "PROBABILITIES"),
                    "ZONES": Ask("COMMUNE"),
                    "GROUPS": group,
                    "POINTS": Ask("POINTS"),
                },
                {"OUTPUT": "Surfaces par zone", "TABLE": "Tableau des surfaces", "REPORT": "Rapport"},
            ),
        ],
    )


MODELS = (
    _group_model(
        "couvert_arbore",
        "Couvert arboré d'une commune",
        "D'une ortho-image et du contour d'une commune à son couvert arboré : la carte (conifères, feuillus et "
        "broussaille réunis), ses polygones, les surfaces par zone, leur tableau et leur rapport.\n\n"
        "Exemple : l'ortho RVB de la BD ORTHO, les quartiers de la commune, et une plus petite surface de 10 m² pour "
        "ne pas garder chaque buisson.\n\n"
        "Limites : les surfaces valent ce que vaut le modèle ; celui qui accompagne l'extension sert à l'apprendre.",
        "ligneux",
        "Couvert arboré",
    ),
    _group_model(
        "impermeabilisation",
        "Imperméabilisation",
        "D'une ortho-image et de zones à leurs surfaces imperméables : la carte (bâtiments, zones imperméables et "
        "piscines réunis), ses polygones, les surfaces par zone, leur tableau et leur rapport.\n\n"
        "Exemple : les parcelles d'une zone d'activité ; le champ impermeable_pct donne la part imperméable de chacune."
        "\n\nLimites : ce qui est sous les arbres n'est pas vu ; l'artificialisation au sens de la loi demande "
        "d'autres sources.",
        "impermeable",
        "Surfaces imperméables",
    ),
    Model(
        "dalle_ign",
        "Dalle complète façon IGN",
        "Les produits que l'IGN distribue pour une dalle : les prédictions brutes (une bande d'octets par classe), "
        "l'argmax, les polygones, et le visuel RVB sur l'ortho avec sa légende, prêt pour un flux WMS.\n\n"
        "Limites : comptez plusieurs heures et des dizaines de gigaoctets pour une dalle de 10 km à 20 cm sans GPU.",
        [_ORTHO, _MODEL, _IRC, _MNS, _MNT],
        [
            Step(
                "prediction",
                "Prédire",
                "ocsia:predict",
                {"INPUT": Ask("ORTHO"), "MODEL": Ask("MODELE"), **_MORE_BANDS},
                {"PROBABILITIES": "Prédictions brutes", "CLASSES": "Argmax", "CONFIDENCE": "Confiance?"},
            ),
            Step(
                "polygones",
                "Vectoriser",
                "ocsia:vectorize",
                {"INPUT": From("prediction", "CLASSES")},
                {"OUTPUT": "Polygones"},
            ),
            Step(
                "visuel",
                "Visuel sur l'ortho",
                "ocsia:visualize",
                {"INPUT": From("prediction", "PROBABILITIES"), "ORTHO": Ask("ORTHO")},
                {"OUTPUT": "Visuel RVB", "LEGEND": "Légende?"},
            ),
        ],
    ),
    Model(
        "evolution",
        "Évolution entre deux millésimes",
        "De deux ortho-images du même endroit à ce qui a changé entre elles : le raster et les polygones des "
        "changements, les stocks et les flux par zone, la matrice de transition. Le même modèle prédit les deux "
        "dates.\n\n"
        "Exemple : groupes « ligneux; impermeable=1+3 » pour suivre les arbres perdus et les sols scellés.\n\n"
        "Limites : deux prises de vue de saisons, d'angles ou d'ombres différents montrent des différences qui ne sont "
        "pas des changements du terrain ; regardez les plus grands polygones avant de conclure.",
        [
            Input("ORTHO_AVANT", "Ortho-image ancienne", "raster", _ORTHO.help),
            Input("ORTHO_APRES", "Ortho-image récente", "raster", "Du même endroit, si possible de la même saison."),
            Input("ZONES", "Zones", "polygons", "Polygones ; rien n'est prédit ni compté en dehors."),
            Input(
                "GROUPES",
                "Groupes de classes",
                "text",
                "Classes réunies avant la comparaison, par exemple : ligneux=8+10+11; impermeable=1+3.",
                "",
                optional=True,
            ),
            _MODEL,
            Input(
                "POINTS",
                "Points lus aux deux dates",
                "points",
                "Facultatif : des points de « Points à interpréter » avec deux champs de plus, ref_before et "
                "ref_after, pour dire quels changements sont significatifs.",
                optional=True,
            ),
        ],
        [
            Step(
                "avant",
                "Prédire avant",
                "ocsia:predict",
                {"INPUT": Ask("ORTHO_AVANT"), "MODEL": Ask("MODELE"), "MASK": Ask("ZONES")},
            ),
            Step(
                "apres",
                "Prédire après",
                "ocsia:predict",
                {"INPUT": Ask("ORTHO_APRES"), "MODEL": Ask("MODELE"), "MASK": Ask("ZONES")},
            ),
            Step(
                "changement",
                "Comparer",
                "ocsia:change",
                {
                    "BEFORE": From("avant", "PROBABILITIES"),
                    "AFTER": From("apres", "PROBABILITIES"),
                    "ZONES": Ask("ZONES"),
                    "GROUPS": Ask("GROUPES"),
                    "POINTS": Ask("POINTS"),
                },
                {
                    "OUTPUT": "Changements",
                    "POLYGONS": "Polygones des changements",
                    "TABLE": "Stocks et flux",
                    "MATRIX": "Matrice de transition?",
                    "FLOWS": "Évolution des zones?",
                },
            ),
        ],
    ),
)


def build(model: Model) -> Any:
    """The ``QgsProcessingModelAlgorithm``; the provider ``ocsia`` is registered."""
    from qgis.core import QgsProcessingModelAlgorithm, QgsProcessingModelParameter
    from qgis.PyQt.QtCore import QPointF

    made = QgsProcessingModelAlgorithm(model.title, *GROUP)
    for column, asked in enumerate(model.inputs):
        component = QgsProcessingModelParameter(asked.name)
        component.setDescription(asked.title)
        component.setPosition(QPointF(150 + 230 * column, 60))
        made.addModelParameter(_definition(asked), component)
    for row, step in enumerate(model.steps):
        made.addChildAlgorithm(_child(step, QPointF(250 + 120 * row, 180 + 130 * row)))
    made.setParameterOrder([asked.name for asked in model.inputs])
    helped = {"ALG_DESC": model.help, **{asked.name: asked.help for asked in model.inputs}}
    made.setHelpContent({name: unbroken(text) for name, text in helped.items()})
    made.updateDestinationParameters()
    return made


def _definition(asked: Input) -> Any:
    from qgis.core import (
        QgsProcessing,
        QgsProcessingParameterFeatureSource,
        QgsProcessingParameterNumber,
        QgsProcessingParameterRasterLayer,
        QgsProcessingParameterString,
    )

    name, title = asked.name, asked.title
    if asked.kind == "raster":
        made = QgsProcessingParameterRasterLayer(name, title, optional=asked.optional)
    elif asked.kind in ("polygons", "points"):
        types = QgsProcessing.SourceType
        kind = types.TypeVectorPolygon if asked.kind == "polygons" else types.TypeVectorPoint
        made = QgsProcessingParameterFeatureSource(name, title, [kind], optional=asked.optional)
    elif asked.kind == "number":
        number = QgsProcessingParameterNumber
        made = number(name, title, number.Type.Double, asked.default, minValue=0)
        made.setMetadata({"widget_wrapper": {"decimals": 2}})
    else:
        made = QgsProcessingParameterString(name, title, asked.default, optional=asked.optional)
        if asked.kind == "model":
            made.setMetadata({"widget_wrapper": {"class": MODEL_WIDGET}})
    made.setHelp(unbroken(asked.help))
    return made


def _child(step: Step, position: Any) -> Any:
    from qgis.core import (
        QgsProcessingModelChildAlgorithm,
        QgsProcessingModelChildParameterSource,
        QgsProcessingModelOutput,
    )
    from qgis.PyQt.QtCore import QPointF

    child = QgsProcessingModelChildAlgorithm(step.algorithm)
    child.setChildId(step.id)
    child.setDescription(step.title)
    child.setPosition(position)
    source = QgsProcessingModelChildParameterSource
    for name, value in (_defaults(step.algorithm) | step.values).items():
        if isinstance(value, Ask):
            given = source.fromModelParameter(value.name)
        elif isinstance(value, From):
            given = source.fromChildOutput(value.step, value.output)
        else:
            given = source.fromStaticValue(value)
        child.addParameterSources(name, [given])
    outputs = {}
    for number, (name, title) in enumerate(step.outputs.items()):
        label = title.rstrip("?")
        key = _key(label)
        output = QgsProcessingModelOutput(key)
        output.setDescription(label)
        output.setChildId(step.id)
        output.setChildOutputName(name)
        output.setMandatory(not title.endswith("?"))
        output.setPosition(QPointF(position.x() + 240, position.y() + 30 + 40 * number))
        outputs[key] = output
    child.setModelOutputs(outputs)
    return child


def _defaults(algorithm: str) -> dict[str, Any]:
    """Values of the parameters that have one and must have one: without them the modeler paints the step red."""
    from qgis.core import QgsApplication, QgsProcessingParameterDefinition

    optional = QgsProcessingParameterDefinition.Flag.FlagOptional
    found = QgsApplication.processingRegistry().algorithmById(algorithm)
    needed = [d for d in found.parameterDefinitions() if not d.isDestination() and not d.flags() & optional]
    return {d.name(): d.defaultValue() for d in needed if d.defaultValue() is not None}


def _key(label: str) -> str:
    """A title as a name that is easy to type: ``STOCKS_ET_FLUX``."""
    text = unicodedata.normalize("NFKD", label).encode("ascii", "ignore").decode()
    return re.sub(r"\W+", "_", text).strip("_").upper()


def main(folder: Path = FOLDER) -> None:
    """Start QGIS without a window, register the provider, write the files."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    from qgis.core import QgsApplication

    application = QgsApplication([], False)
    application.initQgis()
    try:
        from qgis.analysis import QgsNativeAlgorithms

        from ocsia_plugin.provider import OcsiaProvider

        providers = [QgsNativeAlgorithms(), OcsiaProvider()]  # kept: QGIS does not keep their Python half
        for provider in providers:
            QgsApplication.processingRegistry().addProvider(provider)
        for path in write(folder):
            print(f"written: {path}")
    finally:
        application.exitQgis()


def write(folder: Path) -> list[Path]:
    """Write all models; a running QGIS has the provider."""
    folder.mkdir(parents=True, exist_ok=True)
    paths = []
    for model in MODELS:
        paths.append(folder / f"{model.file}.model3")
        if not build(model).toFile(str(paths[-1])):
            raise OSError(f"{paths[-1]} cannot be written")
        # Qt writes attributes in an order of its own, another one each time.
        text = ET.canonicalize(paths[-1].read_text(encoding="utf-8"))
        paths[-1].write_text(f"<!DOCTYPE model>\n{text}\n", encoding="utf-8", newline="\n")
    return paths


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else FOLDER)
