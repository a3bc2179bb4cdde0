"""OCS-IA, a QGIS plugin: IGN's land-cover deep-learning models on the user's own machine."""


def classFactory(iface):  # noqa: ANN001, ANN201 - QGIS's name and call
    """The plugin object. Imported late: QGIS reads this file for every plugin that it lists."""
    from .ocsia_plugin.plugin import OcsiaPlugin

    return OcsiaPlugin(iface)
