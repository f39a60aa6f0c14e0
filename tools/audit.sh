#!/bin/sh
# Compares the pinned packages with the known vulnerabilities. It needs pip-audit's service on
# the network, and is therefore no part of `make test`.
set -eu
cd "$(dirname "$0")/.."
.venv/bin/python -m pip install --quiet --disable-pip-version-check pip-audit 2>build/audit.log || {
  echo "make audit: pip-audit cannot be installed here (see build/audit.log); nothing was checked." >&2
  exit 2
}
status=0
for pins in requirements/run.txt requirements/dev.txt; do
  .venv/bin/python -m pip_audit --disable-pip --require-hashes --requirement "$pins" \
    --timeout 10 >build/audit.txt 2>build/audit.log && found=0 || found=$?
  cat build/audit.txt
  if [ "$found" != 0 ] && ! grep -q "Found .* vulnerabilit" build/audit.log build/audit.txt; then
    echo "make audit: the vulnerability service cannot be reached; $pins was not checked." >&2
    exit 2
  fi
  [ "$found" = 0 ] || status=1
done
exit "$status"
