"""Debian packages from the wheel and the pinned packages; see docs/packages.md."""
