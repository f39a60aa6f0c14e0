#!/bin/sh
# Freezes the app into build/frozen/motp-desktop, one folder, from the wheel and the pinned
# packages in an environment of their own; on Linux, and by the workflow on Windows and macOS.
set -eu
cd "$(dirname "$0")/.."
python="${PYTHON:-python3}"
home=build/freeze
"$python" -m venv "$home"
bin="$home/bin"
[ -d "$bin" ] || bin="$home/Scripts"
"$bin/python" -m pip install --quiet --disable-pip-version-check --require-hashes \
  --requirement requirements/freeze.txt
VENV="$bin" sh tools/translate.sh release
rm -rf build/wheel
"$bin/python" -m hatchling build --target wheel -d build/wheel
"$bin/python" -m pip install --quiet --disable-pip-version-check --no-deps --force-reinstall \
  build/wheel/*.whl
QT_QPA_PLATFORM=offscreen "$bin/python" tools/app_icons.py build/icons
# -P: what is packed is the wheel's, not this folder's.
"$bin/python" -P -m PyInstaller --noconfirm --log-level WARN \
  --distpath build/frozen --workpath build/pyinstaller packaging/pyinstaller/motp-desktop.spec
