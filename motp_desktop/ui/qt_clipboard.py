"""The system's clipboard."""

from PySide6.QtCore import QByteArray, QMimeData
from PySide6.QtGui import QClipboard

# What clipboard managers are asked by: not to keep this, and not to send it anywhere.
_HINTS = {
    "x-kde-passwordManagerHint": b"secret",
    'application/x-qt-windows-mime;value="ExcludeClipboardContentFromMonitorProcessing"': b"\0" * 4,
    'application/x-qt-windows-mime;value="CanIncludeInClipboardHistory"': b"\0" * 4,
    'application/x-qt-windows-mime;value="CanUploadToCloudClipboard"': b"\0" * 4,
    "application/x-nspasteboard-concealed-type": b"",
}


class QtClipboard:
    """Implements `clipboard.Clipboard`."""

    def __init__(self, clipboard: QClipboard) -> None:
        self._clipboard = clipboard
        self._ours: str | None = None

    def put(self, code: str) -> None:
        """Replace what is there by a code, marked as a secret for clipboard managers."""
        data = QMimeData()
        data.setText(code)
        for kind, value in _HINTS.items():
            data.setData(kind, QByteArray(value))
        self._clipboard.setMimeData(data)
        self._ours = code

    def clear_if_ours(self) -> None:
        """Empty it, unless something else was put there since."""
        ours, self._ours = self._ours, None
        if ours is not None and self._clipboard.text() == ours:
            self._clipboard.clear()
