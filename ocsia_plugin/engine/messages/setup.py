"""What the installation of the engine says."""

from __future__ import annotations

from .mark import QT_TRANSLATE_NOOP

MESSAGES: dict[str, str] = {
    "setup-start": QT_TRANSLATE_NOOP(
        "Engine", "Installing the engine in {folder} with {tool}. It asks for {needed} MB of free disk."
    ),
    "setup-done": QT_TRANSLATE_NOOP("Engine", "The engine is installed: {python}"),
    "setup-removed": QT_TRANSLATE_NOOP("Engine", "The engine has been removed from {folder}."),
    "setup-kept": QT_TRANSLATE_NOOP(
        "Engine", "The engine in {folder} is complete and up to date: nothing to do. REPAIR installs it anew."
    ),
    "setup-other-used": QT_TRANSLATE_NOOP(
        "Engine",
        "The engine is installed, but another one is in use: {python}, which a setting or the variable "
        "OCSIA_ENGINE_PYTHON names. Clear it in Settings > Options > OCS-IA to use the new one.",
    ),
    "setup-gpu-seen": QT_TRANSLATE_NOOP("Engine", "Graphics card found: {gpu}."),
    "setup-gpu-none": QT_TRANSLATE_NOOP(
        "Engine", "No NVIDIA graphics card was found on this machine: the processor will do the work."
    ),
    # -- before anything is written
    "setup-no-python": QT_TRANSLATE_NOOP(
        "Engine",
        "No suitable Python was found: the engine needs Python 3.10 to 3.13 (64 bits, with venv). Install one from "
        "python.org (or python3-venv from your Linux distribution, or uv), or choose an existing Python, then start "
        "the installation again.",
    ),
    "setup-python-unsuitable": QT_TRANSLATE_NOOP(
        "Engine",
        "The engine cannot be made with {python} (version {version}): it needs Python 3.10 to 3.13, 64 bits, with the "
        "modules venv and ensurepip. Choose another Python.",
    ),
    "setup-wheels-empty": QT_TRANSLATE_NOOP(
        "Engine",
        "The folder {folder} does not exist or holds no wheel (*.whl). Give the folder in which 'pip download' has put "
        "the libraries of the engine.",
    ),
    "setup-disk-before": QT_TRANSLATE_NOOP(
        "Engine",
        "There is too little free disk for the engine in {folder}: {free} MB are free, {needed} MB are needed. Make "
        "room on this disk, then start the installation again.",
    ),
    "setup-foreign": QT_TRANSLATE_NOOP(
        "Engine",
        "The folder {folder} holds something else than an engine of OCS-IA; nothing in it was touched. Choose an empty "
        "folder, or one that does not exist.",
    ),
    "setup-locked": QT_TRANSLATE_NOOP(
        "Engine",
        "Another QGIS is installing or removing the engine in {folder}. Wait until it has finished, then look again.",
    ),
    "setup-in-use": QT_TRANSLATE_NOOP(
        "Engine",
        "The engine in {folder} is in use and cannot be replaced. Wait for its job to end, or close the other windows "
        "of QGIS, then start again.",
    ),
    # -- while libraries are fetched and installed
    "setup-network": QT_TRANSLATE_NOOP(
        "Engine",
        "The libraries of the engine cannot be downloaded: no connection to the package index ({reason}). Check the "
        "network, and the proxy in QGIS (Settings > Options > Network). Without a network, install from a folder of "
        "wheels, or name the Python of an existing engine.",
    ),
    "setup-proxy": QT_TRANSLATE_NOOP(
        "Engine",
        "The proxy refuses the download ({reason}). Check its address, user and password in QGIS (Settings > Options > "
        "Network), then try again.",
    ),
    "setup-certificate": QT_TRANSLATE_NOOP(
        "Engine",
        "The certificate of the package index is not trusted ({reason}). Where your organisation inspects "
        "connections, add its authority in QGIS (Settings > Options > Authentication > Manage certificates), "
        "or install from a folder of wheels.",
    ),
    "setup-no-wheel": QT_TRANSLATE_NOOP(
        "Engine",
        "The package index has no build of a library for this system and this Python ({reason}). Choose another "
        "Python from 3.10 to 3.13 (3.12 has most builds).",
    ),
    "setup-wheels": QT_TRANSLATE_NOOP(
        "Engine",
        "A library is missing from the folder of wheels {folder}, or is there for another system or Python ({reason}). "
        "Fill it on a machine like this one: pip download --prefer-binary -r engine.lock",
    ),
    "setup-hash": QT_TRANSLATE_NOOP(
        "Engine",
        "A downloaded library is not the one that was expected (its checksum differs), so nothing was installed: "
        "{reason}. Try again; if it comes back, tell your network's administrator.",
    ),
    "setup-disk": QT_TRANSLATE_NOOP(
        "Engine", "The disk filled up during the installation in {folder}. Make room, then try again."
    ),
    "setup-denied": QT_TRANSLATE_NOOP(
        "Engine",
        "Writing or running something in {folder} is not permitted ({reason}). Check the rights on this folder, or ask "
        "your administrator; an engine installed elsewhere can be named in Settings > Options > OCS-IA.",
    ),
    "setup-blocked": QT_TRANSLATE_NOOP(
        "Engine",
        "A rule of this machine (AppLocker or a similar control) keeps programs in {folder} from running ({reason}). "
        "Ask your administrator to allow this folder, or to install the engine in an allowed one, then name its Python "
        "in Settings > Options > OCS-IA.",
    ),
    "setup-broken": QT_TRANSLATE_NOOP(
        "Engine",
        "The libraries were installed but do not start ({reason}), so the engine was not kept. On Windows, install "
        "Microsoft's Visual C++ runtime; else choose another Python, then try again.",
    ),
    "setup-failed": QT_TRANSLATE_NOOP(
        "Engine", "The engine could not be installed: {reason}. The log has the details; nothing unfinished was kept."
    ),
}
