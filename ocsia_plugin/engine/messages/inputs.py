"""Refusals of rasters, polygons and places."""

from __future__ import annotations

from .mark import QT_TRANSLATE_NOOP

MESSAGES: dict[str, str] = {
    # -- input rasters
    "raster-missing": QT_TRANSLATE_NOOP(
        "Engine", "The raster {path} does not exist. Check the path, or choose another layer."
    ),
    "raster-unreadable": QT_TRANSLATE_NOOP(
        "Engine",
        "{path} cannot be read as a raster ({reason}). Choose a GeoTIFF, JPEG 2000, VRT or another raster format.",
    ),
    "raster-no-crs": QT_TRANSLATE_NOOP(
        "Engine",
        "{path} has no coordinate reference system: one chosen for its layer in QGIS is not in the file. Assign one to "
        "the file (Raster > Projections > Assign projection), then run again.",
    ),
    "raster-crs-degrees": QT_TRANSLATE_NOOP(
        "Engine",
        "{path} is in degrees ({crs}). Reproject it to a CRS in metres (Raster > Projections > Warp), "
        "for example EPSG:2154 in metropolitan France.",
    ),
    "raster-crs-mercator": QT_TRANSLATE_NOOP(
        "Engine",
        "{path} is in Web Mercator ({crs}), whose surfaces are wrong by a factor of about two in France. "
        "Reproject it to a CRS in metres, for example EPSG:2154 in metropolitan France.",
    ),
    "raster-crs-units": QT_TRANSLATE_NOOP(
        "Engine", "{path} is in {crs}, whose unit is not the metre. Reproject it to a projected CRS in metres."
    ),
    "raster-rotated": QT_TRANSLATE_NOOP(
        "Engine",
        "{path} is rotated or sheared with respect to its CRS. Straighten it first "
        "(Raster > Projections > Warp), then run again.",
    ),
    "raster-bands": QT_TRANSLATE_NOOP(
        "Engine",
        "{path} has {found} image band(s) ({roles}) but the model {model} wants {wanted} ({bands}). {advice}",
    ),
    "raster-dtype": QT_TRANSLATE_NOOP(
        "Engine",
        "{path} holds {dtype} values whose range is not known; the model wants bytes (0 to 255). "
        "Say in the advanced parameter 'Scale of the values' (SCALE) how they become bytes: metadata, percentiles, or "
        "their range such as 0,4095.",
    ),
    "raster-gsd": QT_TRANSLATE_NOOP(
        "Engine",
        "The pixels of {path} measure {gsd} m. The models work on images of 0.2 to 0.5 m and nothing outside "
        "0.1 to 1 m makes sense. Choose a suitable ortho-image.",
    ),
    "raster-empty": QT_TRANSLATE_NOOP("Engine", "{path} holds no valid pixel in the area asked for."),
    "not-probabilities": QT_TRANSLATE_NOOP(
        "Engine",
        "{path} does not look like class probabilities ({reason}). Choose the probabilities that 'Predict land "
        "cover' writes: one band of bytes per class.",
    ),
    "not-classes": QT_TRANSLATE_NOOP(
        "Engine",
        "{path} does not look like a class raster ({reason}). Choose the classes that 'Predict land cover' or "
        "'Most probable class' write: one band of bytes.",
    ),
    "nomenclature-unknown": QT_TRANSLATE_NOOP(
        "Engine",
        "{path} does not say which nomenclature its classes belong to. Name it in the advanced parameters "
        "('Nomenclature of the raster', NOMENCLATURE): {known}.",
    ),
    "nomenclature-missing": QT_TRANSLATE_NOOP(
        "Engine", "There is no nomenclature '{id}'. Choose one of: {known}."
    ),
    "nomenclature-in-file": QT_TRANSLATE_NOOP(
        "Engine",
        "{path} itself says that its classes are those of {nomenclature}, counted from 1. Leave the advanced "
        "parameters 'Nomenclature of the raster' and 'First class' as they are by default.",
    ),
    "base-unknown": QT_TRANSLATE_NOOP(
        "Engine",
        "Nothing in {path} says whether its classes are counted from 0 or from 1: its values ({values}) fit "
        "{nomenclature} both ways. Set the advanced parameter 'First class' (BASE) to 0 if the value 0 is the class "
        "'{first}', or to 1 if the value 1 is.",
    ),
    "values-misfit": QT_TRANSLATE_NOOP(
        "Engine",
        "{path} holds values ({values}) that do not fit {nomenclature}, counted neither from 0 nor from 1. Name the "
        "right 'Nomenclature of the raster' (NOMENCLATURE: {known}), or set 'First class' (BASE) to keep the values "
        "that do not fit.",
    ),
    "mapping-none": QT_TRANSLATE_NOOP(
        "Engine",
        "No rule is known that turns {source} into {target}. Choose one of: {known}.",
    ),
    "mapping-splits": QT_TRANSLATE_NOOP(
        "Engine",
        "{source} cannot be delivered as {target}: the class '{name}' would have to be split ({into}), and nothing "
        "says which pixel is which. Leave the 'Nomenclature of the results' (NOMENCLATURE) empty, or choose another.",
    ),
    "mapping-lacks": QT_TRANSLATE_NOOP(
        "Engine",
        "{source} cannot be delivered as {target}, which has nothing for the class '{name}'. Leave the "
        "'Nomenclature of the results' (NOMENCLATURE) empty, or choose another.",
    ),
    # -- where
    "extent-outside": QT_TRANSLATE_NOOP(
        "Engine", "The extent asked for does not touch {path}. Choose an extent over the raster."
    ),
    "mask-empty": QT_TRANSLATE_NOOP(
        "Engine", "The mask has no polygon. Choose a polygon layer, or clear its selection and filter."
    ),
    "mask-outside": QT_TRANSLATE_NOOP(
        "Engine", "The mask does not touch {path}. Choose a mask over the raster."
    ),
    "zones-empty": QT_TRANSLATE_NOOP(
        "Engine", "The layer of zones has no polygon. Choose a polygon layer, or clear its selection and filter."
    ),
    "zones-outside": QT_TRANSLATE_NOOP(
        "Engine", "None of the zones touches {path}. Choose zones over the raster."
    ),
    "geometry-invalid": QT_TRANSLATE_NOOP(
        "Engine",
        "{count} geometries of the layer '{layer}' are invalid (first: feature {fid}, {reason}). "
        "Repair them first (Vector geometry > Fix geometries).",
    ),
    "vector-unreadable": QT_TRANSLATE_NOOP("Engine", "{path} cannot be read as a vector layer ({reason})."),
}
