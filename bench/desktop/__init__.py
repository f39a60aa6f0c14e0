"""Measures the app on this machine, beside the least that Qt itself costs here.

`python -m bench.desktop` runs all of it in less than two minutes, offscreen, and prints a
table for `docs/performance.md`.
"""
