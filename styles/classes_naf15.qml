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
        <paletteEntry value="1" color="#ce7079" alpha="255" label="Bâtiment" />
        <paletteEntry value="2" color="#987752" alpha="255" label="Zone perméable" />
        <paletteEntry value="3" color="#a6aab7" alpha="255" label="Zone imperméable" />
        <paletteEntry value="4" color="#62d0ff" alpha="255" label="Piscine" />
        <paletteEntry value="5" color="#bbb096" alpha="255" label="Sol nu" />
        <paletteEntry value="6" color="#3375a1" alpha="255" label="Surface d'eau" />
        <paletteEntry value="7" color="#e9effe" alpha="255" label="Neige" />
        <paletteEntry value="8" color="#126421" alpha="255" label="Conifères" />
        <paletteEntry value="9" color="#e48e4d" alpha="255" label="Coupe" />
        <paletteEntry value="10" color="#4c9129" alpha="255" label="Feuillus" />
        <paletteEntry value="11" color="#b5c335" alpha="255" label="Broussaille" />
        <paletteEntry value="12" color="#b08290" alpha="255" label="Vigne" />
        <paletteEntry value="13" color="#8cd76a" alpha="255" label="Culture et herbacé" />
        <paletteEntry value="14" color="#d0a349" alpha="255" label="Terre labourée" />
        <paletteEntry value="15" color="#222222" alpha="255" label="Autres" />
      </colorPalette>
    </rasterrenderer>
    <brightnesscontrast brightness="0" contrast="0" gamma="1" />
    <huesaturation saturation="0" grayscaleMode="0" colorizeOn="0" invertColors="0" />
    <rasterresampler maxOversampling="2" />
    <resamplingStage>resamplingFilter</resamplingStage>
  </pipe>
  <blendMode>0</blendMode>
</qgis>
