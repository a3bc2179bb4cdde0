<!DOCTYPE qgis PUBLIC 'http://mrcc.com/qgis.dtd' 'SYSTEM'>
<qgis version="3.22.0" styleCategories="Symbology">
  <pipe>
    <provider>
      <resampling enabled="false" zoomedInResamplingMethod="nearestNeighbour" zoomedOutResamplingMethod="nearestNeighbour" maxOversampling="2" />
    </provider>
    <rasterrenderer type="paletted" opacity="1" alphaBand="-1" nodataColor="" band="1">
      <minMaxOrigin>
        <limits>None</limits>
        <extent>WholeRaster</extent>
        <statAccuracy>Estimated</statAccuracy>
      </minMaxOrigin>
      <colorPalette>
        <paletteEntry value="1" color="#d07177" alpha="255" label="Bâtiment" />
        <paletteEntry value="2" color="#f3caa2" alpha="255" label="Zone perméable" />
        <paletteEntry value="3" color="#a09dac" alpha="255" label="Zone imperméable" />
        <paletteEntry value="4" color="#3fc1ec" alpha="255" label="Piscine" />
        <paletteEntry value="5" color="#a6c1ac" alpha="255" label="Sol nu" />
        <paletteEntry value="6" color="#364772" alpha="255" label="Surface d'eau" />
        <paletteEntry value="7" color="#e9eefe" alpha="255" label="Neige" />
        <paletteEntry value="8" color="#357339" alpha="255" label="Conifères" />
        <paletteEntry value="9" color="#7c2e00" alpha="255" label="Coupe" />
        <paletteEntry value="10" color="#229514" alpha="255" label="Feuillus" />
        <paletteEntry value="11" color="#d8de41" alpha="255" label="Broussaille" />
        <paletteEntry value="12" color="#7e6276" alpha="255" label="Vigne" />
        <paletteEntry value="13" color="#a5eb7b" alpha="255" label="Culture et herbacé" />
        <paletteEntry value="14" color="#d0a54e" alpha="255" label="Terre labourée" />
        <paletteEntry value="15" color="#23242a" alpha="255" label="Autres" />
      </colorPalette>
    </rasterrenderer>
    <brightnesscontrast brightness="0" contrast="0" gamma="1" />
    <huesaturation saturation="0" grayscaleMode="0" colorizeOn="0" invertColors="0" />
    <rasterresampler maxOversampling="2" />
    <resamplingStage>resamplingFilter</resamplingStage>
  </pipe>
  <blendMode>0</blendMode>
</qgis>
