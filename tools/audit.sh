#!/bin/sh
# Compares the pinned packages with the known vulnerabilities (tools/audit.py), from an
# environment of pip-audit's own: its dependencies are not this project's.
set -eu
cd "$(dirname "$0")/.."
mkdir -p build
[ -x build/audit/bin/python ] || "${PYTHON:-python3}" -m venv build/audit
build/audit/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes \
  --requirement requirements/audit.txt >build/audit.log 2>&1 || {
  echo "make audit: pip-audit cannot be installed here (see build/audit.log); nothing was checked." >&2
  exit 2
}
exec build/audit/bin/python -m tools.audit
