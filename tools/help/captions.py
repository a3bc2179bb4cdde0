"""What the picture of a result shows, in French and in English."""

CAPTIONS = {
    "accuracy": (
        "Une partie du rapport : la ville d'exemple jugée sur 300 points. Chaque ligne est une classe de la carte.",
        "A part of the report: the sample town judged at 300 points. Each row is a class of the map.",
    ),
    "argmax": (
        "La ville d'exemple avec les groupes « ligneux; impermeable » ; les autres classes restent telles quelles.",
        "The sample town with the groups 'ligneux; impermeable'; the other classes stay as they are.",
    ),
    "change": (
        "Une date ancienne imaginée, où des champs couvrent une partie du lotissement, comparée à la ville d'exemple : "
        "chaque pixel changé a la couleur de ce qui est venu.",
        "An earlier date that was made up, with fields over a part of the housing estate, compared with the sample "
        "town: each pixel that changed has the colour of what came.",
    ),
    "compareref": (
        "En jaune, une référence dont un objet sur trois a été enlevé exprès ; en couleur, les candidats, à vérifier "
        "un par un : les courts de tennis, ici, n'en sont pas.",
        "In yellow, a reference from which one object in three was taken on purpose; in colour, the candidates, to be "
        "checked one by one: here the tennis courts are none.",
    ),
    "composeortho": (
        "La ville d'exemple, RVB, IRC et altimétrie réunis, affichée en fausses couleurs (proche infrarouge, rouge, "
        "vert).",
        "The sample town, RVB, IRC and elevation together, shown in false colours (near infrared, red, green).",
    ),
    "couvert_arbore": (
        "Les polygones du couvert arboré, au centre de la ville d'exemple.",
        "The polygons of the tree cover, in the middle of the sample town.",
    ),
    "dalle_ign": ("Le visuel, au centre de la ville d'exemple.", "The picture, in the middle of the sample town."),
    "dalles": (
        "La ville d'exemple posée à cheval sur quatre dalles de 1 km : les cadres et les noms des fichiers ont été "
        "ajoutés.",
        "The sample town laid across four dalles of 1 km: the frames and the names of the files were added.",
    ),
    "evolution": (
        "Les polygones des changements entre une date ancienne imaginée, où des champs couvrent une partie du "
        "lotissement, et la ville d'exemple.",
        "The polygons of what changed between an earlier date that was made up, with fields over a part of the housing "
        "estate, and the sample town.",
    ),
    "impermeabilisation": (
        "Les surfaces imperméables, au centre de la ville d'exemple.",
        "The impervious surfaces, in the middle of the sample town.",
    ),
    "importmodel": (
        "Le modèle importé, dans Préférences > Options > OCS-IA ; les dialogues le proposent désormais.",
        "The imported model, in Settings > Options > OCS-IA; the dialogs offer it from now on.",
    ),
    "layout": (
        "Une page : la carte du quartier, ses surfaces en hectares, la méthode et ce qu'elle suppose. Un trait noir "
        "est un intervalle ; une classe sans niveau n'en a pas.",
        "A page: the map of the district, its surfaces in hectares, the method and what it assumes. A black line is an "
        "interval; a class without a level has none.",
    ),
    "neighbourhood": (
        "La ville d'exemple : part de végétation ligneuse à moins de 50 m, de 0 % (blanc) à 100 % (vert foncé).",
        "The sample town: share of woody vegetation within 50 m, from 0 % (white) to 100 % (dark green).",
    ),
    "ocsge": (
        "La couverture de la ville d'exemple, aux couleurs de l'OCS GE.",
        "The cover of the sample town, in the colours of OCS GE.",
    ),
    "predict": ("Les classes de la ville d'exemple.", "The classes of the sample town."),
    "samplepoints": (
        "Des points sur la ville d'exemple : chacun est un pixel, entouré pour qu'on le trouve.",
        "Points on the sample town: each is one pixel, with a ring so that it can be found.",
    ),
    "setup": (
        "Le moteur installé, dans Préférences > Options > OCS-IA.",
        "The installed engine, in Settings > Options > OCS-IA.",
    ),
    "surfaces": (
        "Une partie du rapport : un quartier de la ville d'exemple, avec 300 points interprétés. Un trait noir est un "
        "intervalle.",
        "A part of the report: a district of the sample town, with 300 interpreted points. A black line is an "
        "interval.",
    ),
    "vectorize": (
        "Les polygones de la ville d'exemple, contours simplifiés, à 60 % d'opacité sur l'image.",
        "The polygons of the sample town, with simplified outlines, at 60 % opacity over the image.",
    ),
    "visualize": (
        "Les couleurs des classes sur l'image de la ville d'exemple.",
        "The colours of the classes over the image of the sample town.",
    ),
}
