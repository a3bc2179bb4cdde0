#!/usr/bin/env bash
# Install the Debian packages that the demo and the tests need, and only those that are missing.
set -euo pipefail

packages=(
  qgis python3-qgis qgis-providers        # the QGIS that the plugin runs in
  qgis-server-wms qgis-server-wmts        # a web service for the tests
  python3-venv                            # environments of the engine and of the tests
  qttools5-dev-tools                      # lrelease: translations
  xvfb xauth                              # a screen for the test that opens a window
  fonts-dejavu-core fonts-open-sans       # so that pictures have letters
  qttranslations5-l10n                    # Qt's own French: Cancel, Help... in the pictures of the help
  zip ca-certificates git
)

missing=()
for package in "${packages[@]}"; do
  dpkg-query -W -f '${Status}' "$package" 2>/dev/null | grep -q 'install ok installed' || missing+=("$package")
done
[ ${#missing[@]} -eq 0 ] && exit 0

as_root=()
[ "$(id -u)" -eq 0 ] || as_root=(sudo)
echo "Installing with apt: ${missing[*]}"
"${as_root[@]}" apt-get update -qq
"${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "${missing[@]}" >/dev/null
