<!DOCTYPE qgis PUBLIC 'http://mrcc.com/qgis.dtd' 'SYSTEM'>
<qgis version="3.22.0" styleCategories="Symbology">
  <pipe>
    <provider>
      <resampling enabled="false" zoomedInResamplingMethod="nearestNeighbour" zoomedOutResamplingMethod="nearestNeighbour" maxOversampling="2" />
    </provider>
    <rasterrenderer type="singlebandpseudocolor" opacity="1" alphaBand="-1" nodataColor="" band="1" classificationMin="0" classificationMax="255">
      <minMaxOrigin>
        <limits>None</limits>
        <extent>WholeRaster</extent>
        <statAccuracy>Estimated</statAccuracy>
      </minMaxOrigin>
      <rastershader>
        <colorrampshader colorRampType="INTERPOLATED" classificationMode="1" clip="0" minimumValue="0" maximumValue="255" labelPrecision="0">
          <item value="0" color="#ffffff" alpha="255" label="0 %" />
          <item value="51" color="#ffffff" alpha="204" label="20 %" />
          <item value="102" color="#ffffff" alpha="153" label="40 %" />
          <item value="153" color="#ffffff" alpha="102" label="60 %" />
          <item value="204" color="#ffffff" alpha="51" label="80 %" />
          <item value="255" color="#ffffff" alpha="0" label="100 %" />
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
