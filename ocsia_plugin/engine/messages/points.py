"""Sample points: drawing them, and what is refused of them."""

from __future__ import annotations

from .mark import QT_TRANSLATE_NOOP

MESSAGES: dict[str, str] = {
    "points-not-points": QT_TRANSLATE_NOOP(
        "Engine", "Layer '{layer}' holds no points. Choose those that 'Points to interpret' wrote, or other points."
    ),
    # -- points as a reference
    "points-empty": QT_TRANSLATE_NOOP(
        "Engine", "{path} holds no point. Choose the points that 'Points to interpret' wrote, or another point layer."
    ),
    "points-geometry": QT_TRANSLATE_NOOP(
        "Engine",
        "{count} feature(s) of {path} are not single points. Choose a layer of points "
        "(Vector geometry > Multipart to singleparts turns multipoints into points).",
    ),
    "points-field": QT_TRANSLATE_NOOP(
        "Engine",
        "{path} has no field '{field}' with the class of each point. Choose one of its fields (FIELD): {known}.",
    ),
    "points-design": QT_TRANSLATE_NOOP(
        "Engine",
        "The description of how the points of {path} were drawn is damaged ({reason}). Take an intact copy of the "
        "file, or draw new points.",
    ),
    "points-outside": QT_TRANSLATE_NOOP(
        "Engine",
        "{count} of the {total} points of {path} lie outside the raster (first: feature {fid}). Choose the raster "
        "that they were drawn over, or points of this raster.",
    ),
    "points-nodata": QT_TRANSLATE_NOOP(
        "Engine",
        "{count} of the {total} points of {path} lie where the raster has no data (first: feature {fid}). Choose the "
        "raster that they were drawn over, or remove the points that were not drawn over its data.",
    ),
    "points-unlabelled": QT_TRANSLATE_NOOP(
        "Engine",
        "{count} of the {total} points of {path} are not interpreted yet (first: feature {fid}). Give each of them "
        "its class: leaving out the difficult ones would make the map look better than it is.",
    ),
    "points-codes": QT_TRANSLATE_NOOP(
        "Engine",
        "{path} holds classes that the nomenclature of the raster does not have: {values}. Correct these values, or "
        "choose another field (FIELD).",
    ),
    "points-duplicated": QT_TRANSLATE_NOOP(
        "Engine",
        "{count} point(s) of {path} lie on another one (first: feature {again} on feature {first}). Each pixel counts "
        "once: remove the copies. Second readings belong into the layer made for them.",
    ),
    "points-incomplete": QT_TRANSLATE_NOOP(
        "Engine",
        "{path} says that {drawn} point(s) were drawn in the stratum '{stratum}', but {found} are there: points were "
        "added or removed. Take an intact copy of the file; a point that is hard to read keeps its place with the "
        "most plausible class.",
    ),
    "points-few": QT_TRANSLATE_NOOP(
        "Engine",
        "The stratum '{stratum}' of {path} has fewer than 2 points: no uncertainty can be computed. Draw points "
        "again with at least 2 per stratum.",
    ),
    # -- drawing points
    "sample-size": QT_TRANSLATE_NOOP(
        "Engine",
        "Nothing says how many points to draw. Give their number (COUNT), or what they are to reach (TARGET), "
        "for example ligneux=5 for the surface of woody vegetation to within 5 %.",
    ),
    "sample-target": QT_TRANSLATE_NOOP(
        "Engine",
        "The target '{text}' cannot be read: {reason}. Write it as: ligneux=5, for the surface of woody vegetation to "
        "within 5 %.",
    ),
    "why-target-number": QT_TRANSLATE_NOOP("Engine", "'{part}' has no number after the sign ="),
    "why-target-range": QT_TRANSLATE_NOOP("Engine", "the percentage of '{part}' is not between 0.1 and 100"),
    "why-target-class": QT_TRANSLATE_NOOP(
        "Engine", "'{name}' is neither a class nor a group of the raster ({known}), nor codes such as 8+10+11"
    ),
    "sample-minimum": QT_TRANSLATE_NOOP(
        "Engine",
        "{minimum} point(s) per stratum are too few: from fewer than 2, no uncertainty can be computed. Set the "
        "minimum (MINIMUM) to 2 or more.",
    ),
    "sample-minimums": QT_TRANSLATE_NOOP(
        "Engine",
        "{count} points are too few for {strata} strata with the minimum asked for, which take {needed}. Draw "
        "{needed} points, or set the minimum per stratum (MINIMUM) to {least}.",
    ),
    "sample-strata": QT_TRANSLATE_NOOP(
        "Engine",
        "{count} points are too few for {strata} strata, each of which needs 2 at least. Draw {needed} points or more, "
        "or take fewer zones.",
    ),
    "sample-absent": QT_TRANSLATE_NOOP(
        "Engine",
        "The target '{name}' is nowhere on {path}, in the zones at least: nothing says how many points it takes. Give "
        "their number (COUNT), or another target.",
    ),
    "sample-too-many": QT_TRANSLATE_NOOP(
        "Engine",
        "This target would take {count} points, some {hours} hours of interpretation, and more than the {most} that "
        "are drawn at most. Ask for a wider half-width, a more frequent class or fewer zones.",
    ),
    "sample-count": QT_TRANSLATE_NOOP(
        "Engine", "{count} points are more than anybody interprets. Ask for {most} at most (COUNT)."
    ),
    "parameter-range": QT_TRANSLATE_NOOP(
        "Engine", "{name} is {value} but has to lie between {low} and {high}. Correct this parameter."
    ),
    "info-sample": QT_TRANSLATE_NOOP(
        "Engine",
        "{count} points in {strata} strata, {doubles} of them twice: some {hours} hours of interpretation at 45 "
        "seconds each",
    ),
    "info-sample-predicted": QT_TRANSLATE_NOOP(
        "Engine",
        "Predicted with these points: the surface of '{name}' to within {percent} % at {level} %, if the "
        "probabilities are calibrated. The interpreted points will tell the true interval.",
    ),
    "info-sample-assumed": QT_TRANSLATE_NOOP(
        "Engine",
        "Predicted with these points: the surface of '{name}' to within {percent} % at {level} %, if {precision} % of "
        "that class on the map are right. The interpreted points will tell the true interval.",
    ),
    "warn-zones-overlap-points": QT_TRANSLATE_NOOP(
        "Engine", "The zones overlap: {count} pixel(s) lie in several and count for the first of them only."
    ),
    # -- accuracy
    "points-nomenclature": QT_TRANSLATE_NOOP(
        "Engine",
        "The points of {path} were interpreted in the nomenclature {found}, but the raster is in {wanted}. Choose a "
        "raster in {found}, or deliver it in that nomenclature first.",
    ),
    "polygons-outside": QT_TRANSLATE_NOOP(
        "Engine",
        "No polygon of {path} holds a valid pixel of the raster. Choose polygons over the raster.",
    ),
    "polygons-unlabelled": QT_TRANSLATE_NOOP(
        "Engine",
        "{count} of the {total} polygons of {path} have no class in the field '{field}' (first: polygon {fid}). Give "
        "each its class, or leave those out with a filter.",
    ),
    "zones-no-point": QT_TRANSLATE_NOOP(
        "Engine", "None of the zones of {path} holds a reference. Choose zones where the points or polygons lie."
    ),
    "warn-design-unknown": QT_TRANSLATE_NOOP(
        "Engine",
        "Nothing says how these references were drawn: the figures describe them alone, without an interval, and say "
        "nothing certain of the whole map.",
    ),
    "warn-polygons-small": QT_TRANSLATE_NOOP(
        "Engine", "{count} polygon(s) hold no valid pixel of the raster and are left out."
    ),
    "info-overall": QT_TRANSLATE_NOOP(
        "Engine", "Overall accuracy: {percent} % ({low} to {high} at {level} %; {method})"
    ),
    "info-overall-plain": QT_TRANSLATE_NOOP("Engine", "Overall accuracy: {percent} % ({method})"),
    # -- at the door to QGIS
    "reference-empty": QT_TRANSLATE_NOOP(
        "Engine",
        "The reference layer has no polygon and no point. Choose another layer, or clear its selection and filter.",
    ),
    "layer-unsaved": QT_TRANSLATE_NOOP(
        "Engine",
        "The layer '{layer}' has edits that are not saved, which would not be counted. Save them (Layer > Save Layer "
        "Edits), then run again.",
    ),
    "warn-design-lost": QT_TRANSLATE_NOOP(
        "Engine",
        "Only a part of the points of '{layer}' is used (selection or filter): it was not drawn by the design of the "
        "whole, so that no interval can be claimed. Use all points for an interval.",
    ),
}
