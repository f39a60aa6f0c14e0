"""The system's browser."""

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices


class QtBrowser:
    """Implements `browser.Browser`."""

    def open(self, url: str) -> bool:
        """See Browser."""
        return QDesktopServices.openUrl(QUrl(url, QUrl.ParsingMode.StrictMode))
