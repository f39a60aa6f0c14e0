"""From the start of the process until the PIN can be typed, beside an empty window.

Both import the same modules, so that what differs is what the app itself does.
"""

import statistics
import time
from pathlib import Path

from bench.desktop.figures import Figure
from bench.desktop.place import Place

ROUNDS = 9
_BAR = 1.3


def measure(place: Place) -> list[Figure]:
    """Both in turn, several times; the ratio of the medians."""
    names = place.data_dir.parent / "modules.json"
    app_ms, empty_ms = [], []
    for number in range(ROUNDS + 1):
        ready, empty = _round(place, "app", names), _round(place, "empty", names)
        if number:  # the first one fills the file system's cache
            app_ms.append(ready)
            empty_ms.append(empty)
    app, window = statistics.median(app_ms), statistics.median(empty_ms)
    return [
        Figure(
            "start until the PIN can be typed ÷ an empty Qt window",
            app / window,
            _BAR,
            "×",
            f"{app:.0f} ms ÷ {window:.0f} ms, medians of {ROUNDS}, with the same imports",
        )
    ]


def _round(place: Place, what: str, names: Path) -> float:
    begun = time.monotonic_ns()
    ready = place.child("started", what, str(names))
    return float(ready - begun) / 1e6
