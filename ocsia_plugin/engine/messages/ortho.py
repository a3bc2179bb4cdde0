"""What is said of the sources of an ortho-image: refusals, warnings, information."""

from __future__ import annotations

from .mark import QT_TRANSLATE_NOOP

MESSAGES: dict[str, str] = {
    # -- information
    "info-source": QT_TRANSLATE_NOOP("Engine", "{path}: bands {roles}, {crs}"),
    "info-scaled": QT_TRANSLATE_NOOP("Engine", "{path}: values become bytes by the rule {rule}"),
    # -- warnings
    "warn-coarser": QT_TRANSLATE_NOOP(
        "Engine",
        "{path}: its pixels of {found} m are interpolated to {wanted} m. Details under about {detail} m are not in it "
        "and do not come back: expect small houses, single trees and narrow ways to be missed.",
    ),
    "warn-partial": QT_TRANSLATE_NOOP(
        "Engine",
        "{path} covers about {share} % of the area asked for; the rest will have no data.",
    ),
    # -- refusals
    "raster-format": QT_TRANSLATE_NOOP(
        "Engine",
        "{path}: QGIS may read the format {format}, the engine does not. Convert it to GeoTIFF first "
        "(Raster > Conversion > Translate).",
    ),
    "sources-apart": QT_TRANSLATE_NOOP(
        "Engine",
        "{path} ({crs}) does not overlap the ortho-image in the area asked for. Choose rasters of the same place; "
        "where they are, check the CRS of each.",
    ),
    "heights-incomplete": QT_TRANSLATE_NOOP(
        "Engine",
        "The height above ground is the surface minus the ground: give both MNS and MNT, or a model of heights (MNH) "
        "alone.",
    ),
    "heights-twice": QT_TRANSLATE_NOOP(
        "Engine", "The height above ground is given twice: give either MNH, or MNS and MNT."
    ),
    "crs-unknown": QT_TRANSLATE_NOOP(
        "Engine", "'{crs}' is no coordinate reference system. Write it as a code, for example EPSG:2154."
    ),
    "bands-invalid": QT_TRANSLATE_NOOP(
        "Engine",
        "'{text}' (BANDS) does not say what the {count} image bands of {path} are. Write one of {known} for each band "
        "in its order, '-' for one that is not used; each of them once.",
    ),
    "folder-empty": QT_TRANSLATE_NOOP(
        "Engine", "The folder {folder} holds no raster ({known}). Choose the folder in which the dalles lie."
    ),
    "dalles-mixed": QT_TRANSLATE_NOOP(
        "Engine",
        "{path} is no dalle of the same image as {first}: {reason}. Choose dalles of one product, one resolution and "
        "one CRS.",
    ),
    "heights-bands": QT_TRANSLATE_NOOP(
        "Engine",
        "{path} has {count} bands: altitudes and heights are one band of metres, not a picture of them. Choose "
        "another raster.",
    ),
    "heights-unit": QT_TRANSLATE_NOOP(
        "Engine",
        "The heights of {path} are in '{unit}', not in metres. Convert them first (Raster > Raster calculator).",
    ),
    "heights-sunk": QT_TRANSLATE_NOOP(
        "Engine",
        "{share} % of the heights above ground that {path} gives are more than 1 m under the ground, and {raised} % "
        "over it: MNS and MNT are probably swapped. Exchange them; if they are right, check that both have the same "
        "vertical reference.",
    ),
    "heights-wild": QT_TRANSLATE_NOOP(
        "Engine",
        "{share} % of the heights above ground that {path} gives are beyond -5 to 100 m (5 % under {low} m, half under "
        "{median} m, 5 % over {high} m). Check that MNS and MNT are not swapped, that both are in metres, in the same "
        "vertical reference, and of this place.",
    ),
    "scale-invalid": QT_TRANSLATE_NOOP(
        "Engine",
        "'{text}' (SCALE) is no rule for values. Write metadata, percentiles, or two numbers such as 0,4095: the value "
        "that becomes 0 and the one that becomes 255.",
    ),
    "scale-no-metadata": QT_TRANSLATE_NOOP(
        "Engine",
        "{path} declares neither a number of bits nor a scale of its values. Set SCALE to percentiles, or to its range "
        "such as 0,4095.",
    ),
    "scale-flat": QT_TRANSLATE_NOOP(
        "Engine",
        "The values of {path} hardly differ: no percentiles can scale them. Set SCALE to its range, such as 0,4095.",
    ),
    "compose-no-role": QT_TRANSLATE_NOOP(
        "Engine",
        "Nothing says what the {count} band(s) of {path} are. Say it in the advanced parameter 'Bands of the image' "
        "(BANDS), for example R,V,B.",
    ),
    # -- reasons inside other sentences
    "why-other-crs": QT_TRANSLATE_NOOP("Engine", "its CRS is {found} and not {wanted}"),
    "why-other-gsd": QT_TRANSLATE_NOOP("Engine", "its pixels measure {found} m and not {wanted} m"),
    "resampling-average": QT_TRANSLATE_NOOP("Engine", "average"),
    "resampling-bilinear": QT_TRANSLATE_NOOP("Engine", "bilinear"),
    "why-other-bands": QT_TRANSLATE_NOOP(
        "Engine", "its bands ({found}) are not of the same number and kind as those of the other ({wanted})"
    ),
    "why-off-grid": QT_TRANSLATE_NOOP("Engine", "its pixels lie between those of the other"),
}
