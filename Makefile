# `make demo` shows the main job, `make test` checks everything; each sets up what it needs.

PYTHON ?= python3
VENV := .venv/bin
export PYTHON
ifneq ($(wildcard build/fonts),)
export FONTCONFIG_FILE := $(CURDIR)/tools/fonts.conf
endif

.PHONY: demo test lint types unit chaos setup setup-dev pins screenshots translations clean audit fuzz bench deb test-packages release changelog site freeze

demo: setup
	@$(VENV)/python -m demo

test: setup-dev lint types unit

lint: setup-dev
	$(VENV)/ruff check .
	$(VENV)/ruff format --check .
	$(VENV)/lint-imports --no-cache

types: setup-dev
	$(VENV)/mypy

unit: setup-dev
	QT_QPA_PLATFORM=offscreen $(VENV)/pytest -q -n 2 --dist loadgroup

# Kills and restarts under load, some minutes long: CHAOS="--seconds 600 --every 2".
chaos: setup-dev
	$(VENV)/python -m tests.chaos $(CHAOS)

setup:
	@sh tools/setup.sh run

setup-dev:
	@sh tools/setup.sh dev

pins:
	sh tools/pin.sh

audit: setup-dev
	@sh tools/audit.sh

fuzz: setup-dev
	$(VENV)/python -m tests.fuzz

# dist/: wheel and source archive of the last commit, its parts, their licences, checksums.
release: setup-dev
	$(VENV)/python -m tools.release

# build/frozen/motp-desktop, the app as one folder, and what it does when it runs.
freeze:
	sh tools/freeze.sh
	sh tools/setup.sh dev
	MOTP_TEST_FROZEN=1 QT_QPA_PLATFORM=offscreen $(VENV)/python -m pytest -q tests/packages/test_frozen.py

# The guides as a site, in build/site.
site: setup-dev
	NO_MKDOCS_2_WARNING=1 $(VENV)/python -m mkdocs build --strict --quiet

# Moves the fragments in changelog.d/ into CHANGELOG.md: make changelog VERSION=1.2.0
changelog: setup-dev
	$(VENV)/towncrier build --yes --version "$(VERSION)"

# build/debian/*.deb, on Debian 12.
deb: setup-dev
	$(VENV)/python -m tools.debian

# The Debian packages in a bare Debian; needs root, debootstrap and lintian, and fetches from
# Debian's mirror (DEBIAN_MIRROR, or debootstrap's own).
test-packages: setup-dev
	MOTP_TEST_PACKAGES=1 QT_QPA_PLATFORM=offscreen $(VENV)/python -m pytest -q -o faulthandler_timeout=0 tests/packages

translations: setup-dev
	sh tools/translate.sh update

# Takes half an hour the first time: the data sets are made, and kept in build/bench.
bench: setup-dev
	QT_QPA_PLATFORM=offscreen $(VENV)/python -m bench --write

screenshots: setup-dev
	QT_QPA_PLATFORM=offscreen $(VENV)/python -m tools.screenshots

clean:
	rm -rf build dist .venv .mypy_cache .pytest_cache .ruff_cache .hypothesis
