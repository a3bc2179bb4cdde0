<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="fr_FR" sourcelanguage="en_GB">
  <context>
    <name>AccuracyAlgorithm</name>
    <message>
      <location filename="../ocsia_plugin/processing/accuracy.py" />
      <source>Accuracy of a map</source>
      <translation>Exactitude d'une carte</translation>
    </message>
    <message>
      <location filename="../ocsia_plugin/processing/accuracy.py" />
      <source>Error matrix, over- and under-detection of each class, with intervals.</source>
      <translation>Matrice d'erreur, sur-détection et sous-détection de chaque classe, avec intervalles.</translation>
    </message>
    <message>
      <location filename="../ocsia_plugin/processing/accuracy.py" />
      <source>land cover,accuracy,error matrix,confusion matrix,precision,recall,validation,uncertainty</source>
      <translation>occupation du sol,exactitude,matrice d'erreur,matrice de confusion,précision,rappel,validation,incertitude</translation>
    </message>
    <message>
      <location filename="../ocsia_plugin/processing/accuracy.py" />
      <source>&lt;p&gt;Holds a map against interpreted points or polygons of known class: error matrix in points and in shares of the surface, overall accuracy, and for each class precision (what lacks is over-detection), recall (what lacks is under-detection), F1 and IoU.&lt;/p&gt;&lt;p&gt;&lt;b&gt;Intervals&lt;/b&gt; follow from how the points were drawn, which those of 'Points to interpret' know themselves, also where the map has changed since. Points or polygons from elsewhere get none, because nothing says what they stand for, unless you say that they were drawn at random.&lt;/p&gt;&lt;p&gt;&lt;b&gt;Limits.&lt;/b&gt; Interpretations are taken to be right and of the date of the map. References that trained the model make it look better than it is.&lt;/p&gt;</source>
      <translation>&lt;p&gt;Confronte une carte à des points interprétés ou à des polygones de classe connue : matrice d'erreur en points et en parts de surface, exactitude globale, et pour chaque classe la précision (ce qui manque est la sur-détection), le rappel (ce qui manque est la sous-détection), F1 et IoU.&lt;/p&gt;&lt;p&gt;&lt;b&gt;Les intervalles&lt;/b&gt; découlent de la façon dont les points ont été tirés, que ceux de « Points à interpréter » connaissent eux-mêmes, même si la carte a changé depuis. Les points ou polygones venus d'ailleurs n'en ont pas, parce que rien ne dit ce qu'ils représentent, sauf si vous dites qu'ils ont été tirés au hasard.&lt;/p&gt;&lt;p&gt;&lt;b&gt;Limites.&lt;/b&gt; Les interprétations sont supposées justes et de la date de la carte. Des références qui ont servi à entraîner le modèle le font paraître meilleur qu'il n'est.&lt;/p&gt;</translation>
    </message>
    <message>
      <location filename="../ocsia_plugin/processing/accuracy.py" />
      <source>Classes or probabilities</source>
      <translation>Classes ou probabilités</translation>
    </message>
    <message>
      <location filename="../ocsia_plugin/processing/accuracy.py" />
      <source>The map: a raster file in a CRS in metres. Of probabilities, the most probable class is judged.</source>
      <translation>La carte : un fichier raster dans un SCR en mètres. Pour des probabilités, c'est la classe la plus probable qui est jugée.</translation>
    </message>
    <message>
      <location filename="../ocsia_plugin/processing/accuracy.py" />
      <source>Reference</source>
      <translation>Référence</translation>
    </message>
    <message>
      <location filename="../ocsia_plugin/processing/accuracy.py" />
      <source>Points that 'Points to interpret' wrote, once interpreted and saved; or other points or polygons with their true class.</source>
      <translation>Les points écrits par « Points à interpréter », une fois interprétés et enregistrés ; ou d'autres points ou polygones avec leur vraie classe.</translation>
    </message>
    <message>
      <location filename="../ocsia_plugin/processing/accuracy.py" />
      <source>Field of the class</source>
      <translation>Champ de la classe</translation>
    </message>
    <message>
      <location filename="../ocsia_plugin/processing/accuracy.py" />
      <source>Holds the code or the name of the true class, in the nomenclature of the map.</source>
      <translation>Contient le code ou le nom de la vraie classe, dans la nomenclature de la carte.</translation>
    </message>
    <message>
      <location filename="../ocsia_plugin/processing/accuracy.py" />
      <source>Zones</source>
      <translation>Zones</translation>
    </message>
    <message>
      <location filename="../ocsia_plugin/processing/accuracy.py" />
      <source>Polygons for which the figures are given besides those of the whole.</source>
      <translation>Polygones pour lesquels les chiffres sont donnés en plus de ceux de l'ensemble.</translation>
    </message>
    <message>
      <location filename="../ocsia_plugin/processing/accuracy.py" />
      <source>Groups of classes</source>
      <translation>Groupes de classes</translation>
    </message>
    <message>
      <location filename="../ocsia_plugin/processing/accuracy.py" />
      <source>Unions of classes to judge besides the classes, for example: ligneux=8+10+11; bati=1. A group known by the nomenclature may stand without its codes (ligneux).</source>
      <translation>Réunions de classes à juger en plus des classes, par exemple : ligneux=8+10+11; bati=1. Un groupe connu de la nomenclature peut être écrit sans ses codes (ligneux).</translation>
    </message>
    <message>
      <location filename="../ocsia_plugin/processing/accuracy.py" />
      <source>Report</source>
      <translation>Rapport</translation>
    </message>
    <message>
      <location filename="../ocsia_plugin/processing/accuracy.py" />
      <source>A page for the browser, to be printed or sent.</source>
      <translation>Une page pour le navigateur, à imprimer ou à envoyer.</translation>
    </message>
    <message>
      <location filename="../ocsia_plugin/processing/accuracy.py" />
      <source>Table</source>
      <translation>Tableau</translation>
    </message>
    <message>
      <location filename="../ocsia_plugin/processing/accuracy.py" />
      <source>All figures and the matrix as CSV, one per line.</source>
      <translation>Tous les chiffres et la matrice en CSV, un par ligne.</translation>
    </message>
    <message>
      <location filename="../ocsia_plugin/processing/accuracy.py" />
      <source>Design</source>
      <translation>Plan de sondage</translation>
    </message>
    <message>
      <location filename="../ocsia_plugin/processing/accuracy.py" />
      <source>auto: what the points say of themselves, and no interval where they say nothing. simple: these points were drawn at random over the whole raster, or these polygons at random among all that there are; the intervals are wrong if they were not.</source>
      <translation>auto : ce que les points disent d'eux-mêmes, et pas d'intervalle s'ils ne disent rien. simple : ces points ont été tirés au hasard sur tout le raster, ou ces polygones au hasard parmi tous ceux qui existent ; les intervalles sont faux si ce n'est pas le cas.</translation>
    </message>
    <message>
      <location filename="../ocsia_plugin/processing/accuracy.py" />
      <source>Level of confidence (%)</source>
      <translation>Niveau de confiance (%)</translation>
    </message>
    <message>
      <location filename="../ocsia_plugin/processing/accuracy.py" />
      <source>Level of confidence of the intervals.</source>
      <translation>Niveau de confiance des intervalles.</translation>
    </message>
    <message>
      <location filename="../ocsia_plugin/processing/accuracy.py" />
      <source>Table for Excel</source>
      <translation>Tableau pour Excel</translation>
    </message>
    <message>
      <location filename="../ocsia_plugin/processing/accuracy.py" />
      <source>Semicolons and decimal commas, as a French Excel expects them.</source>
      <translation>Points-virgules et virgules décimales, comme les attend un Excel en français.</translation>
    </message>
  </context>
  <context>
    <name>ArgmaxAlgorithm</name>
    <message>
      <location filename="../ocsia_plugin/processing/argmax.py" />
      <source>Most probable class</source>
      <translation>Classe la plus probable</translation>
    </message>
    <message>
      <location filename="../ocsia_plugin/processing/argmax.py" />
      <source>The most probable class, or group of classes, of each pixel of a probability raster.</source>
      <translation>Classe (ou groupe de classes) la plus probable de chaque pixel d'un raster de probabilités.</translation>
    </message>
    <message>
      <location filename="../ocsia_plugin/processing/argmax.py" />
      <source>land cover,argmax,classes,groups,probabilities,NAF</source>
      <translation>occupation du sol,argmax,classes,groupes,probabilités,NAF</translation>
    </message>
    <message>
      <location filename="../ocsia_plugin/processing/argmax.py" />
      <source>&lt;p&gt;Chooses the most probable class of each pixel of a probability raster, such as the one that 'Predict land cover' writes. Classes can be gathered in groups first: their probabilities are added, so that a pixel that hesitates between conifers and broadleaves is wooded for sure.&lt;/p&gt;&lt;p&gt;&lt;b&gt;Limits.&lt;/b&gt; Where two classes are equally probable, the one with the lower code is chosen. The confidence says how sure the model is, not how often it is right.&lt;/p&gt;</source>
      <translation>&lt;p&gt;Choisit la classe la plus probable de chaque pixel d'un raster de probabilités, comme celui qu'écrit « Prédire l'occupation du sol ». Les classes peuvent d'abord être réunies en groupes : leurs probabilités s'ajoutent, si bien qu'un pixel qui hésite entre conifères et feuillus est boisé à coup sûr.&lt;/p&gt;&lt;p&gt;&lt;b&gt;Limites.&lt;/b&gt; Quand deux classes sont aussi probables l'une que l'autre, celle qui a le plus petit code est choisie. La confiance dit à quel point le modèle est sûr de lui, pas combien de fois il a raison.&lt;/p&gt;</translation>
    </message>
    <message>
      <location filename="../ocsia_plugin/processing/argmax.py" />
      <source>Probabilities</source>
      <translation>Probabilités</translation>
    </message>
    <message>
      <location filename="../ocsia_plugin/processing/argmax.py" />
      <source>A raster file with one band of bytes per class, in the order of the nomenclature: 'Predict land cover' writes such rasters, and so do IGN's tools.</source>
      <translation>Un fichier raster qui a une bande d'octets par classe, dans l'ordre de la nomenclature, comme ceux qu'écrivent « Prédire l'occupation du sol » et les outils de l'IGN.</translation>
    </message>
    <message>
      <location filename="../ocsia_plugin/processing/argmax.py" />
      <source>Groups of classes</source>
      <translation>Groupes de classes</translation>
    </message>
    <message>
      <location filename="../ocsia_plugin/processing/argmax.py" />
      <source>Classes to gather before the choice, for example: ligneux=8+10+11; bati=1. A group known by the nomenclature may stand without its codes (ligneux). Groups get the codes 101, 102... in the order in which they are written; classes in no group stay as they are.</source>
      <translation>Classes à réunir avant le choix, par exemple : ligneux=8+10+11; bati=1. Un groupe connu de la nomenclature peut être écrit sans ses codes (ligneux). Les groupes reçoivent les codes 101, 102… dans l'ordre où ils sont écrits ; les classes hors groupe restent telles quelles.</translation>
    </message>
    <message>
      <location filename="../ocsia_plugin/processing/argmax.py" />
      <source>Nomenclature of the results</source>
      <translation>Nomenclature des résultats</translation>
    </message>
    <message>
      <location filename="../ocsia_plugin/processing/argmax.py" />
      <source>Leave it empty for the classes of the raster. With an id (naf15, cosia), their probabilities are added up into those of that nomenclature, before the groups are made. Refused where a class would have to be split.</source>
      <translation>À laisser vide pour garder les classes du raster. Avec un identifiant (naf15, cosia), leurs probabilités sont additionnées dans les classes de cette nomenclature, avant la formation des groupes. Refusé s'il fallait couper une classe en deux.</translation>
    </message>
    <message>
      <location filename="../ocsia_plugin/processing/argmax.py" />
      <source>Nomenclature of the raster</source>
      <translation>Nomenclature du raster</translation>
    </message>
    <message>
      <location filename="../ocsia_plugin/processing/argmax.py" />
      <source>Only for a raster made elsewhere, which does not say what its bands are: naf15, flair19, flair15, flair12, flairhub19 or cosia. 15 bands without a name are taken for NAF's, with a warning.</source>
      <translation>Seulement pour un raster fait ailleurs, qui ne dit pas ce que sont ses bandes : naf15, flair19, flair15, flair12, flairhub19 ou cosia. 15 bandes sans nom sont prises pour celles de la NAF, avec un avertissement.</translation>
    </message>
    <message>
      <location filename="../ocsia_plugin/processing/argmax.py" />
      <source>Classes</source>
      <translation>Classes</translation>
    </message>
    <message>
      <location filename="../ocsia_plugin/processing/argmax.py" />
      <source>Codes of classes and groups, 0 for no data, with their colours and names.</source>
      <translation>Codes des classes et des groupes, 0 pour l'absence de donnée, avec leurs couleurs et leurs noms.</translation>
    </message>
    <message>
      <location filename="../ocsia_plugin/processing/argmax.py" />
      <source>Confidence</source>
      <translation>Confiance</translation>
    </message>
    <message>
      <location filename="../ocsia_plugin/processing/argmax.py" />
      <source>255 times the probability of the class or group that was chosen.</source>
      <translation>255 fois la probabilité de la classe ou du groupe choisi.</translation>
    </message>
  </context>
  <context>
    <name>ChangeAlgorithm</name>
    <message>
      <location filename="../ocsia_plugin/processing/change.py" />
      <source>Change between two vintages</source>
      <translation>Évolution entre deux millésimes</translation>
    </message>
    <message>
      <location filename="../ocsia_plugin/processing/change.py" />
      <source>What changed between two vintages: raster, polygons, stocks and flows by zone.</source>
      <translation>Ce qui a changé entre deux millésimes : raster, polygones, stocks et flux par zone.</translation>
    </message>
    <message>
      <location filename="../ocsia_plugin/processing/change.py" />
      <source>land cover,change,vintage,evolution,transition matrix,stock,flow,artificialisation</source>
      <translation>occupation du sol,évolution,changement,millésime,matrice de transition,stock,flux,artificialisation</translation>
    </message>
    <message>
      <location filename="../ocsia_plugin/processing/change.py" />
      <source>&lt;p&gt;Compares two vintages of classes or probabilities. The raster of changes holds 1000 × code before + code after: 10001 is broadleaved (10) that became building (1); two equal codes are no change. The table gives, by zone and class, the stock before, gains, losses, net flow and the stock after; the layer of zones has the same as fields.&lt;/p&gt;&lt;p&gt;&lt;b&gt;What counts as a change.&lt;/b&gt; Two predictions of the same place differ along the edges of objects even where nothing happened. A pixel has changed where (1) its classes differ, (2) both are sure enough: the product of their probabilities reaches a threshold, where probabilities are given, and (3) it lies in a square of changed pixels as wide as the smallest width. The rest is counted apart as flicker (flicker_m2) and keeps its former class: after = before + gains − losses + flicker.&lt;/p&gt;&lt;p&gt;With probabilities, gains and losses are also given weighted by the confidence of both dates (…_weighted_m2), and the transitions as expected if the errors of both dates were independent (expected_m2 of the matrix), which overstates changes where the model hesitates twice in the same way.&lt;/p&gt;&lt;p&gt;&lt;b&gt;Example.&lt;/b&gt; Trees that a town lost between 2016 and 2019: both probability rasters, the quarters as zones, groups 'ligneux=8+10+11; impermeable=1+3', and the polygons, to be looked at from the largest on.&lt;/p&gt;&lt;p&gt;&lt;b&gt;With points.&lt;/b&gt; Classes that you have read on both images at points drawn by 'Points to interpret' give an interval for each net change, and a conclusion: significant gain, significant loss or no significant change; under 50 points, or where it is not known how they were drawn, none.&lt;/p&gt;&lt;p&gt;&lt;b&gt;Limits.&lt;/b&gt; Without points, there is no confidence interval. Images of another season, angle or other shadows make differences that are no changes of the ground; use the same model for both dates. Rasters of different pixels are read on those of the first (classes by the nearest pixel).&lt;/p&gt;</source>
      <translation>&lt;p&gt;Compare deux millésimes de classes ou de probabilités. Le raster des changements contient 1000 × code avant + code après : 10001, ce sont des feuillus (10) devenus bâtiment (1) ; deux codes égaux, rien n'a changé. Le tableau donne, par zone et par classe, le stock avant, les gains, les pertes, le flux net et le stock après ; la couche des zones a les mêmes, en champs.&lt;/p&gt;&lt;p&gt;&lt;b&gt;Ce qui compte comme un changement.&lt;/b&gt; Deux prédictions du même endroit diffèrent au bord des objets même là où rien ne s'est passé. Un pixel a changé si (1) ses classes diffèrent, (2) les deux sont assez sûres : le produit de leurs probabilités atteint un seuil, quand des probabilités sont données, et (3) il se trouve dans un carré de pixels changés aussi large que la plus petite largeur. Le reste est compté à part comme papillotement (flicker_m2) et garde sa classe d'avant : après = avant + gains − pertes + papillotement.&lt;/p&gt;&lt;p&gt;Avec des probabilités, les gains et les pertes sont aussi donnés pondérés par la confiance des deux dates (…_weighted_m2), et les transitions telles qu'on les attendrait si les erreurs des deux dates étaient indépendantes (expected_m2 de la matrice), ce qui exagère les changements là où le modèle hésite deux fois de la même façon.&lt;/p&gt;&lt;p&gt;&lt;b&gt;Exemple.&lt;/b&gt; Les arbres qu'une ville a perdus entre 2016 et 2019 : les deux rasters de probabilités, les quartiers comme zones, les groupes « ligneux=8+10+11; impermeable=1+3 », et les polygones, à regarder en commençant par les plus grands.&lt;/p&gt;&lt;p&gt;&lt;b&gt;Avec des points.&lt;/b&gt; Les classes que vous avez lues sur les deux images, aux points tirés par « Points à interpréter », donnent un intervalle pour chaque changement net, et une conclusion : gain significatif, perte significative ou pas de changement significatif ; aucune sous 50 points, ou si l'on ne sait pas comment ils ont été tirés.&lt;/p&gt;&lt;p&gt;&lt;b&gt;Limites.&lt;/b&gt; Sans points, il n'y a pas d'intervalle de confiance. Des images d'une autre saison, d'un autre angle ou avec d'autres ombres font des différences qui ne sont pas des changements du terrain ; utilisez le même modèle aux deux dates. Des rasters de pixels différents sont lus sur ceux du premier (les classes au plus proche pixel).&lt;/p&gt;</translation>
    </message>
    <message>
      <location filename="../ocsia_plugin/processing/change.py" />
      <source>Before: classes or probabilities</source>
      <translation>Avant : classes ou probabilités</translation>
    </message>
    <message>
      <location filename="../ocsia_plugin/processing/change.py" />
      <source>The older vintage, as 'Predict land cover' writes it. The results have its pixels.</source>
      <translation>Le millésime le plus ancien, tel que l'écrit « Prédire l'occupation du sol ». Les résultats ont ses pixels.</translation>
    </message>
    <message>
      <location filename="../ocsia_plugin/processing/change.py" />
      <source>After: classes or probabilities</source>
      <translation>Après : classes ou probabilités</translation>
    </message>
    <message>
      <location filename="../ocsia_plugin/processing/change.py" />
      <source>The newer vintage. Another nomenclature is fine where the classes of one can be added up into those of the other (CoSIA into NAF).</source>
      <translation>Le millésime le plus récent. Une autre nomenclature convient si les classes de l'une s'additionnent en celles de l'autre (CoSIA vers NAF).</translation>
    </message>
    <message>
      <location filename="../ocsia_plugin/processing/change.py" />
      <source>Zones</source>
      <translation>Zones</translation>
    </message>
    <message>
      <location filename="../ocsia_plugin/processing/change.py" />
      <source>Polygons by which stocks and flows are added up. Without zones, the whole raster is one.</source>
      <translation>Polygones par lesquels les stocks et les flux sont additionnés. Sans zones, le raster entier en est une.</translation>
    </message>
    <message>
      <location filename="../ocsia_plugin/processing/change.py" />
      <source>Points read at both dates</source>
      <translation>Points lus aux deux dates</translation>
    </message>
    <message>
      <location filename="../ocsia_plugin/processing/change.py" />
      <source>Points of 'Points to interpret', to which you have added two fields, ref_before and ref_after, with the class that you see at each date. The table then says of each class how much it gained or lost, with an interval, and whether that is significant.</source>
      <translation>Des points de « Points à interpréter », auxquels vous avez ajouté deux champs, ref_before et ref_after, avec la classe que vous voyez à chaque date. Le tableau dit alors de chaque classe ce qu'elle a gagné ou perdu, avec un intervalle, et si c'est significatif.</translation>
    </message>
    <message>
      <location filename="../ocsia_plugin/processing/change.py" />
      <source>Groups of classes</source>
      <translation>Groupes de classes</translation>
    </message>
    <message>
      <location filename="../ocsia_plugin/processing/change.py" />
      <source>Classes to take as one before the comparison, for example: ligneux=8+10+11; impermeable=1+3. What goes from one class of a group to another is then no change.</source>
      <translation>Classes à réunir avant la comparaison, par exemple : ligneux=8+10+11; impermeable=1+3. Ce qui passe d'une classe d'un groupe à une autre n'est alors pas un changement.</translation>
    </message>
    <message>
      <location filename="../ocsia_plugin/processing/change.py" />
      <source>Smallest width of a change (m)</source>
      <translation>Plus petite largeur d'un changement (m)</translation>
    </message>
    <message>
      <location filename="../ocsia_plugin/processing/change.py" />
      <source>Narrower differences are flicker along edges. 0: every pixel that differs is a change.</source>
      <translation>Les différences plus étroites sont du papillotement au bord des objets. 0 : tout pixel qui diffère est un changement.</translation>
    </message>
    <message>
      <location filename="../ocsia_plugin/processing/change.py" />
      <source>Smallest joint confidence (%)</source>
      <translation>Plus petite confiance conjointe (%)</translation>
    </message>
    <message>
      <location filename="../ocsia_plugin/processing/change.py" />
      <source>The probability of the class before times that of the class after. 25 %: half and half. For classes without probabilities it has no effect.</source>
      <translation>La probabilité de la classe avant, multipliée par celle de la classe après. 25 % : une chance sur deux à chaque date. Sans effet sur des classes sans probabilités.</translation>
    </message>
    <message>
      <location filename="../ocsia_plugin/processing/change.py" />
      <source>Smallest polygon (m²)</source>
      <translation>Plus petit polygone (m²)</translation>
    </message>
    <message>
      <location filename="../ocsia_plugin/processing/change.py" />
      <source>Smaller polygons are left out. The raster and the tables have all changes.</source>
      <translation>Les polygones plus petits sont laissés de côté. Le raster et les tableaux ont tous les changements.</translation>
    </message>
    <message>
      <location filename="../ocsia_plugin/processing/change.py" />
      <source>Level of confidence (%)</source>
      <translation>Niveau de confiance (%)</translation>
    </message>
    <message>
      <location filename="../ocsia_plugin/processing/change.py" />
      <source>Of the intervals that the points give.</source>
      <translation>Celui des intervalles que donnent les points.</translation>
    </message>
    <message>
      <location filename="../ocsia_plugin/processing/change.py" />
      <source>Tables for Excel</source>
      <translation>Tableaux pour Excel</translation>
    </message>
    <message>
      <location filename="../ocsia_plugin/processing/change.py" />
      <source>Semicolons and decimal commas, as a French Excel expects them.</source>
      <translation>Points-virgules et virgules décimales, comme les attend un Excel en français.</translation>
    </message>
    <message>
      <location filename="../ocsia_plugin/processing/change.py" />
      <source>Changes</source>
      <translation>Changements</translation>
    </message>
    <message>
      <location filename="../ocsia_plugin/processing/change.py" />
      <source>1000 × code before + code after, in the colour of what came; 0 without data at either date.</source>
      <translation>1000 × code avant + code après, dans la couleur de ce qui est venu ; 0 sans donnée à l'une des dates.</translation>
    </message>
    <message>
      <location filename="../ocsia_plugin/processing/change.py" />
      <source>Polygons of changes</source>
      <translation>Polygones des changements</translation>
    </message>
    <message>
      <location filename="../ocsia_plugin/processing/change.py" />
      <source>One polygon per region of the same change (.gpkg), with avant, apres, surface_m2 and, from probabilities, confiance (the mean joint confidence).</source>
      <translation>Un polygone par région d'un même changement (.gpkg), avec avant, apres, surface_m2 et, à partir de probabilités, confiance (la moyenne de la confiance conjointe).</translation>
    </message>
    <message>
      <location filename="../ocsia_plugin/processing/change.py" />
      <source>Zones with stocks and flows</source>
      <translation>Zones avec stocks et flux</translation>
    </message>
    <message>
      <location filename="../ocsia_plugin/processing/change.py" />
      <source>The zones (.gpkg), coloured by the share of them that changed. Of each class or group, key_before_m2, key_after_m2, key_gain_m2, key_loss_m2 and key_net_m2; the map tip tells the largest. Empty fields: no data at both dates.</source>
      <translation>Les zones (.gpkg), colorées selon la part qui en a changé. Pour chaque classe ou groupe, clé_before_m2 (stock avant), clé_after_m2 (après), clé_gain_m2, clé_loss_m2 (pertes) et clé_net_m2 ; l'infobulle dit les plus grands flux. Champs vides : pas de données aux deux dates.</translation>
    </message>
    <message>
      <location filename="../ocsia_plugin/processing/change.py" />
      <source>Stocks and flows</source>
      <translation>Stocks et flux</translation>
    </message>
    <message>
      <location filename="../ocsia_plugin/processing/change.py" />
      <source>CSV file, one line per zone and class, in m².</source>
      <translation>Fichier CSV, une ligne par zone et par classe, en m².</translation>
    </message>
    <message>
      <location filename="../ocsia_plugin/processing/change.py" />
      <source>Transition matrix</source>
      <translation>Matrice de transition</translation>
    </message>
    <message>
      <location filename="../ocsia_plugin/processing/change.py" />
      <source>CSV file, one line per zone and pair of classes.</source>
      <translation>Fichier CSV, une ligne par zone et par paire de classes.</translation>
    </message>
  </context>
  <context>
    <name>CompareRefAlgorithm</name>
    <message>
      <location filename="../ocsia_plugin/processing/compareref.py" />
      <source>Compare with a reference</source>
      <translation>Comparer à une référence</translation>
    </message>
    <message>
      <location filename="../ocsia_plugin/processing/compareref.py" />
      <source>What a local reference lacks, and which of its polygons the prediction confirms.</source>
      <translation>Ce qui manque à une référence locale, et ceux de ses polygones que la prédiction confirme.</translation>
    </message>
    <message>
      <location filename="../ocsia_plugin/processing/compareref.py" />
      <source>land cover,reference,update,comparison,verification,missing,OCS GE,BD TOPO</source>
      <translation>occupation du sol,référence,mise à jour,comparaison,vérification,manquant,OCS GE,BD TOPO</translation>
    </message>
    <message>
      <location filename="../ocsia_plugin/processing/compareref.py" />
      <source>&lt;p&gt;Holds a local reference (polygons with a field of classes) against a prediction. The first result lists objects that the prediction has and the reference has not: buildings, swimming pools, water, shrubs, or the classes that you name. They are ranked by the surface that checking one is expected to set right (surface × confidence), with a box to tick (verifie) and a choice (decision) in their form, so that they can be gone through one by one.&lt;/p&gt;&lt;p&gt;The second result, on request, is the reference itself: for each polygon the share of each class inside it, and a verdict: &lt;i&gt;confirmed&lt;/i&gt; where the class expected has at least 60 % of it, &lt;i&gt;contradicted&lt;/i&gt; where it has 20 % at most, &lt;i&gt;doubtful&lt;/i&gt; between them. The confidence of the verdict is that share, or what lacks to 100 % where it is contradicted.&lt;/p&gt;&lt;p&gt;&lt;b&gt;Example.&lt;/b&gt; The ponds that a municipal layer lacks: field 'nature', meaning of the values 'Mare=6; Etang=6; Bois=8+10+11', objects to look for '6', smallest surface 50 m².&lt;/p&gt;&lt;p&gt;&lt;b&gt;Limits.&lt;/b&gt; The prediction errs too: a candidate is a place to look at, not an update, and the confidence is the model's own. A polygon of a mixed kind (a built-up zone with its gardens) is never made of one class: give it several (ZU=1+2+3+13), or lower the limits. Objects closer than the tolerance to one of their class in the reference count as known.&lt;/p&gt;</source>
      <translation>&lt;p&gt;Confronte une référence locale (des polygones avec un champ de classes) à une prédiction. Le premier résultat énumère les objets que la prédiction montre et que la référence n'a pas : bâtiments, piscines, eau, broussaille, ou les classes que vous nommez. Ils sont rangés selon la surface que leur vérification devrait corriger (surface × confiance), avec une case à cocher (verifie) et un choix (decision) dans leur formulaire, pour être passés en revue un par un.&lt;/p&gt;&lt;p&gt;Le second résultat, sur demande, est la référence elle-même : pour chaque polygone la part de chaque classe à l'intérieur, et un verdict : &lt;i&gt;confirmé&lt;/i&gt; si la classe attendue en occupe au moins 60 %, &lt;i&gt;contredit&lt;/i&gt; si elle en occupe au plus 20 %, &lt;i&gt;douteux&lt;/i&gt; entre les deux. La confiance du verdict est cette part, ou ce qui manque à 100 % s'il est contredit.&lt;/p&gt;&lt;p&gt;&lt;b&gt;Exemple.&lt;/b&gt; Les mares qui manquent à une couche communale : champ « nature », signification des valeurs « Mare=6; Etang=6; Bois=8+10+11 », objets à chercher « 6 », plus petite surface 50 m².&lt;/p&gt;&lt;p&gt;&lt;b&gt;Limites.&lt;/b&gt; La prédiction se trompe aussi : un candidat est un endroit à regarder et non une mise à jour, et la confiance est celle du modèle. Un polygone de nature mixte (une zone bâtie avec ses jardins) n'est jamais fait d'une seule classe : donnez-lui-en plusieurs (ZU=1+2+3+13), ou baissez les seuils. Ce qui est plus proche que la tolérance d'un objet de sa classe dans la référence passe pour connu.&lt;/p&gt;</translation>
    </message>
    <message>
      <location filename="../ocsia_plugin/processing/compareref.py" />
      <source>Classes or probabilities</source>
      <translation>Classes ou probabilités</translation>
    </message>
    <message>
      <location filename="../ocsia_plugin/processing/compareref.py" />
      <source>A raster file written by 'Predict land cover' or 'Most probable class', in a CRS in metres. Probabilities give a confidence; classes do not.</source>
      <translation>Un fichier raster écrit par « Prédire l'occupation du sol » ou « Classe la plus probable », dans un SCR en mètres. Les probabilités donnent une confiance ; les classes, non.</translation>
    </message>
    <message>
      <location filename="../ocsia_plugin/processing/compareref.py" />
      <source>Reference</source>
      <translation>Référence</translation>
    </message>
    <message>
      <location filename="../ocsia_plugin/processing/compareref.py" />
      <source>Polygons, in any CRS. A selection or a filter of the layer is respected.</source>
      <translation>Polygones, dans n'importe quel SCR. Une sélection ou un filtre de la couche est respecté.</translation>
    </message>
    <message>
      <location filename="../ocsia_plugin/processing/compareref.py" />
      <source>Field of the class</source>
      <translation>Champ de la classe</translation>
    </message>
    <message>
      <location filename="../ocsia_plugin/processing/compareref.py" />
      <source>Its values are codes or names of classes (6, surface_eau, Surface d'eau), or what you say below.</source>
      <translation>Ses valeurs sont des codes ou des noms de classes (6, surface_eau, Surface d'eau), ou ce que vous dites ci-dessous.</translation>
    </message>
    <message>
      <location filename="../ocsia_plugin/processing/compareref.py" />
      <source>Meaning of the values</source>
      <translation>Signification des valeurs</translation>
    </message>
    <message>
      <location filename="../ocsia_plugin/processing/compareref.py" />
      <source>For values that are no codes or names: EAU=6; Bois=8+10+11; ZU=. A value without classes has no verdict.</source>
      <translation>Pour les valeurs qui ne sont ni codes ni noms : EAU=6; Bois=8+10+11; ZU=. Une valeur sans classe n'a pas de verdict.</translation>
    </message>
    <message>
      <location filename="../ocsia_plugin/processing/compareref.py" />
      <source>Objects to look for</source>
      <translation>Objets à chercher</translation>
    </message>
    <message>
      <location filename="../ocsia_plugin/processing/compareref.py" />
      <source>Codes, names or groups, separated by semicolons: piscine; 6; ligneux; 8+10. Empty: buildings, swimming pools, water and shrubs.</source>
      <translation>Codes, noms ou groupes, séparés par des points-virgules : piscine; 6; ligneux; 8+10. Vide : bâtiments, piscines, eau et broussaille.</translation>
    </message>
    <message>
      <location filename="../ocsia_plugin/processing/compareref.py" />
      <source>Candidate updates</source>
      <translation>Mises à jour candidates</translation>
    </message>
    <message>
      <location filename="../ocsia_plugin/processing/compareref.py" />
      <source>Objects absent from the reference (.gpkg), the most worthwhile first, with their form.</source>
      <translation>Les objets absents de la référence (.gpkg), les plus profitables d'abord, avec leur formulaire.</translation>
    </message>
    <message>
      <location filename="../ocsia_plugin/processing/compareref.py" />
      <source>Verdicts</source>
      <translation>Verdicts</translation>
    </message>
    <message>
      <location filename="../ocsia_plugin/processing/compareref.py" />
      <source>The polygons of the reference (.gpkg) with shares and verdict.</source>
      <translation>Les polygones de la référence (.gpkg) avec parts et verdict.</translation>
    </message>
    <message>
      <location filename="../ocsia_plugin/processing/compareref.py" />
      <source>Smallest object (m²)</source>
      <translation>Plus petit objet (m²)</translation>
    </message>
    <message>
      <location filename="../ocsia_plugin/processing/compareref.py" />
      <source>Smaller objects are left out.</source>
      <translation>Les objets plus petits sont laissés de côté.</translation>
    </message>
    <message>
      <location filename="../ocsia_plugin/processing/compareref.py" />
      <source>Tolerance (m)</source>
      <translation>Tolérance (m)</translation>
    </message>
    <message>
      <location filename="../ocsia_plugin/processing/compareref.py" />
      <source>What lies this close to an object of its class in the reference belongs to it.</source>
      <translation>Ce qui est aussi près d'un objet de sa classe dans la référence lui appartient.</translation>
    </message>
    <message>
      <location filename="../ocsia_plugin/processing/compareref.py" />
      <source>Confirmed from (%)</source>
      <translation>Confirmé à partir de (%)</translation>
    </message>
    <message>
      <location filename="../ocsia_plugin/processing/compareref.py" />
      <source>Share of the expected class from which on a polygon is confirmed.</source>
      <translation>Part de la classe attendue à partir de laquelle un polygone est confirmé.</translation>
    </message>
    <message>
      <location filename="../ocsia_plugin/processing/compareref.py" />
      <source>Contradicted up to (%)</source>
      <translation>Contredit jusqu'à (%)</translation>
    </message>
    <message>
      <location filename="../ocsia_plugin/processing/compareref.py" />
      <source>Share of the expected class up to which a polygon is contradicted.</source>
      <translation>Part de la classe attendue jusqu'à laquelle un polygone est contredit.</translation>
    </message>
  </context>
  <context>
    <name>ComposeOrthoAlgorithm</name>
    <message>
      <location filename="../ocsia_plugin/processing/composeortho.py" />
      <source>Compose an ortho-image</source>
      <translation>Composer une ortho-image</translation>
    </message>
    <message>
      <location filename="../ocsia_plugin/processing/composeortho.py" />
      <source>Puts RVB, IRC and elevation together into one raster: R, V, B, I, E on one grid.</source>
      <translation>Réunit RVB, IRC et altimétrie en un seul raster : R, V, B, I, E sur une même grille.</translation>
    </message>
    <message>
      <location filename="../ocsia_plugin/processing/composeortho.py" />
      <source>ortho,RVBIE,IRC,near infrared,MNS,MNT,MNH,BD ORTHO,dalles,mosaic,COG</source>
      <translation>ortho,RVBIE,IRC,proche infrarouge,MNS,MNT,MNH,BD ORTHO,dalles,mosaïque,COG</translation>
    </message>
    <message>
      <location filename="../ocsia_plugin/processing/composeortho.py" />
      <source>&lt;p&gt;Writes the image that a model sees: red, green, blue, near infrared (from the IRC ortho-image) and height above ground (from elevation), as far as they are given, one byte each, on one grid. Sources may differ in CRS, resolution, origin and extent: finer pixels are averaged, coarser ones interpolated.&lt;/p&gt;&lt;p&gt;'Predict land cover' does the same by itself and needs no such file; make one to look at it, or to use it several times.&lt;/p&gt;&lt;p&gt;&lt;b&gt;Limits.&lt;/b&gt; A pixel has data where all the sources have. Heights above 51 m are 51 m. What stands in the surface model but not in the image (trees felled, houses built between the two dates) is taken as it is.&lt;/p&gt;</source>
      <translation>&lt;p&gt;Écrit l'image que voit un modèle : rouge, vert, bleu, proche infrarouge (de l'ortho-image IRC) et hauteur au-dessus du sol (de l'altimétrie), selon ce qui est donné, un octet chacun, sur une même grille. Les sources peuvent différer par le SCR, la résolution, l'origine et l'emprise : les pixels plus fins sont moyennés, les plus grossiers interpolés.&lt;/p&gt;&lt;p&gt;« Prédire l'occupation du sol » fait de même tout seul et n'a pas besoin d'un tel fichier ; faites-en un pour le regarder, ou pour vous en servir plusieurs fois.&lt;/p&gt;&lt;p&gt;&lt;b&gt;Limites.&lt;/b&gt; Un pixel a des données là où toutes les sources en ont. Une hauteur de plus de 51 m vaut 51 m. Ce qui est dans le modèle de surface et non dans l'image (arbres abattus, maisons construites entre les deux dates) est pris tel quel.&lt;/p&gt;</translation>
    </message>
    <message>
      <location filename="../ocsia_plugin/processing/composeortho.py" />
      <source>Pixel size of the result in metres. Leave it empty (or 0) for that of the ortho-image.</source>
      <translation>Taille des pixels du résultat en mètres. Laissez vide (ou 0) pour celle de l'ortho-image.</translation>
    </message>
    <message>
      <location filename="../ocsia_plugin/processing/composeortho.py" />
      <source>Composed ortho-image</source>
      <translation>Ortho-image composée</translation>
    </message>
    <message>
      <location filename="../ocsia_plugin/processing/composeortho.py" />
      <source>Cloud Optimized GeoTIFF, one byte per band, with band names and a style.</source>
      <translation>GeoTIFF optimisé pour le nuage (COG), un octet par bande, avec le nom des bandes et un style.</translation>
    </message>
  </context>
  <context>
    <name>DallesAlgorithm</name>
    <message>
      <location filename="../ocsia_plugin/processing/dalles.py" />
      <source>Predict by dalles</source>
      <translation>Prédire par dalles</translation>
    </message>
    <message>
      <location filename="../ocsia_plugin/processing/dalles.py" />
      <source>Runs a model over a whole territory, in files of 10 km as IGN distributes them.</source>
      <translation>Applique un modèle à tout un territoire, en fichiers de 10 km comme l'IGN les distribue.</translation>
    </message>
    <message>
      <location filename="../ocsia_plugin/processing/dalles.py" />
      <source>land cover,deep learning,tiles,dalles,department,CoSIA,mosaic,resume</source>
      <translation>occupation du sol,apprentissage profond,tuiles,dalles,département,CoSIA,mosaïque,reprise</translation>
    </message>
    <message>
      <location filename="../ocsia_plugin/processing/dalles.py" />
      <source>&lt;p&gt;Runs a land-cover model over a territory and writes its results in squares of whole kilometres (dalles) of Lambert-93 or of the CRS asked for, named as CoSIA's are. Each dalle is computed with the pixels of its neighbours around it, so that no seam shows. A virtual raster over all dalles (classes.vrt) shows them as one layer.&lt;/p&gt;&lt;p&gt;&lt;b&gt;Stop and go on.&lt;/b&gt; Cancelled, or killed by a power cut, the same run started again with the same folder goes on where it was: at most a strip of a dalle is computed twice, and the files are the same to the byte.&lt;/p&gt;&lt;p&gt;&lt;b&gt;Limits.&lt;/b&gt; A dalle of 10 km at 20 cm has 2.5 billion pixels: without a GPU it takes hours, and its probabilities take tens of gigabytes. Try a small extent first.&lt;/p&gt;</source>
      <translation>&lt;p&gt;Applique un modèle d'occupation du sol à un territoire et écrit ses résultats en carrés de kilomètres entiers (dalles) de Lambert-93 ou du SCR demandé, nommés comme ceux de CoSIA. Chaque dalle est calculée avec les pixels de ses voisines autour d'elle, de sorte qu'aucune couture n'apparaît. Un raster virtuel sur toutes les dalles (classes.vrt) les montre comme une seule couche.&lt;/p&gt;&lt;p&gt;&lt;b&gt;Arrêter et reprendre.&lt;/b&gt; Annulée, ou tuée par une coupure de courant, la même exécution relancée avec le même dossier reprend où elle en était : au plus une bande d'une dalle est calculée deux fois, et les fichiers sont les mêmes à l'octet près.&lt;/p&gt;&lt;p&gt;&lt;b&gt;Limites.&lt;/b&gt; Une dalle de 10 km à 20 cm compte 2,5 milliards de pixels : sans carte graphique elle prend des heures, et ses probabilités des dizaines de gigaoctets. Essayez d'abord une petite emprise.&lt;/p&gt;</translation>
    </message>
    <message>
      <location filename="../ocsia_plugin/processing/dalles.py" />
      <source>Side of the dalles (km)</source>
      <translation>Côté des dalles (km)</translation>
    </message>
    <message>
      <location filename="../ocsia_plugin/processing/dalles.py" />
      <source>Dalles begin on multiples of it. IGN's predictions and CoSIA come in dalles of 10 km.</source>
      <translation>Les dalles commencent à des multiples de ce côté. Les prédictions de l'IGN et CoSIA viennent en dalles de 10 km.</translation>
    </message>
    <message>
      <location filename="../ocsia_plugin/processing/dalles.py" />
      <source>Department</source>
      <translation>Département</translation>
    </message>
    <message>
      <location filename="../ocsia_plugin/processing/dalles.py" />
      <source>For the names of the files, such as 32 or 2A.</source>
      <translation>Pour les noms des fichiers, par exemple 32 ou 2A.</translation>
    </message>
    <message>
      <location filename="../ocsia_plugin/processing/dalles.py" />
      <source>Year</source>
      <translation>Année</translation>
    </message>
    <message>
      <location filename="../ocsia_plugin/processing/dalles.py" />
      <source>Year of the images, for the names of the files.</source>
      <translation>Année des images, pour les noms des fichiers.</translation>
    </message>
    <message>
      <location filename="../ocsia_plugin/processing/dalles.py" />
      <source>Names of the files</source>
      <translation>Noms des fichiers</translation>
    </message>
    <message>
      <location filename="../ocsia_plugin/processing/dalles.py" />
      <source>Template from the fields {department}, {year}, {x} and {y} (km of the north-west corner) and {product} (proba, argmax, confiance or vecto).</source>
      <translation>Modèle à partir des champs {department}, {year}, {x} et {y} (km du coin nord-ouest) et {product} (proba, argmax, confiance ou vecto).</translation>
    </message>
    <message>
      <location filename="../ocsia_plugin/processing/dalles.py" />
      <source>Processes</source>
      <translation>Processus</translation>
    </message>
    <message>
      <location filename="../ocsia_plugin/processing/dalles.py" />
      <source>How many processes of this machine share the dalles; 0: one after the other, which is best on a machine whose cores one model already uses. Needs Dask distributed in the engine.</source>
      <translation>Combien de processus de cette machine se partagent les dalles ; 0 : l'une après l'autre, ce qui est le mieux sur une machine dont un seul modèle occupe déjà les cœurs. Demande Dask distributed dans le moteur.</translation>
    </message>
    <message>
      <location filename="../ocsia_plugin/processing/dalles.py" />
      <source>Dask scheduler</source>
      <translation>Ordonnanceur Dask</translation>
    </message>
    <message>
      <location filename="../ocsia_plugin/processing/dalles.py" />
      <source>Address of a Dask scheduler, such as tcp://host:8786, whose workers on several machines share the dalles; they must see the image and the folder under the same paths.</source>
      <translation>Adresse d'un ordonnanceur Dask, comme tcp://hote:8786, dont les processus sur plusieurs machines se partagent les dalles ; ils doivent voir l'image et le dossier sous les mêmes chemins.</translation>
    </message>
    <message>
      <location filename="../ocsia_plugin/processing/dalles.py" />
      <source>Folder of the dalles</source>
      <translation>Dossier des dalles</translation>
    </message>
    <message>
      <location filename="../ocsia_plugin/processing/dalles.py" />
      <source>One folder per job. What it holds of the same job already is kept.</source>
      <translation>Un dossier par travail. Ce qu'il contient déjà du même travail est gardé.</translation>
    </message>
    <message>
      <location filename="../ocsia_plugin/processing/dalles.py" />
      <source>Probabilities</source>
      <translation>Probabilités</translation>
    </message>
    <message>
      <location filename="../ocsia_plugin/processing/dalles.py" />
      <source>One band of bytes per class (proba): many times larger than the classes.</source>
      <translation>Une bande d'octets par classe (proba) : bien plus volumineux que les classes.</translation>
    </message>
    <message>
      <location filename="../ocsia_plugin/processing/dalles.py" />
      <source>Classes</source>
      <translation>Classes</translation>
    </message>
    <message>
      <location filename="../ocsia_plugin/processing/dalles.py" />
      <source>The most probable class of each pixel (argmax).</source>
      <translation>La classe la plus probable de chaque pixel (argmax).</translation>
    </message>
    <message>
      <location filename="../ocsia_plugin/processing/dalles.py" />
      <source>Confidence</source>
      <translation>Confiance</translation>
    </message>
    <message>
      <location filename="../ocsia_plugin/processing/dalles.py" />
      <source>255 times the probability of the most probable class (confiance).</source>
      <translation>255 fois la probabilité de la classe la plus probable (confiance).</translation>
    </message>
    <message>
      <location filename="../ocsia_plugin/processing/dalles.py" />
      <source>Polygons</source>
      <translation>Polygones</translation>
    </message>
    <message>
      <location filename="../ocsia_plugin/processing/dalles.py" />
      <source>The classes as polygons (vecto), in GeoPackages.</source>
      <translation>Les classes en polygones (vecto), dans des GeoPackages.</translation>
    </message>
  </context>
  <context>
    <name>Engine</name>
    <message>
      <location filename="../ocsia_plugin/engine/messages/architectures.py" />
      <source>The model {path} is one of FLAIR-HUB and wants {found} band(s); which ones, the file does not say. Give it the name that IGN gave it, with _RGB_ (red, green, blue) or _IR_ (near infrared, red, green), or give a card.</source>
      <translation>Le modèle {path} est de FLAIR-HUB et demande {found} bande(s) ; le fichier ne dit pas lesquelles. Donnez-lui le nom que l'IGN lui a donné, avec _RGB_ (rouge, vert, bleu) ou _IR_ (proche infrarouge, rouge, vert), ou donnez une fiche.</translation>
    </message>
    <message>
      <location filename="../ocsia_plugin/engine/messages/architectures.py" />
      <source>it is a model of FLAIR-HUB that sees other images than the aerial one ({names}); LC-A's do not</source>
      <translation>c'est un modèle de FLAIR-HUB qui voit d'autres images que l'image aérienne ({names}), à la différence de ceux nommés LC-A</translation>
    </message>
    <message>
      <location filename="../ocsia_plugin/engine/messages/architectures.py" />
      <source>it is a model of FLAIR-HUB that does not tell the land cover (AERIAL_LABEL-COSIA) but: {names}</source>
      <translation>c'est un modèle de FLAIR-HUB qui ne dit pas l'occupation du sol (AERIAL_LABEL-COSIA) mais : {names}</translation>
    </message>
    <message>
      <location filename="../ocsia_plugin/engine/messages/architectures.py" />
      <source>The architecture {architecture} is made with PyTorch and segmentation-models-pytorch, which do not load in the engine's Python ({reason}). Install them there once with these three commands, then import again; torch and torchvision have to come from the same place:
"{python}" -m ensurepip
"{python}" -m pip install torch torchvision --index-url https://download.pytorch.org/whl/cpu
"{python}" -m pip install onnx segmentation-models-pytorch==0.4.0</source>
      <translation>L'architecture {architecture} se construit avec PyTorch et segmentation-models-pytorch, qui ne se chargent pas dans le Python du moteur ({reason}). Installez-les-y une fois par ces trois commandes, puis importez de nouveau ; torch et torchvision doivent venir du même endroit :
"{python}" -m ensurepip
"{python}" -m pip install torch torchvision --index-url https://download.pytorch.org/whl/cpu
"{python}" -m pip install onnx segmentation-models-pytorch==0.4.0</translation>
    </message>
    <message>
      <location filename="../ocsia_plugin/engine/messages/architectures.py" />
      <source>The weights cannot be imported as {architecture}: {reason}. Write the decoder and the encoder as segmentation-models-pytorch names them, such as unet/resnet50 or fpn/tu-convnext_tiny.</source>
      <translation>Les poids ne peuvent pas être importés comme {architecture} : {reason}. Écrivez le décodeur et l'encodeur comme les nomme segmentation-models-pytorch, par exemple unet/resnet50 ou fpn/tu-convnext_tiny.</translation>
    </message>
    <message>
      <location filename="../ocsia_plugin/engine/messages/dalles.py" />
      <source>Dalles of {value} km are not foreseen. Choose a side (GRID) of {known} km.</source>
      <translation>Des dalles de {value} km ne sont pas prévues. Choisissez un côté (GRID) parmi {known} km.</translation>
    </message>
    <message>
      <location filename="../ocsia_plugin/engine/messages/dalles.py" />
      <source>The template '{text}' makes no file names. Use letters, digits, - _ and ., and the fields department, year, x, y and product between braces; x, y and product are needed.</source>
      <translation>Le modèle « {text} » ne donne pas de noms de fichiers. Employez des lettres, des chiffres, - _ et ., et les champs department, year, x, y et product entre accolades ; x, y et product sont nécessaires.</translation>
    </message>
    <message>
      <location filename="../ocsia_plugin/engine/messages/dalles.py" />
      <source>Pixels of {gsd} m do not fill a kilometre exactly, so that dalles would not meet. Choose a resolution that does, such as 0.2, 0.25 or 0.5 m.</source>
      <translation>Des pixels de {gsd} m ne remplissent pas exactement un kilomètre : les dalles ne se toucheraient pas. Choisissez une résolution qui convient, comme 0,2, 0,25 ou 0,5 m.</translation>
    </message>
    <message>
      <location filename="../ocsia_plugin/engine/messages/dalles.py" />
      <source>The folder {folder} holds the dalles of another job (different: {what}). Choose another folder, or give the same parameters to go on with that job.</source>
      <translation>Le dossier {folder} contient les dalles d'un autre travail (différent : {what}). Choisissez un autre dossier, ou donnez les mêmes paramètres pour poursuivre ce travail.</translation>
    </message>
    <message>
      <location filename="../ocsia_plugin/engine/messages/dalles.py" />
      <source>Another run is at work in {folder}. Wait until it has ended, or cancel it.</source>
      <translation>Une autre exécution travaille dans {folder}. Attendez qu'elle soit finie, ou annulez-la.</translation>
    </message>
    <message>
      <location filename="../ocsia_plugin/engine/messages/dalles.py" />
      <source>Several processes need Dask distributed, which this engine does not have. Install its extra 'scale' (pip install ocsia[scale]), or leave LOCAL and SCHEDULER as they are by default.</source>
      <translation>Plusieurs processus demandent Dask distributed, que ce moteur n'a pas. Installez son option « scale » (pip install ocsia[scale]), ou laissez LOCAL et SCHEDULER à leur valeur par défaut.</translation>
    </message>
    <message>
      <location filename="../ocsia_plugin/engine/messages/dalles.py" />
      <source>The Dask scheduler at {address} cannot be reached ({reason}). Start it (dask scheduler), check its address, then run again: what is done is not done twice.</source>
      <translation>L'ordonnanceur Dask à {address} ne peut pas être joint ({reason}). Démarrez-le (dask scheduler), vérifiez son adresse, puis relancez : ce qui est fait ne sera pas refait.</translation>
    </message>
    <message>
      <location filename="../ocsia_plugin/engine/messages/dalles.py" />
      <source>The images of '{layer}' are fetched by QGIS on this machine, where the workers of a Dask scheduler do not see them. Leave SCHEDULER empty (LOCAL shares the work on this machine), or use image files that all of them see.</source>
      <translation>Les images de « {layer} » sont téléchargées par QGIS sur cette machine, où les processus d'un ordonnanceur Dask ne les voient pas. Laissez SCHEDULER vide (LOCAL répartit le travail sur cette machine), ou utilisez des fichiers d'images que tous voient.</translation>
    </message>
    <message>
      <location filename="../ocsia_plugin/engine/messages/dalles.py" />
      <source>products are some of: {known}</source>
      <translation>les produits sont à choisir parmi : {known}</translation>
    </message>
    <message>
      <location filename="../ocsia_plugin/engine/messages/dalles.py" />
      <source>{count} dalle(s) of {side} km, {done} of them there already, in {folder}</source>
      <translation>{count} dalle(s) de {side} km, dont {done} déjà là, dans {folder}</translation>
    </message>
    <message>
      <location filename="../ocsia_plugin/engine/messages/dalles.py" />
      <source>Dalle {name}: done ({done} of {count}).</source>
      <translation>Dalle {name} : faite ({done} sur {count}).</translation>
    </message>
    <message>
      <location filename="../ocsia_plugin/engine/messages/dalles.py" />
      <source>Dalle {name}: no data, no file ({done} of {count}).</source>
      <translation>Dalle {name} : aucune donnée, aucun fichier ({done} sur {count}).</translation>
    </message>
    <message>
      <location filename="../ocsia_plugin/engine/messages/forecast.py" />
      <source>About {time} on the {device}, up to {disk} of disk.</source>
      <translation>Environ {time} sur {device}, jusqu'à {disk} de disque.</translation>
    </message>
    <message>
      <location filename="../ocsia_plugin/engine/messages/forecast.py" />
      <source>About {time} on the {device}, {memory} of memory, up to {disk} of disk.</source>
      <translation>Environ {time} sur {device}, {memory} de mémoire, jusqu'à {disk} de disque.</translation>
    </message>
    <message>
      <location filename="../ocsia_plugin/engine/messages/forecast.py" />
      <source>Up to {disk} of disk. A preview will tell the time: this model has not been run on this machine.</source>
      <translation>Jusqu'à {disk} de disque. Durée inconnue : ce modèle n'a pas encore tourné sur cette machine, un aperçu la mesure.</translation>
    </message>
    <message>
      <location filename="../ocsia_plugin/engine/messages/forecast.py" />
      <source>{needs} That is for the prediction; the other steps come on top.</source>
      <translation>{needs} C'est pour la prédiction ; les autres étapes s'y ajoutent.</translation>
    </message>
    <message>
      <location filename="../ocsia_plugin/engine/messages/forecast.py" />
      <source>Choose an ortho-image: the time that it takes is shown here.</source>
      <translation>Choisissez une ortho-image : la durée du calcul s'affiche ici.</translation>
    </message>
    <message>
      <location filename="../ocsia_plugin/engine/messages/forecast.py" />
      <source>With a mask or an extent, the time and the room on the disk are shown here.</source>
      <translation>Avec un masque ou une emprise, la durée et la place sur le disque s'affichent ici.</translation>
    </message>
    <message>
      <location filename="../ocsia_plugin/engine/messages/forecast.py" />
      <source>There already, and to be replaced: {names}.</source>
      <translation>Existe déjà et sera remplacé : {names}.</translation>
    </message>
    <message>
      <location filename="../ocsia_plugin/engine/messages/forecast.py" />
      <source>processor</source>
      <translation>le processeur</translation>
    </message>
    <message>
      <location filename="../ocsia_plugin/engine/messages/forecast.py" />
      <source>graphics card</source>
      <translation>la carte graphique</translation>
    </message>
    <message>
      <location filename="../ocsia_plugin/engine/messages/forecast.py" />
      <source>{size} MB</source>
      <translation>{size} Mo</translation>
    </message>
    <message>
      <location filename="../ocsia_plugin/engine/messages/forecast.py" />
      <source>{size} GB</source>
      <translation>{size} Go</translation>
    </message>
    <message>
      <location filename="../ocsia_plugin/engine/messages/forecast.py" />
      <source>{path} exists; it will be replaced when this run has ended well.</source>
      <translation>{path} existe déjà : il sera remplacé quand ce calcul aura abouti.</translation>
    </message>
    <message>
      <location filename="../ocsia_plugin/engine/messages/inputs.py" />
      <source>The raster {path} does not exist. Check the path, or choose another layer.</source>
      <translation>Le raster {path} n'existe pas. Vérifiez le chemin ou choisissez une autre couche.</translation>
    </message>
    <message>
      <location filename="../ocsia_plugin/engine/messages/inputs.py" />
      <source>{path} cannot be read as a raster ({reason}). Choose a GeoTIFF, JPEG 2000, VRT or another raster format.</source>
      <translation>{path} n'est pas lisible comme raster ({reason}). Choisissez un GeoTIFF, un JPEG 2000, un VRT ou un autre format raster.</translation>
    </message>
    <message>
      <location filename="../ocsia_plugin/engine/messages/inputs.py" />
      <source>{path} has no coordinate reference system: one chosen for its layer in QGIS is not in the file. Assign one to the file (Raster &gt; Projections &gt; Assign projection), then run again.</source>
      <translation>{path} n'a pas de système de coordonnées : celui qu'on a choisi pour sa couche dans QGIS n'est pas dans le fichier. Attribuez-en un au fichier (Raster &gt; Projections &gt; Assigner une projection), puis relancez.</translation>
    </message>
    <message>
      <location filename="../ocsia_plugin/engine/messages/inputs.py" />
      <source>{path} is in degrees ({crs}). Reproject it to a CRS in metres (Raster &gt; Projections &gt; Warp), for example EPSG:2154 in metropolitan France.</source>
      <translation>{path} est en degrés ({crs}). Reprojetez-le dans un système de coordonnées en mètres (Raster &gt; Projections &gt; Projection (warp)), par exemple EPSG:2154 en France métropolitaine.</translation>
    </message>
    <message>
      <location filename="../ocsia_plugin/engine/messages/inputs.py" />
      <source>{path} is in Web Mercator ({crs}), whose surfaces are wrong by a factor of about two in France. Reproject it to a CRS in metres, for example EPSG:2154 in metropolitan France.</source>
      <translation>{path} est en Web Mercator ({crs}), où les surfaces sont fausses d'un facteur deux environ en France. Reprojetez-le dans un système de coordonnées en mètres, par exemple EPSG:2154 en France métropolitaine.</translation>
    </message>
    <message>
      <location filename="../ocsia_plugin/engine/messages/inputs.py" />
      <source>{path} is in {crs}, whose unit is not the metre. Reproject it to a projected CRS in metres.</source>
      <translation>{path} est en {crs}, dont l'unité n'est pas le mètre. Reprojetez-le dans un système de coordonnées projeté en mètres.</translation>
    </message>
    <message>
      <location filename="../ocsia_plugin/engine/messages/inputs.py" />
      <source>{path} is rotated or sheared with respect to its CRS. Straighten it first (Raster &gt; Projections &gt; Warp), then run again.</source>
      <translation>{path} est tourné ou cisaillé par rapport à son système de coordonnées. Redressez-le d'abord (Raster &gt; Projections &gt; Projection (warp)), puis relancez.</translation>
    </message>
    <message>
      <location filename="../ocsia_plugin/engine/messages/inputs.py" />
      <source>{path} has {found} image band(s) ({roles}) but the model {model} wants {wanted} ({bands}). {advice}</source>
      <translation>{path} a {found} bande(s) d'image ({roles}), mais le modèle {model} en demande {wanted} ({bands}). {advice}</translation>
    </message>
    <message>
      <location filename="../ocsia_plugin/engine/messages/inputs.py" />
      <source>{path} holds {dtype} values whose range is not known; the model wants bytes (0 to 255). Say in the advanced parameter 'Scale of the values' (SCALE) how they become bytes: metadata, percentiles, or their range such as 0,4095.</source>
      <translation>{path} contient des valeurs {dtype} dont l'étendue n'est pas connue ; le modèle veut des octets (0 à 255). Dites dans le paramètre avancé « Échelle des valeurs » (SCALE) comment elles deviennent des octets : metadata, percentiles, ou leur étendue comme 0,4095.</translation>
    </message>
    <message>
      <location filename="../ocsia_plugin/engine/messages/inputs.py" />
      <source>The pixels of {path} measure {gsd} m. The models work on images of 0.2 to 0.5 m and nothing outside 0.1 to 1 m makes sense. Choose a suitable ortho-image.</source>
      <translation>Les pixels de {path} mesurent {gsd} m. Les modèles sont faits pour des images de 0,2 à 0,5 m et rien n'a de sens hors de 0,1 à 1 m. Choisissez une ortho-image adaptée.</translation>
    </message>
    <message>
      <location filename="../ocsia_plugin/engine/messages/inputs.py" />
      <source>{path} holds no valid pixel in the area asked for.</source>
      <translation>{path} ne contient aucun pixel valide dans la zone demandée.</translation>
    </message>
    <message>
      <location filename="../ocsia_plugin/engine/messages/inputs.py" />
      <source>{path} does not look like class probabilities ({reason}). Choose the probabilities that 'Predict land cover' writes: one band of bytes per class.</source>
      <translation>{path} ne ressemble pas à des probabilités de classes ({reason}). Choisissez les probabilités qu'écrit « Prédire l'occupation du sol » : une bande d'octets par classe.</translation>
    </message>
    <message>
      <location filename="../ocsia_plugin/engine/messages/inputs.py" />
      <source>{path} does not look like a class raster ({reason}). Choose the classes that 'Predict land cover' or 'Most probable class' write: one band of bytes.</source>
      <translation>{path} ne ressemble pas à un raster de classes ({reason}). Choisissez les classes qu'écrivent « Prédire l'occupation du sol » ou « Classe la plus probable » : une seule bande d'octets.</translation>
    </message>
    <message>
      <location filename="../ocsia_plugin/engine/messages/inputs.py" />
      <source>{path} does not say which nomenclature its classes belong to. Name it in the advanced parameters ('Nomenclature of the raster', NOMENCLATURE): {known}.</source>
      <translation>{path} ne dit pas de quelle nomenclature sont ses classes. Indiquez-la dans les paramètres avancés (« Nomenclature du raster », NOMENCLATURE) : {known}.</translation>
    </message>
    <message>
      <location filename="../ocsia_plugin/engine/messages/inputs.py" />
      <source>There is no nomenclature '{id}'. Choose one of: {known}.</source>
      <translation>La nomenclature « {id} » n'existe pas. Choisissez parmi : {known}.</translation>
    </message>
    <message>
      <location filename="../ocsia_plugin/engine/messages/inputs.py" />
      <source>{path} itself says that its classes are those of {nomenclature}, counted from 1. Leave the advanced parameters 'Nomenclature of the raster' and 'First class' as they are by default.</source>
      <translation>{path} dit lui-même que ses classes sont celles de {nomenclature}, comptées à partir de 1. Laissez les paramètres avancés « Nomenclature du raster » et « Première classe » à leurs valeurs par défaut.</translation>
    </message>
    <message>
      <location filename="../ocsia_plugin/engine/messages/inputs.py" />
      <source>Nothing in {path} says whether its classes are counted from 0 or from 1: its values ({values}) fit {nomenclature} both ways. Set the advanced parameter 'First class' (BASE) to 0 if the value 0 is the class '{first}', or to 1 if the value 1 is.</source>
      <translation>Rien dans {path} ne dit si ses classes sont comptées à partir de 0 ou de 1 : ses valeurs ({values}) conviennent à {nomenclature} dans les deux cas. Réglez le paramètre avancé « Première classe » (BASE) sur 0 si la valeur 0 est la classe « {first} », ou sur 1 si c'est la valeur 1.</translation>
    </message>
    <message>
      <location filename="../ocsia_plugin/engine/messages/inputs.py" />
      <source>{path} holds values ({values}) that do not fit {nomenclature}, counted neither from 0 nor from 1. Name the right 'Nomenclature of the raster' (NOMENCLATURE: {known}), or set 'First class' (BASE) to keep the values that do not fit.</source>
      <translation>{path} contient des valeurs ({values}) qui ne conviennent pas à {nomenclature}, comptées ni à partir de 0 ni à partir de 1. Indiquez la bonne « Nomenclature du raster » (NOMENCLATURE : {known}), ou réglez « Première classe » (BASE) pour garder les valeurs qui ne conviennent pas.</translation>
    </message>
    <message>
      <location filename="../ocsia_plugin/engine/messages/inputs.py" />
      <source>No rule is known that turns {source} into {target}. Choose one of: {known}.</source>
      <translation>Aucune règle connue ne fait de {source} {target}. Choisissez parmi : {known}.</translation>
    </message>
    <message>
      <location filename="../ocsia_plugin/engine/messages/inputs.py" />
      <source>{source} cannot be delivered as {target}: the class '{name}' would have to be split ({into}), and nothing says which pixel is which. Leave the 'Nomenclature of the results' (NOMENCLATURE) empty, or choose another.</source>
      <translation>{source} ne peut pas être livré en {target} : il faudrait partager la classe « {name} » ({into}), et rien ne dit quel pixel est quoi. Laissez la « Nomenclature des résultats » (NOMENCLATURE) vide, ou choisissez-en une autre.</translation>
    </message>
    <message>
      <location filename="../ocsia_plugin/engine/messages/inputs.py" />
      <source>{source} cannot be delivered as {target}, which has nothing for the class '{name}'. Leave the 'Nomenclature of the results' (NOMENCLATURE) empty, or choose another.</source>
      <translation>{source} ne peut pas être livré en {target}, qui n'a rien pour la classe « {name} ». Laissez la « Nomenclature des résultats » (NOMENCLATURE) vide, ou choisissez-en une autre.</translation>
    </message>
    <message>
      <location filename="../ocsia_plugin/engine/messages/inputs.py" />
      <source>The extent asked for does not touch {path}. Choose an extent over the raster.</source>
      <translation>L'emprise demandée ne touche pas {path}. Choisissez une emprise sur le raster.</translation>
    </message>
    <message>
      <location filename="../ocsia_plugin/engine/messages/inputs.py" />
      <source>The mask has no polygon. Choose a polygon layer, or clear its selection and filter.</source>
      <translation>La couche de masque n'a aucun polygone. Choisissez une couche de polygones, ou annulez sa sélection et son filtre.</translation>
    </message>
    <message>
      <location filename="../ocsia_plugin/engine/messages/inputs.py" />
      <source>The mask does not touch {path}. Choose a mask over the raster.</source>
      <translation>La couche de masque ne touche pas {path}. Choisissez un masque sur le raster.</translation>
    </message>
    <message>
      <location filename="../ocsia_plugin/engine/messages/inputs.py" />
      <source>The layer of zones has no polygon. Choose a polygon layer, or clear its selection and filter.</source>
      <translation>La couche de zones n'a aucun polygone. Choisissez une couche de polygones, ou annulez sa sélection et son filtre.</translation>
    </message>
    <message>
      <location filename="../ocsia_plugin/engine/messages/inputs.py" />
      <source>None of the zones touches {path}. Choose zones over the raster.</source>
      <translation>Aucune des zones ne touche {path}. Choisissez des zones sur le raster.</translation>
    </message>
    <message>
      <location filename="../ocsia_plugin/engine/messages/inputs.py" />
      <source>{count} geometries of the layer '{layer}' are invalid (first: feature {fid}, {reason}). Repair them first (Vector geometry &gt; Fix geometries).</source>
      <translation>{count} géométrie(s) de la couche « {layer} » ne sont pas valides (la première : entité {fid}, {reason}). Réparez-les d'abord (Géométrie vectorielle &gt; Réparer les géométries).</translation>
    </message>
    <message>
      <location filename="../ocsia_plugin/engine/messages/inputs.py" />
      <source>{path} cannot be read as a vector layer ({reason}).</source>
      <translation>{path} n'est pas lisible comme couche vectorielle ({reason}).</translation>
    </message>
    <message>
      <location filename="../ocsia_plugin/engine/messages/layout.py" />
      <source>No layer is selected. Select in the layer tree the zones that 'Surfaces by zone' wrote, then ask for the layout again.</source>
      <translation>Aucune couche n'est sélectionnée. Sélectionnez dans l'arbre des couches les zones qu'a écrites « Surfaces par zone », puis redemandez la mise en page.</translation>
    </message>
    <message>
      <location filename="../ocsia_plugin/engine/messages/layout.py" />
      <source>The layer '{layer}' holds no surfaces by zone. Select the layer of zones that 'Surfaces by zone' wrote (its fields end in _m2, _low, _high and _level), or run that algorithm first.</source>
      <translation>La couche « {layer} » ne contient pas de surfaces par zone. Sélectionnez la couche de zones qu'a écrite « Surfaces par zone » (ses champs finissent en _m2, _low, _high et _level), ou lancez d'abord ce traitement.</translation>
    </message>
    <message>
      <location filename="../ocsia_plugin/engine/messages/layout.py" />
      <source>The layer '{layer}' shows no zone, so that the layout would have no page. Clear its filter, or select another layer.</source>
      <translation>La couche « {layer} » ne montre aucune zone : la mise en page n'aurait aucune page. Effacez son filtre, ou sélectionnez une autre couche.</translation>
    </message>
    <message>
      <location filename="../ocsia_plugin/engine/messages/layout.py" />
      <source>{count} page(s) written to {path}</source>
      <translation>{count} page(s) écrite(s) dans {path}</translation>
    </message>
    <message>
      <location filename="../ocsia_plugin/engine/messages/layout.py" />
      <source>The layout could not be written to {path}: {reason}. Close the file where it is open, or choose another name.</source>
      <translation>La mise en page n'a pas pu être écrite dans {path} : {reason}. Fermez le fichier là où il est ouvert, ou choisissez un autre nom.</translation>
    </message>
    <message>
      <location filename="../ocsia_plugin/engine/messages/maps.py" />
      <source>{path} has {found} image band(s), which are neither red, green and blue nor a single grey one. Choose the ortho-image in true or false colours.</source>
      <translation>{path} a {found} bande(s) d'image, qui ne sont ni rouge, vert et bleu ni une seule bande grise. Choisissez l'ortho-image en couleurs vraies ou fausses.</translation>
    </message>
    <message>
      <location filename="../ocsia_plugin/engine/messages/maps.py" />
      <source>The image {path} does not touch the prediction. Choose the image of the same place.</source>
      <translation>L'image {path} ne touche pas la prédiction. Choisissez l'image du même endroit.</translation>
    </message>
    <message>
      <location filename="../ocsia_plugin/engine/messages/maps.py" />
      <source>An opacity of {value} % makes no picture: choose one above 0 and up to 100.</source>
      <translation>Une opacité de {value} % ne fait pas d'image : choisissez-la au-dessus de 0 et jusqu'à 100.</translation>
    </message>
    <message>
      <location filename="../ocsia_plugin/engine/messages/maps.py" />
      <source>The legend {path} cannot be written in this format. Choose a name that ends in .svg.</source>
      <translation>La légende {path} ne peut pas être écrite dans ce format. Choisissez un nom qui finit par .svg.</translation>
    </message>
    <message>
      <location filename="../ocsia_plugin/engine/messages/maps.py" />
      <source>{path} holds classes without their confidence, which the saturation was to show. Choose the probabilities, or name the confidence raster that 'Predict land cover' writes beside the classes.</source>
      <translation>{path} contient des classes sans leur confiance, que la saturation devait montrer. Choisissez les probabilités, ou nommez le raster de confiance que « Prédire l'occupation du sol » écrit à côté des classes.</translation>
    </message>
    <message>
      <location filename="../ocsia_plugin/engine/messages/maps.py" />
      <source>{path} is not a confidence raster: one band of bytes. Choose the confidence that 'Predict land cover' or 'Most probable class' writes.</source>
      <translation>{path} n'est pas un raster de confiance : une bande d'octets. Choisissez la confiance qu'écrit « Prédire l'occupation du sol » ou « Classe la plus probable ».</translation>
    </message>
    <message>
      <location filename="../ocsia_plugin/engine/messages/maps.py" />
      <source>The confidence {path} does not have the pixels of the classes. Choose the one that was written together with them.</source>
      <translation>La confiance {path} n'a pas les pixels des classes. Choisissez celle qui a été écrite avec elles.</translation>
    </message>
    <message>
      <location filename="../ocsia_plugin/engine/messages/maps.py" />
      <source>The classes before ({before}) and after ({after}) cannot be compared: neither nomenclature's classes can be added up into the other's. Make both rasters in one nomenclature ('Most probable class', NOMENCLATURE) first.</source>
      <translation>Les classes d'avant ({before}) et d'après ({after}) ne se comparent pas : les classes d'aucune des deux nomenclatures ne s'additionnent en celles de l'autre. Faites d'abord les deux rasters dans une même nomenclature (« Classe la plus probable », NOMENCLATURE).</translation>
    </message>
    <message>
      <location filename="../ocsia_plugin/engine/messages/maps.py" />
      <source>{path} and {other} do not overlap. Choose two vintages of the same place.</source>
      <translation>{path} et {other} ne se recouvrent pas. Choisissez deux millésimes du même endroit.</translation>
    </message>
    <message>
      <location filename="../ocsia_plugin/engine/messages/maps.py" />
      <source>No pixel of the zones has data in both {path} and {other}. Choose two vintages of the same place, or other zones.</source>
      <translation>Aucun pixel des zones n'a de donnée à la fois dans {path} et dans {other}. Choisissez deux millésimes du même endroit, ou d'autres zones.</translation>
    </message>
    <message>
      <location filename="../ocsia_plugin/engine/messages/maps.py" />
      <source>What the points say of the changes stands in the table of stocks and flows. Name a file for it.</source>
      <translation>Ce que les points disent des changements se trouve dans le tableau des stocks et des flux. Nommez un fichier pour lui.</translation>
    </message>
    <message>
      <location filename="../ocsia_plugin/engine/messages/maps.py" />
      <source>A level of confidence of {value} % makes no sense: choose one from 50 to under 100.</source>
      <translation>Un niveau de confiance de {value} % n'a pas de sens : choisissez-le de 50 à moins de 100.</translation>
    </message>
    <message>
      <location filename="../ocsia_plugin/engine/messages/maps.py" />
      <source>{path} does not have the pixels of {other}: it is read on them ({method}, {crs}). Expect more flicker along edges.</source>
      <translation>{path} n'a pas les pixels de {other} : il est lu sur eux ({method}, {crs}). Attendez-vous à plus de papillotement au bord des objets.</translation>
    </message>
    <message>
      <location filename="../ocsia_plugin/engine/messages/maps.py" />
      <source>{path} holds classes of {source}, read as {target} one by one. Give its probabilities where you have them: the most probable class of the sums is not always the sum of the most probable classes.</source>
      <translation>{path} contient des classes de {source}, lues une à une comme {target}. Donnez ses probabilités si vous les avez : la classe la plus probable des sommes n'est pas toujours la somme des classes les plus probables.</translation>
    </message>
    <message>
      <location filename="../ocsia_plugin/engine/messages/maps.py" />
      <source>There are {count} kinds of change; the polygons show the {most} that were met first. The tables and the raster have all of them. Groups of classes make them fewer.</source>
      <translation>Il y a {count} sortes de changements ; les polygones montrent les {most} premières rencontrées. Les tableaux et le raster les ont toutes. Des groupes de classes en réduisent le nombre.</translation>
    </message>
    <message>
      <location filename="../ocsia_plugin/engine/messages/maps.py" />
      <source>These changes come without a confidence interval: a model that errs otherwise at one date than at the other makes changes that are none.</source>
      <translation>Ces changements viennent sans intervalle de confiance : un modèle qui se trompe autrement à une date qu'à l'autre fait des changements qui n'en sont pas.</translation>
    </message>
    <message>
      <location filename="../ocsia_plugin/engine/messages/maps.py" />
      <source>Changed: {changed} m²; differing, but held for flicker: {flicker} m² (sums over the zones)</source>
      <translation>Changé : {changed} m² ; différent, mais tenu pour du papillotement : {flicker} m² (sommes sur les zones)</translation>
    </message>
    <message>
      <location filename="../ocsia_plugin/engine/messages/maps.py" />
      <source>The radii '{text}' cannot be read. Write them in metres, separated by commas: 25, 100, 300</source>
      <translation>Les rayons « {text} » ne peuvent pas être lus. Écrivez-les en mètres, séparés par des virgules : 25, 100, 300</translation>
    </message>
    <message>
      <location filename="../ocsia_plugin/engine/messages/maps.py" />
      <source>A radius of {radius} m is too many pixels of {gsd} m at once. Choose a resolution (RESOLUTION) of {finest} m or more, or a smaller radius.</source>
      <translation>Un rayon de {radius} m fait trop de pixels de {gsd} m à la fois. Choisissez une résolution (RESOLUTION) de {finest} m ou plus, ou un rayon plus petit.</translation>
    </message>
    <message>
      <location filename="../ocsia_plugin/engine/messages/maps.py" />
      <source>The reference has no polygon. Choose a polygon layer, or clear its selection and filter.</source>
      <translation>La référence n'a aucun polygone. Choisissez une couche de polygones, ou videz sa sélection et son filtre.</translation>
    </message>
    <message>
      <location filename="../ocsia_plugin/engine/messages/maps.py" />
      <source>No polygon of the reference holds a pixel with data of {path}. Choose a reference of the same place.</source>
      <translation>Aucun polygone de la référence ne contient un pixel avec donnée de {path}. Choisissez une référence du même endroit.</translation>
    </message>
    <message>
      <location filename="../ocsia_plugin/engine/messages/maps.py" />
      <source>The reference has no field '{field}'. Choose one of: {known}.</source>
      <translation>La référence n'a pas de champ « {field} ». Choisissez parmi : {known}.</translation>
    </message>
    <message>
      <location filename="../ocsia_plugin/engine/messages/maps.py" />
      <source>The mapping '{text}' cannot be read at '{part}'. Write a value of the field, =, and codes or names of classes: EAU=6; Bois=8+10+11 ({known})</source>
      <translation>La correspondance « {text} » ne peut pas être lue à « {part} ». Écrivez une valeur du champ, =, et des codes ou des noms de classes : EAU=6; Bois=8+10+11 ({known})</translation>
    </message>
    <message>
      <location filename="../ocsia_plugin/engine/messages/maps.py" />
      <source>No value of the field '{field}' ({values}) is a code or a name of the raster's classes ({known}). Say in the parameter 'Meaning of the values' (MAPPING) what they stand for: EAU=6; Bois=8+10+11</source>
      <translation>Aucune valeur du champ « {field} » ({values}) n'est un code ou un nom des classes du raster ({known}). Dites dans le paramètre « Signification des valeurs » (MAPPING) ce qu'elles désignent : EAU=6; Bois=8+10+11</translation>
    </message>
    <message>
      <location filename="../ocsia_plugin/engine/messages/maps.py" />
      <source>A class cannot be confirmed from {confirmed} % and contradicted up to {contradicted} %. Choose two percentages, the first of them the greater one.</source>
      <translation>Une classe ne peut pas être confirmée à partir de {confirmed} % et contredite jusqu'à {contradicted} %. Choisissez deux pourcentages, le premier plus grand que l'autre.</translation>
    </message>
    <message>
      <location filename="../ocsia_plugin/engine/messages/maps.py" />
      <source>These values of the field '{field}' are not understood, their polygons have no verdict: {values}. Say in the parameter 'Meaning of the values' (MAPPING) what they stand for ({known}), or nothing: ZU=</source>
      <translation>Ces valeurs du champ « {field} » ne sont pas comprises, leurs polygones n'ont pas de verdict : {values}. Dites dans le paramètre « Signification des valeurs » (MAPPING) ce qu'elles désignent ({known}), ou rien : ZU=</translation>
    </message>
    <message>
      <location filename="../ocsia_plugin/engine/messages/maps.py" />
      <source>{candidates} objects that the reference lacks; of its polygons {confirmed} confirmed, {doubtful} doubtful, {contradicted} contradicted</source>
      <translation>{candidates} objets qui manquent à la référence ; de ses polygones, {confirmed} confirmés, {doubtful} douteux, {contradicted} contredits</translation>
    </message>
    <message>
      <location filename="../ocsia_plugin/engine/messages/models.py" />
      <source>There is no model {model}. Known models: {known}. A path to an .onnx file works too.</source>
      <translation>Le modèle {model} n'existe pas. Modèles connus : {known}. Le chemin d'un fichier .onnx convient aussi.</translation>
    </message>
    <message>
      <location filename="../ocsia_plugin/engine/messages/models.py" />
      <source>{path} is not a usable ONNX model ({reason}). Choose an .onnx file, or download it again.</source>
      <translation>{path} n'est pas un modèle ONNX utilisable ({reason}). Choisissez un fichier .onnx, ou téléchargez-le à nouveau.</translation>
    </message>
    <message>
      <location filename="../ocsia_plugin/engine/messages/models.py" />
      <source>{path} has no card beside it (expected {card}). Import it once ('Import a model', or the command importmodel), then give the name that it gets.</source>
      <translation>{path} n'a pas de fiche à côté de lui ({card} attendu). Importez-le une fois (« Importer un modèle », ou la commande importmodel), puis donnez le nom qu'il reçoit.</translation>
    </message>
    <message>
      <location filename="../ocsia_plugin/engine/messages/models.py" />
      <source>The model card {path} is not valid: {reason}.</source>
      <translation>La fiche de modèle {path} n'est pas valide : {reason}.</translation>
    </message>
    <message>
      <location filename="../ocsia_plugin/engine/messages/models.py" />
      <source>The model {path} does not fit its card: {what} is {found} in the file and {wanted} in the card. Restore the card that came with the model.</source>
      <translation>Le modèle {path} ne correspond pas à sa fiche : {what} vaut {found} dans le fichier et {wanted} dans la fiche. Remettez la fiche fournie avec le modèle.</translation>
    </message>
    <message>
      <location filename="../ocsia_plugin/engine/messages/models.py" />
      <source>The file {path} is not the one that its card describes (sha256 differs). Download it again.</source>
      <translation>Le fichier {path} n'est pas celui que décrit sa fiche (sha256 différent). Téléchargez-le à nouveau.</translation>
    </message>
    <message>
      <location filename="../ocsia_plugin/engine/messages/models.py" />
      <source>The model {model} is known, but it is not installed. Download it in Settings &gt; Options &gt; OCS-IA (or with the command: models fetch {model}), then run again.</source>
      <translation>Le modèle {model} est connu, mais il n'est pas installé. Téléchargez-le dans Préférences &gt; Options &gt; OCS-IA (ou par la commande models fetch {model}), puis recommencez.</translation>
    </message>
    <message>
      <location filename="../ocsia_plugin/engine/messages/models.py" />
      <source>The model {model} comes with the plugin: it can be neither downloaded nor deleted.</source>
      <translation>Le modèle {model} est fourni avec l'extension : il n'y a rien à télécharger, et il ne peut pas être supprimé.</translation>
    </message>
    <message>
      <location filename="../ocsia_plugin/engine/messages/models.py" />
      <source>No address is published for the weights of {model}. Get the file from IGN, then import it.</source>
      <translation>Aucune adresse n'est publiée pour les poids de {model}. Procurez-vous le fichier auprès de l'IGN, puis importez-le.</translation>
    </message>
    <message>
      <location filename="../ocsia_plugin/engine/messages/models.py" />
      <source>Nothing of the model {model} is on this machine.</source>
      <translation>Rien du modèle {model} ne se trouve sur cette machine.</translation>
    </message>
    <message>
      <location filename="../ocsia_plugin/engine/messages/models.py" />
      <source>{path} cannot be deleted ({reason}). Close what uses it, then delete it again.</source>
      <translation>{path} ne peut pas être supprimé ({reason}). Fermez ce qui l'utilise, puis supprimez-le à nouveau.</translation>
    </message>
    <message>
      <location filename="../ocsia_plugin/engine/messages/models.py" />
      <source>{path} is not a confusion matrix of the model ({reason}). Remove it, or download the model again.</source>
      <translation>{path} n'est pas une matrice de confusion du modèle ({reason}). Supprimez ce fichier, ou téléchargez de nouveau le modèle.</translation>
    </message>
    <message>
      <location filename="../ocsia_plugin/engine/messages/models.py" />
      <source>The address {url} is not accepted: models are downloaded over https only.</source>
      <translation>L'adresse {url} n'est pas acceptée : les modèles ne se téléchargent qu'en https.</translation>
    </message>
    <message>
      <location filename="../ocsia_plugin/engine/messages/models.py" />
      <source>{url} cannot be downloaded: the server answers {status} ({reason}). Try again later, or get the file another way and import it.</source>
      <translation>{url} ne peut pas être téléchargé : le serveur répond {status} ({reason}). Réessayez plus tard, ou procurez-vous le fichier autrement et importez-le.</translation>
    </message>
    <message>
      <location filename="../ocsia_plugin/engine/messages/models.py" />
      <source>{host} cannot be reached ({reason}). Check the network and the proxy, then try again.</source>
      <translation>{host} ne peut pas être joint ({reason}). Vérifiez le réseau et le proxy, puis réessayez.</translation>
    </message>
    <message>
      <location filename="../ocsia_plugin/engine/messages/models.py" />
      <source>The download of {name} broke off after {received} MB ({reason}). Try again: what was received is kept and gone on with where the server allows it.</source>
      <translation>Le téléchargement de {name} s'est interrompu après {received} Mo ({reason}). Réessayez : ce qui a été reçu est gardé, et le téléchargement reprend là où il en était si le serveur le permet.</translation>
    </message>
    <message>
      <location filename="../ocsia_plugin/engine/messages/models.py" />
      <source>{name} has {found} bytes where {wanted} were expected: it is not the published file. Try again later.</source>
      <translation>{name} a {found} octets au lieu des {wanted} attendus : ce n'est pas le fichier publié. Réessayez plus tard.</translation>
    </message>
    <message>
      <location filename="../ocsia_plugin/engine/messages/models.py" />
      <source>{name} is being downloaded already. Wait until it is done.</source>
      <translation>{name} est déjà en cours de téléchargement. Attendez la fin.</translation>
    </message>
    <message>
      <location filename="../ocsia_plugin/engine/messages/models.py" />
      <source>{path} is not a file of a model. Choose one whose name ends in one of: {known}</source>
      <translation>{path} n'est pas un fichier de modèle. Choisissez-en un dont le nom se termine par l'un de ces suffixes : {known}</translation>
    </message>
    <message>
      <location filename="../ocsia_plugin/engine/messages/models.py" />
      <source>'{id}' cannot be the name of a model. Choose one with letters or digits.</source>
      <translation>« {id} » ne peut pas être le nom d'un modèle. Choisissez-en un qui ait des lettres ou des chiffres.</translation>
    </message>
    <message>
      <location filename="../ocsia_plugin/engine/messages/models.py" />
      <source>There is another model named {id} already ({path}). Give this one another name, or delete that folder.</source>
      <translation>Il y a déjà un autre modèle nommé {id} ({path}). Donnez un autre nom à celui-ci, ou supprimez ce dossier.</translation>
    </message>
    <message>
      <location filename="../ocsia_plugin/engine/messages/models.py" />
      <source>{id} is the name of a model that comes with the plugin. Give this one another name.</source>
      <translation>{id} est le nom d'un modèle fourni avec l'extension. Donnez un autre nom à celui-ci.</translation>
    </message>
    <message>
      <location filename="../ocsia_plugin/engine/messages/models.py" />
      <source>The model {path} wants {found} band(s); which ones, the file does not say, and only 3 (RVB), 4 (RVBI) and 5 (RVBIE) go without saying. Give a card that names them.</source>
      <translation>Le modèle {path} demande {found} bande(s) ; le fichier ne dit pas lesquelles, et seules 3 (RVB), 4 (RVBI) et 5 (RVBIE) vont de soi. Donnez une fiche qui les nomme.</translation>
    </message>
    <message>
      <location filename="../ocsia_plugin/engine/messages/models.py" />
      <source>The model {path} has {count} outputs and the file does not say which classes they are, or not those asked for. Name a nomenclature that fits ({known}), or give a card.</source>
      <translation>Le modèle {path} a {count} sorties, et le fichier ne dit pas quelles classes ce sont, ou ce ne sont pas celles demandées. Indiquez une nomenclature qui convienne ({known}), ou donnez une fiche.</translation>
    </message>
    <message>
      <location filename="../ocsia_plugin/engine/messages/models.py" />
      <source>The model {path} has a single output, for one class against the rest. Name that class (CLASSES, such as road), or give a card.</source>
      <translation>Le modèle {path} a une seule sortie, pour une classe contre le reste. Nommez cette classe (CLASSES, par exemple route), ou donnez une fiche.</translation>
    </message>
    <message>
      <location filename="../ocsia_plugin/engine/messages/models.py" />
      <source>{path} does not say how the images that it was trained with were normalised. Give a card that does or, if the weights are those of FLAIR-INC, name the nomenclature (flair15 or flair12).</source>
      <translation>{path} ne dit pas comment étaient normalisées les images de son apprentissage. Donnez une fiche qui le dise ou, si ce sont les poids de FLAIR-INC, indiquez la nomenclature (flair15 ou flair12).</translation>
    </message>
    <message>
      <location filename="../ocsia_plugin/engine/messages/models.py" />
      <source>The model made from {path} does not return probabilities. Its weights are damaged: download it again.</source>
      <translation>Le modèle tiré de {path} ne produit pas de probabilités. Ses poids sont abîmés : téléchargez-le de nouveau.</translation>
    </message>
    <message>
      <location filename="../ocsia_plugin/engine/messages/models.py" />
      <source>{path} cannot be read as the weights of a model: {reason}.</source>
      <translation>{path} ne peut pas être lu comme les poids d'un modèle : {reason}.</translation>
    </message>
    <message>
      <location filename="../ocsia_plugin/engine/messages/models.py" />
      <source>{path} asks to run {name}, which weights have no need of: nothing of it was run, and the file is refused. It may be malicious, or hold a whole PyTorch object; ask its author for the state_dict alone.</source>
      <translation>{path} demande d'exécuter {name}, dont des poids n'ont pas besoin : rien n'a été exécuté, et le fichier est refusé. Il est peut-être malveillant, ou contient un objet PyTorch entier ; demandez à son auteur le state_dict seul.</translation>
    </message>
    <message>
      <location filename="../ocsia_plugin/engine/messages/models.py" />
      <source>{path} holds no architecture known here: {reason}. Known are those of FLAIR-INC, of FLAIR-HUB's aerial models and of odeon. If it is another one of segmentation-models-pytorch, name it (ARCHITECTURE, such as unet/resnet50); otherwise ask for the model as an .onnx file.</source>
      <translation>{path} ne contient aucune architecture connue ici : {reason}. Sont connues celles de FLAIR-INC, des modèles aériens de FLAIR-HUB et d'odeon. Si c'en est une autre de segmentation-models-pytorch, nommez-la (ARCHITECTURE, par exemple unet/resnet50) ; sinon, demandez le modèle sous forme de fichier .onnx.</translation>
    </message>
    <message>
      <location filename="../ocsia_plugin/engine/messages/models.py" />
      <source>{path} looks like {architecture} but is not quite that: {reason}. Download it again or, if it is another architecture of segmentation-models-pytorch, name it (ARCHITECTURE, such as unet/resnet50).</source>
      <translation>{path} ressemble à {architecture} sans l'être tout à fait : {reason}. Téléchargez-le de nouveau ou, si c'est une autre architecture de segmentation-models-pytorch, nommez-la (ARCHITECTURE, par exemple unet/resnet50).</translation>
    </message>
    <message>
      <location filename="../ocsia_plugin/engine/messages/notices.py" />
      <source>OCS-IA engine {version}, Python {python}</source>
      <translation>Moteur d'OCS-IA {version}, Python {python}</translation>
    </message>
    <message>
      <location filename="../ocsia_plugin/engine/messages/notices.py" />
      <source>Model: {name} ({id}), bands {bands}, {gsd} m</source>
      <translation>Modèle : {name} ({id}), bandes {bands}, {gsd} m</translation>
    </message>
    <message>
      <location filename="../ocsia_plugin/engine/messages/notices.py" />
      <source>Device: {device} ({provider}), {threads} threads</source>
      <translation>Unité de calcul : {device} ({provider}), {threads} fils d'exécution</translation>
    </message>
    <message>
      <location filename="../ocsia_plugin/engine/messages/notices.py" />
      <source>Not looked at: {names}. The model {id} uses the bands {bands}.</source>
      <translation>Laissé de côté : {names}. Le modèle {id} se sert des bandes {bands}.</translation>
    </message>
    <message>
      <location filename="../ocsia_plugin/engine/messages/notices.py" />
      <source>Output: {width} x {height} pixels of {gsd} m, {crs}</source>
      <translation>Sortie : {width} × {height} pixels de {gsd} m, {crs}</translation>
    </message>
    <message>
      <location filename="../ocsia_plugin/engine/messages/notices.py" />
      <source>Tile: {tile} pixels, halo {halo}, {count} tiles</source>
      <translation>Tuile : {tile} pixels, marge {halo}, {count} tuile(s)</translation>
    </message>
    <message>
      <location filename="../ocsia_plugin/engine/messages/notices.py" />
      <source>{path} is resampled from {found} m to {wanted} m ({method}).</source>
      <translation>{path} : rééchantillonné de {found} m à {wanted} m ({method}).</translation>
    </message>
    <message>
      <location filename="../ocsia_plugin/engine/messages/notices.py" />
      <source>Bands read of {path}: {used}; the others are left aside.</source>
      <translation>Bandes lues de {path} : {used} ; les autres sont laissées de côté.</translation>
    </message>
    <message>
      <location filename="../ocsia_plugin/engine/messages/notices.py" />
      <source>Recognised: {architecture}, {bands} bands, {classes} outputs</source>
      <translation>Reconnu : {architecture}, {bands} bandes, {classes} sorties</translation>
    </message>
    <message>
      <location filename="../ocsia_plugin/engine/messages/notices.py" />
      <source>Imported: {id} ({folder}). This name can now be given as model.</source>
      <translation>Importé : {id} ({folder}). Ce nom peut désormais être donné comme modèle.</translation>
    </message>
    <message>
      <location filename="../ocsia_plugin/engine/messages/notices.py" />
      <source>Written: {path}</source>
      <translation>Écrit : {path}</translation>
    </message>
    <message>
      <location filename="../ocsia_plugin/engine/messages/notices.py" />
      <source>{count} polygons, {area} m²</source>
      <translation>{count} polygone(s), {area} m²</translation>
    </message>
    <message>
      <location filename="../ocsia_plugin/engine/messages/notices.py" />
      <source>Surfaces are on the ellipsoid: the projected surfaces of {crs} are divided by its areal scale, {low} to {high} here.</source>
      <translation>Les surfaces sont calculées sur l'ellipsoïde : les surfaces projetées de {crs} sont divisées par son module aréolaire, {low} à {high} ici.</translation>
    </message>
    <message>
      <location filename="../ocsia_plugin/engine/messages/notices.py" />
      <source>The classes of {source} are delivered as {target}: probabilities are added up.</source>
      <translation>Les classes de {source} sont livrées en {target} : les probabilités sont additionnées.</translation>
    </message>
    <message>
      <location filename="../ocsia_plugin/engine/messages/notices.py" />
      <source>{target} has no place for {names}: the probabilities of the other classes are scaled up to the whole.</source>
      <translation>{target} n'a pas de place pour : {names}. Les probabilités des autres classes sont ramenées au tout.</translation>
    </message>
    <message>
      <location filename="../ocsia_plugin/engine/messages/notices.py" />
      <source>The classes of {path} are read as {nomenclature}, counted from {base} ({why}).</source>
      <translation>Les classes de {path} sont lues comme celles de {nomenclature}, comptées à partir de {base} ({why}).</translation>
    </message>
    <message>
      <location filename="../ocsia_plugin/engine/messages/notices.py" />
      <source>This model is for learning the plugin, not for decisions.</source>
      <translation>Ce modèle sert à apprendre l'extension, pas à décider.</translation>
    </message>
    <message>
      <location filename="../ocsia_plugin/engine/messages/notices.py" />
      <source>Published accuracy of the model: {overall} % of the pixels of its test set</source>
      <translation>Exactitude publiée du modèle : {overall} % des pixels de son jeu de test</translation>
    </message>
    <message>
      <location filename="../ocsia_plugin/engine/messages/notices.py" />
      <source>No statistic of this model's accuracy is published.</source>
      <translation>Aucune statistique d'exactitude de ce modèle n'est publiée.</translation>
    </message>
    <message>
      <location filename="../ocsia_plugin/engine/messages/notices.py" />
      <source>Downloading {name} from {host}</source>
      <translation>Téléchargement de {name} depuis {host}</translation>
    </message>
    <message>
      <location filename="../ocsia_plugin/engine/messages/notices.py" />
      <source>Going on after the {done} MB that are here already</source>
      <translation>Reprise après les {done} Mo déjà reçus</translation>
    </message>
    <message>
      <location filename="../ocsia_plugin/engine/messages/notices.py" />
      <source>{host}: {reason}. Next attempt in {seconds} s</source>
      <translation>{host} : {reason}. Nouvel essai dans {seconds} s</translation>
    </message>
    <message>
      <location filename="../ocsia_plugin/engine/messages/notices.py" />
      <source>{name}: the file that the card describes (sha256 {sha256})</source>
      <translation>{name} : c'est le fichier que décrit la fiche (sha256 {sha256})</translation>
    </message>
    <message>
      <location filename="../ocsia_plugin/engine/messages/notices.py" />
      <source>{name}: sha256 {sha256}, recorded; the card does not pin it, so nothing says which file it should be</source>
      <translation>{name} : sha256 {sha256}, noté ; la fiche ne le fixe pas, rien ne dit donc quel fichier ce devrait être</translation>
    </message>
    <message>
      <location filename="../ocsia_plugin/engine/messages/notices.py" />
      <source>{name}: unchanged since its download (sha256 {sha256}); the card does not pin it</source>
      <translation>{name} : inchangé depuis son téléchargement (sha256 {sha256}) ; la fiche ne le fixe pas</translation>
    </message>
    <message>
      <location filename="../ocsia_plugin/engine/messages/notices.py" />
      <source>The model {model} is on this machine already.</source>
      <translation>Le modèle {model} se trouve déjà sur cette machine.</translation>
    </message>
    <message>
      <location filename="../ocsia_plugin/engine/messages/notices.py" />
      <source>The weights lie at {path}. This engine cannot import them yet: they have to be turned into ONNX.</source>
      <translation>Les poids se trouvent dans {path}. Ce moteur ne sait pas encore les importer : il faut les convertir en ONNX.</translation>
    </message>
    <message>
      <location filename="../ocsia_plugin/engine/messages/notices.py" />
      <source>The model {model} has been deleted from this machine.</source>
      <translation>Le modèle {model} a été supprimé de cette machine.</translation>
    </message>
    <message>
      <location filename="../ocsia_plugin/engine/messages/notices.py" />
      <source>The confusion matrix could not be downloaded: {reason} No statistic per class will be known.</source>
      <translation>La matrice de confusion n'a pas pu être téléchargée : {reason} Aucune statistique par classe ne sera connue.</translation>
    </message>
    <message>
      <location filename="../ocsia_plugin/engine/messages/notices.py" />
      <source>The pixels of the image measure {gsd} m; the models are made for 0.2 to 0.5 m. Expect a poorer result.</source>
      <translation>Les pixels de l'image mesurent {gsd} m ; les modèles sont faits pour 0,2 à 0,5 m. Le résultat sera moins bon.</translation>
    </message>
    <message>
      <location filename="../ocsia_plugin/engine/messages/notices.py" />
      <source>The model was trained at {wanted} m and runs at {found} m as asked. Expect a poorer result.</source>
      <translation>Le modèle a été entraîné à {wanted} m et s'exécute à {found} m comme demandé. Le résultat sera moins bon.</translation>
    </message>
    <message>
      <location filename="../ocsia_plugin/engine/messages/notices.py" />
      <source>No GPU can be used ({reason}); the CPU does the work.</source>
      <translation>Aucune carte graphique n'est utilisable ({reason}) ; le processeur fait le calcul.</translation>
    </message>
    <message>
      <location filename="../ocsia_plugin/engine/messages/notices.py" />
      <source>{path} does not say which nomenclature its {count} bands belong to: they are read as {nomenclature}, in the order of IGN's predictions. If they are not, name theirs in the advanced parameters.</source>
      <translation>{path} ne dit pas de quelle nomenclature sont ses {count} bandes : elles sont lues comme celles de {nomenclature}, dans l'ordre des prédictions de l'IGN. Si ce n'est pas le cas, indiquez la leur dans les paramètres avancés.</translation>
    </message>
    <message>
      <location filename="../ocsia_plugin/engine/messages/notices.py" />
      <source>{path} declares the value 0 as no data. Counted from 0, its class '{first}' cannot be told from it and stays without data.</source>
      <translation>{path} déclare la valeur 0 comme absence de donnée. Comptée à partir de 0, sa classe « {first} » ne s'en distingue pas et reste sans donnée.</translation>
    </message>
    <message>
      <location filename="../ocsia_plugin/engine/messages/notices.py" />
      <source>The values of {path} ({values}) are read as codes of {nomenclature}, as in IGN's annotations, which count from 1. If a network wrote them that counts from 0, set the advanced parameter 'First class' (BASE) to 0.</source>
      <translation>Les valeurs de {path} ({values}) sont lues comme des codes de {nomenclature}, comme dans les annotations de l'IGN, qui comptent à partir de 1. Si un réseau qui compte à partir de 0 les a écrites, réglez le paramètre avancé « Première classe » (BASE) sur 0.</translation>
    </message>
    <message>
      <location filename="../ocsia_plugin/engine/messages/notices.py" />
      <source>{path} does not say who trained it with which data: the bands, the normalisation and the classes ({nomenclature}) of IGN's models of this kind are assumed. If it was trained otherwise, give a card.</source>
      <translation>{path} ne dit pas qui l'a entraîné, ni avec quelles données : on suppose les bandes, la normalisation et les classes ({nomenclature}) des modèles de l'IGN de cette sorte. S'il a été entraîné autrement, donnez une fiche.</translation>
    </message>
    <message>
      <location filename="../ocsia_plugin/engine/messages/notices.py" />
      <source>{path} holds codes that the nomenclature {nomenclature} does not have: {codes}.</source>
      <translation>{path} contient des codes absents de la nomenclature {nomenclature} : {codes}.</translation>
    </message>
    <message>
      <location filename="../ocsia_plugin/engine/messages/notices.py" />
      <source>{count} zone(s) hold no valid pixel of the raster; their surfaces are empty.</source>
      <translation>{count} zone(s) ne contiennent aucun pixel valide du raster ; leurs surfaces sont vides.</translation>
    </message>
    <message>
      <location filename="../ocsia_plugin/engine/messages/notices.py" />
      <source>These surfaces come without a confidence interval: nothing here says how far they may be wrong.</source>
      <translation>Ces surfaces sont données sans intervalle de confiance : rien ici ne dit de combien elles peuvent être fausses.</translation>
    </message>
    <message>
      <location filename="../ocsia_plugin/engine/messages/ocsge.py" />
      <source>OCS GE is made from the classes of NAF or CoSIA ({known}), and this raster has those of {nomenclature}. Deliver the prediction in one of them (parameter 'Nomenclature of the results' of 'Predict land cover' or 'Most probable class').</source>
      <translation>L'OCS GE se fait à partir des classes de la NAF ou de CoSIA ({known}) ; ce raster a celles de {nomenclature}. Livrez la prédiction dans l'une d'elles (paramètre « Nomenclature des résultats » de « Prédire l'occupation du sol » ou de « Classe la plus probable »).</translation>
    </message>
    <message>
      <location filename="../ocsia_plugin/engine/messages/ocsge.py" />
      <source>The smallest surfaces {built}, {dense} and {elsewhere} m² do not ascend from built areas over constructed zones to elsewhere. Give them in this order, each from 0 m².</source>
      <translation>Les surfaces minimales {built}, {dense} et {elsewhere} m² ne croissent pas des zones bâties aux zones construites puis ailleurs. Donnez-les dans cet ordre, chacune à partir de 0 m².</translation>
    </message>
    <message>
      <location filename="../ocsia_plugin/engine/messages/ocsge.py" />
      <source>A density of buildings of {value} % makes no sense: choose one over 0 and up to 100 %.</source>
      <translation>Une densité de bâti de {value} % n'a pas de sens : choisissez plus de 0 et 100 % au plus.</translation>
    </message>
    <message>
      <location filename="../ocsia_plugin/engine/messages/ocsge.py" />
      <source>The polygons of {path} have no field '{name}' with the codes of OCS GE's cover. Name the field that has them (they have: {fields}).</source>
      <translation>Les polygones de {path} n'ont pas de champ « {name} » avec les codes de couverture de l'OCS GE. Indiquez le champ qui les porte (ils ont : {fields}).</translation>
    </message>
    <message>
      <location filename="../ocsia_plugin/engine/messages/ocsge.py" />
      <source>No value of the field '{name}' is a code of OCS GE's cover such as CS1.1.1.1 (found: {found}). Name another field.</source>
      <translation>Aucune valeur du champ « {name} » n'est un code de couverture de l'OCS GE tel que CS1.1.1.1 (trouvé : {found}). Indiquez un autre champ.</translation>
    </message>
    <message>
      <location filename="../ocsia_plugin/engine/messages/ocsge.py" />
      <source>No polygon of {path} meets the raster. Check that both are of the same place.</source>
      <translation>Aucun polygone de {path} ne touche le raster. Vérifiez que les deux sont du même endroit.</translation>
    </message>
    <message>
      <location filename="../ocsia_plugin/engine/messages/ocsge.py" />
      <source>The polygons of {path} have no field '{name}', by which {source} says what they are (they have: {fields}). Give a layer of {source} as IGN publishes it, or rename the field.</source>
      <translation>Les polygones de {path} n'ont pas de champ « {name} », par lequel {source} dit ce qu'ils sont (ils ont : {fields}). Donnez une couche de {source} telle que l'IGN la publie, ou renommez le champ.</translation>
    </message>
    <message>
      <location filename="../ocsia_plugin/engine/messages/ocsge.py" />
      <source>The layer of the RPG or of BD TOPO has no polygon on the raster. Check that both are of the same place.</source>
      <translation>La couche du RPG ou de la BD TOPO n'a aucun polygone sur le raster. Vérifiez que les deux sont du même endroit.</translation>
    </message>
    <message>
      <location filename="../ocsia_plugin/engine/messages/ocsge.py" />
      <source>No polygon of {path} says anything about the cover that {source} may decide (field '{name}': {values}): it changes nothing.</source>
      <translation>Aucun polygone de {path} ne dit quoi que ce soit de la couverture que {source} puisse trancher (champ « {name} » : {values}) : rien n'en est changé.</translation>
    </message>
    <message>
      <location filename="../ocsia_plugin/engine/messages/ocsge.py" />
      <source>{source}: {count} polygons on the raster say something about the cover; they decide {area} m²</source>
      <translation>{source} : {count} polygone(s) sur le raster disent quelque chose de la couverture ; ils tranchent {area} m²</translation>
    </message>
    <message>
      <location filename="../ocsia_plugin/engine/messages/ocsge.py" />
      <source>Constructed zones: {share} % of the raster ({origin})</source>
      <translation>Zones construites : {share} % du raster ({origin})</translation>
    </message>
    <message>
      <location filename="../ocsia_plugin/engine/messages/ocsge.py" />
      <source>the polygons that were given</source>
      <translation>les polygones donnés</translation>
    </message>
    <message>
      <location filename="../ocsia_plugin/engine/messages/ocsge.py" />
      <source>where buildings cover at least {density} % of the 100 m x 100 m around</source>
      <translation>là où le bâti couvre au moins {density} % des 100 m × 100 m alentour</translation>
    </message>
    <message>
      <location filename="../ocsia_plugin/engine/messages/ocsge.py" />
      <source>{regions} regions become {polygons} polygons; {kept} pieces of road under the smallest surface are kept</source>
      <translation>{regions} ensembles de pixels deviennent {polygons} polygones ; {kept} tronçons de route sous la surface minimale sont gardés</translation>
    </message>
    <message>
      <location filename="../ocsia_plugin/engine/messages/ocsge.py" />
      <source>{count} polygons of the OCS GE lie on the raster; {share} % of their surface is of their class</source>
      <translation>{count} polygones de l'OCS GE sont sur le raster ; {share} % de leur surface est de leur classe</translation>
    </message>
    <message>
      <location filename="../ocsia_plugin/engine/messages/ocsge.py" />
      <source>{count} parts of another class than their polygon, {area} m²</source>
      <translation>{count} parties d'une autre classe que leur polygone, {area} m²</translation>
    </message>
    <message>
      <location filename="../ocsia_plugin/engine/messages/ocsge.py" />
      <source>This is the cover alone: usage and artificialisation need other sources. Where neither the RPG nor BD TOPO decides, trees, shrubs and herbaceous classes are told apart by stated rules.</source>
      <translation>C'est la couverture seule : l'usage et l'artificialisation demandent d'autres sources. Là où ni le RPG ni la BD TOPO ne tranche, les classes arborées, arbustives et herbacées sont départagées par des règles énoncées.</translation>
    </message>
    <message>
      <location filename="../ocsia_plugin/engine/messages/ocsge.py" />
      <source>{count} polygon(s) have a code that is none of OCS GE's cover ({found}); they keep it.</source>
      <translation>{count} polygone(s) ont un code qui n'est pas de la couverture de l'OCS GE ({found}) ; ils le gardent.</translation>
    </message>
    <message>
      <location filename="../ocsia_plugin/engine/messages/onnx.py" />
      <source>The model {path} does not say: {missing}. Give this once, in the advanced parameters: the model's card keeps it.</source>
      <translation>Le modèle {path} ne dit pas : {missing}. Indiquez-le une fois, dans les paramètres avancés : la fiche du modèle le garde.</translation>
    </message>
    <message>
      <location filename="../ocsia_plugin/engine/messages/onnx.py" />
      <source>which {count} band(s) it takes (BANDS, such as R,V,B)</source>
      <translation>quelle(s) {count} bande(s) il prend (BANDS, par exemple R,V,B)</translation>
    </message>
    <message>
      <location filename="../ocsia_plugin/engine/messages/onnx.py" />
      <source>which bands it takes (BANDS, such as R,V,B)</source>
      <translation>quelles bandes il prend (BANDS, par exemple R,V,B)</translation>
    </message>
    <message>
      <location filename="../ocsia_plugin/engine/messages/onnx.py" />
      <source>for which pixel size it was trained (GSD, in metres)</source>
      <translation>pour quelle taille de pixel il a été entraîné (GSD, en mètres)</translation>
    </message>
    <message>
      <location filename="../ocsia_plugin/engine/messages/onnx.py" />
      <source>how its images are normalised (MEAN and STD of each band, or MEAN alone: 0-1 or 0-255)</source>
      <translation>comment ses images sont normalisées (MEAN et STD de chaque bande, ou MEAN seul : 0-1 ou 0-255)</translation>
    </message>
    <message>
      <location filename="../ocsia_plugin/engine/messages/onnx.py" />
      <source>by what the values less their mean are divided (STD)</source>
      <translation>par quoi les valeurs moins leur moyenne sont divisées (STD)</translation>
    </message>
    <message>
      <location filename="../ocsia_plugin/engine/messages/onnx.py" />
      <source>what its {count} output(s) are (CLASSES: their names, separated by semicolons; or KIND: a nomenclature, such as naf15)</source>
      <translation>ce que sont ses {count} sortie(s) (CLASSES : leurs noms, séparés par des points-virgules ; ou KIND : une nomenclature, comme naf15)</translation>
    </message>
    <message>
      <location filename="../ocsia_plugin/engine/messages/onnx.py" />
      <source>what its single output shows (CLASSES: one name, such as road)</source>
      <translation>ce que montre son unique sortie (CLASSES : un nom, par exemple route)</translation>
    </message>
    <message>
      <location filename="../ocsia_plugin/engine/messages/onnx.py" />
      <source>{path} says that it is a model of the kind '{kind}'. Only models of segmentation (a class for each pixel) can be run: choose another.</source>
      <translation>{path} dit être un modèle du genre « {kind} ». Seuls les modèles de segmentation (une classe pour chaque pixel) peuvent être exécutés : choisissez-en un autre.</translation>
    </message>
    <message>
      <location filename="../ocsia_plugin/engine/messages/onnx.py" />
      <source>The model {path} cannot be run on images: {reason}. Ask its author for another export.</source>
      <translation>Le modèle {path} ne peut pas être exécuté sur des images : {reason}. Demandez un autre export à son auteur.</translation>
    </message>
    <message>
      <location filename="../ocsia_plugin/engine/messages/onnx.py" />
      <source>it has {count} inputs and not one</source>
      <translation>il a {count} entrées et non une seule</translation>
    </message>
    <message>
      <location filename="../ocsia_plugin/engine/messages/onnx.py" />
      <source>its input is {type} of shape {shape} and not an image</source>
      <translation>son entrée est {type} de forme {shape} et non une image</translation>
    </message>
    <message>
      <location filename="../ocsia_plugin/engine/messages/onnx.py" />
      <source>no output gives each pixel a number for each class ({shapes})</source>
      <translation>aucune sortie ne donne à chaque pixel un nombre par classe ({shapes})</translation>
    </message>
    <message>
      <location filename="../ocsia_plugin/engine/messages/onnx.py" />
      <source>it takes {width} x {height} pixels, and only squares are known</source>
      <translation>il prend {width} x {height} pixels, et seuls les carrés sont pris en charge</translation>
    </message>
    <message>
      <location filename="../ocsia_plugin/engine/messages/onnx.py" />
      <source>for an image of {side} x {side} pixels it returns {shape} values: not one for each pixel and class</source>
      <translation>pour une image de {side} x {side} pixels, il renvoie {shape} valeurs : pas une par pixel et par classe</translation>
    </message>
    <message>
      <location filename="../ocsia_plugin/engine/messages/onnx.py" />
      <source>it has the operators of opset {found}, and {oldest} is the oldest known</source>
      <translation>il a les opérateurs de l'opset {found}, et le plus ancien pris en charge est {oldest}</translation>
    </message>
    <message>
      <location filename="../ocsia_plugin/engine/messages/onnx.py" />
      <source>its weights lie in another file</source>
      <translation>ses poids se trouvent dans un autre fichier</translation>
    </message>
    <message>
      <location filename="../ocsia_plugin/engine/messages/onnx.py" />
      <source>on a tile of {side} pixels it fails ({reason})</source>
      <translation>il échoue sur une tuile de {side} pixels ({reason})</translation>
    </message>
    <message>
      <location filename="../ocsia_plugin/engine/messages/onnx.py" />
      <source>it returns values that are not finite numbers</source>
      <translation>il renvoie des valeurs qui ne sont pas des nombres finis</translation>
    </message>
    <message>
      <location filename="../ocsia_plugin/engine/messages/onnx.py" />
      <source>{name} = '{value}' cannot be used for {path}: {reason}.</source>
      <translation>{name} = « {value} » ne convient pas à {path} : {reason}.</translation>
    </message>
    <message>
      <location filename="../ocsia_plugin/engine/messages/onnx.py" />
      <source>a band is R, V, B, I (near infrared) or E (height above ground), or all are 1, 2, 3...</source>
      <translation>une bande est R, V, B, I (proche infrarouge) ou E (hauteur au-dessus du sol), ou toutes sont 1, 2, 3…</translation>
    </message>
    <message>
      <location filename="../ocsia_plugin/engine/messages/onnx.py" />
      <source>{found} value(s) where the model has {wanted}</source>
      <translation>{found} valeur(s) là où le modèle en a {wanted}</translation>
    </message>
    <message>
      <location filename="../ocsia_plugin/engine/messages/onnx.py" />
      <source>it is not a list of numbers, 0-1 or 0-255</source>
      <translation>ce n'est ni une liste de nombres, ni 0-1, ni 0-255</translation>
    </message>
    <message>
      <location filename="../ocsia_plugin/engine/messages/onnx.py" />
      <source>mean 0 and deviation 1 may be of bytes or of bytes divided by 255: write 0-255 or 0-1 instead</source>
      <translation>une moyenne 0 et un écart type 1 peuvent être ceux des octets ou des octets divisés par 255 : écrivez plutôt 0-255 ou 0-1</translation>
    </message>
    <message>
      <location filename="../ocsia_plugin/engine/messages/onnx.py" />
      <source>it must be greater than 0</source>
      <translation>il faut une valeur supérieure à 0</translation>
    </message>
    <message>
      <location filename="../ocsia_plugin/engine/messages/onnx.py" />
      <source>it must lie between 0 and 1</source>
      <translation>il faut une valeur entre 0 et 1</translation>
    </message>
    <message>
      <location filename="../ocsia_plugin/engine/messages/onnx.py" />
      <source>known are {known}</source>
      <translation>valeurs possibles : {known}</translation>
    </message>
    <message>
      <location filename="../ocsia_plugin/engine/messages/onnx.py" />
      <source>the model has a single output, which needs sigmoid or none</source>
      <translation>le modèle a une seule sortie, qui demande sigmoid ou none</translation>
    </message>
    <message>
      <location filename="../ocsia_plugin/engine/messages/onnx.py" />
      <source>a threshold is for a model with a single output</source>
      <translation>un seuil ne sert qu'à un modèle à une seule sortie</translation>
    </message>
    <message>
      <location filename="../ocsia_plugin/engine/messages/onnx.py" />
      <source>give the names or a nomenclature, not both</source>
      <translation>donnez les noms ou une nomenclature, pas les deux</translation>
    </message>
    <message>
      <location filename="../ocsia_plugin/engine/messages/onnx.py" />
      <source>each output needs a name of its own</source>
      <translation>chaque sortie doit avoir un nom différent</translation>
    </message>
    <message>
      <location filename="../ocsia_plugin/engine/messages/onnx.py" />
      <source>the model takes tiles of {size} pixels only</source>
      <translation>le modèle ne prend que des tuiles de {size} pixels</translation>
    </message>
    <message>
      <location filename="../ocsia_plugin/engine/messages/onnx.py" />
      <source>it must be less than half of the tile of {size} pixels</source>
      <translation>il faut moins que la moitié de la tuile de {size} pixels</translation>
    </message>
    <message>
      <location filename="../ocsia_plugin/engine/messages/onnx.py" />
      <source>that nomenclature has {classes} classes and the model {outputs} output(s)</source>
      <translation>cette nomenclature a {classes} classes et le modèle {outputs} sortie(s)</translation>
    </message>
    <message>
      <location filename="../ocsia_plugin/engine/messages/onnx.py" />
      <source>what stands in the file is not what Deepness writes</source>
      <translation>le contenu du fichier n'est pas celui qu'écrit Deepness</translation>
    </message>
    <message>
      <location filename="../ocsia_plugin/engine/messages/onnx.py" />
      <source>As imported: bands {bands}, {gsd} m, {outputs} output(s), classes {classes}, tile {tile}, halo {halo}</source>
      <translation>Importé ainsi : bandes {bands}, {gsd} m, {outputs} sortie(s), classes {classes}, tuile {tile}, marge {halo}</translation>
    </message>
    <message>
      <location filename="../ocsia_plugin/engine/messages/onnx.py" />
      <source>{path} carries the description that Deepness writes.</source>
      <translation>{path} porte la description qu'écrit Deepness.</translation>
    </message>
    <message>
      <location filename="../ocsia_plugin/engine/messages/onnx.py" />
      <source>Its outputs add up to 1: they are taken as probabilities as they are.</source>
      <translation>La somme de ses sorties est 1 : elles sont prises telles quelles comme probabilités.</translation>
    </message>
    <message>
      <location filename="../ocsia_plugin/engine/messages/onnx.py" />
      <source>Its outputs are scores: {activation} makes probabilities of them.</source>
      <translation>Ses sorties sont des scores : {activation} en fait des probabilités.</translation>
    </message>
    <message>
      <location filename="../ocsia_plugin/engine/messages/onnx.py" />
      <source>Probabilities of its outputs: {activation}, as asked.</source>
      <translation>Probabilités de ses sorties : {activation}, comme demandé.</translation>
    </message>
    <message>
      <location filename="../ocsia_plugin/engine/messages/onnx.py" />
      <source>The outputs of {path} lie between 0 and 1 and do not add up to 1: each is taken as the probability of its own class. If they are scores, import it again with ACTIVATION = softmax.</source>
      <translation>Les sorties de {path} sont entre 0 et 1 et leur somme n'est pas 1 : chacune est prise comme la probabilité de sa propre classe. Si ce sont des scores, importez-le de nouveau avec ACTIVATION = softmax.</translation>
    </message>
    <message>
      <location filename="../ocsia_plugin/engine/messages/onnx.py" />
      <source>{path} does not name its {count} bands: the first {count} bands of an image are taken as they come. If it needs others, import it again with BANDS.</source>
      <translation>{path} ne nomme pas ses {count} bandes : les {count} premières bandes d'une image sont prises telles quelles. S'il lui en faut d'autres, importez-le de nouveau avec BANDS.</translation>
    </message>
    <message>
      <location filename="../ocsia_plugin/engine/messages/onnx.py" />
      <source>The model has several outputs: '{name}' is used.</source>
      <translation>Le modèle a plusieurs sorties : « {name} » est utilisée.</translation>
    </message>
    <message>
      <location filename="../ocsia_plugin/engine/messages/ortho.py" />
      <source>{path}: bands {roles}, {crs}</source>
      <translation>{path} : bandes {roles}, {crs}</translation>
    </message>
    <message>
      <location filename="../ocsia_plugin/engine/messages/ortho.py" />
      <source>{path}: values become bytes by the rule {rule}</source>
      <translation>{path} : les valeurs deviennent des octets selon la règle {rule}</translation>
    </message>
    <message>
      <location filename="../ocsia_plugin/engine/messages/ortho.py" />
      <source>{path}: its pixels of {found} m are interpolated to {wanted} m. Details under about {detail} m are not in it and do not come back: expect small houses, single trees and narrow ways to be missed.</source>
      <translation>{path} : ses pixels de {found} m sont interpolés à {wanted} m. Les détails de moins de {detail} m environ n'y sont pas et ne reviennent pas : attendez-vous à ce que de petites maisons, des arbres isolés et des chemins étroits manquent.</translation>
    </message>
    <message>
      <location filename="../ocsia_plugin/engine/messages/ortho.py" />
      <source>{path} covers about {share} % of the area asked for; the rest will have no data.</source>
      <translation>{path} couvre environ {share} % de la zone demandée ; le reste n'aura pas de données.</translation>
    </message>
    <message>
      <location filename="../ocsia_plugin/engine/messages/ortho.py" />
      <source>{path}: QGIS may read the format {format}, the engine does not. Convert it to GeoTIFF first (Raster &gt; Conversion &gt; Translate).</source>
      <translation>{path} : QGIS lit peut-être le format {format}, le moteur non. Convertissez-le d'abord en GeoTIFF (Raster &gt; Conversion &gt; Convertir).</translation>
    </message>
    <message>
      <location filename="../ocsia_plugin/engine/messages/ortho.py" />
      <source>{path} ({crs}) does not overlap the ortho-image in the area asked for. Choose rasters of the same place; where they are, check the CRS of each.</source>
      <translation>{path} ({crs}) ne recouvre pas l'ortho-image dans la zone demandée. Choisissez des rasters du même lieu ; s'ils le sont, vérifiez le SCR de chacun.</translation>
    </message>
    <message>
      <location filename="../ocsia_plugin/engine/messages/ortho.py" />
      <source>The height above ground is the surface minus the ground: give both MNS and MNT, or a model of heights (MNH) alone.</source>
      <translation>La hauteur au-dessus du sol est la surface moins le sol : donnez à la fois MNS et MNT, ou un modèle de hauteur (MNH) seul.</translation>
    </message>
    <message>
      <location filename="../ocsia_plugin/engine/messages/ortho.py" />
      <source>The height above ground is given twice: give either MNH, or MNS and MNT.</source>
      <translation>La hauteur au-dessus du sol est donnée deux fois : donnez soit MNH, soit MNS et MNT.</translation>
    </message>
    <message>
      <location filename="../ocsia_plugin/engine/messages/ortho.py" />
      <source>'{crs}' is no coordinate reference system. Write it as a code, for example EPSG:2154.</source>
      <translation>« {crs} » n'est pas un système de coordonnées de référence. Écrivez-le par son code, par exemple EPSG:2154.</translation>
    </message>
    <message>
      <location filename="../ocsia_plugin/engine/messages/ortho.py" />
      <source>'{text}' (BANDS) does not say what the {count} image bands of {path} are. Write one of {known} for each band in its order, '-' for one that is not used; each of them once.</source>
      <translation>« {text} » (BANDS) ne dit pas ce que sont les {count} bandes d'image de {path}. Écrivez une lettre de {known} pour chaque bande, dans l'ordre, « - » pour celle qui ne sert pas ; chacune une seule fois.</translation>
    </message>
    <message>
      <location filename="../ocsia_plugin/engine/messages/ortho.py" />
      <source>The folder {folder} holds no raster ({known}). Choose the folder in which the dalles lie.</source>
      <translation>Le dossier {folder} ne contient aucun raster ({known}). Choisissez le dossier où se trouvent les dalles.</translation>
    </message>
    <message>
      <location filename="../ocsia_plugin/engine/messages/ortho.py" />
      <source>{path} is no dalle of the same image as {first}: {reason}. Choose dalles of one product, one resolution and one CRS.</source>
      <translation>{path} n'est pas une dalle de la même image que {first} : {reason}. Choisissez des dalles d'un même produit, d'une même résolution et d'un même SCR.</translation>
    </message>
    <message>
      <location filename="../ocsia_plugin/engine/messages/ortho.py" />
      <source>{path} has {count} bands: altitudes and heights are one band of metres, not a picture of them. Choose another raster.</source>
      <translation>{path} a {count} bandes : des altitudes ou des hauteurs sont une seule bande de mètres, pas une image qui les montre. Choisissez un autre raster.</translation>
    </message>
    <message>
      <location filename="../ocsia_plugin/engine/messages/ortho.py" />
      <source>The heights of {path} are in '{unit}', not in metres. Convert them first (Raster &gt; Raster calculator).</source>
      <translation>Les hauteurs de {path} sont en « {unit} » et non en mètres. Convertissez-les d'abord (Raster &gt; Calculatrice raster).</translation>
    </message>
    <message>
      <location filename="../ocsia_plugin/engine/messages/ortho.py" />
      <source>{share} % of the heights above ground that {path} gives are more than 1 m under the ground, and {raised} % over it: MNS and MNT are probably swapped. Exchange them; if they are right, check that both have the same vertical reference.</source>
      <translation>{share} % des hauteurs au-dessus du sol que donne {path} sont à plus de 1 m sous le sol, et {raised} % au-dessus : MNS et MNT sont sans doute intervertis. Échangez-les ; s'ils sont justes, vérifiez que tous deux ont la même référence verticale.</translation>
    </message>
    <message>
      <location filename="../ocsia_plugin/engine/messages/ortho.py" />
      <source>{share} % of the heights above ground that {path} gives are beyond -5 to 100 m (5 % under {low} m, half under {median} m, 5 % over {high} m). Check that MNS and MNT are not swapped, that both are in metres, in the same vertical reference, and of this place.</source>
      <translation>{share} % des hauteurs au-dessus du sol que donne {path} sont hors de −5 à 100 m (5 % sous {low} m, la moitié sous {median} m, 5 % au-dessus de {high} m). Vérifiez que MNS et MNT ne sont pas intervertis, que tous deux sont en mètres, dans la même référence verticale, et de ce lieu.</translation>
    </message>
    <message>
      <location filename="../ocsia_plugin/engine/messages/ortho.py" />
      <source>'{text}' (SCALE) is no rule for values. Write metadata, percentiles, or two numbers such as 0,4095: the value that becomes 0 and the one that becomes 255.</source>
      <translation>« {text} » (SCALE) n'est pas une règle pour les valeurs. Écrivez metadata, percentiles, ou deux nombres comme 0,4095 : la valeur qui devient 0 et celle qui devient 255.</translation>
    </message>
    <message>
      <location filename="../ocsia_plugin/engine/messages/ortho.py" />
      <source>{path} declares neither a number of bits nor a scale of its values. Set SCALE to percentiles, or to its range such as 0,4095.</source>
      <translation>{path} ne déclare ni un nombre de bits ni une échelle de ses valeurs. Mettez SCALE à percentiles, ou à leur étendue comme 0,4095.</translation>
    </message>
    <message>
      <location filename="../ocsia_plugin/engine/messages/ortho.py" />
      <source>The values of {path} hardly differ: no percentiles can scale them. Set SCALE to its range, such as 0,4095.</source>
      <translation>Les valeurs de {path} ne diffèrent guère : aucun percentile ne peut les mettre à l'échelle. Mettez SCALE à leur étendue, comme 0,4095.</translation>
    </message>
    <message>
      <location filename="../ocsia_plugin/engine/messages/ortho.py" />
      <source>Nothing says what the {count} band(s) of {path} are. Say it in the advanced parameter 'Bands of the image' (BANDS), for example R,V,B.</source>
      <translation>Rien ne dit ce que sont les {count} bande(s) de {path}. Dites-le dans le paramètre avancé « Bandes de l'image » (BANDS), par exemple R,V,B.</translation>
    </message>
    <message>
      <location filename="../ocsia_plugin/engine/messages/ortho.py" />
      <source>its CRS is {found} and not {wanted}</source>
      <translation>son SCR est {found} et non {wanted}</translation>
    </message>
    <message>
      <location filename="../ocsia_plugin/engine/messages/ortho.py" />
      <source>its pixels measure {found} m and not {wanted} m</source>
      <translation>ses pixels mesurent {found} m et non {wanted} m</translation>
    </message>
    <message>
      <location filename="../ocsia_plugin/engine/messages/ortho.py" />
      <source>average</source>
      <translation>moyenne</translation>
    </message>
    <message>
      <location filename="../ocsia_plugin/engine/messages/ortho.py" />
      <source>bilinear</source>
      <translation>bilinéaire</translation>
    </message>
    <message>
      <location filename="../ocsia_plugin/engine/messages/ortho.py" />
      <source>its bands ({found}) are not of the same number and kind as those of the other ({wanted})</source>
      <translation>ses bandes ({found}) ne sont ni du même nombre ni du même type que celles de l'autre ({wanted})</translation>
    </message>
    <message>
      <location filename="../ocsia_plugin/engine/messages/ortho.py" />
      <source>its pixels lie between those of the other</source>
      <translation>ses pixels tombent entre ceux de l'autre</translation>
    </message>
    <message>
      <location filename="../ocsia_plugin/engine/messages/outputs.py" />
      <source>No output was asked for. Choose at least one output.</source>
      <translation>Aucune sortie n'est demandée. Choisissez au moins une sortie.</translation>
    </message>
    <message>
      <location filename="../ocsia_plugin/engine/messages/outputs.py" />
      <source>{path} cannot be written ({reason}). Choose another folder or file name.</source>
      <translation>Impossible d'écrire {path} ({reason}). Choisissez un autre dossier ou un autre nom de fichier.</translation>
    </message>
    <message>
      <location filename="../ocsia_plugin/engine/messages/outputs.py" />
      <source>{path} is both an input and an output. Choose another name for the output.</source>
      <translation>{path} est à la fois une entrée et une sortie. Choisissez un autre nom pour la sortie.</translation>
    </message>
    <message>
      <location filename="../ocsia_plugin/engine/messages/outputs.py" />
      <source>{path} was asked for twice. Give each output its own name.</source>
      <translation>{path} est demandé deux fois. Donnez un nom différent à chaque sortie.</translation>
    </message>
    <message>
      <location filename="../ocsia_plugin/engine/messages/outputs.py" />
      <source>The disk of {folder} is full or nearly so (about {needed} MB needed, {free} MB free). Make room or choose another disk, then run again.</source>
      <translation>Le disque de {folder} est plein ou presque (environ {needed} Mo nécessaires, {free} Mo libres). Libérez de la place ou choisissez un autre disque, puis relancez.</translation>
    </message>
    <message>
      <location filename="../ocsia_plugin/engine/messages/outputs.py" />
      <source>The disk of {folder} filled up during the work ({free} MB free). Make room or choose another disk, then run again.</source>
      <translation>Le disque de {folder} s'est rempli pendant le traitement ({free} Mo libres). Libérez de la place ou choisissez un autre disque, puis relancez.</translation>
    </message>
    <message>
      <location filename="../ocsia_plugin/engine/messages/outputs.py" />
      <source>The result passes the 2 GB limit of the Shapefile format. Write a GeoPackage (.gpkg) instead.</source>
      <translation>Le résultat dépasse la limite de 2 Go du format Shapefile. Écrivez plutôt un GeoPackage (.gpkg).</translation>
    </message>
    <message>
      <location filename="../ocsia_plugin/engine/messages/outputs.py" />
      <source>{path}: only GeoPackage (.gpkg) and Shapefile (.shp) can be written.</source>
      <translation>{path} : seuls les formats GeoPackage (.gpkg) et Shapefile (.shp) peuvent être écrits.</translation>
    </message>
    <message>
      <location filename="../ocsia_plugin/engine/messages/outputs.py" />
      <source>The groups '{text}' cannot be read: {reason}. Write them as: ligneux=8+10+11; bati=1</source>
      <translation>Les groupes « {text} » sont illisibles : {reason}. Écrivez-les ainsi : ligneux=8+10+11; bati=1</translation>
    </message>
    <message>
      <location filename="../ocsia_plugin/engine/messages/outputs.py" />
      <source>The job cannot be read: {reason}.</source>
      <translation>La tâche est illisible : {reason}.</translation>
    </message>
    <message>
      <location filename="../ocsia_plugin/engine/messages/outputs.py" />
      <source>A resolution of {value} m makes no sense for these models: choose one from {low} to {high} m.</source>
      <translation>Une résolution de {value} m n'a pas de sens pour ces modèles : choisissez-en une de {low} à {high} m.</translation>
    </message>
    <message>
      <location filename="../ocsia_plugin/engine/messages/outputs.py" />
      <source>No GPU can be used by this engine ({reason}). Choose 'auto' or 'cpu' as device.</source>
      <translation>Ce moteur ne peut utiliser aucune carte graphique ({reason}). Choisissez « auto » ou « cpu » comme unité de calcul.</translation>
    </message>
    <message>
      <location filename="../ocsia_plugin/engine/messages/pace.py" />
      <source>Pixels to compute: {pixels} million; up to {disk} MB of disk while it runs.</source>
      <translation>Pixels à calculer : {pixels} million(s) ; jusqu'à {disk} Mo de disque pendant le calcul.</translation>
    </message>
    <message>
      <location filename="../ocsia_plugin/engine/messages/pace.py" />
      <source>Estimated time: about {time}, from the last run with this model on this machine.</source>
      <translation>Durée estimée : environ {time}, d'après le dernier calcul fait avec ce modèle sur cette machine.</translation>
    </message>
    <message>
      <location filename="../ocsia_plugin/engine/messages/pace.py" />
      <source>Memory of that last run: {memory} MB.</source>
      <translation>Mémoire de ce dernier calcul : {memory} Mo.</translation>
    </message>
    <message>
      <location filename="../ocsia_plugin/engine/messages/pace.py" />
      <source>Estimated time: not known yet, because no run with this model has been measured on this machine. A long run says it when a tenth is done.</source>
      <translation>Durée estimée : inconnue pour l'instant, car aucun calcul avec ce modèle n'a été mesuré sur cette machine. Un long calcul la dit quand un dixième est fait.</translation>
    </message>
    <message>
      <location filename="../ocsia_plugin/engine/messages/pace.py" />
      <source>{percent} % done, about {time} left.</source>
      <translation>{percent} % faits, reste environ {time}.</translation>
    </message>
    <message>
      <location filename="../ocsia_plugin/engine/messages/pace.py" />
      <source>{seconds} s</source>
      <translation>{seconds} s</translation>
    </message>
    <message>
      <location filename="../ocsia_plugin/engine/messages/pace.py" />
      <source>{minutes} min</source>
      <translation>{minutes} min</translation>
    </message>
    <message>
      <location filename="../ocsia_plugin/engine/messages/pace.py" />
      <source>{hours} h {minutes} min</source>
      <translation>{hours} h {minutes} min</translation>
    </message>
    <message>
      <location filename="../ocsia_plugin/engine/messages/points.py" />
      <source>Layer '{layer}' holds no points. Choose those that 'Points to interpret' wrote, or other points.</source>
      <translation>La couche « {layer} » ne contient pas de points. Choisissez ceux qu'a écrits « Points à interpréter », ou d'autres points.</translation>
    </message>
    <message>
      <location filename="../ocsia_plugin/engine/messages/points.py" />
      <source>{path} holds no point. Choose the points that 'Points to interpret' wrote, or another point layer.</source>
      <translation>{path} ne contient aucun point. Choisissez les points écrits par « Points à interpréter », ou une autre couche de points.</translation>
    </message>
    <message>
      <location filename="../ocsia_plugin/engine/messages/points.py" />
      <source>{count} feature(s) of {path} are not single points. Choose a layer of points (Vector geometry &gt; Multipart to singleparts turns multipoints into points).</source>
      <translation>{count} entité(s) de {path} ne sont pas de simples points. Choisissez une couche de points (Outils de géométrie &gt; De morceaux multiples à morceaux uniques fait des points d'un multipoint).</translation>
    </message>
    <message>
      <location filename="../ocsia_plugin/engine/messages/points.py" />
      <source>{path} has no field '{field}' with the class of each point. Choose one of its fields (FIELD): {known}.</source>
      <translation>{path} n'a pas de champ « {field} » contenant la classe de chaque point. Choisissez l'un de ses champs (FIELD) : {known}.</translation>
    </message>
    <message>
      <location filename="../ocsia_plugin/engine/messages/points.py" />
      <source>The description of how the points of {path} were drawn is damaged ({reason}). Take an intact copy of the file, or draw new points.</source>
      <translation>La description du tirage des points de {path} est endommagée ({reason}). Reprenez une copie intacte du fichier, ou tirez de nouveaux points.</translation>
    </message>
    <message>
      <location filename="../ocsia_plugin/engine/messages/points.py" />
      <source>{count} of the {total} points of {path} lie outside the raster (first: feature {fid}). Choose the raster that they were drawn over, or points of this raster.</source>
      <translation>{count} des {total} points de {path} sont hors du raster (premier : entité {fid}). Choisissez le raster sur lequel ils ont été tirés, ou des points de ce raster.</translation>
    </message>
    <message>
      <location filename="../ocsia_plugin/engine/messages/points.py" />
      <source>{count} of the {total} points of {path} lie where the raster has no data (first: feature {fid}). Choose the raster that they were drawn over, or remove the points that were not drawn over its data.</source>
      <translation>{count} des {total} points de {path} tombent là où le raster n'a pas de données (premier : entité {fid}). Choisissez le raster sur lequel ils ont été tirés, ou retirez les points qui n'ont pas été tirés sur ses données.</translation>
    </message>
    <message>
      <location filename="../ocsia_plugin/engine/messages/points.py" />
      <source>{count} of the {total} points of {path} are not interpreted yet (first: feature {fid}). Give each of them its class: leaving out the difficult ones would make the map look better than it is.</source>
      <translation>{count} des {total} points de {path} ne sont pas encore interprétés (premier : entité {fid}). Donnez à chacun sa classe : laisser de côté les points difficiles ferait paraître la carte meilleure qu'elle n'est.</translation>
    </message>
    <message>
      <location filename="../ocsia_plugin/engine/messages/points.py" />
      <source>{path} holds classes that the nomenclature of the raster does not have: {values}. Correct these values, or choose another field (FIELD).</source>
      <translation>{path} contient des classes que la nomenclature du raster n'a pas : {values}. Corrigez ces valeurs, ou choisissez un autre champ (FIELD).</translation>
    </message>
    <message>
      <location filename="../ocsia_plugin/engine/messages/points.py" />
      <source>{count} point(s) of {path} lie on another one (first: feature {again} on feature {first}). Each pixel counts once: remove the copies. Second readings belong into the layer made for them.</source>
      <translation>{count} point(s) de {path} sont posés sur un autre (premier : entité {again} sur l'entité {first}). Chaque pixel compte une fois : retirez les copies. Les secondes lectures vont dans la couche faite pour elles.</translation>
    </message>
    <message>
      <location filename="../ocsia_plugin/engine/messages/points.py" />
      <source>{path} says that {drawn} point(s) were drawn in the stratum '{stratum}', but {found} are there: points were added or removed. Take an intact copy of the file; a point that is hard to read keeps its place with the most plausible class.</source>
      <translation>{path} dit que {drawn} point(s) ont été tirés dans la strate « {stratum} », mais il y en a {found} : des points ont été ajoutés ou retirés. Reprenez une copie intacte du fichier ; un point difficile à lire garde sa place, avec la classe la plus plausible.</translation>
    </message>
    <message>
      <location filename="../ocsia_plugin/engine/messages/points.py" />
      <source>The stratum '{stratum}' of {path} has fewer than 2 points: no uncertainty can be computed. Draw points again with at least 2 per stratum.</source>
      <translation>La strate « {stratum} » de {path} a moins de 2 points : aucune incertitude ne peut être calculée. Tirez à nouveau des points, au moins 2 par strate.</translation>
    </message>
    <message>
      <location filename="../ocsia_plugin/engine/messages/points.py" />
      <source>Nothing says how many points to draw. Give their number (COUNT), or what they are to reach (TARGET), for example ligneux=5 for the surface of woody vegetation to within 5 %.</source>
      <translation>Rien ne dit combien de points tirer. Donnez leur nombre (COUNT), ou ce qu'ils doivent atteindre (TARGET), par exemple ligneux=5 pour la surface de végétation ligneuse à 5 % près.</translation>
    </message>
    <message>
      <location filename="../ocsia_plugin/engine/messages/points.py" />
      <source>The target '{text}' cannot be read: {reason}. Write it as: ligneux=5, for the surface of woody vegetation to within 5 %.</source>
      <translation>L'objectif « {text} » ne peut pas être lu : {reason}. Écrivez-le ainsi : ligneux=5, pour la surface de végétation ligneuse à 5 % près.</translation>
    </message>
    <message>
      <location filename="../ocsia_plugin/engine/messages/points.py" />
      <source>'{part}' has no number after the sign =</source>
      <translation>« {part} » n'a pas de nombre après le signe =</translation>
    </message>
    <message>
      <location filename="../ocsia_plugin/engine/messages/points.py" />
      <source>the percentage of '{part}' is not between 0.1 and 100</source>
      <translation>le pourcentage de « {part} » n'est pas entre 0,1 et 100</translation>
    </message>
    <message>
      <location filename="../ocsia_plugin/engine/messages/points.py" />
      <source>'{name}' is neither a class nor a group of the raster ({known}), nor codes such as 8+10+11</source>
      <translation>« {name} » n'est ni une classe ni un groupe du raster ({known}), ni des codes comme 8+10+11</translation>
    </message>
    <message>
      <location filename="../ocsia_plugin/engine/messages/points.py" />
      <source>{minimum} point(s) per stratum are too few: from fewer than 2, no uncertainty can be computed. Set the minimum (MINIMUM) to 2 or more.</source>
      <translation>{minimum} point(s) par strate, c'est trop peu : avec moins de 2, aucune incertitude ne peut être calculée. Mettez le minimum (MINIMUM) à 2 ou plus.</translation>
    </message>
    <message>
      <location filename="../ocsia_plugin/engine/messages/points.py" />
      <source>{count} points are too few for {strata} strata with the minimum asked for, which take {needed}. Draw {needed} points, or set the minimum per stratum (MINIMUM) to {least}.</source>
      <translation>{count} points, c'est trop peu pour {strata} strates avec le minimum demandé, qui en prennent {needed}. Tirez {needed} points, ou mettez le minimum par strate (MINIMUM) à {least}.</translation>
    </message>
    <message>
      <location filename="../ocsia_plugin/engine/messages/points.py" />
      <source>{count} points are too few for {strata} strata, each of which needs 2 at least. Draw {needed} points or more, or take fewer zones.</source>
      <translation>{count} points, c'est trop peu pour {strata} strates, dont chacune en demande au moins 2. Tirez {needed} points ou plus, ou prenez moins de zones.</translation>
    </message>
    <message>
      <location filename="../ocsia_plugin/engine/messages/points.py" />
      <source>The target '{name}' is nowhere on {path}, in the zones at least: nothing says how many points it takes. Give their number (COUNT), or another target.</source>
      <translation>L'objectif « {name} » n'est nulle part sur {path}, du moins dans les zones : rien ne dit combien de points il demande. Donnez leur nombre (COUNT), ou un autre objectif.</translation>
    </message>
    <message>
      <location filename="../ocsia_plugin/engine/messages/points.py" />
      <source>This target would take {count} points, some {hours} hours of interpretation, and more than the {most} that are drawn at most. Ask for a wider half-width, a more frequent class or fewer zones.</source>
      <translation>Cet objectif prendrait {count} points, soit quelque {hours} heures d'interprétation, et plus que les {most} qui sont tirés au plus. Demandez une demi-largeur plus grande, une classe plus fréquente ou moins de zones.</translation>
    </message>
    <message>
      <location filename="../ocsia_plugin/engine/messages/points.py" />
      <source>{count} points are more than anybody interprets. Ask for {most} at most (COUNT).</source>
      <translation>{count} points, c'est plus que personne n'en interprète. Demandez-en {most} au plus (COUNT).</translation>
    </message>
    <message>
      <location filename="../ocsia_plugin/engine/messages/points.py" />
      <source>{name} is {value} but has to lie between {low} and {high}. Correct this parameter.</source>
      <translation>{name} vaut {value} mais doit être entre {low} et {high}. Corrigez ce paramètre.</translation>
    </message>
    <message>
      <location filename="../ocsia_plugin/engine/messages/points.py" />
      <source>{count} points in {strata} strata, {doubles} of them twice: some {hours} hours of interpretation at 45 seconds each</source>
      <translation>{count} points dans {strata} strates, dont {doubles} en double : quelque {hours} heures d'interprétation à 45 secondes chacun</translation>
    </message>
    <message>
      <location filename="../ocsia_plugin/engine/messages/points.py" />
      <source>Predicted with these points: the surface of '{name}' to within {percent} % at {level} %, if the probabilities are calibrated. The interpreted points will tell the true interval.</source>
      <translation>Prévu avec ces points : la surface de « {name} » à {percent} % près au niveau de {level} %, si les probabilités sont calibrées. Les points interprétés diront l'intervalle vrai.</translation>
    </message>
    <message>
      <location filename="../ocsia_plugin/engine/messages/points.py" />
      <source>Predicted with these points: the surface of '{name}' to within {percent} % at {level} %, if {precision} % of that class on the map are right. The interpreted points will tell the true interval.</source>
      <translation>Prévu avec ces points : la surface de « {name} » à {percent} % près au niveau de {level} %, si {precision} % de cette classe sont justes sur la carte. Les points interprétés diront l'intervalle vrai.</translation>
    </message>
    <message>
      <location filename="../ocsia_plugin/engine/messages/points.py" />
      <source>The zones overlap: {count} pixel(s) lie in several and count for the first of them only.</source>
      <translation>Les zones se recouvrent : {count} pixel(s) sont dans plusieurs d'entre elles et ne comptent que pour la première.</translation>
    </message>
    <message>
      <location filename="../ocsia_plugin/engine/messages/points.py" />
      <source>The points of {path} were interpreted in the nomenclature {found}, but the raster is in {wanted}. Choose a raster in {found}, or deliver it in that nomenclature first.</source>
      <translation>Les points de {path} ont été interprétés dans la nomenclature {found}, mais le raster est en {wanted}. Choisissez un raster en {found}, ou livrez-le d'abord dans cette nomenclature.</translation>
    </message>
    <message>
      <location filename="../ocsia_plugin/engine/messages/points.py" />
      <source>No polygon of {path} holds a valid pixel of the raster. Choose polygons over the raster.</source>
      <translation>Aucun polygone de {path} ne contient de pixel valide du raster. Choisissez des polygones sur le raster.</translation>
    </message>
    <message>
      <location filename="../ocsia_plugin/engine/messages/points.py" />
      <source>{count} of the {total} polygons of {path} have no class in the field '{field}' (first: polygon {fid}). Give each its class, or leave those out with a filter.</source>
      <translation>{count} des {total} polygones de {path} n'ont pas de classe dans le champ « {field} » (premier : polygone {fid}). Donnez à chacun sa classe, ou écartez ceux-là par un filtre.</translation>
    </message>
    <message>
      <location filename="../ocsia_plugin/engine/messages/points.py" />
      <source>None of the zones of {path} holds a reference. Choose zones where the points or polygons lie.</source>
      <translation>Aucune des zones de {path} ne contient de référence. Choisissez des zones là où sont les points ou les polygones.</translation>
    </message>
    <message>
      <location filename="../ocsia_plugin/engine/messages/points.py" />
      <source>Nothing says how these references were drawn: the figures describe them alone, without an interval, and say nothing certain of the whole map.</source>
      <translation>Rien ne dit comment ces références ont été tirées : les chiffres ne décrivent qu'elles, sans intervalle, et ne disent rien de sûr de toute la carte.</translation>
    </message>
    <message>
      <location filename="../ocsia_plugin/engine/messages/points.py" />
      <source>{count} polygon(s) hold no valid pixel of the raster and are left out.</source>
      <translation>{count} polygone(s) ne contiennent aucun pixel valide du raster et sont laissés de côté.</translation>
    </message>
    <message>
      <location filename="../ocsia_plugin/engine/messages/points.py" />
      <source>Overall accuracy: {percent} % ({low} to {high} at {level} %; {method})</source>
      <translation>Exactitude globale : {percent} % (de {low} à {high} au niveau de {level} % ; {method})</translation>
    </message>
    <message>
      <location filename="../ocsia_plugin/engine/messages/points.py" />
      <source>Overall accuracy: {percent} % ({method})</source>
      <translation>Exactitude globale : {percent} % ({method})</translation>
    </message>
    <message>
      <location filename="../ocsia_plugin/engine/messages/points.py" />
      <source>The reference layer has no polygon and no point. Choose another layer, or clear its selection and filter.</source>
      <translation>La couche de référence n'a ni polygone ni point. Choisissez une autre couche, ou enlevez sa sélection et son filtre.</translation>
    </message>
    <message>
      <location filename="../ocsia_plugin/engine/messages/points.py" />
      <source>The layer '{layer}' has edits that are not saved, which would not be counted. Save them (Layer &gt; Save Layer Edits), then run again.</source>
      <translation>La couche « {layer} » a des modifications non enregistrées, qui ne seraient pas comptées. Enregistrez-les (Couche &gt; Enregistrer les modifications de la couche), puis relancez.</translation>
    </message>
    <message>
      <location filename="../ocsia_plugin/engine/messages/points.py" />
      <source>Only a part of the points of '{layer}' is used (selection or filter): it was not drawn by the design of the whole, so that no interval can be claimed. Use all points for an interval.</source>
      <translation>Seule une partie des points de « {layer} » est utilisée (sélection ou filtre) : elle n'a pas été tirée par le plan de l'ensemble, et aucun intervalle ne peut être annoncé. Utilisez tous les points pour un intervalle.</translation>
    </message>
    <message>
      <location filename="../ocsia_plugin/engine/messages/precision.py" />
      <source>The model runs in {name}: on this machine {gain} times as fast as float32, with {agreement} % of the classes the same on {count} squares of this image.</source>
      <translation>Le modèle calcule en {name} : sur cette machine {gain} fois plus vite qu'en float32, avec {agreement} % des classes identiques sur {count} carrés de cette image.</translation>
    </message>
    <message>
      <location filename="../ocsia_plugin/engine/messages/precision.py" />
      <source>{name} is not used: {gain} times as fast as float32 (at least {least} is asked), with {agreement} % of the classes the same on {count} squares of this image (at least {enough} %).</source>
      <translation>{name} n'est pas utilisé : {gain} fois la vitesse de float32 (au moins {least} sont demandées), avec {agreement} % des classes identiques sur {count} carrés de cette image (au moins {enough} %).</translation>
    </message>
    <message>
      <location filename="../ocsia_plugin/engine/messages/precision.py" />
      <source>TensorRT compiles the model for this graphics card: the first time, that takes minutes.</source>
      <translation>TensorRT compile le modèle pour cette carte graphique : la première fois, cela prend des minutes.</translation>
    </message>
    <message>
      <location filename="../ocsia_plugin/engine/messages/precision.py" />
      <source>The model runs in float32.</source>
      <translation>Le modèle calcule en float32.</translation>
    </message>
    <message>
      <location filename="../ocsia_plugin/engine/messages/precision.py" />
      <source>The model runs in float32: this image is too small for fewer bits to be worth a probe.</source>
      <translation>Le modèle calcule en float32 : cette image est trop petite pour qu'un essai avec moins de bits en vaille la peine.</translation>
    </message>
    <message>
      <location filename="../ocsia_plugin/engine/messages/precision.py" />
      <source>The model runs in float32: fewer bits need the Python package 'onnx', which this engine does not have. Install the engine again, or choose PRECISION = float32.</source>
      <translation>Le modèle calcule en float32 : moins de bits demandent le paquet Python « onnx », que ce moteur n'a pas. Installez le moteur de nouveau, ou choisissez PRECISION = float32.</translation>
    </message>
    <message>
      <location filename="../ocsia_plugin/engine/messages/precision.py" />
      <source>ONNX Runtime could not load TensorRT, which may be of another version than this engine is made for</source>
      <translation>ONNX Runtime n'a pas pu charger TensorRT, qui est peut-être d'une autre version que celle pour laquelle ce moteur est fait</translation>
    </message>
    <message>
      <location filename="../ocsia_plugin/engine/messages/precision.py" />
      <source>The model cannot be made {name}: {reason}.</source>
      <translation>Le modèle ne peut pas être converti en {name} : {reason}.</translation>
    </message>
    <message>
      <location filename="../ocsia_plugin/engine/messages/process.py" />
      <source>The OCS-IA engine is not installed. In QGIS: menu Plugins &gt; OCS-IA &gt; 'Install the engine, models…', then the button 'Install the engine'. Without a window: the algorithm 'Install the engine' (ocsia:setup), or this command in a terminal: {command}. The Python of an engine that is installed elsewhere is named on the same page, or in the variable OCSIA_ENGINE_PYTHON.</source>
      <translation>Le moteur d'OCS-IA n'est pas installé. Dans QGIS : menu Extensions &gt; OCS-IA &gt; « Installer le moteur, modèles… », puis le bouton « Installer le moteur ». Sans fenêtre : le traitement « Installer le moteur » (ocsia:setup), ou cette commande dans un terminal : {command}. Le Python d'un moteur installé ailleurs s'indique sur la même page, ou dans la variable OCSIA_ENGINE_PYTHON.</translation>
    </message>
    <message>
      <location filename="../ocsia_plugin/engine/messages/process.py" />
      <source>The OCS-IA engine at {python} does not start ({reason}). Install it again, or name another Python in Settings &gt; Options &gt; OCS-IA.</source>
      <translation>Le moteur d'OCS-IA ne démarre pas avec {python} ({reason}). Réinstallez-le, ou indiquez un autre Python dans Préférences &gt; Options &gt; OCS-IA.</translation>
    </message>
    <message>
      <location filename="../ocsia_plugin/engine/messages/process.py" />
      <source>The engine stopped unexpectedly (code {rc}). The last lines of its log: {log}</source>
      <translation>Le moteur s'est arrêté de façon inattendue (code {rc}). Dernières lignes de son journal : {log}</translation>
    </message>
    <message>
      <location filename="../ocsia_plugin/engine/messages/process.py" />
      <source>Memory ran out. Close other programs, or choose a smaller tile in the advanced parameters.</source>
      <translation>La mémoire est épuisée. Fermez d'autres programmes, ou choisissez une tuile plus petite dans les paramètres avancés.</translation>
    </message>
    <message>
      <location filename="../ocsia_plugin/engine/messages/process.py" />
      <source>Something unexpected happened in the engine: {reason}. The log has the details; please report it.</source>
      <translation>Un imprévu s'est produit dans le moteur : {reason}. Le journal contient les détails ; merci de le signaler.</translation>
    </message>
    <message>
      <location filename="../ocsia_plugin/engine/messages/process.py" />
      <source>Cancelled: no file was written or replaced.</source>
      <translation>Annulé : aucun fichier n'a été écrit ni remplacé.</translation>
    </message>
    <message>
      <location filename="../ocsia_plugin/engine/messages/process.py" />
      <source>Cancelled. What is finished stays: run again with the same parameters to go on from there.</source>
      <translation>Annulé. Ce qui est terminé reste : relancez avec les mêmes paramètres pour reprendre de là.</translation>
    </message>
    <message>
      <location filename="../ocsia_plugin/engine/messages/process.py" />
      <source>The layer '{layer}' ({provider}) is not a file on this machine, which is needed here: export the layer first (right click &gt; Export &gt; Save As), then choose the file.</source>
      <translation>La couche « {layer} » ({provider}) n'est pas un fichier de cette machine, or il en faut un ici : exportez d'abord la couche (clic droit &gt; Exporter &gt; Sauvegarder sous), puis choisissez le fichier.</translation>
    </message>
    <message>
      <location filename="../ocsia_plugin/engine/messages/process.py" />
      <source>In QGIS the layer '{layer}' was given the CRS {told}, but its file says {crs}: the file is what counts here. If the file is wrong, assign it the right CRS (Raster &gt; Projections &gt; Assign projection), then run again.</source>
      <translation>Dans QGIS, la couche « {layer} » a reçu le SCR {told}, mais son fichier dit {crs} : c'est le fichier qui compte ici. Si le fichier se trompe, attribuez-lui le bon SCR (Raster &gt; Projections &gt; Assigner une projection), puis relancez.</translation>
    </message>
    <message>
      <location filename="../ocsia_plugin/engine/messages/process.py" />
      <source>Feature {fid} of the layer '{layer}' cannot be transformed to {crs} ({reason}). Check the layer's CRS.</source>
      <translation>L'entité {fid} de la couche « {layer} » ne peut être reprojetée en {crs} ({reason}). Vérifiez le système de coordonnées de la couche.</translation>
    </message>
    <message>
      <location filename="../ocsia_plugin/engine/messages/process.py" />
      <source>The OCS-IA engine is not installed: the Python named for it, {python}, does not exist. Correct it in Settings &gt; Options &gt; OCS-IA (or in the variable OCSIA_ENGINE_PYTHON), or clear it and install the engine with this command in a terminal: {command}</source>
      <translation>Le moteur d'OCS-IA n'est pas installé : le Python indiqué, {python}, n'existe pas. Corrigez-le dans Préférences &gt; Options &gt; OCS-IA (ou dans la variable OCSIA_ENGINE_PYTHON), ou effacez-le et installez le moteur avec cette commande dans un terminal : {command}</translation>
    </message>
    <message>
      <location filename="../ocsia_plugin/engine/messages/process.py" />
      <source>{count} geometries of the layer '{layer}' were invalid and have been repaired for this run (first: feature {fid}, {reason}). Check them if their exact outline matters.</source>
      <translation>{count} géométrie(s) de la couche « {layer} » n'étaient pas valides et ont été réparées pour ce traitement (la première : entité {fid}, {reason}). Vérifiez-les si leur contour exact importe.</translation>
    </message>
    <message>
      <location filename="../ocsia_plugin/engine/messages/reasons.py" />
      <source>Choose a raster with these bands, or another model.</source>
      <translation>Choisissez un raster qui a ces bandes, ou un autre modèle.</translation>
    </message>
    <message>
      <location filename="../ocsia_plugin/engine/messages/reasons.py" />
      <source>Choose a model that fits this raster: {ready}.</source>
      <translation>Choisissez un modèle qui convient à ce raster : {ready}.</translation>
    </message>
    <message>
      <location filename="../ocsia_plugin/engine/messages/reasons.py" />
      <source>Download a model that fits this raster: {to_fetch}; or choose a raster with these bands.</source>
      <translation>Téléchargez un modèle qui convient à ce raster : {to_fetch} ; ou choisissez un raster qui a ces bandes.</translation>
    </message>
    <message>
      <location filename="../ocsia_plugin/engine/messages/reasons.py" />
      <source>Choose a model that fits this raster: {ready}; or download one: {to_fetch}.</source>
      <translation>Choisissez un modèle qui convient à ce raster : {ready} ; ou téléchargez-en un : {to_fetch}.</translation>
    </message>
    <message>
      <location filename="../ocsia_plugin/engine/messages/reasons.py" />
      <source>; </source>
      <translation> ; </translation>
    </message>
    <message>
      <location filename="../ocsia_plugin/engine/messages/reasons.py" />
      <source>it is a folder</source>
      <translation>c'est un dossier</translation>
    </message>
    <message>
      <location filename="../ocsia_plugin/engine/messages/reasons.py" />
      <source>the folder does not exist</source>
      <translation>le dossier n'existe pas</translation>
    </message>
    <message>
      <location filename="../ocsia_plugin/engine/messages/reasons.py" />
      <source>the file does not exist</source>
      <translation>le fichier n'existe pas</translation>
    </message>
    <message>
      <location filename="../ocsia_plugin/engine/messages/reasons.py" />
      <source>access is denied</source>
      <translation>l'accès est refusé</translation>
    </message>
    <message>
      <location filename="../ocsia_plugin/engine/messages/reasons.py" />
      <source>the disk can only be read</source>
      <translation>le disque est en lecture seule</translation>
    </message>
    <message>
      <location filename="../ocsia_plugin/engine/messages/reasons.py" />
      <source>the disk is full</source>
      <translation>le disque est plein</translation>
    </message>
    <message>
      <location filename="../ocsia_plugin/engine/messages/reasons.py" />
      <source>the name is too long</source>
      <translation>le nom est trop long</translation>
    </message>
    <message>
      <location filename="../ocsia_plugin/engine/messages/reasons.py" />
      <source>the connection is refused</source>
      <translation>la connexion est refusée</translation>
    </message>
    <message>
      <location filename="../ocsia_plugin/engine/messages/reasons.py" />
      <source>there is no answer</source>
      <translation>pas de réponse</translation>
    </message>
    <message>
      <location filename="../ocsia_plugin/engine/messages/reasons.py" />
      <source>there is no network</source>
      <translation>pas de réseau</translation>
    </message>
    <message>
      <location filename="../ocsia_plugin/engine/messages/reasons.py" />
      <source>no address is known for this name</source>
      <translation>aucune adresse n'est connue pour ce nom</translation>
    </message>
    <message>
      <location filename="../ocsia_plugin/engine/messages/reasons.py" />
      <source>it is damaged, or of another format</source>
      <translation>il est abîmé, ou d'un autre format</translation>
    </message>
    <message>
      <location filename="../ocsia_plugin/engine/messages/reasons.py" />
      <source>it lies where that CRS is not defined</source>
      <translation>elle est là où ce SCR n'est pas défini</translation>
    </message>
    <message>
      <location filename="../ocsia_plugin/engine/messages/reasons.py" />
      <source>its format is not known</source>
      <translation>son format n'est pas connu</translation>
    </message>
    <message>
      <location filename="../ocsia_plugin/engine/messages/reasons.py" />
      <source>it holds no vector layer</source>
      <translation>il ne contient aucune couche vectorielle</translation>
    </message>
    <message>
      <location filename="../ocsia_plugin/engine/messages/reasons.py" />
      <source>it holds several rasters, or none; choose one of them</source>
      <translation>il contient plusieurs rasters, ou aucun ; choisissez-en un</translation>
    </message>
    <message>
      <location filename="../ocsia_plugin/engine/messages/reasons.py" />
      <source>it has a single band</source>
      <translation>il n'a qu'une bande</translation>
    </message>
    <message>
      <location filename="../ocsia_plugin/engine/messages/reasons.py" />
      <source>it has {count} band(s)</source>
      <translation>il a {count} bande(s)</translation>
    </message>
    <message>
      <location filename="../ocsia_plugin/engine/messages/reasons.py" />
      <source>it has {count} bands for {classes} classes</source>
      <translation>il a {count} bandes pour {classes} classes</translation>
    </message>
    <message>
      <location filename="../ocsia_plugin/engine/messages/reasons.py" />
      <source>{count} bands fit no nomenclature</source>
      <translation>{count} bandes ne correspondent à aucune nomenclature</translation>
    </message>
    <message>
      <location filename="../ocsia_plugin/engine/messages/reasons.py" />
      <source>nothing says which nomenclature its {count} bands belong to ({known}): name it in the advanced parameters</source>
      <translation>rien ne dit de quelle nomenclature sont ses {count} bandes ({known}) ; indiquez-la dans les paramètres avancés</translation>
    </message>
    <message>
      <location filename="../ocsia_plugin/engine/messages/reasons.py" />
      <source>its values are {dtype}, not bytes</source>
      <translation>ses valeurs sont de type {dtype}, pas des octets</translation>
    </message>
    <message>
      <location filename="../ocsia_plugin/engine/messages/reasons.py" />
      <source>its name does not end in .onnx</source>
      <translation>son nom ne finit pas par .onnx</translation>
    </message>
    <message>
      <location filename="../ocsia_plugin/engine/messages/reasons.py" />
      <source>'{name}' is missing</source>
      <translation>« {name} » manque</translation>
    </message>
    <message>
      <location filename="../ocsia_plugin/engine/messages/reasons.py" />
      <source>rasters are written as GeoTIFF: the name must end in .tif</source>
      <translation>les rasters sont écrits en GeoTIFF : le nom doit finir par .tif</translation>
    </message>
    <message>
      <location filename="../ocsia_plugin/engine/messages/reasons.py" />
      <source>'{part}' has no name</source>
      <translation>« {part} » n'a pas de nom</translation>
    </message>
    <message>
      <location filename="../ocsia_plugin/engine/messages/reasons.py" />
      <source>'{name}' has no classes and is not a known group ({known})</source>
      <translation>« {name} » n'a pas de classes et n'est pas un groupe connu ({known})</translation>
    </message>
    <message>
      <location filename="../ocsia_plugin/engine/messages/reasons.py" />
      <source>'{text}' is not a list of codes such as 8+10+11</source>
      <translation>« {text} » n'est pas une liste de codes comme 8+10+11</translation>
    </message>
    <message>
      <location filename="../ocsia_plugin/engine/messages/reasons.py" />
      <source>there is no class {value}</source>
      <translation>il n'y a pas de classe {value}</translation>
    </message>
    <message>
      <location filename="../ocsia_plugin/engine/messages/reasons.py" />
      <source>a class stands twice ({name})</source>
      <translation>une classe figure deux fois ({name})</translation>
    </message>
    <message>
      <location filename="../ocsia_plugin/engine/messages/reasons.py" />
      <source>the name '{name}' stands twice</source>
      <translation>le nom « {name} » figure deux fois</translation>
    </message>
    <message>
      <location filename="../ocsia_plugin/engine/messages/reasons.py" />
      <source>as asked</source>
      <translation>comme demandé</translation>
    </message>
    <message>
      <location filename="../ocsia_plugin/engine/messages/reasons.py" />
      <source>its colour table is that of this nomenclature</source>
      <translation>sa table de couleurs est celle de cette nomenclature</translation>
    </message>
    <message>
      <location filename="../ocsia_plugin/engine/messages/reasons.py" />
      <source>it declares 0 as no data</source>
      <translation>il déclare 0 comme absence de donnée</translation>
    </message>
    <message>
      <location filename="../ocsia_plugin/engine/messages/reasons.py" />
      <source>it declares no data otherwise than by the value 0</source>
      <translation>il déclare l'absence de donnée autrement que par la valeur 0</translation>
    </message>
    <message>
      <location filename="../ocsia_plugin/engine/messages/reasons.py" />
      <source>its values are codes of this nomenclature</source>
      <translation>ses valeurs sont des codes de cette nomenclature</translation>
    </message>
    <message>
      <location filename="../ocsia_plugin/engine/messages/reasons.py" />
      <source>its values do not fit the other way</source>
      <translation>ses valeurs ne conviennent pas dans l'autre cas</translation>
    </message>
    <message>
      <location filename="../ocsia_plugin/engine/messages/reasons.py" />
      <source>it is the reference of a file (Git LFS) and not the file; download the file itself</source>
      <translation>c'est la référence d'un fichier (Git LFS) et non le fichier ; téléchargez le fichier lui-même</translation>
    </message>
    <message>
      <location filename="../ocsia_plugin/engine/messages/reasons.py" />
      <source>it has the format of PyTorch before 1.6; ask its author to save it with a later version</source>
      <translation>il a le format de PyTorch d'avant la version 1.6 ; demandez à son auteur de l'enregistrer avec une version plus récente</translation>
    </message>
    <message>
      <location filename="../ocsia_plugin/engine/messages/reasons.py" />
      <source>it is not a file of PyTorch</source>
      <translation>ce n'est pas un fichier de PyTorch</translation>
    </message>
    <message>
      <location filename="../ocsia_plugin/engine/messages/reasons.py" />
      <source>it is a TorchScript program; ask its author for the state_dict</source>
      <translation>c'est un programme TorchScript ; demandez le state_dict à son auteur</translation>
    </message>
    <message>
      <location filename="../ocsia_plugin/engine/messages/reasons.py" />
      <source>the file is incomplete; download it again</source>
      <translation>le fichier est incomplet ; téléchargez-le de nouveau</translation>
    </message>
    <message>
      <location filename="../ocsia_plugin/engine/messages/reasons.py" />
      <source>the file is damaged ({detail}); download it again</source>
      <translation>le fichier est abîmé ({detail}) ; téléchargez-le de nouveau</translation>
    </message>
    <message>
      <location filename="../ocsia_plugin/engine/messages/reasons.py" />
      <source>it holds no tensors by name</source>
      <translation>il ne contient pas de tenseurs nommés</translation>
    </message>
    <message>
      <location filename="../ocsia_plugin/engine/messages/reasons.py" />
      <source>it has {count} tensors, such as {keys}</source>
      <translation>il a {count} tenseurs, tels que {keys}</translation>
    </message>
    <message>
      <location filename="../ocsia_plugin/engine/messages/reasons.py" />
      <source>{count} tensor(s) are missing, such as {name}</source>
      <translation>il manque {count} tenseur(s), tel(s) que {name}</translation>
    </message>
    <message>
      <location filename="../ocsia_plugin/engine/messages/reasons.py" />
      <source>the tensor {name} has no place in it</source>
      <translation>le tenseur {name} n'y a pas de place</translation>
    </message>
    <message>
      <location filename="../ocsia_plugin/engine/messages/reasons.py" />
      <source>the tensor {name} measures {found} and not {wanted}</source>
      <translation>le tenseur {name} mesure {found} et non {wanted}</translation>
    </message>
    <message>
      <location filename="../ocsia_plugin/engine/messages/reasons.py" />
      <source>the tensor {name} holds values that are not finite numbers</source>
      <translation>le tenseur {name} contient des valeurs qui ne sont pas des nombres finis</translation>
    </message>
    <message>
      <location filename="../ocsia_plugin/engine/messages/reasons.py" />
      <source>the tensor {name} is not the same as {target}</source>
      <translation>le tenseur {name} n'est pas le même que {target}</translation>
    </message>
    <message>
      <location filename="../ocsia_plugin/engine/messages/reasons.py" />
      <source>the number of bands</source>
      <translation>le nombre de bandes</translation>
    </message>
    <message>
      <location filename="../ocsia_plugin/engine/messages/reasons.py" />
      <source>the number of classes</source>
      <translation>le nombre de classes</translation>
    </message>
    <message>
      <location filename="../ocsia_plugin/engine/messages/reasons.py" />
      <source>the engine has ONNX Runtime without GPU support</source>
      <translation>le moteur a une version d'ONNX Runtime sans prise en charge des cartes graphiques</translation>
    </message>
    <message>
      <location filename="../ocsia_plugin/engine/messages/reasons.py" />
      <source>the image lacks {bands} (R: red, V: green, B: blue, I: near infrared, E: height above ground)</source>
      <translation>il manque à l'image {bands} (R : rouge, V : vert, B : bleu, I : proche infrarouge, E : hauteur au-dessus du sol)</translation>
    </message>
    <message>
      <location filename="../ocsia_plugin/engine/messages/reasons.py" />
      <source>it was trained on pixels of {wanted} m, too far from the {found} m of the image</source>
      <translation>il a été entraîné sur des pixels de {wanted} m, trop loin des {found} m de l'image</translation>
    </message>
    <message>
      <location filename="../ocsia_plugin/engine/messages/reasons.py" />
      <source>the connection broke off</source>
      <translation>la connexion s'est interrompue</translation>
    </message>
    <message>
      <location filename="../ocsia_plugin/engine/messages/reasons.py" />
      <source>CUDA could not be loaded: the NVIDIA driver is missing, or too old for this engine</source>
      <translation>CUDA n'a pas pu être chargé : le pilote NVIDIA manque, ou est trop ancien pour ce moteur</translation>
    </message>
    <message>
      <location filename="../ocsia_plugin/engine/messages/services.py" />
      <source>'{layer}' from {host}: {count} image(s) of {size} x {size} pixels of {gsd} m to fetch, about {megabytes} MB; {here} more are on this machine already.</source>
      <translation>« {layer} », {host} : {count} image(s) de {size} x {size} pixels de {gsd} m à télécharger, environ {megabytes} Mo ; {here} de plus sont déjà sur cette machine.</translation>
    </message>
    <message>
      <location filename="../ocsia_plugin/engine/messages/services.py" />
      <source>'{layer}': made from tiles whose pixels measure {ground} m</source>
      <translation>« {layer} » : composée de tuiles dont les pixels mesurent {ground} m</translation>
    </message>
    <message>
      <location filename="../ocsia_plugin/engine/messages/services.py" />
      <source>Source of '{layer}': {attribution}</source>
      <translation>Source de « {layer} » : {attribution}</translation>
    </message>
    <message>
      <location filename="../ocsia_plugin/engine/messages/services.py" />
      <source>'{layer}' has a format that QGIS reads and the engine does not: it is handed over in {count} parts.</source>
      <translation>« {layer} » est dans un format que QGIS lit et que le moteur ne lit pas : elle lui est transmise en {count} morceaux.</translation>
    </message>
    <message>
      <location filename="../ocsia_plugin/engine/messages/services.py" />
      <source>The finest images of '{layer}' have pixels of {ground} m, coarser than the {gsd} m wanted: they are enlarged. Expect a poorer result.</source>
      <translation>Les images les plus fines de « {layer} » ont des pixels de {ground} m, plus grossiers que les {gsd} m voulus : elles sont agrandies. Attendez-vous à un résultat moins bon.</translation>
    </message>
    <message>
      <location filename="../ocsia_plugin/engine/messages/services.py" />
      <source>The layer '{layer}' ({provider}) is neither a file on this machine nor a WMS, WMTS or XYZ service. Export it first (right click &gt; Export &gt; Save As), then choose the file.</source>
      <translation>La couche « {layer} » ({provider}) n'est ni un fichier de cette machine, ni un service WMS, WMTS ou XYZ. Exportez-la d'abord (clic droit &gt; Exporter &gt; Sauvegarder sous), puis choisissez le fichier.</translation>
    </message>
    <message>
      <location filename="../ocsia_plugin/engine/messages/services.py" />
      <source>The layer '{layer}' is a web service, which covers more than can be fetched. Choose a mask or an extent (the extent of the map canvas, for example): only what it needs is fetched.</source>
      <translation>La couche « {layer} » est un service web, qui couvre plus que ce qui peut être téléchargé. Choisissez un masque ou une emprise (celle du canevas de la carte, par exemple) : seul le nécessaire est téléchargé.</translation>
    </message>
    <message>
      <location filename="../ocsia_plugin/engine/messages/services.py" />
      <source>The layer '{layer}' is in {crs}, and nothing says in which CRS in metres the result should be. Choose a mask or an extent in such a CRS, for example EPSG:2154 in metropolitan France.</source>
      <translation>La couche « {layer} » est en {crs}, et rien ne dit dans quel SCR en mètres doit être le résultat. Choisissez un masque ou une emprise dans un tel SCR, par exemple EPSG:2154 en France métropolitaine.</translation>
    </message>
    <message>
      <location filename="../ocsia_plugin/engine/messages/services.py" />
      <source>The area asked for cannot be transformed to {crs} ({reason}). Choose a mask or an extent that can.</source>
      <translation>La zone demandée ne peut pas être transformée en {crs} ({reason}). Choisissez un masque ou une emprise qui le puisse.</translation>
    </message>
    <message>
      <location filename="../ocsia_plugin/engine/messages/services.py" />
      <source>The area asked for takes more images of '{layer}' than the {limit} that may be fetched in one run. Choose a smaller area, or download the image files themselves (BD ORTHO) and use them.</source>
      <translation>La zone demandée nécessite plus d'images de « {layer} » que les {limit} qui peuvent être téléchargées en une fois. Choisissez une zone plus petite, ou téléchargez les fichiers images eux-mêmes (BD ORTHO) et utilisez-les.</translation>
    </message>
    <message>
      <location filename="../ocsia_plugin/engine/messages/services.py" />
      <source>The layer '{layer}' cannot be asked for at {host}: the service does not offer it as it is set up in QGIS ({reason}). Add the layer to the project again.</source>
      <translation>La couche « {layer} » ne peut pas être demandée à {host} : le service ne la propose pas telle qu'elle est réglée dans QGIS ({reason}). Ajoutez de nouveau la couche au projet.</translation>
    </message>
    <message>
      <location filename="../ocsia_plugin/engine/messages/services.py" />
      <source>{host} offers no heights in metres for the layer '{layer}', only pictures of them ({formats}). Use a WMS that answers with image/x-bil;bits=32 or 32-bit GeoTIFF, as the Géoplateforme does, or a file.</source>
      <translation>{host} ne propose pas de hauteurs en mètres pour la couche « {layer} », seulement leur image ({formats}). Utilisez un WMS qui répond en image/x-bil;bits=32 ou en GeoTIFF 32 bits, comme la Géoplateforme, ou un fichier.</translation>
    </message>
    <message>
      <location filename="../ocsia_plugin/engine/messages/services.py" />
      <source>{host} (layer '{layer}') cannot be reached or does not answer in time ({reason}). Check the network and the proxy, then run again: what was fetched is kept.</source>
      <translation>{host} (couche « {layer} ») est injoignable ou ne répond pas à temps ({reason}). Vérifiez le réseau et le proxy, puis relancez : ce qui a été téléchargé est conservé.</translation>
    </message>
    <message>
      <location filename="../ocsia_plugin/engine/messages/services.py" />
      <source>The authentication '{config}' of the layer '{layer}' cannot be used for {host}: QGIS does not have it, or its passwords are locked. Choose one in the layer's connection and give QGIS its master password (for qgis_process: the variable QGIS_AUTH_PASSWORD_FILE), then run again.</source>
      <translation>L'authentification « {config} » de la couche « {layer} » ne peut pas servir pour {host} : QGIS ne l'a pas, ou ses mots de passe sont verrouillés. Choisissez-en une dans la connexion de la couche et donnez à QGIS son mot de passe principal (pour qgis_process : la variable QGIS_AUTH_PASSWORD_FILE), puis relancez.</translation>
    </message>
    <message>
      <location filename="../ocsia_plugin/engine/messages/services.py" />
      <source>{host} does not deliver the layer '{layer}': it answers {status} ({said}). Check the layer in QGIS, or try again later: what was fetched is kept.</source>
      <translation>{host} ne livre pas la couche « {layer} » : il répond {status} ({said}). Vérifiez la couche dans QGIS, ou réessayez plus tard : ce qui a été téléchargé est conservé.</translation>
    </message>
    <message>
      <location filename="../ocsia_plugin/engine/messages/services.py" />
      <source>{host} refuses to deliver the layer '{layer}': {said} – Check the layer in QGIS, then run again: what was fetched is kept.</source>
      <translation>{host} refuse de livrer la couche « {layer} » : {said} – Vérifiez la couche dans QGIS, puis relancez : ce qui a été téléchargé est conservé.</translation>
    </message>
    <message>
      <location filename="../ocsia_plugin/engine/messages/services.py" />
      <source>{host} answers for the layer '{layer}' with an image of {found} pixels where {wanted} were asked for. It cannot be used; tell whoever runs the service.</source>
      <translation>{host} répond pour la couche « {layer} » par une image de {found} pixels alors que {wanted} étaient demandés. Elle est inutilisable ; signalez-le au responsable du service.</translation>
    </message>
    <message>
      <location filename="../ocsia_plugin/engine/messages/services.py" />
      <source>What {host} answers for the layer '{layer}' cannot be used ({kind}: {reason}). Check the layer in QGIS, or try again later: what was fetched is kept.</source>
      <translation>Ce que répond {host} pour la couche « {layer} » est inutilisable ({kind} : {reason}). Vérifiez la couche dans QGIS, ou réessayez plus tard : ce qui a été téléchargé est conservé.</translation>
    </message>
    <message>
      <location filename="../ocsia_plugin/engine/messages/services.py" />
      <source>The images of {path} no longer come. Run again: what was fetched is kept.</source>
      <translation>Les images de {path} n'arrivent plus. Relancez : ce qui a été téléchargé est conservé.</translation>
    </message>
    <message>
      <location filename="../ocsia_plugin/engine/messages/services.py" />
      <source>Fetched images cannot be kept in {folder} ({reason}). Make room there, or name another folder in the variable OCSIA_CACHE.</source>
      <translation>Les images téléchargées ne peuvent pas être conservées dans {folder} ({reason}). Faites-y de la place, ou indiquez un autre dossier dans la variable OCSIA CACHE.</translation>
    </message>
    <message>
      <location filename="../ocsia_plugin/engine/messages/services.py" />
      <source>without saying why</source>
      <translation>sans dire pourquoi</translation>
    </message>
    <message>
      <location filename="../ocsia_plugin/engine/messages/services.py" />
      <source>it has none of the tiles asked for</source>
      <translation>il n'a aucune des tuiles demandées</translation>
    </message>
    <message>
      <location filename="../ocsia_plugin/engine/messages/setup.py" />
      <source>Installing the engine in {folder} with {tool}. It asks for {needed} MB of free disk.</source>
      <translation>Installation du moteur dans {folder} avec {tool}. Il demande {needed} Mo de disque libre.</translation>
    </message>
    <message>
      <location filename="../ocsia_plugin/engine/messages/setup.py" />
      <source>The engine is installed: {python}</source>
      <translation>Le moteur est installé : {python}</translation>
    </message>
    <message>
      <location filename="../ocsia_plugin/engine/messages/setup.py" />
      <source>The engine has been removed from {folder}.</source>
      <translation>Le moteur a été supprimé de {folder}.</translation>
    </message>
    <message>
      <location filename="../ocsia_plugin/engine/messages/setup.py" />
      <source>The engine in {folder} is complete and up to date: nothing to do. REPAIR installs it anew.</source>
      <translation>Le moteur de {folder} est complet et à jour : rien à faire. REPAIR le réinstalle.</translation>
    </message>
    <message>
      <location filename="../ocsia_plugin/engine/messages/setup.py" />
      <source>The engine is installed, but another one is in use: {python}, which a setting or the variable OCSIA_ENGINE_PYTHON names. Clear it in Settings &gt; Options &gt; OCS-IA to use the new one.</source>
      <translation>Le moteur est installé, mais un autre est utilisé : {python}, désigné par un réglage ou par la variable OCSIA_ENGINE_PYTHON. Effacez-le dans Préférences &gt; Options &gt; OCS-IA pour utiliser le nouveau.</translation>
    </message>
    <message>
      <location filename="../ocsia_plugin/engine/messages/setup.py" />
      <source>Graphics card found: {gpu}.</source>
      <translation>Carte graphique trouvée : {gpu}.</translation>
    </message>
    <message>
      <location filename="../ocsia_plugin/engine/messages/setup.py" />
      <source>No NVIDIA graphics card was found on this machine: the processor will do the work.</source>
      <translation>Aucune carte graphique NVIDIA n'a été trouvée sur cette machine : le processeur fera le travail.</translation>
    </message>
    <message>
      <location filename="../ocsia_plugin/engine/messages/setup.py" />
      <source>No suitable Python was found: the engine needs Python 3.10 to 3.13 (64 bits, with venv). Install one from python.org (or python3-venv from your Linux distribution, or uv), or choose an existing Python, then start the installation again.</source>
      <translation>Aucun Python ne convient : le moteur demande Python 3.10 à 3.13 (64 bits, avec venv). Installez-en un depuis python.org (ou python3-venv de votre distribution Linux, ou uv), ou choisissez un Python existant, puis relancez l'installation.</translation>
    </message>
    <message>
      <location filename="../ocsia_plugin/engine/messages/setup.py" />
      <source>The engine cannot be made with {python} (version {version}): it needs Python 3.10 to 3.13, 64 bits, with the modules venv and ensurepip. Choose another Python.</source>
      <translation>Le moteur ne peut pas être construit avec {python} (version {version}) : il faut Python 3.10 à 3.13, en 64 bits, avec les modules venv et ensurepip. Choisissez un autre Python.</translation>
    </message>
    <message>
      <location filename="../ocsia_plugin/engine/messages/setup.py" />
      <source>The folder {folder} does not exist or holds no wheel (*.whl). Give the folder in which 'pip download' has put the libraries of the engine.</source>
      <translation>Le dossier {folder} n'existe pas ou ne contient aucun paquet wheel (*.whl). Indiquez le dossier où « pip download » a déposé les bibliothèques du moteur.</translation>
    </message>
    <message>
      <location filename="../ocsia_plugin/engine/messages/setup.py" />
      <source>There is too little free disk for the engine in {folder}: {free} MB are free, {needed} MB are needed. Make room on this disk, then start the installation again.</source>
      <translation>Il n'y a pas assez de disque libre pour le moteur dans {folder} : {free} Mo libres pour {needed} Mo nécessaires. Faites de la place sur ce disque, puis relancez l'installation.</translation>
    </message>
    <message>
      <location filename="../ocsia_plugin/engine/messages/setup.py" />
      <source>The folder {folder} holds something else than an engine of OCS-IA; nothing in it was touched. Choose an empty folder, or one that does not exist.</source>
      <translation>Le dossier {folder} contient autre chose qu'un moteur d'OCS-IA ; rien n'y a été touché. Choisissez un dossier vide, ou qui n'existe pas encore.</translation>
    </message>
    <message>
      <location filename="../ocsia_plugin/engine/messages/setup.py" />
      <source>Another QGIS is installing or removing the engine in {folder}. Wait until it has finished, then look again.</source>
      <translation>Un autre QGIS est en train d'installer ou de supprimer le moteur dans {folder}. Attendez qu'il ait terminé, puis regardez à nouveau.</translation>
    </message>
    <message>
      <location filename="../ocsia_plugin/engine/messages/setup.py" />
      <source>The engine in {folder} is in use and cannot be replaced. Wait for its job to end, or close the other windows of QGIS, then start again.</source>
      <translation>Le moteur de {folder} est en cours d'utilisation et ne peut pas être remplacé. Attendez la fin de son traitement, ou fermez les autres fenêtres de QGIS, puis recommencez.</translation>
    </message>
    <message>
      <location filename="../ocsia_plugin/engine/messages/setup.py" />
      <source>The libraries of the engine cannot be downloaded: no connection to the package index ({reason}). Check the network, and the proxy in QGIS (Settings &gt; Options &gt; Network). Without a network, install from a folder of wheels, or name the Python of an existing engine.</source>
      <translation>Les bibliothèques du moteur ne peuvent pas être téléchargées : pas de connexion à l'index de paquets ({reason}). Vérifiez le réseau, et le proxy dans QGIS (Préférences &gt; Options &gt; Réseau). Sans réseau, installez depuis un dossier de paquets wheel, ou désignez le Python d'un moteur existant.</translation>
    </message>
    <message>
      <location filename="../ocsia_plugin/engine/messages/setup.py" />
      <source>The proxy refuses the download ({reason}). Check its address, user and password in QGIS (Settings &gt; Options &gt; Network), then try again.</source>
      <translation>Le proxy refuse le téléchargement ({reason}). Vérifiez son adresse, l'utilisateur et le mot de passe dans QGIS (Préférences &gt; Options &gt; Réseau), puis réessayez.</translation>
    </message>
    <message>
      <location filename="../ocsia_plugin/engine/messages/setup.py" />
      <source>The certificate of the package index is not trusted ({reason}). Where your organisation inspects connections, add its authority in QGIS (Settings &gt; Options &gt; Authentication &gt; Manage certificates), or install from a folder of wheels.</source>
      <translation>Le certificat de l'index de paquets n'est pas reconnu ({reason}). Si votre organisme inspecte les connexions, ajoutez son autorité dans QGIS (Préférences &gt; Options &gt; Authentification &gt; Gérer les certificats), ou installez depuis un dossier de paquets wheel.</translation>
    </message>
    <message>
      <location filename="../ocsia_plugin/engine/messages/setup.py" />
      <source>The package index has no build of a library for this system and this Python ({reason}). Choose another Python from 3.10 to 3.13 (3.12 has most builds).</source>
      <translation>L'index de paquets n'a pas de version compilée d'une bibliothèque pour ce système et ce Python ({reason}). Choisissez un autre Python, de 3.10 à 3.13 (c'est pour 3.12 qu'il y en a le plus).</translation>
    </message>
    <message>
      <location filename="../ocsia_plugin/engine/messages/setup.py" />
      <source>A library is missing from the folder of wheels {folder}, or is there for another system or Python ({reason}). Fill it on a machine like this one: pip download --prefer-binary -r engine.lock</source>
      <translation>Une bibliothèque manque dans le dossier de paquets wheel {folder}, ou s'y trouve pour un autre système ou un autre Python ({reason}). Remplissez-le sur une machine semblable à celle-ci : pip download --prefer-binary -r engine.lock</translation>
    </message>
    <message>
      <location filename="../ocsia_plugin/engine/messages/setup.py" />
      <source>A downloaded library is not the one that was expected (its checksum differs), so nothing was installed: {reason}. Try again; if it comes back, tell your network's administrator.</source>
      <translation>Une bibliothèque téléchargée n'est pas celle attendue (sa somme de contrôle diffère) ; rien n'a donc été installé : {reason}. Réessayez ; si cela se répète, prévenez l'administrateur de votre réseau.</translation>
    </message>
    <message>
      <location filename="../ocsia_plugin/engine/messages/setup.py" />
      <source>The disk filled up during the installation in {folder}. Make room, then try again.</source>
      <translation>Le disque s'est rempli pendant l'installation dans {folder}. Faites de la place, puis réessayez.</translation>
    </message>
    <message>
      <location filename="../ocsia_plugin/engine/messages/setup.py" />
      <source>Writing or running something in {folder} is not permitted ({reason}). Check the rights on this folder, or ask your administrator; an engine installed elsewhere can be named in Settings &gt; Options &gt; OCS-IA.</source>
      <translation>Écrire ou exécuter un fichier dans {folder} n'est pas permis ({reason}). Vérifiez les droits sur ce dossier, ou demandez à votre administrateur ; un moteur installé ailleurs peut être désigné dans Préférences &gt; Options &gt; OCS-IA.</translation>
    </message>
    <message>
      <location filename="../ocsia_plugin/engine/messages/setup.py" />
      <source>A rule of this machine (AppLocker or a similar control) keeps programs in {folder} from running ({reason}). Ask your administrator to allow this folder, or to install the engine in an allowed one, then name its Python in Settings &gt; Options &gt; OCS-IA.</source>
      <translation>Une règle de cette machine (AppLocker ou un contrôle semblable) empêche d'exécuter des programmes dans {folder} ({reason}). Demandez à votre administrateur d'autoriser ce dossier, ou d'installer le moteur dans un dossier autorisé, puis désignez son Python dans Préférences &gt; Options &gt; OCS-IA.</translation>
    </message>
    <message>
      <location filename="../ocsia_plugin/engine/messages/setup.py" />
      <source>The libraries were installed but do not start ({reason}), so the engine was not kept. On Windows, install Microsoft's Visual C++ runtime; else choose another Python, then try again.</source>
      <translation>Les bibliothèques ont été installées mais ne démarrent pas ({reason}) : le moteur n'a pas été gardé. Sous Windows, installez le composant Visual C++ de Microsoft ; sinon choisissez un autre Python, puis réessayez.</translation>
    </message>
    <message>
      <location filename="../ocsia_plugin/engine/messages/setup.py" />
      <source>The engine could not be installed: {reason}. The log has the details; nothing unfinished was kept.</source>
      <translation>Le moteur n'a pas pu être installé : {reason}. Le journal donne les détails ; rien d'inachevé n'a été gardé.</translation>
    </message>
    <message>
      <location filename="../ocsia_plugin/engine/messages/speed.py" />
      <source>Memory did not suffice for this tile: the work goes on with tiles that deliver {tile} pixels, more slowly.</source>
      <translation>La mémoire n'a pas suffi pour cette tuile : le travail continue par tuiles qui livrent {tile} pixels, plus lentement.</translation>
    </message>
    <message>
      <location filename="../ocsia_plugin/engine/messages/speed.py" />
      <source>Memory did not suffice for so many tiles at once: the work goes on with {count} at once, more slowly.</source>
      <translation>La mémoire n'a pas suffi pour autant de tuiles à la fois : le travail continue avec {count} à la fois, plus lentement.</translation>
    </message>
    <message>
      <location filename="../ocsia_plugin/engine/messages/speed.py" />
      <source>The halo makes the model compute {factor} times the pixels of the result.</source>
      <translation>À cause de la marge, le modèle calcule {factor} fois les pixels du résultat.</translation>
    </message>
    <message>
      <location filename="../ocsia_plugin/engine/messages/speed.py" />
      <source>The model {model} takes images of {tile} pixels only, as it was trained: its halo is not measured. Choose a fully convolutional model.</source>
      <translation>Le modèle {model} n'accepte que des images de {tile} pixels, celles de son entraînement : son halo ne se mesure pas. Choisissez un modèle entièrement convolutif.</translation>
    </message>
    <message>
      <location filename="../ocsia_plugin/engine/messages/speed.py" />
      <source>{model} is not an imported model: its card is not changed. Import the model first (importmodel), or measure without writing.</source>
      <translation>{model} n'est pas un modèle importé : sa fiche ne se modifie pas. Importez d'abord le modèle (importmodel), ou mesurez sans écrire.</translation>
    </message>
    <message>
      <location filename="../ocsia_plugin/engine/messages/speed.py" />
      <source>Halo {halo}: {agreement} % of the classes, probabilities within {difference}/255; {factor} times the pixels in {seconds} s on squares of 512, {large} times on {width} x {height}</source>
      <translation>Halo {halo} : {agreement} % des classes, probabilités à {difference}/255 près ; {factor} fois les pixels en {seconds} s sur des carrés de 512, {large} fois sur {width} x {height}</translation>
    </message>
    <message>
      <location filename="../ocsia_plugin/engine/messages/speed.py" />
      <source>Smallest halo from which on {percent} % of the classes are those of endless context: {halo} (the card says {card})</source>
      <translation>Plus petit halo à partir duquel {percent} % des classes sont celles d'un contexte sans fin : {halo} (la fiche dit {card})</translation>
    </message>
    <message>
      <location filename="../ocsia_plugin/engine/messages/speed.py" />
      <source>The card {path} now says a halo of {halo} pixels.</source>
      <translation>La fiche {path} indique désormais un halo de {halo} pixels.</translation>
    </message>
    <message>
      <location filename="../ocsia_plugin/engine/messages/speed.py" />
      <source>No halo up to {widest} pixels gives {percent} % of the classes: the card stays as it is.</source>
      <translation>Aucun halo jusqu'à {widest} pixels ne donne {percent} % des classes : la fiche reste telle quelle.</translation>
    </message>
    <message>
      <location filename="../ocsia_plugin/engine/messages/surfaces.py" />
      <source>{path} does not hold probabilities of classes that exclude one another: the bands of a pixel add up to anything from {low} to {high} instead of to the same sum everywhere. Where classes may overlap (a sigmoid per class), their surfaces do not add up to that of the zone. Choose the probabilities of a model that gives one class to each pixel, or make a class raster first ('Most probable class').</source>
      <translation>{path} ne contient pas de probabilités de classes qui s'excluent : les bandes d'un pixel totalisent de {low} à {high} au lieu de la même somme partout. Là où des classes peuvent se recouvrir (une sigmoïde par classe), leurs surfaces ne totalisent pas celle de la zone. Choisissez les probabilités d'un modèle qui donne une seule classe à chaque pixel, ou faites d'abord un raster de classes (« Classe la plus probable »).</translation>
    </message>
    <message>
      <location filename="../ocsia_plugin/engine/messages/surfaces.py" />
      <source>Tile {number} of {path} holds no annotated pixel of its prediction. Name the right prediction in the field 'prediction', and the labels in the field 'labels' or in a layer 'labels'.</source>
      <translation>La tuile {number} de {path} ne contient aucun pixel annoté de sa prédiction. Nommez la bonne prédiction dans le champ « prediction », et les étiquettes dans le champ « labels » ou dans une couche « labels ».</translation>
    </message>
    <message>
      <location filename="../ocsia_plugin/engine/messages/surfaces.py" />
      <source>Only {percent} % of tile {number} of {path} is annotated. Annotate all of it, or draw the tile smaller: what was left out is seldom like the rest.</source>
      <translation>Seuls {percent} % de la tuile {number} de {path} sont annotés. Annotez-la en entier, ou dessinez-la plus petite : ce qui a été laissé de côté ressemble rarement au reste.</translation>
    </message>
    <message>
      <location filename="../ocsia_plugin/engine/messages/surfaces.py" />
      <source>{path} belongs to the tiles but not to the raster: its classes are {found}, those of the raster {wanted}. Give tiles of the same nomenclature and kind (classes, or probabilities).</source>
      <translation>{path} appartient aux tuiles mais pas au raster : ses classes sont {found}, celles du raster {wanted}. Donnez des tuiles de la même nomenclature et de la même sorte (classes ou probabilités).</translation>
    </message>
    <message>
      <location filename="../ocsia_plugin/engine/messages/surfaces.py" />
      <source>{path} does not say where the truth of its tiles is. Name a class raster in the field 'labels' of each tile, or add a layer 'labels' of polygons with the class in the field 'ref_code', 'numero', 'classe' or 'code'.</source>
      <translation>{path} ne dit pas où se trouve la vérité de ses tuiles. Nommez un raster de classes dans le champ « labels » de chaque tuile, ou ajoutez une couche « labels » de polygones avec la classe dans le champ « ref_code », « numero », « classe » ou « code ».</translation>
    </message>
    <message>
      <location filename="../ocsia_plugin/engine/messages/surfaces.py" />
      <source>The statistics of the model {model} are for the classes of {found}, but the raster's are those of {wanted}. Name the model that made this raster (MODEL), or none.</source>
      <translation>Les statistiques du modèle {model} portent sur les classes de {found}, alors que celles du raster sont de {wanted}. Nommez le modèle qui a fait ce raster (MODEL), ou aucun.</translation>
    </message>
    <message>
      <location filename="../ocsia_plugin/engine/messages/surfaces.py" />
      <source>{count} annotated tiles: {units} independent units elsewhere, {drawn} drawn in the zones; temperature of the probabilities {temperature}</source>
      <translation>{count} tuiles annotées : {units} unités indépendantes ailleurs, {drawn} tirées dans les zones ; température des probabilités {temperature}</translation>
    </message>
    <message>
      <location filename="../ocsia_plugin/engine/messages/surfaces.py" />
      <source>To know '{name}' in '{zone}' to within {percent} % at {level} %: about {count} points, some {hours} hours of interpretation (algorithm 'Points to interpret').</source>
      <translation>Pour connaître « {name} » dans « {zone} » à {percent} % près, au niveau de {level} % : environ {count} points, soit quelque {hours} heures d'interprétation (traitement « Points à interpréter »).</translation>
    </message>
    <message>
      <location filename="../ocsia_plugin/engine/messages/surfaces.py" />
      <source>The ranges come from published statistics of the model and have no level of confidence: in another place the model errs otherwise.</source>
      <translation>Les fourchettes viennent de statistiques publiées du modèle et n'ont pas de niveau de confiance : ailleurs, le modèle se trompe autrement.</translation>
    </message>
    <message>
      <location filename="../ocsia_plugin/engine/messages/surfaces.py" />
      <source>No statistic is published for {count} of the classes and groups: they stand without a range.</source>
      <translation>Aucune statistique n'est publiée pour {count} des classes et groupes : ils restent sans fourchette.</translation>
    </message>
    <message>
      <location filename="../ocsia_plugin/engine/messages/surfaces.py" />
      <source>The intervals come from tiles annotated elsewhere: they hold only if the zones resemble these tiles, and nothing in the zones verifies that.</source>
      <translation>Les intervalles viennent de tuiles annotées ailleurs : ils ne valent que si les zones ressemblent à ces tuiles, ce que rien dans les zones ne vérifie.</translation>
    </message>
    <message>
      <location filename="../ocsia_plugin/engine/messages/surfaces.py" />
      <source>In {count} zone(s) the points contradict the tiles: the model behaves unusually there, and the points alone are believed.</source>
      <translation>Dans {count} zone(s), les points contredisent les tuiles : le modèle s'y comporte de façon inhabituelle, et seuls les points sont crus.</translation>
    </message>
    <message>
      <location filename="../ocsia_plugin/engine/messages/surfaces.py" />
      <source>{count} figure(s) of zones with points carry no level of confidence; the column 'assumption' says why.</source>
      <translation>{count} chiffre(s) de zones pourvues de points restent sans niveau de confiance ; la colonne « assumption » dit pourquoi.</translation>
    </message>
    <message>
      <location filename="../ocsia_plugin/engine/messages/surfaces.py" />
      <source>No point was read twice: the intervals take the interpretation to be without error, and nothing says how far that is true. Ten per cent of second readings (DOUBLE of 'Points to interpret') would.</source>
      <translation>Aucun point n'a été lu deux fois : les intervalles supposent l'interprétation sans erreur, et rien ne dit à quel point c'est vrai. Dix pour cent de secondes lectures (DOUBLE de « Points à interpréter ») le diraient.</translation>
    </message>
    <message>
      <location filename="../ocsia_plugin/engine/messages/surfaces.py" />
      <source>{count} points were read twice, and {differ} of them ({percent} %) got another class. Misreadings that cancel out are in the intervals already; those that both readers make in the same sense are not.</source>
      <translation>{count} points ont été lus deux fois, et {differ} d'entre eux ({percent} %) ont reçu une autre classe. Les erreurs de lecture qui se compensent sont déjà dans les intervalles ; celles que les deux interprètes font dans le même sens n'y sont pas.</translation>
    </message>
    <message>
      <location filename="../ocsia_plugin/engine/messages/surfaces.py" />
      <source>{path} does not say how its points were drawn. They are used as if they had been drawn at random in each zone, but no level of confidence can be claimed.</source>
      <translation>{path} ne dit pas comment ses points ont été tirés. Ils servent comme s'ils avaient été tirés au hasard dans chaque zone, mais aucun niveau de confiance ne peut être donné.</translation>
    </message>
    <message>
      <location filename="../ocsia_plugin/engine/messages/surfaces.py" />
      <source>{count} of the {total} points lie in none of the zones and are not used.</source>
      <translation>{count} des {total} points ne sont dans aucune des zones et ne servent pas.</translation>
    </message>
    <message>
      <location filename="../ocsia_plugin/engine/messages/surfaces.py" />
      <source>{count} zone(s) hold no point: nothing from the points is said of them.</source>
      <translation>{count} zone(s) ne contiennent aucun point : les points n'en disent rien.</translation>
    </message>
    <message>
      <location filename="../ocsia_plugin/engine/messages/surfaces.py" />
      <source>Some zones overlap ({count} pairs): each is measured for itself, and their surfaces do not add up.</source>
      <translation>Des zones se recouvrent ({count} paires) : chacune est mesurée pour elle-même, et leurs surfaces ne s'additionnent pas.</translation>
    </message>
    <message>
      <location filename="../ocsia_plugin/engine/messages/surfaces.py" />
      <source>{count} zone(s) reach beyond the raster: only the part that it covers is measured.</source>
      <translation>{count} zone(s) dépassent le raster : seule la partie qu'il couvre est mesurée.</translation>
    </message>
    <message>
      <location filename="../ocsia_plugin/engine/messages/vectors.py" />
      <source>The smallest surfaces '{text}' cannot be read: {reason}. Write classes and square metres as: 1=50; 6=100</source>
      <translation>Les surfaces minimales « {text} » ne peuvent pas être lues : {reason}. Écrivez des classes et des mètres carrés ainsi : 1=50; 6=100</translation>
    </message>
    <message>
      <location filename="../ocsia_plugin/engine/messages/vectors.py" />
      <source>The classes '{text}' cannot be read: {reason}. Write codes or keys as: 1; 6. There are: {known}.</source>
      <translation>Les classes « {text} » ne se lisent pas : {reason}. Écrivez des codes ou des clés, ainsi : 1; 6. Il y a : {known}.</translation>
    </message>
    <message>
      <location filename="../ocsia_plugin/engine/messages/vectors.py" />
      <source>The raster has no pixel of the classes that were asked for ({text}): the layer has no polygon.</source>
      <translation>Le raster n'a aucun pixel des classes demandées ({text}) : la couche n'a aucun polygone.</translation>
    </message>
    <message>
      <location filename="../ocsia_plugin/engine/messages/vectors.py" />
      <source>'{text}' is not a surface in m²</source>
      <translation>« {text} » n'est pas une surface en m²</translation>
    </message>
    <message>
      <location filename="../ocsia_plugin/engine/messages/vectors.py" />
      <source>A simplification of {value} m makes no sense for pixels of {gsd} m: choose 0 (none) or at most {high} m.</source>
      <translation>Une simplification de {value} m n'a pas de sens pour des pixels de {gsd} m : choisissez 0 (aucune) ou {high} m au plus.</translation>
    </message>
    <message>
      <location filename="../ocsia_plugin/engine/messages/vectors.py" />
      <source>Outlines simplified at {tolerance} m: surfaces changed by {worst} % at most (class '{name}'), by {mean} % on average over the surface. By class: {changes}</source>
      <translation>Contours simplifiés à {tolerance} m : les surfaces changent de {worst} % au plus (classe « {name} »), de {mean} % en moyenne sur la surface. Par classe : {changes}</translation>
    </message>
    <message>
      <location filename="../ocsia_plugin/engine/messages/vectors.py" />
      <source>Simplifying at {tolerance} m changed the surface of some classes by more than {limit} %: {changes}. Choose a smaller value, or a larger smallest surface.</source>
      <translation>Simplifier à {tolerance} m a changé la surface de certaines classes de plus de {limit} % : {changes}. Choisissez une valeur plus petite, ou une surface minimale plus grande.</translation>
    </message>
    <message>
      <location filename="../ocsia_plugin/engine/messages/vectors.py" />
      <source>{name} {change} %</source>
      <translation>{name} {change} %</translation>
    </message>
    <message>
      <location filename="../ocsia_plugin/engine/messages/vectors.py" />
      <source>Simplifying at {tolerance} m cannot smooth the steps of pixels of {gsd} m: that takes at least {low} m.</source>
      <translation>Simplifier à {tolerance} m ne peut pas lisser les marches de pixels de {gsd} m : il faut au moins {low} m.</translation>
    </message>
  </context>
  <context>
    <name>ImportModelAlgorithm</name>
    <message>
      <location filename="../ocsia_plugin/processing/importmodel.py" />
      <source>Import a model</source>
      <translation>Importer un modèle</translation>
    </message>
    <message>
      <location filename="../ocsia_plugin/processing/importmodel.py" />
      <source>Makes the weights that IGN publishes, or an ONNX model, usable by 'Predict land cover'.</source>
      <translation>Rend les poids que publie l'IGN, ou un modèle ONNX, utilisables par « Prédire l'occupation du sol ».</translation>
    </message>
    <message>
      <location filename="../ocsia_plugin/processing/importmodel.py" />
      <source>model,weights,import,pth,ONNX,PyTorch,FLAIR,odeon,deep learning</source>
      <translation>modèle,poids,importer,pth,ONNX,PyTorch,FLAIR,odeon,apprentissage profond</translation>
    </message>
    <message>
      <location filename="../ocsia_plugin/processing/importmodel.py" />
      <source>&lt;p&gt;Converts a file of weights into a model that 'Predict land cover' runs: the architecture, the bands and the classes are recognised from the file itself, without PyTorch, and nothing in the file is executed. Known are FLAIR-INC's models (U-Net, FPN and DeepLabV3 with ResNet-34, U-Net with MiT-B5), FLAIR-HUB's for aerial images alone (LC-A: Swin or ConvNeXt V2 with UPerNet or U-Net) and those of odeon (U-Net, light U-Net, U-Net with ResNet-18, 34 or 101, DeepLab v3+). Other architectures of segmentation-models-pytorch are named ('Architecture'), and need PyTorch once.&lt;/p&gt;&lt;p&gt;An ONNX model of segmentation is taken with its card beside it, with the description that the plugin Deepness writes into it, or with what the advanced parameters say once; whether its outputs are probabilities already is seen by running it. A single output gives two classes, absent and present.&lt;/p&gt;&lt;p&gt;&lt;b&gt;Limits.&lt;/b&gt; FLAIR-HUB's models of several images or of crops cannot be used. Models that detect objects, and those that give heights or other quantities, are refused.&lt;/p&gt;</source>
      <translation>&lt;p&gt;Convertit un fichier de poids en un modèle qu'exécute « Prédire l'occupation du sol » : l'architecture, les bandes et les classes sont reconnues dans le fichier lui-même, sans PyTorch, et rien de ce que contient le fichier n'est exécuté. Sont connus les modèles de FLAIR-INC (U-Net, FPN et DeepLabV3 avec ResNet-34, U-Net avec MiT-B5), ceux de FLAIR-HUB pour l'image aérienne seule (LC-A : Swin ou ConvNeXt V2 avec UPerNet ou U-Net) et ceux d'odeon (U-Net, U-Net léger, U-Net avec ResNet-18, 34 ou 101, DeepLab v3+). D'autres architectures de segmentation-models-pytorch se nomment (« Architecture ») et demandent PyTorch une fois.&lt;/p&gt;&lt;p&gt;Un modèle ONNX de segmentation est pris avec sa fiche à côté de lui, avec la description qu'y écrit l'extension Deepness, ou avec ce que disent une fois les paramètres avancés ; si ses sorties sont déjà des probabilités, cela se voit en l'exécutant. Une sortie unique donne deux classes, absent et présent.&lt;/p&gt;&lt;p&gt;&lt;b&gt;Limites.&lt;/b&gt; Les modèles de FLAIR-HUB qui voient plusieurs images ou qui reconnaissent les cultures ne sont pas utilisables. Les modèles qui détectent des objets, et ceux qui donnent des hauteurs ou d'autres grandeurs, sont refusés.&lt;/p&gt;</translation>
    </message>
    <message>
      <location filename="../ocsia_plugin/processing/importmodel.py" />
      <source>Models</source>
      <translation>Modèles</translation>
    </message>
    <message>
      <location filename="../ocsia_plugin/processing/importmodel.py" />
      <source>File of the model</source>
      <translation>Fichier du modèle</translation>
    </message>
    <message>
      <location filename="../ocsia_plugin/processing/importmodel.py" />
      <source>Weights as IGN publishes them (.pth, .ckpt, .safetensors), or a model as .onnx.</source>
      <translation>Des poids tels que l'IGN les publie (.pth, .ckpt, .safetensors), ou un modèle .onnx.</translation>
    </message>
    <message>
      <location filename="../ocsia_plugin/processing/importmodel.py" />
      <source>Card</source>
      <translation>Fiche</translation>
    </message>
    <message>
      <location filename="../ocsia_plugin/processing/importmodel.py" />
      <source>JSON that describes the model: bands, normalisation, classes. Not needed for IGN's models, nor where it lies beside an .onnx file.</source>
      <translation>JSON qui décrit le modèle : bandes, normalisation, classes. Inutile pour les modèles de l'IGN, et là où il se trouve à côté d'un fichier .onnx.</translation>
    </message>
    <message>
      <location filename="../ocsia_plugin/processing/importmodel.py" />
      <source>Nomenclature</source>
      <translation>Nomenclature</translation>
    </message>
    <message>
      <location filename="../ocsia_plugin/processing/importmodel.py" />
      <source>Of the model's classes: flair15, flair12, flair19, flairhub19, naf15, cosia... Leave it empty where the file tells, as IGN's do, or where 'Classes' names them.</source>
      <translation>Celle des classes du modèle : flair15, flair12, flair19, flairhub19, naf15, cosia… À laisser vide quand le fichier le dit, comme ceux de l'IGN, ou quand « Classes » les nomme.</translation>
    </message>
    <message>
      <location filename="../ocsia_plugin/processing/importmodel.py" />
      <source>Name of the model</source>
      <translation>Nom du modèle</translation>
    </message>
    <message>
      <location filename="../ocsia_plugin/processing/importmodel.py" />
      <source>Under which the model will be known; by default the name of the file.</source>
      <translation>Celui sous lequel le modèle sera connu ; par défaut le nom du fichier.</translation>
    </message>
    <message>
      <location filename="../ocsia_plugin/processing/importmodel.py" />
      <source>Architecture</source>
      <translation>Architecture</translation>
    </message>
    <message>
      <location filename="../ocsia_plugin/processing/importmodel.py" />
      <source>Only for weights that are not recognised: decoder/encoder as segmentation-models-pytorch names them, such as unet/resnet50. It needs PyTorch in the engine's environment; where that is missing, the commands that install it are said.</source>
      <translation>Seulement pour des poids qui ne sont pas reconnus : décodeur/encodeur comme les nomme segmentation-models-pytorch, par exemple unet/resnet50. Il faut PyTorch dans l'environnement du moteur ; là où il manque, les commandes qui l'installent sont données.</translation>
    </message>
    <message>
      <location filename="../ocsia_plugin/processing/importmodel.py" />
      <source>Model</source>
      <translation>Modèle</translation>
    </message>
    <message>
      <location filename="../ocsia_plugin/processing/importmodel.py" />
      <source>Bands</source>
      <translation>Bandes</translation>
    </message>
    <message>
      <location filename="../ocsia_plugin/processing/importmodel.py" />
      <source>Only for an .onnx file that does not say: the bands in the order of the model, such as R,V,B or R,V,B,I,E (I: near infrared, E: height above ground), or 1,2,3 for an image's first bands as they come.</source>
      <translation>Seulement pour un fichier .onnx qui ne le dit pas : les bandes dans l'ordre du modèle, par exemple R,V,B ou R,V,B,I,E (I : proche infrarouge, E : hauteur au-dessus du sol), ou 1,2,3 pour les premières bandes d'une image telles quelles.</translation>
    </message>
    <message>
      <location filename="../ocsia_plugin/processing/importmodel.py" />
      <source>Mean of the bands</source>
      <translation>Moyenne des bandes</translation>
    </message>
    <message>
      <location filename="../ocsia_plugin/processing/importmodel.py" />
      <source>Only for an .onnx file that does not say how its images were normalised. 0-1: bytes divided by 255 and nothing else. 0-255: bytes as they are. Otherwise a number, or one per band, separated by semicolons: of bytes (123.7; 116.3; 103.5) or of bytes divided by 255 (0.485; 0.456; 0.406).</source>
      <translation>Seulement pour un fichier .onnx qui ne dit pas comment ses images ont été normalisées. 0-1 : octets divisés par 255, sans rien d'autre. 0-255 : octets tels quels. Sinon un nombre, ou un par bande, séparés par des points-virgules : en octets (123,7; 116,3; 103,5) ou en octets divisés par 255 (0,485; 0,456; 0,406).</translation>
    </message>
    <message>
      <location filename="../ocsia_plugin/processing/importmodel.py" />
      <source>Standard deviation of the bands</source>
      <translation>Écart type des bandes</translation>
    </message>
    <message>
      <location filename="../ocsia_plugin/processing/importmodel.py" />
      <source>Needed with the means, in their unit; not with 0-1 or 0-255.</source>
      <translation>Nécessaire avec les moyennes, dans leur unité ; pas avec 0-1 ou 0-255.</translation>
    </message>
    <message>
      <location filename="../ocsia_plugin/processing/importmodel.py" />
      <source>Classes</source>
      <translation>Classes</translation>
    </message>
    <message>
      <location filename="../ocsia_plugin/processing/importmodel.py" />
      <source>Names of the model's outputs in their order, separated by semicolons, where they are of no known nomenclature. For a single output: the name of what it finds.</source>
      <translation>Noms des sorties du modèle dans leur ordre, séparés par des points-virgules, quand elles ne sont d'aucune nomenclature connue. Pour une sortie unique : le nom de ce qu'elle trouve.</translation>
    </message>
    <message>
      <location filename="../ocsia_plugin/processing/importmodel.py" />
      <source>Pixel size (m)</source>
      <translation>Taille de pixel (m)</translation>
    </message>
    <message>
      <location filename="../ocsia_plugin/processing/importmodel.py" />
      <source>Only for an .onnx file that does not say at which pixel size it was trained.</source>
      <translation>Seulement pour un fichier .onnx qui ne dit pas à quelle taille de pixel il a été entraîné.</translation>
    </message>
    <message>
      <location filename="../ocsia_plugin/processing/importmodel.py" />
      <source>Activation</source>
      <translation>Activation</translation>
    </message>
    <message>
      <location filename="../ocsia_plugin/processing/importmodel.py" />
      <source>What makes probabilities of an .onnx file's outputs. auto: the model is tried; scores get a softmax, a single output a sigmoid, probabilities stay. sigmoid: the classes do not exclude one another.</source>
      <translation>Ce qui fait des probabilités des sorties d'un fichier .onnx. auto : le modèle est essayé ; les scores reçoivent un softmax, une sortie unique une sigmoïde, les probabilités restent. sigmoid : les classes ne s'excluent pas l'une l'autre.</translation>
    </message>
    <message>
      <location filename="../ocsia_plugin/processing/importmodel.py" />
      <source>Threshold</source>
      <translation>Seuil</translation>
    </message>
    <message>
      <location filename="../ocsia_plugin/processing/importmodel.py" />
      <source>For a single output: probability from which the class is there. By default the file's, or 0.5.</source>
      <translation>Pour une sortie unique : probabilité à partir de laquelle la classe est présente. Par défaut celle du fichier, ou 0,5.</translation>
    </message>
    <message>
      <location filename="../ocsia_plugin/processing/importmodel.py" />
      <source>Tile (pixels)</source>
      <translation>Tuile (pixels)</translation>
    </message>
    <message>
      <location filename="../ocsia_plugin/processing/importmodel.py" />
      <source>Of an .onnx file. By default what it says, or 512.</source>
      <translation>Celle d'un fichier .onnx. Par défaut ce qu'il dit, ou 512.</translation>
    </message>
    <message>
      <location filename="../ocsia_plugin/processing/importmodel.py" />
      <source>Halo (pixels)</source>
      <translation>Marge (pixels)</translation>
    </message>
    <message>
      <location filename="../ocsia_plugin/processing/importmodel.py" />
      <source>Computed on each side of a tile and left out. By default what the file says, or a quarter.</source>
      <translation>Calculée de chaque côté d'une tuile et laissée de côté. Par défaut ce que dit le fichier, ou un quart.</translation>
    </message>
  </context>
  <context>
    <name>InferenceAlgorithm</name>
    <message>
      <location filename="../ocsia_plugin/processing/inference.py" />
      <source>Model</source>
      <translation>Modèle</translation>
    </message>
    <message>
      <location filename="../ocsia_plugin/processing/inference.py" />
      <source>Name of a model that is on this machine (ocsia-naf15-rvb comes with the plugin), or path of an .onnx file with its card beside it. The card says which bands, which resolution and which classes the model has. Bands are found by their description in the image, else by their colour, else in the order R, V, B, I (near infrared), E (height above ground).</source>
      <translation>Nom d'un modèle présent sur cette machine (ocsia-naf15-rvb est fourni avec l'extension), ou chemin d'un fichier .onnx accompagné de sa fiche. La fiche dit quelles bandes, quelle résolution et quelles classes a le modèle. Les bandes sont reconnues à leur description dans l'image, sinon à leur couleur, sinon prises dans l'ordre R, V, B, I (proche infrarouge), E (hauteur au-dessus du sol).</translation>
    </message>
    <message>
      <location filename="../ocsia_plugin/processing/inference.py" />
      <source>Mask</source>
      <translation>Couche de masque</translation>
    </message>
    <message>
      <location filename="../ocsia_plugin/processing/inference.py" />
      <source>Polygons, in any CRS, outside which the result has no data. A selection or a filter of the layer is respected.</source>
      <translation>Polygones, dans n'importe quel système de coordonnées, hors desquels le résultat est sans donnée. La sélection et le filtre de la couche sont respectés.</translation>
    </message>
    <message>
      <location filename="../ocsia_plugin/processing/inference.py" />
      <source>Pixel size of the result in metres. Leave it empty (or 0) for the one that the model was trained at: any other makes the result poorer. The image is resampled to it.</source>
      <translation>Taille du pixel du résultat, en mètres. Laissez vide (ou 0) pour celle de l'entraînement du modèle : toute autre dégrade le résultat. L'image est rééchantillonnée à cette taille.</translation>
    </message>
    <message>
      <location filename="../ocsia_plugin/processing/inference.py" />
      <source>Device</source>
      <translation>Unité de calcul</translation>
    </message>
    <message>
      <location filename="../ocsia_plugin/processing/inference.py" />
      <source>auto: the GPU where the engine can use one, else the processor. The log says which one it was. gpu: refuse to run without one.</source>
      <translation>auto : la carte graphique si le moteur peut en utiliser une, sinon le processeur. Le journal indique laquelle a servi. gpu : refuser de travailler sans carte graphique.</translation>
    </message>
    <message>
      <location filename="../ocsia_plugin/processing/inference.py" />
      <source>Tile (pixels)</source>
      <translation>Tuile (pixels)</translation>
    </message>
    <message>
      <location filename="../ocsia_plugin/processing/inference.py" />
      <source>Side of the squares that the model works on. Leave it empty (or 0) for a good choice; smaller tiles need less memory and more time. With the model that comes with the plugin the result does not depend on it.</source>
      <translation>Côté des carrés sur lesquels le modèle travaille. Laissez vide (ou 0) pour un bon choix ; des tuiles plus petites demandent moins de mémoire et plus de temps. Avec le modèle fourni avec l'extension, le résultat n'en dépend pas.</translation>
    </message>
    <message>
      <location filename="../ocsia_plugin/processing/inference.py" />
      <source>Nomenclature of the results</source>
      <translation>Nomenclature des résultats</translation>
    </message>
    <message>
      <location filename="../ocsia_plugin/processing/inference.py" />
      <source>Leave it empty for the classes of the model. With an id (naf15, cosia), the probabilities of the model's classes are added up into those of that nomenclature. Refused where a class would have to be split: NAF's 'Crops and grass' is two classes of CoSIA. Classes that have no place (mixed, ligneous) are left out, and the others are scaled up to the whole.</source>
      <translation>À laisser vide pour garder les classes du modèle. Avec un identifiant (naf15, cosia), les probabilités des classes du modèle sont additionnées dans les classes de cette nomenclature. Refusé s'il fallait couper une classe en deux : « Culture et herbacé » de la NAF fait deux classes de CoSIA. Les classes qui n'y ont pas de place (mixte, ligneux) sont écartées, et les autres ramenées au tout.</translation>
    </message>
  </context>
  <context>
    <name>LayoutAlgorithm</name>
    <message>
      <location filename="../ocsia_plugin/processing/layout.py" />
      <source>Layout of the surfaces</source>
      <translation>Mise en page des surfaces</translation>
    </message>
    <message>
      <location filename="../ocsia_plugin/processing/layout.py" />
      <source>A PDF with a page for each zone: its map, its chart of surfaces, method and sources.</source>
      <translation>Un PDF d'une page par zone : sa carte, le graphique de ses surfaces, méthode et sources.</translation>
    </message>
    <message>
      <location filename="../ocsia_plugin/processing/layout.py" />
      <source>layout,atlas,PDF,print,chart,surface,zones</source>
      <translation>mise en page,atlas,PDF,impression,graphique,surface,zones</translation>
    </message>
    <message>
      <location filename="../ocsia_plugin/processing/layout.py" />
      <source>&lt;p&gt;A page for each zone, A4 landscape, as a PDF: the zone's name, its map with the classes, the bars of its surfaces with their intervals, which method made them and what it assumes, date of the photo, sources and licence.&lt;/p&gt;&lt;p&gt;To change the page, take &lt;i&gt;Layout of the surfaces…&lt;/i&gt; instead, in the menu of the layer of zones or of the plugin: it opens the same page in QGIS's layout designer. That layout makes its charts with QGIS's own expressions: it goes on working, and follows edited figures, in a QGIS without this plugin.&lt;/p&gt;&lt;p&gt;&lt;b&gt;Limits.&lt;/b&gt; A line for the interval is drawn only where the class has a level of confidence; an indicative range is not drawn. Names of more than 28 letters are cut short.&lt;/p&gt;</source>
      <translation>&lt;p&gt;Une page par zone, A4 paysage, en PDF : le nom de la zone, sa carte avec les classes, les barres de ses surfaces avec leurs intervalles, la méthode qui les a faites et ce qu'elle suppose, la date de la photo, les sources et la licence.&lt;/p&gt;&lt;p&gt;Pour changer la page, prenez plutôt &lt;i&gt;Mise en page des surfaces…&lt;/i&gt;, dans le menu de la couche de zones ou de l'extension : la même page s'ouvre dans la mise en page de QGIS. Elle fait ses graphiques avec les expressions de QGIS : elle continue de marcher, et suit les chiffres modifiés, dans un QGIS sans cette extension.&lt;/p&gt;&lt;p&gt;&lt;b&gt;Limites.&lt;/b&gt; Un trait d'intervalle n'est tracé que là où la classe a un niveau de confiance ; une fourchette indicative ne l'est pas. Les noms de plus de 28 lettres sont abrégés.&lt;/p&gt;</translation>
    </message>
    <message>
      <location filename="../ocsia_plugin/processing/layout.py" />
      <source>Zones with their surfaces</source>
      <translation>Zones et leurs surfaces</translation>
    </message>
    <message>
      <location filename="../ocsia_plugin/processing/layout.py" />
      <source>The layer that 'Surfaces by zone' wrote. Its filter is honoured: what it hides has no page.</source>
      <translation>La couche qu'a écrite « Surfaces par zone ». Son filtre est respecté : ce qu'il cache n'a pas de page.</translation>
    </message>
    <message>
      <location filename="../ocsia_plugin/processing/layout.py" />
      <source>Map of the classes</source>
      <translation>Carte des classes</translation>
    </message>
    <message>
      <location filename="../ocsia_plugin/processing/layout.py" />
      <source>The raster that the pages show, with its legend. Empty: the raster of the same classes and of the same origin in the project, or what is visible in the project where there is none.</source>
      <translation>Le raster que montrent les pages, avec sa légende. Vide : celui du projet qui a les mêmes classes et la même origine, ou, à défaut, ce qui est visible dans le projet.</translation>
    </message>
    <message>
      <location filename="../ocsia_plugin/processing/layout.py" />
      <source>Layout</source>
      <translation>Mise en page</translation>
    </message>
    <message>
      <location filename="../ocsia_plugin/processing/layout.py" />
      <source>The PDF.</source>
      <translation>Le PDF.</translation>
    </message>
  </context>
  <context>
    <name>NeighbourhoodAlgorithm</name>
    <message>
      <location filename="../ocsia_plugin/processing/neighbourhood.py" />
      <source>Land cover of the surroundings</source>
      <translation>Occupation du sol des alentours</translation>
    </message>
    <message>
      <location filename="../ocsia_plugin/processing/neighbourhood.py" />
      <source>Share of a class within given radii around each place, and distance to its nearest pixel.</source>
      <translation>Part d'une classe dans des rayons donnés autour de chaque lieu, et distance à son plus proche pixel.</translation>
    </message>
    <message>
      <location filename="../ocsia_plugin/processing/neighbourhood.py" />
      <source>land cover,neighbourhood,distance,trees,canopy,re-greening,3-30-300,heat,shade</source>
      <translation>occupation du sol,voisinage,distance,arbres,canopée,renaturation,3-30-300,chaleur,ombre</translation>
    </message>
    <message>
      <location filename="../ocsia_plugin/processing/neighbourhood.py" />
      <source>&lt;p&gt;For each place: what share of the surroundings is wooded (or of any other group of classes), within one or several radii, and how far the nearest pixel of it is. From probabilities, the share is the one that the model expects. The result has, for each group, a band per radius (percent), then a band of distances (metres).&lt;/p&gt;&lt;p&gt;&lt;b&gt;Example: the rule 3-30-300&lt;/b&gt; (three trees in sight of every home, 30 % of canopy in every quarter, a park within 300 m). &lt;i&gt;30&lt;/i&gt;: group 'ligneux', radius 300, read at the homes; or 'Surfaces by zone' with the quarters or streets as zones and the same group, field ligneux_pct. &lt;i&gt;3&lt;/i&gt;: a necessary condition is some canopy near by: radius 25, where the share is 0 no tree is in reach of the windows. &lt;i&gt;300&lt;/i&gt;: parks come from your own data; the distance to the nearest trees tells where even they are far. To read the values at buildings: 'Zonal statistics' of QGIS.&lt;/p&gt;&lt;p&gt;&lt;b&gt;Limits.&lt;/b&gt; Discs are as the crow flies, without walls or walking paths. At the edge of the raster and beside pixels without data, the share is that of the part that is known. A cell counts for the distance where half of it or more is of the group: a tree smaller than that is not seen. Distances go from centre to centre of cells and stop at the greatest radius: that value means 'this far or farther'. Trees outside the raster are not known: let it reach beyond the area of interest by the greatest radius.&lt;/p&gt;</source>
      <translation>&lt;p&gt;Pour chaque lieu : quelle part des alentours est boisée (ou de tout autre groupe de classes), dans un ou plusieurs rayons, et à quelle distance en est le plus proche pixel. À partir de probabilités, la part est celle que le modèle attend. Le résultat a, pour chaque groupe, une bande par rayon (pour cent), puis une bande de distances (mètres).&lt;/p&gt;&lt;p&gt;&lt;b&gt;Exemple : la règle 3-30-300&lt;/b&gt; (trois arbres visibles de chaque logement, 30 % de canopée dans chaque quartier, un parc à moins de 300 m). &lt;i&gt;30&lt;/i&gt; : groupe « ligneux », rayon 300, lu aux logements ; ou « Surfaces par zone » avec les quartiers ou les rues comme zones et le même groupe, champ ligneux_pct. &lt;i&gt;3&lt;/i&gt; : une condition nécessaire est un peu de canopée tout près : rayon 25 ; là où la part est 0, aucun arbre n'est à portée des fenêtres. &lt;i&gt;300&lt;/i&gt; : les parcs viennent de vos propres données ; la distance aux plus proches arbres dit où même eux sont loin. Pour lire les valeurs aux bâtiments : « Statistiques zonales » de QGIS.&lt;/p&gt;&lt;p&gt;&lt;b&gt;Limites.&lt;/b&gt; Les disques sont à vol d'oiseau, sans murs ni cheminements. Au bord du raster et près de pixels sans donnée, la part est celle de ce qui est connu. Une cellule compte pour la distance si la moitié au moins en est du groupe : un arbre plus petit n'est pas vu. Les distances vont de centre à centre des cellules et s'arrêtent au plus grand rayon : cette valeur veut dire « aussi loin ou plus loin ». Les arbres hors du raster ne sont pas connus : qu'il dépasse la zone d'intérêt du plus grand rayon.&lt;/p&gt;</translation>
    </message>
    <message>
      <location filename="../ocsia_plugin/processing/neighbourhood.py" />
      <source>Classes or probabilities</source>
      <translation>Classes ou probabilités</translation>
    </message>
    <message>
      <location filename="../ocsia_plugin/processing/neighbourhood.py" />
      <source>A raster file written by 'Predict land cover' or 'Most probable class', in a CRS in metres. One that comes from elsewhere may need the advanced parameters.</source>
      <translation>Un fichier raster écrit par « Prédire l'occupation du sol » ou « Classe la plus probable », dans un système de coordonnées en mètres. Un raster venu d'ailleurs peut demander les paramètres avancés.</translation>
    </message>
    <message>
      <location filename="../ocsia_plugin/processing/neighbourhood.py" />
      <source>Groups of classes</source>
      <translation>Groupes de classes</translation>
    </message>
    <message>
      <location filename="../ocsia_plugin/processing/neighbourhood.py" />
      <source>What to look for, for example: ligneux=8+10+11; eau=4+6. A group known by the nomenclature may stand without its codes (ligneux).</source>
      <translation>Ce qu'il faut chercher, par exemple : ligneux=8+10+11; eau=4+6. Un groupe connu de la nomenclature peut s'écrire sans ses codes (ligneux).</translation>
    </message>
    <message>
      <location filename="../ocsia_plugin/processing/neighbourhood.py" />
      <source>Radii (m)</source>
      <translation>Rayons (m)</translation>
    </message>
    <message>
      <location filename="../ocsia_plugin/processing/neighbourhood.py" />
      <source>In metres, separated by commas. The greatest is also the limit of the distances.</source>
      <translation>En mètres, séparés par des virgules. Le plus grand est aussi la limite des distances.</translation>
    </message>
    <message>
      <location filename="../ocsia_plugin/processing/neighbourhood.py" />
      <source>Resolution (m)</source>
      <translation>Taille du pixel (m)</translation>
    </message>
    <message>
      <location filename="../ocsia_plugin/processing/neighbourhood.py" />
      <source>Pixel size of the result, rounded up to whole pixels of the input. Shares inside its cells stay exact; distances are exact to about one cell. 300 m need at least 0.5 m.</source>
      <translation>Taille des pixels du résultat, arrondie au-dessus à des pixels entiers de l'entrée. Les parts dans ses cellules restent exactes ; les distances le sont à une cellule près environ. 300 m demandent au moins 0,5 m.</translation>
    </message>
    <message>
      <location filename="../ocsia_plugin/processing/neighbourhood.py" />
      <source>Surroundings</source>
      <translation>Alentours</translation>
    </message>
    <message>
      <location filename="../ocsia_plugin/processing/neighbourhood.py" />
      <source>Per group: a band for each radius in percent, then the distance in metres, as decimal numbers.</source>
      <translation>Par groupe : une bande pour chaque rayon en pour cent, puis la distance en mètres, en nombres décimaux.</translation>
    </message>
  </context>
  <context>
    <name>OcsgeAlgorithm</name>
    <message>
      <location filename="../ocsia_plugin/processing/ocsge.py" />
      <source>OCS GE cover</source>
      <translation>Couverture OCS GE</translation>
    </message>
    <message>
      <location filename="../ocsia_plugin/processing/ocsge.py" />
      <source>Land-cover polygons of OCS GE from NAF or CoSIA classes, each with what it holds; or an OCS GE refined.</source>
      <translation>Polygones de couverture de l'OCS GE à partir de classes NAF ou CoSIA, chacun avec ce qu'il contient ; ou une OCS GE affinée.</translation>
    </message>
    <message>
      <location filename="../ocsia_plugin/processing/ocsge.py" />
      <source>OCS GE,land cover,artificialisation,ZAN,built-up,polygons,NAF,CoSIA,RPG,BD TOPO</source>
      <translation>OCS GE,occupation du sol,couverture,artificialisation,ZAN,bâti,polygones,NAF,CoSIA,RPG,BD TOPO</translation>
    </message>
    <message>
      <location filename="../ocsia_plugin/processing/ocsge.py" />
      <source>&lt;p&gt;Makes cover polygons of IGN's OCS GE from a raster of NAF or CoSIA classes, by IGN's table and its smallest surfaces: 200 m² for built areas, 500 m² in constructed zones, 2 500 m² elsewhere. A smaller region joins the class with which it shares most edge, near classes counting more (twice where both have vegetation or both have none, four times where the codes agree to the second level); every polygon keeps, in percent, what it holds: &lt;i&gt;naf_1&lt;/i&gt; to &lt;i&gt;naf_15&lt;/i&gt; (or &lt;i&gt;cosia_…&lt;/i&gt;), &lt;i&gt;classe_princ&lt;/i&gt; and &lt;i&gt;part_princ&lt;/i&gt;. That is a finer OCS GE, read under its thresholds.&lt;/p&gt;&lt;p&gt;With an OCS GE that exists, its polygons keep their codes and attributes and get what they hold, the share that the raster sees (&lt;i&gt;vu_pct&lt;/i&gt;) and the share that is of their class (&lt;i&gt;accord_pct&lt;/i&gt;).&lt;/p&gt;&lt;p&gt;Rules where a pixel cannot decide: pools, greenhouses and 'other' take the class around them; woody polygons are trees, shrubs or vineyards, whichever makes most of them; trees are deciduous or coniferous where that kind makes three quarters of the trees, mixed otherwise, as clear cuts are; sealed and pervious ground together are CS1.1.2.2 where neither makes three quarters; brushwood is CS2.1.2, vineyards CS2.1.3, grass, crops and ploughed land CS2.2.1. Sealed ground that goes on is kept under its smallest surface: parts that touch at a corner and reach it together, or a part ten times as long as wide, from 200 m².&lt;/p&gt;</source>
      <translation>&lt;p&gt;Fait les polygones de couverture de l'OCS GE de l'IGN à partir d'un raster de classes NAF ou CoSIA, selon la table et les surfaces minimales de l'IGN : 200 m² pour les zones bâties, 500 m² en zone construite, 2 500 m² ailleurs. Un ensemble plus petit rejoint la classe avec laquelle il partage le plus de bord, les classes proches comptant davantage (deux fois si les deux ont de la végétation ou si aucune n'en a, quatre fois si les codes s'accordent jusqu'au deuxième niveau) ; chaque polygone garde, en pour cent, ce qu'il contient : &lt;i&gt;naf_1&lt;/i&gt; à &lt;i&gt;naf_15&lt;/i&gt; (ou &lt;i&gt;cosia_…&lt;/i&gt;), &lt;i&gt;classe_princ&lt;/i&gt; et &lt;i&gt;part_princ&lt;/i&gt;. C'est une OCS GE plus fine, lue sous ses seuils.&lt;/p&gt;&lt;p&gt;Avec une OCS GE existante, ses polygones gardent leurs codes et leurs attributs et reçoivent ce qu'ils contiennent, la part que le raster voit (&lt;i&gt;vu_pct&lt;/i&gt;) et la part qui est de leur classe (&lt;i&gt;accord_pct&lt;/i&gt;).&lt;/p&gt;&lt;p&gt;Règles là où un pixel ne peut pas trancher : piscines, serres et « autres » prennent la classe qui les entoure ; les polygones ligneux sont des arbres, des arbustes ou de la vigne, selon ce qui y fait le plus ; les arbres sont feuillus ou conifères là où l'un des deux fait les trois quarts des arbres, mixtes sinon, comme le sont les coupes ; sols imperméables et perméables ensemble sont CS1.1.2.2 là où aucun des deux ne fait les trois quarts ; la broussaille est CS2.1.2, la vigne CS2.1.3, l'herbe, les cultures et les terres labourées CS2.2.1. Le sol imperméable qui se prolonge est gardé sous sa surface minimale : des parties qui se touchent par un coin et l'atteignent ensemble, ou une partie dix fois plus longue que large, à partir de 200 m².&lt;/p&gt;</translation>
    </message>
    <message>
      <location filename="../ocsia_plugin/processing/ocsge.py" />
      <source>&lt;p&gt;The &lt;b&gt;RPG&lt;/b&gt; and &lt;b&gt;BD TOPO&lt;/b&gt;, where you give them, decide what IGN's table leaves open, pixel by pixel, before anything is merged: trees and brushwood may be CS2.1.1.1, CS2.1.1.2, CS2.1.1.3, CS2.1.2 or CS2.1.3 as far as the table allows each of them, herbaceous classes CS2.2.1 or CS2.2.2; pools, greenhouses and 'other' may be anything. Buildings, sealed and pervious ground, bare soil, water, snow and vineyards are never overruled. Of the RPG, group 21 says CS2.1.3, the crop SPL CS2.1.2, the crop SPH and the groups 1 to 9, 11, 14 to 16, 18, 19, 24 and 25 CS2.2.1. Of BD TOPO, closed forests and poplars say CS2.1.1.1 to CS2.1.1.3, heaths CS2.1.2, vineyards CS2.1.3, banana plantations CS2.2.2, water CS1.2.2, paved runways CS1.1.1.2; its hedges, woods and orchards say nothing, its roads and rails are lines. Where both speak, the RPG decides. &lt;i&gt;source&lt;/i&gt; says who decided most of the pixels to which a polygon owes its class (image, RPG, BD TOPO), &lt;i&gt;rpg_pct&lt;/i&gt; and &lt;i&gt;bdtopo_pct&lt;/i&gt; the share of its surface that each decided; &lt;i&gt;prairie_pct&lt;/i&gt; and &lt;i&gt;culture_pct&lt;/i&gt; tell grassland from crops, which OCS GE's cover does not.&lt;/p&gt;&lt;p&gt;&lt;b&gt;Limits.&lt;/b&gt; This is the cover alone: usage and artificialisation need other sources and are not made. IGN's OCS GE also uses BD Forêt and photo-interpretation: compare before you rely on CS2. An older RPG or BD TOPO than the image may be wrong where the ground has changed. It is no substitute for the official data.&lt;/p&gt;</source>
      <translation>&lt;p&gt;Le &lt;b&gt;RPG&lt;/b&gt; et la &lt;b&gt;BD TOPO&lt;/b&gt;, si vous les donnez, tranchent ce que la table de l'IGN laisse ouvert, pixel par pixel, avant tout regroupement : les arbres et la broussaille peuvent être CS2.1.1.1, CS2.1.1.2, CS2.1.1.3, CS2.1.2 ou CS2.1.3, pour autant que la table le permette à chacun, les classes herbacées CS2.2.1 ou CS2.2.2 ; piscines, serres et « autres » peuvent être n'importe quoi. Les bâtiments, les sols imperméables et perméables, le sol nu, l'eau, la neige et la vigne ne sont jamais contredits. Du RPG, le groupe 21 dit CS2.1.3, la culture SPL CS2.1.2, la culture SPH et les groupes 1 à 9, 11, 14 à 16, 18, 19, 24 et 25 CS2.2.1. De la BD TOPO, les forêts fermées et les peupleraies disent CS2.1.1.1 à CS2.1.1.3, les landes ligneuses CS2.1.2, les vignes CS2.1.3, les bananeraies CS2.2.2, l'eau CS1.2.2, les pistes en dur CS1.1.1.2 ; ses haies, ses bois et ses vergers ne disent rien, ses routes et ses voies ferrées sont des lignes. Là où les deux se prononcent, le RPG tranche. &lt;i&gt;source&lt;/i&gt; dit qui a tranché pour la plupart des pixels auxquels un polygone doit sa classe (image, RPG, BD TOPO), &lt;i&gt;rpg_pct&lt;/i&gt; et &lt;i&gt;bdtopo_pct&lt;/i&gt; la part de sa surface que chacun a tranchée ; &lt;i&gt;prairie_pct&lt;/i&gt; et &lt;i&gt;culture_pct&lt;/i&gt; distinguent les prairies des cultures, ce que la couverture de l'OCS GE ne fait pas.&lt;/p&gt;&lt;p&gt;&lt;b&gt;Limites.&lt;/b&gt; C'est la couverture seule : l'usage et l'artificialisation demandent d'autres sources et ne sont pas produits. L'OCS GE de l'IGN se sert aussi de la BD Forêt et de la photo-interprétation : comparez avant de vous fier à CS2. Un RPG ou une BD TOPO plus anciens que l'image peuvent se tromper là où le terrain a changé. Ce n'est pas un substitut des données officielles.&lt;/p&gt;</translation>
    </message>
    <message>
      <location filename="../ocsia_plugin/processing/ocsge.py" />
      <source>Classes</source>
      <translation>Classes</translation>
    </message>
    <message>
      <location filename="../ocsia_plugin/processing/ocsge.py" />
      <source>A raster file of NAF or CoSIA classes, such as 'Predict land cover' writes.</source>
      <translation>Un fichier raster de classes NAF ou CoSIA, tel que « Prédire l'occupation du sol » en écrit.</translation>
    </message>
    <message>
      <location filename="../ocsia_plugin/processing/ocsge.py" />
      <source>Constructed zones</source>
      <translation>Zones construites</translation>
    </message>
    <message>
      <location filename="../ocsia_plugin/processing/ocsge.py" />
      <source>Polygons of the constructed zones, where the smallest surface is 500 m². Without them, a place is in such a zone where buildings cover enough of the 100 m x 100 m around it.</source>
      <translation>Polygones des zones construites, où la surface minimale est de 500 m². Sans eux, un lieu est en zone construite là où le bâti couvre assez des 100 m × 100 m alentour.</translation>
    </message>
    <message>
      <location filename="../ocsia_plugin/processing/ocsge.py" />
      <source>OCS GE to refine</source>
      <translation>OCS GE à affiner</translation>
    </message>
    <message>
      <location filename="../ocsia_plugin/processing/ocsge.py" />
      <source>Polygons of an OCS GE that exists. They are kept as they are and described; smallest surfaces, constructed zones and simplification then play no part.</source>
      <translation>Polygones d'une OCS GE existante. Ils sont gardés tels quels et décrits ; surfaces minimales, zones construites et simplification ne jouent alors pas.</translation>
    </message>
    <message>
      <location filename="../ocsia_plugin/processing/ocsge.py" />
      <source>Field of the codes</source>
      <translation>Champ des codes</translation>
    </message>
    <message>
      <location filename="../ocsia_plugin/processing/ocsge.py" />
      <source>Field of the OCS GE to refine that has the codes such as CS1.1.1.1. Empty: code_cs.</source>
      <translation>Champ de l'OCS GE à affiner qui porte les codes tels que CS1.1.1.1. Vide : code_cs.</translation>
    </message>
    <message>
      <location filename="../ocsia_plugin/processing/ocsge.py" />
      <source>Tell continuous from isolated buildings</source>
      <translation>Distinguer bâti continu et bâti isolé</translation>
    </message>
    <message>
      <location filename="../ocsia_plugin/processing/ocsge.py" />
      <source>Adds the field &lt;i&gt;bati&lt;/i&gt; to built areas: &lt;i&gt;continu&lt;/i&gt; where most of the polygon lies in a constructed zone, &lt;i&gt;isole&lt;/i&gt; otherwise.</source>
      <translation>Ajoute le champ &lt;i&gt;bati&lt;/i&gt; aux zones bâties : &lt;i&gt;continu&lt;/i&gt; là où la plus grande partie du polygone est en zone construite, &lt;i&gt;isole&lt;/i&gt; sinon.</translation>
    </message>
    <message>
      <location filename="../ocsia_plugin/processing/ocsge.py" />
      <source>GeoPackage (.gpkg) in OCS GE's colours, with codes, labels, surfaces and contents.</source>
      <translation>GeoPackage (.gpkg) aux couleurs de l'OCS GE, avec codes, libellés, surfaces et contenus.</translation>
    </message>
    <message>
      <location filename="../ocsia_plugin/processing/ocsge.py" />
      <source>Parts under the thresholds</source>
      <translation>Parties sous les seuils</translation>
    </message>
    <message>
      <location filename="../ocsia_plugin/processing/ocsge.py" />
      <source>GeoPackage (.gpkg) of the parts of the polygons that are of another class, which the smallest surfaces hid; &lt;i&gt;polygone&lt;/i&gt; and &lt;i&gt;socle_cs&lt;/i&gt; say in which polygon they lie.</source>
      <translation>GeoPackage (.gpkg) des parties de polygones qui sont d'une autre classe et que les surfaces minimales cachaient ; &lt;i&gt;polygone&lt;/i&gt; et &lt;i&gt;socle_cs&lt;/i&gt; disent dans quel polygone elles sont.</translation>
    </message>
    <message>
      <location filename="../ocsia_plugin/processing/ocsge.py" />
      <source>Parcels of the RPG</source>
      <translation>Parcelles du RPG</translation>
    </message>
    <message>
      <location filename="../ocsia_plugin/processing/ocsge.py" />
      <source>Parcels as IGN publishes them, with &lt;i&gt;CODE_GROUP&lt;/i&gt; (and &lt;i&gt;CODE_CULTU&lt;/i&gt;), of the year of the image. Those beyond the raster play no part.</source>
      <translation>Les parcelles telles que l'IGN les publie, avec &lt;i&gt;CODE_GROUP&lt;/i&gt; (et &lt;i&gt;CODE_CULTU&lt;/i&gt;), de l'année de l'image. Celles qui sont hors du raster ne jouent aucun rôle.</translation>
    </message>
    <message>
      <location filename="../ocsia_plugin/processing/ocsge.py" />
      <source>Polygons of BD TOPO</source>
      <translation>Polygones de la BD TOPO</translation>
    </message>
    <message>
      <location filename="../ocsia_plugin/processing/ocsge.py" />
      <source>A layer of BD TOPO with the field &lt;i&gt;NATURE&lt;/i&gt;: ZONE_DE_VEGETATION, SURFACE_HYDROGRAPHIQUE or PISTE_D_AERODROME. For several, merge them first ('Merge vector layers').</source>
      <translation>Une couche de la BD TOPO avec le champ &lt;i&gt;NATURE&lt;/i&gt; : ZONE_DE_VEGETATION, SURFACE_HYDROGRAPHIQUE ou PISTE_D_AERODROME. Pour en donner plusieurs, réunissez-les d'abord (« Fusionner des couches vecteur »).</translation>
    </message>
    <message>
      <location filename="../ocsia_plugin/processing/ocsge.py" />
      <source>Simplification of outlines (m)</source>
      <translation>Simplification des contours (m)</translation>
    </message>
    <message>
      <location filename="../ocsia_plugin/processing/ocsge.py" />
      <source>As in 'Vectorise classes': boundaries stay shared. 0: outlines follow the pixels.</source>
      <translation>Comme dans « Vectoriser les classes » : les limites restent partagées. 0 : les contours suivent les pixels.</translation>
    </message>
    <message>
      <location filename="../ocsia_plugin/processing/ocsge.py" />
      <source>Density of constructed zones (%)</source>
      <translation>Densité des zones construites (%)</translation>
    </message>
    <message>
      <location filename="../ocsia_plugin/processing/ocsge.py" />
      <source>Share of buildings in the 100 m x 100 m around a place from which it is in a constructed zone.</source>
      <translation>Part de bâti dans les 100 m × 100 m autour d'un lieu à partir de laquelle il est en zone construite.</translation>
    </message>
    <message>
      <location filename="../ocsia_plugin/processing/ocsge.py" />
      <source>Smallest built area (m²)</source>
      <translation>Surface minimale des zones bâties (m²)</translation>
    </message>
    <message>
      <location filename="../ocsia_plugin/processing/ocsge.py" />
      <source>Smallest surface in constructed zones (m²)</source>
      <translation>Surface minimale en zone construite (m²)</translation>
    </message>
    <message>
      <location filename="../ocsia_plugin/processing/ocsge.py" />
      <source>Smallest surface elsewhere (m²)</source>
      <translation>Surface minimale ailleurs (m²)</translation>
    </message>
    <message>
      <location filename="../ocsia_plugin/processing/ocsge.py" />
      <source>Smallest part (m²)</source>
      <translation>Surface minimale d'une partie (m²)</translation>
    </message>
    <message>
      <location filename="../ocsia_plugin/processing/ocsge.py" />
      <source>Smallest surface of a part in 'Parts under the thresholds'.</source>
      <translation>Surface minimale d'une partie dans « Parties sous les seuils ».</translation>
    </message>
    <message>
      <location filename="../ocsia_plugin/processing/ocsge.py" />
      <source>OCS GE's own threshold by default.</source>
      <translation>Par défaut, le seuil de l'OCS GE.</translation>
    </message>
  </context>
  <context>
    <name>OcsiaAlgorithm</name>
    <message>
      <location filename="../ocsia_plugin/processing/base.py" />
      <source>Land cover</source>
      <translation>Occupation du sol</translation>
    </message>
    <message>
      <location filename="../ocsia_plugin/processing/base.py" />
      <source>Surfaces and accuracy</source>
      <translation>Surfaces et exactitude</translation>
    </message>
    <message>
      <location filename="../ocsia_plugin/processing/base.py" />
      <source>Products and comparisons</source>
      <translation>Produits et comparaisons</translation>
    </message>
    <message>
      <location filename="../ocsia_plugin/processing/base.py" />
      <source>Nomenclature of the raster</source>
      <translation>Nomenclature du raster</translation>
    </message>
    <message>
      <location filename="../ocsia_plugin/processing/base.py" />
      <source>Only for a raster made elsewhere, which does not say what its classes are: naf15, flair19, flair15, flair12, flairhub19, cosia or ocsge_cs. Rasters that this plugin writes say so themselves.</source>
      <translation>Seulement pour un raster fait ailleurs, qui ne dit pas ce que sont ses classes : naf15, flair19, flair15, flair12, flairhub19, cosia ou ocsge_cs. Les rasters qu'écrit cette extension le disent eux-mêmes.</translation>
    </message>
    <message>
      <location filename="../ocsia_plugin/processing/base.py" />
      <source>First class</source>
      <translation>Première classe</translation>
    </message>
    <message>
      <location filename="../ocsia_plugin/processing/base.py" />
      <source>Only for a raster of classes made elsewhere: the value of its first class. 1: IGN's labels and products, where 0 is no data. 0: what IGN's detection tools write. auto: recognised where the values or the no-data value leave no doubt, and for NAF codes without a 0, with a warning; asked for otherwise.</source>
      <translation>Seulement pour un raster de classes fait ailleurs : la valeur de sa première classe. 1 : les annotations et les produits de l'IGN, où 0 est l'absence de donnée. 0 : ce qu'écrivent les outils de détection de l'IGN. auto : reconnue quand les valeurs ou la valeur d'absence de donnée ne laissent pas de doute, et pour des codes NAF sans 0, avec un avertissement ; demandée sinon.</translation>
    </message>
    <message>
      <location filename="../ocsia_plugin/processing/setup.py" />
      <source>Settings</source>
      <translation>Réglages</translation>
    </message>
  </context>
  <context>
    <name>OcsiaForecast</name>
    <message>
      <location filename="../ocsia_plugin/gui/forecast.py" />
      <source>Preview</source>
      <translation>Aperçu</translation>
    </message>
    <message>
      <location filename="../ocsia_plugin/gui/forecast.py" />
      <source>Computes one tile, in the middle of the map, and lays it on the map.</source>
      <translation>Calcule une tuile au centre de la carte et la pose sur la carte.</translation>
    </message>
    <message>
      <location filename="../ocsia_plugin/gui/forecast.py" />
      <source>Install the engine…</source>
      <translation>Installer le moteur…</translation>
    </message>
    <message>
      <location filename="../ocsia_plugin/gui/forecast.py" />
      <source>The engine is not installed: nothing can be computed yet.</source>
      <translation>Le moteur n'est pas installé : rien ne peut encore être calculé.</translation>
    </message>
    <message>
      <location filename="../ocsia_plugin/gui/forecast.py" />
      <source>Cancel</source>
      <translation>Annuler</translation>
    </message>
    <message>
      <location filename="../ocsia_plugin/gui/forecast.py" />
      <source>Preview: {percent} %</source>
      <translation>Aperçu : {percent} %</translation>
    </message>
    <message>
      <location filename="../ocsia_plugin/gui/forecast.py" />
      <source>Preview ({name})</source>
      <translation>Aperçu ({name})</translation>
    </message>
  </context>
  <context>
    <name>OcsiaInstallation</name>
    <message>
      <location filename="../ocsia_plugin/gui/installing.py" />
      <source>Installation</source>
      <translation>Installation</translation>
    </message>
    <message>
      <location filename="../ocsia_plugin/gui/installing.py" />
      <source>The engine is not installed in {folder}.</source>
      <translation>Le moteur n'est pas installé dans {folder}.</translation>
    </message>
    <message>
      <location filename="../ocsia_plugin/gui/installing.py" />
      <source>The engine is installed in {folder}.</source>
      <translation>Le moteur est installé dans {folder}.</translation>
    </message>
    <message>
      <location filename="../ocsia_plugin/gui/installing.py" />
      <source>The engine in {folder} is older than the plugin: repair it.</source>
      <translation>Le moteur de {folder} est plus ancien que l'extension : réparez-le.</translation>
    </message>
    <message>
      <location filename="../ocsia_plugin/gui/installing.py" />
      <source>Repair the engine</source>
      <translation>Réparer le moteur</translation>
    </message>
    <message>
      <location filename="../ocsia_plugin/gui/installing.py" />
      <source>Install the engine</source>
      <translation>Installer le moteur</translation>
    </message>
    <message>
      <location filename="../ocsia_plugin/gui/installing.py" />
      <source>Installing the OCS-IA engine</source>
      <translation>Installation du moteur d'OCS-IA</translation>
    </message>
    <message>
      <location filename="../ocsia_plugin/gui/installing.py" />
      <source>Removing the OCS-IA engine</source>
      <translation>Suppression du moteur d'OCS-IA</translation>
    </message>
    <message>
      <location filename="../ocsia_plugin/gui/installing.py" />
      <source>Remove</source>
      <translation>Supprimer</translation>
    </message>
    <message>
      <location filename="../ocsia_plugin/gui/installing.py" />
      <source>Cancel</source>
      <translation>Annuler</translation>
    </message>
    <message>
      <location filename="../ocsia_plugin/gui/installing.py" />
      <source>Processor: any machine (about 600 MB)</source>
      <translation>Processeur : toute machine (environ 600 Mo)</translation>
    </message>
    <message>
      <location filename="../ocsia_plugin/gui/installing.py" />
      <source>NVIDIA graphics card: with CUDA (several GB)</source>
      <translation>Carte graphique NVIDIA : avec CUDA (plusieurs Go)</translation>
    </message>
    <message>
      <location filename="../ocsia_plugin/gui/installing.py" />
      <source>The models run on</source>
      <translation>Les modèles tournent sur</translation>
    </message>
    <message>
      <location filename="../ocsia_plugin/gui/installing.py" />
      <source>Without a network, or with another Python</source>
      <translation>Sans réseau, ou avec un autre Python</translation>
    </message>
    <message>
      <location filename="../ocsia_plugin/gui/installing.py" />
      <source>Empty: the libraries are downloaded</source>
      <translation>Vide : les bibliothèques sont téléchargées</translation>
    </message>
    <message>
      <location filename="../ocsia_plugin/gui/installing.py" />
      <source>Empty: uv, or a Python found on this machine</source>
      <translation>Vide : uv, ou un Python trouvé sur cette machine</translation>
    </message>
    <message>
      <location filename="../ocsia_plugin/gui/installing.py" />
      <source>Folder of wheels</source>
      <translation>Dossier de paquets wheel</translation>
    </message>
    <message>
      <location filename="../ocsia_plugin/gui/installing.py" />
      <source>To fill it elsewhere</source>
      <translation>Pour le remplir ailleurs</translation>
    </message>
    <message>
      <location filename="../ocsia_plugin/gui/installing.py" />
      <source>Python to build with</source>
      <translation>Python à employer</translation>
    </message>
    <message>
      <location filename="../ocsia_plugin/gui/installing.py" />
      <source>In a terminal</source>
      <translation>Dans un terminal</translation>
    </message>
    <message>
      <location filename="../ocsia_plugin/gui/installing.py" />
      <source>Remove the engine from {folder}?</source>
      <translation>Supprimer le moteur de {folder} ?</translation>
    </message>
    <message>
      <location filename="../ocsia_plugin/gui/installing.py" />
      <source>Cancelled; nothing was changed.</source>
      <translation>Annulé ; rien n'a été changé.</translation>
    </message>
    <message>
      <location filename="../ocsia_plugin/gui/installing.py" />
      <source>Looking for a graphics card</source>
      <translation>Recherche d'une carte graphique</translation>
    </message>
  </context>
  <context>
    <name>OcsiaLayout</name>
    <message>
      <location filename="../ocsia_plugin/bridge/layout/chart.py" />
      <source>No surface in this zone.</source>
      <translation>Aucune surface dans cette zone.</translation>
    </message>
    <message>
      <location filename="../ocsia_plugin/bridge/layout/chart.py" />
      <source>Groups of these classes</source>
      <translation>Regroupements de ces classes</translation>
    </message>
    <message>
      <location filename="../ocsia_plugin/bridge/layout/sheet.py" />
      <source>Layout – {layer}</source>
      <translation>Mise en page – {layer}</translation>
    </message>
    <message>
      <location filename="../ocsia_plugin/bridge/layout/sheet.py" />
      <source>Chart</source>
      <translation>Graphique</translation>
    </message>
    <message>
      <location filename="../ocsia_plugin/bridge/layout/sheet.py" />
      <source>Map</source>
      <translation>Carte</translation>
    </message>
    <message>
      <location filename="../ocsia_plugin/bridge/layout/sheet.py" />
      <source>North</source>
      <translation>Nord</translation>
    </message>
    <message>
      <location filename="../ocsia_plugin/bridge/layout/sheet.py" />
      <source>Scale</source>
      <translation>Échelle</translation>
    </message>
    <message>
      <location filename="../ocsia_plugin/bridge/layout/sheet.py" />
      <source>Legend</source>
      <translation>Légende</translation>
    </message>
    <message>
      <location filename="../ocsia_plugin/bridge/layout/sheet.py" />
      <source>Title</source>
      <translation>Titre</translation>
    </message>
    <message>
      <location filename="../ocsia_plugin/bridge/layout/sheet.py" />
      <source>Subtitle</source>
      <translation>Sous-titre</translation>
    </message>
    <message>
      <location filename="../ocsia_plugin/bridge/layout/sheet.py" />
      <source>Warning</source>
      <translation>Avertissement</translation>
    </message>
    <message>
      <location filename="../ocsia_plugin/bridge/layout/sheet.py" />
      <source>Surfaces by class, in hectares</source>
      <translation>Surfaces par classe, en hectares</translation>
    </message>
    <message>
      <location filename="../ocsia_plugin/bridge/layout/sheet.py" />
      <source>Title of the chart</source>
      <translation>Titre du graphique</translation>
    </message>
    <message>
      <location filename="../ocsia_plugin/bridge/layout/sheet.py" />
      <source>Level of the intervals</source>
      <translation>Niveau des intervalles</translation>
    </message>
    <message>
      <location filename="../ocsia_plugin/bridge/layout/sheet.py" />
      <source>Method</source>
      <translation>Méthode</translation>
    </message>
    <message>
      <location filename="../ocsia_plugin/bridge/layout/sheet.py" />
      <source>Sources</source>
      <translation>Sources</translation>
    </message>
    <message>
      <location filename="../ocsia_plugin/bridge/layout/sheet.py" />
      <source>Page</source>
      <translation>Page</translation>
    </message>
    <message>
      <location filename="../ocsia_plugin/bridge/layout/texts.py" />
      <source>, of which without data: </source>
      <translation>, dont sans donnée : </translation>
    </message>
    <message>
      <location filename="../ocsia_plugin/bridge/layout/texts.py" />
      <source>Surfaces of the land-cover classes – zone of </source>
      <translation>Surfaces des classes d'occupation du sol – zone de </translation>
    </message>
    <message>
      <location filename="../ocsia_plugin/bridge/layout/texts.py" />
      <source>Black lines: interval of {levels}.</source>
      <translation>Traits noirs : intervalle à {levels}.</translation>
    </message>
    <message>
      <location filename="../ocsia_plugin/bridge/layout/texts.py" />
      <source>Without a line: no level.</source>
      <translation>Sans trait : pas de niveau de confiance.</translation>
    </message>
    <message>
      <location filename="../ocsia_plugin/bridge/layout/texts.py" />
      <source>No level of confidence was earned: no interval is drawn.</source>
      <translation>Aucun niveau de confiance n'est acquis ici : aucun intervalle n'est tracé.</translation>
    </message>
    <message>
      <location filename="../ocsia_plugin/bridge/layout/texts.py" />
      <source>Method: {method}.</source>
      <translation>Méthode : {method}.</translation>
    </message>
    <message>
      <location filename="../ocsia_plugin/bridge/layout/texts.py" />
      <source>Scope and limits: </source>
      <translation>Portée et limites : </translation>
    </message>
    <message>
      <location filename="../ocsia_plugin/bridge/layout/texts.py" />
      <source>Photo: {date}</source>
      <translation>Photo : {date}</translation>
    </message>
    <message>
      <location filename="../ocsia_plugin/bridge/layout/texts.py" />
      <source>Sources: {sources}</source>
      <translation>Sources : {sources}</translation>
    </message>
    <message>
      <location filename="../ocsia_plugin/bridge/layout/texts.py" />
      <source>made with OCS-IA</source>
      <translation>fait avec OCS-IA</translation>
    </message>
  </context>
  <context>
    <name>OcsiaLooks</name>
    <message>
      <location filename="../ocsia_plugin/bridge/looks.py" />
      <source>Veil over the classes</source>
      <translation>Voile à poser sur les classes</translation>
    </message>
    <message>
      <location filename="../ocsia_plugin/bridge/looks.py" />
      <source>For colour-blind readers</source>
      <translation>Palette pour daltoniens</translation>
    </message>
    <message>
      <location filename="../ocsia_plugin/bridge/looks.py" />
      <source>{name}, 0 to 100 %</source>
      <translation>{name}, de 0 à 100 %</translation>
    </message>
  </context>
  <context>
    <name>OcsiaModels</name>
    <message>
      <location filename="../ocsia_plugin/gui/model_widget.py" />
      <source>IGN's models…</source>
      <translation>Modèles de l'IGN…</translation>
    </message>
    <message>
      <location filename="../ocsia_plugin/gui/model_widget.py" />
      <source>Opens the list of published models, to download and import one.</source>
      <translation>Ouvre la liste des modèles publiés, pour en télécharger et en importer un.</translation>
    </message>
    <message>
      <location filename="../ocsia_plugin/gui/model_widget.py" />
      <source>It fits, and has to be downloaded first: Settings &gt; Options &gt; OCS-IA.</source>
      <translation>Il convient, et doit d'abord être téléchargé : Préférences &gt; Options &gt; OCS-IA.</translation>
    </message>
    <message>
      <location filename="../ocsia_plugin/gui/model_widget.py" />
      <source>No model: no range from published statistics.</source>
      <translation>Aucun modèle : pas de fourchette d'après des statistiques publiées.</translation>
    </message>
    <message>
      <location filename="../ocsia_plugin/gui/model_widget.py" />
      <source>The raster was made by it.</source>
      <translation>C'est lui qui a fait ce raster.</translation>
    </message>
    <message>
      <location filename="../ocsia_plugin/gui/model_widget.py" />
      <source>Published mIoU: {score} %</source>
      <translation>mIoU publié : {score} %</translation>
    </message>
    <message>
      <location filename="../ocsia_plugin/gui/models.py" />
      <source>Models</source>
      <translation>Modèles</translation>
    </message>
    <message>
      <location filename="../ocsia_plugin/gui/models.py" />
      <source>Model</source>
      <translation>Modèle</translation>
    </message>
    <message>
      <location filename="../ocsia_plugin/gui/models.py" />
      <source>State</source>
      <translation>État</translation>
    </message>
    <message>
      <location filename="../ocsia_plugin/gui/models.py" />
      <source>Bands</source>
      <translation>Bandes</translation>
    </message>
    <message>
      <location filename="../ocsia_plugin/gui/models.py" />
      <source>mIoU (%)</source>
      <translation>mIoU (%)</translation>
    </message>
    <message>
      <location filename="../ocsia_plugin/gui/models.py" />
      <source>Import a model…</source>
      <translation>Importer un modèle…</translation>
    </message>
    <message>
      <location filename="../ocsia_plugin/gui/models.py" />
      <source>Weights as IGN publishes them, or a model as .onnx, in a file.</source>
      <translation>Un fichier de poids tels que l'IGN les publie, ou un modèle .onnx.</translation>
    </message>
    <message>
      <location filename="../ocsia_plugin/gui/models.py" />
      <source>Give what is missing…</source>
      <translation>Indiquer ce qui manque…</translation>
    </message>
    <message>
      <location filename="../ocsia_plugin/gui/models.py" />
      <source>Download</source>
      <translation>Télécharger</translation>
    </message>
    <message>
      <location filename="../ocsia_plugin/gui/models.py" />
      <source>Verify</source>
      <translation>Vérifier</translation>
    </message>
    <message>
      <location filename="../ocsia_plugin/gui/models.py" />
      <source>Delete</source>
      <translation>Supprimer</translation>
    </message>
    <message>
      <location filename="../ocsia_plugin/gui/models.py" />
      <source>Cancel</source>
      <translation>Annuler</translation>
    </message>
    <message>
      <location filename="../ocsia_plugin/gui/models.py" />
      <source>Import a model</source>
      <translation>Importer un modèle</translation>
    </message>
    <message>
      <location filename="../ocsia_plugin/gui/models.py" />
      <source>Delete the model {id} from this machine?</source>
      <translation>Supprimer le modèle {id} de cette machine ?</translation>
    </message>
    <message>
      <location filename="../ocsia_plugin/gui/models.py" />
      <source>OCS-IA: {id}</source>
      <translation>OCS-IA : {id}</translation>
    </message>
    <message>
      <location filename="../ocsia_plugin/gui/models.py" />
      <source>Cancelled.</source>
      <translation>Annulé.</translation>
    </message>
    <message>
      <location filename="../ocsia_plugin/gui/models.py" />
      <source>comes with the plugin</source>
      <translation>fourni avec l'extension</translation>
    </message>
    <message>
      <location filename="../ocsia_plugin/gui/models.py" />
      <source>installed</source>
      <translation>installé</translation>
    </message>
    <message>
      <location filename="../ocsia_plugin/gui/models.py" />
      <source>downloaded, not imported</source>
      <translation>téléchargé, non importé</translation>
    </message>
    <message>
      <location filename="../ocsia_plugin/gui/models.py" />
      <source>can be downloaded</source>
      <translation>téléchargeable</translation>
    </message>
    <message>
      <location filename="../ocsia_plugin/gui/models.py" />
      <source>file to be imported</source>
      <translation>fichier à importer</translation>
    </message>
    <message>
      <location filename="../ocsia_plugin/gui/models.py" />
      <source>damaged</source>
      <translation>endommagé</translation>
    </message>
  </context>
  <context>
    <name>OcsiaOptions</name>
    <message>
      <location filename="../ocsia_plugin/gui/options.py" />
      <source>Starting the engine…</source>
      <translation>Démarrage du moteur…</translation>
    </message>
    <message>
      <location filename="../ocsia_plugin/gui/options.py" />
      <source>Install it with the button below, or name above the Python of one that is installed elsewhere.</source>
      <translation>Installez-le avec le bouton ci-dessous, ou indiquez ci-dessus le Python d'un moteur installé ailleurs.</translation>
    </message>
    <message>
      <location filename="../ocsia_plugin/gui/options.py" />
      <source>Not installed yet</source>
      <translation>Pas encore installé</translation>
    </message>
    <message>
      <location filename="../ocsia_plugin/gui/options.py" />
      <source>Not usable</source>
      <translation>Inutilisable</translation>
    </message>
    <message>
      <location filename="../ocsia_plugin/gui/options.py" />
      <source>The engine works</source>
      <translation>Le moteur fonctionne</translation>
    </message>
    <message>
      <location filename="../ocsia_plugin/gui/options.py" />
      <source>Found, not tested yet</source>
      <translation>Trouvé, pas encore testé</translation>
    </message>
    <message>
      <location filename="../ocsia_plugin/gui/options.py" />
      <source>OCS-IA runs its models in a Python environment of its own, separate from QGIS: the libraries of one cannot disturb the other.</source>
      <translation>OCS-IA exécute ses modèles dans un environnement Python à part, séparé de QGIS : les bibliothèques de l'un ne peuvent pas gêner l'autre.</translation>
    </message>
    <message>
      <location filename="../ocsia_plugin/gui/options.py" />
      <source>Engine</source>
      <translation>Moteur</translation>
    </message>
    <message>
      <location filename="../ocsia_plugin/gui/options.py" />
      <source>Python of the engine</source>
      <translation>Python du moteur</translation>
    </message>
    <message>
      <location filename="../ocsia_plugin/gui/options.py" />
      <source>Automatic: the engine installed below</source>
      <translation>Automatique : le moteur installé ci-dessous</translation>
    </message>
    <message>
      <location filename="../ocsia_plugin/gui/options.py" />
      <source>Python interpreter</source>
      <translation>Interpréteur Python</translation>
    </message>
    <message>
      <location filename="../ocsia_plugin/gui/options.py" />
      <source>The environment variable {name} is set and takes precedence over this path.</source>
      <translation>La variable d'environnement {name} est définie et l'emporte sur ce chemin.</translation>
    </message>
    <message>
      <location filename="../ocsia_plugin/gui/options.py" />
      <source>Status</source>
      <translation>État</translation>
    </message>
    <message>
      <location filename="../ocsia_plugin/gui/options.py" />
      <source>Test the engine</source>
      <translation>Tester le moteur</translation>
    </message>
    <message>
      <location filename="../ocsia_plugin/gui/options.py" />
      <source>Open the report in the browser at the end of a run</source>
      <translation>Ouvrir le rapport dans le navigateur à la fin d'un traitement</translation>
    </message>
    <message>
      <location filename="../ocsia_plugin/gui/options.py" />
      <source>Not in batch and in graphical models: their reports are in the results viewer.</source>
      <translation>Sauf par lot et dans les modèles graphiques : leurs rapports sont dans le visualiseur de résultats.</translation>
    </message>
    <message>
      <location filename="../ocsia_plugin/gui/options.py" />
      <source>Testing the OCS-IA engine</source>
      <translation>Test du moteur d'OCS-IA</translation>
    </message>
    <message>
      <location filename="../ocsia_plugin/gui/options.py" />
      <source>A GPU can be used.</source>
      <translation>Une carte graphique est utilisable.</translation>
    </message>
    <message>
      <location filename="../ocsia_plugin/gui/options.py" />
      <source>No GPU: the processor does the work.</source>
      <translation>Pas de carte graphique : le processeur fait le calcul.</translation>
    </message>
    <message>
      <location filename="../ocsia_plugin/gui/options.py" />
      <source>named by the variable {name}</source>
      <translation>indiqué par la variable {name}</translation>
    </message>
    <message>
      <location filename="../ocsia_plugin/gui/options.py" />
      <source>named by this setting</source>
      <translation>indiqué par ce réglage</translation>
    </message>
    <message>
      <location filename="../ocsia_plugin/gui/options.py" />
      <source>in the plugin's folder</source>
      <translation>dans le dossier de l'extension</translation>
    </message>
    <message>
      <location filename="../ocsia_plugin/gui/options.py" />
      <source>in the user's data folder</source>
      <translation>dans le dossier de données de l'utilisateur</translation>
    </message>
  </context>
  <context>
    <name>OcsiaPlugin</name>
    <message>
      <location filename="../ocsia_plugin/plugin.py" />
      <source>Install the engine, models…</source>
      <translation>Installer le moteur, modèles…</translation>
    </message>
    <message>
      <location filename="../ocsia_plugin/plugin.py" />
      <source>Probabilities here</source>
      <translation>Probabilités ici</translation>
    </message>
    <message>
      <location filename="../ocsia_plugin/plugin.py" />
      <source>Probabilities here: click on the map to read the classes and their probabilities.</source>
      <translation>Probabilités ici : cliquez sur la carte pour lire les classes et leurs probabilités.</translation>
    </message>
    <message>
      <location filename="../ocsia_plugin/plugin.py" />
      <source>Layout of the surfaces…</source>
      <translation>Mise en page des surfaces…</translation>
    </message>
    <message>
      <location filename="../ocsia_plugin/plugin.py" />
      <source>A print layout of the selected zones with their surfaces: a page for each zone.</source>
      <translation>Une mise en page des zones sélectionnées et de leurs surfaces : une page par zone.</translation>
    </message>
  </context>
  <context>
    <name>OcsiaPreview</name>
    <message>
      <location filename="../ocsia_plugin/gui/preview.py" />
      <source>OCS-IA: preview</source>
      <translation>OCS-IA : aperçu</translation>
    </message>
    <message>
      <location filename="../ocsia_plugin/gui/preview.py" />
      <source>Preview</source>
      <translation>Aperçu</translation>
    </message>
  </context>
  <context>
    <name>OcsiaProbabilities</name>
    <message>
      <location filename="../ocsia_plugin/gui/probabilities.py" />
      <source>No probabilities here. Show a probability raster: an output of 'Predict land cover' that has to be asked for.</source>
      <translation>Aucune probabilité ici. Affichez un raster de probabilités : c'est une sortie facultative de « Prédire l'occupation du sol ».</translation>
    </message>
  </context>
  <context>
    <name>OcsiaReport</name>
    <message>
      <location filename="../ocsia_plugin/bridge/report.py" />
      <source>The report opens in the browser. Settings &gt; Options &gt; OCS-IA switches that off.</source>
      <translation>Le rapport s'ouvre dans le navigateur. Préférences &gt; Options &gt; OCS-IA permet de l'éviter.</translation>
    </message>
  </context>
  <context>
    <name>OcsiaResults</name>
    <message>
      <location filename="../ocsia_plugin/bridge/results.py" />
      <source>{title} – learning</source>
      <translation>{title} – apprentissage</translation>
    </message>
  </context>
  <context>
    <name>OrthoAlgorithm</name>
    <message>
      <location filename="../ocsia_plugin/processing/ortho.py" />
      <source>&lt;h3&gt;Web services&lt;/h3&gt;&lt;p&gt;A WMS, WMTS or XYZ layer of the project can stand for the ortho-image or the IRC, and a WMS that delivers values for MNS, MNT and MNH. With IGN's Géoplateforme: Layer &gt; Add Layer &gt; Add WMS/WMTS Layer, a new connection to https://data.geopf.fr/wms-r, CRS EPSG:2154, then HR.ORTHOIMAGERY.ORTHOPHOTOS (RVB), ORTHOIMAGERY.ORTHOPHOTOS.IRC (IRC), ELEVATION.ELEVATIONGRIDCOVERAGE.HIGHRES (MNT), ELEVATION.ELEVATIONGRIDCOVERAGE.HIGHRES.MNS (MNS). PNG loses nothing, JPEG is lighter.&lt;/p&gt;&lt;p&gt;Fetched are the squares of 1000 pixels that the mask or the extent touches, at the resolution of the result: 25 images per km² at 20 cm; the log says how many before it begins. Layers in degrees or Web Mercator are asked for in the CRS of the mask or the extent where that one is in metres, else in the legal one of the territory (EPSG:2154 in metropolitan France). Requests are few at a time, at most 20 a second, and made again after a pause where the service is busy. What was fetched stays in the user's cache for 30 days (4 GB at most): an interrupted run goes on from there. The source is named in the metadata of the results.&lt;/p&gt;</source>
      <translation>&lt;h3&gt;Services web&lt;/h3&gt;&lt;p&gt;Une couche WMS, WMTS ou XYZ du projet peut tenir lieu d'ortho-image ou d'IRC, et un WMS qui livre des valeurs, de MNS, MNT et MNH. Avec la Géoplateforme de l'IGN : Couche &gt; Ajouter une couche &gt; Ajouter une couche WMS/WMTS, une nouvelle connexion à https://data.geopf.fr/wms-r, SCR EPSG:2154, puis HR.ORTHOIMAGERY.ORTHOPHOTOS (RVB), ORTHOIMAGERY.ORTHOPHOTOS.IRC (IRC), ELEVATION.ELEVATIONGRIDCOVERAGE.HIGHRES (MNT), ELEVATION.ELEVATIONGRIDCOVERAGE.HIGHRES.MNS (MNS). Le PNG ne perd rien, le JPEG est plus léger.&lt;/p&gt;&lt;p&gt;Sont téléchargés les carrés de 1000 pixels que touche le masque ou l'emprise, à la résolution du résultat : 25 images par km² à 20 cm ; le journal dit combien avant de commencer. Les couches en degrés ou en Web Mercator sont demandées dans le SCR du masque ou de l'emprise s'il est en mètres, sinon dans le SCR légal du territoire (EPSG:2154 en France métropolitaine). Les requêtes sont peu nombreuses à la fois, 20 par seconde au plus, et refaites après une pause quand le service est occupé. Ce qui a été téléchargé reste 30 jours dans le cache de l'utilisateur (4 Go au plus) : un traitement interrompu reprend de là. La source est nommée dans les métadonnées des résultats.&lt;/p&gt;</translation>
    </message>
    <message>
      <location filename="../ocsia_plugin/processing/ortho.py" />
      <source>Ortho-image</source>
      <translation>Ortho-image</translation>
    </message>
    <message>
      <location filename="../ocsia_plugin/processing/ortho.py" />
      <source>A raster file in a projected CRS in metres: RVB or IRC of BD ORTHO, an image with more bands, one made by 'Compose an ortho-image'. Bytes (0 to 255); other values need the advanced parameter 'Scale of the values'. Pixels of 0.2 to 0.5 m give the best results; 0.1 to 1 m are accepted. Transparent and no-data pixels, and black or white collars, stay without data. A WMS, WMTS or XYZ layer of the project will do too, with a mask or an extent.</source>
      <translation>Un fichier raster dans un SCR projeté en mètres : RVB ou IRC de la BD ORTHO, une image de plus de bandes, une image faite par « Composer une ortho-image ». Des octets (0 à 255) ; d'autres valeurs demandent le paramètre avancé « Échelle des valeurs ». Des pixels de 0,2 à 0,5 m donnent les meilleurs résultats ; de 0,1 à 1 m ils sont acceptés. Les pixels transparents ou sans données, et les liserés noirs ou blancs, restent sans données. Une couche WMS, WMTS ou XYZ du projet convient aussi, avec un masque ou une emprise.</translation>
    </message>
    <message>
      <location filename="../ocsia_plugin/processing/ortho.py" />
      <source>IRC ortho-image</source>
      <translation>Ortho-image IRC</translation>
    </message>
    <message>
      <location filename="../ocsia_plugin/processing/ortho.py" />
      <source>The false-colour image of the same place, for models that use the near infrared (I): its band 1 is taken, or the one that is described so. It may have another resolution, extent or CRS, or be a web service.</source>
      <translation>L'image fausses couleurs du même lieu, pour les modèles qui se servent du proche infrarouge (I) : sa bande 1 est prise, ou celle qui est décrite ainsi. Elle peut avoir une autre résolution, une autre emprise ou un autre SCR, ou être un service web.</translation>
    </message>
    <message>
      <location filename="../ocsia_plugin/processing/ortho.py" />
      <source>Surface model (MNS)</source>
      <translation>Modèle de surface (MNS)</translation>
    </message>
    <message>
      <location filename="../ocsia_plugin/processing/ortho.py" />
      <source>Altitude of the surface in metres, for models that use the height above ground (E); together with MNT. E is 5 times the height, 255 from 51 m on. A file, or a WMS layer that delivers values.</source>
      <translation>Altitude de la surface en mètres, pour les modèles qui se servent de la hauteur au-dessus du sol (E) ; avec MNT. E vaut 5 fois la hauteur, 255 à partir de 51 m. Un fichier, ou une couche WMS qui livre des valeurs.</translation>
    </message>
    <message>
      <location filename="../ocsia_plugin/processing/ortho.py" />
      <source>Terrain model (MNT)</source>
      <translation>Modèle de terrain (MNT)</translation>
    </message>
    <message>
      <location filename="../ocsia_plugin/processing/ortho.py" />
      <source>Altitude of the ground in metres, together with MNS.</source>
      <translation>Altitude du sol en mètres, avec MNS.</translation>
    </message>
    <message>
      <location filename="../ocsia_plugin/processing/ortho.py" />
      <source>Height model (MNH)</source>
      <translation>Modèle de hauteur (MNH)</translation>
    </message>
    <message>
      <location filename="../ocsia_plugin/processing/ortho.py" />
      <source>Height above ground in metres, in place of MNS and MNT.</source>
      <translation>Hauteur au-dessus du sol en mètres, à la place de MNS et MNT.</translation>
    </message>
    <message>
      <location filename="../ocsia_plugin/processing/ortho.py" />
      <source>Extent</source>
      <translation>Emprise</translation>
    </message>
    <message>
      <location filename="../ocsia_plugin/processing/ortho.py" />
      <source>Part of the image to work on; by default the whole image.</source>
      <translation>Partie de l'image à traiter ; par défaut, toute l'image.</translation>
    </message>
    <message>
      <location filename="../ocsia_plugin/processing/ortho.py" />
      <source>Resolution (m)</source>
      <translation>Taille du pixel (m)</translation>
    </message>
    <message>
      <location filename="../ocsia_plugin/processing/ortho.py" />
      <source>Bands of the image</source>
      <translation>Bandes de l'image</translation>
    </message>
    <message>
      <location filename="../ocsia_plugin/processing/ortho.py" />
      <source>What each band of the ortho-image is, in its order: R, V, B, I (near infrared), E (height), - (not used); for example B,V,R,I. Leave it empty to go by the descriptions and colours of the file, else by the order R, V, B, I, E; the log says what was understood.</source>
      <translation>Ce qu'est chaque bande de l'ortho-image, dans l'ordre : R, V, B, I (proche infrarouge), E (hauteur), - (ne sert pas) ; par exemple B,V,R,I. Laissez vide pour suivre les descriptions et les couleurs du fichier, sinon l'ordre R, V, B, I, E ; le journal dit ce qui a été compris.</translation>
    </message>
    <message>
      <location filename="../ocsia_plugin/processing/ortho.py" />
      <source>Scale of the values</source>
      <translation>Échelle des valeurs</translation>
    </message>
    <message>
      <location filename="../ocsia_plugin/processing/ortho.py" />
      <source>How values that are no bytes (16 bits, decimals) become 0 to 255. metadata: from the range that the file declares; percentiles: from the 2nd to the 98th percentile of each band; or the range itself, such as 0,4095. The rule is written into the results.</source>
      <translation>Comment des valeurs qui ne sont pas des octets (16 bits, décimales) deviennent 0 à 255. metadata : d'après l'étendue que déclare le fichier ; percentiles : du 2e au 98e percentile de chaque bande ; ou l'étendue elle-même, comme 0,4095. La règle est écrite dans les résultats.</translation>
    </message>
    <message>
      <location filename="../ocsia_plugin/processing/ortho.py" />
      <source>All dalles of the series</source>
      <translation>Toutes les dalles de la série</translation>
    </message>
    <message>
      <location filename="../ocsia_plugin/processing/ortho.py" />
      <source>Each raster above then stands for all those in its folder whose names differ from its own only in digits, such as the 5 km dalles of BD ORTHO: they are read as one image.</source>
      <translation>Chaque raster ci-dessus vaut alors pour tous ceux de son dossier dont le nom ne diffère du sien que par des chiffres, comme les dalles de 5 km de la BD ORTHO : ils sont lus comme une seule image.</translation>
    </message>
    <message>
      <location filename="../ocsia_plugin/processing/ortho.py" />
      <source>CRS of the result</source>
      <translation>SCR du résultat</translation>
    </message>
    <message>
      <location filename="../ocsia_plugin/processing/ortho.py" />
      <source>By default that of the ortho-image. It must be projected and in metres.</source>
      <translation>Par défaut celui de l'ortho-image. Il doit être projeté et en mètres.</translation>
    </message>
  </context>
  <context>
    <name>PredictAlgorithm</name>
    <message>
      <location filename="../ocsia_plugin/processing/predict.py" />
      <source>Predict land cover</source>
      <translation>Prédire l'occupation du sol</translation>
    </message>
    <message>
      <location filename="../ocsia_plugin/processing/predict.py" />
      <source>Runs a land-cover model over an ortho-image: probabilities, classes, confidence.</source>
      <translation>Applique un modèle d'occupation du sol à une ortho-image : probabilités, classes, confiance.</translation>
    </message>
    <message>
      <location filename="../ocsia_plugin/processing/predict.py" />
      <source>land cover,deep learning,segmentation,classification,ortho,CoSIA,FLAIR,NAF,OCS</source>
      <translation>occupation du sol,couverture du sol,apprentissage profond,intelligence artificielle,segmentation,classification,ortho,CoSIA,FLAIR,NAF,OCS</translation>
    </message>
    <message>
      <location filename="../ocsia_plugin/processing/predict.py" />
      <source>&lt;p&gt;Runs a land-cover model over an ortho-image and writes, in the same pass, the probability of each class, the most probable class of each pixel, and the confidence in that class. Everything is computed on this machine, in a process of its own, in tiles that overlap; rasters of any size work.&lt;/p&gt;&lt;p&gt;&lt;b&gt;Limits.&lt;/b&gt; The model that comes with the plugin (ocsia-naf15-rvb) is for learning the plugin, not for decisions: it was trained on few images. Its measured accuracy stands in its card, and the log of each run tells it. The confidence is the model's own probability: it says how sure the model is, not how often it is right.&lt;/p&gt;</source>
      <translation>&lt;p&gt;Applique un modèle d'occupation du sol à une ortho-image et écrit, en une seule passe, la probabilité de chaque classe, la classe la plus probable de chaque pixel et la confiance dans cette classe. Tout est calculé sur cette machine, dans un processus à part, par tuiles qui se recouvrent ; les rasters de toute taille conviennent.&lt;/p&gt;&lt;p&gt;&lt;b&gt;Limites.&lt;/b&gt; Le modèle fourni avec l'extension (ocsia-naf15-rvb) sert à apprendre l'extension, pas à décider : il a été entraîné sur peu d'images. Son exactitude mesurée figure dans sa fiche, et le journal de chaque calcul la rappelle. La confiance est la probabilité que donne le modèle : elle dit à quel point il est sûr de lui, pas combien de fois il a raison.&lt;/p&gt;</translation>
    </message>
    <message>
      <location filename="../ocsia_plugin/processing/predict.py" />
      <source>Precision</source>
      <translation>Précision numérique</translation>
    </message>
    <message>
      <location filename="../ocsia_plugin/processing/predict.py" />
      <source>float32: as the model was trained. auto: fewer bits (int8 on the processor, float16 on a GPU) where a short probe on squares of the image finds them at least 1.1 times as fast, with at least 98.5 % of the classes the same; the log says which it was.</source>
      <translation>float32 : comme le modèle a été entraîné. auto : moins de bits (int8 sur le processeur, float16 sur un GPU) là où un court essai sur des carrés de l'image les trouve au moins 1,1 fois plus rapides, avec au moins 98,5 % des classes identiques ; le journal dit lequel a servi.</translation>
    </message>
    <message>
      <location filename="../ocsia_plugin/processing/predict.py" />
      <source>Probabilities</source>
      <translation>Probabilités</translation>
    </message>
    <message>
      <location filename="../ocsia_plugin/processing/predict.py" />
      <source>One band of bytes per class: 255 times its probability. Needed for surfaces by probability and for groups of classes; several times larger than the classes.</source>
      <translation>Une bande d'octets par classe : 255 fois sa probabilité. Nécessaire pour les surfaces par probabilités et pour les groupes de classes ; ce raster est plusieurs fois plus volumineux que celui des classes.</translation>
    </message>
    <message>
      <location filename="../ocsia_plugin/processing/predict.py" />
      <source>Classes</source>
      <translation>Classes</translation>
    </message>
    <message>
      <location filename="../ocsia_plugin/processing/predict.py" />
      <source>The most probable class of each pixel, as its code in the nomenclature (NAF: 1 to 15), 0 for no data, with the official colours and names.</source>
      <translation>La classe la plus probable de chaque pixel, sous la forme de son code dans la nomenclature (NAF : 1 à 15), 0 pour l'absence de donnée, avec les couleurs et les noms officiels.</translation>
    </message>
    <message>
      <location filename="../ocsia_plugin/processing/predict.py" />
      <source>Confidence</source>
      <translation>Confiance</translation>
    </message>
    <message>
      <location filename="../ocsia_plugin/processing/predict.py" />
      <source>255 times the probability of the most probable class. In the layer's menu 'Styles', 'Veil over the classes' whitens what is unsure: lay that layer over the classes. The classes have a palette for colour-blind readers there, and the probabilities a style for each class, from 0 to 100 %.</source>
      <translation>255 fois la probabilité de la classe la plus probable. Dans le menu « Styles » de la couche, « Voile à poser sur les classes » blanchit ce qui est incertain : placez cette couche au-dessus des classes. Les classes y ont une palette pour daltoniens, et les probabilités un style par classe, de 0 à 100 %.</translation>
    </message>
  </context>
  <context>
    <name>SamplePointsAlgorithm</name>
    <message>
      <location filename="../ocsia_plugin/processing/samplepoints.py" />
      <source>Points to interpret</source>
      <translation>Points à interpréter</translation>
    </message>
    <message>
      <location filename="../ocsia_plugin/processing/samplepoints.py" />
      <source>Points drawn at random in each class of the map, ready to be interpreted in QGIS.</source>
      <translation>Points tirés au hasard dans chaque classe de la carte, prêts à être interprétés dans QGIS.</translation>
    </message>
    <message>
      <location filename="../ocsia_plugin/processing/samplepoints.py" />
      <source>land cover,sample,points,photo-interpretation,stratified,accuracy,uncertainty</source>
      <translation>occupation du sol,échantillon,points,photo-interprétation,stratifié,exactitude,incertitude</translation>
    </message>
    <message>
      <location filename="../ocsia_plugin/processing/samplepoints.py" />
      <source>&lt;p&gt;Draws pixels at random in each class of the map and writes their centres as points to interpret on the image. 'Surfaces by zone' and 'Accuracy of a map' make honest intervals of the answers, whatever the quality of the map.&lt;/p&gt;&lt;p&gt;&lt;b&gt;How to interpret.&lt;/b&gt; Open the points over the image, toggle editing, open the attribute table in form view: each point takes one key. Type the number of the class that the small square lies on. The form does not show the class of the map: what is known beforehand is believed. A point that is hard to read gets the most plausible class and is not left out or removed.&lt;/p&gt;&lt;p&gt;&lt;b&gt;Limits.&lt;/b&gt; The predicted half-width rests on the probabilities of the map, or on the precision that you expect of it; the interpreted points tell the true one. Interpretation errors are not part of it: have a share of the points read twice.&lt;/p&gt;</source>
      <translation>&lt;p&gt;Tire des pixels au hasard dans chaque classe de la carte et écrit leurs centres comme points à interpréter sur l'image. « Surfaces par zone » et « Exactitude d'une carte » font des réponses des intervalles honnêtes, quelle que soit la qualité de la carte.&lt;/p&gt;&lt;p&gt;&lt;b&gt;Comment interpréter.&lt;/b&gt; Ouvrez les points sur l'image, passez en mode édition, ouvrez la table d'attributs en vue formulaire : chaque point demande une touche. Tapez le numéro de la classe sur laquelle est le petit carré. Le formulaire ne montre pas la classe de la carte : on croit ce que l'on sait d'avance. Un point difficile à lire reçoit la classe la plus plausible ; il n'est ni laissé de côté ni retiré.&lt;/p&gt;&lt;p&gt;&lt;b&gt;Limites.&lt;/b&gt; La demi-largeur prévue repose sur les probabilités de la carte, ou sur la précision que vous en attendez ; les points interprétés disent la vraie. Les erreurs d'interprétation n'y sont pas : faites lire deux fois une part des points.&lt;/p&gt;</translation>
    </message>
    <message>
      <location filename="../ocsia_plugin/processing/samplepoints.py" />
      <source>Classes or probabilities</source>
      <translation>Classes ou probabilités</translation>
    </message>
    <message>
      <location filename="../ocsia_plugin/processing/samplepoints.py" />
      <source>A raster file written by 'Predict land cover' or 'Most probable class', in a CRS in metres. Probabilities tell better where points are needed.</source>
      <translation>Un fichier raster écrit par « Prédire l'occupation du sol » ou « Classe la plus probable », dans un SCR en mètres. Des probabilités disent mieux où il faut des points.</translation>
    </message>
    <message>
      <location filename="../ocsia_plugin/processing/samplepoints.py" />
      <source>Zones</source>
      <translation>Zones</translation>
    </message>
    <message>
      <location filename="../ocsia_plugin/processing/samplepoints.py" />
      <source>Polygons to draw in, in any CRS. Without zones, the whole raster.</source>
      <translation>Polygones où tirer les points, dans n'importe quel SCR. Sans zones, tout le raster.</translation>
    </message>
    <message>
      <location filename="../ocsia_plugin/processing/samplepoints.py" />
      <source>Target</source>
      <translation>Objectif</translation>
    </message>
    <message>
      <location filename="../ocsia_plugin/processing/samplepoints.py" />
      <source>What the points are to reach, for example ligneux=5: the surface of woody vegetation to within 5 % of itself. A class, a group or codes (8+10+11=5); several with semicolons. The number of points follows.</source>
      <translation>Ce que les points doivent atteindre, par exemple ligneux=5 : la surface de végétation ligneuse à 5 % près. Une classe, un groupe ou des codes (8+10+11=5) ; plusieurs avec des points-virgules. Le nombre de points en découle.</translation>
    </message>
    <message>
      <location filename="../ocsia_plugin/processing/samplepoints.py" />
      <source>Number of points</source>
      <translation>Nombre de points</translation>
    </message>
    <message>
      <location filename="../ocsia_plugin/processing/samplepoints.py" />
      <source>Draw exactly so many. With a target as well, they are placed where they serve it most.</source>
      <translation>En tirer exactement tant. Avec aussi un objectif, ils sont placés là où ils le servent le mieux.</translation>
    </message>
    <message>
      <location filename="../ocsia_plugin/processing/samplepoints.py" />
      <source>Seed</source>
      <translation>Graine</translation>
    </message>
    <message>
      <location filename="../ocsia_plugin/processing/samplepoints.py" />
      <source>The same seed draws the same points again; another one draws others.</source>
      <translation>La même graine tire à nouveau les mêmes points ; une autre en tire d'autres.</translation>
    </message>
    <message>
      <location filename="../ocsia_plugin/processing/samplepoints.py" />
      <source>Points</source>
      <translation>Points</translation>
    </message>
    <message>
      <location filename="../ocsia_plugin/processing/samplepoints.py" />
      <source>A GeoPackage (.gpkg) with the form and the description of the draw inside. Keep the file whole.</source>
      <translation>Un GeoPackage (.gpkg) avec le formulaire et la description du tirage à l'intérieur. Gardez le fichier entier.</translation>
    </message>
    <message>
      <location filename="../ocsia_plugin/processing/samplepoints.py" />
      <source>Strata</source>
      <translation>Strates</translation>
    </message>
    <message>
      <location filename="../ocsia_plugin/processing/samplepoints.py" />
      <source>class: the zones together, one stratum per class. class+zone: each zone by itself, for figures in each of them; that takes more points.</source>
      <translation>class : les zones ensemble, une strate par classe. class+zone : chaque zone pour elle-même, pour des chiffres dans chacune ; cela prend plus de points.</translation>
    </message>
    <message>
      <location filename="../ocsia_plugin/processing/samplepoints.py" />
      <source>Points per stratum at least</source>
      <translation>Points par strate au moins</translation>
    </message>
    <message>
      <location filename="../ocsia_plugin/processing/samplepoints.py" />
      <source>So that rare classes are seen as well.</source>
      <translation>Pour que les classes rares soient vues aussi.</translation>
    </message>
    <message>
      <location filename="../ocsia_plugin/processing/samplepoints.py" />
      <source>Read twice (%)</source>
      <translation>Lus deux fois (%)</translation>
    </message>
    <message>
      <location filename="../ocsia_plugin/processing/samplepoints.py" />
      <source>Share of the points that a second layer of the file holds again, for another interpreter: 'Accuracy of a map' then tells how far the two agree. 10 is a good start.</source>
      <translation>Part des points qu'une seconde couche du fichier contient à nouveau, pour un autre interprète : « Exactitude d'une carte » dit alors à quel point les deux s'accordent. 10 est un bon début.</translation>
    </message>
    <message>
      <location filename="../ocsia_plugin/processing/samplepoints.py" />
      <source>Level of confidence (%)</source>
      <translation>Niveau de confiance (%)</translation>
    </message>
    <message>
      <location filename="../ocsia_plugin/processing/samplepoints.py" />
      <source>Level of confidence of the target.</source>
      <translation>Niveau de confiance de l'objectif.</translation>
    </message>
    <message>
      <location filename="../ocsia_plugin/processing/samplepoints.py" />
      <source>Expected precision (%)</source>
      <translation>Précision attendue (%)</translation>
    </message>
    <message>
      <location filename="../ocsia_plugin/processing/samplepoints.py" />
      <source>For a raster of classes only: how much of what the map shows as the target is expected to be right.</source>
      <translation>Seulement pour un raster de classes : quelle part de ce que la carte montre comme l'objectif devrait être juste.</translation>
    </message>
  </context>
  <context>
    <name>SetupAlgorithm</name>
    <message>
      <location filename="../ocsia_plugin/processing/setup.py" />
      <source>Install the engine</source>
      <translation>Installer le moteur</translation>
    </message>
    <message>
      <location filename="../ocsia_plugin/processing/setup.py" />
      <source>Installs or repairs the Python environment that runs the models.</source>
      <translation>Installe ou répare l'environnement Python qui fait tourner les modèles.</translation>
    </message>
    <message>
      <location filename="../ocsia_plugin/processing/setup.py" />
      <source>engine,install,repair,Python,uv,pip,GPU,CUDA</source>
      <translation>moteur,installer,réparer,Python,uv,pip,GPU,CUDA</translation>
    </message>
    <message>
      <location filename="../ocsia_plugin/processing/setup.py" />
      <source>&lt;p&gt;Installs the engine that runs the models: a Python environment of its own in your data folder, apart from QGIS's (about 600 MB on the disk). It is downloaded with QGIS's proxy and certificates; each library is checked against a known checksum. An engine that is complete and up to date is left alone.&lt;/p&gt;&lt;p&gt;An installation that is cancelled or fails leaves nothing behind, and keeps the engine that was there.&lt;/p&gt;&lt;p&gt;&lt;b&gt;Limits.&lt;/b&gt; Python 3.10 to 3.13 must be on the machine, or uv, which can download one. The driver of a graphics card is not installed.&lt;/p&gt;</source>
      <translation>&lt;p&gt;Installe le moteur qui fait tourner les modèles : un environnement Python à part dans votre dossier de données, séparé de celui de QGIS (environ 600 Mo sur le disque). Il est téléchargé avec le proxy et les certificats de QGIS ; chaque bibliothèque est vérifiée par une somme de contrôle connue. Un moteur complet et à jour est laissé tel quel.&lt;/p&gt;&lt;p&gt;Une installation annulée ou qui échoue ne laisse rien derrière elle, et garde le moteur déjà présent.&lt;/p&gt;&lt;p&gt;&lt;b&gt;Limites.&lt;/b&gt; Python 3.10 à 3.13 doit se trouver sur la machine, ou bien uv, qui peut en télécharger un. Le pilote de la carte graphique n'est pas installé.&lt;/p&gt;</translation>
    </message>
    <message>
      <location filename="../ocsia_plugin/processing/setup.py" />
      <source>Variant</source>
      <translation>Variante</translation>
    </message>
    <message>
      <location filename="../ocsia_plugin/processing/setup.py" />
      <source>cpu: the processor does the work, on any machine. gpu: an NVIDIA card does it, faster; the CUDA libraries come along (several GB), the driver must be recent enough for them.</source>
      <translation>cpu : le processeur fait le travail, sur toute machine. gpu : une carte NVIDIA le fait, plus vite ; les bibliothèques CUDA sont installées avec (plusieurs Go), et le pilote doit être assez récent pour elles.</translation>
    </message>
    <message>
      <location filename="../ocsia_plugin/processing/setup.py" />
      <source>Folder of wheels</source>
      <translation>Dossier de paquets wheel</translation>
    </message>
    <message>
      <location filename="../ocsia_plugin/processing/setup.py" />
      <source>For a machine without a network: a folder that was filled elsewhere with pip download --prefer-binary -r engine.lock. The file lies in the plugin's folder, under resources.</source>
      <translation>Pour une machine sans réseau : un dossier rempli ailleurs par pip download --prefer-binary -r engine.lock. Ce fichier se trouve dans le dossier de l'extension, sous resources.</translation>
    </message>
    <message>
      <location filename="../ocsia_plugin/processing/setup.py" />
      <source>Python to build with</source>
      <translation>Python à employer</translation>
    </message>
    <message>
      <location filename="../ocsia_plugin/processing/setup.py" />
      <source>The Python program, 3.10 to 3.13, that the environment is made with. Empty: uv where it is installed, else the newest that is found on this machine.</source>
      <translation>Le programme Python, 3.10 à 3.13, avec lequel l'environnement est construit. Vide : uv s'il est installé, sinon le plus récent trouvé sur cette machine.</translation>
    </message>
    <message>
      <location filename="../ocsia_plugin/processing/setup.py" />
      <source>Install anew</source>
      <translation>Réinstaller</translation>
    </message>
    <message>
      <location filename="../ocsia_plugin/processing/setup.py" />
      <source>Repairs: makes the engine anew although it is there and up to date.</source>
      <translation>Répare : refait le moteur bien qu'il soit présent et à jour.</translation>
    </message>
    <message>
      <location filename="../ocsia_plugin/processing/setup.py" />
      <source>Python of the engine</source>
      <translation>Python du moteur</translation>
    </message>
  </context>
  <context>
    <name>ShippedModel</name>
    <message>
      <location filename="../ocsia_plugin/processing/shipped.py" />
      <source>Tree cover of a municipality</source>
      <translation>Couvert arboré d'une commune</translation>
    </message>
    <message>
      <location filename="../ocsia_plugin/processing/shipped.py" />
      <source>Impervious surfaces</source>
      <translation>Imperméabilisation</translation>
    </message>
    <message>
      <location filename="../ocsia_plugin/processing/shipped.py" />
      <source>Complete tile, as IGN makes them</source>
      <translation>Dalle complète façon IGN</translation>
    </message>
    <message>
      <location filename="../ocsia_plugin/processing/shipped.py" />
      <source>Change between two orthos</source>
      <translation>Évolution entre deux ortho-images</translation>
    </message>
    <message>
      <location filename="../ocsia_plugin/processing/shipped.py" />
      <source>From an ortho-image and zones to their tree cover: map, polygons, surfaces, report.</source>
      <translation>D'une ortho-image et de zones à leur couvert arboré : carte, polygones, surfaces, rapport.</translation>
    </message>
    <message>
      <location filename="../ocsia_plugin/processing/shipped.py" />
      <source>From an ortho-image and zones to their impervious surfaces: map, polygons, surfaces, report.</source>
      <translation>D'une ortho-image et de zones à leurs surfaces imperméables : carte, polygones, surfaces, rapport.</translation>
    </message>
    <message>
      <location filename="../ocsia_plugin/processing/shipped.py" />
      <source>All that IGN distributes of a tile: probabilities, classes, polygons, picture.</source>
      <translation>Tout ce que l'IGN distribue d'une dalle : probabilités, classes, polygones, visuel.</translation>
    </message>
    <message>
      <location filename="../ocsia_plugin/processing/shipped.py" />
      <source>From two ortho-images of a place to what changed: raster, polygons, stocks and flows.</source>
      <translation>De deux ortho-images d'un lieu à ce qui y a changé : raster, polygones, stocks et flux.</translation>
    </message>
    <message>
      <location filename="../ocsia_plugin/processing/shipped.py" />
      <source>land cover,trees,canopy,vegetation,municipality</source>
      <translation>occupation du sol,arbres,canopée,végétation,commune</translation>
    </message>
    <message>
      <location filename="../ocsia_plugin/processing/shipped.py" />
      <source>land cover,impervious,sealing,artificialisation</source>
      <translation>occupation du sol,imperméable,imperméabilisation,artificialisation</translation>
    </message>
    <message>
      <location filename="../ocsia_plugin/processing/shipped.py" />
      <source>land cover,IGN,CoSIA,tile,WMS</source>
      <translation>occupation du sol,IGN,CoSIA,dalle,WMS</translation>
    </message>
    <message>
      <location filename="../ocsia_plugin/processing/shipped.py" />
      <source>land cover,change,vintage,stock,flow</source>
      <translation>occupation du sol,évolution,changement,millésime,stock,flux</translation>
    </message>
    <message>
      <location filename="../ocsia_plugin/processing/shipped.py" />
      <source>Ready-made models</source>
      <translation>Modèles prêts à l'emploi</translation>
    </message>
  </context>
  <context>
    <name>SurfacesAlgorithm</name>
    <message>
      <location filename="../ocsia_plugin/processing/surfaces.py" />
      <source>Surfaces by zone</source>
      <translation>Surfaces par zone</translation>
    </message>
    <message>
      <location filename="../ocsia_plugin/processing/surfaces.py" />
      <source>Surface of each land-cover class in each zone; an interval where points or tiles give one.</source>
      <translation>Surface de chaque classe d'occupation du sol dans chaque zone ; un intervalle quand des points ou des tuiles en donnent un.</translation>
    </message>
    <message>
      <location filename="../ocsia_plugin/processing/surfaces.py" />
      <source>land cover,area,surface,statistics,zones,zonal,NAF</source>
      <translation>occupation du sol,surface,aire,superficie,statistiques,zones,zonal,NAF</translation>
    </message>
    <message>
      <location filename="../ocsia_plugin/processing/surfaces.py" />
      <source>&lt;p&gt;Surface of each class in each zone, in m² on the ellipsoid: the surfaces in the plane of the CRS are corrected for its areal scale, and a pixel on the edge counts for the part of it that lies in the zone. From a class raster, the pixels of each class are counted; from a probability raster, their probabilities are added up, which gives the surface that the model expects.&lt;/p&gt;&lt;p&gt;How far a surface may be wrong depends on what is given besides the raster. &lt;b&gt;Points&lt;/b&gt; interpreted in the zone give intervals that hold whatever the model is worth. &lt;b&gt;Tiles&lt;/b&gt; annotated elsewhere give intervals that hold if the zone resembles them. The &lt;b&gt;model&lt;/b&gt; alone gives, from its published statistics, an indicative range without any level. Each figure says its method, its level and what it assumes; the log says what points would bring before the work is done.&lt;/p&gt;&lt;p&gt;&lt;b&gt;Limits.&lt;/b&gt; Interpretation is taken to be without error, and the image to be of the map's date. The level holds for each figure by itself, unless it is asked for all at once. Zones with fewer than 50 points, and rare classes that too few points met, get no level. How often the intervals hold was measured; the documentation has the figures.&lt;/p&gt;</source>
      <translation>&lt;p&gt;Surface de chaque classe dans chaque zone, en m² sur l'ellipsoïde : les surfaces dans le plan du SCR sont corrigées de son altération, et un pixel du bord compte pour la part qui se trouve dans la zone. À partir d'un raster de classes, les pixels de chaque classe sont comptés ; à partir d'un raster de probabilités, celles-ci sont additionnées, ce qui donne la surface que le modèle attend.&lt;/p&gt;&lt;p&gt;De combien une surface peut se tromper dépend de ce qui est donné en plus du raster. Des &lt;b&gt;points&lt;/b&gt; interprétés dans la zone donnent des intervalles qui valent quelle que soit la qualité du modèle. Des &lt;b&gt;tuiles&lt;/b&gt; annotées ailleurs donnent des intervalles qui valent si la zone leur ressemble. Le &lt;b&gt;modèle&lt;/b&gt; seul donne, d'après ses statistiques publiées, une fourchette indicative sans aucun niveau. Chaque chiffre dit sa méthode, son niveau et ce qu'il suppose ; le journal dit ce que des points apporteraient, avant que le travail soit fait.&lt;/p&gt;&lt;p&gt;&lt;b&gt;Limites.&lt;/b&gt; L'interprétation est supposée sans erreur, et l'image de la date de la carte. Le niveau vaut pour chaque chiffre pris seul, sauf demande pour tous à la fois. Les zones de moins de 50 points, et les classes rares que trop peu de points ont rencontrées, restent sans niveau. La fréquence à laquelle les intervalles sont justes a été mesurée ; la documentation donne les chiffres.&lt;/p&gt;</translation>
    </message>
    <message>
      <location filename="../ocsia_plugin/processing/surfaces.py" />
      <source>Classes or probabilities</source>
      <translation>Classes ou probabilités</translation>
    </message>
    <message>
      <location filename="../ocsia_plugin/processing/surfaces.py" />
      <source>A raster file written by 'Predict land cover' or 'Most probable class', in a CRS in metres. One that comes from elsewhere may need the advanced parameters.</source>
      <translation>Un fichier raster écrit par « Prédire l'occupation du sol » ou « Classe la plus probable », dans un système de coordonnées en mètres. Un raster venu d'ailleurs peut demander les paramètres avancés.</translation>
    </message>
    <message>
      <location filename="../ocsia_plugin/processing/surfaces.py" />
      <source>Zones</source>
      <translation>Zones</translation>
    </message>
    <message>
      <location filename="../ocsia_plugin/processing/surfaces.py" />
      <source>Polygons, in any CRS, whose attributes go into the result. A selection or a filter of the layer is respected. Only the part of a zone that the raster covers is measured. Without zones, the whole raster is one.</source>
      <translation>Polygones, dans n'importe quel système de coordonnées, dont les attributs passent dans le résultat. La sélection ou le filtre de la couche est respecté. Seule la partie d'une zone que le raster couvre est mesurée. Sans zones, tout le raster en est une.</translation>
    </message>
    <message>
      <location filename="../ocsia_plugin/processing/surfaces.py" />
      <source>Groups of classes</source>
      <translation>Groupes de classes</translation>
    </message>
    <message>
      <location filename="../ocsia_plugin/processing/surfaces.py" />
      <source>Unions of classes to measure besides the classes, for example: ligneux=8+10+11; bati=1. A group known by the nomenclature may stand without its codes (ligneux).</source>
      <translation>Réunions de classes à mesurer en plus des classes, par exemple : ligneux=8+10+11; bati=1. Un groupe connu de la nomenclature peut être écrit sans ses codes (ligneux).</translation>
    </message>
    <message>
      <location filename="../ocsia_plugin/processing/surfaces.py" />
      <source>Interpreted points</source>
      <translation>Points interprétés</translation>
    </message>
    <message>
      <location filename="../ocsia_plugin/processing/surfaces.py" />
      <source>The points that 'Points to interpret' drew, each with its class in the field ref_code. They keep how they were drawn; of points that do not, no level can be claimed.</source>
      <translation>Les points qu'a tirés « Points à interpréter », chacun avec sa classe dans le champ ref_code. Ils gardent la façon dont ils ont été tirés ; pour des points qui ne la connaissent pas, aucun niveau ne peut être donné.</translation>
    </message>
    <message>
      <location filename="../ocsia_plugin/processing/surfaces.py" />
      <source>Annotated tiles</source>
      <translation>Tuiles annotées</translation>
    </message>
    <message>
      <location filename="../ocsia_plugin/processing/surfaces.py" />
      <source>A GeoPackage of polygons, one per annotated tile, with the fields labels (class raster of the truth), prediction (its prediction, where that is not the input), unit (the town or flight that it belongs to), drawn (1: drawn at random in the zone) and milieu (urban, natural...: from 19 tiles on, a zone with the same value in its own field milieu is judged by these alone). Without labels, a layer 'labels' of polygons holds the classes. Paths are relative to the file.</source>
      <translation>Un GeoPackage de polygones, un par tuile annotée, avec les champs labels (raster de classes de la vérité), prediction (sa prédiction, si ce n'est pas l'entrée), unit (la ville ou la prise de vue dont elle vient), drawn (1 : tirée au hasard dans la zone) et milieu (urbain, naturel… : à partir de 19 tuiles, une zone de même valeur dans son propre champ milieu est jugée d'après celles-ci seules). Sans labels, une couche « labels » de polygones porte les classes. Les chemins sont relatifs au fichier.</translation>
    </message>
    <message>
      <location filename="../ocsia_plugin/processing/surfaces.py" />
      <source>Model</source>
      <translation>Modèle</translation>
    </message>
    <message>
      <location filename="../ocsia_plugin/processing/surfaces.py" />
      <source>Name of the model that made the raster (ocsia-naf15-rvb comes with the plugin), or path of its .onnx file: its published statistics give an indicative range where there is nothing better.</source>
      <translation>Nom du modèle qui a fait le raster (ocsia-naf15-rvb est livré avec l'extension), ou chemin de son fichier .onnx : ses statistiques publiées donnent une fourchette indicative là où il n'y a rien de mieux.</translation>
    </message>
    <message>
      <location filename="../ocsia_plugin/processing/surfaces.py" />
      <source>Level of confidence (%)</source>
      <translation>Niveau de confiance (%)</translation>
    </message>
    <message>
      <location filename="../ocsia_plugin/processing/surfaces.py" />
      <source>How often the intervals are to hold the true surface.</source>
      <translation>Combien de fois sur cent les intervalles doivent contenir la vraie surface.</translation>
    </message>
    <message>
      <location filename="../ocsia_plugin/processing/surfaces.py" />
      <source>Level for all figures at once</source>
      <translation>Niveau pour tous les chiffres à la fois</translation>
    </message>
    <message>
      <location filename="../ocsia_plugin/processing/surfaces.py" />
      <source>The level is that of all figures of all zones holding together (Bonferroni) instead of each by itself: for statements about several classes or zones. The intervals become wider.</source>
      <translation>Le niveau est celui auquel tous les chiffres de toutes les zones sont justes ensemble (Bonferroni), et non chacun pris seul : pour les énoncés qui portent sur plusieurs classes ou zones. Les intervalles s'élargissent.</translation>
    </message>
    <message>
      <location filename="../ocsia_plugin/processing/surfaces.py" />
      <source>From published statistics</source>
      <translation>D'après les statistiques publiées</translation>
    </message>
    <message>
      <location filename="../ocsia_plugin/processing/surfaces.py" />
      <source>range: from surface × precision to surface / recall. ign: the ± that IGN printed, surface × (100 - precision) / 100. Neither has a level of confidence.</source>
      <translation>range : de surface × précision à surface / rappel. ign : le ± que l'IGN imprimait, surface × (100 − précision) / 100. Ni l'un ni l'autre n'a de niveau de confiance.</translation>
    </message>
    <message>
      <location filename="../ocsia_plugin/processing/surfaces.py" />
      <source>Surfaces</source>
      <translation>Surfaces</translation>
    </message>
    <message>
      <location filename="../ocsia_plugin/processing/surfaces.py" />
      <source>The zones with the surfaces of the classes as fields, in a GeoPackage (.gpkg): _m2, _pct (share), _low and _high (interval), _level. The map tip shows them; 'Layout of the surfaces…' in the layer's menu makes a page of each zone.</source>
      <translation>Les zones avec les surfaces des classes comme champs, dans un GeoPackage (.gpkg) : _m2, _pct (part), _low et _high (intervalle), _level (niveau). L'infobulle de la carte les montre ; « Mise en page des surfaces… », dans le menu de la couche, fait une page de chaque zone.</translation>
    </message>
    <message>
      <location filename="../ocsia_plugin/processing/surfaces.py" />
      <source>Table</source>
      <translation>Tableau</translation>
    </message>
    <message>
      <location filename="../ocsia_plugin/processing/surfaces.py" />
      <source>The same figures as a CSV file, one line per zone and class.</source>
      <translation>Les mêmes chiffres dans un fichier CSV, une ligne par zone et par classe.</translation>
    </message>
    <message>
      <location filename="../ocsia_plugin/processing/surfaces.py" />
      <source>Table for Excel</source>
      <translation>Tableau pour Excel</translation>
    </message>
    <message>
      <location filename="../ocsia_plugin/processing/surfaces.py" />
      <source>Semicolons and decimal commas, as a French Excel expects them.</source>
      <translation>Points-virgules et virgules décimales, comme les attend un Excel en français.</translation>
    </message>
    <message>
      <location filename="../ocsia_plugin/processing/surfaces.py" />
      <source>Report</source>
      <translation>Rapport</translation>
    </message>
    <message>
      <location filename="../ocsia_plugin/processing/surfaces.py" />
      <source>A page with bars, error matrix and a sentence per figure; beside it, a JSON of what it was made of.</source>
      <translation>Une page avec barres, matrice d'erreur et une phrase par chiffre ; à côté, un JSON de ce dont elle est faite.</translation>
    </message>
  </context>
  <context>
    <name>VectorizeAlgorithm</name>
    <message>
      <location filename="../ocsia_plugin/processing/vectorize.py" />
      <source>Vectorise classes</source>
      <translation>Vectoriser les classes</translation>
    </message>
    <message>
      <location filename="../ocsia_plugin/processing/vectorize.py" />
      <source>Polygons of a class raster, with code, name, surface and perimeter.</source>
      <translation>Polygones d'un raster de classes, avec code, nom, surface et périmètre.</translation>
    </message>
    <message>
      <location filename="../ocsia_plugin/processing/vectorize.py" />
      <source>land cover,polygons,polygonise,vectorise,classes,NAF</source>
      <translation>occupation du sol,polygones,polygoniser,vectoriser,classes,NAF</translation>
    </message>
    <message>
      <location filename="../ocsia_plugin/processing/vectorize.py" />
      <source>&lt;p&gt;Turns a class raster into polygons: one for each region of pixels of the same class that touch by their sides. The vertices lie exactly on the corners of pixels, polygons neither overlap nor leave gaps, and their surfaces add up to the raster's.&lt;/p&gt;&lt;p&gt;Fields: &lt;i&gt;numero&lt;/i&gt; (code), &lt;i&gt;classe&lt;/i&gt; (name), &lt;i&gt;surface_m2&lt;/i&gt;, &lt;i&gt;perim_m&lt;/i&gt;.&lt;/p&gt;&lt;p&gt;surface_m2 is the surface of the polygon that is written: that of its pixels, unless outlines are simplified.&lt;/p&gt;&lt;p&gt;&lt;b&gt;Limits.&lt;/b&gt; Outlines that are not simplified follow the pixels, so that perimeters are longer than on the ground. surface_m2 is measured in the plane of the raster's CRS; 'Surfaces by zone' corrects for the projection.&lt;/p&gt;</source>
      <translation>&lt;p&gt;Transforme un raster de classes en polygones : un par ensemble de pixels de même classe qui se touchent par un côté. Les sommets sont exactement aux coins des pixels, les polygones ne se recouvrent pas et ne laissent pas de vide, et la somme de leurs surfaces est celle du raster.&lt;/p&gt;&lt;p&gt;Champs : &lt;i&gt;numero&lt;/i&gt; (code), &lt;i&gt;classe&lt;/i&gt; (nom), &lt;i&gt;surface_m2&lt;/i&gt;, &lt;i&gt;perim_m&lt;/i&gt;.&lt;/p&gt;&lt;p&gt;surface_m2 est la surface du polygone écrit : celle de ses pixels, sauf si les contours sont simplifiés.&lt;/p&gt;&lt;p&gt;&lt;b&gt;Limites.&lt;/b&gt; Sans simplification, les contours suivent les pixels : les périmètres sont plus longs que sur le terrain. surface_m2 est mesurée dans le plan du système de coordonnées du raster ; « Surfaces par zone » corrige l'effet de la projection.&lt;/p&gt;</translation>
    </message>
    <message>
      <location filename="../ocsia_plugin/processing/vectorize.py" />
      <source>Classes</source>
      <translation>Classes</translation>
    </message>
    <message>
      <location filename="../ocsia_plugin/processing/vectorize.py" />
      <source>A class raster in a file, one band of bytes. One that comes from elsewhere may need the advanced parameters.</source>
      <translation>Un fichier raster de classes, à une bande d'octets. Un raster venu d'ailleurs peut demander les paramètres avancés.</translation>
    </message>
    <message>
      <location filename="../ocsia_plugin/processing/vectorize.py" />
      <source>Smallest surface (m²)</source>
      <translation>Surface minimale (m²)</translation>
    </message>
    <message>
      <location filename="../ocsia_plugin/processing/vectorize.py" />
      <source>A region smaller than this takes the class with which it shares most edge, the smallest regions first. 0: all are kept.</source>
      <translation>Une région plus petite prend la classe avec laquelle elle partage le plus de bord, les plus petites d'abord. 0 : toutes sont gardées.</translation>
    </message>
    <message>
      <location filename="../ocsia_plugin/processing/vectorize.py" />
      <source>Simplification of outlines (m)</source>
      <translation>Simplification des contours (m)</translation>
    </message>
    <message>
      <location filename="../ocsia_plugin/processing/vectorize.py" />
      <source>Smooths the steps of the pixels: a corner goes where the triangle that it makes with its neighbours is smaller than this value squared. Boundaries stay shared, without gaps or overlaps; the places where three classes meet and the limits with no data do not move. The change of each class's surface is reported. About two and a half pixels give smooth outlines (0.5 m for pixels of 20 cm). 0: outlines follow the pixels.</source>
      <translation>Lisse les marches des pixels : un coin disparaît là où le triangle qu'il forme avec ses voisins est plus petit que cette valeur au carré. Les limites restent partagées, sans vide ni recouvrement ; les points où trois classes se rencontrent et les limites avec l'absence de données ne bougent pas. Le changement de surface de chaque classe est indiqué. Deux pixels et demi environ donnent des contours lisses (0,5 m pour des pixels de 20 cm). 0 : les contours suivent les pixels.</translation>
    </message>
    <message>
      <location filename="../ocsia_plugin/processing/vectorize.py" />
      <source>Only these classes</source>
      <translation>Seulement ces classes</translation>
    </message>
    <message>
      <location filename="../ocsia_plugin/processing/vectorize.py" />
      <source>Writes the polygons of these classes alone, by their codes or keys, for example: 1; 6, or ligneux for a raster of groups. They are what they would be among all. Empty: all classes.</source>
      <translation>N'écrit que les polygones de ces classes, par leurs codes ou leurs clés, par exemple : 1; 6, ou ligneux pour un raster de groupes. Ils sont ce qu'ils seraient parmi tous. Vide : toutes les classes.</translation>
    </message>
    <message>
      <location filename="../ocsia_plugin/processing/vectorize.py" />
      <source>Smallest surface of some classes (m²)</source>
      <translation>Surface minimale de certaines classes (m²)</translation>
    </message>
    <message>
      <location filename="../ocsia_plugin/processing/vectorize.py" />
      <source>Other smallest surfaces for some classes, by their code or key, for example: 1=50; 6=100. The classes that are not named keep the smallest surface above.</source>
      <translation>D'autres surfaces minimales pour certaines classes, par leur code ou leur clé, par exemple : 1=50; 6=100. Les classes non citées gardent la surface minimale ci-dessus.</translation>
    </message>
    <message>
      <location filename="../ocsia_plugin/processing/vectorize.py" />
      <source>Polygons</source>
      <translation>Polygones</translation>
    </message>
    <message>
      <location filename="../ocsia_plugin/processing/vectorize.py" />
      <source>GeoPackage (.gpkg), with the style inside, or Shapefile (.shp), which is limited to 2 GB.</source>
      <translation>GeoPackage (.gpkg), qui contient le style, ou Shapefile (.shp), limité à 2 Go.</translation>
    </message>
    <message>
      <location filename="../ocsia_plugin/processing/vectorize.py" />
      <source>Table</source>
      <translation>Tableau</translation>
    </message>
    <message>
      <location filename="../ocsia_plugin/processing/vectorize.py" />
      <source>For each class, the number of polygons, the surface of the pixels, that of the polygons, and the difference in percent.</source>
      <translation>Pour chaque classe, le nombre de polygones, la surface des pixels, celle des polygones et l'écart en pour cent.</translation>
    </message>
  </context>
  <context>
    <name>VisualizeAlgorithm</name>
    <message>
      <location filename="../ocsia_plugin/processing/visualize.py" />
      <source>Picture over the ortho-image</source>
      <translation>Visuel sur l'ortho-image</translation>
    </message>
    <message>
      <location filename="../ocsia_plugin/processing/visualize.py" />
      <source>The colours of the classes over the ortho-image, as a picture ready for WMS and WMTS.</source>
      <translation>Les couleurs des classes sur l'ortho-image, en une image prête pour WMS et WMTS.</translation>
    </message>
    <message>
      <location filename="../ocsia_plugin/processing/visualize.py" />
      <source>land cover,picture,visualisation,colours,RGB,WMS,WMTS,COG,legend</source>
      <translation>occupation du sol,image,visualisation,visuel,couleurs,RVB,WMS,WMTS,COG,légende</translation>
    </message>
    <message>
      <location filename="../ocsia_plugin/processing/visualize.py" />
      <source>&lt;p&gt;Lays the colours of the classes over the ortho-image and keeps its luminance: roofs, shadows and tree crowns stay readable under the colours. IGN publishes a picture of this kind of its predictions, by WMS. It has the pixels of the prediction; the image is warped to them, whatever its CRS and resolution.&lt;/p&gt;&lt;p&gt;The rule: the blend mode 'color' of the W3C. Hue and saturation are those of the class, the luminance (0.299 R + 0.587 G + 0.114 B) is that of the image. With the confidence as saturation, what is doubtful turns grey.&lt;/p&gt;&lt;p&gt;&lt;b&gt;Example.&lt;/b&gt; To publish a prediction on a map server: probabilities and ortho-image, JPEG, confidence as saturation, and the legend as a PNG. The result is a Cloud Optimized GeoTIFF with overviews, which QGIS Server, GeoServer and MapServer read as it is.&lt;/p&gt;&lt;p&gt;&lt;b&gt;Limits.&lt;/b&gt; It is a picture and not data: neither classes nor surfaces can be read back from it. Grey and white classes (impervious surfaces, snow) look like the image itself. Where the prediction or the image has no data, the picture is transparent.&lt;/p&gt;</source>
      <translation>&lt;p&gt;Pose les couleurs des classes sur l'ortho-image et garde sa luminance : toits, ombres et houppiers restent lisibles sous les couleurs. L'IGN diffuse un visuel de cette sorte de ses prédictions, en WMS. L'image a les pixels de la prédiction ; l'ortho y est rééchantillonnée, quels que soient son SCR et sa résolution.&lt;/p&gt;&lt;p&gt;La règle : le mode de fusion « color » du W3C. La teinte et la saturation sont celles de la classe, la luminance (0,299 R + 0,587 V + 0,114 B) est celle de l'image. Avec la confiance comme saturation, ce qui est douteux devient gris.&lt;/p&gt;&lt;p&gt;&lt;b&gt;Exemple.&lt;/b&gt; Pour publier une prédiction sur un serveur cartographique : probabilités et ortho-image, JPEG, confiance comme saturation, et la légende en PNG. Le résultat est un Cloud Optimized GeoTIFF avec ses aperçus, que QGIS Server, GeoServer et MapServer lisent tel quel.&lt;/p&gt;&lt;p&gt;&lt;b&gt;Limites.&lt;/b&gt; C'est une image et non des données : ni classes ni surfaces ne s'y relisent. Les classes grises et blanches (zones imperméables, neige) ressemblent à l'image elle-même. Là où la prédiction ou l'image n'a pas de donnée, le visuel est transparent.&lt;/p&gt;</translation>
    </message>
    <message>
      <location filename="../ocsia_plugin/processing/visualize.py" />
      <source>Classes or probabilities</source>
      <translation>Classes ou probabilités</translation>
    </message>
    <message>
      <location filename="../ocsia_plugin/processing/visualize.py" />
      <source>A raster file written by 'Predict land cover' or 'Most probable class', in a CRS in metres. One that comes from elsewhere may need the advanced parameters.</source>
      <translation>Un fichier raster écrit par « Prédire l'occupation du sol » ou « Classe la plus probable », dans un système de coordonnées en mètres. Un raster venu d'ailleurs peut demander les paramètres avancés.</translation>
    </message>
    <message>
      <location filename="../ocsia_plugin/processing/visualize.py" />
      <source>Ortho-image</source>
      <translation>Ortho-image</translation>
    </message>
    <message>
      <location filename="../ocsia_plugin/processing/visualize.py" />
      <source>The image that shows through the colours, as a file: red, green and blue bytes, or a single grey band.</source>
      <translation>L'image qui transparaît sous les couleurs, dans un fichier : octets rouge, vert et bleu, ou une seule bande grise.</translation>
    </message>
    <message>
      <location filename="../ocsia_plugin/processing/visualize.py" />
      <source>Opacity (%)</source>
      <translation>Opacité (%)</translation>
    </message>
    <message>
      <location filename="../ocsia_plugin/processing/visualize.py" />
      <source>How strong the colours are. 100: the hues are the classes' alone; 30: a light tint.</source>
      <translation>La force des couleurs. 100 : les teintes sont celles des classes seules ; 30 : une légère coloration.</translation>
    </message>
    <message>
      <location filename="../ocsia_plugin/processing/visualize.py" />
      <source>Confidence as saturation</source>
      <translation>Confiance comme saturation</translation>
    </message>
    <message>
      <location filename="../ocsia_plugin/processing/visualize.py" />
      <source>The less sure the prediction is, the greyer the colour. The probabilities say it; for classes, choose their confidence below.</source>
      <translation>Moins la prédiction est sûre, plus la couleur est grise. Les probabilités le disent ; pour des classes, choisissez leur confiance ci-dessous.</translation>
    </message>
    <message>
      <location filename="../ocsia_plugin/processing/visualize.py" />
      <source>Confidence</source>
      <translation>Confiance</translation>
    </message>
    <message>
      <location filename="../ocsia_plugin/processing/visualize.py" />
      <source>Only for classes with the confidence as saturation: the raster that was written beside them.</source>
      <translation>Seulement pour des classes avec la confiance comme saturation : le raster écrit à côté d'elles.</translation>
    </message>
    <message>
      <location filename="../ocsia_plugin/processing/visualize.py" />
      <source>Compression</source>
      <translation>Compression</translation>
    </message>
    <message>
      <location filename="../ocsia_plugin/processing/visualize.py" />
      <source>JPEG makes small files with slight losses; the others keep every pixel as it was computed.</source>
      <translation>JPEG fait de petits fichiers avec de légères pertes ; les autres gardent chaque pixel tel qu'il a été calculé.</translation>
    </message>
    <message>
      <location filename="../ocsia_plugin/processing/visualize.py" />
      <source>Picture</source>
      <translation>Visuel</translation>
    </message>
    <message>
      <location filename="../ocsia_plugin/processing/visualize.py" />
      <source>Red, green and blue, as a Cloud Optimized GeoTIFF with overviews and a mask.</source>
      <translation>Rouge, vert et bleu, en Cloud Optimized GeoTIFF avec aperçus et masque.</translation>
    </message>
    <message>
      <location filename="../ocsia_plugin/processing/visualize.py" />
      <source>Legend</source>
      <translation>Légende</translation>
    </message>
    <message>
      <location filename="../ocsia_plugin/processing/visualize.py" />
      <source>A picture of the classes that the map shows, with their colours and names.</source>
      <translation>Une image des classes que la carte montre, avec leurs couleurs et leurs noms.</translation>
    </message>
  </context>
</TS>
