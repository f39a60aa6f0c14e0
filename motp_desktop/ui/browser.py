"""The system's browser as the view models see it."""

from typing import Protocol


class Browser(Protocol):
    """Where a page is opened. UI thread only."""

    def open(self, url: str) -> bool:
        """Open this page in the browser that the person chose; whether the system took it."""
