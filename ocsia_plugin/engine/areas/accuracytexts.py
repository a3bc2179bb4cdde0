"""The words of the accuracy report, in French and English."""

from __future__ import annotations

_TEXTS: dict[str, tuple[str, str]] = {
    "title": ("Exactitude de la carte {name}", "Accuracy of the map {name}"),
    "subtitle-points": (
        "{count} points de référence interprétés, nomenclature {nomenclature}",
        "{count} interpreted reference points, nomenclature {nomenclature}",
    ),
    "subtitle-polygons": (
        "{count} polygones de référence, nomenclature {nomenclature}",
        "{count} reference polygons, nomenclature {nomenclature}",
    ),
    # -- methods, assumptions
    "method-stratified": (
        "tirage stratifié par classe de la carte, estimateurs d’Olofsson et al. (2014)",
        "sample stratified by class of the map, estimators of Olofsson et al. (2014)",
    ),
    "method-other": (
        "tirage stratifié, strates autres que les classes de la carte, estimateurs par le ratio de Stehman (2014)",
        "stratified sample whose strata are not the classes of the map, ratio estimators of Stehman (2014)",
    ),
    "method-simple": (
        "tirage aléatoire simple, estimateurs par le ratio",
        "simple random sample, ratio estimators",
    ),
    "method-clusters": (
        "polygones tirés au hasard comme grappes, estimateurs par le ratio pondérés par la surface",
        "polygons drawn at random as clusters, ratio estimators weighted by surface",
    ),
    "method-unknown": (
        "plan de sondage inconnu : proportions parmi les références seules, sans intervalle",
        "unknown sampling design: proportions among the references alone, without an interval",
    ),
    "short-stratified": ("plan stratifié", "stratified design"),
    "short-other": ("plan stratifié", "stratified design"),
    "short-simple": ("tirage aléatoire simple", "simple random sample"),
    "short-clusters": ("grappes", "clusters"),
    "short-unknown": ("plan inconnu", "unknown design"),
    "interval": (
        "Intervalles de Wilson au niveau de {level} pris un par un (non simultanés), avec la taille d’échantillon "
        "efficace du plan et un quantile de Student ; une strate dont tous les points s’accordent y prend la variance "
        "moyenne des autres.",
        "Wilson intervals at {level}, each by itself (not simultaneous), with the effective sample size of the design "
        "and a quantile of Student; a stratum all of whose points agree takes the mean variance of the others.",
    ),
    "assumption": (
        "Hypothèses : les interprétations sont justes, l’image qui a servi à interpréter est de la même date que la "
        "carte, et les références n’ont pas servi à entraîner ni à caler le modèle.",
        "Assumptions: the interpretations are right, the image that was interpreted is of the same date as the map, "
        "and "
        "the references served neither to train nor to calibrate the model.",
    ),
    # -- warnings
    "unknown": (
        "Rien ne dit comment ces références ont été tirées : les chiffres ci-dessous décrivent ces références et rien "
        "d’autre. On ne peut en déduire ni l’exactitude de toute la carte, ni un intervalle de confiance.",
        "Nothing says how these references were drawn: the figures below describe these references and nothing else. "
        "Neither the accuracy of the whole map nor a confidence interval follows from them.",
    ),
    "clusters": (
        "Les intervalles valent pour la population dont les polygones ont été tirés au hasard, tous avec la même "
        "probabilité ; ils ne valent pas si les polygones ont été choisis.",
        "The intervals hold for the population from which the polygons were drawn at random, all with the same "
        "probability; they do not hold where polygons were chosen.",
    ),
    "learning": (
        "Cette carte vient d’un modèle d’apprentissage du logiciel : elle ne doit servir à aucune décision.",
        "This map comes from a model for learning the software: no decision may rest on it.",
    ),
    "withheld": (
        "Pas d’intervalle là où un seul point de plus dans une grande strate changerait beaucoup le chiffre : {names}. "
        "Ajouter des points le permettrait.",
        "No interval where a single further point in a large stratum would change the figure much: {names}. "
        "More points would allow one.",
    ),
    # -- sections
    "overall": ("Exactitude globale", "Overall accuracy"),
    "overall-sentence": (
        "{value} de la surface porte la bonne classe{interval}.",
        "{value} of the surface has the right class{interval}.",
    ),
    "overall-unknown": (
        "{value} des références portent la bonne classe ({method}).",
        "{value} of the references have the right class ({method}).",
    ),
    "with-interval": (
        " (de {low} à {high} au niveau de {level}, {method})",
        " ({low} to {high} at {level}, {method})",
    ),
    "without-interval": (" (sans intervalle, {method})", " (no interval, {method})"),
    "classes": ("Par classe", "By class"),
    "precision": ("Précision", "Precision"),
    "recall": ("Rappel", "Recall"),
    "f1": ("F1", "F1"),
    "iou": ("IoU", "IoU"),
    "share": ("Part de surface", "Share of surface"),
    "class": ("Classe", "Class"),
    "units-points": ("Points", "Points"),
    "units-polygons": ("Polygones", "Polygons"),
    "table-note": (
        "Valeur [bornes de l’intervalle]. Précision : part juste de ce que la carte montre ; ce qui manque est la "
        "sur-détection. Rappel : part montrée de ce qui existe ; ce qui manque est la sous-détection. Part de "
        "surface : "
        "d’après les références. Les groupes réunissent des classes.",
        "Value [ends of the interval]. Precision: how much of what the map shows is right; what lacks is "
        "over-detection. Recall: how much of what there is the map shows; what lacks is under-detection. Share of "
        "surface: "
        "by the references. Groups are unions of classes.",
    ),
    "precision-title": (
        "Précision (ce qui manque à 100 % : sur-détection)",
        "Precision (what lacks to 100%: over-detection)",
    ),
    "recall-title": ("Rappel (ce qui manque à 100 % : sous-détection)", "Recall (what lacks to 100%: under-detection)"),
    "precision-sentence": (
        "Sur 100 m² que la carte montre ainsi, {value} le sont{interval}.",
        "Of 100 m² that the map shows as such, {value} are{interval}.",
    ),
    "recall-sentence": (
        "Sur 100 m² qui existent, la carte en montre {value}{interval}.",
        "Of 100 m² that there are, the map shows {value}{interval}.",
    ),
    "iou-sentence": (
        "La carte et les références se recouvrent à {value} de leur réunion{interval}.",
        "Map and references overlap in {value} of their union{interval}.",
    ),
    "f1-sentence": (
        "Moyenne harmonique de la précision et du rappel (F1), {value}{interval}.",
        "Harmonic mean of precision and recall (F1), {value}{interval}.",
    ),
    "share-sentence": (
        "{value} de la surface d’après les références{interval}.",
        "{value} of the surface by the references{interval}.",
    ),
    "matrix": ("Matrice d’erreur", "Error matrix"),
    "matrix-shares": ("En parts de la surface (%)", "In shares of the surface (%)"),
    "matrix-points": ("En nombre de points", "In points"),
    "matrix-m2": ("En surface des polygones (m²)", "In surface of the polygons (m²)"),
    "matrix-note": (
        "Bleu : juste ; rouge : faux ; plus foncé : plus fréquent dans la ligne.",
        "Blue: right; red: wrong; darker: more frequent in its row.",
    ),
    "map": ("Carte", "Map"),
    "reference": ("Référence", "Reference"),
    "zones": ("Par zone", "By zone"),
    "zones-note": (
        "Chaque zone est un domaine du même tirage : moins elle a de points, plus l’intervalle est large.",
        "Each zone is a domain of the same sample: the fewer points it has, the wider the interval.",
    ),
    "zone": ("Zone", "Zone"),
    "agreement": ("Accord entre interprètes", "Agreement between interpreters"),
    "agreement-sentence": (
        "Deux lectures indépendantes de {total} points s’accordent sur {same} d’entre eux, {value} (de {low} à "
        "{high} au "
        "niveau de {level}, proportion simple, lectures supposées indépendantes) ; kappa de Cohen : {kappa}.",
        "Two independent readings of {total} points agree on {same} of them, {value} ({low} to {high} at {level}, "
        "simple "
        "proportion, readings taken to be independent); Cohen’s kappa: {kappa}.",
    ),
    "agreement-meaning": (
        "Là où deux personnes ne s’accordent pas, la référence elle-même est incertaine ; les intervalles ci-dessus ne "
        "comptent pas cette erreur.",
        "Where two people do not agree, the reference itself is uncertain; the intervals above do not count this "
        "error.",
    ),
    "agreement-same": (
        "Attention : certaines secondes lectures portent le nom du premier interprète.",
        "Note: some second readings bear the name of the first interpreter.",
    ),
}


def text(key: str, lang: str, **params: str) -> str:
    """A text of the report, filled in. French colons get their space."""
    return _spaced(_TEXTS[key][0 if lang == "fr" else 1].format(**params), lang)


def _spaced(sentence: str, lang: str) -> str:
    """No-break spaces before the signs that French sets apart, where the texts above have plain ones."""
    if lang != "fr":
        return sentence
    for sign in (" :", " ;", " %"):
        sentence = sentence.replace(sign, ("\u00a0" if sign == " :" else "\u202f") + sign[1])
    return sentence.replace(" m²", "\u202fm²")
