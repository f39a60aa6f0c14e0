"""The app's own icons, tinted: 24 units square, strokes of 2, drawn in currentColor."""

from functools import cache

from PySide6.QtCore import QByteArray, QRectF, QSize, Qt
from PySide6.QtGui import QIcon, QPainter, QPixmap, QPixmapCache
from PySide6.QtSvg import QSvgRenderer

from motp_desktop.resources import resource

_APP_ICON_SIZES = (16, 20, 24, 32, 48, 64, 128, 256)


def pixmap(name: str, colour: str, size: int, ratio: float = 1.0) -> QPixmap:
    """One icon in one colour, sharp at this device pixel ratio."""
    key = f"motp:{name}:{colour}:{size}:{ratio}"
    drawn = QPixmap()
    if not QPixmapCache.find(key, drawn):
        drawn = _draw(_source(name).replace(b"currentColor", colour.encode()), size, ratio)
        QPixmapCache.insert(key, drawn)
    return drawn


def icon(name: str, colour: str, size: int = 24) -> QIcon:
    """The same for buttons and menus, for common pixel ratios."""
    made = QIcon()
    for ratio in (1.0, 2.0, 3.0):
        made.addPixmap(pixmap(name, colour, size, ratio))
    return made


def app_icon() -> QIcon:
    """The application's own icon; below 24 pixels a simpler drawing of it."""
    made = QIcon()
    for size in _APP_ICON_SIZES:
        made.addPixmap(_draw(_source("app-small" if size < 24 else "app"), size, 1.0))
    return made


def _draw(svg: bytes, size: int, ratio: float) -> QPixmap:
    drawn = QPixmap(QSize(size, size) * ratio)
    drawn.fill(Qt.GlobalColor.transparent)
    painter = QPainter(drawn)
    QSvgRenderer(QByteArray(svg)).render(painter, QRectF(0, 0, size * ratio, size * ratio))
    painter.end()
    drawn.setDevicePixelRatio(ratio)
    return drawn


@cache
def _source(name: str) -> bytes:
    return resource("icons", f"{name}.svg").read_bytes()
