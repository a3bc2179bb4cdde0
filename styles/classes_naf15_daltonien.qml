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
        <paletteEntry value="1" color="#bd6276" alpha="255" label="Bâtiment" />
        <paletteEntry value="2" color="#664d23" alpha="255" label="Zone perméable" />
        <paletteEntry value="3" color="#a1aab7" alpha="255" label="Zone imperméable" />
        <paletteEntry value="4" color="#1abef3" alpha="255" label="Piscine" />
        <paletteEntry value="5" color="#e7d6bd" alpha="255" label="Sol nu" />
        <paletteEntry value="6" color="#5e89b8" alpha="255" label="Surface d'eau" />
        <paletteEntry value="7" color="#e9f0ff" alpha="255" label="Neige" />
        <paletteEntry value="8" color="#5b8349" alpha="255" label="Conifères" />
        <paletteEntry value="9" color="#e48e4d" alpha="255" label="Coupe" />
        <paletteEntry value="10" color="#7dba79" alpha="255" label="Feuillus" />
        <paletteEntry value="11" color="#aeb61a" alpha="255" label="Broussaille" />
        <paletteEntry value="12" color="#864566" alpha="255" label="Vigne" />
        <paletteEntry value="13" color="#298704" alpha="255" label="Culture et herbacé" />
        <paletteEntry value="14" color="#fdc872" alpha="255" label="Terre labourée" />
        <paletteEntry value="15" color="#1e1e1d" alpha="255" label="Autres" />
      </colorPalette>
    </rasterrenderer>
    <brightnesscontrast brightness="0" contrast="0" gamma="1" />
    <huesaturation saturation="0" grayscaleMode="0" colorizeOn="0" invertColors="0" />
    <rasterresampler maxOversampling="2" />
    <resamplingStage>resamplingFilter</resamplingStage>
  </pipe>
  <blendMode>0</blendMode>
</qgis>
