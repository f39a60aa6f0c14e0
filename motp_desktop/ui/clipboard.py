"""The clipboard as the view models see it."""

from typing import Protocol


class Clipboard(Protocol):
    """Where a code is put for pasting. UI thread only."""

    def put(self, code: str) -> None:
        """Replace what is there by a code, marked as a secret for clipboard managers."""

    def clear_if_ours(self) -> None:
        """Empty it, unless something else was put there since."""
