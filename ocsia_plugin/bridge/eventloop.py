"""Cancelling a run that keeps the thread of the event loop to itself."""

from __future__ import annotations

from qgis.PyQt.QtCore import QCoreApplication, QThread


def turn() -> None:
    """Turn the event loop once where this is its thread; to be called often by what waits there.

    ``qgis_process`` hears Ctrl+C through it. QGIS runs graphical models and batches in the thread of its windows, where
    they could otherwise not be drawn, nor hear a click on *Cancel*, for as long as the engine has nothing to say: a
    minute with a large model. An algorithm's own dialog runs it beside that thread, from which nothing is turned.
    """
    if QThread.currentThread() == QCoreApplication.instance().thread():
        QCoreApplication.processEvents()
