#!/bin/sh
# Translations. `update` gathers the texts from the code into the .ts files; `release` compiles
# them to the .qm files that the app loads.
set -eu
cd "$(dirname "$0")/.."
bin="${VENV:-.venv/bin}"
folder=resources/desktop/i18n

case "${1:-}" in
update)
  sources="$(find motp_desktop/ui -name '*.py' | LC_ALL=C sort)"
  # shellcheck disable=SC2086 # a list of paths without blanks
  "$bin/pyside6-lupdate" -silent -locations none -no-obsolete -source-language ko \
    -target-language en $sources -ts "$folder/motp_desktop_en.ts"
  ;;
release)
  for ts in "$folder"/*.ts; do
    "$bin/pyside6-lrelease" -silent -nounfinished "$ts" -qm "${ts%.ts}.qm"
  done
  ;;
*)
  echo "usage: translate.sh update|release" >&2
  exit 2
  ;;
esac
