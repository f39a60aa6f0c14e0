"""A clipboard that keeps nothing: whoever comes next finds nothing there."""

from PySide6.QtGui import QClipboard


class NoClipboard:
    """Implements `clipboard.Clipboard` for a kiosk."""

    def __init__(self, clipboard: QClipboard) -> None:
        self._clipboard = clipboard

    def put(self, code: str) -> None:
        """Nothing is put there."""

    def clear_if_ours(self) -> None:
        """Empty what a selection in a field may have left there."""
        for mode in (QClipboard.Mode.Clipboard, QClipboard.Mode.Selection):
            is_ours = (
                self._clipboard.ownsClipboard()
                if mode is QClipboard.Mode.Clipboard
                else self._clipboard.ownsSelection()
            )
            if is_ours:
                self._clipboard.clear(mode)
