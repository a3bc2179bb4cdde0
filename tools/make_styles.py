"""Write the QML files of ``styles/``, for layers that OCS-IA did not load itself.

python -m tools.make_styles            write them
python -m tools.make_styles --check    only say whether they are what the engine writes today
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
if str(ROOT) not in sys.path:  # run as a script as well as with -m
    sys.path.insert(0, str(ROOT))

from ocsia_plugin.engine.nomenclature import load_nomenclature  # noqa: E402
from ocsia_plugin.engine.products import alternatives, map_styles, qml  # noqa: E402

LANG = "fr"


def styles() -> dict[str, str]:
    """File name and content of each style that ships."""
    naf = load_nomenclature("naf15").classes
    return {
        "classes_naf15.qml": qml.classes_qml(naf, LANG),
        "probabilities_naf15.qml": qml.probabilities_qml(naf, LANG),
        "confidence.qml": qml.confidence_qml(LANG),
        "classes_naf15_daltonien.qml": alternatives.safe_classes_qml(naf, LANG),
        "polygons_naf15_daltonien.qml": alternatives.safe_polygons_qml(naf, LANG),
        "confidence_voile.qml": alternatives.veil_qml(LANG),
        "polygons_naf15.qml": qml.polygons_qml(naf, LANG),
        "neighbourhood.qml": map_styles.share_qml(LANG),
        "candidates_naf15.qml": map_styles.candidates_qml(naf, LANG),
        "verdicts.qml": map_styles.verdicts_qml(LANG),
    }


def main() -> int:
    """Write or check; 1 when a file is out of date."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--check", action="store_true", help="write nothing, fail when a file is out of date")
    only_check = parser.parse_args().check
    stale = []
    for name, content in styles().items():
        path = ROOT / "styles" / name
        if not path.is_file() or path.read_text(encoding="utf-8") != content:
            stale.append(name)
            if not only_check:
                path.write_text(content, encoding="utf-8", newline="\n")
    for name in stale:
        print(f"{'out of date' if only_check else 'written'}: styles/{name}")
    return 1 if only_check and stale else 0


if __name__ == "__main__":
    sys.exit(main())
