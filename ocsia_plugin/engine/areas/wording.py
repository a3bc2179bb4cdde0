"""What is said of a surface inside the products, in French and in English: method, level, assumption, one sentence."""

from __future__ import annotations

from collections.abc import Iterable

from .estimators.results import Estimate
from .report import Numbers
from .report.numbers import decimals_of

METHODS: dict[str, tuple[str, str]] = {
    "points": (
        "points interprétés dans la zone, combinés à la carte (estimateur par différence stratifié)",
        "points interpreted in the zone, combined with the map (stratified difference estimator)",
    ),
    "points-and-tiles": (
        "points interprétés dans la zone et tuiles annotées ailleurs (bayésien empirique, avec garde-fou)",
        "points interpreted in the zone and tiles annotated elsewhere (empirical Bayes, guarded)",
    ),
    "points-contradict": (
        "points interprétés dans la zone seuls\u202f: ils contredisent les tuiles annotées ailleurs, le modèle se "
        "comporte ici de façon inhabituelle",
        "points interpreted in the zone alone: they contradict the tiles annotated elsewhere, the model behaves "
        "unusually here",
    ),
    "tiles-drawn": (
        "tuiles annotées, tirées au hasard dans la zone (la tuile est l’unité)",
        "annotated tiles, drawn at random in the zone (the tile is the unit)",
    ),
    "tiles-conformal": (
        "erreurs mesurées sur des tuiles annotées ailleurs (prédiction conforme)",
        "errors measured on tiles annotated elsewhere (split conformal prediction)",
    ),
    "tiles-student": (
        "erreurs mesurées sur des tuiles annotées ailleurs (loi de Student)",
        "errors measured on tiles annotated elsewhere (Student's law)",
    ),
    "zones-published": (
        "erreurs de zones entières, publiées avec le modèle",
        "errors of whole zones, published with the model",
    ),
    "published": (
        "précision et rappel publiés du modèle\u202f: de surface × précision à surface / rappel",
        "published precision and recall of the model: from area × precision to area / recall",
    ),
    "published-legacy": (
        "± de l’IGN\u202f: surface comptée × (100 − précision publiée) / 100",
        "IGN's ±: counted area × (100 - published precision) / 100",
    ),
    "none": ("carte seule", "map alone"),
    "empty": ("aucun pixel valide", "no valid pixel"),
}

ASSUMPTIONS: dict[str, tuple[str, str]] = {
    "design": (
        "valable par le plan de sondage, quelle que soit la qualité du modèle",
        "holds by the sampling design, whatever the model is worth",
    ),
    "labels-right": ("l’interprétation est supposée sans erreur", "the interpretation is taken to be without error"),
    "guarded": (
        "valable si la zone ressemble aux tuiles\u202f; les points locaux ne les contredisent pas",
        "holds if the zone resembles the tiles; the points of the zone do not contradict them",
    ),
    "exchangeable": (
        "valable seulement si la zone ressemble aux tuiles annotées\u202f; rien dans la zone ne le vérifie",
        "holds only if the zone resembles the annotated tiles; nothing in the zone verifies it",
    ),
    "same-setting": ("tuiles du même milieu que la zone", "tiles of the zone's own setting"),
    "at-once": (
        "le niveau vaut pour tous les chiffres à la fois (Bonferroni)",
        "the level holds for all figures together (Bonferroni)",
    ),
    "far-out": (
        "sans niveau\u202f: pour tous les chiffres à la fois, cette méthode n’a pas été mesurée assez sûre",
        "no level: for all figures together, this method was not measured to be safe enough",
    ),
    "design-tiles": (
        "valable par le tirage des tuiles, quelle que soit la qualité du modèle",
        "holds by the draw of the tiles, whatever the model is worth",
    ),
    "few-points": (
        "sans niveau\u202f: moins de 50 points dans la zone",
        "no level: fewer than 50 points in the zone",
    ),
    "few-per-stratum": (
        "sans niveau\u202f: une strate a moins de 2 points",
        "no level: a stratum has fewer than 2 points",
    ),
    "rare-class": (
        "sans niveau\u202f: classe rare, que trop peu de points ou de tuiles ont rencontrée",
        "no level: a rare class, which too few points or tiles met",
    ),
    "rare-few-points": (
        "sans niveau\u202f: classe rare, et moins de 100 points dans la zone",
        "no level: a rare class, and fewer than 100 points in the zone",
    ),
    "rare-unexpected": (
        "sans niveau\u202f: la carte montre si peu de cette classe que moins d’un demi-point y est attendu, sa "
        "variance n’est pas connue",
        "no level: the map shows so little of this class that less than half a point is expected in it, its variance "
        "is not known",
    ),
    "readers-differ": (
        "sans niveau\u202f: les deux lectures diffèrent plus que par hasard, le chiffre dépend de l’interprète",
        "no level: the two readings differ by more than chance, the figure depends on the interpreter",
    ),
    "unknown-design": (
        "sans niveau\u202f: on ne sait pas comment les points ont été tirés, ils ne représentent peut-être pas la zone",
        "no level: nobody knows how the points were drawn, they may not represent the zone",
    ),
    "uncovered": (
        "sans niveau\u202f: les points n’ont pas été tirés dans toute la zone",
        "no level: the points were not drawn all over the zone",
    ),
    "few-units": (
        "sans niveau\u202f: trop peu de tuiles indépendantes",
        "no level: too few independent tiles",
    ),
    "indicative": (
        "fourchette indicative, sans niveau de confiance\u202f: aucune erreur mesurée sur des zones entières n’est "
        "publiée pour cette classe avec le modèle",
        "indicative range, no probability attached: no errors measured over whole zones are published for this class "
        "with the model",
    ),
    "legacy": (
        "convention de l’IGN\u202f; ce n’est pas un intervalle de confiance",
        "IGN's convention; it is no confidence interval",
    ),
    "no-statistic": (
        "aucune statistique publiée pour cette classe",
        "no statistic published for this class",
    ),
    "nothing-known": ("rien ne dit de combien elle peut se tromper", "nothing says how far it may be wrong"),
    "calibrated": (
        "somme des probabilités\u202f: sans biais seulement si le modèle est calibré en moyenne dans la zone",
        "sum of probabilities: unbiased only if the model is calibrated on average in the zone",
    ),
    "balanced": (
        "pixels comptés\u202f: sans biais seulement si oublis et ajouts se compensent dans la zone",
        "counted pixels: unbiased only if omissions and commissions cancel out in the zone",
    ),
    "empty": ("", ""),
}

_WORDS = {
    "level": ("Intervalle à {level}\u202f: de {low} à {high}.", "{level} interval: {low} to {high}."),
    "range": ("Fourchette\u202f: de {low} à {high}.", "Range: {low} to {high}."),
    "indicative": ("fourchette {ends}", "range {ends}"),
    "bare": ("Sans intervalle.", "No interval."),
    "sentence": (
        "{value} ({share} de la zone). {interval} Méthode\u202f: {method}. {assumption}.",
        "{value} ({share} of the zone). {interval} Method: {method}. {assumption}.",
    ),
    "reread": (
        " La seconde lecture changerait cette surface de {shift} (erreur type {se}){chance}.",
        " The second reading would change this surface by {shift} (standard error {se}){chance}.",
    ),
    "chance": (", ce que le hasard peut expliquer", ", which chance may explain"),
    "empty": ("Aucun pixel valide dans la zone.", "No valid pixel in the zone."),
}

_MAP_ALONE = ("none", "published", "published-legacy", "tiles-conformal", "tiles-student", "zones-published")


def said(pair: tuple[str, str], lang: str) -> str:
    """One of two texts."""
    return pair[0] if lang == "fr" else pair[1]


def method(estimate: Estimate, lang: str) -> str:
    """What made the figure."""
    return said(METHODS[estimate.method], lang)


def assumption(estimate: Estimate, has_probabilities: bool, lang: str) -> str:
    """What has to be true, or why there is no level."""
    return _joined(_assumed(estimate, has_probabilities), lang)


def assumptions(estimates: Iterable[Estimate], has_probabilities: bool, lang: str) -> str:
    """The same of all figures of a zone, each once: what holds comes before what has no level."""
    found = {code for e in estimates for code in _assumed(e, has_probabilities)}
    return _joined((code for code in ASSUMPTIONS if code in found), lang)


def _assumed(estimate: Estimate, has_probabilities: bool) -> list[str]:
    codes = list(estimate.assumptions)
    if estimate.method in _MAP_ALONE and estimate.level is None:
        codes.append("calibrated" if has_probabilities and estimate.method != "published-legacy" else "balanced")
    return codes


def _joined(codes: Iterable[str], lang: str) -> str:
    return ("\u202f; " if lang == "fr" else "; ").join(said(ASSUMPTIONS[code], lang) for code in codes)


def surface(estimate: Estimate, numbers: Numbers) -> str:
    """The surface, rounded to its interval, and followed by its ± where that is symmetric and has a level.

    IGN's ± has none, but was asked for by that name: it keeps the name."""
    if not estimate.has_interval:
        return numbers.area(estimate.value)
    half = estimate.half_width
    symmetric = abs(estimate.high + estimate.low - 2 * estimate.value) < 0.05 * half
    if symmetric and estimate.method == "published-legacy":
        return f"{numbers.area(estimate.value, half)} (IGN)"
    if symmetric and estimate.level is not None:
        return numbers.area(estimate.value, half)
    return f"{numbers.plain(estimate.value, decimals_of(half))}\u202fm²"


def bounds(estimate: Estimate, numbers: Numbers, lang: str) -> str:
    """Both bounds; what is no interval with a level is called a range."""
    if not estimate.has_interval:
        return "–"
    decimals = decimals_of(estimate.half_width)
    ends = f"{numbers.plain(estimate.low, decimals)} – {numbers.plain(estimate.high, decimals)}"
    return ends if estimate.level is not None else said(_WORDS["indicative"], lang).format(ends=ends)


def sentence(estimate: Estimate, zone_area: float, has_probabilities: bool, lang: str) -> str:
    """The figure in one plain sentence: surface, share, interval with its level, method, assumption."""
    numbers = Numbers(lang)
    if estimate.method == "empty":
        return said(_WORDS["empty"], lang)
    why = assumption(estimate, has_probabilities, lang)
    words = said(_WORDS["sentence"], lang).format(
        value=surface(estimate, numbers),
        share=numbers.percent(estimate.value / zone_area, 1),
        interval=_interval(estimate, numbers, lang),
        method=method(estimate, lang),
        assumption=why[:1].upper() + why[1:],
    )
    return words + _reread(estimate, numbers, lang)


def _reread(estimate: Estimate, numbers: Numbers, lang: str) -> str:
    """What a second reader would have made of it; nothing where no reading of the class changed."""
    if not estimate.reread_se > 0:
        return ""
    decimals = decimals_of(estimate.reread_se)
    sign = "+" if estimate.reread > 0 else ""
    shift = f"{sign}{numbers.plain(estimate.reread, decimals)}\u202fm²"
    se = f"{numbers.plain(estimate.reread_se, decimals)}\u202fm²"
    chance = said(_WORDS["chance"], lang) if abs(estimate.reread) <= 2 * estimate.reread_se else ""
    return said(_WORDS["reread"], lang).format(shift=shift, se=se, chance=chance)


def _interval(estimate: Estimate, numbers: Numbers, lang: str) -> str:
    if not estimate.has_interval:
        return said(_WORDS["bare"], lang)
    decimals = decimals_of(estimate.half_width)
    low, high = (f"{numbers.plain(v, decimals)}\u202fm²" for v in (estimate.low, estimate.high))
    if estimate.level is None:
        return said(_WORDS["range"], lang).format(low=low, high=high)
    return said(_WORDS["level"], lang).format(low=low, high=high, level=numbers.level(estimate.level))
