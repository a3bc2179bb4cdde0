<!DOCTYPE qgis PUBLIC 'http://mrcc.com/qgis.dtd' 'SYSTEM'>
<qgis version="3.22.0" styleCategories="Symbology">
  <pipe>
    <provider>
      <resampling enabled="false" zoomedInResamplingMethod="nearestNeighbour" zoomedOutResamplingMethod="nearestNeighbour" maxOversampling="2" />
    </provider>
    <rasterrenderer type="singlebandpseudocolor" opacity="1" alphaBand="-1" nodataColor="" band="1" classificationMin="0" classificationMax="100">
      <minMaxOrigin>
        <limits>None</limits>
        <extent>WholeRaster</extent>
        <statAccuracy>Estimated</statAccuracy>
      </minMaxOrigin>
      <rastershader>
        <colorrampshader colorRampType="INTERPOLATED" classificationMode="1" clip="0" minimumValue="0" maximumValue="100" labelPrecision="0">
          <item value="0" color="#f7fcf5" alpha="255" label="0 %" />
          <item value="10" color="#e0f3db" alpha="255" label="10 %" />
          <item value="20" color="#c7e9c0" alpha="255" label="20 %" />
          <item value="30" color="#a1d99b" alpha="255" label="30 %" />
          <item value="50" color="#5fba6c" alpha="255" label="50 %" />
          <item value="75" color="#228a44" alpha="255" label="75 %" />
          <item value="100" color="#00441b" alpha="255" label="100 %" />
          <rampLegendSettings useContinuousLegend="0" direction="0" orientation="2" />
        </colorrampshader>
      </rastershader>
    </rasterrenderer>
    <brightnesscontrast brightness="0" contrast="0" gamma="1" />
    <huesaturation saturation="0" grayscaleMode="0" colorizeOn="0" invertColors="0" />
    <rasterresampler maxOversampling="2" />
    <resamplingStage>resamplingFilter</resamplingStage>
  </pipe>
  <blendMode>0</blendMode>
</qgis>
