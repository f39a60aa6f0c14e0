"""Pictures to look for a QR code in: from a file, the clipboard, or the screens."""

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QGuiApplication, QImage, QImageReader, QPainter

from motp_desktop.services.helpdesk.ports import Picture

_LARGEST = 4096
"""Pixels along a side; larger pictures are made smaller, which loses no QR code."""


def from_file(path: str) -> Picture | None:
    """The picture in a file, or None where there is none."""
    reader = QImageReader(path)
    size = reader.size()
    if max(size.width(), size.height()) > _LARGEST:
        reader.setScaledSize(size.scaled(_LARGEST, _LARGEST, Qt.AspectRatioMode.KeepAspectRatio))
    return picture_of(reader.read())


def from_clipboard() -> Picture | None:
    """The picture on the clipboard, or None where there is none."""
    return picture_of(QGuiApplication.clipboard().image())


def from_screens() -> Picture | None:
    """All that the screens show, side by side; None where the system does not let us look."""
    shots = [screen.grabWindow(0).toImage() for screen in QGuiApplication.screens()]
    seen = [shot for shot in shots if not shot.isNull()]
    if not seen:
        return None
    wide = sum(shot.width() for shot in seen)
    high = max(shot.height() for shot in seen)
    together = QImage(wide, high, QImage.Format.Format_Grayscale8)
    together.fill(255)
    painter = QPainter(together)
    x = 0
    for shot in seen:
        painter.drawImage(QRect(x, 0, shot.width(), shot.height()), shot)
        x += shot.width()
    painter.end()
    return picture_of(together)


def picture_of(image: QImage) -> Picture | None:
    """Shades of grey, without the padding that Qt puts at the end of rows."""
    if image.isNull():
        return None
    if image.hasAlphaChannel():
        image = _on_white(image)
    grey = image.convertToFormat(QImage.Format.Format_Grayscale8)
    width, height, stride = grey.width(), grey.height(), grey.bytesPerLine()
    padded = bytes(grey.constBits())
    pixels = b"".join(padded[row * stride : row * stride + width] for row in range(height))
    return Picture(width, height, pixels)


def _on_white(image: QImage) -> QImage:
    under = QImage(image.size(), QImage.Format.Format_RGB32)
    under.fill(0xFFFFFFFF)
    painter = QPainter(under)
    painter.drawImage(QRect(0, 0, image.width(), image.height()), image)
    painter.end()
    return under
