"""The app's icon as Windows and macOS take it: `python tools/app_icons.py FOLDER`."""

import struct
import sys
from pathlib import Path

from PySide6.QtCore import QBuffer, QIODevice, QSize
from PySide6.QtGui import QGuiApplication, QIcon, QImage, QImageWriter

SOURCE = Path(__file__).resolve().parents[1] / "resources/desktop/icons/app.svg"
ICO, ICNS = "motp-desktop.ico", "motp-desktop.icns"
# The types whose data is a PNG, each with its width (Apple Icon Image format).
_TYPES = {b"ic07": 128, b"ic08": 256, b"ic09": 512, b"ic10": 1024}


def draw_icons(folder: Path) -> None:
    """Write both. Raises OSError where one of them cannot be written."""
    folder.mkdir(parents=True, exist_ok=True)
    if not _picture(256).save(str(folder / ICO)):
        raise OSError(f"{ICO} could not be drawn")
    (folder / ICNS).write_bytes(icns({kind: _png(width) for kind, width in _TYPES.items()}))


def icns(pictures: dict[bytes, bytes]) -> bytes:
    """The container: what Qt writes by itself its own reader calls corrupted."""
    entries = b"".join(_entry(kind, picture) for kind, picture in pictures.items())
    return _entry(b"icns", entries)


def _entry(kind: bytes, data: bytes) -> bytes:
    return kind + struct.pack(">I", 8 + len(data)) + data


def _png(width: int) -> bytes:
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    if not QImageWriter(buffer, b"png").write(_picture(width)):
        raise OSError(f"{ICNS} could not be drawn")
    return bytes(buffer.data().data())


def _picture(width: int) -> QImage:
    return QIcon(str(SOURCE)).pixmap(QSize(width, width), 1.0).toImage()


if __name__ == "__main__":
    app = QGuiApplication(sys.argv[:1])
    draw_icons(Path(sys.argv[1]))
