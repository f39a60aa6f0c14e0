#!/bin/sh
# Writes the hash-pinned requirements from the extras in pyproject.toml.
set -eu
cd "$(dirname "$0")/.."
python="${PYTHON:-.venv/bin/python}"
"$python" -m pip install --quiet uv
pin() {
  output="$1"
  shift
  "$python" -m uv pip compile "$@" \
    --universal --python-version 3.11 --generate-hashes --no-annotate --no-header \
    --no-emit-index-url --no-emit-find-links --quiet --output-file "$output"
}
ours="pyproject.toml requirements/build.in"
# shellcheck disable=SC2086
pin requirements/run.txt $ours --extra desktop --extra helpdesk --extra verifier --extra postgres
# shellcheck disable=SC2086
pin requirements/dev.txt $ours --extra desktop --extra helpdesk --extra verifier --extra postgres --extra test --extra dev
# What each Debian package carries: the same versions, and no more than it needs.
pin requirements/desktop.txt pyproject.toml --extra desktop --extra helpdesk \
  --constraint requirements/run.txt
pin requirements/verifier.txt pyproject.toml --extra verifier --extra postgres \
  --constraint requirements/run.txt
# What `make freeze` packs, and the program that packs it.
pin requirements/freeze.txt pyproject.toml requirements/build.in requirements/freeze.in --extra desktop --extra helpdesk \
  --constraint requirements/run.txt
pin requirements/audit.txt requirements/audit.in
